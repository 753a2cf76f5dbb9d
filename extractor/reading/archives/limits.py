"""What an archive may hold: limits on size, ratio and count, and the entry that every container lists.

Comes in: sizes as an archive states them. Goes out: nothing, or ArchiveLimit. Sizes are bytes.
"""

from dataclasses import dataclass

from extractor.errors import ArchiveLimit

# A report is text: nothing honest packs 300 times smaller.
MEMBERS = 200_000
MEMBER_BYTES = 256 * 1024 * 1024
TOTAL_BYTES = 2 * 1024 * 1024 * 1024
RATIO = 300
RATIO_FROM = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A member: name with `/`, bytes unpacked as the archive says; `refused` says why it is no file to be read."""

    name: str
    size: int
    refused: str | None = None


def check_size(size: int, packed: int, where: str) -> None:
    """Refuse a member beyond size or ratio."""
    if size > MEMBER_BYTES or (size > RATIO_FROM and size / max(packed, 1) > RATIO):
        raise ArchiveLimit(f"a member of {size} bytes out of {packed}", where=where, remedy="unpack it first")


def check_whole(sizes: list[int], packed: int, where: str) -> None:
    """Refuse an archive of too many members, or of members that together are beyond size or ratio."""
    if len(sizes) > MEMBERS:
        raise ArchiveLimit("too many members", where=where, remedy="split the archive")
    total = sum(sizes)
    if total > RATIO_FROM * 100 and total / max(packed, 1) > RATIO:
        raise ArchiveLimit(f"{total} bytes out of {packed}", where=where, remedy="unpack it first")
