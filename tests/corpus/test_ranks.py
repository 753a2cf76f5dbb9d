"""Ranks: what is counted alike is ranked together, what is not is refused; quarters, changes, values per 10,000."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from extractor.cli import main
from extractor.corpus.comparison_book import write_book
from extractor.corpus.ranks import load_per, rank, unit_conflicts
from extractor.errors import BadConfig, MissingPath


def row(place: str, year: int, value: float | None, unit: str | None = "件", **columns: Any) -> dict[str, Any]:
    base = {"indicator": "cases", "label": "案件", "county": "青山县", "indicator_id": f"{place}-i1"}
    known = {"region": place, "division_code": None, "report_year": year, "value": value, "unit": unit}
    return {**base, **known, **columns}


def test_equal_values_share_a_rank_and_silent_places_have_none() -> None:
    ranked, _ = rank([row("甲", 2022, 5.0), row("乙", 2022, 9.0), row("丙", 2022, 5.0), row("丁", 2022, None)])
    assert [(each.region, each.rank, each.of) for each in ranked] == [("乙", 1, 3), ("丙", 2, 3), ("甲", 2, 3)]
    assert {each.quartile for each in ranked} == {None}


def test_quarters_and_their_bounds() -> None:
    ranked, (summary,) = rank([row(str(n), 2022, float(n)) for n in range(1, 9)])
    assert [each.quartile for each in ranked] == [4, 4, 3, 3, 2, 2, 1, 1]
    assert (summary.places, summary.least, summary.lower, summary.median, summary.upper, summary.most) == (
        *(8, 1.0, 2.75, 4.5),
        *(6.25, 8.0),
    )


@pytest.mark.parametrize(
    ("before", "now", "unit", "change", "share"),
    [
        (80.0, 100.0, "件", 20.0, 25.0),
        (0.0, 3.0, "件", 3.0, None),
        (97.0, 98.5, "%", 1.5, None),
        (None, 3.0, "件", None, None),
    ],
)
def test_change_on_last_year(
    before: float | None, now: float, unit: str, change: float | None, share: float | None
) -> None:
    ranked, _ = rank([row("甲", 2021, before, unit), row("甲", 2022, now, unit)])
    assert (ranked[-1].change, ranked[-1].change_share) == (change, share)


def test_places_of_one_name_are_two_and_a_gap_of_years_is_no_last_year() -> None:
    rows = [row("城关镇", 2021, 5.0, division_code="420101101"), row("城关镇", 2022, 9.0, division_code="420202101")]
    assert [each.last_year for each in rank(rows)[0]] == [None, None]
    assert rank([row("甲", 2020, 5.0), row("甲", 2022, 9.0)])[0][-1].last_year is None


@pytest.mark.parametrize(
    ("units", "conflict"),
    [
        (("件", "起"), False),
        (("人", "名"), False),
        (("场", "场次"), False),
        (("人", "人次"), True),
        (("家", "个"), True),
        (("件", None), True),
        (("元", "%"), True),
    ],
)
def test_only_words_that_count_alike_are_ranked_together(units: tuple[str | None, ...], conflict: bool) -> None:
    rows = [row(str(n), 2022, 1.0, unit) for n, unit in enumerate(units)]
    assert bool(unit_conflicts(rows)) is conflict
    assert bool(rank(rows)[0]) is not conflict


def test_values_per_ten_thousand_by_code_then_name_year_then_any(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        '﻿division_code,report_year,population,area\n420101101,2022,"20,000",9\n420101101,,10000,\n甲,,40000,\n',
        encoding="utf-8",
    )
    rows = [
        row("城关镇", 2022, 6.0, division_code="420101101"),
        row("城关镇", 2021, 6.0, division_code="420101101"),
        row("甲", 2022, 6.0),
        row("乙", 2022, 6.0),
    ]
    found = {(each.region, each.report_year): each.per_10000 for each in rank(rows, load_per(path))[0]}
    assert found == {("城关镇", 2022): 3.0, ("城关镇", 2021): 6.0, ("甲", 2022): 1.5, ("乙", 2022): None}
    assert rank([row("甲", 2022, 50.0, "%")], load_per(path))[0][0].per_10000 is None
    assert load_per(path, "area").amounts == {("420101101", 2022): 9.0}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("place,people\n甲,3\n", "no column of places"),
        ("region\n甲\n", "no column None of amounts"),
        ("region,people\n甲,many\n", "line 2: not a number"),
        ("region,people\n甲,0\n", "line 2: an amount must be above 0"),
    ],
)
def test_amounts_that_cannot_be_used_are_refused(text: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "per.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadConfig, match=fault):
        load_per(tmp_path / "per.csv")
    with pytest.raises(MissingPath):
        load_per(tmp_path / "none.csv")


def test_the_workbook_colours_and_keeps_codes_as_text(tmp_path: Path) -> None:
    rows = [
        row(f"=镇{n}", year, float(n * year), division_code=f"42010110{n}") for n in range(5) for year in (2021, 2022)
    ]
    ranked, summaries = rank(rows)
    for name in ("a.xlsx", "b.xlsx"):
        write_book(ranked, summaries, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["排名", "四分位", "比较"]
    sheet = book["排名"]
    kinds = {rule.type for held in sheet.conditional_formatting for rule in held.rules}
    assert kinds == {"dataBar", "cellIs"}
    codes = (
        {cell.value for cell in sheet["M"]} | {cell.value for cell in sheet["L"]} | {cell.value for cell in sheet["N"]}
    )
    assert "420101101" in codes
    assert not [cell for line in sheet for cell in line if cell.data_type == "f"]
    assert any(rule.type == "colorScale" for held in book["比较"].conditional_formatting for rule in held.rules)


def test_the_command_refuses_several_units_and_writes_each_format(
    sample_tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["compare", str(sample_tables), *arguments])
        return (int(left.value.code or 0), *capsys.readouterr())

    code, _, told = call("--rank", "--indicator", "publicity_audience")
    assert code == 2
    assert "several units: 人次" in told
    code, shown, told = call("--rank", "--year", "2022", "--county", "青禾县")
    assert code == 0
    assert "left out, several units: publicity_audience" in told
    assert "publicity_audience" not in shown
    assert "\t2021\t" not in shown
    assert len(call("--rank", "--county", "990102")[1].splitlines()) == 1
    assert call("--format", "xlsx")[0] == 2
    for form, start in (("md", b"| region |"), ("csv", "﻿region,code".encode()), ("xlsx", b"PK")):
        assert call("--format", form, "-o", str(tmp_path / f"c.{form}"))[0] == 0
        assert (tmp_path / f"c.{form}").read_bytes().startswith(start)
    assert call("--quartiles", "--format", "csv")[1].startswith("indicator,label,report_year,unit,places")
