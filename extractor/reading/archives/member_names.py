"""Names of archive members: from the bytes that old archivers wrote to a safe path.

Comes in: names as the libraries give them. Goes out: names in Chinese where they are Chinese, with `/` between their
parts; whether a name points outside.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath
from zipfile import ZipInfo
from zlib import crc32

# of the ZIP format (APPNOTE 4.4.4 and 4.6.9): the flag of UTF-8 names, the field that holds one
_UTF8 = 0x800
_UNICODE_PATH = 0x7075


def zip_names(entries: Sequence[ZipInfo]) -> list[str]:
    """The names of a zip's members. Without the flag for UTF-8 they are in the code page of the machine that packed
    them: UTF-8 if all of them are that, else GB18030 where it decodes, else code page 437 as the format says."""
    raws = [_written(entry) for entry in entries]
    unmarked = [raw for raw in raws if raw is not None]
    together = next((name for name in ("utf-8", "gb18030") if all(_decodes(raw, name) for raw in unmarked)), "gb18030")
    made = []
    for entry, raw in zip(entries, raws, strict=True):
        name = _unicode_path(entry)
        if name is None:
            name = raw.decode(together) if raw is not None and _decodes(raw, together) else entry.filename
        made.append(clean(name))
    return made


def _written(entry: ZipInfo) -> bytes | None:
    """The bytes of a name that does not say it is UTF-8; None for one that does."""
    if entry.flag_bits & _UTF8:
        return None
    try:
        return entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _old_name(entry: ZipInfo) -> bytes:
    """The bytes of a name, whatever it says of itself."""
    raw = _written(entry)
    return entry.orig_filename.encode("utf-8", errors="replace") if raw is None else raw


def _unicode_path(entry: ZipInfo) -> str | None:
    """The name in the field that some archivers add beside the old one; None where the old one was changed later: the
    field holds the checksum of the name that it belongs to."""
    extra, at = entry.extra, 0
    while at + 4 <= len(extra):
        kind = int.from_bytes(extra[at : at + 2], "little")
        size = int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == _UNICODE_PATH and size > 5 and at + 4 + size <= len(extra):
            name = extra[at + 9 : at + 4 + size]
            fits = int.from_bytes(extra[at + 5 : at + 9], "little") == crc32(_old_name(entry))
            return name.decode("utf-8") if fits and _decodes(name, "utf-8") else None
        at += 4 + size
    return None


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def tar_name(name: str) -> str:
    """The name of a tar's member: bytes that are no UTF-8 are GB18030."""
    raw = name.encode("utf-8", errors="surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        if _decodes(raw, encoding):
            return clean(raw.decode(encoding))
    return clean(raw.decode("utf-8", errors="replace"))


def clean(name: str) -> str:
    """`/` between the parts, nothing after a null, no half characters."""
    name = name.partition("\x00")[0].replace("\\", "/")
    return name.encode("utf-8", errors="replace").decode("utf-8").removeprefix("./")


def points_outside(name: str) -> bool:
    """True for a name that is absolute, goes up, names a drive, or is none.

    >>> points_outside("a/../../b"), points_outside("甲/乙.txt")
    (True, False)
    """
    pure = PurePosixPath(name)
    return not pure.parts or pure.is_absolute() or ".." in pure.parts or ":" in pure.parts[0]
