"""SQLite: every table in one file, with keys, references and indexes, for datasette and whatever reads SQLite."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from extractor.corpus.exports.spans import Labelled
from extractor.tables.columns import values_of
from extractor.tables.references import references_of_table
from extractor.tables.schema import TableSchema

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}


def write_sqlite(labelled: Labelled, path: Path) -> None:
    """Write all tables of the folder, whatever kinds were asked for."""
    path.unlink(missing_ok=True)
    store = labelled.store
    schemas = store.schemas
    held = {schema.name for schema in schemas}
    with closing(sqlite3.connect(path)) as connection, connection:
        for schema in schemas:
            connection.execute(_statement(schema, held))
            holes = ", ".join("?" * len(schema.columns))
            rows = values_of(store.folder / f"{schema.name}.parquet")
            connection.executemany(
                f'INSERT INTO "{schema.name}" VALUES ({holes})', ([_plain(value) for value in row] for row in rows)
            )
        for schema in schemas:
            for name in ("report_id", "indicator", "document_id"):
                if name in schema.names and schema.key != (name,):
                    connection.execute(f'CREATE INDEX "{schema.name}_{name}" ON "{schema.name}" ("{name}")')


def _statement(schema: TableSchema, held: set[str]) -> str:
    columns = [f'"{column.name}" {_TYPES[column.type]}' for column in schema.columns]
    if not schema.name.startswith("comparison"):
        # places that are not settled have a null in the key of a comparison
        columns.append(f"PRIMARY KEY ({', '.join(_quoted(name) for name in schema.key)})")
    columns += [
        f'FOREIGN KEY ("{column}") REFERENCES "{table}" ("{key}")'
        for column, table, key in references_of_table(schema)
        if table in held
    ]
    return f'CREATE TABLE "{schema.name}" ({", ".join(columns)})'


def _quoted(name: str) -> str:
    return f'"{name}"'


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
