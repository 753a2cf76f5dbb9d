"""One workbook: a sheet per table with frozen header, filters and widths for Chinese, and a sheet 说明.

Comes in: a folder of Parquet files. The workbook is for people: what they read (`FOR_PEOPLE`) is always in it, then
table after table as long as all together stay below `most_rows`, those that machines read last; 说明 says where the
rest is. Rows are written one by one and never held, so that the size of an archive changes no memory.
"""

import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from extractor.datamodel.columns import Column
from extractor.languages import chinese
from extractor.tables.columns import count_rows, values_of
from extractor.tables.schema import TableSchema

FOR_PEOPLE = ("comparison", "reports", "findings")
_NEXT = ("indicators", "commitments", "actions", "fulfilment", "citations", "documents", "problems")
_FOR_MACHINES = ("places", "boilerplate", "overlaps", "numerals", "comparison_long")
# some ten to fifteen seconds of writing (0.1 ms a row, measured), and what a desk computer opens without a wait
MOST_ROWS = 120_000
# Excel's own limits
_MOST_IN_SHEET = 1_048_575
_MOST_CHARS = 32_767
_WIDEST, _NARROWEST = 48, 8
_SAMPLED = 200


def write_xlsx(
    schemas: Sequence[TableSchema],
    folder: Path,
    path: Path,
    notes: Sequence[str] = (),
    *,
    most_rows: int = MOST_ROWS,
) -> None:
    """Write the workbook from the Parquet files of `folder`. Text is written as text: nothing in it becomes a
    formula or a link."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        # the parts of the workbook lie beside it until it is packed: /tmp may be small
        "tmpdir": str(path.parent),
    }
    counts = {schema.name: count_rows(folder / f"{schema.name}.parquet") for schema in schemas}
    kept = _kept(counts, most_rows)
    book = xlsxwriter.Workbook(str(path), options)
    # without a fixed date the same tables would give other bytes
    book.set_properties({"title": "govreport", "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#DDE7F3", "text_wrap": True, "valign": "top", "border": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "font_size": 13}),
    }
    _notes(book, formats, schemas, counts, kept, notes)
    for schema in schemas:
        if kept[schema.name] or not counts[schema.name]:
            _sheet(book, formats, schema, folder / f"{schema.name}.parquet", kept[schema.name])
    try:
        book.close()
    except FileCreateError as fault:
        # what the system said
        raise fault.args[0] if fault.args and isinstance(fault.args[0], OSError) else OSError(str(fault)) from fault


def _kept(counts: Mapping[str, int], most_rows: int) -> dict[str, int]:
    """How many rows of each table the workbook takes."""
    between = [name for name in counts if name not in _FOR_MACHINES]
    kept, left = {}, most_rows
    for name in dict.fromkeys((*FOR_PEOPLE, *_NEXT, *between, *_FOR_MACHINES)):
        if name not in counts:
            continue
        fits = name in FOR_PEOPLE or counts[name] <= left
        kept[name] = min(counts[name], _MOST_IN_SHEET) if fits else 0
        left -= kept[name]
    return kept


def _notes(
    book: Any,
    formats: Any,
    schemas: Sequence[TableSchema],
    counts: dict[str, int],
    kept: dict[str, int],
    notes: Sequence[str],
) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 4, 90)
    sheet.write_string(0, 0, "govreport 提取结果", formats["bold"])
    lines = [
        "每个数据都可回溯：quote 等于文本 texts/<report_id>.txt 的 [char_start:char_end]。",
        "空单元格表示没有，零表示零；金额以元计，比例以 % 计，万、亿已折算。",
        *notes,
    ]
    for index, line in enumerate(lines, 1):
        sheet.write_string(index, 0, line)
    row = len(lines) + 2
    for name, text in enumerate(("工作表 table", "列 column", "中文名 label", "含义", "meaning")):
        sheet.write_string(row, name, text, formats["head"])
    for schema in schemas:
        row += 1
        sheet.write_string(row, 0, schema.name)
        sheet.write_string(row, 2, schema.label)
        extent = _extent(schema.name, counts[schema.name], kept[schema.name])
        sheet.write_string(row, 3, f"{chinese(schema.description)}（{extent}）")
        sheet.write_string(row, 4, schema.description)
        for column in schema.columns:
            row += 1
            sheet.write_string(row, 1, column.name)
            sheet.write_string(row, 2, column.label)
            sheet.write_string(row, 3, chinese(column.description))
            sheet.write_string(row, 4, column.description)


def _extent(name: str, count: int, kept: int) -> str:
    """How many rows there are, and where those are that the workbook does not hold."""
    if kept == count:
        return f"{count} 行"
    where = f"全部见 {name}.parquet"
    return f"{count} 行，表内只放前 {kept} 行，{where}" if kept else f"{count} 行，不在本工作簿内，{where}"


def _sheet(book: Any, formats: Any, schema: TableSchema, source: Path, count: int) -> None:
    sheet = book.add_worksheet(schema.name)
    sample = list(itertools.islice(values_of(source), _SAMPLED))
    sheet.set_row(0, 32)
    for index, column in enumerate(schema.columns):
        sheet.set_column(index, index, _width(column, [row[index] for row in sample]))
        sheet.write_string(0, index, f"{column.label}\n{column.name}", formats["head"])
    for at, row in enumerate(itertools.islice(values_of(source), count), 1):
        for index, (value, column) in enumerate(zip(row, schema.columns, strict=True)):
            _cell(sheet, formats, at, index, value, column)
    sheet.freeze_panes(1, min(1, len(schema.columns)))
    sheet.autofilter(0, 0, max(count, 1), len(schema.columns) - 1)


def _cell(sheet: Any, formats: Any, row: int, column: int, value: Any, schema: Column) -> None:
    if value is None:
        return
    if schema.type == "date":
        sheet.write_datetime(row, column, datetime.fromisoformat(str(value)), formats["date"])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
        sheet.write_string(row, column, text[:_MOST_CHARS])


def _width(column: Column, values: Sequence[Any]) -> int:
    """Two per Chinese character, as Excel draws them."""
    texts = [column.name, column.label, *(str(value or "") for value in values)]
    widest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in text.split("\n")[0]) for text in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)
