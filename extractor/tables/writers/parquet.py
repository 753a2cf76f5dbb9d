"""Parquet: explicit types, Chinese labels in the field metadata, the same bytes every time."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from extractor.tables.columns import CHUNK, arrow_schema, batch_of, chunks
from extractor.tables.schema import TableSchema

if TYPE_CHECKING:
    import pyarrow as pa


class ParquetTable:
    """A table that grows: batches come in any size, groups of `CHUNK` rows go out, so that what came
    in how many pieces changes no byte and no more than a group is held."""

    def __init__(self, schema: TableSchema, path: Path) -> None:
        import pyarrow.parquet as pq

        self._schema = arrow_schema(schema)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._held: list[pa.RecordBatch] = []
        self._count = 0

    def add(self, batch: "pa.RecordBatch") -> None:
        """Append the rows of a batch with the table's columns."""
        self._held.append(batch)
        self._count += batch.num_rows
        while self._count >= CHUNK:
            self._put(CHUNK)

    def _put(self, rows: int) -> None:
        import pyarrow as pa

        table = pa.Table.from_batches(self._held, schema=self._schema)
        self._writer.write_table(table.slice(0, rows).combine_chunks(), row_group_size=CHUNK)
        self._held = table.slice(rows).to_batches()
        self._count -= rows

    def close(self) -> None:
        """Write what is held; the file is complete."""
        if self._count:
            self._put(self._count)
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if fault is None:
            self.close()
        else:
            self._writer.close()


def write_parquet(rows: Iterable[Mapping[str, Any]], schema: TableSchema, path: Path) -> None:
    """Write one table; the rows may come from a generator."""
    with ParquetTable(schema, path) as table:
        for held in chunks(rows):
            table.add(batch_of(held, schema))
