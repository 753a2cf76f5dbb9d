"""PDF with text: order, furniture, notes, tables, turned pages, glyphs, and what four producers make of one report."""

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.datamodel.document import Document
from extractor.datamodel.span import Span
from extractor.reading import describe, read

FONT = "STSong-Light"
FULL = "全面推进依法行政工作取得明显成效各项任务按期完成群众满意度提升"


def reading(data: bytes) -> Document:
    return read(describe("a.pdf", data, sha256(data).hexdigest()), data)


def drawn(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    raw = BytesIO()
    canvas = Canvas(raw, pagesize=size, invariant=1)
    for page in pages:
        canvas.setFont(FONT, 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return raw.getvalue()


def lines(canvas: Canvas, texts: list[str], x: float = 72, y: float = 700) -> None:
    for at, text in enumerate(texts):
        canvas.drawString(x + (24 if text.startswith("　") else 0), y - 20 * at, text.strip("　"))


def paragraph(canvas: Canvas, x: float, y: float, letter: str) -> None:
    """Six lines of sixteen characters, the first indented, the last short."""
    lines(canvas, [f"　{letter * 14}", *[letter * 16] * 4, letter * 5 + "。"], x, y)


def test_columns_are_read_one_after_the_other() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, [FULL + FULL[:6]], y=760)
        for at in range(6):
            # drawn line by line across both columns: the order of drawing must not matter
            canvas.drawString(72, 700 - 20 * at, "左" * (16 if at < 5 else 5))
            canvas.drawString(300, 700 - 20 * at, "右" * (16 if at < 5 else 5))
        lines(canvas, ["　" + FULL[:20] + "。"], y=560)

    text = reading(drawn(page)).text
    assert text == f"{FULL + FULL[:6]}\n{'左' * 85}\n{'右' * 85}\n{FULL[:20]}。"


@pytest.mark.parametrize(
    ("starts", "apart"),
    [
        ((300.0, 300.0, 300.0, 300.0), True),
        # as on a scan: no two lines start at the same point
        ((300.0, 301.8, 303.6, 302.4), True),
        # centred phrases beside a paragraph have no edge
        ((300.0, 318.0, 309.0, 327.0), False),
    ],
    ids=["exact", "as on a scan", "centred"],
)
def test_lines_of_a_column_start_at_about_the_same_place(starts: tuple[float, ...], apart: bool) -> None:
    def page(canvas: Canvas) -> None:
        for at, start in enumerate(starts):
            canvas.drawString(72, 700 - 20 * at, "左" * 16)
            canvas.drawString(start, 700 - 20 * at, "右" * 16)

    assert ("左" * 64 in reading(drawn(page)).text) == apart


def test_a_list_of_figures_without_rules_is_no_pair_of_columns() -> None:
    def page(canvas: Canvas) -> None:
        for at, name in enumerate(("受理", "办结", "调解", "走访")):
            canvas.drawString(72, 700 - 20 * at, name)
            canvas.drawString(320, 700 - 20 * at, f"{at}12件")

    assert reading(drawn(page)).text == "受理 012件\n办结 112件\n调解 212件\n走访 312件"


@pytest.mark.parametrize("number", ["— 3 —", "第3页", "- 3 -", "3", "第 3 页 共 9 页", "－3－", "3/9"], ids=str)
def test_page_numbers_are_left_out(number: str) -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["　" + FULL[:20] + "。"])
        canvas.drawCentredString(297, 40, number)

    document = reading(drawn(page))
    assert document.text == FULL[:20] + "。"
    assert "1 running head lines dropped" in document.warnings
    assert document.offsets is not None
    assert [repair.kind for repair in document.offsets.repairs] == ["dropped"]


