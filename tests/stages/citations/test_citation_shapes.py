"""Every shape of document numbers and titles with the rows that it gives; docs/citations.md shows the same table.

`GOVREPORT_REGOLD=1 pytest tests/stages/citations/test_citation_shapes.py` writes the table anew; a test holds that switch off.
"""

import os
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.datamodel.records import Citation

DOCS = ROOT / "docs" / "citations.md"
OPEN, CLOSE = "<!-- table -->\n", "<!-- end of table -->"
# shape, text, wanted rows: (title, number, kind)
Case = tuple[str, str, list[tuple[str | None, str | None, str]]]
NORM, PARTY, PLAN, LAW, RULE = "normative_document", "party_document", "plan", "law", "rule"
ADMIN = "administrative_regulation"
NUMBERS: list[Case] = [
    ("〔〕, the standard", "根据闵府办发〔2021〕18号要求", [(None, "闵府办发〔2021〕18号", NORM)]),
    (
        "﹝﹞ and 〔〕 in one sentence",
        "按照甲卫函﹝2021﹞3号和甲卫发〔2021〕4号办理",
        [(None, "甲卫函〔2021〕3号", NORM), (None, "甲卫发〔2021〕4号", NORM)],
    ),
    ("() round the year", "依据沪绿容规备字(2010)3号备案", [(None, "沪绿容规备字〔2010〕3号", NORM)]),
    ("（） round the year", "依据沪绿容规备字（2010）3号备案", [(None, "沪绿容规备字〔2010〕3号", NORM)]),
    ("low quotes as brackets", "落实国办发„2009‟3号", [(None, "国办发〔2009〕3号", NORM)]),
    ("year lost, traditional characters", "貫徹國發〔〕33號", [(None, "国发〔〕33号", NORM)]),
    ("no brackets", "学习中办发2022年22号文件", [(None, "中办发〔2022〕22号", PARTY)]),
    ("year and serial run together", "见甲区政办发201756号文件", [(None, "甲区政办发〔2017〕56号", NORM)]),
    ("[] round the year", "落实甲府发[2020]4号", [(None, "甲府发〔2020〕4号", NORM)]),
    ("【】 round the year", "落实甲府发【2020】4号", [(None, "甲府发〔2020〕4号", NORM)]),
    (
        "two-digit year, 第 and spaces",
        "《房屋完损等级评定标准》（城住字〔84〕第 678 号）",
        [("房屋完损等级评定标准", "城住字〔1984〕678号", NORM)],
    ),
    ("leading zero", "印发京政发〔2021〕0012号", [(None, "京政发〔2021〕12号", NORM)]),
    (
        "further serials of one code and year",
        "根据国发〔2019〕5号、6号和第8号文件",
        [(None, "国发〔2019〕5号", NORM), (None, "国发〔2019〕6号", NORM), (None, "国发〔2019〕8号", NORM)],
    ),
    (
        "every number of a range",
        "按照甲府发〔2021〕3-5号文件",
        [(None, f"甲府发〔2021〕{serial}号", NORM) for serial in (3, 4, 5)],
    ),
    (
        "serials that share one 号",
        "按照甲府发〔2021〕12、13号文件",
        [(None, "甲府发〔2021〕12号", NORM), (None, "甲府发〔2021〕13号", NORM)],
    ),
    (
        "number with a part",
        "根据《甲县信访细则》（甲府办字〔2021〕12-1号）",
        [("甲县信访细则", "甲府办字〔2021〕12-1号", NORM)],
    ),
    (
        "half of the bracket lost",
        "执行甲政办〔20222号和甲政办2021〕15号",
        [(None, "甲政办〔2022〕2号", NORM), (None, "甲政办〔2021〕15号", NORM)],
    ),
    (
        "sentence in front of the code",
        "建设任务参见甲教函〔2021〕36号",
        [(None, "甲教函〔2021〕36号", NORM)],
    ),
    (
        "body in front of its code",
        "县委甲发〔2021〕5号、县政府甲政〔2021〕6号联合下发",
        [(None, "甲发〔2021〕5号", NORM), (None, "甲政〔2021〕6号", NORM)],
    ),
    (
        "another year of the same code",
        "按照甲府发[2021]3号、[2022]4号文件",
        [(None, "甲府发〔2021〕3号", NORM), (None, "甲府发〔2022〕4号", NORM)],
    ),
    (
        "order with a year",
        "依照交通运输部令2021年第3号",
        [(None, "交通运输部令〔2021〕3号", RULE)],
    ),
    (
        "state's name in front of the order",
        "依照中华人民共和国国务院令（第711号）",
        [(None, "中华人民共和国国务院令711号", ADMIN)],
    ),
    ("a paper, no code, on the line before", "工作报告\n〔2021〕3号", []),
    ("5号、6号楼 are houses", "依据甲府〔2020〕5号、6号楼已拆除", [(None, "甲府〔2020〕5号", NORM)]),
    (
        "order without a year",
        "《政府信息公开条例》（国务院令第711号）",
        [("政府信息公开条例", "国务院令711号", ADMIN)],
    ),
    (
        "order of a province",
        "《上海市房屋使用安全管理办法》(沪府令 39 号)",
        [("上海市房屋使用安全管理办法", "沪府令39号", RULE)],
    ),
    ("order, bare", "《垃圾处理管理规定》（政府令第57号）", [("垃圾处理管理规定", "政府令57号", RULE)]),
    ("order, number before 令", "依照公安部第129号令", [(None, "公安部令129号", RULE)]),
    (
        "number before its title",
        "发展和改革委员会令第16号《必须招标的工程项目规定》",
        [("必须招标的工程项目规定", "发展和改革委员会令16号", RULE)],
    ),
    ("prose number", "国务院一九八〇年223号文件", [(None, "国务院〔1980〕223号", NORM)]),
    ("half-width wrap", "《甲办法》(沪绿容工〔2013〕8号)", [("甲办法", "沪绿容工〔2013〕8号", NORM)]),
    (
        "list with nothing between",
        "《甲办法》（沪建城管联〔2017〕420号）《乙办法》（沪绿容规〔2018〕5号）",
        [("甲办法", "沪建城管联〔2017〕420号", NORM), ("乙办法", "沪绿容规〔2018〕5号", NORM)],
    ),
    (
        "one number, two titles",
        "《关于恳请支持的函》（鄂政文〔2004〕15号）即《湖北省人民政府关于恳请支持的函》（鄂政文〔2004〕15号）",
        [
            ("关于恳请支持的函", "鄂政文〔2004〕15号", NORM),
            ("湖北省人民政府关于恳请支持的函", "鄂政文〔2004〕15号", NORM),
        ],
    ),
    ("metadata field", "文号：浦张府规〔2026〕1号", [(None, "浦张府规〔2026〕1号", NORM)]),
    ("field present but empty", "[ 发文字号 ] 无", []),
    ("glued to the next word", "国发〔2008〕17号各省、自治区", [(None, "国发〔2008〕17号", NORM)]),
    ("traditional 號 and 辦", "江府辦〔2024〕37號", [(None, "江府办〔2024〕37号", NORM)]),
    ("broken over a line", "执行国发〔2015〕\n36号精神", [(None, "国发〔2015〕36号", NORM)]),
    (
        "joint numbers",
        "印发甲发〔2020〕1号、乙发〔2020〕2号",
        [(None, "甲发〔2020〕1号", NORM), (None, "乙发〔2020〕2号", NORM)],
    ),
    ("two characters", "见南府〔2025〕7号", [(None, "南府〔2025〕7号", NORM)]),
    ("a verb with 了 in front", "总结了甲委发〔2020〕3号", [(None, "甲委发〔2020〕3号", PARTY)]),
    ("与 in front, a ministry's code", "与发改投资〔2022〕1652号一并执行", [(None, "发改投资〔2022〕1652号", NORM)]),
    ("body written out in front", "最高人民法院法释〔2018〕1号", [(None, "法释〔2018〕1号", NORM)]),
    (
        "a bracket part in the code",
        "送达甲公（治）行罚决字〔2021〕10号",
        [(None, "甲公(治)行罚决字〔2021〕10号", NORM)],
    ),
    ("masked place", "落实XX政办〔2020〕3号", [(None, "XX政办〔2020〕3号", NORM)]),
    (
        "order with its number in brackets",
        "见国家市场监督管理总局令（第31号）",
        [(None, "国家市场监督管理总局令31号", RULE)],
    ),
    ("a verb or a paper, no code", "出具〔2021〕3号，见会议纪要〔2021〕3号", []),
    ("standard of the nation", "按GB/T 9704—2012排版", [(None, "GB/T9704-2012", "standard")]),
    ("standard of a trade", "《危险房屋鉴定标准》（JGJ125-2016）", [("危险房屋鉴定标准", "JGJ125-2016", "standard")]),
    (
        "standard of a place",
        "按DB11/T1234-2019和DG/TJ08-79-2008",
        [(None, "DB11/T1234-2019", "standard"), (None, "DG/TJ08-79-2008", "standard")],
    ),
    ("court case", "（2020）沪0113行初123号判决", [(None, "(2020)沪0113行初123号", "case")]),
    ("index number, no citation", "索引号 115000/2026-00001", []),
    ("house number, no citation", "完成2022年22号楼改造", []),
    ("hotline, no citation", "受理“12345”热线（办761）", []),
]
TITLES: list[Case] = [
    ("plain", "落实《甲镇工作要点》", [("甲镇工作要点", None, PLAN)]),
    ("nested <>", "参照《<甲区投资办法>及其配套办法》", [("<甲区投资办法>及其配套办法", None, NORM)]),
    ("nested 〈〉", "印发《甲县贯彻〈纲要〉实施方案》", [("甲县贯彻〈纲要〉实施方案", None, PLAN)]),
    ("nested title first", "《〈甲市物业办法〉若干规定》", [("〈甲市物业办法〉若干规定", None, NORM)]),
    ("full sentence inside", "推出《现在出发！2019，再走一程》", [("现在出发！2019，再走一程", None, "other")]),
    ("bracket part inside", "修订《甲镇考核办法（试行）》", [("甲镇考核办法（试行）", None, NORM)]),
    (
        "bracket part outside",
        "《甲镇财务制度》（试行）（甲府发〔2019〕3号）",
        [("甲镇财务制度", "甲府发〔2019〕3号", NORM)],
    ),
    (
        "的通知 and 文号 between",
        "《甲镇方案》的通知（文号：甲镇发〔2021〕5号）",
        [("甲镇方案", "甲镇发〔2021〕5号", PLAN)],
    ),
    ("broken over a line", "《网站集约化\n试点工作方案》", [("网站集约化试点工作方案", None, PLAN)]),
    ("stray space", "《建设“消防站”的 项目方案》", [("建设“消防站”的 项目方案", None, PLAN)]),
    ("range dash lost", "《甲区法治建设纲要(20212025年)》", [("甲区法治建设纲要(20212025年)", None, PLAN)]),
    ("closing 》 missing", "《甲镇规划《乙镇纲要》", [("甲镇规划", None, PLAN), ("乙镇纲要", None, PLAN)]),
    (
        "short form introduced",
        "《甲镇信访条例》（以下简称《条例》）施行，宣传《条例》",
        [("甲镇信访条例", None, ADMIN), ("条例", None, ADMIN), ("条例", None, ADMIN)],
    ),
    (
        "short form behind a number",
        "《国务院关于甲事的意见》（国发〔2010〕33号，以下简称《意见》）",
        [("国务院关于甲事的意见", "国发〔2010〕33号", NORM), ("意见", None, NORM)],
    ),
    ("law by its short name, articles", "依据《行政处罚法》第三十五条第二款、第三十六条", [("行政处罚法", None, LAW)]),
    ("newspaper", "在《人民日报》刊发", [("人民日报", None, "other")]),
    ("form", "发出《工作建议书》2份", [("工作建议书", None, "other")]),
    ("name of a law without 《》", "学习宪法和行政处罚法", []),
]
CASES = [("§1", *case) for case in NUMBERS] + [("§2", *case) for case in TITLES]


