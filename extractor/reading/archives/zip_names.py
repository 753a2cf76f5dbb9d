"""Zips whose names say that they are UTF-8 and are not: bad archivers set the mark and write GBK.

Comes in: the stream of a zip. Goes out: the open archive; where the standard library gives up over such a name, one in
which the marks of these names read as not set. The file itself stays as it is.
"""

import struct
import zipfile
from bisect import bisect_left
from typing import IO

_UTF8_BIT = 0x08
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
# in front of the end record of a large archive: a record and a pointer to it
_LARGE, _LARGE_SIZE, _POINTER_SIZE = b"PK\x06\x06", 56, 20
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46
_HEADER, _HEADER_SIZE = b"PK\x03\x04", 30
# the second byte of the flags, where the mark is
_ENTRY_FLAGS, _HEADER_FLAGS = 9, 7


class _Mended:
    """A stream some of whose bytes read otherwise: `bytes` by position, sorted."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._places: list[int] = []
        self._bytes: list[int] = []
        self.seek, self.tell, self.seekable, self.close = stream.seek, stream.tell, stream.seekable, stream.close

    def mend(self, found: dict[int, int]) -> None:
        """From now on the byte at each of these positions reads as the given one."""
        known = dict(zip(self._places, self._bytes, strict=True)) | found
        self._places = sorted(known)
        self._bytes = [known[place] for place in self._places]

    def read(self, size: int = -1) -> bytes:
        """Like that of the stream."""
        start = self._stream.tell()
        data = self._stream.read(size)
        low, high = bisect_left(self._places, start), bisect_left(self._places, start + len(data))
        if low == high:
            return data
        made = bytearray(data)
        for index in range(low, high):
            made[self._places[index] - start] = self._bytes[index]
        return bytes(made)


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive; raises what the standard library raises for any other fault."""
    try:
        return zipfile.ZipFile(stream)
    except UnicodeDecodeError:
        mended = _Mended(stream)
        mended.mend(_wrong_entries(stream))
        archive = zipfile.ZipFile(mended)
        mended.mend(_marked_headers(stream, archive))
        return archive


def _wrong_entries(stream: IO[bytes]) -> dict[int, int]:
    """Flags, without the mark, of the directory's entries whose names are no UTF-8; by position."""
    start, directory = _directory(stream)
    found = {}
    at = 0
    while directory.startswith(_ENTRY, at) and at + _ENTRY_SIZE <= len(directory):
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        flags = directory[at + _ENTRY_FLAGS]
        if flags & _UTF8_BIT and not _is_utf8(directory[at + _ENTRY_SIZE : at + _ENTRY_SIZE + name]):
            found[start + at + _ENTRY_FLAGS] = flags & ~_UTF8_BIT
        at += _ENTRY_SIZE + name + extra + comment
    return found


def _directory(stream: IO[bytes]) -> tuple[int, bytes]:
    """Where the directory of the archive stands, and its bytes; none if there is none."""
    size = stream.seek(0, 2)
    first = stream.seek(max(size - _END_SIZE - _LONGEST_COMMENT, 0))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or end + _END_SIZE > len(tail):
        return 0, b""
    (length,) = struct.unpack_from("<L", tail, end + 12)
    large = end - _POINTER_SIZE - _LARGE_SIZE
    if large >= 0 and tail.startswith(_LARGE, large):
        (length,) = struct.unpack_from("<Q", tail, large + 40)
        end = large
    start = first + end - length
    if start < 0:
        return 0, b""
    stream.seek(start)
    return start, stream.read(length)


def _marked_headers(stream: IO[bytes], archive: zipfile.ZipFile) -> dict[int, int]:
    """Flags, without the mark, of members that have it before their bytes but not in the directory."""
    found = {}
    for entry in archive.infolist():
        if entry.flag_bits & _UTF8_BIT << 8 or entry.header_offset < 0:
            continue
        stream.seek(entry.header_offset)
        header = stream.read(_HEADER_SIZE)
        if len(header) == _HEADER_SIZE and header.startswith(_HEADER) and header[_HEADER_FLAGS] & _UTF8_BIT:
            found[entry.header_offset + _HEADER_FLAGS] = header[_HEADER_FLAGS] & ~_UTF8_BIT
    return found


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
