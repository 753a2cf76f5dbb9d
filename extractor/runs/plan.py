"""Plan: what an archive holds → a row of `sources` per file, a task per distinct content."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import GovreportError
from extractor.reading import SIZE_LIMIT, describe
from extractor.reading.archives.walk import Member
from extractor.tables.schema import BY_NAME

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """A file to extract: `shard` is where its result goes, `sha256` the hash of its bytes."""

    member: Member
    shard: Path
    sha256: str


def plan(members: Sequence[Member], shards: Path, version: str) -> tuple[list[Row], list[Task]]:
    """A row per file, and a task per distinct content: its smallest path is the report's own."""
    rows: list[Row] = []
    tasks: dict[str, Task] = {}
    for member in members:
        row: Row = dict.fromkeys(BY_NAME["sources"].names)
        row["source_path"] = member.path
        rows.append(row)
        if member.status is not None:
            row.update(status=member.status.value, detail=member.detail)
            continue
        try:
            data = member.read()
        except (GovreportError, OSError) as fault:
            detail = fault.detail if isinstance(fault, GovreportError) else f"[E200] {member.path}: {fault}"
            row.update(status=SourceStatus.FAILED.value, detail=detail)
            continue
        digest = sha256(data).hexdigest()
        source = describe(member.path, data[: SIZE_LIMIT + 1], digest)
        row.update(
            sha256=digest,
            bytes=len(data),
            media_type=source.media_type,
            encoding=source.encoding,
            report_id=source.report_id,
        )
        if digest in tasks:
            row.update(status=SourceStatus.DUPLICATE.value, detail=f"same bytes as {tasks[digest].member.path}")
            continue
        place = sha256(member.path.encode()).hexdigest()[:8]
        tasks[digest] = Task(member, shards / f"{digest[:16]}-{place}-{version}.json", digest)
    return rows, list(tasks.values())
