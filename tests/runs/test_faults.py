"""A fault of the machine at any write: told with a code and a remedy, tables stay whole, the same command goes on."""

from pathlib import Path

import pytest
from faults import FAULTS, crossed

from extractor.cli import main


def test_a_fault_at_any_write_is_told_and_the_same_command_goes_on(tmp_path: Path) -> None:
    """Every fault, at writes from the first to the last; all pairs: bench/faults.py."""
    archive = tmp_path / "in"
    archive.mkdir()
    (archive / "a.txt").write_text("青禾镇2021年工作报告\n一、成效\n办结案件12件。\n", encoding="utf-8")
    # a step that no number of faults divides, so that each fault comes at other writes
    found, writes = crossed(archive, tmp_path, step=127, formats=("csv",))
    assert writes > 50
    assert sum(outcomes.total() for outcomes in found.values()) >= 5
    assert {what for outcomes in found.values() for what in outcomes} == {""}
    assert len(FAULTS) >= 10


@pytest.mark.parametrize("form", ["html", "sarif", "md", "csv", "json"])
def test_a_page_that_cannot_be_written_is_reported(
    sample_tables: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for target in (tmp_path / "gone" / "page", tmp_path):
        with pytest.raises(SystemExit) as left:
            main(["audit", str(sample_tables), "--format", form, "-o", str(target), "--only", "quote.mismatch"])
        assert left.value.code == 3
        said = capsys.readouterr().err
        assert "[E303]" in said
        assert "→" in said
        assert str(target) in said
