"""Numbers in tables (表格指标): row and column headings make the name, the unit stands in heading or cell.

Comes in: a document with its tables. Goes out: Indicator records with source `table`. The year, the comparison (同比)
or the target that a heading names is the cell's; of two headings the nearer decides. Refuses bands without any
heading, running numbers and cells that hold more than a number.
"""

from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.datamodel.document import Cell, Document, Table
from extractor.datamodel.extraction import section_of
from extractor.datamodel.records import Indicator, Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension, Role, SectionKind
from extractor.stages.base import Context, Progress
from extractor.stages.indicators.table_headings import Heading, read_heading
from extractor.stages.quantities.grids import Band, bands_of, grid_of, number_in
from extractor.text.numerals import arabic_value, scale_value
from extractor.text.units import Unit, Units

_CAPTION = regex.compile(r"单位:\s*(?P<scale>[万亿]?)(?P<unit>[^\s()。;,:]{1,6}?)\s*\)?\s*$")
_CAPTION_REACH = 40
# 表1 2020年各村调解情况统计表
_TITLE = regex.compile(
    r"(?:[附续]?表\ ?[0-9一二三四五六七八九十\-]*[:.、\ ]*)?[^,。;:0-9]{0,16}(?P<year>20[0-9]{2})年度?[^,。;:0-9]{0,30}(?:表|一览|统计|明细|情况)(?:\([^()]*\))?"
)
_TITLE_LINES = 2
_UNIT_COLUMN = regex.compile(r"(?:计量)?单位")
_UNIT_ALONE = regex.compile(r"(?P<scale>[万亿]?)(?P<unit>[^()0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class _About:
    """What the surroundings of a table say of all its cells: unit with scale, the year of its title."""

    unit: Unit | None
    scale: str
    year: int | None


def find_in_tables(document: Document, so_far: Progress, context: Context) -> list[Indicator]:
    """Indicators of all tables, in text order."""
    found: list[Indicator] = []
    for table in document.tables:
        about = _about(document.view, table, context.units)
        for band in bands_of(document.view, grid_of(document.view, table, context.units)):
            found += _of_band(document, band, about, context.units, so_far)
    return sorted(found, key=lambda indicator: indicator.value_span)


def _about(view: str, table: Table, units: Units) -> _About:
    """The words `单位:万元` and the title right before the table."""
    start = min((cell.span.start for cell in table.cells), default=0)
    caption = _CAPTION.search(view, max(0, start - _CAPTION_REACH), start)
    unit = units.find(caption["unit"]) if caption else None
    lines = view[max(0, start - 200) : start].strip().split("\n")[-_TITLE_LINES:]
    titles = [title for line in lines if (title := _TITLE.fullmatch(line.strip()))]
    year = int(titles[-1]["year"]) if titles else None
    return _About(unit, caption["scale"] if caption and unit else "", year)


def _of_band(document: Document, band: Band, about: _About, units: Units, so_far: Progress) -> list[Indicator]:
    view, grid = document.view, band.grid
    found, done = [], set()
    for (row, column), cell in sorted(grid.cells.items()):
        if cell.span not in grid.numeric or cell.span in done or row < band.heads or column < band.labels:
            continue
        done.add(cell.span)
        if not so_far.claims.is_free(cell.span):
            continue
        columns = [grid.cells.get((above, column)) for above in range(band.heads)]
        heads = [_read(text, so_far, units) for text in _texts(view, columns)]
        labels = _labels(view, band, row, units, so_far)
        found.append(_indicator(document, cell, heads, labels, about, units, so_far))
    return found


def _labels(view: str, band: Band, row: int, units: Units, so_far: Progress) -> list[Heading]:
    """What stands before the values of a row; under 单位 its unit, where the word is one."""
    labels, seen = [], set()
    for before in range(band.labels):
        cell = band.grid.cells.get((row, before))
        text = cell.span.slice(view).strip() if cell else ""
        if cell is None or not text or text in seen or cell.span in band.grid.running:
            continue
        seen.add(text)
        over = _texts(view, [band.grid.cells.get((above, before)) for above in range(band.heads)])
        alone = _UNIT_ALONE.fullmatch(text)
        unit = units.find(alone["unit"]) if alone else None
        if alone and unit and any(_UNIT_COLUMN.fullmatch(head) for head in over):
            labels.append(Heading("", unit=unit, scale=alone["scale"]))
        else:
            labels.append(_read(text, so_far, units))
    return labels


def _texts(view: str, cells: list[Cell | None]) -> list[str]:
    texts = [cell.span.slice(view).strip() for cell in cells if cell is not None]
    return [text for text in dict.fromkeys(texts) if text]


def _read(text: str, so_far: Progress, units: Units) -> Heading:
    return read_heading(text, so_far.identity.report_year, units)


def _indicator(
    document: Document,
    cell: Cell,
    heads: list[Heading],
    labels: list[Heading],
    about: _About,
    units: Units,
    so_far: Progress,
) -> Indicator:
    found = number_in(document.view, cell, units)
    if found is None:
        raise ValueError("a cell without a number has no indicator")
    # the heading next to the number first
    nearest = [*reversed(heads), *reversed(labels)]
    unit, scale = _unit(found, nearest, about, units)
    value = arabic_value(found["number"]) * scale_value(found["scale"] or scale)
    value *= unit.factor if unit else Decimal(1)
    if value > 0 and any(heading.negative for heading in nearest):
        value = -value
    roles = [heading.role for heading in nearest if heading.role]
    role, year, period = _when(cell, roles, nearest, about, so_far)
    return Indicator(
        span=cell.span,
        value_span=Span(*found.span("number")),
        rule="indicator.table",
        name="".join(heading.name for heading in [*labels, *heads]) or None,
        name_span=None,
        value=value,
        value_text=document.quote(Span(*found.span("number"))),
        unit=unit.base if unit else None,
        unit_text=found["unit"] or None,
        dimension=unit.dimension if unit else Dimension.COUNT,
        role=role,
        period=period,
        year=year,
        source="table",
    )


def _when(
    cell: Cell, roles: list[Role], nearest: list[Heading], about: _About, so_far: Progress
) -> tuple[Role, int | None, str | None]:
    """Role, year and period; a year still to come and a table of a plan promise."""
    identity = so_far.identity
    dated = next((heading for heading in nearest if heading.year), None)
    period = dated.period if dated else next((heading.period for heading in nearest if heading.period), None)
    year = dated.year if dated else about.year
    # a change that stands beside last year's number is one all the same
    role = next((role for role in (Role.CHANGE, Role.TARGET) if role in roles), roles[0] if roles else None)
    section = section_of(so_far.of(Section), cell.span)
    planned = section is not None and section.kind is SectionKind.PLAN
    if role is None:
        later = year is not None and identity.report_year is not None and year > identity.report_year
        role = Role.TARGET if later or (planned and year is None) else Role.ACTUAL
    if year is None:
        year = identity.plan_year if planned and role is Role.TARGET else identity.report_year
    return role, year, period


def _unit(found: "regex.Match[str]", nearest: list[Heading], about: _About, units: Units) -> tuple[Unit | None, str]:
    """Unit of the cell, else of the nearest heading that says one, else that said before the table; with its scale."""
    if found["unit"]:
        return units.find(found["unit"]), ""
    for heading in nearest:
        if heading.unit:
            return heading.unit, heading.scale
        if not heading.borrows:
            return None, ""
    return about.unit, about.scale
