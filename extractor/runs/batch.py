"""Batch: an archive → shards → merged tables.

Comes in: paths, an output folder, options. Goes out: the tables, and a Summary. Each file's result is a shard
of its own, written atomically as it comes: after an interruption the same command goes on. The merge
sorts, so that neither order nor workers change a byte. A folder that holds something else is refused.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.corpus.audit.reviews import load_reviews
from extractor.corpus.derive import derive
from extractor.corpus.registry import Entry, load_registry
from extractor.datamodel.vocabulary import NumeralClass, SourceStatus
from extractor.engines import engine
from extractor.engines.processes import Died
from extractor.errors import GovreportError, MissingPath, OutputRefused
from extractor.pipeline import build_context, extract_document
from extractor.reading import SIZE_LIMIT, describe, read
from extractor.reading.archives.walk import Member, walk
from extractor.rules import load
from extractor.rules.gazetteer import load_gazetteer
from extractor.stages import Context
from extractor.tables.rows import PER_REPORT, rows_of
from extractor.tables.schema import BY_NAME, all_schemas
from extractor.tables.store import PROGRAM, RUN_FILE, TEXTS, is_ours
from extractor.tables.writers import write_all

_WORK = ".govreport"
Row = dict[str, Any]
# below this, starting processes costs more than it brings
_FEW = 4


@dataclass(frozen=True, slots=True)
class Options:
    """What changes results: overlays, area, registries of documents, `bare_laws` (laws named without 《》).

    All but the registries, which only the merge reads, are part of a shard's name.
    """

    patterns: Path | None = None
    divisions: Path | None = None
    area: str | None = None
    registries: tuple[Path, ...] = ()
    bare_laws: bool = False

    def fingerprint(self) -> str:
        """Changes with program, patterns, divisions table and area."""
        digest = sha256(
            f"{__version__} {load(self.patterns).version} {self.area or ''}{' bare' * self.bare_laws}".encode()
        )
        # a version stands for many states of a checkout: what an older one made must not be taken over
        for source in sorted(Path(__file__).parents[1].rglob("*.py")):
            digest.update(source.read_bytes())
        if self.divisions is not None:
            if not self.divisions.is_file():
                raise MissingPath("no such file", where=str(self.divisions), remedy="check --divisions")
            digest.update(self.divisions.read_bytes())
        return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Progress:
    """Told after each file: how many are done, of how many, the file, its status and the seconds it took."""

    done: int
    total: int
    path: str
    status: SourceStatus
    seconds: float


@dataclass(slots=True)
class Summary:
    """What a run did: files by status, rows by table, unexplained numerals, failures with reason."""

    files: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    numerals: int = 0
    unexplained: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Number of files that failed."""
        return self.files.get(SourceStatus.FAILED.value, 0)


@dataclass(frozen=True, slots=True)
class _Task:
    member: Member
    shard: Path
    sha256: str


def run(
    paths: Iterable[Path],
    output: Path,
    options: Options | None = None,
    *,
    workers: int | None = None,
    force: bool = False,
    tell: Callable[[Progress], None] | None = None,
) -> Summary:
    """Extract everything under `paths` into `output`; raises UsageError before anything is written."""
    options = options or Options()
    members = walk(paths)
    # fail early on a faulty pattern or divisions table, before any file is read or folder made
    version = options.fingerprint()
    load_gazetteer(load(options.patterns), options.divisions).named("")
    registry = [entry for path in options.registries for entry in load_registry(path)]
    _claim(output, force)
    work = output / _WORK
    (work / "shards").mkdir(parents=True, exist_ok=True)
    sources, tasks = _sources(members, work / "shards", version)
    _extract(tasks, options, workers, tell, len(sources))
    shards = _load_shards(tasks)
    tables = _merge(sources, tasks, shards)
    _publish(output, tables, shards, options, registry)
    return _summary(tables)


def _claim(output: Path, force: bool) -> None:
    """Make the folder ours; refuse one that holds something else."""
    if output.exists() and not output.is_dir():
        raise OutputRefused("not a folder", where=str(output), remedy="name a folder")
    if output.is_dir() and any(output.iterdir()) and not is_ours(output) and not force:
        raise OutputRefused(
            "the folder holds something else; nothing was written",
            where=str(output),
            remedy="name an empty or a new folder",
        )
    output.mkdir(parents=True, exist_ok=True)
    if not (output / RUN_FILE).exists():
        _write(output / RUN_FILE, json.dumps({"program": PROGRAM, "complete": False}) + "\n")


def _write(path: Path, text: str) -> None:
    """Whole or not at all; several workers may write the same shard."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    temporary.replace(path)


def _sources(members: Sequence[Member], shards: Path, version: str) -> tuple[list[Row], list[_Task]]:
    """A row per file, and a task per distinct content: its smallest path is the report's own."""
    rows: list[Row] = []
    tasks: dict[str, _Task] = {}
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
        tasks[digest] = _Task(member, shards / f"{digest[:16]}-{place}-{version}.json", digest)
    return rows, list(tasks.values())


