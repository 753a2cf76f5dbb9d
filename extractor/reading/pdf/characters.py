"""Characters of a page → runs: what stands on one baseline, drawn one after the other without a wide gap.

Comes in: a text page, and the way from its own space to the page as it is shown (View). Goes out: Run objects in the
order in which they are drawn; counts of characters that run in another direction (watermarks) or have no meaning.
Whatever is done to every character is done to all of a page at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from extractor.reading.assemble import Box, Boxes
from extractor.reading.pdf.pdfium_calls import TextPage

# pdfium marks a hyphen at the end of a line with 2
_HYPHENS = (2, 0xFFFE)
_UNKNOWN = 0xFFFD
_SPACES = " \u3000\xa0"
_CHINESE = 0x2E80
_TALLEST = 3.0
_LONGEST_MARK, _MARK_SIZE = 4, 0.8
_REACH = 20.0
# of a Chinese character above its baseline
_ASCENT = 0.88
# size of a Chinese character beside its ink
_INK = 1.07
_Number = TypeVar("_Number", float, NDArray[np.float64])


@dataclass(slots=True)
class Run:
    """Characters on one baseline. `boxes`: a rectangle (x0, top, x1, bottom) per character. `faint`: of a colour near
    that of their ground; `raised`: small and above the line (its `base`) of the word before."""

    text: str
    boxes: Boxes
    base: float
    size: float
    red: bool
    x0: float
    x1: float
    top: float
    bottom: float
    faint: bool = False
    raised: bool = False


def run_of(text: str, boxes: Sequence[Box], base: float, size: float, *, red: bool = False) -> Run:
    """A run of characters whose rectangles are known one by one (recognised ones, say)."""
    made = np.array(boxes, np.float32).reshape(-1, 4)
    top, bottom = float(made[:, 1].min()), float(made[:, 3].max())
    return Run(text, made, base, size, red, float(made[0, 0]), float(made[-1, 2]), top, bottom)


class View:
    """Places in a page's own space → points from the top left, after a turn by quarters clockwise."""

    def __init__(self, box: Box, turn: int) -> None:
        self.left, self.foot, self.right, self.head = box
        self.turn = turn

    def point(self, x: _Number, y: _Number) -> tuple[_Number, _Number]:
        """A place, or as many as the arrays hold."""
        if self.turn == 0:
            return x - self.left, self.head - y
        if self.turn == 1:
            return y - self.foot, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.foot
        return self.head - y, self.right - x

    def box(self, left: float, foot: float, right: float, head: float) -> Box:
        """A rectangle."""
        xa, ya = self.point(left, foot)
        xb, yb = self.point(right, head)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def boxes(self, rects: NDArray[np.float64]) -> Boxes:
        """Rectangles of pdfium (left, top, right, bottom)."""
        xa, ya = self.point(rects[:, 0], rects[:, 3])
        xb, yb = self.point(rects[:, 2], rects[:, 1])
        sides = (np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb))
        return np.stack(sides, axis=1).astype(np.float32)


@dataclass(slots=True)
class Characters:
    """What a page's characters give: runs; how many were left out as strayed, and because no one sees them; how many
    have no meaning."""

    runs: list[Run] = field(default_factory=list)
    strayed: int = 0
    hidden: int = 0
    unmapped: int = 0


class Seen(Protocol):
    """Tells what of a page is seen (sight.py)."""

    def hidden(self, page: TextPage, places: NDArray[np.int64], boxes: Boxes) -> NDArray[np.bool_]:
        """True for each character that is not seen."""

    def faint(self, page: TextPage, place: int) -> bool:
        """True for a character near the colour of its ground."""


@dataclass(slots=True)
class _Rows:
    """One row per character: its code, place in the text page, rectangle, begin and height of its baseline."""

    codes: NDArray[np.int64]
    places: NDArray[np.int64]
    boxes: Boxes
    starts: NDArray[np.float64]
    bases: NDArray[np.float64]

    def only(self, kept: NDArray[np.bool_]) -> "_Rows":
        return _Rows(self.codes[kept], self.places[kept], self.boxes[kept], self.starts[kept], self.bases[kept])


def characters_of(
    page: TextPage, codes: NDArray[np.int64], view: View, *, coloured: bool, sight: Seen | None = None
) -> Characters:
    """The runs of a page; `coloured`: tell which are red; `sight`: leave out what is not seen."""
    found = Characters()
    drawn = (codes != 10) & (codes != 13)
    blanks = np.flatnonzero(codes == 32).tolist()
    drawn[[at for at, put_in in zip(blanks, page.generated(blanks), strict=True) if put_in]] = False
    places = np.flatnonzero(drawn)
    if not len(places):
        return found
    rows = _placed(page, codes[places], places, view)
    # only a code of one byte can stand for a letter that the font's map leaves out
    short = np.flatnonzero(rows.codes < 256)
    rows.codes[short[page.unmapped(rows.places[short].tolist())]] = _UNKNOWN
    if sight is not None:
        gone = sight.hidden(page, rows.places, rows.boxes)
        if gone.any():
            found.hidden = int((gone & (rows.codes > 32) & (rows.codes != 0x3000)).sum())
            rows = rows.only(~gone)
    rows = _with_meaning(rows, found)
    if len(rows.codes):
        _Runs(found, page, view, coloured, sight).collect(rows)
    _settle_raised(found.runs)
    return found


