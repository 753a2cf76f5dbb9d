"""Reading order of a page: runs of characters and tables → lines, column by column.

Comes in: runs (from pdfium or from recognition) and ruled tables of one page. Goes out: Line objects in the order in
which they are read, each with the margins of its column. Knows nothing of other pages.
"""

from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from extractor.reading.assemble import Boxes, RawCell
from extractor.reading.pdf.characters import Run
from extractor.reading.pdf.tables import RuledTable

_NOWHERE = np.zeros((1, 4), np.float32)
# columns of text, not of a table without rules: so many letters in the widest line
_PROSE = 9
_FEWEST = 3
# of the size: lines of one column start where their ink does, on a scan by as much to and fro
_SAME_START = 0.4
_LONGEST_TAIL = 4
_place, _left = attrgetter("base", "x0"), attrgetter("x0")


@dataclass(slots=True)
class Line:
    """A line on a page, or a row of a table (`cells`). `left`, `right`: margins of its column; None for the
    page's own. `raised`: places of small raised characters (marks of notes). `frame`: 0 for the page as it stands, else
    the number of the turned block on it."""

    text: str
    boxes: Boxes
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    base: float
    red: bool = False
    left: float | None = None
    right: float | None = None
    raised: list[int] = field(default_factory=list)
    cells: tuple[RawCell, ...] = ()
    table: RuledTable | None = None
    frame: int = 0


@dataclass(slots=True)
class _Block:
    """A run or a table in the flow."""

    x0: float
    x1: float
    top: float
    bottom: float
    run: Run | None = None
    table: RuledTable | None = None


def lines_of(runs: list[Run], tables: list[RuledTable], page: int) -> list[Line]:
    """Lines in reading order: a stretch in columns is read column by column."""
    blocks = [_Block(run.x0, run.x1, run.base - run.size, run.base, run) for run in runs]
    blocks += [_Block(t.box[0], t.box[2], t.box[1], t.box[3], table=t) for t in tables]
    return _ordered(blocks, page, None)


