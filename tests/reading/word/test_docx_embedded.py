"""Documents inside a Word document, and a package written as one XML file."""

import base64
from hashlib import sha256

import pytest
from word_files import members, packed, word

from extractor.datamodel.document import Document
from extractor.errors import DamagedFile, UnsupportedFormat
from extractor.reading import describe, read
from extractor.reading.word.libreoffice import available

_CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
_BEFORE, _AFTER = "<w:p><w:r><w:t>一、主要举措</w:t></w:r></w:p>", "<w:p><w:r><w:t>三、打算</w:t></w:r></w:p>"
_RTF = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 SimSun;}}\f0 \u20108?\u12289?\u38382?\u39064?\par}"


def with_chunk(name: str, data: bytes) -> bytes:
    parts: dict[str, bytes] = {
        part: text.encode() for part, text in members(f'{_BEFORE}<w:altChunk r:id="c1"/>{_AFTER}').items()
    }
    link = f'<Relationship Id="c1" Type="{_CHUNK}" Target="{name}"/></Relationships>'.encode()
    links = parts["word/_rels/document.xml.rels"]
    parts["word/_rels/document.xml.rels"] = links.replace(b"</Relationships>", link)
    parts[f"word/{name}"] = data
    return packed(parts)


def reading(name: str, data: bytes) -> Document:
    return read(describe(name, data, sha256(data).hexdigest()), data)


def flat(parts: dict[str, str], *binary: str) -> bytes:
    made = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    made += '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    for name, text in parts.items():
        if name in binary:
            inner = f"<pkg:binaryData>{base64.encodebytes(text.encode()).decode()}</pkg:binaryData>"
        else:
            inner = f"<pkg:xmlData>{text}</pkg:xmlData>"
        made += f'<pkg:part pkg:name="/{name}">{inner}</pkg:part>'
    return f"{made}</pkg:package>".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", "<html><body><p>二、问题</p></body></html>".encode()),
        ("a.htm", "<html><body><p>二、问题</p></body></html>".encode("gb18030")),
        ("a.txt", "二、问题".encode()),
        ("a.docx", word("<w:p><w:r><w:t>二、问题</w:t></w:r></w:p>")),
        ("a.mht", b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n\n"
                  + "<p>二、问题</p>\n--x--\n".encode()),
        pytest.param("a.rtf", _RTF, marks=pytest.mark.skipif(not available(), reason="no LibreOffice")),
    ],
)  # fmt: skip
def test_an_embedded_document_stands_at_its_place(name: str, data: bytes) -> None:
    document = reading("a.docx", with_chunk(name, data))
    assert document.text == "一、主要举措\n二、问题\n三、打算"
    assert "1 embedded documents read" in document.warnings
    assert document.offsets is not None
    raw = [at for at in document.offsets.raw if at >= 0]
    assert raw == sorted(set(raw))


def test_paragraphs_of_an_embedded_text_stand_side_by_side_in_the_source() -> None:
    document = reading("a.docx", with_chunk("a.txt", "二、问题\n不足".encode()))
    start = document.text.index("二、问题")
    assert document.offsets is not None
    raw = list(document.offsets.raw[start : start + len("二、问题\n不足")])
    kept = [at for at in raw if at >= 0]
    # the break between the paragraphs is one character of the record
    assert kept[-1] - kept[0] == len("二、问题\n不足") - 1


def test_a_table_of_an_embedded_page_is_a_table() -> None:
    table = "<table><tr><th>领域</th><th>立案</th></tr><tr><td rowspan=2>城管</td><td>12</td></tr><tr><td>3</td></tr></table>"
    document = reading("a.docx", with_chunk("a.html", f"<p>二、问题</p>{table}<p>另有7名。</p>".encode()))
    assert document.text == "一、主要举措\n二、问题\n领域\t立案\n城管\t12\n3\n另有7名。\n三、打算"
    assert [(document.quote(c.span), c.row, c.column, c.row_span) for c in document.tables[0].cells] == [
        ("领域", 0, 0, 1), ("立案", 0, 1, 1), ("城管", 1, 0, 2), ("12", 1, 1, 1), ("3", 2, 1, 1)
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.bin", "a.docx"])
def test_an_embedded_document_that_cannot_be_read_is_named(name: str) -> None:
    with pytest.raises(UnsupportedFormat, match=rf"embedded in it as word/{name}"):
        reading("a.docx", with_chunk(name, b"\0\1\2"))


def test_documents_inside_documents_end_somewhere() -> None:
    inner = with_chunk("b.docx", word("<w:p><w:r><w:t>内</w:t></w:r></w:p>"))
    with pytest.raises(UnsupportedFormat, match="embedded"):
        reading("a.docx", with_chunk("a.docx", inner))


@pytest.mark.parametrize("name", ["a.doc", "a.xml", "a.docx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_package_in_one_file_is_read_whatever_its_name(name: str, encoding: str) -> None:
    data = flat(members(_BEFORE + _AFTER)).decode().encode(encoding)
    assert reading(name, data).text == "一、主要举措\n三、打算"


def test_parts_in_base64_are_parts_too() -> None:
    parts = members(_BEFORE, numbering="<w:abstractNum/>")
    assert reading("a.doc", flat(parts, "word/document.xml")).text == "一、主要举措"


@pytest.mark.parametrize("cut", [200, 600, -30])
def test_a_package_that_is_cut_off_is_damaged(cut: int) -> None:
    with pytest.raises(DamagedFile):
        reading("a.doc", flat(members(_BEFORE))[:cut])
