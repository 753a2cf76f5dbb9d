"""Reviews: decisions that hold over later runs, and open again when the evidence changes."""

import csv
from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main
from extractor.rules import load
from extractor.runs.batch import Options, run
from extractor.tables.store import Store

TEXT = """青禾镇人民政府2021年法治政府建设年度报告
一、主要成效
2021年，全镇受理各类矛盾纠纷{total}件，其中邻里纠纷40件，物业纠纷50件，其他纠纷20件。依据《青禾县防汛工作办法》（青府发[2021]9号）开展工作。
"""


def call(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    return int(stop.value.code or 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    write(tmp_path, 120)
    return tmp_path


def write(folder: Path, total: int) -> None:
    (folder / "in" / "a.txt").write_text(TEXT.format(total=total), encoding="utf-8")


def extract(folder: Path, patterns: Path | None = None) -> None:
    run([folder / "in"], folder / "out", Options(patterns=patterns), workers=1)


def findings(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["check"]: row for row in Store(folder / "out").rows("findings")}


def test_a_decision_survives_two_runs_and_a_change_of_an_unrelated_rule(folder: Path) -> None:
    extract(folder)
    row = findings(folder)["arithmetic.parts_and_total"]
    assert (row["verdict"], row["review"]) == ("fail", None)
    assert call("review", folder / "out", row["finding_id"], "--dismiss", "--comment", "=口径不同, 见附表") == 0
    kept = (folder / "out" / "reviews.csv").read_bytes()
    overlay = folder / "overlay"
    overlay.mkdir()
    # a rule of promises is exchanged: it has nothing to do with totals
    rule = load().group("commitments")[0].id
    (overlay / "own.toml").write_text(
        f'[[rule]]\nid = "{rule}"\npattern = "无关词"\nwhy = "none"\nsource = "test"\nexamples = ["无关词"]\n',
        encoding="utf-8",
    )
    for patterns in (None, overlay):
        extract(folder, patterns)
        now = findings(folder)["arithmetic.parts_and_total"]
        assert (now["review"], now["review_comment"]) == ("dismissed", "=口径不同, 见附表")
        assert findings(folder)["citation.number_marks"]["review"] is None
    assert call("audit", folder / "out") == 0
    assert findings(folder)["arithmetic.parts_and_total"]["review"] == "dismissed"
    assert (folder / "out" / "reviews.csv").read_bytes() == kept


def test_changed_evidence_opens_a_finding_again_with_the_old_comment(folder: Path) -> None:
    extract(folder)
    call("review", folder / "out", findings(folder)["arithmetic.parts_and_total"]["finding_id"],
         "--accept", "--comment", "漏列一类")  # fmt: skip
    write(folder, 130)
    extract(folder)
    row = findings(folder)["arithmetic.parts_and_total"]
    assert (row["review"], row["review_comment"]) == ("reopened", "was accepted: 漏列一类")


def test_reviews_are_appended_and_the_last_one_holds(folder: Path) -> None:
    extract(folder)
    finding = findings(folder)["citation.number_marks"]["finding_id"]
    call("review", folder / "out", finding, "--accept", "--comment", "一")
    first = (folder / "out" / "reviews.csv").read_bytes()
    call("review", folder / "out", finding, "--dismiss", "--comment", "二", "--reviewer", "审计员")
    second = (folder / "out" / "reviews.csv").read_bytes()
    assert second.startswith(first)
    assert len(list(csv.reader(second.decode("utf-8-sig").splitlines()))) == 3
    row = findings(folder)["citation.number_marks"]
    assert (row["review"], row["review_comment"]) == ("dismissed", "二")


def test_wrong_use_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extract(folder)
    finding = findings(folder)["citation.number_marks"]["finding_id"]
    assert call("review", folder / "out", finding) == 2
    assert call("review", folder / "out", finding.replace("-f", "-i"), "--accept") == 2
    assert call("review", folder / "out", "nonsense", "--accept") == 2
    assert not (folder / "out" / "reviews.csv").exists()
    (folder / "out" / "reviews.csv").write_text("a,b\n", encoding="utf-8")
    assert call("audit", folder / "out") == 1
    assert "other columns than ours" in capsys.readouterr().err
