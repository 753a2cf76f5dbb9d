"""Writers: tables → files. Each takes a folder that nobody reads yet; the caller renames."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.tables.datapackage import write_datapackage
from extractor.tables.schema import TableSchema
from extractor.tables.writers.csv import write_csv
from extractor.tables.writers.duckdb import write_duckdb
from extractor.tables.writers.parquet import write_parquet
from extractor.tables.writers.xlsx import write_xlsx

DATABASE = "govreport.duckdb"
WORKBOOK = "govreport.xlsx"
DATAPACKAGE = "datapackage.json"


def write_all(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    schemas: Sequence[TableSchema],
    folder: Path,
    notes: Sequence[str] = (),
) -> list[str]:
    """Write every table in every format; the names of the files written."""
    names = []
    for schema in schemas:
        rows = tables.get(schema.name, ())
        write_parquet(rows, schema, folder / f"{schema.name}.parquet")
        write_csv(rows, schema, folder / f"{schema.name}.csv")
        names += [f"{schema.name}.parquet", f"{schema.name}.csv"]
    write_duckdb(schemas, folder, folder / DATABASE)
    write_xlsx(tables, schemas, folder / WORKBOOK, notes)
    write_datapackage(schemas, folder / DATAPACKAGE)
    return [*names, DATABASE, WORKBOOK, DATAPACKAGE]
