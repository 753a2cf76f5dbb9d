"""One made-up report, rendered by several producers: reportlab, Chromium, LibreOffice, python-docx.

Comes in: nothing. Goes out: the plain text (what a reader must give) and files. The report is in our own words; it has
headings, a ruled table with a merged cell, running heads, page numbers, and a part in two columns.
"""

import html
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

HEAD = "青石镇人民政府办公室"
TITLE = "青石镇2021年度法治政府建设情况报告"
TABLE = [
    ["类别", "受理与办结", ""],
    ["", "受理（件）", "办结（件）"],
    ["物业纠纷", "165", "158"],
    ["邻里纠纷", "1,024", "1,019"],
    ["婚姻家庭", "87", "85"],
]
_WORKS = ("综合执法", "政务公开", "矛盾化解", "普法宣传", "合同审查", "信访办理", "依法决策", "队伍培训", "基层治理")
_COUNTS = ("件", "次", "份", "起", "场")
_SENTENCES = (
    "全年{w}工作稳步推进，共办理{a}{c}，比上年增加{b}{c}，按期办结率达到{p}%。",
    "镇党委、政府把{w}列入重点任务，召开专题会议{b}次，研究解决难点问题{d}个，逐项明确责任单位和完成时限。",
    "严格落实《青石县{w}管理办法》（青政办〔2021〕{d}号），组织干部学习{b}场，参加人员{a}人次。",
    "围绕群众反映集中的问题，{w}队伍走访村（社区）{d}个，收集意见建议{a}条，当场答复{b}条。",
    "下一步，将继续完善{w}制度，力争2022年办结率保持在{p}%以上。",
)


def paragraphs() -> list[tuple[str, str]]:
    """Paragraphs of the report in order, each with its kind: title, h1, h2, p, table, col (in two columns)."""
    found = [("title", TITLE), ("p", "根据《法治政府建设实施纲要（2021—2025年）》要求，现将有关情况报告如下。")]
    for part, name in enumerate(("主要做法和成效", "存在的问题和不足", "下一步工作安排")):
        found.append(("h1", f"{'一二三'[part]}、{name}"))
        for at in range(3):
            work = _WORKS[part * 3 + at]
            found.append(("h2", f"（{'一二三'[at]}）扎实做好{work}"))
            # the second part is set in two columns
            kind = "col" if part == 1 else "p"
            found += [(kind, _filled(part, at, turn, work)) for turn in range(2)]
        if part == 0:
            found.append(("table", ""))
    return found


def _filled(part: int, at: int, turn: int, work: str) -> str:
    text = ""
    for index, sentence in enumerate(_SENTENCES):
        seed = 37 * part + 11 * at + 5 * turn + 3 * index
        text += sentence.format(
            w=work, a=seed * 7 + 12, b=seed + 3, c=_COUNTS[seed % 5], d=seed % 17 + 2, p=f"{90 + seed % 10}.{seed % 9}"
        )
    return text


def plain_text() -> str:
    """The report as a reader must give it: a paragraph or a row per line, cells apart by a tab."""
    lines = []
    for kind, text in paragraphs():
        lines += ["\t".join(cell for cell in row if cell) for row in TABLE] if kind == "table" else [text]
    return "\n".join(lines)


def _stretches() -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    """Runs of paragraphs: (in columns, paragraphs)."""
    stretch: list[tuple[str, str]] = []
    in_columns = False
    body = paragraphs()
    first = next(at for at, (kind, _) in enumerate(body) if kind == "col") - 1
    last = max(at for at, (kind, _) in enumerate(body) if kind == "col")
    for at, item in enumerate(body):
        now = first <= at <= last
        if now != in_columns:
            yield in_columns, stretch
            stretch, in_columns = [], now
        stretch.append(item)
    yield in_columns, stretch