def test_heads_of_odd_and_even_pages_are_left_out() -> None:
    def page(at: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(72, 800, "青石镇文集" if at % 2 else "年度报告汇编")
            lines(canvas, [f"　第{'一二三四五六'[at]}段文字到此结束。"])

        return draw

    assert reading(drawn(*map(page, range(6)))).text == "\n".join(f"第{n}段文字到此结束。" for n in "一二三四五六")


def test_a_letterhead_names_the_issuer_and_is_no_text() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.setFont(FONT, 32)
        canvas.drawCentredString(297, 740, "青石镇人民政府文件")
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(297, 700, "★")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawCentredString(297, 670, "青政发〔2021〕5号")
        lines(canvas, ["　" + FULL + "。"], y=600)

    document = reading(drawn(page))
    assert document.text == f"青政发〔2021〕5号\n{FULL}。"
    assert document.metadata["issuer"] == "青石镇人民政府"


def test_footnotes_stand_apart_and_their_marks_do_not_touch_numbers() -> None:
    def first(canvas: Canvas) -> None:
        lines(canvas, ["　一、工作成效", "　" + FULL, FULL + "案件"], y=300)
        canvas.drawString(72, 240, "办结12")
        canvas.setFont(FONT, 7)
        canvas.drawString(72 + 48, 245, "1")
        canvas.setFont(FONT, 12)
        canvas.drawString(72 + 53, 240, ("件，占比较高" + FULL)[:28])
        canvas.setFont(FONT, 8)
        canvas.drawString(72, 110, "1 数据来自年度统计。")

    def second(canvas: Canvas) -> None:
        lines(canvas, ["后来全部办结。", "　二、存在不足"])

    document = reading(drawn(first, second))
    assert document.text.split("\n") == [
        "一、工作成效",
        "1 数据来自年度统计。",
        FULL * 2 + "案件办结12" + ("件，占比较高" + FULL)[:28] + "后来全部办结。",
        "二、存在不足",
    ]
    assert "1 lines of footnotes set apart" in document.warnings


def test_square_metres_keep_their_two() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "拆除违建120m")
        canvas.setFont(FONT, 7)
        canvas.drawString(72 + pdfmetrics.stringWidth("拆除违建120m", FONT, 12), 705, "2")

    assert reading(drawn(page)).text == "拆除违建120m2"


def grid(canvas: Canvas, top: float, rows: list[list[str]], *, merged: bool = False) -> None:
    foot = top - 24 * len(rows)
    for at in range(len(rows) + 1):
        y = top - 24 * at
        # the first column of a merged head goes over two rows, its second cell over two columns
        canvas.line(172 if merged and at == 1 else 72, y, 372, y)
    for at, x in enumerate((72, 172, 272, 372)):
        canvas.line(x, top - 24 if merged and at == 2 else top, x, foot)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            canvas.drawString(78 + 100 * column, top - 24 * row - 17, cell)


def test_merged_cells_know_their_extent_and_every_cell_its_place() -> None:
    rows = [["类别", "数量", ""], ["", "受理", "办结"], ["纠纷", "1,024", "98.5"]]
    document = reading(drawn(lambda canvas: (lines(canvas, ["情况如下："]), grid(canvas, 650, rows, merged=True))[0]))
    (table,) = document.tables
    cells = {(c.row, c.column): (document.quote(c.span), c.row_span, c.column_span) for c in table.cells}
    assert cells == {
        (0, 0): ("类别", 2, 1),
        (0, 1): ("数量", 1, 2),
        (1, 1): ("受理", 1, 1),
        (1, 2): ("办结", 1, 1),
        (2, 0): ("纠纷", 1, 1),
        (2, 1): ("1,024", 1, 1),
        (2, 2): ("98.5", 1, 1),
    }
    assert all(len(document.boxes_of(cell.span)) == cell.span.length for cell in table.cells)
    assert document.text.split("\n")[0] == "情况如下："


