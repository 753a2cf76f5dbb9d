"""Scans: which pages are recognised, what is mended, kept, and said where the extra is missing."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.datamodel.document import Document
from extractor.datamodel.vocabulary import TextOrigin
from extractor.errors import NoTextLayer
from extractor.reading import describe, read
from extractor.reading.assemble import Box
from extractor.reading.pdf.layout import running_heads
from extractor.reading.pdf.ocr_repair import mend, widened
from extractor.reading.pdf.reader import ocr
from extractor.reading.pdf.reading_order import Line

SENTENCES = ["一、主要做法和成效", "根据青政办〔2021〕16号文件要求，全年办结案件128件，办结率98.5%。"]


def reading(data: bytes) -> Document:
    return read(describe("a.pdf", data, sha256(data).hexdigest()), data)


def printed(texts: list[str]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    raw = BytesIO()
    canvas = Canvas(raw, invariant=1)
    canvas.setFont("STSong-Light", 12)
    for at, text in enumerate(texts):
        canvas.drawString(96, 740 - 24 * at, text)
    canvas.save()
    return raw.getvalue()


@cache
def has_chinese_font() -> bool:
    """True if this machine draws Chinese; where it does not, digits and Latin letters are drawn all the same."""
    import pypdfium2

    with pypdfium2.PdfDocument(printed(["字"])) as pdf:
        return bool(pdf[0].render(grayscale=True).to_pil().getextrema() != (255, 255))


def scan(*pages: bytes | str, over: Callable[[Canvas], None] | None = None) -> bytes:
    """A PDF of pictures of PDFs; a text is a page that has its text. `over` draws on each picture."""
    import pypdfium2

    raw = BytesIO()
    canvas = Canvas(raw, invariant=1)
    for page in pages:
        if isinstance(page, str):
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(72, 740, page)
        else:
            with pypdfium2.PdfDocument(page) as pdf:
                picture = pdf[0].render(scale=200 / 72, grayscale=True).to_pil()
            if not has_chinese_font():
                pytest.skip("no Chinese font is installed: the page to be scanned stays blank")
            canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
            if over:
                over(canvas)
        canvas.showPage()
    canvas.save()
    return raw.getvalue()


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """A stand-in for recognition that counts its calls; its cache is in the test's folder."""
    calls: list[Any] = []

    def recognised(image: Any) -> list[tuple[str, list[Box], float]]:
        calls.append(image.shape)
        lines = [("一、主要做法和成效", 0.99), ("根据青政办[2021]16 号文件(试行)要求，办结案件128件。", 0.85)]
        return [
            (text, [(260 + 33.0 * at, 300 + 66.0 * row, 293 + 33.0 * at, 333 + 66.0 * row) for at in range(len(text))], score)
            for row, (text, score) in enumerate(lines)
        ]  # fmt: skip

    monkeypatch.setattr(ocr, "_recognised", recognised)
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "version", lambda _: "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return calls


def test_a_scanned_page_becomes_text_with_places_confidence_and_repairs(engine: list[Any]) -> None:
    document = reading(scan(printed(SENTENCES)))
    assert document.text == "一、主要做法和成效\n根据青政办〔2021〕16号文件（试行）要求，办结案件128件。"
    assert document.text_origin is TextOrigin.OCR
    assert document.warnings[:4] == (
        "recognised pages 1, mean confidence 0.920",
        "1 recognised lines below confidence 0.9",
        "1 document numbers mended after recognition",
        "2 recognised brackets and stops made wide",
    )
    # pixels at 200 dpi are points times 200/72
    assert document.boxes_of(document.lines()[0])[0] == pytest.approx((93.6, 108, 105.5, 119.9), abs=0.1)


def test_the_same_picture_is_recognised_once(engine: list[Any]) -> None:
    first, second = reading(scan(printed(SENTENCES))), reading(scan(printed(SENTENCES)))
    assert (first.text, len(engine)) == (second.text, 1)


