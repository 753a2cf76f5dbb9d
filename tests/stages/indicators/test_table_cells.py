"""Tables in documents: the standard open-government forms and a plain table, each as DOCX, HTML and PDF."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PdfTable

import extractor

Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Form:
    """A table as rows of texts with merged areas (row, column, last row, last column), and what it must give."""

    before: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...]
    wanted: dict[str, tuple[float, str | None, str | None]]


PUBLISHED = Form(
    "二、主动公开政府信息情况",
    (
        ("第二十条第（一）项", "", "", ""),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "0", "0", "0"),
        ("行政规范性文件", "3", "1", "14"),
        ("第二十条第（五）项", "", "", ""),
        ("信息内容", "本年处理决定数量", "", ""),
        ("行政许可", "128", "", ""),
        ("第二十条第（六）项", "", "", ""),
        ("信息内容", "本年处理决定数量", "", ""),
        ("行政处罚", "36", "", ""),
        ("行政强制", "2", "", ""),
        ("第二十条第（八）项", "", "", ""),
        ("信息内容", "本年收费金额（单位：万元）", "", ""),
        ("行政事业性收费", "4.5", "", ""),
    ),
    (
        *((row, 0, row, 3) for row in (0, 4, 7, 11)),
        *((row, 1, row, 3) for row in (5, 6, 8, 9, 10, 12, 13)),
    ),
    {
        "规章本年制发件数": (0, None, "rules_issued"),
        "行政规范性文件本年制发件数": (3, None, "norms_issued"),
        "行政规范性文件本年废止件数": (1, None, "norms_abolished"),
        "行政规范性文件现行有效件数": (14, None, "norms_in_force"),
        "行政许可本年处理决定数量": (128, None, "permits_decided"),
        "行政强制本年处理决定数量": (2, None, "coercions_decided"),
        "行政事业性收费本年收费金额": (45000, "元", "fees_collected"),
    },
)
REQUESTS = Form(
    "三、收到和处理政府信息公开申请情况",
    (
        ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "申请人情况", "", "", ""),
        ("", "", "自然人", "法人或其他组织", "", "总计"),
        ("", "", "", "商业企业", "其他", ""),
        ("一、本年新收政府信息公开申请数量", "", "7", "2", "1", "10"),
        ("二、上年结转政府信息公开申请数量", "", "1", "0", "0", "1"),
        ("三、本年度办理结果", "（一）予以公开", "5", "1", "0", "6"),
        ("", "（二）部分公开", "1", "1", "1", "3"),
        ("四、结转下年度继续办理", "", "2", "0", "0", "2"),
    ),
    (
        (0, 0, 2, 1),
        (0, 2, 0, 5),
        (1, 2, 2, 2),
        (1, 3, 1, 4),
        (1, 5, 2, 5),
        *((row, 0, row, 1) for row in (3, 4, 7)),
        (5, 0, 6, 0),
    ),
    {
        "本年新收政府信息公开申请数量申请人情况总计": (10, None, "info_requests_new"),
        "本年新收政府信息公开申请数量申请人情况法人或其他组织商业企业": (2, None, None),
        "上年结转政府信息公开申请数量申请人情况总计": (1, None, "info_requests_carried_in"),
        "本年度办理结果予以公开申请人情况总计": (6, None, "info_requests_granted"),
        "本年度办理结果部分公开申请人情况总计": (3, None, "info_requests_part"),
        "本年度办理结果部分公开申请人情况自然人": (1, None, None),
        "结转下年度继续办理申请人情况总计": (2, None, "info_requests_carried_out"),
    },
)
DISPUTES = Form(
    "四、政府信息公开行政复议、行政诉讼情况",
    (
        ("行政复议", "", "", "行政诉讼", "", ""),
        ("", "", "", "未经复议直接起诉", "", "复议后起诉"),
        ("结果维持", "结果纠正", "总计", "结果维持", "总计", "结果维持"),
        ("3", "1", "4", "2", "5", "6"),
    ),
    ((0, 0, 1, 2), (0, 3, 0, 5), (1, 3, 1, 4)),
    {
        "行政复议结果维持": (3, None, "reconsiderations_upheld"),
        "行政复议结果纠正": (1, None, "reconsiderations_corrected"),
        "行政诉讼未经复议直接起诉结果维持": (2, None, "lawsuits_upheld"),
        "行政诉讼复议后起诉结果维持": (6, None, "lawsuits_upheld"),
    },
)
PLAIN = Form(
    "各村调解情况（单位：件）",
    (
        ("村名", "受理矛盾纠纷", "调解成功"),
        ("东岭村", "41", "40"),
        ("西岭村", "", ""),
        ("南岭村", "1,017", "990"),
    ),
    (),
    {
        "东岭村受理矛盾纠纷": (41, "件", "disputes_mediated"),
        "南岭村受理矛盾纠纷": (1017, "件", "disputes_mediated"),
        "南岭村调解成功": (990, "件", "disputes_resolved"),
    },
)
FORMS = {"published": PUBLISHED, "requests": REQUESTS, "disputes": DISPUTES, "plain": PLAIN}


def as_docx(form: Form) -> bytes:
    document = docx.Document()
    document.add_paragraph("青禾镇2021年政府信息公开工作年度报告")
    document.add_paragraph(form.before)
    table = document.add_table(len(form.rows), len(form.rows[0]))
    for first_row, first_column, last_row, last_column in form.merged:
        table.cell(first_row, first_column).merge(table.cell(last_row, last_column))
    for row, texts in enumerate(form.rows):
        for column, text in enumerate(texts):
            if text:
                table.cell(row, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(form: Form) -> bytes:
    lines = ["<html><body><h1>青禾镇2021年政府信息公开工作年度报告</h1>", f"<p>{form.before}</p><table border='1'>"]
    hidden = {
        (row, column)
        for top, left, bottom, right in form.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - {(top, left) for top, left, _, _ in form.merged}
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in form.merged}
    for row, texts in enumerate(form.rows):
        cells = []
        for column, text in enumerate(texts):
            if (row, column) not in hidden:
                down, across = spans.get((row, column), (1, 1))
                cells.append(f"<td rowspan='{down}' colspan='{across}'>{text}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*lines, "</table></body></html>"]).encode()


def as_pdf(form: Form) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=9, leading=14, wordWrap="CJK")
    commands = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
    commands += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in form.merged]
    cells = [[Paragraph(text, style) if len(text) > 7 else text for text in row] for row in form.rows]
    stream = io.BytesIO()
    title = Paragraph("青禾镇2021年政府信息公开工作年度报告", style)
    SimpleDocTemplate(stream, invariant=1).build(
        [title, Paragraph(form.before, style), PdfTable(cells, [88] * len(form.rows[0]), style=commands)]
    )
    return stream.getvalue()


WRITERS: dict[str, Callable[[Form], bytes]] = {"docx": as_docx, "html": as_html, "pdf": as_pdf}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", FORMS)
def test_a_table_gives_its_numbers_in_every_format(name: str, kind: str, tmp_path: Path) -> None:
    form = FORMS[name]
    path = tmp_path / f"table.{kind}"
    path.write_bytes(WRITERS[kind](form))
    found = extractor.extract_file(path)
    rows = {one.name: one for one in found.indicators if one.source == "table"}
    got = {
        named: (float(rows[named].value), rows[named].unit, rows[named].indicator) if named in rows else sorted(rows)
        for named in form.wanted
    }
    assert got == form.wanted
    for one in rows.values():
        assert found.document.text[one.span.start : one.span.end].strip() == found.document.quote(one.span).strip()
        assert one.value_text.replace(",", "") in found.document.quote(one.span).replace(",", "")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_row_whose_values_are_left_out_is_no_heading(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"table.{kind}"
    path.write_bytes(WRITERS[kind](PLAIN))
    names = [one.name for one in extractor.extract_file(path).indicators if one.source == "table"]
    assert len(names) == 4
    assert not any("西岭村" in name for name in names if name)
