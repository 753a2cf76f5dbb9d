"""One workbook: a sheet per table with frozen header, filters and widths for Chinese, and a sheet 说明."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from extractor.tables.schema import Column, TableSchema

# Excel's own limits
_MOST_ROWS = 1_048_575
_MOST_CHARS = 32_767
_WIDEST, _NARROWEST = 48, 8
_SAMPLED = 200


def write_xlsx(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    schemas: Sequence[TableSchema],
    path: Path,
    notes: Sequence[str] = (),
) -> None:
    """Write the workbook. Text is written as text: nothing in it becomes a formula or a link."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(str(path), options)
    # without a fixed date the same tables would give other bytes
    book.set_properties({"title": "govreport", "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#DDE7F3", "text_wrap": True, "valign": "top", "border": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "font_size": 13}),
    }
    _notes(book, formats, tables, schemas, notes)
    for schema in schemas:
        _sheet(book, formats, schema, tables.get(schema.name, ()))
    book.close()


def _notes(book: Any, formats: Any, tables: Any, schemas: Sequence[TableSchema], notes: Sequence[str]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 3, 90)
    sheet.write_string(0, 0, "govreport 提取结果", formats["bold"])
    lines = [
        "每个数据都可回溯：quote 等于文本 texts/<report_id>.txt 的 [char_start:char_end]。",
        "空单元格表示没有，零表示零；金额以元计，比例以 % 计，万、亿已折算。",
        *notes,
    ]
    for index, line in enumerate(lines, 1):
        sheet.write_string(index, 0, line)
    row = len(lines) + 2
    for name, text in enumerate(("工作表", "列", "中文名", "含义")):
        sheet.write_string(row, name, text, formats["head"])
    for schema in schemas:
        row += 1
        count = len(tables.get(schema.name, ()))
        kept = f"，表内只放前 {_MOST_ROWS} 行，全部见 Parquet" if count > _MOST_ROWS else ""
        sheet.write_string(row, 0, schema.name)
        sheet.write_string(row, 2, schema.label)
        sheet.write_string(row, 3, f"{schema.description}（{count} 行{kept}）")
        for column in schema.columns:
            row += 1
            sheet.write_string(row, 1, column.name)
            sheet.write_string(row, 2, column.label)
            sheet.write_string(row, 3, column.description)


def _sheet(book: Any, formats: Any, schema: TableSchema, rows: Sequence[Mapping[str, Any]]) -> None:
    sheet = book.add_worksheet(schema.name)
    shown = rows[:_MOST_ROWS]
    for index, column in enumerate(schema.columns):
        sheet.set_column(index, index, _width(column, shown))
        sheet.write_string(0, index, f"{column.label}\n{column.name}", formats["head"])
    sheet.set_row(0, 32)
    for at, row in enumerate(shown, 1):
        for index, column in enumerate(schema.columns):
            _cell(sheet, formats, at, index, row.get(column.name), column)
    sheet.freeze_panes(1, min(1, len(schema.columns)))
    sheet.autofilter(0, 0, max(len(shown), 1), len(schema.columns) - 1)


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


def _width(column: Column, rows: Sequence[Mapping[str, Any]]) -> int:
    """Two per Chinese character, as Excel draws them."""
    texts = [column.name, column.label, *(str(row.get(column.name) or "") for row in rows[:_SAMPLED])]
    widest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in text.split("\n")[0]) for text in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)
