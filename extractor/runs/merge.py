"""Merge: the shards of all files → the tables of all reports, in the order of report ids."""

from typing import Any

from extractor.datamodel.vocabulary import SourceStatus
from extractor.tables.rows import PER_REPORT

Row = dict[str, Any]


def merge(sources: list[Row], shards: dict[str, Row]) -> dict[str, list[Row]]:
    """Tables of all reports in the order of report ids; sources by path."""
    for row in sources:
        shard = shards.get(row["sha256"] or "")
        if shard is None:
            continue
        if row["status"] is None:
            row.update(status=shard["status"], detail=shard["detail"])
        if shard["status"] == SourceStatus.FAILED.value:
            row["report_id"] = None
    tables: dict[str, list[Row]] = {"sources": sources, **{name: [] for name in PER_REPORT}}
    for digest in sorted(shards):
        for name, rows in shards[digest]["tables"].items():
            tables[name].extend(rows)
    return tables
