"""Worker processes. A worker that dies (out of memory, a fault in a library) takes only its item with it."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Died:
    """Stands for the result of an item whose worker died, twice."""

    item: Any


def map_unordered(
    function: Callable[[Any], Any],
    items: Iterable[Any],
    workers: int,
    initializer: Callable[..., None],
    arguments: tuple[Any, ...],
) -> Iterator[Any]:
    """Results as they come; an item that kills its worker gives Died."""
    left = dict(enumerate(items))
    try:
        with _pool(workers, initializer, arguments) as pool:
            with _interrupts_held():
                futures = {pool.submit(function, item): index for index, item in left.items()}
            try:
                for future in as_completed(futures):
                    result = future.result()
                    del left[futures[future]]
                    yield result
            except BaseException:
                # interrupted, or the caller wants no more: what has not begun is not begun
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except BrokenProcessPool:
        # nobody knows whose item it was: each that is left gets a process of its own
        for item in left.values():
            try:
                with _pool(1, initializer, arguments) as alone:
                    result = alone.submit(function, item).result()
            except BrokenProcessPool:
                result = Died(item)
            yield result


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the workers are started: they inherit the mask, so that only this process ends the run."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _pool(workers: int, initializer: Callable[..., None], arguments: tuple[Any, ...]) -> ProcessPoolExecutor:
    # spawn behaves alike on every system and inherits no thread of a library
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer, arguments)
