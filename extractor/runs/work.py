"""Work: one file → its shard, in whatever process; what a file holds never raises."""

import time
from hashlib import sha256
from typing import Any

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import GovreportError
from extractor.pipeline import build_context, extract_document
from extractor.reading import describe, read
from extractor.reading.archives.walk import Member
from extractor.runs.options import Options
from extractor.runs.plan import Task
from extractor.runs.shards import write_shard
from extractor.stages import Context
from extractor.tables.rows import rows_of

Row = dict[str, Any]

_context: Context | None = None


def prepare(options: Options) -> None:
    """Once per worker: rules, gazetteers, tokeniser."""
    global _context
    _context = build_context(
        patterns=options.patterns, divisions=options.divisions, area=options.area, bare_laws=options.bare_laws
    )


def work(task: Task) -> tuple[str, str, float]:
    """Extract one file and write its shard; path, status and seconds."""
    if _context is None:
        raise RuntimeError("work before prepare")
    start = time.perf_counter()
    shard = extract_member(task.member, _context)
    write_shard(task.shard, shard)
    return task.member.path, shard["status"], time.perf_counter() - start


def extract_member(member: Member, context: Context) -> Row:
    """Status, detail, rows and text of one file; never raises for what the file holds."""
    try:
        data = member.read()
        source = describe(member.path, data, sha256(data).hexdigest())
        extraction = extract_document(read(source, data), context)
        return {
            "status": SourceStatus.EXTRACTED.value,
            "detail": None,
            "tables": rows_of(extraction),
            "text": extraction.document.text,
        }
    except GovreportError as fault:
        return failure(fault.detail)
    except (MemoryError, RecursionError, Exception) as fault:
        # a fault of ours on one file must not stop the others; the row names it
        what = f"[E000] {member.path}: unexpected {type(fault).__name__}: {fault} → report it"
        return failure(" ".join(what.split()))


def failure(detail: str) -> Row:
    """The shard of a file that failed, with the reason."""
    return {"status": SourceStatus.FAILED.value, "detail": detail, "tables": {}, "text": None}
