"""What can happen to a run: it hangs, it is killed, a second one begins, nothing has changed, the machine fails."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.cli import main
from extractor.errors import MissingPath, OutputInUse, SystemFault
from extractor.runs.batch import FileDone, Options, run
from extractor.runs.files import claim, locked
from extractor.runs.watch import status_of
from extractor.tables.store import Store


@pytest.fixture
def archive(tmp_path: Path, root: Path) -> Path:
    """Three small files: so few are read in this process."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = next((root / "corpora" / "sample" / "reports").rglob("*青禾镇*.txt")).read_text(encoding="utf-8")
    for at in range(3):
        (folder / f"{at}.txt").write_text(text[:600].replace("2021", str(2016 + at)), encoding="utf-8")
    past = time.time() - 60
    for path in folder.iterdir():
        os.utime(path, (past, past))
    return folder


def test_a_second_run_on_the_same_folder_is_refused(archive: Path, tmp_path: Path) -> None:
    claim(tmp_path / "out", force=False)
    with locked(tmp_path / "out"), pytest.raises(OutputInUse, match=r"another run writes here \(process \d+"):
        run([archive], tmp_path / "out")
    assert run([archive], tmp_path / "out").files["extracted"] == 3


def test_an_unchanged_archive_is_not_read_and_nothing_is_written(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run([archive], out)
    # what was changed just now is not trusted by its time
    wait_for_a_tick(archive)
    run([archive], out)
    stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*") if ".govreport" not in path.parts}
    told: list[FileDone] = []
    again = run([archive], out, tell=told.append)
    assert (again.unchanged, told, again.rows, again.files) == (True, [], first.rows, first.files)
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}
    assert status_of(out)["state"] == "unchanged"
    (archive / "6.txt").write_text("青禾镇2020年工作报告\n办结案件12件。", encoding="utf-8")
    more = run([archive], out, tell=told.append)
    assert not more.unchanged
    assert [progress.path for progress in told] == ["6.txt"]
    # a table that somebody changed is written again
    (out / "reports.csv").write_text("x", encoding="utf-8")
    assert not run([archive], out).unchanged
    assert (out / "reports.csv").read_bytes() != b"x"


def wait_for_a_tick(folder: Path) -> None:
    newest = max(path.stat().st_ctime for path in folder.iterdir())
    time.sleep(max(0.0, 2.1 - (time.time() - newest)))


def test_other_options_are_told_before_all_is_read_again(archive: Path, tmp_path: Path) -> None:
    notes: list[str] = []
    run([archive], tmp_path / "out")
    run([archive], tmp_path / "out", Options(bare_laws=True), note=notes.append)
    assert notes[0] == "program, patterns or options changed: all 3 files are read again"
    assert len(list((tmp_path / "out" / ".govreport" / "shards").iterdir())) == 1


def test_folders_of_tables_inside_the_archive_are_left_out(archive: Path) -> None:
    run([archive], archive / "out")
    summary = run([archive], archive / "out2")
    assert summary.files == {"extracted": 3, "duplicate": 0, "failed": 0, "skipped": 0}
    assert summary.left_out == [str(archive / "out")]


def test_a_log_file_is_never_written_over_something_else(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (archive / "0.txt").read_bytes()
    with pytest.raises(SystemExit) as left:
        main(["extract", str(archive), "-o", str(tmp_path / "out"), "--log-file", str(archive / "0.txt")])
    assert left.value.code == 2
    assert "[E102]" in capsys.readouterr().err
    assert (archive / "0.txt").read_bytes() == before
    with pytest.raises(SystemExit) as left:
        main(["extract", str(archive), "-o", str(tmp_path / "out"), "--log-file", str(tmp_path / "no" / "log")])
    assert left.value.code == 3
    assert "[E303]" in capsys.readouterr().err


def test_status_tells_of_a_finished_and_of_a_killed_run(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run([archive], out)
    with pytest.raises(SystemExit):
        main(["status", str(out)])
    printed = capsys.readouterr().out
    assert "state: complete" in printed
    assert "files: 3 of 3 done" in printed
    path = out / ".govreport" / "status.json"
    status = json.loads(path.read_text(encoding="utf-8"))
    assert {"extract", "tables", "overlaps", "audit", "formats"} <= set(status["steps"])
    assert status["peak_memory"] > 1 << 20
    path.write_text(json.dumps({**status, "state": "running"}), encoding="utf-8")
    assert status_of(out)["state"] == "interrupted"


def test_no_reader_takes_tables_that_are_half_exchanged(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run([archive], out)
    (archive / "3.txt").write_text("青禾镇2020年工作报告\n办结案件12件。", encoding="utf-8")
    replace = Path.replace

    def stopped(path: Path, target: Path) -> Path:
        if path.name == "indicators.parquet":
            raise OSError(errno.EIO, "stopped")
        return replace(path, target)

    with monkeypatch.context() as patched, pytest.raises(SystemFault):
        patched.setattr(Path, "replace", stopped)
        run([archive], out)
    with pytest.raises(MissingPath, match="being exchanged"):
        Store(out)
    run([archive], out)
    assert len(Store(out).rows("reports")) == 4


@pytest.mark.slow
def test_workers_end_when_the_run_is_killed(root: Path, tmp_path: Path) -> None:
    sample = root / "corpora" / "sample" / "reports"
    command = [sys.executable, "-m", "extractor", "extract", str(sample), "-o", str(tmp_path / "out"), "-j", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    below: list[str] = []
    deadline = time.monotonic() + 60
    while len(below) < 2 and time.monotonic() < deadline:
        below = children(process.pid)
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    while any(Path(f"/proc/{pid}").exists() for pid in below) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []


def children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []


def test_an_unreadable_folder_is_a_failed_source(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "shut").mkdir()
    listing = Path.iterdir

    def denied(folder: Path) -> Iterator[Path]:
        if folder.name == "shut":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", denied)
    run([archive], tmp_path / "out")
    rows = {row["source_path"]: row for row in Store(tmp_path / "out").rows("sources")}
    assert rows["shut"]["status"] == "failed"
    assert "[E303]" in rows["shut"]["detail"]
    assert rows["0.txt"]["status"] == "extracted"
