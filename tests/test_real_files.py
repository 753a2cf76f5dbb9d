"""bench/real_files.py: what it says of files that it is given."""

from pathlib import Path

import pytest
import real_files


@pytest.mark.parametrize(
    ("ours", "theirs", "lost"),
    [("甲乙", "甲乙丙甲", 0.5), ("一人", "⼀⼈", 0.0), ("", "", 0.0), ("甲，乙", "甲\n乙。", 0.0)],
)
def test_the_share_of_letters_that_are_lost(ours: str, theirs: str, lost: float) -> None:
    assert real_files.lost_share(ours, theirs) == lost


def test_a_folder_of_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("一、主要做法\n全年办理案件12件。", encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 9)
    monkeypatch.setattr("sys.argv", ["real_files.py", str(tmp_path)])
    assert real_files.main() == 0
    shown = capsys.readouterr().out
    assert "0 of 2 numerals unexplained" in shown
    assert "1 read" in shown
    assert "CRASH" not in shown