def rows(text: str, **options: Any) -> tuple[Citation, ...]:
    return extractor.extract(text, **options).citations


@pytest.mark.parametrize(
    ("text", "wanted"), [pytest.param(text, wanted, id=f"{part} {shape}") for part, shape, text, wanted in CASES]
)
def test_each_shape_gives_its_rows(text: str, wanted: list[tuple[str | None, str | None, str]]) -> None:
    assert [(c.title, c.number, c.kind.value) for c in rows(text)] == wanted


def table() -> str:
    """The table of docs/citations.md, made from what the program gives."""
    lines = ["| | shape | text | title | number | kind | issuer | stands for | articles |", "|" + "---|" * 9]
    for part, shape, text, _ in CASES:
        head = f"| {part} | {shape} | {text.replace(chr(10), '⏎')} |"
        for c in rows(text) or (None,):
            cells = [] if c is None else [c.title, c.number, c.kind.value, c.issuer, c.full_title, c.articles]
            lines.append(head + " " + " | ".join(cell or "" for cell in cells or [""] * 6) + " |")
            head = "| | | |"
    return "\n".join(lines) + "\n"


def test_the_documented_table_is_what_the_program_gives() -> None:
    text = DOCS.read_text(encoding="utf-8")
    before, _, rest = text.partition(OPEN)
    shown, _, after = rest.partition(CLOSE)
    if os.environ.get("GOVREPORT_REGOLD") == "1":
        DOCS.write_text(before + OPEN + table() + CLOSE + after, encoding="utf-8")
    else:
        assert shown == table()


