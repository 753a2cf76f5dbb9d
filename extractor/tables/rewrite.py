"""Replace one table of a written folder in every format; the others stay as they are."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from extractor.tables.schema import BY_NAME, TableSchema
from extractor.tables.store import Store
from extractor.tables.writers import WRITERS
from extractor.tables.writers.parquet import write_parquet


def replace_table(store: Store, name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Write the rows in place of the table's; False if they are what is there already."""
    schema = BY_NAME[name]
    fresh = [{column: row.get(column) for column in schema.names} for row in rows]
    if fresh == store.rows(name):
        return False
    schemas = [schema if s.name == name else _as_written(store, s) for s in store.schemas]
    # the formats that the folder has, and no other
    written = {kind: writer.files([schema])[0] for kind, writer in WRITERS.items()}
    formats = [kind for kind, file in written.items() if (store.folder / file).is_file()]
    work = Path(mkdtemp(prefix=".rewrite-", dir=store.folder))
    try:
        for kept in schemas:
            if kept.name != name:
                shutil.copyfile(store.folder / f"{kept.name}.parquet", work / f"{kept.name}.parquet")
        write_parquet(fresh, schema, work / f"{name}.parquet")
        for kind in formats:
            WRITERS[kind].write([schema] if WRITERS[kind].by_table else schemas, work, ())
        for made in (f"{name}.parquet", *(written[kind] for kind in formats)):
            (work / made).replace(store.folder / made)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return True


def _as_written(store: Store, schema: TableSchema) -> TableSchema:
    """The table with the columns that its file has, which an older program may have written; `comparison` with the
    labels of its catalogue, which its file carries."""
    import pyarrow.parquet as pq

    fields = pq.read_schema(store.folder / f"{schema.name}.parquet")
    columns = []
    for column in schema.columns:
        if column.name not in fields.names:
            continue
        marks = (fields.field(column.name).metadata or {}) if schema.name == "comparison" else {}
        label, description = (marks.get(key, b"").decode() for key in (b"label", b"description"))
        columns.append(replace(column, label=label or column.label, description=description or column.description))
    return replace(schema, columns=tuple(columns))
