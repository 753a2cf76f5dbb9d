"""Builds reports/ and gold/ of the sample archive out of texts/: `make sample`.

Comes in: marked texts (markup.py). Goes out: TXT in two encodings, HTML, DOCX and PDF, the same bytes every
time, each with its gold, and SOURCES.csv. Nothing here is of a real place.
"""

import csv
import html
import json
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import markup

HERE = Path(__file__).parent
REPORTS, GOLD = HERE / "reports", HERE / "gold"
COUNTY = "青禾县"
# report → file in reports/; the suffix names the format
FILES = {
    "qinghe-2021": "2021/青禾镇人民政府2021年法治政府建设年度报告.txt",
    "qinghe-2022": "2022/qinghe-2022.gb.txt",
    "liuxi-2021": "2021/柳溪镇2021年度法治政府建设工作总结.html",
    "liuxi-2022": "2022/柳溪镇2022年度法治政府建设工作总结.html",
    "shiqiao-2021": "2021/石桥乡2021年法治政府建设情况报告.docx",
    "shiqiao-2022": "2022/石桥乡2022年法治政府建设情况报告.docx",
    "wangjiang-2021": "2021/wangjiang-2021.pdf",
    "wangjiang-2022": "2022/wangjiang-2022.pdf",
    "yunling-2021": "2021/yunling-2021.wrapped.txt",
    "yunling-2022": "2022/云岭乡人民政府2022年法治政府建设工作报告.docx",
    "nanpu-2021": "2021/nanpu-2021.pdf",
    "nanpu-2022": "2022/nanpu-2022.htm",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WRAP = 38


def main() -> None:
    """Build everything anew."""
    rows = []
    for name in markup.names():
        marked = markup.read(name)
        path = REPORTS / FILES[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        data = _bytes(marked, path)
        path.write_bytes(data)
        _write_gold(marked, path)
        rows.append((FILES[name], "our own words; fictional place", "MIT", sha256(data).hexdigest()))
    with (HERE / "SOURCES.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("file", "source", "licence", "sha256"))
        writer.writerows(rows)


def _bytes(marked: markup.Marked, path: Path) -> bytes:
    if path.name.endswith(".gb.txt"):
        return _text(marked).replace("\n", "\r\n").encode("gb18030")
    if path.name.endswith(".wrapped.txt"):
        return ("\ufeff" + _wrapped(marked)).encode("utf-8")
    if path.suffix == ".txt":
        return _text(marked).encode("utf-8")
    if path.suffix in (".html", ".htm"):
        return _html(marked).encode("utf-8")
    return _docx(marked) if path.suffix == ".docx" else _pdf(marked)


def _text(marked: markup.Marked) -> str:
    return marked.text


def _wrapped(marked: markup.Marked) -> str:
    """As old mail programs saved it: a hard break after so many characters."""
    lines = []
    for line in marked.text.split("\n"):
        lines += [line[at : at + _WRAP] for at in range(0, max(len(line), 1), _WRAP)]
    return "\n".join(lines)


def _paragraphs(marked: markup.Marked) -> list[str | list[list[str]]]:
    """Paragraphs, and tables as lists of rows, in order."""
    found: list[str | list[list[str]]] = []
    tables = iter(marked.tables)
    inside = False
    for line in marked.text.split("\n"):
        if line.startswith("||"):
            if not inside:
                found.append(next(tables))
            inside = True
            continue
        inside = False
        if line.strip():
            found.append(line.strip("　 "))
    return found


def _html(marked: markup.Marked) -> str:
    """A page with what surrounds an article: navigation, breadcrumbs, buttons, footer."""
    about = marked.about
    body = []
    for part in _paragraphs(marked)[1:]:
        if isinstance(part, str):
            body.append(f'<p style="text-indent:2em">{html.escape(part).replace("“", "&ldquo;")}</p>')
        else:
            cells = "\n".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in part)
            body.append(f'<table border="1"><tbody>\n{cells}\n</tbody></table>')
    article = "\n".join(body)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="ArticleTitle" content="{marked.title}"><meta name="PubDate" content="{about["published"]} 09:30">
<meta name="ContentSource" content="{about["issuer"]}">
<title>{marked.title} - {COUNTY}人民政府网站</title>
<style>.nav a{{color:#06c}}</style><script>var visits=20221;</script></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>
<li><a href="/bs">办事服务</a></li><li><a href="/hd">互动交流12345</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 法治政府建设</div>
<div class="main"><div class="article"><h1>{marked.title}</h1>
<div class="share">字体：<a>大</a> <a>中</a> <a>小</a>　<a>打印</a> <a>分享</a></div>
<div id="zoom" class="TRS_Editor">
{article}
</div></div></div>
<div class="footer"><p>主办：{COUNTY}人民政府办公室　电话：0990-6688001　云ICP备20210001号</p></div>
</body></html>
"""


def _docx(marked: markup.Marked) -> bytes:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"{COUNTY}法治政府建设年度报告汇编"
    for part in _paragraphs(marked):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for row, cells in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    raw = BytesIO()
    document.save(raw)
    return _same_zip(raw.getvalue())


def _same_zip(data: bytes) -> bytes:
    """The same members with a fixed date, so that the bytes are the same every time."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _pdf(marked: markup.Marked) -> bytes:
    """A4 with running head, page numbers, indented paragraphs and ruled tables."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=15, leading=27, firstLineIndent=30, wordWrap="CJK")
    heading = ParagraphStyle("title", parent=body, fontSize=20, leading=34, firstLineIndent=0, alignment=1)
    story = []
    lead = len(marked.text.split("\n\n", 1)[0].split("\n"))
    for index, part in enumerate(_paragraphs(marked)):
        if isinstance(part, str):
            story.append(Paragraph(html.escape(part), heading if index < lead else body))
        else:
            style = [("FONT", (0, 0), (-1, -1), "STSong-Light", 13), ("GRID", (0, 0), (-1, -1), 0.7, "black")]
            story.append(Table(part, style=style))

    def frame(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(72, A4[1] - 45, f"{marked.about['issuer']}文件")
        canvas.drawCentredString(A4[0] / 2, 38, f"— {document.page} —")

    raw = BytesIO()
    template = SimpleDocTemplate(raw, pagesize=A4, invariant=1, title=marked.title, topMargin=80, bottomMargin=80)
    template.build(story, onFirstPage=frame, onLaterPages=frame)
    return raw.getvalue()


def _write_gold(marked: markup.Marked, path: Path) -> None:
    region, code, level = marked.about["region"].split("|")
    years = [int(year) for year in marked.about["years"].split("|")]
    report = {
        "file": f"reports/{path.relative_to(REPORTS).as_posix()}",
        "issuer": marked.about["issuer"],
        "region": region,
        "county": COUNTY,
        "province": "云泽省",
        "level": level,
        "division_code": code,
        "report_year": years[0],
        "plan_year": years[1],
    }
    GOLD.mkdir(exist_ok=True)
    text = json.dumps({"report": report, **marked.gold}, ensure_ascii=False, indent=1)
    (GOLD / f"{marked.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
