"""CSV that Excel opens: UTF-8 with BOM, CRLF, cells that look like formulas made harmless."""

import csv
from pathlib import Path
from typing import Any

from extractor.tables.columns import values_of
from extractor.tables.schema import TableSchema

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would compute.

    >>> harmless("=1+1"), harmless("办结")
    ("'=1+1", '办结')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def cell(value: Any) -> str:
    """A value as CSV text; null is empty, whole numbers have no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return harmless(value) if isinstance(value, str) else str(value)


def write_csv(source: Path, schema: TableSchema, path: Path) -> None:
    """Write one table out of its Parquet file."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(schema.names)
        writer.writerows([cell(value) for value in row] for row in values_of(source))
