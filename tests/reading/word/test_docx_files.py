"""Word files as files: strict ones, those with macros, damaged, locked and overlarge ones; properties of any file."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import (
    CHINESE,
    MARK_GONE,
    check_offsets,
    in_list,
    members,
    num,
    ole,
    p,
    packed,
    r,
    reading,
    tbl,
    tr,
    word,
)

from extractor.errors import DamagedFile, EncryptedFile, NoTextLayer, ReadingError, TooLarge, UnsupportedFormat
from extractor.reading.word import package as word_package
from extractor.reading.word import reader


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
    with pytest.raises(TooLarge, match="tags"):
        reading(word("<w:p/>" * word_package.TAG_LIMIT + p("甲")))
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