def test_only_pages_without_text_are_recognised(engine: list[Any]) -> None:
    own = "本页自有文字共二十八字，无须识别，一字不差地读出来即可完成。"
    document = reading(scan(own, printed(SENTENCES), own))
    assert len(engine) == 1
    assert document.text.count("无须识别") == 2
    assert "recognised pages 2, mean confidence 0.920" in document.warnings
    assert [page.number for page in document.pages] == [1, 2, 3]


def test_text_that_stands_on_a_scan_and_that_recognition_does_not_see_is_kept(engine: list[Any]) -> None:
    def stamped(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(72, 400, "归档第7卷")
        # where recognition found a line, its reading counts
        canvas.drawString(96, 728, "被识别过")

    document = reading(scan(printed(SENTENCES), over=stamped))
    assert document.text.splitlines()[-1] == "归档第7卷"
    assert "被识别过" not in document.text
    assert document.text_origin is TextOrigin.OCR


def test_without_the_extra_a_scan_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(NoTextLayer, match=r"pip install 'govreport\[ocr\]'"):
        reading(scan(printed(SENTENCES)))
    document = reading(scan("本页自有文字共二十八字，无须识别，一字不差地读出来即可完成。", printed(SENTENCES)))
    assert document.text_origin is TextOrigin.NATIVE
    assert any(w.startswith("pages 2 are pictures and were not read → pip install") for w in document.warnings)


def test_recognition_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVREPORT_OCR", "0")
    assert not ocr.available()


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("政办[2021]5号", "政办〔2021〕5号"),
        ("政办（2021）5 号", "政办〔2021〕5号"),
        ("政办12021〕15号", "政办〔2021〕15号"),
        ("政办〔2021l5号", "政办〔2021〕5号"),
        ("政办〔2021〕5号", "政办〔2021〕5号"),
        ("政办〔20214号", "政办〔2021〕4号"),
        ("政办[2021216 号", "政办〔2021〕216号"),
        # the one may be the bracket: 4号 or 14号
        ("政办〔202114号", "政办〔202114号"),
        ("政办（20214号", "政办（20214号"),
        ("政办〔2021年4号", "政办〔2021年4号"),
        ("见青政办〔2021]", "见青政办〔2021〕"),
        ("（2021）年12号", "（2021）年12号"),
        ("办结12021件，见5号", "办结12021件，见5号"),
        ("2021年第5号公告", "2021年第5号公告"),
    ],
    ids=str,
)
def test_document_numbers_are_mended_by_rule(seen: str, meant: str) -> None:
    text, boxes, count = mend(seen, [(float(at), 0.0, at + 1.0, 1.0) for at in range(len(seen))])
    assert (text, len(boxes), count) == (meant, len(meant), int(seen != meant))


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("受理(件)", "受理（件）"),
        ("f(x)", "f(x)"),
        ("纲要(2021—2025年)》", "纲要（2021—2025年）》"),
        ("(一)成效", "（一）成效"),
        ("受理,办结;共1,024件", "受理，办结；共1,024件"),
    ],
    ids=str,
)
def test_brackets_of_chinese_text_are_wide(seen: str, meant: str) -> None:
    assert widened(seen)[0] == meant


