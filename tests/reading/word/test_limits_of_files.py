"""What one file may hold: pages, nesting, text."""

from hashlib import sha256
from pathlib import Path

import pytest
from renderers_word import small_ofd
from word_files import p, word

from extractor import reading
from extractor.datamodel.document import Document
from extractor.errors import TooLarge
from extractor.reading import describe, read
from extractor.reading.pdf import ofd as ofd_pages
from extractor.reading.pdf import pages


def made(data: bytes, name: str) -> Document:
    return read(describe(name, data, sha256(data).hexdigest()), data)


def test_a_text_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "TEXT_LIMIT", 100)
    assert made("办结案件12件。\n".encode() * 9, "a.txt")
    for name, data in (
        ("a.txt", "办结案件12件。\n".encode() * 12),
        ("a.html", ("<p>办结案件12件。</p>" * 12).encode()),
        ("a.docx", word(p("办结案件12件。") * 12)),
    ):
        with pytest.raises(TooLarge, match="the limit is 100"):
            made(data, name)


def test_nesting_without_end_is_refused_in_word_and_read_in_web_pages() -> None:
    with pytest.raises(TooLarge, match="nested deeper"):
        made(word("<w:tbl><w:tr><w:tc>" * 4000 + p("甲") + "</w:tc></w:tr></w:tbl>" * 4000), "a.docx")
    assert made(word("<w:tbl><w:tr><w:tc>" * 60 + p("甲") + "</w:tc></w:tr></w:tbl>" * 60), "a.docx").text == "甲"
    assert made(b"<div>" * 20_000 + "<p>办结案件12件。</p>".encode(), "a.html").text == "办结案件12件。"


def test_pages_beyond_the_limit_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_PAGE_LIMIT", 1)
    monkeypatch.setattr(ofd_pages, "_PAGE_LIMIT", 1)
    pdf = (root / "corpora/sample/reports/2021/nanpu-2021.pdf").read_bytes()
    for name, data in (("a.pdf", pdf), ("a.ofd", small_ofd())):
        with pytest.raises(TooLarge, match="above 1 pages"):
            made(data, name)
