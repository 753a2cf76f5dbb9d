"""CSV that Excel opens: UTF-8 with BOM, CRLF, cells that look like formulas made harmless."""

import codecs
import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.tables.columns import CHUNK
from extractor.tables.schema import TableSchema

if TYPE_CHECKING:
    import pyarrow as pa

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


def cells(column: "pa.Array") -> list[str]:
    """`cell` of each value of a column, a whole column at a time: there are millions in an archive."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_floating(column.type):
        return [cell(value) for value in column.to_pylist()]
    texts = pc.fill_null(column.cast(pa.string()), "")
    values: list[str] = texts.to_pylist()
    if not pa.types.is_string(column.type):
        return values
    firsts = pc.unique(pc.utf8_slice_codeunits(texts, 0, 1)).to_pylist()
    return [harmless(value) for value in values] if set(firsts) & set(_FORMULA) else values


def write_csv(source: Path, schema: TableSchema, path: Path) -> None:
    """Write one table out of its Parquet file."""
    import pyarrow.parquet as pq

    with path.open("wb") as stream, pq.ParquetFile(source) as file:
        stream.write(codecs.BOM_UTF8 + _lines([schema.names]))
        for batch in file.iter_batches(CHUNK):
            stream.write(_lines(zip(*map(cells, batch.columns), strict=True)))


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV, encoded at once: a stream would do it row by row."""
    made = StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerows(rows)
    return made.getvalue().encode()
