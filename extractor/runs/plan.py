"""Plan: what an archive holds → a row of `sources` per file, a task per distinct content.

A file whose size and times are those of the last run is not read again to be known: its hash stands in `known`.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import GovreportError, SystemFault
from extractor.reading import SIZE_LIMIT, describe
from extractor.reading.archives.walk import Member
from extractor.runs.shards import key_of
from extractor.tables.schema import BY_NAME

Row = dict[str, Any]
Stamp = tuple[int, int, int]
# what the bytes of a file say, as a row of `sources` has it
_DESCRIBED = ("sha256", "bytes", "media_type", "encoding")
# a file changed so shortly before it was looked at may change again within one tick of its clock
_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """A file to extract; `key` is the name of its result."""

    member: Member
    key: str


@dataclass(slots=True)
class Plan:
    """Rows of `sources` by path, tasks by path, and what is known of files for the next run."""

    rows: list[Row]
    tasks: list[Task]
    known: dict[str, list[Any]]


def plan(members: Sequence[Member], known: Mapping[str, Sequence[Any]]) -> Plan:
    """A row per file, and a task per distinct content: its smallest path is the report's own."""
    made = Plan([], [], {})
    first: dict[str, str] = {}
    stamps: dict[Path, Stamp | None] = {}
    now = time.time_ns()
    for member in members:
        row: Row = dict.fromkeys(BY_NAME["sources"].names)
        row["source_path"] = member.path
        made.rows.append(row)
        if member.status is not None:
            row.update(status=member.status.value, detail=member.detail)
            continue
        try:
            if member.file not in stamps:
                stamps[member.file] = _stamp(member.file, now)
            stamp = stamps[member.file]
            described = _described(member, stamp, known)
        except GovreportError as fault:
            row.update(status=SourceStatus.FAILED.value, detail=fault.detail)
            continue
        except OSError as fault:
            row.update(status=SourceStatus.FAILED.value, detail=SystemFault.of(fault, member.path).detail)
            continue
        if stamp is not None:
            made.known[member.path] = [*stamp, *described]
        digest = described[0]
        row.update(zip(_DESCRIBED, described, strict=True), report_id=digest[:16])
        if digest in first:
            row.update(status=SourceStatus.DUPLICATE.value, detail=f"same bytes as {first[digest]}")
            continue
        first[digest] = member.path
        made.tasks.append(Task(member, key_of(digest, member.path)))
    return made


def _stamp(file: Path, now: int) -> Stamp | None:
    """Size and times of a file; None for one that was changed just now."""
    stat = file.stat()
    if max(stat.st_mtime_ns, stat.st_ctime_ns) > now - _TICK:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _described(member: Member, stamp: Stamp | None, known: Mapping[str, Sequence[Any]]) -> list[Any]:
    """Hash, size, media type and encoding: as known, if the file is as it was, else out of its bytes."""
    before = known.get(member.path)
    if before is not None and stamp is not None and tuple(before[:3]) == stamp:
        return list(before[3:])
    data = member.read()
    digest = sha256(data).hexdigest()
    source = describe(member.path, data[: SIZE_LIMIT + 1], digest)
    return [digest, len(data), source.media_type, source.encoding]
