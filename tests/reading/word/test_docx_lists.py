"""Lists of Word files: the numbers that stand in no run, by format, level, style and override."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import (
    CHINESE,
    MARK_GONE,
    abstract,
    check_offsets,
    in_list,
    level,
    num,
    p,
    r,
    reading,
    word,
)

from extractor.reading.number_formats import counted, numbered
from extractor.text.numerals import chinese_value


def numbered_text(numbering: str, *paragraphs: tuple[str, str], styles: str = "") -> list[str]:
    body = "".join(p(text, properties=properties) for text, properties in paragraphs)
    document = reading(word(body, numbering=numbering, styles=styles))
    check_offsets(document)
    return document.text.split("\n")


def items(numbering: str, *places: tuple[int, int]) -> list[str]:
    """Labels of paragraphs in (list, level), all with the text 甲."""
    found = numbered_text(numbering, *(("甲", in_list(*place)) for place in places))
    return [line.removesuffix("甲") for line in found]


LISTS = {
    "levels of an official document": (CHINESE + num(5, 1), [(5, 0), (5, 1), (5, 1), (5, 2), (5, 3), (5, 0), (5, 1), (5, 2)], ["一、", "（一）", "（二）", "1. ", "① ", "二、", "（一）", "1. "]),
    "two lists of one kind count on": (CHINESE + num(5, 1) + num(6, 1), [(5, 0), (6, 0), (5, 0)], ["一、", "二、", "三、"]),
    "a start of its own": (CHINESE + num(5, 1) + num(6, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'), [(5, 0), (5, 0), (6, 0), (6, 0), (5, 0)], ["一、", "二、", "一、", "二、", "三、"]),
    "a level of its own": (CHINESE + num(5, 1) + num(6, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)")}</w:lvlOverride>'), [(5, 0), (6, 0)], ["一、", "II) "]),
    "a start that is not one": (abstract(1, level(0, "decimal", "%1.", start=4)) + num(5, 1), [(5, 0), (5, 0)], ["4. ", "5. "]),
    "numbers of all levels": (abstract(1, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "decimal", "%2.%3")) + num(5, 1), [(5, 0), (5, 1), (5, 2), (5, 2), (5, 0), (5, 1)], ["第一章 ", "1.1 ", "1.1 ", "1.2 ", "第二章 ", "2.1 "]),
    "a level passed over": (abstract(1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + num(5, 1), [(5, 1), (5, 0)], ["1.1 ", "1 "]),
    "a level that never begins anew": (abstract(1, level(0, "decimal", "%1"), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')) + num(5, 1), [(5, 0), (5, 1), (5, 0), (5, 1)], ["1 ", "(1) ", "2 ", "(2) "]),
    "a level that begins anew behind the first only": (abstract(1, *(level(at, "decimal", f"%{at + 1}", '<w:lvlRestart w:val="1"/>' if at == 2 else "") for at in range(3))) + num(5, 1), [(5, 0), (5, 2), (5, 1), (5, 2), (5, 0), (5, 2)], ["1 ", "1 ", "1 ", "2 ", "2 ", "1 "]),
    "bullets and empty labels": (abstract(1, level(0, "bullet", "\uf06c"), level(1, "decimal", "")) + num(5, 1), [(5, 0), (5, 1)], ["", ""]),
    "words without a number": (abstract(1, level(0, "none", "附："), level(1, "none", "注 ")) + num(5, 1), [(5, 0), (5, 1)], ["附：", "注 "]),
    "lists that are not there": (CHINESE + num(5, 1) + num(7, 99), [(0, 0), (9, 0), (7, 0), (5, 8), (5, 99)], ["", "", "", "", ""]),
    "a script that is not ours": (abstract(1, level(0, "thaiCounting", "%1.")) + num(5, 1), [(5, 0)], ["1. "]),
    "as many zeros as are asked for": (abstract(1, '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>') + num(5, 1), [(5, 0)], ["007 "]),
    "a list style": ('<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>' + abstract(1, '<w:styleLink w:val="L"/>', level(0, "decimal", "%1.")) + num(5, 2) + num(6, 1), [(5, 0), (6, 0)], ["1. ", "2. "]),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS, ids=str)
def test_list_numbers_stand_in_the_text(case: str) -> None:
    numbering, places, labels = LISTS[case]
    assert items(numbering, *places) == labels


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"/>'
    f'<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="N"/><w:pPr>{in_list(5)}</w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="N"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mute"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Pool"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Pool"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
)


def style(name: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{name}"/>{more}'


def test_numbers_come_by_styles_and_what_they_are_based_on() -> None:
    numbering = abstract(1, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:pStyle w:val="H2"/>'))
    found = numbered_text(
        numbering + num(5, 1),
        ("甲", style("H1")),
        ("乙", style("H2")),
        ("丙", style("Mine")),
        ("丁", style("Mute")),
        ("戊", style("H1", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')),
        ("己", style("H1", '<w:numPr><w:ilvl w:val="1"/></w:numPr>')),
        ("庚", style("Loop")),
        ("辛", style("Nowhere")),
        styles=STYLES,
    )
    assert found == ["一、甲", "1. 乙", "二、丙", "丁", "戊", "1. 己", "庚", "辛"]


def test_styles_hide_text() -> None:
    body = p("甲", r("乙", '<w:rStyle w:val="Gone"/>'), r("丙", '<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>'))
    assert reading(word(body, styles=STYLES)).text == "甲丙"


def test_a_label_has_no_raw_place_and_is_counted() -> None:
    document = reading(
        word(
            p("　　总体情况", properties=in_list(5)) + p("5亿元", properties=in_list(5, 2)),
            numbering=CHINESE + num(5, 1),
        )
    )
    assert document.text == "　　一、总体情况\n1. 5亿元"
    assert document.offsets is not None
    assert list(document.offsets.raw) == [0, 1, -1, -1, 2, 3, 4, 5, -1, -1, -1, -1, 7, 8, 9]
    assert document.warnings == ("2 list numbers set into the text",)


def test_digits_do_not_run_into_a_label_that_word_sets_close() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')) + num(5, 1)
    assert numbered_text(numbering, ("5亿元", in_list(5)), ("开展5次", in_list(5))) == ["1. 5亿元", "2.开展5次"]


def test_deleted_and_hidden_paragraphs_are_not_counted_empty_ones_are() -> None:
    gone = p(f"<w:del>{r('<w:delText>旧</w:delText>')}</w:del>", properties=in_list(5) + MARK_GONE)
    hidden = p(r("藏", "<w:vanish/>"), properties=in_list(5) + "<w:rPr><w:vanish/></w:rPr>")
    body = p("甲", properties=in_list(5)) + gone + hidden + p("乙", properties=in_list(5))
    body += p(properties=in_list(5)) + p("丙", properties=in_list(5))
    assert reading(word(body, numbering=CHINESE + num(5, 1))).text == "一、甲\n二、乙\n四、丙"


FORMATS = {
    "decimal": {0: "0", 1: "1", 120: "120"},
    "decimalZero": {3: "03", 12: "12"},
    "decimalFullWidth": {12: "１２"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21"},
    "decimalEnclosedParen": {2: "⑵"},
    "decimalEnclosedFullstop": {3: "⒊"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○"},
    "chineseCountingThousand": {10: "十", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 10010: "一万零一十"},
    "japaneseCounting": {1: "一", 10: "十", 11: "十一", 21: "二十一", 100: "百", 110: "百十"},
    "ideographDigital": {1: "一", 10: "一〇", 100: "一〇〇"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 11: "壹拾壹", 20: "贰拾", 105: "壹佰零伍"},
    "ideographLegalTraditional": {3: "參", 12: "壹拾貳"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {12: "亥"},
    "ideographZodiacTraditional": {1: "甲子", 60: "癸亥"},
    "ideographEnclosedCircle": {3: "㈢"},
    "upperRoman": {4: "IV", 1994: "MCMXCIV"},
    "lowerRoman": {9: "ix"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 53: "AAA"},
    "lowerLetter": {2: "b"},
    "ordinal": {1: "1st", 12: "12th", 23: "23rd"},
    "none": {4: ""},
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_number_formats(name: str) -> None:
    assert {value: numbered(value, name) for value in FORMATS[name]} == FORMATS[name]


@given(st.integers(1, 99_999))
def test_counted_numbers_are_those_that_the_numerals_read(value: int) -> None:
    assert chinese_value(counted(value)) == value


@given(st.integers(-5, 10**8), st.sampled_from(sorted(FORMATS)))
def test_any_value_has_a_short_text_in_any_format(value: int, name: str) -> None:
    text = numbered(value, name)
    assert text is not None
    assert len(text) < 120