def test_laws_without_marks_are_found_only_when_asked_for() -> None:
    text = "组织学习宪法和行政处罚法，开展宪法宣传周活动，宣传《民法典》。"
    assert [c.title for c in rows(text)] == ["民法典"]
    assert [c.title for c in rows(text, bare_laws=True)] == ["宪法", "行政处罚法", "民法典"]


@given(st.sets(st.integers(1, 300), min_size=2, max_size=6))
def test_every_serial_of_a_list_is_a_mention_with_its_own_place(serials: set[int]) -> None:
    ordered = sorted(serials)
    text = "根据甲府发〔2021〕" + "、".join(map(str, ordered)) + "号文件"
    found = rows(text)
    assert [c.serial for c in found] == ordered
    assert len({c.span for c in found}) == len(found)


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_dash_is_a_range_upwards_and_a_part_downwards(first: int, second: int) -> None:
    found = [c.number for c in rows(f"根据甲府发〔2021〕{first}-{second}号文件")]
    if second <= first:
        assert found == [f"甲府发〔2021〕{first}-{second}号"]
    elif second - first <= 30:
        assert found == [f"甲府发〔2021〕{n}号" for n in range(first, second + 1)]
    else:
        assert found == [f"甲府发〔2021〕{first}号"]


PIECES = st.sampled_from(
    [
        *"《》〈〉<>（）()〔〕[]【】„‟“”、，。；\n 第号号令条款年发办府委国沪宝",
        "2020",
        "12",
        "以下简称",
        "国务院令",
        "GB/T ",
        "行初",
        "二〇",
    ]
)


@given(
    st.one_of(st.text(st.characters(exclude_categories=["C"]), max_size=80), st.lists(PIECES, max_size=40).map("".join))
)
def test_any_text_gives_citations_whose_quotes_are_slices(text: str) -> None:
    extraction = extractor.extract("报告\n" + text, bare_laws=True)
    for row in extraction.to_frames()["citations"].itertuples():
        assert row.quote == extraction.document.text[row.char_start : row.char_end] != ""
        assert row.title != "" and row.number != ""


@given(st.sampled_from(["甲府发", "国办发", "沪绿容规"]), st.integers(1950, 2049), st.integers(1, 9999))
def test_the_brackets_do_not_change_the_number(code: str, year: int, serial: int) -> None:
    forms = [
        f"{code}{opened}{year}{closed}{serial}号" for opened, closed in ("〔〕", "﹝﹞", "()", "（）", "[]", "【】")
    ]
    for form in [*forms, f"{code}〔{year}〕第 {serial} 号", f"{code}〔{year}〕0{serial}号"]:
        assert [c.number for c in rows(f"根据{form}要求")] == [f"{code}〔{year}〕{serial}号"]
