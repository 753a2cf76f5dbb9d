"""Reading: encodings, hard breaks, radicals, formats, the way back; and everything that can be wrong."""

import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.datamodel.document import Document
from extractor.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    NoChinese,
    NoPages,
    NoTextLayer,
    NotText,
    ReadingError,
    TooLarge,
    UnsupportedFormat,
)
from extractor.reading import SIZE_LIMIT, describe, read
from extractor.reading.assemble import RawLine, assemble
from extractor.reading.glyphs import ordinary
from extractor.reading.layout import paragraphs

TEXT = "一、工作成效\n全年办结案件12件，很好。\n"


def reading(data: bytes, name: str = "a.txt") -> Document:
    return read(describe(name, data, sha256(data).hexdigest()), data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_encodings(encoding: str) -> None:
    assert reading(TEXT.encode(encoding)).text == TEXT.rstrip("\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline: str) -> None:
    assert reading(TEXT.replace("\n", newline).encode()).text == TEXT.rstrip("\n")


def test_a_hard_break_inside_a_sentence_is_joined_and_on_record() -> None:
    raw = "一、成效\n加强管理。完善政府法律\n顾问制度，很好。\n二、不足\n"
    document = reading(raw.encode())
    assert document.text == "一、成效\n加强管理。完善政府法律顾问制度，很好。\n二、不足"
    assert document.offsets is not None
    assert [repair.kind for repair in document.offsets.repairs] == ["joined"]
    at = document.text.index("顾问")
    assert document.offsets.raw_position(at) == raw.index("顾问")


def test_a_wrapped_file_is_unwrapped() -> None:
    paragraph = "全面推进依法行政，" * 12 + "成效明显。"
    wrapped = "\n".join(paragraph[at : at + 20] for at in range(0, len(paragraph), 20))
    assert reading(wrapped.encode()).text == paragraph


@pytest.mark.parametrize(
    "text",
    [
        "甲镇人民政府\n2021年度工作报告",
        "一、加强领导，落实责任\n全镇上下齐心协力，成效明显。",
        "各村、各单位：\n现将方案印发。",
        "工作有序。\n甲镇人民政府\n2021年1月3日",
        "第一段完。\n\n第二段，继续",
    ],
)
def test_breaks_between_paragraphs_stay(text: str) -> None:
    assert reading(text.encode()).text.count("\n") == text.replace("\n\n", "\n").count("\n")


def test_page_numbers_go_radicals_and_invisible_characters_are_mapped() -> None:
    document = reading("⼯作\u200b成效⽅⾯\n— 3 —\n很好。豈\n".encode())
    assert document.text == "工作成效方面\n很好。豈"
    assert document.offsets is not None
    assert {repair.kind for repair in document.offsets.repairs} == {"mapped", "dropped"}


def test_bytes_that_older_tables_leave_without_meaning_are_those_of_the_standard() -> None:
    # GB 18030-2022 gives these codes of 2000 and 2005 characters of Unicode
    punctuation = bytes.fromhex("a6d9 a6da a6db a6dc a6dd a6de a6df a6ec a6ed a6f3 a8bc")
    strokes = bytes.fromhex("fe59 fe61 fe66 fe67 fe6d fe7e fe90 fea0")
    found = "".join(map(ordinary, (punctuation + strokes).decode("gb18030")))
    assert found == "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19ḿ龴龵龶龷龸龹龺龻"


def test_characters_without_meaning_are_reported_not_guessed() -> None:
    document = reading("办结\ue123件。".encode())
    assert "\ue123" in document.text
    assert document.warnings == ("1 characters without meaning",)


@given(st.lists(st.text(alphabet="甲乙，。 　⼀\u200b\t1", max_size=12), max_size=8))
def test_every_kept_character_leads_back_to_its_own(lines: list[str]) -> None:
    raw = "\n".join(lines)
    starts, at = [], 0
    for line in lines:
        starts.append((at, line))
        at += len(line) + 1
    made = assemble(paragraphs(starts))
    for position, char in enumerate(made.text):
        found = made.offsets.raw_position(position)
        assert found is None or raw[found] == char or (raw[found], char) == ("⼀", "一")
    assert len(made.offsets.raw) == len(made.text)


def test_assembling_nothing_gives_nothing() -> None:
    assert assemble([]).text == ""
    assert assemble([RawLine("甲", 0)]).text == "甲"


HTML = """<html><head><title>甲镇2021年报告 - 乙县人民政府网</title><meta name="PubDate" content="2022-01-05">
<script>var a='12345';</script></head><body><div class="nav"><a href="/">首页</a><a>导航3</a></div>
<div id="main"><h1>甲镇2021年报告</h1><div id="zoom"><p>全年办结&nbsp;案件12件，
成效明显。</p><p>一、成&#25928;<br>二、不足</p><table><tr><th>项目</th><th>数量（件）</th></tr>
<tr><td rowspan="2">处罚</td><td>12</td></tr><tr><td>13</td></tr></table></div></div>
<div class="footer">联系电话：021-12345678</div></body></html>"""


def test_a_web_page_gives_its_article_its_tables_and_its_fields() -> None:
    document = reading(HTML.encode(), "a.html")
    assert document.text.split("\n") == [
        "全年办结\xa0案件12件，成效明显。",
        "一、成效",
        "二、不足",
        "项目\t数量（件）",
        "处罚\t12",
        "13",
    ]
    assert document.metadata["title"] == "甲镇2021年报告"
    assert document.metadata["published"] == "2022-01-05"
    (table,) = document.tables
    cells = {(cell.row, cell.column): document.quote(cell.span) for cell in table.cells}
    assert cells == {(0, 0): "项目", (0, 1): "数量（件）", (1, 0): "处罚", (1, 1): "12", (2, 1): "13"}
    assert document.offsets is not None
    at = document.offsets.raw_position(document.text.index("案件12"))
    assert at is not None
    assert HTML[at:].startswith("案件12件")


def _docx() -> bytes:
    import docx

    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "页眉文字"
    made.add_paragraph("一、工作成效")
    table = made.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    table.cell(0, 2).text = "数量"
    table.cell(1, 2).text = "12"
    made.add_paragraph("很好。")
    raw = BytesIO()
    made.save(raw)
    return raw.getvalue()


def test_a_word_file_gives_paragraphs_and_tables_in_order_without_its_header() -> None:
    document = reading(_docx(), "a.docx")
    assert document.text.split("\n") == ["一、工作成效", "项目\t数量", "\t\t12", "很好。"]
    assert [(c.row, c.column, c.column_span) for c in document.tables[0].cells][:2] == [(0, 0, 2), (0, 2, 1)]


def _pdf(pages: list[list[str]], *, head: str | None = None) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    raw = BytesIO()
    canvas = Canvas(raw, pagesize=A4, invariant=1)
    for number, lines in enumerate(pages, 1):
        canvas.setFont("STSong-Light", 14)
        for index, line in enumerate(lines):
            indent = 28 if line.startswith("　　") else 0
            canvas.drawString(72 + indent, 740 - 24 * index, line.strip("　"))
        canvas.drawCentredString(300, 30, f"— {number} —")
        if head:
            canvas.drawString(72, 810, head)
        canvas.showPage()
    canvas.save()
    return raw.getvalue()


def test_a_pdf_gives_paragraphs_across_pages_without_running_heads() -> None:
    full = "全面推进依法行政工作成效明显全面推进依法行政工作成效明显全面"
    data = _pdf([["　　" + full[:28], full[:30], full[:30]], [full[:12] + "。", "　　二、存在不足"]], head="某镇文件")
    document = reading(data, "a.pdf")
    assert document.text == f"{full[:28]}{full[:30]}{full[:30]}{full[:12]}。\n二、存在不足"
    assert [page.number for page in document.pages] == [1, 2]
    span = document.lines()[1]
    assert document.page_of(span) == 2
    assert len(document.boxes_of(span)) == span.length


def _bad_files() -> dict[str, tuple[str, bytes, type[ReadingError]]]:
    pdf = _pdf([["甲乙丙"]])
    scan = BytesIO()
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(scan, invariant=1)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    locked = BytesIO()
    canvas = Canvas(locked, encrypt="geheim")
    canvas.drawString(10, 10, "a")
    canvas.save()
    no_pages = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
        b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n101\n%%EOF"
    )
    return {
        "empty": ("a.txt", b"", EmptyFile),
        "white space": ("a.txt", b" \n\t\n", EmptyFile),
        "binary called txt": ("a.txt", bytes(range(256)) * 40, NotText),
        "latin text": ("a.txt", b"nothing Chinese in here at all", NoChinese),
        "truncated docx": ("a.docx", _docx()[:2000], DamagedFile),
        "old doc": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, UnsupportedFormat),
        "truncated pdf": ("a.pdf", pdf[:300], DamagedFile),
        "encrypted pdf": ("a.pdf", locked.getvalue(), EncryptedFile),
        "scan": ("a.pdf", scan.getvalue(), NoTextLayer),
        "no pages": ("a.pdf", no_pages, NoPages),
        "50 MB": ("a.txt", "长".encode() * (SIZE_LIMIT // 3 + 10), TooLarge),
        "spreadsheet": ("a.bin", _zip({"xl/workbook.xml": b"<a/>"}), UnsupportedFormat),
    }


def _zip(members: dict[str, bytes]) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return raw.getvalue()


@pytest.mark.parametrize("case", list(_bad_files()), ids=str)
def test_bad_files_are_named_with_place_and_remedy(case: str) -> None:
    name, data, error = _bad_files()[case]
    with pytest.raises(error) as caught:
        reading(data, name)
    assert caught.value.detail.startswith(f"[{error.code}] {name}: ")
    assert "→" in caught.value.detail


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a"]))
def test_any_bytes_give_a_document_or_a_reading_error(data: bytes, name: str) -> None:
    try:
        document = reading(data, name)
    except ReadingError:
        return
    assert document.text


def test_a_file_on_disk_and_its_text_give_the_same(tmp_path: Path) -> None:
    import extractor

    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert extractor.extract_file(path).indicators == extractor.extract(TEXT).indicators
