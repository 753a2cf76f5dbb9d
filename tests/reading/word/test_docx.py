"""Word files: the text as it stands after all changes, list numbers, tables, notes, and what must be refused."""

import pytest
from word_files import (
    MARK_GONE,
    abstract,
    check_offsets,
    in_list,
    level,
    members,
    num,
    p,
    packed,
    r,
    reading,
    tbl,
    tc,
    tr,
    word,
)

from extractor.pipeline import build_context, extract_document

_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (_FIELD.format(kind) for kind in ("begin", "separate", "end"))
INSTRUCTION = r('<w:instrText xml:space="preserve"> REF x \\h </w:instrText>')
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
    "digit in a circle": (p(BEGIN, r("<w:instrText>eq \\o\\ac(○,</w:instrText>"), r("<w:instrText>12</w:instrText>"), r("<w:instrText>)</w:instrText>"), END, "加强"), "⑫加强"),
    "gloss as a field": (p(BEGIN, r('<w:instrText>EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(zhèn),镇)</w:instrText>'), END, "政府"), "镇政府"),
    "comment": (p("甲", '<w:commentRangeStart w:id="0"/>', "乙", r('<w:commentReference w:id="0"/>')), "甲乙"),
}  # fmt: skip


@pytest.mark.parametrize("case", INLINE, ids=str)
def test_the_text_is_that_of_the_page_once_changes_are_accepted(case: str) -> None:
    body, text = INLINE[case]
    document = reading(word(body))
    assert document.text == text
    check_offsets(document)


def test_changes_are_counted() -> None:
    document = reading(word(INLINE["insertion kept, deletion dropped"][0]))
    assert document.warnings == ("1 tracked insertions taken", "2 characters of tracked deletion dropped")
    assert document.offsets is not None
    assert list(document.offsets.raw) == [0, 1, 4, 5, 6]
    assert [(one.kind, one.raw_start, one.raw_end) for one in document.offsets.repairs] == [("dropped", 2, 4)]


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


def test_a_diagram_gives_its_texts() -> None:
    parts = members(p("甲", r('<w:drawing><a:graphic><dgm:relIds r:dm="d"/></a:graphic></w:drawing>')))
    relations = "word/_rels/document.xml.rels"
    link = '<Relationship Id="d" Type="x/diagramData" Target="diagrams/data1.xml"/></Relationships>'
    parts[relations] = parts[relations].replace("</Relationships>", link)
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r><a:r><a:t>件</a:t></a:r></a:p></dgm:t></dgm:pt>"
    inner = "".join(point.format(text) for text in ("受理12", "办结11"))
    parts["word/diagrams/data1.xml"] = parts["word/document.xml"].replace("w:document", "dgm:dataModel").partition("<w:body>")[0] + f"{inner}</dgm:dataModel>"  # fmt: skip
    document = reading(packed(parts))
    assert document.text == "甲\n受理12件\n办结11件"
    assert "2 lines of diagrams taken" in document.warnings
