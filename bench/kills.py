"""Runs killed (the whole group, kill -9) at random moments, three of five in the merge: `python bench/scale.py 50 --kills 60`.

Comes in: the command of a run, the tables of an undisturbed one. Each round starts from nothing or from whole tables
of a smaller archive, is killed in a step that is aimed at, once or several times, and then goes on to its end. What must
hold: after a kill the folder holds the old tables whole, or the new ones, or says itself that they are being exchanged;
at the end the tables are those of the undisturbed run, byte for byte, and no process is left. Goes out: a table of
kills by step.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
# what a step takes at most in a small archive: a moment is drawn up to what the undisturbed run took of it
_LONGEST = 8.0
Command = Callable[[Path], list[str]]


class Running:
    """A run that tells its steps on stderr."""

    def __init__(self, command: Sequence[str]) -> None:
        told = [part for part in command if part not in ("-q", "--no-progress")]
        environment = {**os.environ, "GOVREPORT_LANG": "en"}
        self.process = subprocess.Popen(
            [*told, "-v"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, start_new_session=True, text=True
        )
        self.step = "plan"
        self._seen = {"plan"}
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._listen, args=(self.process.stderr,), daemon=True)
        self._reader.start()

    def _listen(self, stream: IO[str] | None) -> None:
        for line in stream or ():
            name = line.strip()
            step = name if name.startswith("merge: ") else "extract" if name.startswith("extracted: ") else None
            if step is not None and step != self.step:
                with self._changed:
                    self.step = step
                    self._seen.add(step)
                    self._changed.notify_all()
        with self._changed:
            self.step = "end"
            self._changed.notify_all()

    def reached(self, step: str) -> bool:
        """Wait until that step begins; False if the run ends without it. A short one may be over by then."""
        with self._changed:
            self._changed.wait_for(lambda: step in self._seen or self.step == "end")
            return step in self._seen

    def kill(self) -> str:
        """End the whole group at once; the step that it was in."""
        step = self.step
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            step = "end"
        self.process.wait()
        self._reader.join(5)
        return step

    def end(self) -> None:
        """Wait for its end."""
        self.process.wait()
        self._reader.join(5)


def campaign(command: Command, whole: Path, steps: Mapping[str, float], place: Path, kills: int) -> None:
    """Kill, go on, compare; print the table. `steps`: seconds of each step of the undisturbed run."""
    wanted, draw = digests(whole), random.Random(0)
    lasting = {name if name in ("plan", "extract") else f"merge: {name}": seconds for name, seconds in steps.items()}
    lasting["plan"] = max(lasting["plan"], 2.0)
    before = _smaller(command, place)
    old = digests(before)
    merge = [step for step in lasting if step.startswith("merge: ")]
    counts: Counter[str] = Counter()
    states: Counter[str] = Counter()
    out, rounds = place / "killed", 0
    while counts.total() < kills:
        rounds += 1
        shutil.rmtree(out, ignore_errors=True)
        aims = [draw.choice(["plan", "extract", "extract"])] if rounds % 3 == 0 else []
        if not aims:
            shutil.copytree(before, out)
        aims += [draw.choice(merge) for _ in range(2)]
        for aim in aims:
            running = Running(command(out))
            if running.reached(aim):
                time.sleep(draw.uniform(0.0, min(lasting[aim], _LONGEST)))
            step = running.kill()
            if step == "end":
                break
            counts[step] += 1
            states[_state(out, old, wanted)] += 1
            _nothing_left(running.process.pid)
        Running(command(out)).end()
        check(digests(out), wanted)
        print(f"round {rounds}: {counts.total()} of {kills} kills", file=sys.stderr, flush=True)
    in_merge = sum(count for step, count in counts.items() if step.startswith("merge: "))
    print(f"{counts.total()} kills in {rounds} rounds, {in_merge} of them in the merge: same bytes after each round")
    print("  killed in: " + ", ".join(f"{step} {count}" for step, count in counts.most_common()))
    print("  after the kill: " + ", ".join(f"{state} {count}" for state, count in states.most_common()), flush=True)


def _smaller(command: Command, place: Path) -> Path:
    """Whole tables of the archive less one file."""
    made = place / "smaller"
    if not made.is_dir():
        reports = Path(next(part for part in command(made) if part.endswith("reports")))
        fewer = place / "fewer" / "reports"
        shutil.copytree(reports, fewer)
        sorted(path for path in fewer.rglob("*") if path.is_file())[-1].unlink()
        subprocess.run(
            [str(fewer) if part == str(reports) else part for part in command(made)],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    return made


def _state(out: Path, old: dict[str, str], wanted: dict[str, str]) -> str:
    """What a reader finds after a kill; ends the campaign where tables lie mixed and nobody says so."""
    try:
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "no tables yet"
    if run.get("complete") is not True:
        return "exchange told" if (out / "reports.parquet").exists() else "no tables yet"
    found = digests(out)
    if found not in (old, wanted):
        check(found, old)
    return "old tables whole" if found == old else "new tables whole"


def _nothing_left(group: int) -> None:
    """End the campaign where a process of the group outlives it."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    sys.exit(f"processes of group {group} are left")


def check(found: dict[str, str], wanted: dict[str, str]) -> None:
    """End where bytes differ."""
    if found != wanted:
        sys.exit(f"other bytes: {sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))}")


def digests(out: Path) -> dict[str, str]:
    """Hash of every file whose bytes are promised."""
    kept = (path for path in out.rglob("*") if path.suffix in (".parquet", ".csv", ".txt") or path.name == "run.json")
    return {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest()
        for path in kept
        if ".govreport" not in path.parts
    }
