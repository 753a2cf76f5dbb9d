"""Partitioned: the tables of reports once more, a folder for each value, as DuckDB, Arrow and Spark read them (hive):
`partitioned/indicators/province=云泽省/report_year=2021/part-0.parquet`.

Comes in: a folder with the Parquet files. Goes out: folders beside them; a question about one province opens its files
alone. The columns come from the report of a row. Left out: tables whose rows belong to no report, and the findings,
which people's decisions change.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from extractor.errors import BadConfig
from extractor.tables.columns import CHUNK, arrow_schema
from extractor.tables.rows import PER_REPORT
from extractor.tables.schema import BY_NAME

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "partitioned"
# what it is called at the command → the column of `reports`; `year` alone is in some tables the year of a number
COLUMNS = {"province": "province", "city": "city", "county": "county", "year": "report_year"}
_TABLES = (*PER_REPORT, "fulfilment", "overlaps", "boilerplate")
# counties and years of the whole country
_MOST = 200_000
_OPEN = 200


def check_partition(names: Iterable[str]) -> tuple[str, ...]:
    """The columns to part by, in the order given; raises BadConfig."""
    chosen = tuple(dict.fromkeys(name.strip().lower() for name in names if name.strip()))
    unknown = [name for name in chosen if name not in COLUMNS]
    if unknown:
        raise BadConfig(f"no partition by {', '.join(unknown)}", remedy="known: " + ", ".join(COLUMNS))
    return tuple(COLUMNS[name] for name in chosen)


def write_partitioned(folder: Path, columns: Collection[str]) -> None:
    """Write `partitioned/` beside the Parquet files, out of them; the same bytes every time."""
    import pyarrow.parquet as pq

    reports = pq.read_table(folder / "reports.parquet", columns=["report_id", *columns]).combine_chunks()
    for table in _TABLES:
        _write(table, folder, reports)
    _name_plainly(folder / FOLDER)


def _write(table: str, folder: Path, reports: "pa.Table") -> None:
    import pyarrow as pa
    import pyarrow.dataset as ds

    keys = [name for name in reports.column_names if name != "report_id"]
    held = [field for field in arrow_schema(BY_NAME[table]) if field.name not in keys]
    schema = pa.schema([*held, *(reports.schema.field(name) for name in keys)])
    ds.write_dataset(
        _batches(folder / f"{table}.parquet", reports, schema),
        folder / FOLDER / table,
        schema=schema,
        format="parquet",
        file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
        partitioning=ds.partitioning(pa.schema([schema.field(name) for name in keys]), flavor="hive"),
        basename_template="part-{i}.parquet",
        # one after the other: rows stay in their order, and the files the same
        use_threads=False,
        max_partitions=_MOST,
        max_open_files=_OPEN,
    )


def _name_plainly(folder: Path) -> None:
    """Names of folders as people read them, not as Arrow writes them (%E4%BA%91); its readers take both."""
    for path in sorted((path for path in folder.rglob("*=*") if path.is_dir()), reverse=True):
        plain = unquote(path.name)
        if plain != path.name and not set(plain) & set('/\\:*?"<>|%'):
            path.replace(path.with_name(plain))


def _batches(path: Path, reports: "pa.Table", schema: "pa.Schema") -> Iterator["pa.RecordBatch"]:
    """The rows, with the columns of their report."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    known = reports["report_id"].combine_chunks()
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(CHUNK):
            found = reports.take(pc.index_in(_report_ids(batch), value_set=known))
            arrays: list[Any] = [
                found[field.name].combine_chunks() if field.name in found.column_names[1:] else batch[field.name]
                for field in schema
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _report_ids(batch: "pa.RecordBatch") -> Any:
    """The report of each row; `places` tells it as the beginning of the row's id."""
    import pyarrow.compute as pc

    if "report_id" in batch.schema.names:
        return batch["report_id"]
    return pc.utf8_slice_codeunits(batch["row_id"], 0, 16)
