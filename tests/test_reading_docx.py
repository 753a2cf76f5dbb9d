"""Word files: the text as it stands after all changes, list numbers, tables, notes, and what must be refused."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import OLE, abstract, in_list, level, members, num, p, packed, r, reading, word

from extractor.errors import DamagedFile, EncryptedFile, NoTextLayer, ReadingError, TooLarge, UnsupportedFormat
from extractor.pipeline import build_context, extract_document
from extractor.reading import docx as reader
from extractor.reading import word_package
from extractor.reading.word_numbers import counted, numbered
from extractor.text.numerals import chinese_value

_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (_FIELD.format(kind) for kind in ("begin", "separate", "end"))
INSTRUCTION = r('<w:instrText xml:space="preserve"> REF x \\h </w:instrText>')
MARK_GONE = "<w:rPr><w:del/></w:rPr>"
BOX = "<w:txbxContent>{}</w:txbxContent>"
CHOICE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
    "<wps:txbx>{0}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
    "<w:pict><v:shape><v:textbox>{0}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)

INLINE = {
    "insertion kept, deletion dropped": (p("办结", f"<w:del>{r('<w:delText>11</w:delText>')}</w:del>", f"<w:ins>{r('12')}</w:ins>", "件"), "办结12件"),
    "move: target kept, source dropped": (p(f"<w:moveFrom>{r('旧处')}</w:moveFrom>", "甲", f"<w:moveTo>{r('新处')}</w:moveTo>"), "甲新处"),
    "inserted by one, deleted by another": (p("甲", f"<w:ins><w:del>{r('<w:delText>乙</w:delText>')}</w:del>{r('丙')}</w:ins>"), "甲丙"),
    "deleted mark of a paragraph": (p("全年办结", properties=MARK_GONE) + p("12件。"), "全年办结12件。"),
    "moved mark of a paragraph": (p("全年", properties="<w:rPr><w:moveFrom/></w:rPr>") + p("12件。"), "全年12件。"),
    "paragraph deleted as a whole": (p(f"<w:del>{r('<w:delText>旧</w:delText>')}</w:del>", properties=MARK_GONE) + p("新"), "新"),
    "last paragraph without an end": (p("甲") + p("乙", properties=MARK_GONE), "甲\n乙"),
    "change of properties": (p("甲", properties="<w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange>") + p("乙"), "甲\n乙"),
    "content control": (f"<w:sdt><w:sdtContent>{p('块', f'<w:sdt><w:sdtPr/><w:sdtContent>{r(chr(0x884c))}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>", "块行"),
    "placeholder of a content control": (p("甲", f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"), "甲"),
    "hyperlink, smart tag, field, custom XML": (p(f'<w:hyperlink w:anchor="a">{r("甲")}</w:hyperlink>', f'<w:smartTag>{r("乙")}</w:smartTag>', f'<w:fldSimple w:instr="DATE">{r("丙")}</w:fldSimple>', f"<w:customXml>{r('丁')}</w:customXml>"), "甲乙丙丁"),
    "complex field": (p("见", BEGIN, INSTRUCTION, SEPARATE, "第三节", END, "。"), "见第三节。"),
    "field without a result": (p("甲", BEGIN, INSTRUCTION, END, "乙"), "甲乙"),
    "field inside an instruction": (p(BEGIN, r("<w:instrText>IF </w:instrText>"), BEGIN, INSTRUCTION, SEPARATE, "内", END, SEPARATE, "外", END), "外"),
    "field over paragraphs": (p(BEGIN, INSTRUCTION, SEPARATE, "一、甲") + p("二、乙") + p(END), "一、甲\n二、乙"),
    "field that never ends": (p("甲", BEGIN, "乙") + p("丙"), "甲乙\n丙"),
    "field that only a deletion ends": (p("甲", BEGIN, INSTRUCTION, SEPARATE, "乙", END, f"<w:del>{BEGIN}{r('<w:delText>丙</w:delText>')}</w:del>", "丁"), "甲乙丁"),
    "tick of a form": (p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>', INSTRUCTION, END, "是"), "☑是"),
    "chosen entry of a form": (p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="否"/><w:listEntry w:val="是"/></w:ddList></w:ffData></w:fldChar></w:r>', INSTRUCTION, END), "是"),
    "symbols": (p("甲", r('<w:sym w:font="Wingdings" w:char="F0FC"/>'), r('<w:sym w:font="Symbol" w:char="F0B3"/>'), r("\uf081", '<w:rFonts w:ascii="Wingdings"/>')), "甲✓≥①"),
    "tab, hyphens": (p("甲", r("<w:tab/>"), "乙", r("<w:noBreakHyphen/>"), "丙", r("<w:softHyphen/>"), "丁"), "甲\t乙-丙丁"),
    "break between sentences": (p("甲。", r("<w:br/>"), "乙。"), "甲。\n乙。"),
    "break inside a sentence": (p("一、成效。完善法律", r("<w:br/>"), " 顾问制度，很好。"), "一、成效。完善法律顾问制度，很好。"),
    "a line that looks like a page number": (p("得分：", r("<w:br/>"), "19/20"), "得分：\n19/20"),
    "hidden text": (p("甲", r("乙", "<w:vanish/>"), r("丙", '<w:vanish w:val="0"/>'), r("丁", '<w:vanish w:val="false"/>')), "甲丙丁"),
    "hidden mark": (p("一、总体情况。", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("全年平稳。"), "一、总体情况。全年平稳。"),
    "phonetic guide": (p(r("<w:ruby><w:rt><w:r><w:t>zhèn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>镇</w:t></w:r></w:rubyBase></w:ruby>")), "镇"),
    "formula": (p("率为", "<m:oMath><m:f><m:num><m:r><m:t>甲</m:t></m:r></m:num><m:den><m:r><m:t>乙</m:t></m:r></m:den></m:f></m:oMath>"), "率为甲/乙"),
    "white space of the source": ("<w:p><w:r><w:t>\n   甲\n   乙\n  </w:t></w:r></w:p>", "甲 乙"),
    "radicals": (p("⼯作⽅⾯"), "工作方面"),
    "two ways to draw one box": (p("甲", CHOICE.format(BOX.format(p("框中文字")))) + p("乙"), "甲\n框中文字\n乙"),
    "only the older way holds the box": (p("甲", f'<w:r><mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback><w:pict><v:textbox>{BOX.format(p("框"))}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'), "甲\n框"),
    "box in a box": (p("甲", f"<w:r><w:pict>{BOX.format(p('外', f'<w:r><w:pict>{BOX.format(p(chr(0x5185)))}</w:pict></w:r>'))}</w:pict></w:r>"), "甲\n外\n内"),
    "deleted box": (p("甲", f"<w:del><w:r><w:pict>{BOX.format(p('框'))}</w:pict></w:r></w:del>"), "甲"),
    "comment": (p("甲", '<w:commentRangeStart w:id="0"/>', "乙", r('<w:commentReference w:id="0"/>')), "甲乙"),
}  # fmt: skip


@pytest.mark.parametrize("case", INLINE, ids=str)
def test_the_text_is_that_of_the_page_once_changes_are_accepted(case: str) -> None:
    body, text = INLINE[case]
    document = reading(word(body))
    assert document.text == text
    check_offsets(document)


def check_offsets(document: object) -> None:
    """Kept characters lead to raw places in order, each to its own; what was dropped is where no character stands."""
    offsets = document.offsets  # type: ignore[attr-defined]
    raw = [place for place in offsets.raw if place >= 0]
    assert len(offsets.raw) == len(document.text)  # type: ignore[attr-defined]
    assert len(set(raw)) == len(raw)
    dropped = [(one.raw_start, one.raw_end) for one in offsets.repairs if one.kind in ("dropped", "joined")]
    assert not any(start <= place < end for place in raw for start, end in dropped)


def test_changes_are_counted() -> None:
    document = reading(word(INLINE["insertion kept, deletion dropped"][0]))
    assert document.warnings == ("1 tracked insertions taken", "2 characters of tracked deletion dropped")
    assert document.offsets is not None
    assert list(document.offsets.raw) == [0, 1, 4, 5, 6]
    assert [(one.kind, one.raw_start, one.raw_end) for one in document.offsets.repairs] == [("dropped", 2, 4)]


CHINESE = abstract(
    1,
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3.", '<w:suff w:val="space"/>'),
    level(3, "decimalEnclosedCircle", "%4"),
)


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


def tc(*blocks: str, properties: str = "") -> str:
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{''.join(b if b.startswith('<') else p(b) for b in blocks)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
SPAN2 = '<w:gridSpan w:val="2"/>'
TABLES = {
    "merged across and down": (tbl(tr(tc("类别", properties=DOWN), tc("数量", properties=SPAN2)), tr(tc("", properties=ON), "受理", "办结"), tr("纠纷", "12", "11")), ["类别\t数量", "受理\t办结", "纠纷\t12\t11"], [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]),
    "merged in both ways": (tbl(tr(tc("甲", properties=SPAN2 + DOWN), "乙"), tr(tc("", properties=SPAN2 + ON), "丙"), tr("丁", "戊", "己")), ["甲\t乙", "丙", "丁\t戊\t己"], [(0, 0, 2, 2), (0, 2, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]),
    "two merges one under the other": (tbl(tr(tc("甲", properties=DOWN), "1"), tr(tc("", properties=ON), "2"), tr(tc("乙", properties=DOWN), "3"), tr(tc("", properties=ON), "4")), ["甲\t1", "2", "乙\t3", "4"], [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 0, 2, 1), (2, 1, 1, 1), (3, 1, 1, 1)]),
    "merge without a beginning": (tbl(tr(tc("甲", properties=ON), "1"), tr("乙", "2")), ["甲\t1", "乙\t2"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "old merge across": (tbl(tr(tc("甲", properties='<w:hMerge w:val="restart"/>'), tc("", properties="<w:hMerge/>"), "乙"), tr("1", "2", "3")), ["甲\t乙", "1\t2\t3"], [(0, 0, 1, 2), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)]),
    "row that begins later": (tbl(tr("甲", "乙"), tr("1", properties='<w:gridBefore w:val="1"/>')), ["甲\t乙", "1"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 1, 1, 1)]),
    "deleted, hidden and inserted rows": (tbl(tr("甲", "1"), tr("乙", "2", properties="<w:del/>"), tr("丙", "3", properties="<w:hidden/>"), tr("丁", "4", properties="<w:ins/>")), ["甲\t1", "丁\t4"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "controls around row and cell": (tbl(f"<w:sdt><w:sdtContent>{tr('甲', f'<w:sdt><w:sdtContent>{tc(chr(0x4e59))}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>", tr("1", "2")), ["甲\t乙", "1\t2"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "lines of a cell": (tbl(tr(tc("受理", "（件）"), tc("12", "34")), tr("甲", tc(p("5", r("<w:br/>"), "6"), "万"))), ["受理（件）\t12 34", "甲\t5 6万"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "table in a cell": (tbl(tr("甲", tc("乙", tbl(tr("子", "1"), tr("丑", "2")))), tr("丙", "3")), ["甲\t乙", "丙\t3", "子\t1", "丑\t2"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1), (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "frame around paragraphs": (tbl(tr(tc("一、甲", "正文。", tbl(tr("子", "1"), tr("丑", "2"))))), ["一、甲", "正文。", "子\t1", "丑\t2"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "table in a text box": (p("图", f"<w:r><w:pict>{BOX.format(tbl(tr('子', '1'), tr('丑', '2')))}</w:pict></w:r>"), ["图", "子\t1", "丑\t2"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "text box in a cell": (tbl(tr(tc(p("甲", f"<w:r><w:pict>{BOX.format(p('框'))}</w:pict></w:r>")), "1"), tr("乙", "2")), ["甲框\t1", "乙\t2"], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
    "span beyond reason": (tbl(tr(tc("甲", properties='<w:gridSpan w:val="99999999"/>'), "1"), tr("乙", "2")), ["甲\t1", "乙\t2"], [(0, 0, 1, 100), (0, 100, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES, ids=str)
def test_tables_have_the_place_and_extent_of_their_cells(case: str) -> None:
    body, rows, places = TABLES[case]
    document = reading(word(body))
    assert document.text.split("\n") == rows
    cells = [cell for table in document.tables for cell in table.cells]
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells] == places
    check_offsets(document)


def test_a_table_that_lays_out_a_page_gives_paragraphs() -> None:
    prose = tc("一、工作成效", "全年平稳。" * 80)
    document = reading(word(tbl(tr("栏目", prose), tr("其他", "无"))))
    assert document.text.split("\n")[:2] == ["栏目", "一、工作成效"]
    assert document.tables == ()


def test_numbers_of_a_column_are_those_that_word_counts() -> None:
    rows = [tr(tc(p(properties=in_list(5))), text) for text in ("甲", "乙")]
    document = reading(word(tbl(*rows), numbering=abstract(1, level(0, "decimal", "%1")) + num(5, 1)))
    assert document.text == "1\t甲\n2\t乙"


def test_figures_of_a_word_table_are_read_under_their_headings() -> None:
    body, _, _ = TABLES["merged across and down"]
    document = reading(word(p("甲镇2021年法治政府建设工作报告") + body))
    found = extract_document(document, build_context()).indicators
    assert [(one.name, one.value) for one in found] == [("纠纷数量受理", 12), ("纠纷数量办结", 11)]


FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>"), " 统计口径见附件。")}</w:footnote>'
    f'<w:footnote w:id="3">{p("第二条注。")}</w:footnote>'
)


def test_notes_stand_behind_what_refers_to_them_endnotes_at_the_end() -> None:
    note = r('<w:footnoteReference w:id="2"/>')
    star = r('<w:endnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>')
    table = tbl(tr("甲", tc(p("1", r('<w:footnoteReference w:id="3"/>')))), tr("乙", "2"))
    body = p("全年", star, "办结", note, "12件。") + p("第二段") + table + p("末段", note)
    document = reading(word(body, footnotes=FOOTNOTES, endnotes=f'<w:endnote w:id="2">{p("尾注。")}</w:endnote>'))
    assert document.text.split("\n") == [
        "全年办结12件。",
        " 统计口径见附件。",
        "第二段",
        "甲\t1",
        "乙\t2",
        "第二条注。",
        "末段",
        "尾注。",
    ]
    assert "3 lines of notes set apart" in document.warnings
    assert "1 characters of mark of a note dropped" in document.warnings
    check_offsets(document)


def test_headers_footers_and_comments_stay_out_and_are_counted() -> None:
    parts = {
        "header": p("内部资料"),
        "footer": p(BEGIN, INSTRUCTION, SEPARATE, "3", END),
        "comments": f'<w:comment w:id="0">{p("请核实")}</w:comment>',
    }
    document = reading(word(p("正文"), **parts))
    assert document.text == "正文"
    assert document.warnings == ("2 lines of headers and footers dropped", "1 comments dropped")


@pytest.mark.parametrize(
    ("title", "kept"),
    [("甲镇2021年法治政府建设工作报告", True), ("甲镇 2021年法治政府建设工作报告", True), ("乙镇2019年工作总结报告", False), ("报告", False), ("", False)],
)  # fmt: skip
def test_a_title_of_the_properties_counts_where_the_text_bears_it_an_author_never(title: str, kept: bool) -> None:
    core = f"<dc:title>{title}</dc:title><dc:creator>乙县财政局</dc:creator>"
    document = reading(word(p("甲镇2021年法治政府") + p("建设工作报告") + p("正文。"), core=core))
    assert document.metadata == ({"title": title} if kept else {})


def strict(parts: dict[str, str]) -> dict[str, str]:
    """The same file as the strict standard names things."""
    made = {}
    for name, data in parts.items():
        for kind in ("wordprocessingml", "officeDocument", "drawingml"):
            for rest in ("main", "relationships", "math", "wordprocessingDrawing"):
                data = data.replace(
                    f"schemas.openxmlformats.org/{kind}/2006/{rest}", f"purl.oclc.org/ooxml/{kind}/{rest}"
                )
        made[name] = data
    return made


def test_strict_files_and_those_with_macros_are_read_like_others() -> None:
    body = p("甲", f"<w:ins>{r('乙')}</w:ins>", properties=in_list(5)) + tbl(tr("丙", "1"), tr("丁", "2"))
    parts = members(body, numbering=CHINESE + num(5, 1))
    text = "一、甲乙\n丙\t1\n丁\t2"
    assert reading(packed(parts)).text == text
    assert "purl.oclc.org" in strict(parts)["word/document.xml"]
    assert reading(packed(strict(parts))).text == text
    for name in ("a.docm", "a.dotx", "a.dotm", "a.bin", "a.doc"):
        assert reading(packed({**parts, "word/vbaProject.bin": "x"}), name).text == text


def test_a_main_part_of_another_name_and_slashes_of_windows() -> None:
    parts = {name.replace("word/document", "word\\Document2"): data.replace("word/document.xml", "/word/document2.xml") for name, data in members(p("甲")).items()}  # fmt: skip
    assert reading(packed(parts)).text == "甲"


def without(name: str) -> bytes:
    return packed({key: data for key, data in members(p("甲")).items() if key != name})


def locked() -> bytes:
    data = bytearray(word(p("甲")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    return bytes(data)


def ole(stream: str, *, locked_text: bool = False) -> bytes:
    """An OLE file of one stream: header, directory, the head of a Word document."""
    head = bytearray(OLE.ljust(512, b"\0"))
    head[30:32], head[48:52] = (9).to_bytes(2, "little"), (0).to_bytes(4, "little")
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = bytearray(name.ljust(64, b"\0") + len(name).to_bytes(2, "little")).ljust(128, b"\0")
    entry[116:120] = (1).to_bytes(4, "little")
    fib = b"\xec\xa5".ljust(10, b"\0") + (0x0100 if locked_text else 0).to_bytes(2, "little")
    return bytes(head + entry.ljust(512, b"\0") + fib.ljust(512, b"\0"))


BAD = {
    "no main part": (without("word/document.xml"), DamagedFile),
    "broken XML": (packed({**members(p("甲")), "word/document.xml": "<w:document"}), DamagedFile),
    "entities": (packed({**members(p("甲")), "word/document.xml": '<!DOCTYPE a [<!ENTITY b "甲">]>' + members(p("&b;"))["word/document.xml"]}), DamagedFile),
    "cut off": (word(p("甲" * 2000))[:300], DamagedFile),
    "locked zip": (locked(), EncryptedFile),
    "locked package": (ole("EncryptedPackage"), EncryptedFile),
    "locked .doc": (ole("WordDocument", locked_text=True), EncryptedFile),
    "workbook": (ole("Workbook"), UnsupportedFormat),
    "OLE cut off": (ole("WordDocument")[:512], DamagedFile),
    "pictures alone": (word(p(r("<w:drawing><wp:inline/></w:drawing>"))), NoTextLayer),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD, ids=str)
def test_bad_word_files_are_named_with_a_remedy(case: str) -> None:
    data, error = BAD[case]
    with pytest.raises(error) as caught:
        reading(data)
    assert caught.value.detail.startswith(f"[{error.code}] a.docx: ")
    assert "→" in caught.value.detail


def test_a_damaged_part_beside_the_text_is_a_warning() -> None:
    parts = {**members(p("甲"), numbering=CHINESE), "word/numbering.xml": "<w:numbering"}
    assert "the part word/numbering.xml is damaged and was not read" in reading(packed(parts)).warnings


def test_a_bomb_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word("<w:p/>" * (word_package.XML_LIMIT // 6) + p("甲"))
    assert len(bomb) < 1_000_000
    with pytest.raises(TooLarge):
        reading(bomb)
    # pictures do not count: they are never unpacked
    monkeypatch.setattr(word_package, "XML_LIMIT", 4000)
    assert reading(packed({**members(p("甲")), "word/media/a.png": "0" * 100_000})).text == "甲"
    monkeypatch.setattr(reader, "_BYTE_LIMIT", 100)
    with pytest.raises(TooLarge):
        reading(word(p("甲")))


_WORDS = st.text(alphabet="甲乙12，。 \t", max_size=4)
_RUNS = st.recursive(
    _WORDS.map(lambda text: r(f'<w:t xml:space="preserve">{text}</w:t>')),
    lambda inner: st.lists(inner, max_size=3).map("".join).flatmap(
        lambda xml: st.sampled_from(["w:ins", "w:del", "w:hyperlink", "w:moveFrom", "w:moveTo", "w:smartTag"]).map(
            lambda tag: f"<{tag}>{xml}</{tag}>"
        )
    ),
    max_leaves=6,
)  # fmt: skip
_PARAGRAPHS = st.tuples(
    st.lists(_RUNS, max_size=4), st.sampled_from(["", MARK_GONE, in_list(5), in_list(5, 1), in_list(5, 2)])
).map(lambda made: p(*made[0], properties=made[1]))


def kept_text(xml: str) -> str:
    """What stays of a body, told another way: by the tree alone."""
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = etree.fromstring(members(xml)["word/document.xml"])
    gone = {f"{space}del", f"{space}moveFrom"}
    return "".join(
        text.text or "" for text in root.iter(f"{space}t") if not any(one.tag in gone for one in text.iterancestors())
    )


@given(st.lists(_PARAGRAPHS, max_size=6))
def test_no_character_is_lost_and_none_comes_twice(paragraphs: list[str]) -> None:
    body = "".join(paragraphs)
    try:
        document = reading(word(body + p("终"), numbering=CHINESE + num(5, 1)))
    except ReadingError:
        return
    assert document.offsets is not None
    own = [char for char, raw in zip(document.text, document.offsets.raw, strict=True) if raw >= 0]
    # lines of white space alone are left out
    assert "".join("".join(own).split()) == "".join((kept_text(body) + "终").split())
    check_offsets(document)


@given(st.binary(max_size=200), st.integers(0, 3))
def test_any_bytes_as_a_part_give_a_document_or_a_reading_error(data: bytes, which: int) -> None:
    parts = {name: text.encode() for name, text in members(p("甲"), numbering="", styles="").items()}
    parts[["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"][which]] = data
    try:
        assert reading(packed(parts)).text
    except ReadingError:
        return


def test_a_zip_of_old_methods_is_read() -> None:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in members(p("甲")).items():
            archive.writestr(name, data)
    assert reading(raw.getvalue()).text == "甲"
