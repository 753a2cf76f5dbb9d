"""Assembly: raw lines → the text of a Document, with positions recorded as it happens.

Comes in: RawLine objects in reading order, each knowing where it stands in the source and whether the next
one goes on it. Goes out: text, OffsetMap, pages, tables, warnings. Characters are mapped here and nowhere
else: Kangxi radicals and compatibility forms to ordinary ones; invisible ones are dropped, on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import regex

from extractor.datamodel.document import Cell, Page, Table
from extractor.datamodel.offsets import OffsetMap, TextBuilder
from extractor.datamodel.span import Span
from extractor.reading.glyphs import ordinary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\r\x0c\x0b")
# characters that may be mapped, dropped or without meaning: all others stay, and need no look one by one
_ODD = regex.compile(
    rf"[{''.join(sorted(_INVISIBLE))}\u2e80-\u2fd5\ue000-\ufaff\ufe30-\ufe4f\ufffd\U0002f800-\U0010ffff]"
)
Box = tuple[float, float, float, float]
# one row per character: x0, top, x1, bottom
Boxes: TypeAlias = "NDArray[np.float32]"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of a table row: text with its raw position, place and extent in the table, a rectangle per
    character where there is one. `pieces`, if any, are the text cut where the source has something between its
    characters: each with its raw position, -1 for what stands in no source (a list number). `turns`: from this character
    on it stands on that page."""

    text: str
    raw_start: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    boxes: "Boxes | None" = None
    pieces: tuple[tuple[int, str], ...] = ()
    turns: tuple[int, int] | None = None


@dataclass(slots=True)
class RawLine:
    """A line of the source (never changed once made; not frozen, since there are thousands and that costs time). `goes_on`: the next line belongs to the same paragraph. `exact`: it is a piece
    of a line whose white space counts. `raw_start` -1: it stands in no source (a list number). `cells` makes it
    a row of the table `table`. `boxes` holds one rectangle per character."""

    text: str
    raw_start: int
    goes_on: bool = False
    page: int | None = None
    boxes: "Boxes | None" = None
    cells: tuple[RawCell, ...] = ()
    table: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Assembled:
    """What assembly gives."""

    text: str
    offsets: OffsetMap
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    warnings: tuple[str, ...]


def mapped(char: str) -> str:
    """The ordinary form of a radical or compatibility character; other characters as they are.

    >>> mapped("⼀"), mapped("：")
    ('一', '：')
    """
    return char if char < "\u2e80" else ordinary(char)


class _Assembly:
    def __init__(self, boxed: bool) -> None:
        self.builder = TextBuilder(boxed=boxed)
        self.page_starts: dict[int, int] = {}
        self.cells: dict[int, list[Cell]] = {}
        self.strays: list[tuple[int, int, int]] = []
        self.unknown = 0

    def put(self, text: str, raw_start: int, boxes: "Boxes | None") -> None:
        """Append characters: runs that stay as they are in one piece."""
        if raw_start < 0:
            self.builder.insert(text)
            return
        run = 0
        for found in _ODD.finditer(text):
            at, char = found.start(), found[0]
            form = mapped(char)
            if form == char and char not in _INVISIBLE:
                self.unknown += 0xE000 <= ord(char) <= 0xF8FF or char == "\ufffd"
                continue
            self._keep(text, run, at, raw_start, boxes)
            run = at + 1
            if char in _INVISIBLE:
                self.builder.record("dropped", raw_start + at, raw_start + at + 1)
            else:
                self.builder.map(form, raw_start + at, boxes[at].tobytes() if boxes is not None else None)
        self._keep(text, run, len(text), raw_start, boxes)

    def _keep(self, text: str, start: int, end: int, raw_start: int, boxes: "Boxes | None") -> None:
        if end > start:
            held = boxes[start:end].tobytes() if boxes is not None else None
            self.builder.keep(text[start:end], raw_start + start, held)

    def row(self, line: RawLine, table: int) -> None:
        """The cells of a line of that table."""
        for index, cell in enumerate(line.cells):
            if index:
                self.builder.insert("\t")
            start = self.builder.length
            for raw_start, piece in cell.pieces:
                self.put(piece.replace("\t", " "), raw_start, None)
            # a cell is one line: breaks inside it are those of a narrow column
            for part_start, part in () if cell.pieces else _parts(cell.text):
                boxes = cell.boxes[part_start : part_start + len(part)] if cell.boxes is not None else None
                begin = self.builder.length
                self.put(part, cell.raw_start + part_start, boxes)
                if cell.turns is not None and part_start >= cell.turns[0]:
                    self.strays.append((begin, self.builder.length, cell.turns[1]))
            span = Span(start, self.builder.length)
            self.cells.setdefault(table, []).append(Cell(span, cell.row, cell.column, cell.row_span, cell.column_span))


def _parts(text: str) -> list[tuple[int, str]]:
    parts, at = [], 0
    for piece in text.split("\n"):
        stripped = piece.strip()
        if stripped:
            parts.append((at + piece.index(stripped), stripped.replace("\t", " ")))
        at += len(piece) + 1
    return parts


def assemble(lines: Sequence[RawLine], sizes: Sequence[tuple[float, float]] = ()) -> Assembled:
    """Put lines together; `sizes` are width and height of the pages, if there are any."""
    made = _Assembly(
        any(line.boxes is not None or any(cell.boxes is not None for cell in line.cells) for line in lines)
    )
    goes_on = True
    for index, line in enumerate(lines):
        if index and not goes_on:
            made.builder.insert("\n")
        if line.page is not None:
            made.page_starts.setdefault(line.page, made.builder.length)
        if line.cells and line.table is not None:
            made.row(line, line.table)
            goes_on = False
            continue
        _add_line(made, line, joined=bool(index) and goes_on)
        goes_on = line.goes_on
    text, offsets = made.builder.build()
    if made.strays:
        offsets = replace(offsets, strays=tuple(made.strays))
    warnings = (f"{made.unknown} characters without meaning",) if made.unknown else ()
    tables = tuple(
        Table(Span(cells[0].span.start, cells[-1].span.end), tuple(cells)) for _, cells in sorted(made.cells.items())
    )
    return Assembled(text, offsets, _pages(made, sizes, len(text)), tables, warnings)


def _add_line(made: _Assembly, line: RawLine, *, joined: bool) -> None:
    text, boxes = line.text, line.boxes
    if line.exact:
        made.put(text, line.raw_start, boxes)
        return
    skipped = 0
    if joined:
        skipped = len(text) - len(text.lstrip())
        made.builder.record("joined", max(0, line.raw_start - 1), line.raw_start + skipped)
    end = len(text.rstrip()) if line.goes_on else len(text)
    end = max(end, skipped)
    made.put(text[skipped:end], line.raw_start + skipped, boxes[skipped:end] if boxes is not None else None)


def _pages(made: _Assembly, sizes: Sequence[tuple[float, float]], length: int) -> tuple[Page, ...]:
    pages, end = [], length
    for number, (width, height) in reversed(list(enumerate(sizes, 1))):
        # a page without text begins where the next one that has text begins
        start = min(made.page_starts.get(number, end), end)
        pages.append(Page(number, Span(start, end), width, height))
        end = start
    return tuple(reversed(pages))