def rows_of(runs: list[Run], page: int) -> list[Line]:
    """Runs on one baseline as one line, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=_place):
        if rows and abs(run.base - rows[-1][0].base) < 0.5 * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_line(row if len(row) == 1 else sorted(row, key=_left), page) for row in rows]


def _ordered(blocks: list[_Block], page: int, margins: tuple[float, float] | None) -> list[Line]:
    stretches = _columns(blocks)
    if stretches is None:
        return _flow(blocks, page, margins)
    found: list[Line] = []
    for whole, left, right in stretches:
        found += _ordered(whole, page, margins) if whole else []
        for column in (left, right):
            if column:
                ends = [b.x1 for b in column if b.run is None or b.run.text[-1:].isalnum()]
                edges = (min(b.x0 for b in column), max(ends or [b.x1 for b in column]))
                found += _ordered(column, page, edges)
    return found


def _flow(blocks: list[_Block], page: int, margins: tuple[float, float] | None) -> list[Line]:
    lines = rows_of([block.run for block in blocks if block.run is not None], page)
    for line in lines:
        line.left, line.right = margins or (None, None)
    for block in blocks:
        if block.table is not None:
            lines += _table_lines(block.table, page)
    return sorted(lines, key=_place)


def _table_lines(table: RuledTable, page: int) -> list[Line]:
    x0, _, x1, _ = table.box
    return [
        Line("", _NOWHERE[:0], page, x0, x1, top, bottom, 0.0, top, cells=cells, table=table)
        for cells, (top, bottom) in zip(table.rows, table.heights, strict=True)
    ]


def _line(row: list[Run], page: int) -> Line:
    main = row[0] if len(row) == 1 else max(row, key=lambda run: len(run.text))
    if len(row) == 1:
        return Line(
            main.text, main.boxes, page, main.x0, main.x1, main.top, main.bottom, main.size, main.base, main.red
        )
    text = ""
    boxes: list[Boxes] = []
    raised: list[int] = []
    for at, run in enumerate(row):
        if at and _apart(text[-1], run.text[0], run.x0 - row[at - 1].x1, main.size):
            text += " "
            boxes.append(_NOWHERE)
        if run.raised or (run.size <= 0.8 * main.size and run.base < main.base - 0.15 * main.size):
            raised += range(len(text), len(text) + len(run.text))
        text += run.text
        boxes.append(run.boxes)
    top, bottom = min(run.top for run in row), max(run.bottom for run in row)
    whole = np.concatenate(boxes)
    x0, x1 = row[0].x0, row[-1].x1
    return Line(text, whole, page, x0, x1, top, bottom, main.size, main.base, main.red, raised=raised)


def _apart(left: str, right: str, gap: float, size: float) -> bool:
    """True if a space stands between two runs."""
    return (
        not (left.isspace() or right.isspace()) and gap > (0.25 if left.isascii() and right.isascii() else 1.2) * size
    )


def _columns(blocks: list[_Block]) -> list[tuple[list[_Block], list[_Block], list[_Block]]] | None:
    """Stretches (whole width, left column, right column) from top to bottom; None without columns."""
    runs = [block.run for block in blocks if block.run is not None]
    if len(runs) < 2 * _FEWEST:
        return None
    em = sorted(run.size for run in runs)[len(runs) // 2]
    first, last = min(run.x0 for run in runs), max(run.x1 for run in runs)
    starts = _gathered(sorted(run.x0 for run in runs if first + 7 * em < run.x0 < last - 7 * em), _SAME_START * em)
    for group in sorted(starts, key=lambda group: (-len(group), group[0]))[:6]:
        if len(group) < _FEWEST:
            break
        found = _split(blocks, group[len(group) // 2] - 0.5 * em, em)
        if any(left for _, left, _ in found):
            return found
    return None


def _gathered(values: list[float], width: float) -> list[list[float]]:
    """Sorted values in groups no wider than told.

    >>> _gathered([90.0, 324.7, 326.5, 327.2, 354.6], 4.9)
    [[90.0], [324.7, 326.5, 327.2], [354.6]]
    """
    groups: list[list[float]] = []
    for value in values:
        if groups and value - groups[-1][0] <= width:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _split(blocks: list[_Block], gutter: float, em: float) -> list[tuple[list[_Block], list[_Block], list[_Block]]]:
    """Stretches between blocks that lie across the gutter; a stretch that is no pair of columns is whole."""
    found: list[tuple[list[_Block], list[_Block], list[_Block]]] = []
    whole: list[_Block] = []
    sides: list[_Block] = []

    def settle(*, followed: bool) -> None:
        left = [block for block in sides if block.x1 <= gutter + 0.1 * em]
        right = [block for block in sides if block.x1 > gutter + 0.1 * em]
        if not (_is_column(left, em) and _is_column(right, em) and _beside(left, right)):
            whole.extend(sides)
        else:
            foot = max(block.bottom for block in right)
            head = min(block.top for block in right)
            above = [block for block in left if block.bottom < head - 0.3 * em]
            below = _tail(left, foot, em) if followed else []
            found.append(([*whole, *above], [b for b in left if b not in above and b not in below], right))
            whole[:] = below
        sides.clear()

    for block in sorted(blocks, key=lambda block: block.top):
        if block.x0 < gutter - 0.5 * em and block.x1 > gutter + 0.1 * em:
            settle(followed=True)
            whole.append(block)
        else:
            sides.append(block)
    settle(followed=False)
    if whole:
        found.append((whole, [], []))
    return found


def _tail(left: list[_Block], foot: float, em: float) -> list[_Block]:
    """Blocks under both columns, before a line of the whole width: headings of what follows. Columns are of even
    length, so that at most one line of the left one stands lower: it is not indented."""
    edge = min(block.x0 for block in left)
    lower = sorted((block for block in left if block.top > foot - 0.3 * em), key=lambda block: block.top)
    if lower and lower[0].x0 < edge + 0.5 * em and lower[0].top < foot + 1.2 * em:
        lower.pop(0)
    return lower if len(lower) <= _LONGEST_TAIL else []


def _is_column(side: list[_Block], em: float) -> bool:
    widths = [block.x1 - block.x0 for block in side if block.run is not None]
    if len(widths) < _FEWEST:
        return False
    widest = max(widths)
    full = sum(width > 0.7 * widest for width in widths)
    return widest >= _PROSE * em and full >= max(2, 0.4 * len(widths))


def _beside(left: list[_Block], right: list[_Block]) -> bool:
    """True if the two stand next to each other, not one under the other."""
    top = max(min(b.top for b in left), min(b.top for b in right))
    bottom = min(max(b.bottom for b in left), max(b.bottom for b in right))
    lower = min(max(b.bottom for b in side) - min(b.top for b in side) for side in (left, right))
    return bottom - top > 0.5 * lower
