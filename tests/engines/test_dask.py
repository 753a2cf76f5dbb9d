"""A Dask cluster of real processes: the same bytes as on one machine, with a worker killed in the middle, and an item
that kills whoever takes it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor.engines import Limits, Lost, Start, engine
from extractor.errors import BadConfig
from extractor.runs.batch import FileDone, run

pytest.importorskip("distributed")
WORKERS = 3


class Cluster:
    """A scheduler and its workers, each a group of processes (worker and nanny)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # an item that costs a worker twice is given up at once, so that the test need not start many
        self.surroundings = {
            **os.environ,
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
            # so that they know the functions of this file
            "PYTHONPATH": str(Path(__file__).parent),
        }
        file = folder / "scheduler.json"
        self.scheduler = self.start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        until = time.monotonic() + 120
        while not file.is_file() or not file.read_text(encoding="utf-8"):
            assert time.monotonic() < until, "no scheduler"
            time.sleep(0.1)
        self.address = json.loads(file.read_text(encoding="utf-8"))["address"]
        self.workers = [self.start("worker", self.address, "--nthreads", "1", "--no-dashboard") for _ in range(WORKERS)]

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *words]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def end(self, process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    for process in (*made.workers, made.scheduler):
        if process.poll() is None:
            made.end(process)


def nothing() -> None:
    """Nothing to prepare."""


def halve(items: Sequence[int], begin: Callable[[], None]) -> list[float]:
    """13 kills its process."""
    if 13 in items:
        os._exit(1)
    return [item / 2 for item in items]


@pytest.mark.slow
def test_an_item_that_kills_workers_is_lost_alone(cluster: Cluster) -> None:
    bundles = [[1, 2], [12, 13, 14], [20]]
    mapper: Any = engine("dask", scheduler=cluster.address)
    results: list[Any] = list(mapper(halve, bundles, 1, Start(nothing), Limits()))
    assert [result.item for result in results if isinstance(result, Lost)] == [13]
    assert sorted(half for result in results if not isinstance(result, Lost) for half in result) == [
        0.5,
        1.0,
        6.0,
        7.0,
        10.0,
    ]


@pytest.mark.slow
def test_the_same_bytes_with_a_worker_killed_in_the_middle(cluster: Cluster, tmp_path: Path) -> None:
    archive = tmp_path / "in"
    archive.mkdir()
    for at in range(40):
        text = (
            f"青禾镇{1980 + at}年工作报告\n一、主要做法\n" + f"全年调处矛盾纠纷{at + 12}起，开展培训{at + 3}场。\n" * 40
        )
        (archive / f"{at}.txt").write_text(text, encoding="utf-8")
    told: list[FileDone] = []

    def hear(done: FileDone) -> None:
        told.append(done)
        if len(told) == 1:
            cluster.end(cluster.workers.pop())

    summary = run([archive], tmp_path / "many", formats=["parquet"], scheduler=cluster.address, tell=hear)
    assert len(told) == 40
    assert summary.failed == 0
    run([archive], tmp_path / "one", formats=["parquet"], workers=1)
    assert tables(tmp_path / "many") == tables(tmp_path / "one")


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


def test_no_scheduler_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.engines.dask._SECONDS_TO_ANSWER", 0.5)
    mapper: Any = engine("dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(BadConfig, match="no Dask scheduler answers"):
        list(mapper(halve, [[1]], 1, Start(nothing), Limits()))
