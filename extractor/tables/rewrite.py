"""Replace one table of a written folder in every format; the others stay as they are."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from extractor.tables.schema import BY_NAME, Column, TableSchema
from extractor.tables.store import Store
from extractor.tables.writers import DATABASE, WORKBOOK
from extractor.tables.writers.csv import write_csv
from extractor.tables.writers.duckdb import write_duckdb
from extractor.tables.writers.parquet import write_parquet
from extractor.tables.writers.xlsx import write_xlsx


def replace_table(store: Store, name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Write the rows in place of the table's; False if they are what is there already."""
    schema = BY_NAME[name]
    fresh = [{column: row.get(column) for column in schema.names} for row in rows]
    # an older program may have written fewer columns
    if fresh == store.rows(name):
        return False
    schemas = [_labelled(store, s) if s.name == "comparison" else s for s in store.schemas]
    tables = {s.name: store.rows(s.name) for s in schemas if s.name != name}
    work = Path(mkdtemp(prefix=".rewrite-", dir=store.folder))
    try:
        for kept in schemas:
            if kept.name != name:
                shutil.copyfile(store.folder / f"{kept.name}.parquet", work / f"{kept.name}.parquet")
        write_parquet(fresh, schema, work / f"{name}.parquet")
        write_csv(fresh, schema, work / f"{name}.csv")
        write_duckdb(schemas, work, work / DATABASE)
        write_xlsx({**tables, name: fresh}, schemas, work / WORKBOOK)
        for made in (f"{name}.parquet", f"{name}.csv", DATABASE, WORKBOOK):
            (work / made).replace(store.folder / made)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return True


def _labelled(store: Store, schema: TableSchema) -> TableSchema:
    """`comparison` with the labels of its catalogue, which its Parquet file carries."""
    import pyarrow.parquet as pq

    fields = pq.read_schema(store.folder / f"{schema.name}.parquet")
    columns = []
    for column in schema.columns:
        marks = fields.field(column.name).metadata or {}
        label, description = (marks.get(key, b"").decode() for key in (b"label", b"description"))
        columns.append(Column(column.name, column.type, label or column.label, description or column.description))
    return TableSchema(schema.name, schema.label, schema.description, tuple(columns), schema.key)
