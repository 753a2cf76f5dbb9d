"""Tables over several pages as one: a head that is printed again is left out, a row that a page break cuts made whole.

Comes in: lines in reading order. Goes out: the same without what was left out or joined, and for each table its number
and the rows that stand before it in it.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import regex

from extractor.reading.assemble import RawCell
from extractor.reading.pdf.reading_order import Line
from extractor.reading.pdf.tables import RuledTable

_NEAR = 3.0
_FIGURE = regex.compile(r"^[-−–—/]?[0-9０-９][0-9０-９,，.．]*[%％]?$")
_MARKER = regex.compile(r"^(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[①-⑳]|其中|合计|总计|小计)")
_ENDS = frozenset("。；;：:")
# a line of a cell that was broken ends so near to its right edge, in sizes of its letters
_BROKEN = 2.2
_MOST_HEADS = 4


@dataclass(slots=True)
class JoinedTables:
    """`lines` that stay; by the identity of a table its number and the rows before it; heads that were left out; rows
    that were made whole."""

    lines: list[Line] = field(default_factory=list)
    numbers: dict[int, tuple[int, int]] = field(default_factory=dict)
    heads: list[Line] = field(default_factory=list)
    mended: int = 0


def joined_tables(lines: list[Line]) -> JoinedTables:
    """A table at the foot of a page goes on at the head of the next if the columns stand at the same places."""
    found = JoinedTables()
    # rows of each table by its number; of the one at hand those that are left out
    firsts: dict[int, list[tuple[RawCell, ...]]] = {}
    skipped: set[int] = set()
    number = 0
    for at, line in enumerate(lines):
        table = line.table
        if table is not None and id(table) not in found.numbers:
            last = found.lines[-1] if found.lines else None
            before = last.table if last is not None and last.page == line.page - 1 else None
            if last is not None and before is not None and _same_columns(before, table):
                one, offset = found.numbers[id(before)]
                rows = [row for row in lines[at : at + len(table.rows)] if row.table is table]
                heads = _heads_again(rows, firsts[one])
                found.heads += rows[:heads]
                cut = heads < len(rows) and _is_cut(last, rows[heads], before, table)
                if cut:
                    last.cells = _made_whole(last.cells, rows[heads])
                    found.mended += 1
                skipped = {id(row) for row in rows[: heads + cut]}
                found.numbers[id(table)] = (one, offset + len(before.rows) - heads - cut)
            else:
                number += 1
                found.numbers[id(table)] = (number, 0)
                firsts[number] = table.rows[:_MOST_HEADS]
        if id(line) not in skipped:
            found.lines.append(line)
    return found


def _same_columns(one: RuledTable, other: RuledTable) -> bool:
    pairs = zip(one.columns, other.columns, strict=False)
    return len(one.columns) == len(other.columns) and all(abs(a - b) < _NEAR for a, b in pairs)


def _heads_again(rows: list[Line], first: list[tuple[RawCell, ...]]) -> int:
    """How many rows say what the first rows of the table say, without a figure; the last row is never one."""
    count = 0
    for row, head in zip(rows[:-1], first, strict=False):
        texts = [_bare(cell) for cell in row.cells]
        if texts != [_bare(cell) for cell in head] or not any(texts) or any(_FIGURE.match(text) for text in texts):
            break
        count += 1
    return count


def _bare(cell: RawCell) -> str:
    return regex.sub(r"\s", "", cell.text)


def _is_cut(last: Line, first: Line, before: RuledTable, table: RuledTable) -> bool:
    """True if the row goes on the one before the page break: where it has words that one has words too, of which some
    line was broken at its right edge; it lacks what each row has, its figures or its first cell."""
    above = {cell.column: cell for cell in last.cells}
    texts = {cell.column: _bare(cell) for cell in first.cells}
    filled = [column for column, text in texts.items() if text]
    if not filled or any(cell.row_span > 1 for cell in first.cells):
        return False
    if {cell.column: cell.column_span for cell in first.cells if cell.text} != {
        column: above[column].column_span for column in filled if column in above
    }:
        return False
    if any(
        _FIGURE.match(texts[column]) or _MARKER.match(texts[column]) or not _bare(above[column]) for column in filled
    ):
        return False
    missing = [column for column, cell in above.items() if _bare(cell) and not texts.get(column)]
    if not any(column == 0 or _FIGURE.match(_bare(above[column])) for column in missing):
        return False
    return any(_is_broken(above[column], before) for column in filled)


def _is_broken(cell: RawCell, table: RuledTable) -> bool:
    if cell.boxes is None or not len(cell.boxes) or _bare(cell)[-1:] in _ENDS:
        return False
    after = cell.column + cell.column_span
    edge = table.columns[after] if after < len(table.columns) else table.box[2]
    letter = cell.boxes[-1]
    size = max(float(letter[2] - letter[0]), 0.8 * float(letter[3] - letter[1]))
    return float(letter[2]) > edge - _BROKEN * size


def _made_whole(cells: tuple[RawCell, ...], rest: Line) -> tuple[RawCell, ...]:
    """The cells with what stands of them on the next page."""
    later = {cell.column: cell for cell in rest.cells if cell.text.strip()}
    made = []
    for cell in cells:
        more = later.get(cell.column)
        if more is None:
            made.append(cell)
            continue
        boxes = None
        if cell.boxes is not None and more.boxes is not None:
            boxes = np.concatenate((cell.boxes, np.zeros((1, 4), np.float32), more.boxes))
        made.append(replace(cell, text=f"{cell.text}\n{more.text}", boxes=boxes, turns=(len(cell.text) + 1, rest.page)))
    return tuple(made)
