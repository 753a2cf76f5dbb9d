"""The files of a generated report: TXT in two encodings and wrapped, HTML, DOCX, PDF; and files that are broken.

Comes in: paragraphs (tables as lists of rows). Goes out: bytes, the same every time.
"""

import html
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from words import Part

_EPOCH = (1980, 1, 1, 0, 0, 0)
_WRAP = 36
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def _lines(parts: Sequence[Part]) -> list[str]:
    found = []
    for part in parts:
        found += [part] if isinstance(part, str) else ["  ".join(row) for row in part]
    return found


def plain(parts: Sequence[Part]) -> bytes:
    """UTF-8."""
    return "\n".join(_lines(parts)).encode()


def legacy(parts: Sequence[Part]) -> bytes:
    """GB 18030 with the line ends of Windows."""
    return "\r\n".join(_lines(parts)).encode("gb18030")


def wrapped(parts: Sequence[Part]) -> bytes:
    """UTF-8 with a mark in front and hard breaks."""
    lines = []
    for line in _lines(parts):
        lines += [line[at : at + _WRAP] for at in range(0, len(line), _WRAP)]
    return ("\ufeff" + "\n".join(lines)).encode()


def page(parts: Sequence[Part]) -> bytes:
    """A web page with what surrounds an article."""
    body = []
    for part in parts[1:]:
        if isinstance(part, str):
            body.append(f"<p>{html.escape(part)}</p>")
        else:
            rows = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in part)
            body.append(f"<table>{''.join(rows)}</table>")
    nav = "".join(
        f'<li><a href="/{at}">{name}</a></li>' for at, name in enumerate(("首页", "政务公开", "办事服务", "互动交流"))
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{parts[0]}</title></head><body><ul>{nav}</ul>'
        f'<div class="article"><h1>{parts[0]}</h1><div id="zoom">{"".join(body)}</div></div>'
        '<div class="footer"><p>主办单位：人民政府办公室　网站标识码：9900000001</p></div></body></html>'
    ).encode()


def word(parts: Sequence[Part]) -> bytes:
    """A minimal DOCX."""
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(_paragraph(part))
        else:
            rows = ("<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in part)
            body.append(f"<w:tbl>{''.join(rows)}</w:tbl>")
    text = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W}><w:body>{"".join(body)}</w:body></w:document>'
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", text),
        ):
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{html.escape(text, quote=False)}</w:t></w:r></w:p>"


def pdf(parts: Sequence[Part]) -> bytes:
    """A4 with page numbers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    raw = BytesIO()
    canvas = Canvas(raw, pagesize=A4, invariant=1)
    lines: list[tuple[str, ...]] = []
    for part in parts:
        text = f"　　{part}"
        lines += [(text[at : at + 30],) for at in range(0, len(text), 30)] if isinstance(part, str) else part
    for number, start in enumerate(range(0, len(lines), 26), 1):
        canvas.setFont("STSong-Light", 14)
        for at, cells in enumerate(lines[start : start + 26]):
            for column, cell in enumerate(cells):
                canvas.drawString(80 + 200 * column, A4[1] - 80 - 26 * at, cell)
        canvas.setFont("STSong-Light", 10)
        canvas.drawCentredString(A4[0] / 2, 40, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return raw.getvalue()


# format → suffix, weight, maker
FORMATS: dict[str, tuple[str, int, Callable[[Sequence[Part]], bytes]]] = {
    "plain": (".txt", 30, plain),
    "legacy": (".txt", 12, legacy),
    "wrapped": (".txt", 8, wrapped),
    "page": (".html", 25, page),
    "word": (".docx", 20, word),
    "pdf": (".pdf", 5, pdf),
}


def broken(random: Random, whole: bytes) -> tuple[str, bytes]:
    """Suffix and bytes of a file that cannot be read, or is none of ours."""
    return random.choice(
        (
            (".txt", b""),
            (".txt", random.randbytes(900)),
            (".pdf", b"%PDF-1.7\n" + whole[:200]),
            (".docx", word(["一"])[:150]),
            (".html", b"<html><frameset><frame src='a.htm'></frameset></html>"),
            (".txt", b"no Chinese stands in this file, only a note in English\n" * 3),
            (".png", b"\x89PNG\r\n\x1a\n" + random.randbytes(50)),
        )
    )
