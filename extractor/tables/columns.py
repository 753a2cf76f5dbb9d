"""Columns: rows of a table ↔ Arrow batches. Everything that keeps or writes tables goes through here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.tables.schema import TableSchema

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
# rows that are held at once while a table is written or read again
CHUNK = 16_384


def arrow_schema(schema: TableSchema) -> "pa.Schema":
    """The Arrow schema; Chinese labels and descriptions in the metadata."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = [
        pa.field(c.name, types[c.type], metadata={"label": c.label, "description": c.description})
        for c in schema.columns
    ]
    return pa.schema(fields, metadata={"label": schema.label, "schema_version": "1"})


def batch_of(rows: Sequence[Mapping[str, Any]], schema: TableSchema) -> "pa.RecordBatch":
    """The rows as one batch; what a row does not say is null."""
    import pyarrow as pa

    wanted = arrow_schema(schema)
    arrays = [
        pa.array([_typed(row.get(column.name), column.type) for row in rows], type=field.type)
        for column, field in zip(schema.columns, wanted, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=wanted)


def rows_of_batch(batch: "pa.RecordBatch") -> list[Row]:
    """The rows of a batch, dates as ISO texts."""
    names = batch.schema.names
    columns = [_plain(batch.column(at).to_pylist()) for at in range(len(names))]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def values_of(path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of a written Parquet file as tuples, a chunk in memory at a time."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(CHUNK):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def count_rows(path: Path) -> int:
    """Number of rows of a written Parquet file."""
    import pyarrow.parquet as pq

    return int(pq.read_metadata(path).num_rows)


def chunks(rows: Iterable[Mapping[str, Any]], size: int = CHUNK) -> Iterator[list[Mapping[str, Any]]]:
    """The rows in lists of at most `size`."""
    held: list[Mapping[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def _plain(values: list[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in values]


def _typed(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "date":
        return date.fromisoformat(value) if isinstance(value, str) else value
    return float(value) if kind == "number" else value
