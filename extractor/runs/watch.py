"""Watching a run: what is done, how fast, what failed, how much memory; kept in the output folder for `status`.

`status.json` is renewed while the run goes on, and is the run report when it has ended.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import GovreportError, MissingPath
from extractor.runs.files import WORK, in_use, write_json
from extractor.runs.summary import FileDone, Summary

STATUS = "status.json"
# seconds between two writings of the state; how many of the slowest files it names
_EVERY = 2.0
_SLOWEST = 10


class Watch:
    """Takes note of what happens; a thread measures memory and renews the file."""

    def __init__(self, output: Path) -> None:
        self._path = output / WORK / STATUS
        self._begun = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._lock = threading.Lock()
        self._steps: dict[str, float] = {}
        self._step, self._since = "plan", self._begun
        self._files = {"total": 0, "done": 0, "before": 0, "failed": 0}
        self._slowest: list[tuple[float, str]] = []
        self._codes: Counter[str] = Counter()
        self._peak = 0
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._ended: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()
        if kind is not None and not self._ended:
            why = fault.detail if isinstance(fault, GovreportError) else kind.__name__
            self._ended = {"state": "stopped", "reason": why}
        self.step("")
        self._write()

    def step(self, name: str) -> None:
        """A step begins; the one before has ended."""
        now = time.monotonic()
        with self._lock:
            if self._step:
                self._steps[self._step] = self._steps.get(self._step, 0.0) + now - self._since
            self._step, self._since = name, now

    def expect(self, total: int, before: int) -> None:
        """So many files there are, so many are done already."""
        with self._lock:
            self._files.update(total=total, done=before, before=before)

    def heard(self, done: FileDone) -> None:
        """A file is done."""
        with self._lock:
            self._files["done"] = done.done
            self._files["failed"] += done.status is SourceStatus.FAILED
            self._slowest.append((round(done.seconds, 3), done.path))
            if len(self._slowest) > 10 * _SLOWEST:
                self._slowest = sorted(self._slowest, reverse=True)[:_SLOWEST]

    def ended(self, summary: Summary) -> None:
        """The run is through."""
        with self._lock:
            self._codes = Counter(_code(detail) for _, detail in summary.failures)
            self._files["failed"] = summary.failed
            self._ended = {
                "state": "unchanged" if summary.unchanged else "complete",
                "rows": summary.rows,
                "numerals": summary.numerals,
                "unexplained": summary.unexplained,
            }

    def report(self) -> dict[str, Any]:
        """What is known so far."""
        with self._lock:
            now = time.monotonic()
            steps = dict(self._steps)
            if self._step:
                steps[self._step] = steps.get(self._step, 0.0) + now - self._since
            new = self._files["done"] - self._files["before"]
            seconds = steps.get("extract", 0.0)
            return {
                "state": "running",
                "step": self._step or None,
                "started": self._started,
                "seconds": round(now - self._begun, 2),
                "files": dict(self._files),
                "files_per_second": round(new / seconds, 2) if seconds and new else None,
                "seconds_left": _left(self._files, new, seconds) if self._step == "extract" else None,
                "steps": {name: round(value, 2) for name, value in steps.items()},
                "slowest": [[path, took] for took, path in sorted(self._slowest, reverse=True)[:_SLOWEST]],
                "failures": dict(sorted(self._codes.items())),
                "peak_memory": self._peak,
                **self._ended,
            }

    def _look(self) -> None:
        written = 0.0
        while not self._stop.wait(0.5):
            self._peak = max(self._peak, tree_memory())
            if time.monotonic() - written > _EVERY:
                written = time.monotonic()
                self._write()

    def _write(self) -> None:
        self._peak = max(self._peak, tree_memory())
        # a run does not fail because nobody can watch it
        with suppress(GovreportError):
            write_json(self._path, self.report())


def status_of(output: Path) -> dict[str, Any]:
    """The report of the run that goes on in a folder, or of the last one; a run that ended without a word is
    `interrupted`. Raises MissingPath."""
    path = output / WORK / STATUS
    if not path.is_file():
        raise MissingPath("no run was seen here", where=str(output), remedy="name the folder of an extraction")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if found["state"] == "running" and not in_use(output):
        found["state"] = "interrupted"
    return found


def _left(files: dict[str, int], new: int, seconds: float) -> float | None:
    return round((files["total"] - files["done"]) * seconds / new, 1) if new else None


def _code(detail: str) -> str:
    return detail[1 : detail.index("]")] if detail.startswith("[") and "]" in detail else "E000"


def tree_memory() -> int:
    """Bytes that this process and those below it hold; what they share counts once. 0 where nobody tells."""
    return sum(map(_held, _tree()))


def _tree() -> Iterable[str]:
    found = ["self"]
    for pid in found:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += (task / "children").read_text(encoding="ascii").split()
    return found


def _held(pid: str) -> int:
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1])
    return 0
