"""Partitioned tables: all rows are there, in the folders of their reports, and go when they are no longer wanted."""

from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pytest

from extractor.errors import BadConfig
from extractor.runs.batch import Options, run
from extractor.tables.store import Store
from extractor.tables.writers.partitioned import check_partition, write_partitioned


def test_every_row_stands_in_the_folder_of_its_report(copy_of_sample: Path) -> None:
    write_partitioned(copy_of_sample, check_partition(["province", "year"]))
    store = Store(copy_of_sample)
    reports = {row["report_id"]: row for row in store.rows("reports")}
    for table, key in (("indicators", "indicator_id"), ("reports", "report_id"), ("places", "row_id")):
        read = ds.dataset(copy_of_sample / "partitioned" / table, partitioning="hive").to_table().to_pylist()
        assert sorted(str(row[key]) for row in read) == sorted(str(row[key]) for row in store.rows(table))
        for row in read:
            report = reports[row[key].partition("-")[0]]
            assert (row["province"], row["report_year"]) == (report["province"], report["report_year"])
    only = copy_of_sample / "partitioned" / "indicators" / "province=云泽省" / "report_year=2021" / "part-0.parquet"
    assert only.is_file()


def test_duckdb_reads_it_and_the_year_of_a_number_keeps_its_column(copy_of_sample: Path) -> None:
    write_partitioned(copy_of_sample, ("province", "report_year"))
    sql = "SELECT count(*), count(year) FROM read_parquet(?, hive_partitioning = true) WHERE report_year = 2022"
    found = duckdb.execute(sql, [str(copy_of_sample / "partitioned" / "citations" / "**" / "*.parquet")]).fetchone()
    reports = {row["report_id"] for row in Store(copy_of_sample).rows("reports") if row["report_year"] == 2022}
    rows = [row for row in Store(copy_of_sample).rows("citations") if row["report_id"] in reports]
    assert found == (len(rows), sum(row["year"] is not None for row in rows))


def test_a_report_without_the_value_has_a_folder_too_and_bytes_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("工作报告\n一、主要做法\n共调处矛盾纠纷12起，开展培训3场。\n", encoding="utf-8")
    made = []
    for name in ("x", "y"):
        run([tmp_path / "a.txt"], tmp_path / name, workers=1, formats=["parquet"], partition=["county"])
        (file,) = (tmp_path / name / "partitioned" / "indicators").rglob("*.parquet")
        assert file.parent.name == "county=__HIVE_DEFAULT_PARTITION__"
        made.append(file.read_bytes())
    assert made[0] == made[1]


def test_a_run_without_it_takes_the_folders_away(tmp_path: Path, root: Path) -> None:
    archive = [root / "corpora" / "sample" / "reports" / "2022" / "qinghe-2022.gb.txt"]
    options, out = Options(divisions=root / "corpora" / "sample" / "divisions.csv"), tmp_path / "out"
    summary = run(archive, out, options, workers=1, formats=["parquet"], partition=["province", "year"])
    assert not summary.unchanged
    assert (out / "partitioned" / "reports" / "province=云泽省" / "report_year=2022").is_dir()
    assert run(archive, out, options, workers=1, formats=["parquet"], partition=["province", "year"]).unchanged
    assert not run(archive, out, options, workers=1, formats=["parquet"]).unchanged
    assert not (out / "partitioned").exists()


def test_unknown_columns_are_refused() -> None:
    assert check_partition(["", " Year "]) == ("report_year",)
    with pytest.raises(BadConfig):
        check_partition(["province", "theme"])
