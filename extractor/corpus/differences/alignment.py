"""Where a place of an old text stands in a new one: a reader that was mended moves every offset behind the change."""

import re
from bisect import bisect_right
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

# a clause with its closing mark: line breaks, which readers move most, end a piece but do not join two
_PIECE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")
# characters of both sides multiplied: the table of a bit-parallel comparison stays below a megabyte
_COMPARED_BY_CHARACTER = 4_000_000

Block = tuple[int, int, int, int, bool]


class Alignment:
    """Maps offsets of the old text to the new one; equal texts map every offset to itself."""

    def __init__(self, old: str, new: str) -> None:
        self._blocks = [] if old == new else list(_blocks(old, new))
        self._starts = [block[0] for block in self._blocks]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of the new text that an old span became."""
        return self._at(start), max(self._at(start), self._at(end - 1) + 1) if end > start else self._at(start)

    def _at(self, offset: int) -> int:
        if not self._blocks:
            return offset
        start, end, new_start, new_end, same = self._blocks[max(bisect_right(self._starts, offset) - 1, 0)]
        if same:
            return new_start + offset - start
        # inside a rewritten stretch: as far along as it was
        return new_start + (offset - start) * (new_end - new_start) // max(end - start, 1)


def _blocks(old: str, new: str) -> list[Block]:
    """Stretches of the old text in order, each with its stretch of the new one and whether they are equal."""
    ours, theirs = _PIECE.findall(old), _PIECE.findall(new)
    old_at, new_at = _offsets(ours), _offsets(theirs)
    blocks: list[Block] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        span = (old_at[a], old_at[b], new_at[c], new_at[d])
        if tag == "equal":
            blocks.append((*span, True))
        elif tag != "insert":
            blocks += _fine(old, new, *span)
    return blocks


def _fine(old: str, new: str, start: int, end: int, new_start: int, new_end: int) -> list[Block]:
    """A rewritten stretch, character by character where it is not too long."""
    if not new_end > new_start or (end - start) * (new_end - new_start) > _COMPARED_BY_CHARACTER:
        return [(start, end, new_start, new_end, False)]
    return [
        (
            start + op.src_start,
            start + op.src_end,
            new_start + op.dest_start,
            new_start + op.dest_end,
            op.tag == "equal",
        )
        for op in Levenshtein.opcodes(old[start:end], new[new_start:new_end])
        if op.src_end > op.src_start
    ]


def _offsets(pieces: list[str]) -> list[int]:
    at = [0]
    for piece in pieces:
        at.append(at[-1] + len(piece))
    return at
