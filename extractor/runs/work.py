"""Work: some files → a shard, in whatever process; what a file holds never raises."""

import socket
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import GovreportError, SystemFault, TookTooMuch, TooManyRows
from extractor.pipeline import build_context, extract_document
from extractor.reading import describe, read
from extractor.reading.archives.walk import Member
from extractor.runs.options import MOST_ROWS, Options
from extractor.runs.plan import Task
from extractor.runs.shards import Result, write_shard
from extractor.stages import Context
from extractor.tables.rows import rows_of

# path, status and seconds of a file
Done = tuple[str, str, float, str | None]
_context: Context | None = None
_shards: Path | None = None
_most_rows = MOST_ROWS


def prepare(options: Options, shards: Path) -> None:
    """Once per worker: rules, gazetteers, tokeniser."""
    global _context, _shards, _most_rows
    _shards, _most_rows = shards, options.most_rows
    _context = build_context(
        patterns=options.patterns, divisions=options.divisions, area=options.area, bare_laws=options.bare_laws
    )


def prepare_elsewhere(options: Options, shards: Path) -> None:
    """The same on another machine, which must have the same program and see the same folders; raises SystemFault."""
    if not shards.is_dir():
        raise SystemFault("a worker does not see this folder", where=str(shards), remedy="share it under the same path")
    if options.fingerprint() != shards.name:
        raise SystemFault(
            "a worker has another program, or other patterns or divisions",
            where=socket.gethostname(),
            remedy="install the same govreport there",
        )
    prepare(options, shards)


def work(tasks: Sequence[Task], begin: Callable[[], None]) -> list[Done]:
    """Extract files and write their shard; path, status, seconds and reason of each, once they are safe."""
    if _context is None or _shards is None:
        raise RuntimeError("work before prepare")
    results, done = [], []
    for task in tasks:
        begin()
        start = time.perf_counter()
        result = extract_member(task.member, task.key, _context)
        results.append(result)
        done.append((task.member.path, result.status, time.perf_counter() - start, result.detail))
    write_shard(_shards, results)
    return done


def extract_member(member: Member, key: str, context: Context) -> Result:
    """Status, detail, rows and text of one file; never raises for what the file holds."""
    try:
        data = member.read()
        source = describe(member.path, data, sha256(data).hexdigest())
        extraction = extract_document(read(source, data), context)
        tables = rows_of(extraction)
        check_rows(sum(map(len, tables.values())), _most_rows, member.path)
        return Result(key, SourceStatus.EXTRACTED.value, None, tables, extraction.document.text)
    except GovreportError as fault:
        return failure(key, fault.detail)
    except OSError as fault:
        return failure(key, SystemFault.of(fault, member.path).detail)
    except MemoryError:
        too_much = TookTooMuch("more memory than a file may take", where=member.path, remedy="raise --file-memory")
        return failure(key, too_much.detail)
    except (RecursionError, Exception) as fault:
        # a fault of ours on one file must not stop the others; the row names it
        what = f"[E000] {member.path}: unexpected {type(fault).__name__}: {fault} → report it"
        return failure(key, " ".join(what.split()))


def check_rows(count: int, most: int, where: str) -> None:
    """Refuse a file that gives more rows than a file may give: the merge holds those of a file in memory."""
    if count > most:
        raise TooManyRows(f"more than {most} rows", where=where, remedy="raise --file-rows, or leave the file out")


def failure(key: str, detail: str) -> Result:
    """What is kept of a file that failed, with the reason."""
    return Result(key, SourceStatus.FAILED.value, detail, {}, None)