_context: Context | None = None


def _prepare(options: Options) -> None:
    """Once per worker: rules, gazetteers, tokeniser."""
    global _context
    _context = build_context(
        patterns=options.patterns, divisions=options.divisions, area=options.area, bare_laws=options.bare_laws
    )


def _work(task: _Task) -> tuple[str, str, float]:
    """Extract one file and write its shard; path, status and seconds."""
    assert _context is not None
    start = time.perf_counter()
    shard = extract_member(task.member, _context)
    _write(task.shard, json.dumps(shard, ensure_ascii=False, sort_keys=True))
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
        return _failure(fault.detail)
    except (MemoryError, RecursionError, Exception) as fault:
        # a fault of ours on one file must not stop the others; the row names it
        what = f"[E000] {member.path}: unexpected {type(fault).__name__}: {fault} → report it"
        return _failure(" ".join(what.split()))


def _failure(detail: str) -> Row:
    return {"status": SourceStatus.FAILED.value, "detail": detail, "tables": {}, "text": None}


def _extract(
    tasks: Sequence[_Task],
    options: Options,
    workers: int | None,
    tell: Callable[[Progress], None] | None,
    total: int,
) -> None:
    """Run what has no shard yet."""
    open_ = [task for task in tasks if not task.shard.is_file()]
    done = total - len(open_)
    workers = max(1, min(workers or os.cpu_count() or 1, len(open_)))
    name = "serial" if workers == 1 or len(open_) < _FEW else "processes"
    for result in engine(name)(_work, open_, workers, _prepare, (options,)):
        if isinstance(result, Died):
            task = result.item
            detail = f"[E000] {task.member.path}: the worker died on this file → try it alone with more memory"
            _write(task.shard, json.dumps(_failure(detail), ensure_ascii=False, sort_keys=True))
            result = (task.member.path, SourceStatus.FAILED.value, 0.0)
        done += 1
        if tell is not None:
            tell(Progress(done, total, result[0], SourceStatus(result[1]), result[2]))


def _load_shards(tasks: Sequence[_Task]) -> dict[str, Row]:
    """Shards by hash of the content."""
    return {task.sha256: json.loads(task.shard.read_text(encoding="utf-8")) for task in tasks}


def _merge(sources: list[Row], tasks: Sequence[_Task], shards: dict[str, Row]) -> dict[str, list[Row]]:
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


def _publish(
    output: Path, tables: dict[str, list[Row]], shards: dict[str, Row], options: Options, registry: Sequence[Entry]
) -> None:
    """Derive, write beside, rename when complete."""
    texts = {digest[:16]: shard["text"] for digest, shard in shards.items() if shard["text"] is not None}
    knowledge = load(options.patterns)
    gazetteer = load_gazetteer(knowledge, options.divisions)
    derived = derive(
        tables,
        texts.__getitem__,
        knowledge.catalogue,
        gazetteer=gazetteer,
        registry=registry,
        reviews=load_reviews(output),
    )
    tables.clear()
    tables.update(derived)
    fresh = output / _WORK / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / TEXTS).mkdir(parents=True)
    for report_id, text in sorted(texts.items()):
        _write(fresh / TEXTS / f"{report_id}.txt", text)
    schemas = all_schemas(knowledge.catalogue, tables)
    names = write_all(tables, schemas, fresh)
    old = output / _WORK / "old"
    shutil.rmtree(old, ignore_errors=True)
    if (output / TEXTS).exists():
        (output / TEXTS).replace(old)
    (fresh / TEXTS).replace(output / TEXTS)
    for name in names:
        (fresh / name).replace(output / name)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)
    summary = _summary(tables)
    run_file = {
        "program": PROGRAM,
        "complete": True,
        "version": __version__,
        "patterns_version": knowledge.version,
        "area": options.area,
        "files": summary.files,
        "rows": summary.rows,
        "numerals": summary.numerals,
        "unexplained": summary.unexplained,
    }
    _write(output / RUN_FILE, json.dumps(run_file, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _summary(tables: dict[str, list[Row]]) -> Summary:
    made = Summary()
    for status in SourceStatus:
        made.files[status.value] = sum(row["status"] == status.value for row in tables["sources"])
    made.rows = {name: len(rows) for name, rows in tables.items() if name != "sources"}
    made.numerals = len(tables["numerals"])
    made.unexplained = sum(r["class"] == NumeralClass.UNEXPLAINED.value for r in tables["numerals"])
    made.failures = [
        (row["source_path"], row["detail"]) for row in tables["sources"] if row["status"] == SourceStatus.FAILED.value
    ]
    return made
