"""Batch: an archive → shards → tables.

Comes in: paths, an output folder, options. Goes out: the tables, and a Summary. Results are kept in shards, written
atomically as they come: after an interruption the same command goes on. The merge goes by report ids, so that neither
order nor workers change a byte. A folder that holds something else is refused, one that another run uses too.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.corpus.audit.reviews import load_reviews
from extractor.corpus.derive import Known
from extractor.corpus.registry import load_registry
from extractor.datamodel.vocabulary import SourceStatus
from extractor.engines import Limits, Lost, Start, engine
from extractor.errors import TookTooLong, WorkerDied
from extractor.reading.archives.walk import walk
from extractor.rules import load
from extractor.rules.gazetteer import load_gazetteer
from extractor.runs.files import WORK, claim, faults, locked
from extractor.runs.options import Options
from extractor.runs.plan import Plan, Task, plan
from extractor.runs.publish import Merge, publish
from extractor.runs.shards import Shelf, write_shard
from extractor.runs.state import inputs_of, load_known, save_known, save_state, unchanged
from extractor.runs.summary import FileDone, Summary
from extractor.runs.watch import Watch
from extractor.runs.work import Done, failure, prepare, prepare_elsewhere, work
from extractor.tables.store import is_ours
from extractor.tables.writers import FORMATS, check_formats
from extractor.tables.writers.partitioned import FOLDER as PARTITIONED
from extractor.tables.writers.partitioned import check_partition

__all__ = ["FileDone", "Limits", "Options", "Summary", "run"]

Row = dict[str, Any]
# below this, starting processes costs more than it brings
_FEW = 4
# files whose results lie in one shard, at most; fewer where there would be too few for all workers
_BUNDLE = 16
# a file that failed so may be read the next time: the machine, or a limit, was the cause
_TRY_AGAIN = ("[E214]", "[E215]", "[E303]")


def run(
    paths: Iterable[Path],
    output: Path,
    options: Options | None = None,
    *,
    workers: int | None = None,
    force: bool = False,
    formats: Iterable[str] = FORMATS,
    partition: Iterable[str] = (),
    limits: Limits | None = None,
    scheduler: str | None = None,
    tell: Callable[[FileDone], None] | None = None,
    note: Callable[[str], None] | None = None,
) -> Summary:
    """Extract everything under `paths` into `output`, in these formats; raises UsageError before anything is written.

    `partition` (province, city, county, year) writes the tables of reports once more, a folder for each value.
    With `scheduler` the files are read by the workers of that Dask cluster, which see all paths as this machine does.
    With `limits` every file is read in a process that can be stopped. `tell` hears of each file, `note` hears what
    begins, in words.
    """
    chosen = check_formats(formats)
    parted = check_partition(partition)
    options = options or Options()
    if scheduler is not None:
        # workers have working folders of their own
        paths, output, options = [path.absolute() for path in paths], output.absolute(), options.absolute()
    left_out: list[str] = []

    def ours(folder: Path) -> bool:
        mine = is_ours(folder)
        if mine:
            left_out.append(str(folder))
        return mine

    members = walk(paths, ours)
    # fail early on a faulty pattern or divisions table, before any file is read or folder made
    version = options.fingerprint()
    knowledge = load(options.patterns)
    gazetteer = load_gazetteer(knowledge, options.divisions)
    gazetteer.named("")
    registry = [entry for path in options.registries for entry in load_registry(path)]
    claim(output, force=force)
    with locked(output), Watch(output) as watch:
        shards = output / WORK / "shards" / version
        with faults(shards):
            shards.mkdir(parents=True, exist_ok=True)
        planned = plan(members, load_known(output))
        del members
        shelf = Shelf(shards)
        _extract(planned, shelf, shards, options, workers, limits, scheduler, watch, tell, note)
        _tell_sources(planned, shelf)
        inputs = inputs_of(output, version, planned.rows, options.registries, (*chosen, *parted))
        # no partition and no folder of one, or both
        summary = unchanged(output, inputs) if bool(parted) == (output / PARTITIONED).is_dir() else None
        if summary is not None:
            summary.unchanged = True
        else:

            def step(name: str) -> None:
                watch.step(name)
                if note is not None:
                    note(f"merge: {name}")

            keys = {task.key[:16]: task.key for task in planned.tasks if _extracted(shelf, task)}
            lists = Known(knowledge.catalogue, gazetteer, None, registry, load_reviews(output))
            merge = Merge(planned.rows, shelf, keys, lists, chosen, step, parted)
            summary = publish(output, merge, options, knowledge.version)
            _remember(output, planned, shelf, inputs, summary)
        summary.left_out = left_out
        watch.ended(summary)
    return summary


def _extracted(shelf: Shelf, task: Task) -> bool:
    return shelf.status(task.key) == SourceStatus.EXTRACTED.value


def _tell_sources(planned: Plan, shelf: Shelf) -> None:
    """Fill in what became of each file."""
    keys = {task.key[:16]: task.key for task in planned.tasks}
    for row in planned.rows:
        key = keys.get(row["report_id"] or "")
        if key is None:
            continue
        status = shelf.status(key)
        if row["status"] is None:
            row.update(status=status, detail=shelf.detail(key) if status == SourceStatus.FAILED.value else None)
        if status == SourceStatus.FAILED.value:
            row["report_id"] = None


def _remember(output: Path, planned: Plan, shelf: Shelf, inputs: str, summary: Summary) -> None:
    """For the next run; results of other programs and of files that are gone go."""
    save_known(output, planned.known)
    save_state(output, inputs, summary)
    shards = output / WORK / "shards"
    with faults(shards):
        for path in shelf.unused({task.key for task in planned.tasks}):
            path.unlink(missing_ok=True)
        for folder in shards.iterdir():
            if folder.name != shelf.folder.name:
                shutil.rmtree(folder, ignore_errors=True)


def _extract(
    planned: Plan,
    shelf: Shelf,
    shards: Path,
    options: Options,
    workers: int | None,
    limits: Limits | None,
    scheduler: str | None,
    watch: Watch,
    tell: Callable[[FileDone], None] | None,
    note: Callable[[str], None] | None,
) -> None:
    """Run what has no result yet."""
    for task in planned.tasks:
        if task.key in shelf and _once_more(shelf, task, limits or Limits(), options.most_rows):
            shelf.forget(task.key)
    open_ = [task for task in planned.tasks if task.key not in shelf]
    done = len(planned.rows) - len(open_)
    watch.expect(len(planned.rows), done)
    if not open_:
        return
    if (
        note is not None
        and any(folder != shards for folder in shards.parent.iterdir())
        and len(open_) == len(planned.tasks)
    ):
        note(f"program, patterns or options changed: all {len(open_)} files are read again")
    watch.step("extract")
    for path, status, seconds, reason in _results(open_, shards, options, workers, limits, scheduler):
        done += 1
        progress = FileDone(done, len(planned.rows), path, SourceStatus(status), seconds, reason)
        watch.heard(progress)
        if tell is not None:
            tell(progress)
    watch.step("plan")
    shelf.refresh()


def _results(
    tasks: Sequence[Task],
    shards: Path,
    options: Options,
    workers: int | None,
    limits: Limits | None,
    scheduler: str | None,
) -> Iterator[Done]:
    workers = max(1, min(workers or os.cpu_count() or 1, len(tasks)))
    name = "serial" if limits is None and (workers == 1 or len(tasks) < _FEW) else "processes"
    size = max(1, min(_BUNDLE, len(tasks) // (workers * 8)))
    bundles = [tasks[at : at + size] for at in range(0, len(tasks), size)]
    held = limits or Limits()
    mapper, start = engine(name), Start(prepare, (options, shards))
    if scheduler is not None:
        mapper, start = engine("dask", scheduler=scheduler), Start(prepare_elsewhere, (options, shards))
    for result in mapper(work, bundles, workers, start, held):
        if isinstance(result, Lost):
            task, seconds = result.item, held.seconds or 0.0 if result.timed_out else 0.0
            lost = failure(task.key, _why(task, held, timed_out=result.timed_out))
            write_shard(shards, [lost])
            yield task.member.path, lost.status, seconds, lost.detail
        else:
            yield from result


def _why(task: Task, limits: Limits, *, timed_out: bool) -> str:
    """Why a file was given up."""
    where = task.member.path
    if timed_out:
        return TookTooLong(f"more than {limits.seconds:g} s", where=where, remedy="raise --file-timeout").detail
    return WorkerDied("the process died on this file", where=where, remedy="try it alone, with more memory").detail


def _once_more(shelf: Shelf, task: Task, limits: Limits, most_rows: int) -> bool:
    """True for a failure that need not come again."""
    if shelf.status(task.key) != SourceStatus.FAILED.value:
        return False
    detail = shelf.detail(task.key) or ""
    if detail.startswith("[E213]"):
        return limits.seconds is None or detail != _why(task, limits, timed_out=True)
    if detail.startswith("[E216]"):
        return f" {most_rows} rows" not in detail
    return detail.startswith(_TRY_AGAIN)
