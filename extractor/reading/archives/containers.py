"""Archives behind one interface: zip, tar (plain, gz, bz2, xz), single compressed files, 7z.

Comes in: a file, or the bytes of one inside another. Goes out: a Container: its entries in the archive's order, the
bytes of each under limits on size, ratio and count. Links and devices are entries that cannot be read. Nothing gets a
name on disk: what a compressed tar holds waits in a temporary file without one.
"""

import bz2
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol

from extractor.errors import ArchiveLimit, DamagedFile, EncryptedFile, GovreportError
from extractor.reading.archives.limits import (
    MEMBER_BYTES,
    MEMBERS,
    RATIO,
    RATIO_FROM,
    TOTAL_BYTES,
    ArchiveEntry,
    check_size,
    check_whole,
)
from extractor.reading.archives.member_names import clean, tar_name, zip_names
from extractor.reading.archives.zip_names import open_zip

_CHUNK = 1 << 18
_IN_MEMORY = 32 * 1024 * 1024
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz")
_SINGLE: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_OPENERS = {".tgz": ".gz", ".tbz2": ".bz2", ".tbz": ".bz2", ".txz": ".xz"}
_FAULTS = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError, IndexError, KeyError, OverflowError, AttributeError, TypeError,
)  # fmt: skip


class Container(Protocol):
    """An open archive."""

    entries: list[ArchiveEntry]

    def read(self, index: int, where: str) -> bytes:
        """The bytes of an entry; raises ReadingError."""


def suffix_of(name: str) -> str | None:
    """The archive suffix of a file name; None for what is no archive.

    >>> suffix_of("年报.TAR.GZ"), suffix_of("a.docx")
    ('.tar.gz', None)
    """
    lower = name.lower()
    return next((s for s in (*_TARS, ".zip", ".7z", *_SINGLE) if lower.endswith(s)), None)


def open_container(source: Path | bytes, name: str) -> Container:
    """The archive of that name; raises ReadingError, or MissingExtra for a 7z without its library."""
    suffix = suffix_of(name)
    stream: IO[bytes] = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    packed = len(source) if isinstance(source, bytes) else source.stat().st_size
    try:
        if suffix == ".zip":
            return _Zip(stream, packed, name)
        if suffix == ".7z":
            from extractor.reading.archives.seven_zip import SevenZip

            return SevenZip(stream, packed, name)
        if suffix == ".tar":
            return _Tar(stream, name)
        opener = _SINGLE[_OPENERS.get(suffix or "", "." + (suffix or "").rpartition(".")[2])]
        unpacked = _unpacked(opener(stream), packed, name)
        if suffix in _TARS or _is_tar(unpacked):
            return _Tar(unpacked, name)
        return _Single(unpacked, name)
    except GovreportError:
        stream.close()
        raise
    except _FAULTS as fault:
        stream.close()
        kind = (suffix or "archive").lstrip(".")
        raise DamagedFile(f"the {kind} cannot be opened ({fault})", where=name, remedy="fetch it again") from fault


def _unpacked(stream: IO[bytes], packed: int, where: str) -> IO[bytes]:
    """What a compressed stream holds, in memory or in a temporary file without a name."""
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the container keeps it open
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > TOTAL_BYTES or (size > RATIO_FROM * 16 and size / max(packed, 1) > RATIO):
            made.close()
            raise ArchiveLimit(f"more than {size} bytes out of {packed}", where=where, remedy="unpack it first")
        made.write(chunk)
    made.seek(0)
    return made


def _is_tar(stream: IO[bytes]) -> bool:
    head = stream.read(512)
    stream.seek(0)
    return head[257:262] == b"ustar"


class _Zip:
    def __init__(self, stream: IO[bytes], packed: int, name: str) -> None:
        self._archive = open_zip(stream)
        infos = self._archive.infolist()
        check_whole([info.file_size for info in infos], packed, name)
        self._infos = infos
        self.entries = [
            ArchiveEntry(written, info.file_size, self._refused(info))
            for info, written in zip(infos, zip_names(infos), strict=True)
        ]

    @staticmethod
    def _refused(info: zipfile.ZipInfo) -> str | None:
        if info.is_dir():
            return "a folder"
        mode = info.external_attr >> 16
        if stat.S_ISLNK(mode):
            return "a symbolic link"
        return None

    def read(self, index: int, where: str) -> bytes:
        entry = self._infos[index]
        if entry.flag_bits & 0x1:
            raise EncryptedFile("the member asks for a password", where=where, remedy="unpack it first")
        check_size(entry.file_size, entry.compress_size, where)
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(MEMBER_BYTES + 1)
        except _FAULTS as fault:
            raise DamagedFile(
                f"the member cannot be unpacked ({fault})", where=where, remedy="fetch the archive again"
            ) from fault
        return _bounded(data, where)


class _Tar:
    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._archive = tarfile.open(fileobj=stream, mode="r:")  # noqa: SIM115  the container keeps it open
        self._infos: list[tarfile.TarInfo] = []
        for info in self._archive:
            if len(self._infos) >= MEMBERS:
                raise ArchiveLimit("too many members", where=name, remedy="split the archive")
            self._infos.append(info)
        self.entries = [ArchiveEntry(tar_name(info.name), info.size, self._refused(info)) for info in self._infos]

    @staticmethod
    def _refused(info: tarfile.TarInfo) -> str | None:
        if info.isdir():
            return "a folder"
        if info.issym():
            return "a symbolic link"
        if info.islnk():
            return "a link to another member"
        return None if info.isfile() else "no regular file"

    def read(self, index: int, where: str) -> bytes:
        info = self._infos[index]
        # a sparse member is as large as it says, whatever the archive holds of it
        check_size(info.size, 1 if info.issparse() else info.size, where)
        try:
            stream = self._archive.extractfile(info)
            data = stream.read(MEMBER_BYTES + 1) if stream else b""
        except _FAULTS as fault:
            raise DamagedFile(
                f"the member cannot be unpacked ({fault})", where=where, remedy="fetch the archive again"
            ) from fault
        if len(data) != info.size:
            raise DamagedFile("the member is cut short", where=where, remedy="fetch the archive again")
        return _bounded(data, where)


class _Single:
    """One compressed file: `a.txt.gz` holds `a.txt`."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
        stream.seek(0, 2)
        self.entries = [ArchiveEntry(clean(stem) or "file", stream.tell())]

    def read(self, index: int, where: str) -> bytes:
        self._stream.seek(0)
        return _bounded(self._stream.read(MEMBER_BYTES + 1), where)


def _bounded(data: bytes, where: str) -> bytes:
    if len(data) > MEMBER_BYTES:
        raise ArchiveLimit("a member beyond the limit", where=where, remedy="unpack it first")
    return data
