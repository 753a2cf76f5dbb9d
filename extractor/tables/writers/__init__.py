"""Writers: Parquet files → the other formats. Each takes a folder that nobody reads yet; the caller renames.

WRITERS is the one place where a format is registered: `extract --formats`, the rewriting of single tables by `audit`
and the removal of files of formats no longer wanted follow from it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import BadConfig
from extractor.tables.datapackage import write_datapackage
from extractor.tables.schema import TableSchema
from extractor.tables.writers.csv import write_csv
from extractor.tables.writers.duckdb import write_duckdb
from extractor.tables.writers.xlsx import write_xlsx

DATABASE = "govreport.duckdb"
WORKBOOK = "govreport.xlsx"
DATAPACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: `file` is the name of what it writes, with {table} in it where each table has a file of its own;
    `write(schemas, folder, notes)` writes those files beside the Parquet files of `folder`, out of them. `notes` are
    lines for people."""

    file: str
    write: Callable[[Sequence[TableSchema], Path, Sequence[str]], None]

    @property
    def by_table(self) -> bool:
        """True if one table can be written without the others."""
        return "{table}" in self.file

    def files(self, schemas: Iterable[TableSchema]) -> tuple[str, ...]:
        """Names of the files that it writes."""
        return tuple(dict.fromkeys(self.file.format(table=schema.name) for schema in schemas))


def _for_each_table(suffix: str, write: Callable[[Path, TableSchema, Path], None]) -> Writer:
    """A format with a file for each table: `write(parquet, schema, target)` writes one."""

    def write_all(schemas: Sequence[TableSchema], folder: Path, notes: Sequence[str]) -> None:
        for schema in schemas:
            write(folder / f"{schema.name}.parquet", schema, folder / f"{schema.name}.{suffix}")

    return Writer("{table}." + suffix, write_all)


WRITERS: Mapping[str, Writer] = {
    "csv": _for_each_table("csv", write_csv),
    "duckdb": Writer(DATABASE, lambda schemas, folder, _: write_duckdb(schemas, folder, folder / DATABASE)),
    "xlsx": Writer(WORKBOOK, lambda schemas, folder, notes: write_xlsx(schemas, folder, folder / WORKBOOK, notes)),
}
# Parquet is always written: everything that opens a folder reads it
FORMATS = ("parquet", *WRITERS)


def check_formats(names: Iterable[str]) -> tuple[str, ...]:
    """The formats in their order, Parquet among them; raises BadConfig."""
    chosen = {name.strip().lower() for name in names if name.strip()}
    unknown = sorted(chosen - set(FORMATS))
    if unknown:
        raise BadConfig(f"no format {', '.join(unknown)}", remedy="known: " + ", ".join(FORMATS))
    return tuple(name for name in FORMATS if name in chosen | {"parquet"})


def write_others(
    schemas: Sequence[TableSchema], folder: Path, notes: Sequence[str] = (), formats: Collection[str] = FORMATS
) -> list[str]:
    """Write the formats beside the Parquet files, out of them; the names of all files."""
    names = [f"{schema.name}.parquet" for schema in schemas]
    for name, writer in WRITERS.items():
        if name in formats:
            writer.write(schemas, folder, notes)
            names += writer.files(schemas)
    write_datapackage(schemas, folder / DATAPACKAGE, "csv" if "csv" in formats else "parquet")
    return [*names, DATAPACKAGE]


def every_name(schemas: Sequence[TableSchema]) -> set[str]:
    """Names of all files that any choice of formats writes."""
    written = {file for writer in WRITERS.values() for file in writer.files(schemas)}
    return written | {f"{schema.name}.parquet" for schema in schemas} | {DATAPACKAGE}
