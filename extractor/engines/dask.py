"""Dask distributed: bundles as tasks of a cluster that somebody has started: the only module that imports distributed.

Every machine sees archive and output at the same path, and has the same govreport. A worker that dies costs its bundle,
which the scheduler gives to another. The items of a bundle on which as many workers died as the scheduler allows are
given out again behind all others, each when nothing else runs, so that no item is lost for its neighbour; one that costs
workers once more is Lost. No limit of time or memory holds: a worker's own
(`dask worker --memory-limit`) does.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from extractor.engines import Function, Limits, Lost, Start
from extractor.errors import BadConfig, GovreportError, MissingExtra, SystemFault

if TYPE_CHECKING:
    from distributed import Client

# bundles given out at a time, per thread of the cluster, so that the scheduler holds little
_AHEAD = 4
_SECONDS_TO_ANSWER = 20
# one bundle at a time in a process: what `start` prepares is one
_ALONE = threading.Lock()
_prepared: Start | None = None


def map_bundles(
    function: Function,
    bundles: Iterable[Sequence[Any]],
    workers: int,
    start: Start,
    limits: Limits,
    *,
    scheduler: str,
) -> Iterator[Any]:
    """Results as they come; Lost for each item that was given up; the cluster's own size and limits hold. Raises
    BadConfig where no scheduler answers."""
    with _client(scheduler) as client:
        from distributed import KilledWorker, as_completed

        left = iter(bundles)
        given: dict[str, Sequence[Any]] = {}
        running = as_completed()
        suspects: list[Any] = []

        def give(bundle: Sequence[Any]) -> None:
            future = client.submit(_run, function, start, bundle, pure=False)
            given[future.key] = bundle
            running.add(future)

        for bundle in islice(left, _AHEAD * max(1, sum(client.nthreads().values()))):
            give(bundle)
        for future in running:
            bundle = given.pop(future.key)
            fault = future.exception()
            if fault is None:
                yield future.result()
            elif not isinstance(fault, KilledWorker):
                raise _as_error(fault, scheduler) from fault
            else:
                suspects += bundle
            for more in islice(left, 1):
                give(more)
        for item in suspects:
            alone = client.submit(_run, function, start, [item], pure=False)
            fault = alone.exception()
            if fault is None:
                yield alone.result()
            elif isinstance(fault, KilledWorker):
                yield Lost(item)
            else:
                raise _as_error(fault, scheduler) from fault


@contextmanager
def _client(scheduler: str) -> Iterator["Client"]:
    try:
        from distributed import Client
    except ImportError as fault:
        raise MissingExtra("distributed is not installed", remedy="pip install 'govreport[dask]'") from fault
    try:
        client = Client(scheduler, timeout=_SECONDS_TO_ANSWER)
    except (OSError, ValueError) as fault:
        raise BadConfig("no Dask scheduler answers", where=scheduler, remedy="start one: dask scheduler") from fault
    with client:
        yield client


def _as_error(fault: BaseException, scheduler: str) -> GovreportError:
    """What stops every file, as it is; anything else is the cluster's."""
    if isinstance(fault, GovreportError):
        return fault
    return SystemFault(
        f"the cluster gave up: {type(fault).__name__}: {fault}",
        where=scheduler,
        remedy="look at its scheduler and workers, then the same command goes on",
    )


def _run(function: Function, start: Start, bundle: Sequence[Any]) -> Any:
    """A task: prepared once in a process."""
    global _prepared
    with _ALONE:
        if _prepared != start:
            start.function(*start.arguments)
            _prepared = start
        return function(bundle, _nothing)


def _nothing() -> None:
    """The scheduler knows what its workers do."""
