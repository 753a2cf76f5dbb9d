"""Writers: Parquet files → the other formats. Each takes a folder that nobody reads yet; the caller renames."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.errors import BadConfig
from extractor.tables.datapackage import write_datapackage
from extractor.tables.schema import TableSchema
from extractor.tables.writers.csv import write_csv
from extractor.tables.writers.duckdb import write_duckdb
from extractor.tables.writers.parquet import write_parquet
from extractor.tables.writers.xlsx import write_xlsx

DATABASE = "govreport.duckdb"
WORKBOOK = "govreport.xlsx"
DATAPACKAGE = "datapackage.json"
# Parquet is always written: everything that opens a folder reads it
FORMATS = ("parquet", "csv", "duckdb", "xlsx")


def check_formats(names: Iterable[str]) -> tuple[str, ...]:
    """The formats in their order, Parquet among them; raises BadConfig."""
    chosen = {name.strip().lower() for name in names if name.strip()}
    unknown = sorted(chosen - set(FORMATS))
    if unknown:
        raise BadConfig(f"no format {', '.join(unknown)}", remedy="known: " + ", ".join(FORMATS))
    return tuple(name for name in FORMATS if name in chosen | {"parquet"})


def write_all(
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
    schemas: Sequence[TableSchema],
    folder: Path,
    notes: Sequence[str] = (),
    formats: Collection[str] = FORMATS,
) -> list[str]:
    """Write every table in every format; the names of the files written."""
    for schema in schemas:
        write_parquet(tables.get(schema.name, ()), schema, folder / f"{schema.name}.parquet")
    return write_others(schemas, folder, notes, formats)


def write_others(
    schemas: Sequence[TableSchema], folder: Path, notes: Sequence[str] = (), formats: Collection[str] = FORMATS
) -> list[str]:
    """Write the formats beside the Parquet files, out of them; the names of all files."""
    names = [f"{schema.name}.parquet" for schema in schemas]
    if "csv" in formats:
        for schema in schemas:
            write_csv(folder / f"{schema.name}.parquet", schema, folder / f"{schema.name}.csv")
            names.append(f"{schema.name}.csv")
    if "duckdb" in formats:
        write_duckdb(schemas, folder, folder / DATABASE)
        names.append(DATABASE)
    if "xlsx" in formats:
        write_xlsx(schemas, folder, folder / WORKBOOK, notes)
        names.append(WORKBOOK)
    write_datapackage(schemas, folder / DATAPACKAGE, "csv" if "csv" in formats else "parquet")
    return [*names, DATAPACKAGE]


def every_name(schemas: Sequence[TableSchema]) -> set[str]:
    """Names of all files that any choice of formats writes."""
    tables = {f"{schema.name}.{suffix}" for schema in schemas for suffix in ("parquet", "csv")}
    return tables | {DATABASE, WORKBOOK, DATAPACKAGE}
