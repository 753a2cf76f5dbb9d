"""Numbers in tables (表格指标): row and column headings make the name, the unit stands in heading or cell.

Comes in: a document with its tables. Goes out: Indicator records with source `table`. A row of headings inside
a table (信息内容 | 本年制发件数) begins a new band with columns of its own. Refuses bands without any heading,
serial-number columns and cells that hold more than a number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.datamodel.document import Cell, Document, Table
from extractor.datamodel.records import Indicator
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension, Role
from extractor.stages.base import Context, Progress
from extractor.text.numerals import arabic_value, scale_value
from extractor.text.units import Unit, Units

_NUMBER = regex.compile(
    r"\ *(?P<number>-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?)\ *(?P<scale>[万亿]?)(?P<unit>[^0-9\ ]{0,6})\ *"
)
_UNIT_IN_HEADING = regex.compile(r"[(](?:单位:)?(?P<scale>[万亿]?)(?P<unit>[^()0-9]{1,6})[)]")
_YEAR_HEADING = regex.compile(r"(?P<year>20[0-9]{2})年?度?")
_SERIAL = regex.compile(r"序号|编号|行次|页码|电话|日期|时间")
# of rows and columns that say what follows, not what is counted: 第二十条第(一)项, (本列数据的勾稽关系为:…), 信息内容
_ASIDE = regex.compile(
    r"第[一二三四五六七八九十百]+条(?:第\([一二三四五六七八九十]+\)项)?|\(本[列行]数据的?勾稽关系.*|信息内容"
)
_LIST_MARK = regex.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|[0-9]{1,2}[.、])\s*")
_CAPTION = regex.compile(r"单位:\s*(?P<scale>[万亿]?)(?P<unit>[^\s()。;,:]{1,6}?)\s*\)?\s*$")
_CAPTION_REACH = 40
_EMPTY = frozenset(("", "/", "-", "—", "——", "无"))
_MOST_HEADING_ROWS = 3
_MOST_LABEL_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with merged cells filled: cell by (row, column)."""

    cells: dict[tuple[int, int], Cell]
    rows: int
    columns: int


def find_in_tables(document: Document, so_far: Progress, context: Context) -> list[Indicator]:
    """Indicators of all tables, in text order."""
    units = context.units
    found: list[Indicator] = []
    for table in document.tables:
        found += _of_table(document, table, units, so_far)
    return sorted(found, key=lambda indicator: indicator.value_span)


def _grid(table: Table) -> _Grid:
    cells: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                cells.setdefault((row, column), cell)
    rows = max((row for row, _ in cells), default=-1) + 1
    columns = max((column for _, column in cells), default=-1) + 1
    return _Grid(cells, rows, columns)


def _of_table(document: Document, table: Table, units: Units, so_far: Progress) -> list[Indicator]:
    view, grid = document.view, _grid(table)
    numeric = {cell.span for cell in table.cells if _number(view, cell, units) is not None}
    caption = _caption(view, table)
    found: list[Indicator] = []
    for first, last in _bands(view, grid, numeric):
        found += _of_band(document, _part(grid, first, last), numeric, caption, units, so_far)
    return found


def _caption(view: str, table: Table) -> str | None:
    """The words `单位:万元` right before the table, as a heading that every column has; None without them."""
    start = min((cell.span.start for cell in table.cells), default=0)
    said = _CAPTION.search(view, max(0, start - _CAPTION_REACH), start)
    return f"({said['scale']}{said['unit']})" if said else None


def _bands(view: str, grid: _Grid, numeric: set[Span]) -> list[tuple[int, int]]:
    """Stretches of rows that share their headings: a new one begins where headings follow numbers."""
    starts, seen = [0], False
    for row in range(grid.rows):
        cells = [cell for column in range(grid.columns) if (cell := grid.cells.get((row, column)))]
        if any(cell.span in numeric and cell.row == row for cell in cells):
            seen = True
        elif seen and _is_heading_row(view, cells):
            starts.append(row)
            seen = False
    return list(zip(starts, [*starts[1:], grid.rows], strict=True))


def _is_heading_row(view: str, cells: list[Cell]) -> bool:
    """True for words over the columns, or one cell over all of them; a label whose values are left out is none."""
    texts = [cell.span.slice(view).strip() for cell in dict.fromkeys(cells)]
    return len(texts) == 1 or (len(texts) > 1 and all(text not in _EMPTY for text in texts[1:]))


