"""The written tables, opened as their users open them."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.errors import BadQuery, MissingPath, UnknownRow
from extractor.runs.batch import Options, run
from extractor.tables.frames import frame_of
from extractor.tables.rows import PER_REPORT, rows_of
from extractor.tables.schema import BY_NAME, SCHEMAS
from extractor.tables.store import Store
from extractor.tables.writers.csv import cell, cells, write_csv
from extractor.tables.writers.parquet import write_parquet
from extractor.tables.writers.xlsx import write_xlsx


@pytest.fixture(scope="module")
def out(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = root / "corpora" / "sample"
    folder = tmp_path_factory.mktemp("tables") / "out"
    run([sample / "reports"], folder, Options(divisions=sample / "divisions.csv"), workers=1)
    return folder


def test_frictionless_finds_nothing_wrong(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from frictionless import Package

    monkeypatch.chdir(out)
    report = Package("datapackage.json").validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])[:5]


def test_all_formats_hold_the_same_rows(out: Path) -> None:
    import openpyxl

    store = Store(out)
    book = openpyxl.load_workbook(out / "govreport.xlsx", read_only=True)
    described = {r["name"] for r in json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["resources"]}
    for schema in store.schemas:
        rows = store.rows(schema.name)
        with (out / f"{schema.name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream))
        assert lines[0] == list(schema.names)
        assert lines[1:] == [[cell(row[name]) for name in schema.names] for row in rows]
        _, counted = store.query(f'select count(*) from "{schema.name}"')
        assert counted[0][0] == len(rows)
        assert sum(1 for _ in book[schema.name].iter_rows(min_row=2, max_col=1)) == max(len(rows), 0)
        assert schema.name in described


def test_the_workbook_reads_well(out: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(out / "govreport.xlsx")
    assert book.sheetnames[0] == "说明"
    sheet = book["indicators"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref is not None
    assert str(sheet["A1"].value).startswith("指标编号\n")
    widths = {key: dimension.width for key, dimension in sheet.column_dimensions.items()}
    assert all(8 <= width <= 50 for width in widths.values())


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@sum", "\tx"])
def test_text_never_becomes_a_formula(text: str, tmp_path: Path) -> None:
    import openpyxl

    schema = BY_NAME["numerals"]
    rows = [{"report_id": "0" * 16, "char_start": 0, "char_end": 1, "quote": text, "class": "name"}]
    write_parquet(rows, schema, tmp_path / "numerals.parquet")
    write_csv(tmp_path / "numerals.parquet", schema, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1][3] == f"'{text}"
    write_xlsx([schema], tmp_path, tmp_path / "a.xlsx")
    found = openpyxl.load_workbook(tmp_path / "a.xlsx")["numerals"]["D2"]
    assert found.data_type == "s"
    assert found.value == text


def test_the_workbook_of_a_large_archive_holds_what_people_read(out: Path, tmp_path: Path) -> None:
    import openpyxl

    store = Store(out)
    counts = {schema.name: len(store.rows(schema.name)) for schema in store.schemas}
    always = ("comparison", "reports", "findings")
    room = sum(counts[name] for name in always) + counts["indicators"]
    for most, wanted, refused in ((room, "indicators", "comparison_long"), (0, "reports", "indicators")):
        write_xlsx(store.schemas, out, tmp_path / "a.xlsx", most_rows=most)
        book = openpyxl.load_workbook(tmp_path / "a.xlsx")
        assert {*always, wanted} <= set(book.sheetnames)
        assert refused not in book.sheetnames
        described = {row[0]: str(row[3]) for row in book["说明"].iter_rows(values_only=True) if row[0] in counts}
        assert f"全部见 {refused}.parquet" in described[refused]
        assert described[wanted].endswith(f"（{counts[wanted]} 行）")


_COLUMNS = {
    pa.string(): st.text() | st.sampled_from(["=1", "+1", "-1", "@a", "\ta", "\ra", "a=1", "", "'=1"]),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats() | st.sampled_from([12.0, -0.0, 0.1, 1e15, 1e16]),
    pa.bool_(): st.booleans(),
    pa.date32(): st.dates(),
}


@pytest.mark.parametrize("kind", list(_COLUMNS), ids=str)
@given(data=st.data())
def test_a_column_as_csv_is_its_cells_as_csv(kind: pa.DataType, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | _COLUMNS[kind]))
    column = pa.array(values, kind)
    assert cells(column) == [cell(value) for value in column.to_pylist()]


def test_csv_is_what_excel_opens(out: Path) -> None:
    data = (out / "indicators.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data


def test_missing_is_null_and_zero_is_a_value(out: Path) -> None:
    store = Store(out)
    for schema in store.schemas:
        for row in store.rows(schema.name):
            assert "" not in row.values()
    assert any(row["value"] == 0 for row in store.rows("indicators"))


def test_ids_and_references_hold(out: Path) -> None:
    store = Store(out)
    reports = {row["report_id"] for row in store.rows("reports")}
    sections = {row["section_id"] for row in store.rows("sections")}
    indicators = {row["indicator_id"] for row in store.rows("indicators")}
    commitments = {row["commitment_id"] for row in store.rows("commitments")}
    documents = {row["document_id"] for row in store.rows("documents")}
    for row in store.rows("indicators"):
        assert row["report_id"] in reports
        assert row["section_id"] in sections | {None}
        assert row["part_of"] in indicators | {None}
    assert all(row["document_id"] in documents for row in store.rows("citations"))
    assert all(row["commitment_id"] in commitments for row in store.rows("actions"))
    assert {row["indicator_id"] for row in store.rows("numerals")} - {None} <= indicators
    for schema in SCHEMAS:
        keys = [tuple(row[name] for name in schema.key) for row in store.rows(schema.name)]
        assert len(keys) == len(set(keys)), schema.name


def test_queries_are_read_only_and_errors_say_what_is_wrong(out: Path) -> None:
    store = Store(out)
    names, rows = store.query("select region, report_year from reports order by all limit 1")
    assert names == ["region", "report_year"]
    assert len(rows) == 1
    for sql in ("select nonsense from reports", "drop table reports", "selec"):
        with pytest.raises(BadQuery):
            store.query(sql)
    with pytest.raises(UnknownRow):
        store.find_row("0123456789abcdef-i1")
    with pytest.raises(UnknownRow, match="fit"):
        store.find_report("2021")
    with pytest.raises(MissingPath):
        Store(out / "nothing")


def test_frames_have_the_columns_of_the_contract_in_types_that_know_null() -> None:
    extraction = extractor.extract("2021年报告\n一、成效\n办结案件12件，未发生行政诉讼案件。")
    frames = extraction.to_frames()
    assert set(frames) == set(PER_REPORT)
    for name, frame in frames.items():
        assert tuple(frame.columns) == BY_NAME[name].names
    assert frames["indicators"]["value"].tolist() == [12.0, 0.0]
    assert frames["indicators"]["unit"].isna().tolist() == [False, True]
    assert str(frames["indicators"]["year"].dtype) == "Int64"
    empty = frame_of([], BY_NAME["reports"])
    assert tuple(empty.columns) == BY_NAME["reports"].names


def test_rows_hold_every_column_and_nothing_else() -> None:
    rows = rows_of(extractor.extract("一、成效\n办结案件12件。"))
    for name, found in rows.items():
        assert all(tuple(row) == BY_NAME[name].names for row in found)
