"""Publish: the tables of all reports and what only many tell, written beside, and put into place when complete.

Reports come in the order of their ids, one at a time, so that neither order nor workers change a byte and memory does
not grow with the archive.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from collections.abc import Collection as Some
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.corpus.collection import Collection
from extractor.corpus.derive import Known, Linked, derive_into, link
from extractor.datamodel.vocabulary import NumeralClass, SourceStatus
from extractor.runs.files import WORK, faults, write_json, write_whole
from extractor.runs.options import Options
from extractor.runs.shards import Shelf
from extractor.runs.sink import ParquetSink
from extractor.runs.summary import Summary
from extractor.tables.columns import batch_of
from extractor.tables.rows import PER_REPORT
from extractor.tables.schema import BY_NAME, TableSchema, all_schemas, comparison_schema
from extractor.tables.store import PROGRAM, RUN_FILE, TEXTS
from extractor.tables.writers import every_name, write_others
from extractor.tables.writers.partitioned import FOLDER as PARTITIONED
from extractor.tables.writers.partitioned import write_partitioned

Row = dict[str, Any]
# tables that other rows have a word in
_LINKED = ("reports", "citations", "problems")


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be put together: rows of sources, results by key, the key of each report, lists, formats; `step` is
    told what begins; `partition` names columns of reports."""

    sources: Sequence[Row]
    shelf: Shelf
    keys: dict[str, str]
    lists: Known
    formats: Some[str]
    step: Callable[[str], None]
    partition: Some[str] = ()


def publish(output: Path, merge: Merge, options: Options, patterns_version: str) -> Summary:
    """Write everything beside and put it into place; files of formats that are no longer wanted go."""
    fresh = output / WORK / "new"
    with faults(fresh):
        shutil.rmtree(fresh, ignore_errors=True)
        (fresh / TEXTS).mkdir(parents=True)
        scratch = output / WORK
        summary, schemas = _write_tables(merge, fresh, scratch)
        merge.step("formats")
        names = write_others(schemas, fresh, formats=merge.formats)
        if merge.partition:
            write_partitioned(fresh, merge.partition)
    run_file = {
        "program": PROGRAM,
        "complete": True,
        "version": __version__,
        "patterns_version": patterns_version,
        "area": options.area,
        "files": summary.files,
        "rows": summary.rows,
        "numerals": summary.numerals,
        "unexplained": summary.unexplained,
    }
    merge.step("publish")
    with faults(output):
        _into_place(output, fresh, names, every_name(schemas) - set(names), run_file)
    return summary


def _into_place(output: Path, fresh: Path, names: Sequence[str], unwanted: Some[str], run_file: Row) -> None:
    """Rename: while names are exchanged run.json says that the tables are not complete, and no reader takes them."""
    old = output / WORK / "old"
    shutil.rmtree(old, ignore_errors=True)
    write_whole(output / RUN_FILE, json.dumps({"program": PROGRAM, "complete": False}) + "\n")
    if (output / TEXTS).exists():
        (output / TEXTS).replace(old)
    (fresh / TEXTS).replace(output / TEXTS)
    shutil.rmtree(output / PARTITIONED, ignore_errors=True)
    if (fresh / PARTITIONED).is_dir():
        (fresh / PARTITIONED).replace(output / PARTITIONED)
    for name in names:
        (fresh / name).replace(output / name)
    for name in unwanted:
        (output / name).unlink(missing_ok=True)
    write_json(output / RUN_FILE, run_file)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)


def _write_tables(merge: Merge, fresh: Path, scratch: Path) -> tuple[Summary, tuple[TableSchema, ...]]:
    shelf, keys = merge.shelf, merge.keys
    merge.step("reports")
    reports = [row for report_id in sorted(keys) for row in shelf.rows(keys[report_id], "reports")]
    collection = Collection(
        {"reports": reports, "sources": merge.sources},
        lambda report_id: shelf.text(keys[report_id]) or "",
        lambda table, report_id: shelf.rows(keys[report_id], table),
        scratch,
    )
    schemas = dict(BY_NAME)
    sink = ParquetSink(schemas, fresh)
    linked = link(collection, merge.lists, sink, merge.step)
    merge.step("tables")
    for row in merge.sources:
        sink.put("sources", row)
    used, unexplained = _merge(merge, linked, sink, fresh)
    sink.finish("sources", *PER_REPORT)
    schemas["comparison"] = comparison_schema(merge.lists.catalogue, [dict.fromkeys(sorted(used))])
    derive_into(linked, merge.lists, used, sink, merge.step)
    summary = _summary(merge.sources, sink.counts, unexplained)
    return summary, all_schemas(merge.lists.catalogue, {"comparison": [dict.fromkeys(sorted(used))]})


def _merge(merge: Merge, linked: Linked, sink: ParquetSink, fresh: Path) -> tuple[set[str], int]:
    """The tables that one report fills, and the texts; keys that indicators carry, number of unexplained numerals."""
    import pyarrow.compute as pc

    used: set[str] = set()
    unexplained = 0
    rows = {
        "reports": lambda id_: [linked.collection.by_id[id_]],
        "citations": lambda id_: linked.collection.rows("citations", id_),
        "problems": linked.problems.of,
    }
    for report_id in sorted(merge.keys):
        key = merge.keys[report_id]
        write_text(fresh / TEXTS / f"{report_id}.txt", merge.shelf.text(key) or "")
        for table in PER_REPORT:
            if table in _LINKED:
                found = rows[table](report_id)
                batch = batch_of(found, BY_NAME[table]) if found else None
            else:
                batch = merge.shelf.batch(key, table)
            if batch is None:
                continue
            sink.add(table, batch)
            if table == "indicators":
                used.update(pc.unique(batch.column("indicator")).to_pylist())
            elif table == "numerals":
                is_unexplained = pc.equal(batch.column("class"), NumeralClass.UNEXPLAINED.value)
                unexplained += pc.sum(is_unexplained).as_py() or 0
    return used - {None}, unexplained


def write_text(path: Path, text: str) -> None:
    """A kept text, as it is: offsets count every character."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)


def _summary(sources: Sequence[Row], counts: dict[str, int], unexplained: int) -> Summary:
    made = Summary(files={status.value: 0 for status in SourceStatus})
    for row in sources:
        made.files[row["status"]] += 1
        if row["status"] == SourceStatus.FAILED.value:
            made.failures.append((row["source_path"], row["detail"]))
    order = [
        *PER_REPORT,
        "documents",
        "comparison",
        "comparison_long",
        "fulfilment",
        "overlaps",
        "boilerplate",
        "findings",
    ]
    made.rows = {name: counts[name] for name in order}
    made.numerals, made.unexplained = counts["numerals"], unexplained
    return made
