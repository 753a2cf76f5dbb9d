"""Formats: what is asked for is written and kept up to date, what is no longer asked for goes."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extractor.errors import BadConfig, MissingPath
from extractor.runs.batch import run
from extractor.tables.rewrite import replace_table
from extractor.tables.schema import SCHEMAS
from extractor.tables.store import Store
from extractor.tables.writers import FORMATS, WRITERS, check_formats


def suffixes(folder: Path) -> set[str]:
    return {path.suffix for path in folder.iterdir() if path.is_file()} - {".json"}


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ([], ("parquet",)),
        (["xlsx", "csv"], ("parquet", "csv", "xlsx")),
        ([" CSV ", ""], ("parquet", "csv")),
        (FORMATS, FORMATS),
    ],
)
def test_formats_are_chosen_in_one_order(names: list[str], chosen: tuple[str, ...]) -> None:
    assert check_formats(names) == chosen


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、工作\n办结案件12件。", encoding="utf-8")
    with pytest.raises(BadConfig, match="no format docx → known: parquet, csv"):
        run([tmp_path / "a.txt"], tmp_path / "out", formats=["docx"])
    assert not (tmp_path / "out").exists()


def test_files_of_formats_no_longer_wanted_go(tmp_path: Path) -> None:
    report, out = tmp_path / "a.txt", tmp_path / "out"
    report.write_text("一、工作\n受理信访40件，其中办结12件。", encoding="utf-8")
    run([report], out, workers=1)
    assert suffixes(out) == {".parquet", *(Path(writer.file).suffix for writer in WRITERS.values())}
    (out / "mine.csv").write_text("kept", encoding="utf-8")
    run([report], out, workers=1, formats=["xlsx"])
    assert suffixes(out) == {".parquet", ".xlsx", ".csv"}
    assert [path.name for path in out.glob("*.csv")] == ["mine.csv"]
    with pytest.raises(MissingPath, match="duckdb among the --formats"):
        Store(out).query("select 1")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_table_written_anew_is_new_in_every_format_that_is_there(kind: str, tmp_path: Path) -> None:
    report, out = tmp_path / "a.txt", tmp_path / "out"
    report.write_text("一、工作\n受理信访40件。", encoding="utf-8")
    run([report], out, workers=1, formats=[kind])
    (file,) = WRITERS[kind].files([schema for schema in SCHEMAS if schema.name == "problems"])
    before = (out / file).read_bytes()
    fresh = {"problem_id": "x-p1", "report_id": "x", "rule": "r", "quote": "q", "char_start": 0, "char_end": 1}
    assert replace_table(Store(out), "problems", [fresh])
    assert (out / file).read_bytes() != before
    assert suffixes(out) == {".parquet", Path(file).suffix}


def test_tables_of_an_older_program_stay_readable_when_one_is_written_anew(tmp_path: Path) -> None:
    report, out = tmp_path / "a.txt", tmp_path / "out"
    report.write_text("一、工作\n受理信访40件。", encoding="utf-8")
    run([report], out, workers=1, formats=["csv", "duckdb", "xlsx"])
    # its comparison had no column `lost_by`
    older = pq.read_table(out / "comparison_long.parquet").drop_columns(["lost_by"])
    pq.write_table(older, out / "comparison_long.parquet")
    fresh = {"problem_id": "x-p1", "report_id": "x", "rule": "r", "quote": "q", "char_start": 0, "char_end": 1}
    assert replace_table(Store(out), "problems", [fresh])
    assert Store(out).query("select quote from problems")[1] == [("q",)]
    assert Store(out).query("select * from comparison_long")[0] == older.column_names