def reportlab_pdf(font: Path | None = None) -> bytes:
    """By reportlab's page templates: embedded TrueType if `font` is given, else STSong-Light not embedded."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Table

    name = "STSong-Light"
    if font is None:
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    else:
        name = font.stem
        pdfmetrics.registerFont(TTFont(name, str(font)))
    body = ParagraphStyle("p", fontName=name, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("t", parent=body, fontSize=20, leading=30, firstLineIndent=0, alignment=TA_CENTER)

    def furniture(canvas: object, document: object) -> None:
        canvas.setFont(name, 9)  # type: ignore[attr-defined]
        canvas.drawString(72, 800, HEAD)  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 36, f"— {document.page} —")  # type: ignore[attr-defined]

    story = []
    for at, (in_columns, stretch) in enumerate(_stretches()):
        flow = [NextPageTemplate("two" if in_columns else "one"), PageBreak()] if at else []
        for kind, text in stretch:
            if kind == "table":
                grid = Table(TABLE, colWidths=[150, 150, 150])
                grid.setStyle(
                    [
                        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
                        ("FONT", (0, 0), (-1, -1), name, 11),
                        ("SPAN", (1, 0), (2, 0)),
                        ("SPAN", (0, 0), (0, 1)),
                        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                    ]
                )
                flow.append(grid)
            else:
                flow.append(Paragraph(html.escape(text), title if kind == "title" else body))
        story += flow
    raw = BytesIO()
    made = BaseDocTemplate(raw, pagesize=A4, invariant=1, title="")
    two = [Frame(72, 72, 218, 700), Frame(305, 72, 218, 700)]
    made.addPageTemplates(
        [
            PageTemplate("one", frames=[Frame(72, 72, 451, 700)], onPage=furniture),
            PageTemplate("two", frames=two, onPage=furniture),
        ]
    )
    made.build(story)
    return raw.getvalue()


def _page_of_html() -> str:
    parts = []
    for in_columns, stretch in _stretches():
        flow = ""
        for kind, text in stretch:
            if kind == "table":
                flow += (
                    "<table><tr><td rowspan=2>类别</td><td colspan=2>受理与办结</td></tr>"
                    + "".join(
                        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row if cell) + "</tr>" for row in TABLE[1:]
                    )
                    + "</table>"
                )
            else:
                flow += f"<p class={kind}>{html.escape(text)}</p>"
        parts.append(f"<div class={'two' if in_columns else 'one'}>{flow}</div>")
    style = (
        "@page{size:A4;margin:25mm 25mm}body{font:12pt/20pt 'Noto Serif CJK SC'}p{margin:0;text-indent:2em}"
        ".title{font-size:20pt;text-align:center;text-indent:0;line-height:30pt}.two{column-count:2;column-gap:2em}"
        "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:2pt}"
    )
    return f"<!doctype html><meta charset=utf-8><title>{HEAD}</title><style>{style}</style>" + "".join(parts)


def chromium_pdf() -> bytes | None:
    """Chromium's print to PDF, with its running head and page numbers; None where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "a.html"), Path(folder, "a.pdf")
        page.write_text(_page_of_html(), encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        subprocess.run(
            [browser, *flags, f"--print-to-pdf={made}", page.as_uri()], check=True, capture_output=True, timeout=180
        )
        return made.read_bytes()


def word_docx() -> bytes:
    """By python-docx: header, footer with a page field, a section in two columns, a table with merged cells."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    made = docx.Document()
    made.styles["Normal"].font.size = Pt(12)
    made.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    made.sections[0].header.paragraphs[0].text = HEAD
    foot = made.sections[0].footer.paragraphs[0]
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
    for index, (in_columns, stretch) in enumerate(_stretches()):
        section = made.add_section(WD_SECTION.CONTINUOUS) if index else made.sections[0]
        columns = section._sectPr.find(qn("w:cols"))
        columns.set(qn("w:num"), "2" if in_columns else "1")
        for kind, text in stretch:
            if kind == "table":
                grid = made.add_table(rows=5, cols=3, style="Table Grid")
                for row, cells in enumerate(TABLE):
                    for column, cell in enumerate(cells):
                        grid.cell(row, column).text = cell
                grid.cell(0, 1).merge(grid.cell(0, 2)).text = TABLE[0][1]
                grid.cell(0, 0).merge(grid.cell(1, 0)).text = TABLE[0][0]
            else:
                paragraph = made.add_paragraph(text)
                paragraph.paragraph_format.space_after = Pt(0)
                if kind == "title":
                    paragraph.alignment = 1
                    paragraph.runs[0].font.size = Pt(20)
                else:
                    paragraph.paragraph_format.first_line_indent = Pt(24)
    raw = BytesIO()
    made.save(raw)
    return raw.getvalue()


def libreoffice_pdf() -> bytes | None:
    """The DOCX as LibreOffice exports it; None where there is no LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.docx").write_bytes(word_docx())
        command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, f"{folder}/a.docx"], check=True, capture_output=True, timeout=180)
        return Path(folder, "a.pdf").read_bytes()


PRODUCERS: dict[str, tuple[str, Callable[[], bytes | None]]] = {
    "reportlab": ("pdf", reportlab_pdf),
    "Chromium": ("pdf", chromium_pdf),
    "LibreOffice": ("pdf", libreoffice_pdf),
    "python-docx": ("docx", word_docx),
}
