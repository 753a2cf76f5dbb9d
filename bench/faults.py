"""Faults of the machine at every write of a run: `python bench/faults.py [--step 1] [--tiny]`.

Every write (names taken, texts, tables, formats, what is set aside, run.json, state) fails in turn with one fault after
the other. What must hold: a SystemFault with its code, a place and a remedy; the tables that were there are whole, or
the folder itself says that they are being exchanged; the same command then gives the tables of an undisturbed run, byte
for byte. Patterns and divisions are read once for all runs. `--step 7` tries every seventh pair; stderr shows how far it is,
and each loss when it is found. `--tiny`: runs on a file system of so few MB (root, Linux), growing until
the tables fit. Goes out: a table by fault, exit status 1 if one was lost.
"""

import argparse
import errno
import os
import shutil
import subprocess
import sys
import tempfile
import unittest.mock
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from kills import digests

ROOT = Path(__file__).resolve().parent.parent
FAULTS = (
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOENT, errno.ENOTDIR,
    errno.EMFILE, errno.ESTALE, errno.ETIMEDOUT, errno.ENAMETOOLONG, errno.EFBIG, errno.EPIPE,
)  # fmt: skip


class Failing:
    """Counts writes; lets one fail."""

    def __init__(self) -> None:
        self.count = 0
        self.at: int | None = None
        self.fault = errno.EIO

    def wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            if "status.json" in str(arguments[:1]):
                # a run does not fail because nobody can watch it
                return function(*arguments, **named)
            number, self.count = self.count, self.count + 1
            if number == self.at:
                raise OSError(self.fault, os.strerror(self.fault), "made-up")
            return function(*arguments, **named)

        return counted


@contextmanager
def failing() -> Iterator[Failing]:
    """Every function through which a run writes, under watch."""
    from extractor.corpus import spill
    from extractor.runs import batch, files, options, publish, shards
    from extractor.tables import writers
    from extractor.tables.writers.parquet import ParquetTable

    writes = [
        (Path, "replace"), (Path, "mkdir"), (publish, "write_text"), (ParquetTable, "__init__"), (ParquetTable, "add"),
        (ParquetTable, "close"), (writers, "write_csv"), (writers, "write_duckdb"), (writers, "write_xlsx"),
        (writers, "write_datapackage"), (spill, "TemporaryFile"), (files, "write_whole"), (publish, "write_json"),
        (shards, "_packed"),
    ]  # fmt: skip
    watch = Failing()
    with ExitStack() as stack:
        for owner, name in ((batch, "load"), (options, "load")):
            stack.enter_context(unittest.mock.patch.object(owner, name, cache(getattr(owner, name))))
        gazetteer = batch.load_gazetteer(batch.load(None))
        stack.enter_context(unittest.mock.patch.object(batch, "load_gazetteer", lambda *_: gazetteer))
        for owner, name in writes:
            stack.enter_context(unittest.mock.patch.object(owner, name, watch.wrapped(getattr(owner, name))))
        yield watch


def attempt(watch: Failing, run: Callable[[Path], Any], out: Path, at: int, fault: int, whole: dict[str, str]) -> str:
    """One fault at one write, and the same command again; what was lost, `` for nothing."""
    from extractor.errors import SystemFault
    from extractor.tables.store import half_exchanged

    before = digests(out) if out.is_dir() else {}
    # what the tables were made of is forgotten: they are made again
    (out / ".govreport" / "state.json").unlink(missing_ok=True)
    watch.count, watch.at, watch.fault = 0, at, fault
    said = ""
    try:
        run(out)
        said = "" if watch.count <= at else "no fault was told"
    except SystemFault as refused:
        if refused.code != "E303" or "the same command goes on" not in refused.detail or not refused.where:
            said = f"told without remedy: {refused.detail}"
    except Exception as other:  # what must not happen is what is looked for
        said = f"{type(other).__name__}: {other}"
    watch.at = None
    if not said and before and not half_exchanged(out) and digests(out) not in (before, whole):
        said = "tables are mixed, and nobody says so"
    run(out)
    return said or ("" if digests(out) == whole else "other bytes afterwards")


def crossed(
    archive: Path, place: Path, step: int, formats: Sequence[str] = ("csv", "duckdb", "xlsx")
) -> tuple[dict[int, Counter[str]], int]:
    """Outcomes by fault, and the number of writes of a run."""
    from extractor.runs import batch

    def run(out: Path) -> None:
        batch.run([archive], out, workers=1, formats=formats)

    with failing() as watch:
        run(place / "whole")
        whole, writes = digests(place / "whole"), watch.count
        found: dict[int, Counter[str]] = {fault: Counter() for fault in FAULTS}
        pairs = [(at, fault) for at in range(writes) for fault in FAULTS]
        for number, (at, fault) in enumerate(pairs[::step]):
            if number % 3 == 0:
                # a third of them in a folder without tables
                shutil.rmtree(place / "out", ignore_errors=True)
            lost = attempt(watch, run, place / "out", at, fault, whole)
            found[fault][lost] += 1
            if lost or number % 100 == 0:
                print(f"{number} of {len(pairs[::step])}: {lost or 'well'}", file=sys.stderr, flush=True)
    return found, writes


def tiny(archive: Path) -> bool:
    """Runs on a file system that grows; True if each ended well."""
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", folder], check=False).returncode:
            print("no tmpfs can be mounted here")
            return True
        fine, told = True, 0
        try:
            for kilobytes in range(200, 12_000, 400):
                subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", folder], check=True)
                command = [sys.executable, "-m", "extractor", "extract", str(archive), "-o", f"{folder}/out", "-q"]
                done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
                if done.returncode == 0:
                    break
                told += "[E303]" in done.stderr
                if "[E303]" not in done.stderr:
                    fine = False
                    print(f"{kilobytes} kB: {done.stderr[-300:]}")
            print(f"a disk of growing size: {told} times full and told so, then {kilobytes} kB: {done.returncode == 0}")
        finally:
            subprocess.run(["umount", folder], check=False)
    return fine


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--tiny", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        archive = Path(temporary, "in")
        archive.mkdir()
        (archive / "a.txt").write_text("青禾镇2021年工作报告\n一、成效\n办结案件12件。\n", encoding="utf-8")
        if options.tiny:
            return 0 if tiny(archive) else 1
        found, writes = crossed(archive, Path(temporary), options.step)
    lost = 0
    print(f"{writes} writes a run")
    for fault, outcomes in found.items():
        bad = {what: count for what, count in outcomes.items() if what}
        lost += sum(bad.values())
        print(f"{errno.errorcode[fault]:<14}{outcomes.total():>5} tried, {outcomes['']:>5} ended well {bad or ''}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
