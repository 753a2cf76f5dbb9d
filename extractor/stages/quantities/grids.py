"""Grids: a table with its merged cells filled, and what its cells are: numbers, years, serial numbers, headings.

Comes in: a table of a document. Goes out: a Grid, its bands (stretches of rows that share their headings). A row of
headings inside a table (信息内容 | 本年制发件数) begins a new band with columns of its own. A year over a column or before
a row (2020年) is a heading, a running number (序号) is neither heading nor value.
"""

import itertools
from dataclasses import dataclass

import regex

from extractor.datamodel.document import Cell, Table
from extractor.datamodel.span import Span
from extractor.text.units import Units

_NUMBER = regex.compile(
    r"\ *(?P<number>-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?)\ *(?P<scale>[万亿]?)(?P<unit>[^0-9\ ]{0,6})\ *"
)
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")
_BARE_YEAR = regex.compile(r"(?:19|20)[0-9]{2}")
_YEARS = regex.compile(r"年份|年度|时间|年")
_RUNNING = regex.compile(r"序号|编号|行次|顺序号?|项次|排名|名次|No\.?|页码|电话|手机|联系方式|邮编|代码|文号")
_HEADS = regex.compile(r"栏次|栏目|项目|指标(?:名称)?|名称|类别|甲|序号|内容")
# 办理时间 with a unit (天) measures, without one it is a date
_WHEN = regex.compile(r"日期|时间$")
_COUNTED_IN = regex.compile(r"\((?:单位:)?[^()0-9]{1,6}\)$")
_EMPTY = frozenset(("", "/", "-", "—", "——", "无"))
_MOST_HEADING_ROWS = 3
_MOST_LABEL_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by (row, column), a merged cell at each of its places; spans of those that hold a value, and of those
    that only number the rows."""

    cells: dict[tuple[int, int], Cell]
    rows: int
    columns: int
    numeric: frozenset[Span] = frozenset()
    running: frozenset[Span] = frozenset()


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of a grid under headings of their own: `heads` rows of them, and `labels` columns before the values."""

    grid: Grid
    heads: int
    labels: int


def number_in(view: str, cell: Cell, units: Units) -> "regex.Match[str] | None":
    """The number that fills a cell (groups number, scale, unit); None for words, also beside a number."""
    found = _NUMBER.fullmatch(view, cell.span.start, cell.span.end)
    if found is None or (found["unit"] and units.find(found["unit"]) is None):
        return None
    return found


def grid_of(view: str, table: Table, units: Units) -> Grid:
    """The table as a grid."""
    cells: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                cells.setdefault((row, column), cell)
    rows = max((row for row, _ in cells), default=-1) + 1
    columns = max((column for _, column in cells), default=-1) + 1
    numbers = frozenset(cell.span for cell in table.cells if number_in(view, cell, units) is not None)
    whole = Grid(cells, rows, columns, numbers)
    years = _years(view, whole)
    running = _running(view, Grid(cells, rows, columns, numbers - years))
    return Grid(cells, rows, columns, numbers - years - running, running)


def unit_cells(view: str, table: Table, units: Units) -> list[Span]:
    """Cells that hold a unit with its step (万元): a numeral by its look alone."""
    return [cell.span for cell in table.cells if _is_unit(_text(view, cell), units)]


def _is_unit(text: str, units: Units) -> bool:
    return text[:1] in ("万", "亿") and units.find(text[1:]) is not None


def bands_of(view: str, grid: Grid) -> list[Band]:
    """The bands of a grid that have a heading: a new one begins where headings follow numbers."""
    starts, seen = [0], False
    for row in range(grid.rows):
        cells = [cell for column in range(grid.columns) if (cell := grid.cells.get((row, column)))]
        if any(cell.span in grid.numeric and cell.row == row for cell in cells):
            seen = True
        elif seen and _is_heading_row(view, cells):
            starts.append(row)
            seen = False
    bands = []
    for first, last in zip(starts, [*starts[1:], grid.rows], strict=True):
        part = _part(grid, first, last)
        heads = _leading(part.rows, [_clear(part, row=row) for row in range(min(part.rows, _MOST_HEADING_ROWS))])
        columns = range(min(part.columns, _MOST_LABEL_COLUMNS))
        labels = _leading(part.columns, [_clear(part, column=column, below=heads) for column in columns])
        if heads or labels:
            bands.append(Band(part, heads, labels))
    return bands