def _part(grid: _Grid, first: int, last: int) -> _Grid:
    cells = {(row - first, column): cell for (row, column), cell in grid.cells.items() if first <= row < last}
    return _Grid(cells, last - first, grid.columns)


def _of_band(
    document: Document, grid: _Grid, numeric: set[Span], caption: str | None, units: Units, so_far: Progress
) -> list[Indicator]:
    view = document.view
    heads = _leading(grid.rows, _MOST_HEADING_ROWS, lambda r: _clear(grid, numeric, row=r))
    labels = _leading(grid.columns, _MOST_LABEL_COLUMNS, lambda c: _clear(grid, numeric, column=c, below=heads))
    if not heads and not labels:
        return []
    found, done = [], set()
    for (row, column), cell in sorted(grid.cells.items()):
        if cell.span not in numeric or cell.span in done or row < heads or column < labels:
            continue
        done.add(cell.span)
        columns = _texts(view, [grid.cells.get((above, column)) for above in range(heads)])
        rows = _texts(view, [grid.cells.get((row, before)) for before in range(labels)])
        if any(_SERIAL.search(text) for text in columns) or not so_far.claims.is_free(cell.span):
            continue
        columns += [caption] if caption else []
        found.append(_indicator(document, cell, columns, rows, units, so_far))
    return found


def _leading(count: int, most: int, clear: Callable[[int], bool]) -> int:
    lead = 0
    while lead < min(count, most) and clear(lead):
        lead += 1
    return lead if lead < count else 0


def _clear(
    grid: _Grid, numeric: set[Span], *, row: int | None = None, column: int | None = None, below: int = 0
) -> bool:
    """True if the row (or the column below the heading rows) holds text and no number."""
    cells = [
        cell
        for (at_row, at_column), cell in grid.cells.items()
        if (row is None or at_row == row) and (column is None or at_column == column) and at_row >= below
    ]
    return any(cell.span.length for cell in cells) and not any(cell.span in numeric for cell in cells)


def _texts(view: str, cells: list[Cell | None]) -> list[str]:
    texts = [cell.span.slice(view).strip() for cell in cells if cell is not None]
    return [text for text in dict.fromkeys(texts) if text and not _ASIDE.fullmatch(text)]


def _number(view: str, cell: Cell, units: Units) -> "regex.Match[str] | None":
    found = _NUMBER.fullmatch(view, cell.span.start, cell.span.end)
    if found is None or (found["unit"] and units.find(found["unit"]) is None):
        return None
    return found


def _indicator(
    document: Document, cell: Cell, columns: list[str], rows: list[str], units: Units, so_far: Progress
) -> Indicator:
    found = _number(document.view, cell, units)
    assert found is not None
    unit, scale = _unit(found, [*columns, *rows], units)
    value = arabic_value(found["number"]) * scale_value(found["scale"] or scale)
    value *= unit.factor if unit else Decimal(1)
    heads = [_UNIT_IN_HEADING.sub("", text).strip() for text in columns]
    years = [match for text in heads if (match := _YEAR_HEADING.fullmatch(text))]
    labels = [_LIST_MARK.sub("", _UNIT_IN_HEADING.sub("", text).strip()) for text in rows]
    name = "".join([*labels, *(text for text in heads if not _YEAR_HEADING.fullmatch(text))])
    year = int(years[-1]["year"]) if years else so_far.identity.report_year
    return Indicator(
        span=cell.span,
        value_span=Span(*found.span("number")),
        rule="indicator.table",
        name=name or None,
        name_span=None,
        value=value,
        value_text=document.quote(Span(*found.span("number"))),
        unit=unit.base if unit else None,
        unit_text=found["unit"] or None,
        dimension=unit.dimension if unit else Dimension.COUNT,
        role=Role.ACTUAL,
        period=years[-1][0] if years else None,
        year=year,
        source="table",
    )


def _unit(found: "regex.Match[str]", headings: list[str], units: Units) -> tuple[Unit | None, str]:
    """Unit of the cell, else of the nearest heading; with the scale (万) said there."""
    if found["unit"]:
        return units.find(found["unit"]), ""
    for text in headings:
        said = _UNIT_IN_HEADING.search(text)
        unit = units.find(said["unit"]) if said else None
        if said and unit:
            return unit, said["scale"]
    return None, ""
