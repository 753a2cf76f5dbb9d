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
        "first and last of a range",
        "按照甲府发〔2021〕3-5号文件",
        [(None, "甲府发〔2021〕3号", NORM), (None, "甲府发〔2021〕5号", NORM)],
    ),
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


# --- issuers, short forms, relations


REPORT = "罗店镇2020年法治政府建设情况报告\n一、上海市宝山区罗店镇工作\n"


@pytest.mark.parametrize(
    ("path", "text", "issuer", "relation", "confidence"),
    [
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}印发《罗店镇投资办法》（宝罗府〔2019〕135号）",
            "上海市宝山区罗店镇人民政府",
            "own",
            "high",
            id="own",
        ),
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}印发《投资办法》（宝罗府〔2019〕135号）",
            "上海市宝山区罗店镇人民政府",
            "own",
            "medium",
            id="own-as-well-as-neighbour",
        ),
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}落实宝法治政府办〔2020〕4号",
            "上海市宝山区法治政府办",
            "superior",
            "medium",
            id="office-of-county",
        ),
        pytest.param(
            "罗店镇.txt", f"{REPORT}落实国办发〔2020〕4号", "国务院办公厅", "superior", "certain", id="centre"
        ),
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}落实沪委办发〔2020〕4号",
            "中共上海市委办公厅",
            "party",
            "high",
            id="party",
        ),
        pytest.param(
            "罗店镇.txt", f"{REPORT}参照浙政办发〔2020〕4号", "浙江省人民政府办公厅", "other", "medium", id="other"
        ),
        pytest.param("罗店镇.txt", f"{REPORT}参照甲乙丙〔2020〕4号", None, None, None, id="unknown-stays-null"),
        pytest.param("x.txt", "参照甲府发〔2020〕4号", None, None, None, id="no-place-no-issuer"),
        pytest.param(
            "镇巴县.txt",
            "镇巴县2024年法治政府建设情况报告\n落实镇政发〔2024〕7号",
            "陕西省汉中市镇巴县人民政府",
            "own",
            "high",
            id="a-county-called-town",
        ),
    ],
)
def test_issuer_codes_are_decoded_or_left_unknown(
    path: str, text: str, issuer: str | None, relation: str | None, confidence: str | None
) -> None:
    (citation,) = rows(text, name=path)
    assert (citation.issuer, citation.issuer_relation, citation.issuer_confidence) == (issuer, relation, confidence)


def test_the_title_goes_before_the_code_where_both_name_an_issuer() -> None:
    (citation,) = rows("《云泽省人民政府办公厅关于乙事的意见》（云政办发〔2020〕45号）")
    assert (citation.issuer, citation.issuer_confidence) == ("云泽省人民政府办公厅", "stated")


def test_a_short_form_stands_for_what_was_introduced_last() -> None:
    text = "《甲办法》（以下简称《办法》）第三条。《办法》。《乙办法》（以下简称“办法”）。《办法》。"
    assert [c.full_title for c in rows(text)] == [None, "甲办法", "甲办法", None, "乙办法"]


def test_a_short_form_with_two_meanings_stands_for_none() -> None:
    assert rows("落实《甲条例》《乙条例》，按照《条例》")[-1].full_title is None


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("贯彻落实《甲办法》（甲府〔2020〕1号）、《乙办法》", "贯彻落实"),
        ("根据新修订的《甲办法》", "根据"),
        ("落实国务院印发的《甲办法》", "落实"),
        ("对《甲办法》进行修订", "修订"),
        ("将《甲办法》予以废止", "废止"),
        ("组织学习《关于完善乙事的通知》《甲办法》", "学习"),
        ("《甲办法》施行", None),
    ],
)
def test_relation_is_what_the_report_does_with_the_document(text: str, relation: str | None) -> None:
    assert rows(text)[-1].relation == relation


def test_laws_without_marks_are_found_only_when_asked_for() -> None:
    text = "组织学习宪法和行政处罚法，开展宪法宣传周活动，宣传《民法典》。"
    assert [c.title for c in rows(text)] == ["民法典"]
    assert [c.title for c in rows(text, bare_laws=True)] == ["宪法", "行政处罚法", "民法典"]


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
