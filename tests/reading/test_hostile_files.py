"""Files that unfold, nest or point elsewhere: refused, or read, soon and with the reason. The heavy ones: bench/hostile.py."""

import time
from hashlib import sha256

import pytest
from hostile import extracted
from hostile_files import BOMBS, html, page, pdf, rules, stream

from extractor.errors import TooLarge
from extractor.pipeline import build_context
from extractor.reading import describe, read
from extractor.reading.pdf.bounds import check_bounds
from extractor.stages import Context

OUTCOMES = {
    "zip: ten deep": "E211",
    "zip: 16 in each of 16 in each of 16": "E211",
    "zip: 2000 entries on the same bytes": "E211",
    "zip: members that point outside": "E211",
    "tar: links, a device, a pipe": "skipped",
    "tar: a sparse member of 7 GB": "E211",
    "docx: a billion laughs": "E203",
    "docx: an entity that is /etc/passwd": "E203",
    "docx: a document type from elsewhere": "E203",
    "docx: 100,000 deep": "E210",
    "docx: cells over 999,999 columns": "E201",
    "docx: 2,000,000 empty paragraphs": "E210",
    "flat docx: a billion laughs": "E203",
    "pdf: 200 MB of content": "E210",
    "pdf: forms in forms, ten to the ninth": "E210",
    "pdf: 1,000,000 pages": "E210",
    "pdf: a page tree that holds itself": "E203",
    "pdf: a picture of 60,000 by 60,000": "E205",
    "ofd: a billion laughs": "E203",
    "ofd: 1,000,000 pages": "E210",
    "html: 1,000,000 open blocks": "E210",
    "html: 200,000 tables in tables": "E210",
    "html: 2,000,000 less-than": "E210",
    "html: 500,000 closing tags of nothing": "E210",
    "html: 4,000 rules by 20,000 blocks": "E210",
    "html: 1,000,000 open comments": "E210",
    "mhtml: 2,000 parts in parts": "E211",
    "txt: 30 MB": "E210",
}


@pytest.fixture(scope="module")
def context() -> Context:
    return build_context()


@pytest.mark.parametrize("name", OUTCOMES)
def test_what_unfolds_is_refused_soon(name: str, context: Context) -> None:
    file, make = BOMBS[name]
    data = make()
    start = time.process_time()
    assert extracted(file, data, context) == OUTCOMES[name]
    # two seconds on a quiet machine
    assert time.process_time() - start < 8


def test_streams_and_forms_of_honest_files_are_left_alone() -> None:
    for data in (
        page(stream(b"q Q " * 100_000)),
        page(stream(b"/F Do"), b"/XObject<</F 5 0 R>>", *[stream(b"/F Do", b"/Subtype/Form/Resources<</XObject<</F 5 0 R>>>>")] * 9),
        page(stream(bytes(40 << 20), b"/Subtype/Image")),
        pdf(b"<</Filter/FlateDecode>>stream\nnot packed\nendstream"),
        b"stream stream obj << endstream 1 0 obj stream",
    ):  # fmt: skip
        check_bounds(describe("a.pdf", data, ""), data)
    bomb = page(stream(bytes(40 << 20)))
    with pytest.raises(TooLarge, match="32 MB"):
        check_bounds(describe("a.pdf", bomb, ""), bomb)


def test_a_page_of_many_rules_and_elements_is_read() -> None:
    rules = "".join(f".a{at} .b{{display:none}}" for at in range(1000))
    data = html(f"<style>{rules}</style>" + "<div class=b>甲</div><p>乙</p>" * 500)
    assert read(describe("a.html", data, sha256(data).hexdigest()), data).text.count("甲") == 500


@pytest.mark.parametrize("count", [500, 5000, 9000])
def test_a_stream_ends_where_it_ends(count: int) -> None:
    # zlib keeps the last bytes of some streams as a tail for ever: that was a loop without end
    data = rules(count)
    check_bounds(describe("a.pdf", data, sha256(data).hexdigest()), data)
