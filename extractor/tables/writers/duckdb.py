"""One DuckDB file with all tables, made from the Parquet files beside it."""

from collections.abc import Sequence
from pathlib import Path

from extractor.tables.schema import TableSchema


def write_duckdb(schemas: Sequence[TableSchema], folder: Path, path: Path) -> None:
    """Write the database; labels become comments on tables and columns."""
    import duckdb

    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for schema in schemas:
            source = str(folder / f"{schema.name}.parquet").replace("'", "''")
            connection.execute(f"CREATE TABLE {_name(schema.name)} AS SELECT * FROM read_parquet('{source}')")
            connection.execute(
                f"COMMENT ON TABLE {_name(schema.name)} IS {_text(schema.label + ': ' + schema.description)}"
            )
            for column in schema.columns:
                connection.execute(
                    f"COMMENT ON COLUMN {_name(schema.name)}.{_name(column.name)} "
                    f"IS {_text(column.label + ': ' + column.description)}"
                )


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
