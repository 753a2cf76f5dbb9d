"""Where the rows of a run go: Parquet files beside the tables that readers see, some rows held at a time."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractor.tables.columns import batch_of, rows_of_batch
from extractor.tables.schema import TableSchema
from extractor.tables.writers.parquet import ParquetTable

Row = dict[str, Any]
# rows of a batch: memory stays level whatever the archive
_HELD = 2048


class ParquetSink:
    """A Parquet file per table; rows and batches go to the end of theirs."""

    def __init__(self, schemas: Mapping[str, TableSchema], folder: Path) -> None:
        self.counts: dict[str, int] = {}
        self._schemas, self._folder = schemas, folder
        self._open: dict[str, ParquetTable] = {}
        self._held: dict[str, list[Row]] = {}

    def put(self, table: str, row: Row) -> None:
        """One row."""
        held = self._held.setdefault(table, [])
        held.append(row)
        if len(held) >= _HELD:
            self._flush(table)

    def add(self, table: str, batch: Any) -> None:
        """A batch with the table's columns."""
        self._flush(table)
        self._table(table).add(batch)
        self.counts[table] = self.counts.get(table, 0) + batch.num_rows

    def finish(self, *tables: str) -> None:
        """No more rows of these tables come; one without rows is written too."""
        for table in tables:
            self._flush(table)
            self._table(table).close()
            del self._open[table]
            self.counts.setdefault(table, 0)

    def each(self, table: str) -> "Each":
        """The rows of a finished table, from its file."""
        return Each(self._folder / f"{table}.parquet")

    def _flush(self, table: str) -> None:
        held = self._held.get(table)
        if held:
            self._table(table).add(batch_of(held, self._schemas[table]))
            self.counts[table] = self.counts.get(table, 0) + len(held)
            held.clear()

    def _table(self, table: str) -> ParquetTable:
        if table not in self._open:
            self._open[table] = ParquetTable(self._schemas[table], self._folder / f"{table}.parquet")
        return self._open[table]


class Each:
    """The rows of a Parquet file, as often as they are gone through."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Row]:
        import pyarrow.parquet as pq

        with pq.ParquetFile(self._path) as file:
            for batch in file.iter_batches(_HELD):
                yield from rows_of_batch(batch)