def _years(view: str, grid: Grid) -> frozenset[Span]:
    """Cells that hold a year: 2020年 anywhere, a bare 2020 in a row of years or under 年份."""
    found = set()
    for (row, column), cell in grid.cells.items():
        if cell.span not in grid.numeric or not _YEAR.fullmatch(text := _text(view, cell)):
            continue
        if not _BARE_YEAR.fullmatch(text) or _heads_years(view, grid, row, column) or _is_year_row(view, grid, row):
            found.add(cell.span)
    return frozenset(found)


def _heads_years(view: str, grid: Grid, row: int, column: int) -> bool:
    """True for a cell under 年份."""
    return any(_YEARS.fullmatch(_text(view, cell)) for above in range(row) if (cell := grid.cells.get((above, column))))


def _is_year_row(view: str, grid: Grid, row: int) -> bool:
    """True for a row whose numbers are years one behind another: 指标 | 2019 | 2020 | 2021."""
    cells = dict.fromkeys(cell for column in range(grid.columns) if (cell := grid.cells.get((row, column))))
    numbers = [_text(view, cell) for cell in cells if cell.span in grid.numeric]
    years = [int(text) for text in numbers if _BARE_YEAR.fullmatch(text)]
    steps = {b - a for a, b in itertools.pairwise(years)}
    return len(years) == len(numbers) > 1 and len(steps) == 1 and steps <= {1, -1}


def _running(view: str, grid: Grid) -> frozenset[Span]:
    """Cells that number or date the rows: under 序号, or 1, 2, 3 … in a first column that has words beside it."""
    found = set()
    for column in range(grid.columns):
        head = ""
        for row in range(grid.rows):
            cell = grid.cells.get((row, column))
            if cell is None or cell.column_span == grid.columns:
                continue
            text = _text(view, cell)
            if cell.span in grid.numeric:
                if _RUNNING.search(head) or (_WHEN.search(head) and not _COUNTED_IN.search(head)):
                    found.add(cell.span)
            elif text:
                head = text
    found.update(_column_numbers(view, grid))
    first = [cell for row in range(grid.rows) if (cell := grid.cells.get((row, 0))) and cell.span in grid.numeric]
    numbers = [_text(view, cell) for cell in dict.fromkeys(first)]
    beside = [grid.cells.get((cell.row, cell.column + cell.column_span)) for cell in first]
    worded = all(cell and _text(view, cell) and cell.span not in grid.numeric for cell in beside)
    if len(numbers) > 1 and worded and numbers == [str(at) for at in range(1, len(numbers) + 1)]:
        found.update(cell.span for cell in first)
    return frozenset(found)


def _column_numbers(view: str, grid: Grid) -> set[Span]:
    """Cells that number the columns: 项目 | 1 | 2 | 3 with no value above; under 村 | 立案 | 结案 such a row is data."""
    for row in range(min(grid.rows, _MOST_HEADING_ROWS + 1)):
        cells = [cell for column in range(grid.columns) if (cell := grid.cells.get((row, column)))]
        numbers = [cell for cell in dict.fromkeys(cells) if cell.span in grid.numeric]
        if not numbers:
            continue
        counted = [_text(view, cell) for cell in numbers] == [str(at) for at in range(1, len(numbers) + 1)]
        heads = _HEADS.fullmatch(_text(view, cells[0]))
        return {cell.span for cell in numbers} if counted and heads and len(numbers) > 1 else set()
    return set()


def _text(view: str, cell: Cell) -> str:
    return cell.span.slice(view).strip()


def _is_heading_row(view: str, cells: list[Cell]) -> bool:
    """True for words over the columns, or one cell over all of them; a label whose values are left out is none."""
    texts = [_text(view, cell) for cell in dict.fromkeys(cells)]
    return len(texts) == 1 or (len(texts) > 1 and all(text not in _EMPTY for text in texts[1:]))


def _part(grid: Grid, first: int, last: int) -> Grid:
    cells = {(row - first, column): cell for (row, column), cell in grid.cells.items() if first <= row < last}
    return Grid(cells, last - first, grid.columns, grid.numeric, grid.running)


def _leading(count: int, clear: list[bool]) -> int:
    """How many rows (or columns) lead; none where no value would be left."""
    lead = clear.index(False) if False in clear else len(clear)
    return lead if lead < count else 0


def _clear(grid: Grid, *, row: int | None = None, column: int | None = None, below: int = 0) -> bool:
    """True if the row (or the column below the heading rows) holds words or running numbers and no value."""
    cells = [
        cell
        for (at_row, at_column), cell in grid.cells.items()
        if (row is None or at_row == row) and (column is None or at_column == column) and at_row >= below
    ]
    if row is not None and any(cell.span in grid.running for cell in cells):
        return False
    return any(cell.span.length for cell in cells) and not any(cell.span in grid.numeric for cell in cells)
