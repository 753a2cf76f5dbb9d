"""Batch runs: the same bytes whatever happens on the way; every file accounted for; nothing overwritten."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from extractor.engines import Limits, Lost, Start, engine
from extractor.errors import MissingPath, OutputRefused
from extractor.runs.batch import FileDone, Options, run
from extractor.runs.verification import verify
from extractor.tables.store import Store


def digests(folder: Path) -> dict[str, str]:
    """Hash of every file whose bytes are promised."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".parquet", ".csv", ".txt") or path.name in ("datapackage.json", "run.json")
        if ".govreport" not in path.parts
    }


@pytest.fixture(scope="module")
def options(root: Path) -> Options:
    return Options(divisions=root / "corpora" / "sample" / "divisions.csv")


@pytest.fixture(scope="module")
def reports(root: Path) -> Path:
    return root / "corpora" / "sample" / "reports"


@pytest.fixture(scope="module")
def tables(reports: Path, options: Options, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables") / "out"
    run([reports], out, options, workers=1)
    return out


def test_two_workers_give_the_same_bytes(tables: Path, reports: Path, options: Options, tmp_path: Path) -> None:
    run([reports], tmp_path / "out", options, workers=2)
    assert digests(tmp_path / "out") == digests(tables)


def test_shuffled_arguments_and_a_second_run_give_the_same_bytes(
    tables: Path, reports: Path, options: Options, tmp_path: Path
) -> None:
    files = sorted(path for path in reports.rglob("*.*") if path.is_file())
    files = [*files[1::2], *reversed(files[::2])]
    run(files, tmp_path / "out", options, workers=1)
    assert digests(tmp_path / "out") == digests(tables)
    run([reports], tmp_path / "out", options, workers=1)
    assert digests(tmp_path / "out") == digests(tables)


def test_a_killed_run_goes_on_where_it_was(tables: Path, reports: Path, options: Options, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def kill(progress: FileDone) -> None:
        if progress.done == 5:
            raise Killed

    out = tmp_path / "out"
    with pytest.raises(Killed):
        run([reports], out, options, workers=1, tell=kill)
    assert not (out / "reports.parquet").exists()
    told: list[FileDone] = []
    run([reports], out, options, workers=1, tell=told.append)
    assert [progress.done for progress in told] == list(range(6, 13))
    assert digests(out) == digests(tables)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def test_time_zone_and_hash_seed_change_nothing(
    zone: str, tables: Path, reports: Path, root: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(len(zone)), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "extractor", "extract", str(reports), "-o", str(tmp_path / "out"), "-q", "-j", "1"]
    command += ["--divisions", str(root / "corpora" / "sample" / "divisions.csv")]
    subprocess.run(command, check=True, env=environment)
    assert digests(tmp_path / "out") == digests(tables)


@pytest.fixture
def mixed(tmp_path: Path, reports: Path) -> Path:
    """An archive of good, bad, doubled and foreign files."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    good = next(reports.rglob("*.txt"))
    shutil.copy(good, folder / "a.txt")
    shutil.copy(good, folder / "b.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "no-headings.txt").write_text("全年办结案件12件，很好。", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_every_file_is_accounted_for(mixed: Path, tmp_path: Path) -> None:
    summary = run([mixed], tmp_path / "out", workers=1)
    assert summary.files == {"extracted": 2, "duplicate": 1, "failed": 3, "skipped": 1}
    store = Store(tmp_path / "out")
    rows = {row["source_path"]: row for row in store.rows("sources")}
    assert rows["b.txt"]["status"] == "duplicate"
    assert "a.txt" in rows["b.txt"]["detail"]
    assert rows["b.txt"]["report_id"] == rows["a.txt"]["report_id"]
    for name, code in (("empty.txt", "E201"), ("binary.txt", "E207"), ("cut.pdf", "E203")):
        assert rows[name]["status"] == "failed"
        assert rows[name]["report_id"] is None
        assert rows[name]["detail"].startswith(f"[{code}] {name}: ")
        assert "→" in rows[name]["detail"]
    assert {row["source_path"] for row in store.rows("reports")} == {"a.txt", "no-headings.txt"}
    warned = next(row for row in store.rows("reports") if row["source_path"] == "no-headings.txt")
    assert "no headings found" in warned["warnings"]
    assert [path for path, _ in summary.failures] == ["binary.txt", "cut.pdf", "empty.txt"]


def test_a_fault_of_ours_on_one_file_stops_no_other(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.runs import work

    whole = work.extract_document

    def faulty(document, context):  # type: ignore[no-untyped-def]
        if document.source.path == "a.txt":
            raise ZeroDivisionError("made up")
        return whole(document, context)

    monkeypatch.setattr(work, "extract_document", faulty)
    run([mixed], tmp_path / "out", workers=1)
    rows = {row["source_path"]: row for row in Store(tmp_path / "out").rows("sources")}
    assert rows["a.txt"]["status"] == "failed"
    assert "unexpected ZeroDivisionError: made up" in rows["a.txt"]["detail"]
    assert rows["no-headings.txt"]["status"] == "extracted"


def test_a_worker_that_dies_or_hangs_takes_only_its_item_with_it() -> None:
    bundles = [[1, 2, 3], [4], [5, 6, 7]]
    results = list(engine("processes")(_misbehave, bundles, 2, Start(_nothing), Limits(seconds=1)))
    lost = {result.item: result.timed_out for result in results if isinstance(result, Lost)}
    assert lost == {3: False, 6: True}
    assert sorted(item for result in results if not isinstance(result, Lost) for item in result) == [1, 2, 4, 5, 7]


def _nothing() -> None:
    pass


def _misbehave(items: Sequence[int], begin: Callable[[], None]) -> list[int]:
    for item in items:
        begin()
        if item == 3:
            os._exit(9)
        if item == 6:
            time.sleep(60)
    return list(items)


def test_memory_beyond_the_limit_is_refused_to_one_item() -> None:
    results = list(engine("processes")(_grab, [[1, 2]], 1, Start(_nothing), Limits(memory=200 << 20)))
    assert results == [["fits", "MemoryError"]]


def _grab(items: Sequence[int], begin: Callable[[], None]) -> list[str]:
    made = []
    for item in items:
        begin()
        try:
            made.append("fits" if bytearray(item * 150 << 20) else "")
        except MemoryError:
            made.append("MemoryError")
    return made


def test_a_folder_that_holds_something_else_is_refused(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(OutputRefused):
        run([reports], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_missing_archive_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(MissingPath):
        run([tmp_path / "nothing"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_archive_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    summary = run([tmp_path / "in"], tmp_path / "out")
    assert summary.rows["reports"] == 0
    assert Store(tmp_path / "out").rows("sources") == []
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["complete"] is True


def test_a_zip_gives_the_same_rows_as_its_folder(mixed: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", mixed)
    run([Path(archive)], tmp_path / "out", workers=1)
    run([mixed], tmp_path / "plain", workers=1)
    packed = Store(tmp_path / "out").rows("indicators")
    assert packed == Store(tmp_path / "plain").rows("indicators")
    assert {row["source_path"] for row in Store(tmp_path / "out").rows("reports")} == {
        "packed.zip!/a.txt",
        "packed.zip!/no-headings.txt",
    }


def test_verify_proves_every_quote_and_finds_what_was_changed(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([mixed], out, workers=1)
    proof = verify(out, [mixed])
    assert proof.faults == []
    assert proof.files == 2
    assert proof.quotes > 50
    (mixed / "no-headings.txt").write_text("全年办结案件13件，很好。", encoding="utf-8")
    proof = verify(out, [mixed])
    assert len(proof.faults) == 1
    assert "no-headings.txt" in proof.faults[0]


def test_another_area_is_another_result(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("罗店镇人民政府2020年工作报告\n办结案件2件。", encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out")
    assert Store(tmp_path / "out").rows("reports")[0]["division_code"] is None
    run([tmp_path / "in"], tmp_path / "out", Options(area="宝山区"))
    assert Store(tmp_path / "out").rows("reports")[0]["division_code"] == "310113101"