def _settle_raised(runs: list[Run]) -> None:
    """Give raised marks (m², those of notes) the line of the word that they stand behind."""
    most = _MARK_SIZE * max((run.size for run in runs), default=0.0)
    marks = [run for run in runs if run.size <= most and len(run.text) <= _LONGEST_MARK]
    if not marks:
        return
    ends: dict[int, list[Run]] = {}
    for word in runs:
        ends.setdefault(int(word.x1 // _REACH), []).append(word)
    for mark in marks:
        at = int(mark.x0 // _REACH)
        near = (word for part in (at - 1, at, at + 1) for word in ends.get(part, ()))
        found = next((word for word in near if _is_mark(mark, word)), None)
        if found is not None:
            mark.base, mark.raised = found.base, True


def _is_mark(mark: Run, word: Run) -> bool:
    return (
        mark.size <= _MARK_SIZE * word.size
        and 0.15 * word.size < word.base - mark.base < 0.75 * word.size
        and -0.5 * word.size < mark.x0 - word.x1 < min(0.9 * word.size, _REACH)
    )


def _placed(page: TextPage, codes: NDArray[np.int64], places: NDArray[np.int64], view: View) -> _Rows:
    each = places.tolist()
    starts, bases = view.point(*page.origins(each).T)
    boxes = view.boxes(page.boxes(each))
    _mend_heights(codes, boxes, bases)
    _mend_vertical(page, view, each, codes, boxes, starts, bases)
    return _Rows(codes, places, boxes, starts, bases)


def _mend_heights(codes: NDArray[np.int64], boxes: Boxes, bases: NDArray[np.float64]) -> None:
    """Some fonts give a height above their baseline that cannot be: take the width of the page's Chinese characters
    for it."""
    wide = boxes[:, 2] - boxes[:, 0]
    square = wide[codes >= _CHINESE]
    if not len(square):
        return
    middle = len(square) // 2
    most = np.maximum(wide, np.partition(square, middle)[middle])
    tall = boxes[:, 3] - boxes[:, 1] > _TALLEST * most
    if not tall.any():
        return
    boxes[tall, 1] = (bases - _ASCENT * most)[tall]
    boxes[tall, 3] = (bases + (1 - _ASCENT) * most)[tall]


def _mend_vertical(
    page: TextPage,
    view: View,
    places: list[int],
    codes: NDArray[np.int64],
    boxes: Boxes,
    starts: NDArray[np.float64],
    bases: NDArray[np.float64],
) -> None:
    """Of fonts written from top to bottom pdfium gives boxes many times too large, as wide as they are high. Such a
    character lies on its neighbours: take a square of the size of its ink."""
    wide = boxes[:, 2] - boxes[:, 0]
    step = np.full(len(starts) + 1, np.inf)
    step[1:-1] = _shifts(starts, bases)
    step, before = step[1:], step[:-1]
    odd = (codes >= _CHINESE) & (wide > _TALLEST * np.maximum(np.minimum(step, before), 1.0))
    if not odd.any():
        return
    chosen = np.flatnonzero(odd)
    ink = view.boxes(page.boxes([places[at] for at in chosen], tight=True))
    sides = np.maximum(ink[:, 2] - ink[:, 0], ink[:, 3] - ink[:, 1])
    # a comma has little ink, so that the largest of the others tells the size
    for width in np.unique(np.round(wide[chosen])):
        same = np.round(wide[chosen]) == width
        size = _INK * float(sides[same].max())
        if not 0 < size < width / 2:
            continue
        at, middle = chosen[same], (ink[same, 0] + ink[same, 2]) / 2
        boxes[at, 0], boxes[at, 2] = middle - size / 2, middle + size / 2
        boxes[at, 1], boxes[at, 3] = bases[at] - _ASCENT * size, bases[at] + (1 - _ASCENT) * size
        starts[at] = middle - size / 2


def _shifts(starts: NDArray[np.float64], bases: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each character stands from the one before it, along the line or across, whichever is more."""
    return np.maximum(np.abs(starts[1:] - starts[:-1]), np.abs(bases[1:] - bases[:-1]))


def _with_meaning(rows: _Rows, found: Characters) -> _Rows:
    """Codes as code points: pairs of halves made one, U+FFFD where the font does not say."""
    codes = rows.codes
    odd = (codes < 32) | ((codes >= 0xD800) & (codes < 0xE000)) | (codes >= _UNKNOWN)
    if not odd.any():
        return rows
    high = (codes >= 0xD800) & (codes < 0xDC00)
    low = (codes >= 0xDC00) & (codes < 0xE000)
    paired = low & np.roll(high, 1)
    paired[0] = False
    whole = 0x10000 + ((np.roll(codes, 1) - 0xD800) << 10) + codes - 0xDC00
    made = np.where(paired, whole, codes)
    made[np.isin(codes, _HYPHENS)] = ord("-")
    made[codes == 9] = ord(" ")
    lost = (made < 32) | ((made >= 0xD800) & (made < 0xE000)) | (made == _UNKNOWN) | (made == 0xFFFF)
    first = high & np.roll(paired, -1)
    lost = (lost | (made > 0x10FFFF)) & ~first
    made[lost] = _UNKNOWN
    found.unmapped += int(lost.sum())
    rows.codes = made
    return rows.only(~first) if first.any() else rows


def _sizes(codes: NDArray[np.int64], boxes: Boxes) -> NDArray[np.float64]:
    """Height of the letters: a Chinese character is as wide as it is high."""
    wide, high = boxes[:, 2] - boxes[:, 0], 0.9 * (boxes[:, 3] - boxes[:, 1])
    ratio = wide / np.maximum(high, 0.1)
    square = (codes >= _CHINESE) & (ratio > 0.6) & (ratio < 1.7)
    return np.maximum(np.where(square, wide, high), 1.0)


def _parted(codes: NDArray[np.int64], gap: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True between figures of neighbouring columns: a gap where the figures beside it have none. In a word that is
    spaced out all gaps are alike."""
    figures = (codes[1:] < 128) & (codes[:-1] < 128)
    wide = figures & (gap > 0.3 * size)
    if not wide.any():
        return wide
    close = figures & (np.abs(gap) < 0.1 * size)
    beside = np.zeros_like(close)
    beside[1:] |= close[:-1]
    beside[:-1] |= close[1:]
    return wide & beside


class _Runs:
    """Cuts characters into runs."""

    def __init__(self, found: Characters, page: TextPage, view: View, coloured: bool, sight: Seen | None) -> None:
        self.found, self.page, self.view, self.coloured, self.sight = found, page, view, coloured, sight
        self.seen: dict[str, list[Run]] = {}

    def collect(self, rows: _Rows) -> None:
        """Find all runs."""
        sizes = _sizes(rows.codes, rows.boxes)
        # one letter drawn twice, a hair apart, to look bold
        twice = (rows.codes[1:] == rows.codes[:-1]) & (_shifts(rows.starts, rows.bases) < 0.1 * sizes[1:])
        if twice.any():
            kept = np.concatenate(([True], ~twice))
            rows, sizes = rows.only(kept), sizes[kept]
        size = np.maximum(sizes[1:], sizes[:-1])
        gap = rows.starts[1:] - rows.boxes[:-1, 2]
        joined = (np.abs(rows.bases[1:] - rows.bases[:-1]) < 0.08 * size) & (gap > -0.6 * size) & (gap < size)
        # marks set close together (），) are as wide as they are set, not as their font has them
        close = joined & (gap < 0) & (rows.starts[1:] > rows.boxes[:-1, 0] + 0.2 * size)
        rows.boxes[:-1, 2][close] = rows.starts[1:][close]
        joined &= ~_parted(rows.codes, gap, size)
        text = rows.codes.astype("<u4").tobytes().decode("utf-32-le")
        firsts = np.concatenate(([0], np.flatnonzero(~joined) + 1))
        tops = np.minimum.reduceat(rows.boxes[:, 1], firsts).tolist()
        bottoms = np.maximum.reduceat(rows.boxes[:, 3], firsts).tolist()
        edges = [*firsts.tolist(), len(text)]
        for start, end, top, bottom in zip(edges, edges[1:], tops, bottoms, strict=False):
            whole = text[start:end]
            bare = whole.strip(_SPACES)
            if bare:
                self.keep(bare, rows, sizes, start + whole.index(bare), top, bottom)

    def keep(self, text: str, rows: _Rows, sizes: NDArray[np.float64], start: int, top: float, bottom: float) -> None:
        """Keep a run, unless it runs in another direction than the page's text, or the same was drawn at the same
        place before (bold by printing twice)."""
        place = int(rows.places[start])
        if 8 < (self.page.degrees(place) - 90 * self.view.turn) % 360 < 352:
            self.found.strayed += sum(char not in _SPACES for char in text)
            return
        boxes = rows.boxes[start : start + len(text)]
        at = 0
        if ord(text[0]) < _CHINESE:
            # digits tell the size by their height alone: ask the first Chinese character
            at = next((at for at, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"), 0)
        x0, x1 = float(boxes[0, 0]), float(boxes[-1, 2])
        base, size = float(rows.bases[start]), float(sizes[start + at])
        twins = self.seen.setdefault(text, [])
        if any(abs(twin.x0 - x0) < 0.2 * size and abs(twin.base - base) < 0.2 * size for twin in twins):
            return
        red = self.coloured and self.page.is_red(place)
        faint = self.sight is not None and self.sight.faint(self.page, place)
        twins.append(Run(text, boxes, base, size, red, x0, x1, top, bottom, faint))
        self.found.runs.append(twins[-1])
