"""Parquet: explicit types, Chinese labels in the field metadata, the same bytes every time."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from extractor.tables.schema import TableSchema


def write_parquet(rows: Sequence[Mapping[str, Any]], schema: TableSchema, path: Path) -> None:
    """Write one table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

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
    arrays = [pa.array([_typed(row.get(c.name), c.type) for row in rows], type=types[c.type]) for c in schema.columns]
    table = pa.Table.from_arrays(
        arrays, schema=pa.schema(fields, metadata={"label": schema.label, "schema_version": "1"})
    )
    pq.write_table(table, path, compression="zstd")


def _typed(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "date":
        return date.fromisoformat(value) if isinstance(value, str) else value
    return float(value) if kind == "number" else value
