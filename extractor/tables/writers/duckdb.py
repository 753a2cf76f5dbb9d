"""One DuckDB file with all tables, made from the Parquet files beside it in one transaction.

Beside the tables it holds a view per table of rows of reports: the rows with the place and the year of their
report in front (`v_indicators`), so that no query has to join them.
"""

from collections.abc import Sequence
from pathlib import Path

from extractor.errors import SystemFault
from extractor.tables.schema import TableSchema

# the tables to which the others refer; an index over each row of the others would outgrow memory
_KEYED = ("reports", "documents")
# what a reader wants to see of the report beside a row
_PLACED = ("source_path", "province", "city", "county", "region", "division_code", "report_year")


def write_duckdb(schemas: Sequence[TableSchema], folder: Path, path: Path) -> None:
    """Write the database; labels become comments on tables, columns and views. Raises SystemFault."""
    import duckdb

    path.unlink(missing_ok=True)
    try:
        _write(schemas, folder, path)
    except duckdb.IOException as fault:
        what = f"the database cannot be written ({str(fault).splitlines()[0]})"
        remedy = "make room, or mend the cause; the same command goes on where it was"
        raise SystemFault(what, where=str(path), remedy=remedy) from fault


def _write(schemas: Sequence[TableSchema], folder: Path, path: Path) -> None:
    import duckdb

    with duckdb.connect(str(path)) as connection:
        connection.execute("BEGIN")
        for schema in schemas:
            source = _text(str(folder / f"{schema.name}.parquet"))
            connection.execute(f"CREATE TABLE {_name(schema.name)} AS SELECT * FROM read_parquet({source})")
            lines = [f"COMMENT ON TABLE {_name(schema.name)} IS {_text(f'{schema.label}: {schema.description}')}"]
            lines += [
                f"COMMENT ON COLUMN {_name(schema.name)}.{_name(column.name)} "
                f"IS {_text(f'{column.label}: {column.description}')}"
                for column in schema.columns
            ]
            if schema.name in _KEYED:
                connection.execute(f"ALTER TABLE {_name(schema.name)} ADD PRIMARY KEY ({', '.join(schema.key)})")
            connection.execute(";".join(lines))
        held = {schema.name for schema in schemas}
        for schema in schemas:
            if "reports" in held and schema.name != "reports" and "report_id" in schema.names:
                connection.execute(_view(schema))
        connection.execute("COMMIT")


def _view(schema: TableSchema) -> str:
    placed = ", ".join(f"r.{_name(name)}" for name in _PLACED if name not in schema.names)
    return (
        f"CREATE VIEW {_name(f'v_{schema.name}')} AS SELECT {placed}, t.* FROM {_name(schema.name)} t "
        "LEFT JOIN reports r USING (report_id);"
        f"COMMENT ON VIEW {_name(f'v_{schema.name}')} IS {_text(f'{schema.label}, with place and year of the report')}"
    )


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
