"""What headings of tables say of their cells: year, role, unit, and what is no value at all."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import extractor
from extractor.datamodel.folding import fold
from extractor.stages.indicators.table_headings import read_heading
from extractor.text.units import Units

Row = tuple[str | None, float, str | None, str, int | None]


def page(rows: Sequence[Sequence[str]], before: str = "", heading: str = "一、案件办理情况") -> str:
    """A web page with one table."""
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return (
        "<html><body><h1>青禾镇人民政府2021年法治政府建设年度报告</h1>"
        f"<p>{heading}</p><p>{before}</p><table border='1'>{body}</table></body></html>"
    )


def read(path: Path, html: str) -> list[Row]:
    """(name, value, unit, role, year) of the cells, in text order."""
    path.write_text(html, encoding="utf-8")
    found = extractor.extract_file(path).indicators
    return [(one.name, float(one.value), one.unit, str(one.role), one.year) for one in found if one.source == "table"]


YEARS = [
    pytest.param(
        [["指标", "2020年", "2021年", "增幅（%）"], ["行政处罚（件）", "11", "12", "9.1"]],
        [
            ("行政处罚", 11, "件", "actual", 2020),
            ("行政处罚", 12, "件", "actual", 2021),
            ("行政处罚", 9.1, "%", "change", 2021),
        ],
        id="years-and-growth",
    ),
    pytest.param(
        [["项目", "2019", "2020", "2021"], ["普法讲座（场）", "2", "3", "5"]],
        [
            ("普法讲座", 2, "场", "actual", 2019),
            ("普法讲座", 3, "场", "actual", 2020),
            ("普法讲座", 5, "场", "actual", 2021),
        ],
        id="bare-years",
    ),
    pytest.param(
        [["年份", "处罚（件）", "许可（件）"], ["2020", "11", "21"], ["2021", "12", "22"]],
        [
            ("处罚", 11, "件", "actual", 2020),
            ("许可", 21, "件", "actual", 2020),
            ("处罚", 12, "件", "actual", 2021),
            ("许可", 22, "件", "actual", 2021),
        ],
        id="years-down",
    ),
    pytest.param(
        [["案件", "上年同期", "本年", "同比增减"], ["立案", "40", "30", "-25%"]],
        [
            ("立案", 40, None, "baseline", 2020),
            ("立案", 30, None, "actual", 2021),
            ("立案", -25, "%", "change", 2021),
        ],
        id="last-year-and-this",
    ),
    pytest.param(
        [["案件", "去年", "今年", "降幅（%）"], ["信访（件）", "40", "30", "25"]],
        [
            ("信访", 40, "件", "baseline", 2020),
            ("信访", 30, "件", "actual", 2021),
            ("信访", -25, "%", "change", 2021),
        ],
        id="fall",
    ),
    pytest.param(
        [["案件（件）", "2020年", "2021年", "增减"], ["立案", "40", "36", "-4"]],
        [
            ("立案", 40, None, "actual", 2020),
            ("立案", 36, None, "actual", 2021),
            ("立案", -4, None, "change", 2021),
        ],
        id="a-change-without-unit-is-given-none",
    ),
    pytest.param(
        [["任务", "年度目标", "完成数", "完成率"], ["走访企业（家）", "50", "48", "96%"]],
        [
            ("走访企业", 50, "家", "target", 2021),
            ("走访企业", 48, "家", "actual", 2021),
            ("走访企业完成率", 96, "%", "actual", 2021),
        ],
        id="target-and-reached",
    ),
    pytest.param(
        [["指标", "单位", "2021年", "2022年目标"], ["财政投入", "万元", "3.5", "4"]],
        [
            ("财政投入", 35000, "元", "actual", 2021),
            ("财政投入", 40000, "元", "target", 2022),
        ],
        id="a-column-of-units",
    ),
    pytest.param(
        [["村名", "2020年调解数（件）", "2021年调解数（件）"], ["东岭村", "8", "9"]],
        [
            ("东岭村调解数", 8, "件", "actual", 2020),
            ("东岭村调解数", 9, "件", "actual", 2021),
        ],
        id="year-before-the-name",
    ),
]


@pytest.mark.parametrize(("rows", "expected"), YEARS)
def test_a_heading_gives_year_role_and_unit(rows: list[list[str]], expected: list[Row], tmp_path: Path) -> None:
    assert read(tmp_path / "page.html", page(rows)) == expected


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (
            [["序号", "单位", "纠纷数（件）"], ["1", "甲村", "12"], ["2", "乙村", "9"], ["合计", "", "21"]],
            ["甲村纠纷数", "乙村纠纷数", "合计纠纷数"],
        ),
        ([["", "单位", "纠纷数（件）"], ["1", "甲村", "12"], ["2", "乙村", "9"]], ["甲村纠纷数", "乙村纠纷数"]),
        ([["编号", "日期", "村", "纠纷数（件）"], ["7", "0301", "甲村", "12"]], ["甲村纠纷数"]),
        ([["一", "甲村", "12"], ["二", "乙村", "9"]], ["甲村", "乙村"]),
    ],
)
def test_running_numbers_are_no_values_and_keep_the_name(
    rows: list[list[str]], names: list[str], tmp_path: Path
) -> None:
    assert [name for name, *_ in read(tmp_path / "page.html", page(rows))] == names


@pytest.mark.parametrize(
    ("text", "name", "year", "role", "unit"),
    [
        ("2020年度", "", 2020, None, None),
        ("2021年1-6月", "", 2021, None, None),
        ("2021年上半年（件）", "", 2021, None, "件"),
        ("处罚数(2019年)", "处罚数", 2019, None, None),
        ("上年度数", "", 2020, "baseline", None),
        ("去年同期", "", 2020, "baseline", None),
        ("上年同期处罚数(件)", "处罚数", 2020, "baseline", "件"),
        ("上年结转申请", "上年结转申请", None, None, None),
        ("本年度", "", 2021, "actual", None),
        ("本年制发件数", "本年制发件数", None, None, None),
        ("同比增长率", "", None, "change", "%"),
        ("较2020年增减(%)", "", None, "change", "%"),
        ("与上年相比增减数", "", None, "change", None),
        ("案件同比(%)", "案件", None, "change", "%"),
        ("同比%", "", None, "change", "%"),
        ("±%", "", None, "change", "%"),
        ("工业增加值", "工业增加值", None, None, None),
        ("新增纠纷", "新增纠纷", None, None, None),
        ("年度计划", "", None, "target", None),
        ("调解计划数", "调解", None, "target", None),
        ("普法计划(个)", "普法计划", None, None, "个"),
        ("完成情况", "", None, "actual", None),
        ("二、本年新收申请数量", "本年新收申请数量", None, None, None),
        ("第二十条第(一)项", "", None, None, None),
        ("培训(线上)", "培训(线上)", None, None, None),
    ],
)
def test_a_heading_is_read(text: str, name: str, year: int | None, role: str | None, unit: str | None) -> None:
    heading = read_heading(fold(text), 2021, Units(("件", "个", "% % 1 ratio")))
    said = heading.unit.base if heading.unit else None
    assert (heading.name, heading.year, heading.role, said) == (name, year, role, unit)


@pytest.mark.parametrize("head", ["项目", "栏次", "序号"])
def test_numbers_of_columns_are_no_values(head: str, tmp_path: Path) -> None:
    rows = [["指标", "立案（件）", "结案（件）"], [head, "1", "2"], ["甲村", "3", "4"]]
    assert [row[:2] for row in read(tmp_path / "page.html", page(rows))] == [("甲村立案", 3), ("甲村结案", 4)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["月份", "受理（件）"], ["1月", "3"], ["2-3月", "4"]], [("受理", "1月"), ("受理", "2-3月")]),
        ([["季度", "受理（件）"], ["一季度", "3"], ["上半年", "4"]], [("受理", "一季度"), ("受理", "上半年")]),
        ([["日期", "活动", "人数（人）"], ["2021年3月5日", "讲座", "60"]], [("讲座人数", "2021年3月5日")]),
    ],
)
def test_a_month_or_day_before_a_row_is_its_period(
    rows: list[list[str]], said: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(rows), encoding="utf-8")
    found = [one for one in extractor.extract_file(path).indicators if one.source == "table"]
    assert [(one.name, one.period, one.year) for one in found] == [(name, period, 2021) for name, period in said]


def test_a_column_of_units_holds_no_numeral_without_class(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page([["指标", "单位", "2021年"], ["财政投入", "万元", "3.5"]]), encoding="utf-8")
    found = extractor.extract_file(path)
    start = found.document.tables[0].span.start
    assert [str(one.kind) for one in found.numerals if one.span.start >= start] == ["date", "name", "indicator"]


def test_numbers_from_one_up_under_a_name_are_values(tmp_path: Path) -> None:
    rows = [["村", "立案（件）", "结案（件）"], ["甲村", "1", "1"], ["乙村", "2", "2"]]
    assert [value for _, value, *_ in read(tmp_path / "page.html", page(rows))] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("before", "year"),
    [
        ("表1 2020年各村纠纷情况统计表", 2020),
        ("2020年度各村纠纷一览（单位：件）", 2020),
        ("与2020年相比有所下降，情况如下：", 2021),
        ("各村纠纷情况表", 2021),
    ],
)
def test_the_title_of_a_table_gives_its_year(before: str, year: int, tmp_path: Path) -> None:
    rows = [["村", "纠纷"], ["甲村", "12"]]
    assert read(tmp_path / "page.html", page(rows, before))[0][4] == year


def test_a_table_of_a_plan_promises(tmp_path: Path) -> None:
    rows = [["村", "调解室（个）"], ["甲村", "2"]]
    found = read(tmp_path / "page.html", page(rows, heading="三、下一步工作打算"))
    assert [(name, role, year) for name, _, _, role, year in found] == [("甲村调解室", "target", 2022)]


def test_carried_over_from_last_year_is_of_this_year(tmp_path: Path) -> None:
    rows = [["申请", "总计"], ["上年结转政府信息公开申请数量", "3"], ["本年新收政府信息公开申请数量", "4"]]
    assert [(role, year) for *_, role, year in read(tmp_path / "page.html", page(rows))] == [("actual", 2021)] * 2


def test_every_numeral_of_a_table_has_a_class(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    rows = [["序号", "单位", "2020年", "2021年"], ["1", "甲村", "12", "13"], ["2", "乙村", "9", "8"]]
    path.write_text(page(rows), encoding="utf-8")
    found = extractor.extract_file(path)
    start = found.document.tables[0].span.start
    classes = [str(one.kind) for one in found.numerals if one.span.start >= start]
    assert classes == ["date", "date", "ordinal", "indicator", "indicator", "ordinal", "indicator", "indicator"]
