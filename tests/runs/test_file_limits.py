"""A file that gives too many rows: failed with the reason, and read again when more are allowed."""

from pathlib import Path

import pytest

from extractor.runs.batch import FileDone, Options, run
from extractor.runs.options import MOST_ROWS
from extractor.tables.store import Store


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for at in range(2):
        text = f"青禾镇{2020 + at}年工作报告\n" + f"办结案件{at + 12}件。\n" * (1 + 40 * at)
        (folder / f"{at}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_file_of_too_many_rows_is_failed_and_read_again_when_more_are_allowed(archive: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out", list[FileDone]()
    run([archive], out, Options(most_rows=30), workers=1)
    rows = {row["source_path"]: row for row in Store(out).rows("sources")}
    assert [row["status"] for row in rows.values()] == ["extracted", "failed"]
    assert rows["1.txt"]["detail"] == "[E216] 1.txt: more than 30 rows → raise --file-rows, or leave the file out"
    run([archive], out, Options(most_rows=30), workers=1, tell=told.append)
    assert told == []
    run([archive], out, workers=1, tell=told.append)
    assert [(done.path, done.status.value) for done in told] == [("1.txt", "extracted")]
    assert MOST_ROWS > 100_000