def test_a_page_on_its_head_is_turned_and_its_places_are_those_of_the_page_as_shown(
    engine: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    upright = ocr._recognised
    pages: list[Any] = []

    def asked_twice(image: Any) -> list[tuple[str, list[Box], float]]:
        pages.append(image)
        lines = upright(image)
        # what stands on its head gives few letters, and doubtful ones
        return lines if len(pages) == 2 else [("°T", lines[0][1][:2], 0.54)]

    monkeypatch.setattr(ocr, "_recognised", asked_twice)
    document = reading(scan(printed(SENTENCES)))
    assert document.text.startswith("一、主要做法和成效\n根据青政办〔2021〕16号文件")
    assert (pages[0][::-1, ::-1] == pages[1]).all()
    x0, top, x1, bottom = 93.6, 108, 105.5, 119.9
    expected = (595.28 - x1, 841.89 - bottom, 595.28 - x0, 841.89 - top)
    assert document.boxes_of(document.lines()[0])[0] == pytest.approx(expected, abs=0.5)


def test_a_poor_page_that_reads_no_better_on_its_head_is_left_as_it_stands(
    engine: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    upright = ocr._recognised
    poor = 0.7

    def doubtful(image: Any) -> list[tuple[str, list[Box], float]]:
        return [(text, boxes, poor if len(engine) == 1 else 0.51) for text, boxes, _ in upright(image)]

    monkeypatch.setattr(ocr, "_recognised", doubtful)
    document = reading(scan(printed(SENTENCES)))
    assert len(engine) == 2
    assert document.warnings[0] == "recognised pages 1, mean confidence 0.700"
    assert not any("made straight" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    ("text", "base", "recognised", "head"),
    [
        ("青石镇人民政府办公室法治科0科", 40.0, True, True),
        # one character misread, a little lower
        ("青石镇人民政府办公窒法治科2科", 42.5, True, True),
        ("青石镇人民政府办公窒法治科2科", 42.5, False, False),
        # in the second line of the page, or another text in the place of the head
        ("青石镇人民政府办公窒法治科2科", 60.0, True, False),
        ("红石乡人民政府办公室财政科2科", 40.0, True, False),
    ],
    ids=["equal", "misread", "a file's own text", "elsewhere", "another"],
)
def test_a_running_head_that_was_misread_is_one_all_the_same(
    text: str, base: float, recognised: bool, head: bool
) -> None:
    def line(text: str, page: int, base: float) -> Line:
        return Line(text, [], page, 72.0, 300.0, base - 12, base, 12.0, base)

    rows = [line("青石镇人民政府办公室法治科1科", page, 40.0) for page in (1, 2, 3)]
    last = line(text, 4, base)
    pages = (1, 2, 3, 4) if recognised else ()
    assert (last in running_heads([*rows, last], [(595.0, 842.0)] * 4, pages)) == head


@pytest.mark.parametrize(
    ("text", "x1", "high", "size"),
    [
        # 。 ends in the middle of its square, and the frame may end before it
        ("上。", 346.0, 17.5, 12.0),
        ("上。", 342.4, 18.0, 12.0),
        ("上报", 353.0, 16.5, 12.0),
        # the size of the head of the page, and a raised mark of a note
        ("1/4", 343.0, 12.5, 8.0),
        ("①", 335.0, 8.5, 8.0),
    ],
    ids=["ink", "cut off", "no stop", "small type", "mark"],
)
def test_a_line_of_two_characters_has_the_size_of_the_type_around_it(
    text: str, x1: float, high: float, size: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def line(text: str, x0: float, step: float, top: float, high: float) -> tuple[str, list[Box], float]:
        return text, [(x0 + at * step, top, x0 + (at + 1) * step, top + high) for at in range(len(text))], 0.99

    lines = [
        line("青石镇人民政府", 324.0, 8.0, 20.0, 11.5),
        line("力争办结率保持在", 324.0, 12.0, 60.0, 16.0),
        line(text, 329.8, (x1 - 329.8) / len(text), 80.0, high),
    ]
    monkeypatch.setattr(ocr, "_cached", lambda _: (lines, [], 0.0))
    assert ocr.read_picture(None, 1.0).runs[2].size == pytest.approx(size, abs=0.1)


@pytest.mark.slow
def test_the_engine_itself_reads_a_scan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra govreport[ocr] is not installed")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    document = reading(scan(printed(SENTENCES)))
    assert document.text.split("\n") == SENTENCES
    assert document.text_origin is TextOrigin.OCR
    assert len(list((tmp_path / "govreport" / "ocr").glob("*.json"))) == 1