def test_a_table_over_two_pages_is_one_table() -> None:
    def first(canvas: Canvas) -> None:
        lines(canvas, ["　" + FULL[:20] + "。"], y=300)
        grid(canvas, 200, [["类别", "受理", "办结"], ["纠纷", "12", "11"]])

    def second(canvas: Canvas) -> None:
        grid(canvas, 760, [["信访", "8", "7"], ["调解", "6", "5"]])
        lines(canvas, ["　二、存在不足"], y=600)

    document = reading(drawn(first, second))
    (table,) = document.tables
    assert [document.quote(cell.span) for cell in table.cells if cell.row == 3] == ["调解", "6", "5"]
    assert document.text.endswith("二、存在不足")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_upright_with_places_on_the_page_as_shown(turn: int) -> None:
    straight = reading(drawn(lambda canvas: paragraph(canvas, 72, 700, "左")))
    import pypdfium2

    pdf = pypdfium2.PdfDocument(drawn(lambda canvas: paragraph(canvas, 72, 700, "左")))
    pdf[0].set_rotation(turn)
    raw = BytesIO()
    pdf.save(raw)
    document = reading(raw.getvalue())
    assert document.text == straight.text
    width, height = document.pages[0].width, document.pages[0].height
    assert (width, height) == pytest.approx(A4 if turn == 180 else A4[::-1], abs=1)
    span = document.lines()[0]
    here, there = document.boxes_of(span)[0], straight.boxes_of(span)[0]
    centre = ((there[0] + there[2]) / 2, (there[1] + there[3]) / 2)
    x, y = {
        90: (A4[1] - centre[1], centre[0]),
        180: (A4[0] - centre[0], A4[1] - centre[1]),
        270: (centre[1], A4[0] - centre[0]),
    }[turn]
    assert ((here[0] + here[2]) / 2, (here[1] + here[3]) / 2) == pytest.approx((x, y), abs=1)


def test_a_page_whose_text_was_drawn_sideways_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        paragraph(canvas, 72, 500, "左")

    document = reading(drawn(page))
    assert document.text == "左" * 83 + "。"
    # the first line was drawn upwards, near the left edge
    boxes = document.boxes_of(document.lines()[0])
    assert boxes[0][1] > boxes[5][1]
    assert boxes[0][0] == pytest.approx(boxes[5][0], abs=1)


def test_watermarks_and_annotations_are_no_text() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["　" + FULL + "。"])
        canvas.textAnnotation("批注内容", Rect=[100, 600, 200, 650])
        canvas.acroForm.textfield(value="form", x=72, y=500, width=100, height=20)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")

    document = reading(drawn(page))
    assert document.text == FULL + "。"
    assert "4 slanted or turned characters left out" in document.warnings


def test_bold_by_printing_twice_is_read_once() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            canvas.drawString(72 + shift, 700, "一、主要成效")

    assert reading(drawn(page)).text == "一、主要成效"


@pytest.mark.parametrize(
    ("glyph", "form"),
    [("⼀", "一"), ("⼾", "户"), ("⻓", "长"), ("\uf0b7", "•"), ("\ue81e", "龴"), ("金", "金")],
    ids=ascii,
)
def test_glyphs_that_look_alike_are_mapped(glyph: str, form: str) -> None:
    from extractor.reading.assemble import mapped

    assert mapped(glyph) == form


def _renderers() -> Any:
    import renderers

    return renderers


@pytest.mark.parametrize("producer", ["reportlab", "Chromium", "LibreOffice"])
@pytest.mark.slow
def test_no_character_is_lost_whoever_made_the_file(producer: str) -> None:
    renderers = _renderers()
    data = renderers.PRODUCERS[producer][1]()
    if data is None:
        pytest.skip(f"{producer} is not on this machine")
    document = reading(data)
    source = renderers.plain_text()
    assert document.text.replace("\t", "").split("\n") == source.replace("\t", "").split("\n")
    assert len(document.tables) == 1
    joined = sum(repair.kind == "joined" for repair in document.offsets.repairs) if document.offsets else 0
    assert f"{joined} joined by reading" in document.warnings


def test_lines_of_a_font_that_is_not_in_the_file_are_read_without_asking_the_machine() -> None:
    data = drawn(lambda canvas: lines(canvas, [f"　{FULL[:10]}。", "　无。", "　无。"]))
    found = reading(data)
    # with a font of the machine that lacks 无, pdfium takes the second for the first printed twice
    assert found.text == f"{FULL[:10]}。\n无。\n无。"
    assert found.offsets is not None
    # the height of a rectangle would tell which font the machine has
    assert all(abs(box[3] - box[1] - 13.76) < 0.01 for box in found.boxes_of(Span(0, 10)))


def test_the_fonts_of_the_machine_are_there_again_after_reading() -> None:
    import pypdfium2

    data = drawn(lambda canvas: lines(canvas, [f"　{FULL[:10]}。"]))

    def ink() -> int:
        with pypdfium2.PdfDocument(data) as pdf:
            return int((pdf[0].render(scale=1, grayscale=True).to_numpy() < 128).sum())

    before = ink()
    assert reading(data).text
    assert ink() == before
