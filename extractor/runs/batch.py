"""Batch: an archive → shards → merged tables.

Comes in: paths, an output folder, options. Goes out: the tables, and a Summary. Each file's result is a shard
of its own, written atomically as it comes: after an interruption the same command goes on. The merge
sorts, so that neither order nor workers change a byte. A folder that holds something else is refused.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from extractor.corpus.registry import load_registry
from extractor.datamodel.vocabulary import SourceStatus
from extractor.engines import engine
from extractor.engines.processes import Died
from extractor.reading.archives.walk import walk
from extractor.rules import load
from extractor.rules.gazetteer import load_gazetteer
from extractor.runs.files import WORK, claim
from extractor.runs.merge import merge
from extractor.runs.options import Options
from extractor.runs.plan import Task, plan
from extractor.runs.publish import publish
from extractor.runs.shards import load_shards, write_shard
from extractor.runs.summary import FileDone, Summary, summarise
from extractor.runs.work import failure, prepare, work
from extractor.tables.writers import FORMATS, check_formats

__all__ = ["FileDone", "Options", "Summary", "run"]

# below this, starting processes costs more than it brings
_FEW = 4


def run(
    paths: Iterable[Path],
    output: Path,
    options: Options | None = None,
    *,
    workers: int | None = None,
    force: bool = False,
    formats: Iterable[str] = FORMATS,
    tell: Callable[[FileDone], None] | None = None,
) -> Summary:
    """Extract everything under `paths` into `output`, in these formats; raises UsageError before anything is written."""
    chosen = check_formats(formats)
    options = options or Options()
    members = walk(paths)
    # fail early on a faulty pattern or divisions table, before any file is read or folder made
    version = options.fingerprint()
    load_gazetteer(load(options.patterns), options.divisions).named("")
    registry = [entry for path in options.registries for entry in load_registry(path)]
    claim(output, force=force)
    shards_folder = output / WORK / "shards"
    shards_folder.mkdir(parents=True, exist_ok=True)
    sources, tasks = plan(members, shards_folder, version)
    _extract(tasks, options, workers, tell, len(sources))
    shards = load_shards(tasks)
    tables = merge(sources, shards)
    publish(output, tables, shards, options, registry, chosen)
    return summarise(tables)


def _extract(
    tasks: Sequence[Task],
    options: Options,
    workers: int | None,
    tell: Callable[[FileDone], None] | None,
    total: int,
) -> None:
    """Run what has no shard yet."""
    open_ = [task for task in tasks if not task.shard.is_file()]
    done = total - len(open_)
    workers = max(1, min(workers or os.cpu_count() or 1, len(open_)))
    name = "serial" if workers == 1 or len(open_) < _FEW else "processes"
    for result in engine(name)(work, open_, workers, prepare, (options,)):
        if isinstance(result, Died):
            task = result.item
            detail = f"[E000] {task.member.path}: the worker died on this file → try it alone with more memory"
            write_shard(task.shard, failure(detail))
            result = (task.member.path, SourceStatus.FAILED.value, 0.0)
        done += 1
        if tell is not None:
            tell(FileDone(done, total, result[0], SourceStatus(result[1]), result[2]))
