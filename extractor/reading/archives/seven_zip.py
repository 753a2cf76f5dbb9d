"""7z archives: the only module that imports py7zr, which is an optional extra.

Comes in: a stream. Goes out: a Container. Members of a 7z are packed together, so all are unpacked on the first
reading, into memory and unnamed temporary files, under one limit. Raises MissingExtra, EncryptedFile, DamagedFile.
"""

import lzma
import struct
from importlib.util import find_spec
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from extractor.errors import ArchiveLimit, DamagedFile, EncryptedFile, MissingExtra
from extractor.reading.archives.limits import MEMBER_BYTES, TOTAL_BYTES, ArchiveEntry, check_size, check_whole
from extractor.reading.archives.member_names import clean

# bytes of a member before it goes to disk while it is unpacked
_IN_MEMORY = 1024 * 1024


class SevenZip:
    """An open 7z archive."""

    def __init__(self, stream: IO[bytes], packed: int, name: str) -> None:
        if find_spec("py7zr") is None:
            raise MissingExtra(
                "a 7z archive needs py7zr", where=name, remedy="pip install 'govreport[7z]', or unpack it"
            )
        self._stream, self._packed = stream, packed
        self._unpacked: dict[str, IO[bytes]] | None = None
        archive = self._open(name)
        with archive:
            self._locked = archive.needs_password()
            infos = list(archive.files)
            check_whole([info.uncompressed for info in infos], packed, name)
            if sum(info.uncompressed for info in infos) > TOTAL_BYTES:
                raise ArchiveLimit("more than the limit when unpacked", where=name, remedy="unpack it first")
            self._names = [info.filename for info in infos]
            self.entries = [ArchiveEntry(clean(info.filename), info.uncompressed, _refused(info)) for info in infos]

    def _open(self, name: str) -> Any:
        import py7zr
        from py7zr.exceptions import ArchiveError, PasswordRequired

        self._stream.seek(0)
        try:
            return py7zr.SevenZipFile(self._stream, "r")
        except PasswordRequired as fault:
            raise EncryptedFile("the archive asks for a password", where=name, remedy="unpack it first") from fault
        except (ArchiveError, lzma.LZMAError, struct.error, Exception) as fault:
            # its parser lets many kinds of faults through
            raise DamagedFile(f"the 7z cannot be opened ({fault})", where=name, remedy="fetch it again") from fault

    def read(self, index: int, where: str) -> bytes:
        """The bytes of an entry; raises ReadingError."""
        entry = self.entries[index]
        if self._locked:
            raise EncryptedFile("the member asks for a password", where=where, remedy="unpack it first")
        check_size(entry.size, self._packed, where)
        if self._unpacked is None:
            self._unpacked = self._unpack(where)
        stream = self._unpacked.get(self._names[index])
        if stream is None:
            if entry.size == 0:
                return b""
            raise DamagedFile("the member cannot be unpacked", where=where, remedy="fetch the archive again")
        stream.seek(0)
        return stream.read(MEMBER_BYTES)

    def _unpack(self, where: str) -> dict[str, IO[bytes]]:
        from py7zr.io import Py7zIO, WriterFactory

        found: dict[str, IO[bytes]] = {}
        spent = [0]

        class _Writer(Py7zIO):  # type: ignore[misc]
            def __init__(self, stream: IO[bytes]) -> None:
                self._stream = stream

            def write(self, s: bytes | bytearray) -> int:
                spent[0] += len(s)
                if spent[0] > TOTAL_BYTES:
                    raise ArchiveLimit("more than the limit when unpacked", where=where, remedy="unpack it first")
                return self._stream.write(s)

            def read(self, size: int | None = None) -> bytes:
                return self._stream.read(-1 if size is None else size)

            def seek(self, offset: int, whence: int = 0) -> int:
                return self._stream.seek(offset, whence)

            def flush(self) -> None:
                self._stream.flush()

            def size(self) -> int:
                at = self._stream.tell()
                end = self._stream.seek(0, 2)
                self._stream.seek(at)
                return end

        class _Factory(WriterFactory):  # type: ignore[misc]
            def create(self, filename: str) -> Py7zIO:
                stream: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
                found[filename] = stream
                return _Writer(stream)

        wanted = [name for name, entry in zip(self._names, self.entries, strict=True) if entry.refused is None]
        archive = self._open(where)
        try:
            with archive:
                archive.extract(targets=wanted, factory=_Factory())
        except ArchiveLimit:
            raise
        except Exception as fault:  # its decoders let many kinds of faults through
            raise DamagedFile(f"the 7z cannot be unpacked ({fault})", where=where, remedy="fetch it again") from fault
        return found


def _refused(info: Any) -> str | None:
    if info.is_directory:
        return "a folder"
    if info.is_symlink or info.is_junction:
        return "a symbolic link"
    return None if not info.is_socket else "no regular file"
