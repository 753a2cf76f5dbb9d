"""Worker processes that are watched: a bundle is given out when a worker is free, each item is announced before it is
begun, and a worker that hangs or dies is replaced at once, so that the run stays at full width.

An item on which a worker died is tried once more alone: it may have been the machine. One that took too long is given
up. The rest of its bundle is given out again. Workers end when this process ends, however it ends.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from extractor.engines import Function, Limits, Lost, Start
from extractor.errors import GovreportError

# spawn behaves alike on every system and inherits no thread of a library
_CONTEXT = multiprocessing.get_context("spawn")
# a worker is replaced after so many bundles: what libraries leak goes with it
_BUNDLES = 250
_SECONDS_TO_START = 120.0
_BEGIN, _DONE, _FAULT = "begin", "done", "fault"


@dataclass(slots=True)
class _Task:
    """Items that are given out together; `alone` for one that has cost a worker already."""

    items: Sequence[Any]
    alone: bool = False


class _Worker:
    """A process, what it works on, and since when."""

    def __init__(self, function: Function, start: Start, limits: Limits) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(
            target=_serve, args=(theirs, function, start, limits, os.getpid()), daemon=True, name="govreport worker"
        )
        self.process.start()
        theirs.close()
        self.task: _Task | None = None
        self.begun = 0
        self.since = 0.0
        self.left = _BUNDLES

    def give(self, task: _Task) -> None:
        """Hand a task over."""
        self.task, self.begun, self.since = task, 0, time.monotonic()
        self.left -= 1
        with suppress(OSError):
            # a worker that is dead already is found by who watches
            self.pipe.send(task.items)

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def map_bundles(
    function: Function, bundles: Iterable[Sequence[Any]], workers: int, start: Start, limits: Limits
) -> Iterator[Any]:
    """Results as they come; Lost for each item that was given up."""
    tasks = deque(_Task(bundle) for bundle in bundles)
    crew: list[_Worker] = []
    try:
        while tasks or any(worker.task for worker in crew):
            _staff(crew, min(workers, len(tasks) + sum(w.task is not None for w in crew)), function, start, limits)
            for worker in crew:
                if worker.task is None and tasks:
                    worker.give(tasks.popleft())
            wait([worker.pipe for worker in crew], timeout=_patience(crew, limits))
            for worker in list(crew):
                yield from _heard(worker, tasks)
                if worker.task is not None and _overdue(worker, limits):
                    yield from _lost(worker, tasks, timed_out=True)
                elif worker.task is not None and not worker.process.is_alive() and not worker.pipe.poll():
                    yield from _lost(worker, tasks, timed_out=False)
                if not worker.process.is_alive() or (worker.task is None and worker.left <= 0):
                    worker.end()
                    crew.remove(worker)
    finally:
        for worker in crew:
            worker.end()


def _staff(crew: list[_Worker], wanted: int, function: Function, start: Start, limits: Limits) -> None:
    """As many workers as there is work for. Ctrl-C waits until they are started: they inherit the mask, so that only
    this process ends the run."""
    held = hasattr(signal, "pthread_sigmask") and threading.current_thread() is threading.main_thread()
    if held:
        # the first start would take the mask off again
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        while len(crew) < wanted:
            crew.append(_Worker(function, start, limits))
    finally:
        if held:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _heard(worker: _Worker, tasks: "deque[_Task]") -> Iterator[Any]:
    """Take in what the worker says."""
    try:
        while worker.task is not None and worker.pipe.poll():
            kind, value = worker.pipe.recv()
            if kind == _FAULT:
                raise value
            if kind == _DONE:
                worker.task = None
                yield value
            else:
                worker.begun += 1
                worker.since = time.monotonic()
    except (EOFError, OSError):
        worker.process.join(1)
        if worker.task is not None:
            yield from _lost(worker, tasks, timed_out=False)


def _allowed(worker: _Worker, limits: Limits) -> float | None:
    """Seconds for what the worker does now; the first item waits for the worker's own start."""
    return None if limits.seconds is None else limits.seconds + (0 if worker.begun else _SECONDS_TO_START)


def _overdue(worker: _Worker, limits: Limits) -> bool:
    allowed = _allowed(worker, limits)
    return allowed is not None and time.monotonic() - worker.since > allowed


def _patience(crew: Sequence[_Worker], limits: Limits) -> float:
    """Seconds until something must be looked at: workers that die are seen at once by their pipes."""
    left = [
        allowed - (time.monotonic() - worker.since)
        for worker in crew
        if worker.task is not None and (allowed := _allowed(worker, limits)) is not None
    ]
    return max(0.01, min([*left, 10.0]))


def _lost(worker: _Worker, tasks: "deque[_Task]", *, timed_out: bool) -> Iterator[Lost]:
    """End the worker; its item is given up or tried alone, the rest of the bundle is given out again."""
    task, at = worker.task, max(worker.begun - 1, 0)
    worker.task = None
    worker.end()
    if task is None:
        return
    rest = [*task.items[:at], *task.items[at + 1 :]]
    if rest:
        tasks.appendleft(_Task(rest, task.alone))
    if timed_out or task.alone:
        yield Lost(task.items[at], timed_out)
    else:
        tasks.appendleft(_Task([task.items[at]], alone=True))


def _serve(pipe: Connection, function: Function, start: Start, limits: Limits, parent: int) -> None:
    """The worker: bundles in, results out, until the pipe is closed."""
    _end_with(parent)
    try:
        start.function(*start.arguments)

        def begin() -> None:
            _bound(limits.memory)
            pipe.send((_BEGIN, None))

        while True:
            pipe.send((_DONE, function(pipe.recv(), begin)))
    except (EOFError, BrokenPipeError):
        return
    except GovreportError as fault:
        # what stops every file (a full disk) is told as it is
        with suppress(OSError):
            pipe.send((_FAULT, fault))
    except Exception as fault:
        with suppress(OSError):
            pipe.send((_FAULT, GovreportError(f"unexpected {type(fault).__name__}: {fault}", remedy="report it")))


def _end_with(parent: int) -> None:
    """End when the parent does: by the system where it can, else by looking."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _bound(memory: int | None) -> None:
    """Let this process take so many bytes more than it has."""
    if memory is None:
        return
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_data() + memory, hard))


def _data() -> int:
    """Bytes of data of this process."""
    with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123  no path of the user's
        return int(stream.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
