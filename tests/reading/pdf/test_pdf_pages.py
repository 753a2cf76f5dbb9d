"""Pages as people make them: shading, open tables, rows over page breaks, blocks on their side, watermarks, raised marks."""

from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from test_pdf import FONT, FULL, drawn, lines, reading

from extractor.datamodel.document import Document

HEAD = ["领域", "立案", "结案", "移送"]
ROWS = [["城市管理", "12", "10", "1"], ["农业农村", "3", "3", "2"], ["合计", "15", "13", "3"]]
LEFTS = (80, 200, 300, 400, 500)


def table_of(document: Document) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in document.tables[0].cells:
        rows.setdefault(cell.row, []).append(document.quote(cell.span))
    return list(rows.values())


def cells(canvas: Canvas, rows: list[list[str]], y: float = 600, lefts: tuple[int, ...] = LEFTS) -> None:
    for at, row in enumerate(rows):
        for left, text in zip(lefts, row, strict=False):
            canvas.drawString(left + 6, y - 20 * at + 6, text)


def rules(canvas: Canvas, ys: list[float], xs: list[float], x0: float = 80, x1: float = 500) -> None:
    for y in ys:
        canvas.line(x0, y, x1, y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])


def open_sides(canvas: Canvas) -> None:
    cells(canvas, [HEAD, *ROWS])
    rules(canvas, [620, 600, 580, 560, 540], [200, 300, 400])


def open_left(canvas: Canvas) -> None:
    cells(canvas, [HEAD, *ROWS])
    rules(canvas, [620, 600, 580, 560, 540], [200, 300, 400, 500])


def three_lines(canvas: Canvas) -> None:
    cells(canvas, [HEAD, *ROWS])
    rules(canvas, [620, 600, 540], [])


def flat_lines(canvas: Canvas) -> None:
    cells(canvas, [HEAD, *ROWS])
    rules(canvas, [620, 600, 580, 560, 540], [])


def no_lines(canvas: Canvas) -> None:
    cells(canvas, [HEAD, *ROWS])


def zebra(canvas: Canvas) -> None:
    for y in (600, 560):
        canvas.setFillColor(HexColor("#dde6ee"))
        canvas.rect(80, y, 420, 20, stroke=0, fill=1)
    canvas.setFillColor(black)
    cells(canvas, [HEAD, *ROWS])


def thin_areas(canvas: Canvas) -> None:
    cells(canvas, [HEAD, *ROWS])
    for y in (620, 600, 580, 560, 540):
        canvas.rect(80, y, 420, 0.5, stroke=0, fill=1)
    for x in LEFTS:
        canvas.rect(x, 540, 0.5, 80, stroke=0, fill=1)


@pytest.mark.parametrize(
    "draw", [open_sides, open_left, three_lines, flat_lines, no_lines, zebra, thin_areas], ids=lambda one: one.__name__
)
@pytest.mark.parametrize("among_text", [True, False])
def test_a_table_is_a_table_however_little_of_its_grid_is_drawn(
    draw: Callable[[Canvas], None], among_text: bool
) -> None:
    def page(canvas: Canvas) -> None:
        if among_text:
            lines(canvas, ["　" + FULL + FULL[:5], FULL[:20] + "。"], y=700)
            lines(canvas, ["　" + FULL[:20] + "。"], y=480)
        draw(canvas)

    document = reading(drawn(page))
    assert table_of(document) == [HEAD, *ROWS]
    if among_text:
        assert document.text.split("\n")[0] == FULL + FULL[:5] + FULL[:20] + "。"
        assert document.text.split("\n")[-1] == FULL[:20] + "。"


def test_words_of_a_head_in_the_middle_of_figures_at_the_left_are_theirs() -> None:
    def page(canvas: Canvas) -> None:
        for left, word in zip(LEFTS, ["领域", "立案", "结案", "移送司法机关办理"], strict=False):
            canvas.drawCentredString(left + 50, 606, word)
        cells(canvas, ROWS, y=580)
        rules(canvas, [620, 600, 540], [])

    assert table_of(reading(drawn(page)))[:2] == [["领域", "立案", "结案", "移送司法机关办理"], ROWS[0]]


def test_a_head_over_several_columns_spans_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(86, 606, "领域")
        canvas.drawCentredString(350, 606, "受理和办结的各类案件情况统计")
        cells(canvas, ROWS, y=580)
        rules(canvas, [620, 600, 540], [])

    first = [(cell.column, cell.column_span) for cell in reading(drawn(page)).tables[0].cells if cell.row == 0]
    assert first == [(0, 1), (1, 3)]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["姓名", "职务", "电话", "住址"],
            ["甲某", "主任", "另行通知", "本镇"],
            ["乙某", "副主任", "另行通知", "本镇"],
        ],
        [["（盖章）", "（签字）", "2021年", "12月"]],
        [["第一批", "第二批", "第三批"], ["城市管理", "农业农村", "市场监管"], ["卫生健康", "应急管理", "文化旅游"]],
    ],
    ids=["people", "one row", "words"],
)
def test_words_under_each_other_are_no_table(rows: list[list[str]]) -> None:
    assert not reading(drawn(lambda canvas: cells(canvas, rows))).tables


def test_three_lines_round_prose_are_no_table() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["　" + FULL, FULL[:30], "　" + FULL[:30]], x=80, y=606)
        rules(canvas, [630, 590, 540], [])

    assert not reading(drawn(page)).tables


@pytest.mark.parametrize("ground", [white, HexColor("#f4f4e8")], ids=["white", "coloured"])
def test_shading_in_the_colour_of_the_ground_is_no_rule(ground: Color) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColor(ground)
        canvas.rect(0, 0, *A4, stroke=0, fill=1)
        for at in range(4):
            canvas.setFillColor(ground)
            canvas.rect(80, 660 - 20 * at, 420, 20, stroke=0, fill=1)
        canvas.setFillColor(black)
        lines(canvas, ["　" + FULL + FULL[:3], FULL[:25] + "。", "一、主要做法", "　" + FULL[:20] + "。"], x=82, y=665)
        cells(canvas, [HEAD, *ROWS], y=580)
        rules(canvas, [600, 580, 560, 540, 520], list(LEFTS))

    document = reading(drawn(page))
    assert table_of(document) == [HEAD, *ROWS]
    assert document.text.split("\n")[:2] == [FULL + FULL[:3] + FULL[:25] + "。", "一、主要做法"]


def test_figures_of_neighbouring_columns_are_two() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(80, 600, "市场监管")
        canvas.drawString(136, 600, "1,015")
        canvas.drawString(174, 600, "13")
        canvas.drawString(80, 560, "2 0 2 1")

    assert reading(drawn(page)).text == "市场监管1,015 13\n2 0 2 1"


# --- page breaks


def split(first: list[list[str]], second: list[list[str]]) -> Document:
    """A table of three columns over two pages."""
    lefts = (80, 200, 400, 480)

    def part(rows: list[list[str]], y: float) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            cells(canvas, rows, y=y, lefts=lefts)
            rules(canvas, [y + 20 - 20 * at for at in range(len(rows) + 1)], [float(x) for x in lefts], x1=480)

        return page

    return reading(drawn(part(first, 160), part(second, 700)))


LONG = "组织开展行政执法案卷集中评查活动"
CUT = [["项目", "内容", "数量"], ["案卷评查", LONG, "12"]]


def test_a_row_that_a_page_break_cuts_is_one_row() -> None:
    document = split(CUT, [["", "并通报结果", ""], ["普法宣传", "进村入户", "7"]])
    assert table_of(document) == [*CUT[:1], ["案卷评查", LONG + "并通报结果", "12"], ["普法宣传", "进村入户", "7"]]
    assert "1 table rows made whole over a page break" in document.warnings
    assert document.offsets is not None
    (start, end, page) = document.offsets.strays[0]
    assert (document.text[start:end], page) == ("并通报结果", 2)


@pytest.mark.parametrize(
    "row",
    [["普法宣传", "进村入户", "7"], ["", "进村入户", "7"], ["二、普法", "", ""], ["", "（二）入户", ""]],
    ids=["whole", "figures", "marker", "marked part"],
)
def test_a_row_of_its_own_stays_one(row: list[str]) -> None:
    assert table_of(split(CUT, [row, ["合计", "", "19"]])) == [*CUT, row, ["合计", "", "19"]]


def test_a_row_under_one_that_ended_stays_one() -> None:
    rows = [["项目", "内容", "数量"], ["案卷评查", "评查案卷", "12"]]
    assert table_of(split(rows, [["", "另行通报", ""], ["合计", "", "19"]]))[2] == ["", "另行通报", ""]


def test_a_head_that_is_printed_again_is_left_out() -> None:
    document = split(CUT, [CUT[0], ["", "并通报结果", ""], ["普法宣传", "进村入户", "7"]])
    assert table_of(document) == [*CUT[:1], ["案卷评查", LONG + "并通报结果", "12"], ["普法宣传", "进村入户", "7"]]
    assert "1 repeated table head lines dropped" in document.warnings


# --- turned blocks, watermarks, raised marks


def on_its_side(canvas: Canvas, quarters: int = 1) -> None:
    lines(canvas, ["　" + FULL + FULL[:4], FULL[:20] + "。", "附表如下："], y=760)
    lines(canvas, ["　" + FULL[:20] + "。"], y=120)
    canvas.saveState()
    canvas.translate(300, 420)
    canvas.rotate(90 * quarters)
    canvas.translate(-290, -580)
    cells(canvas, [HEAD, *ROWS])
    rules(canvas, [620, 600, 580, 560, 540], list(LEFTS))
    canvas.restoreState()


@pytest.mark.parametrize("quarters", [1, -1, 2])
def test_a_block_on_its_side_is_read_at_its_place(quarters: int) -> None:
    document = reading(drawn(lambda canvas: on_its_side(canvas, quarters)))
    assert table_of(document) == [HEAD, *ROWS]
    text = document.text.split("\n")
    assert text[1] == "附表如下："
    assert text[-1] == FULL[:20] + "。"
    assert not any("turned" in warning for warning in document.warnings)
    cell = document.tables[0].cells[5]
    x0, top, x1, bottom = document.boxes_of(cell.span)[0]
    assert 0 < x0 < x1 < 595
    assert 200 < top < bottom < 650


def test_words_at_the_edge_on_their_side_are_left_out() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, ["　" + FULL[:20] + "。"])
        canvas.translate(30, 400)
        canvas.rotate(90)
        canvas.drawString(0, 0, "装订线")

    document = reading(drawn(page))
    assert document.text == FULL[:20] + "。"
    assert "3 slanted or turned characters left out" in document.warnings


def watermark(canvas: Canvas, texts: list[tuple[str, float, float]], size: float, colour: Color) -> None:
    canvas.setFillColor(colour)
    canvas.setFont(FONT, size)
    for text, x, y in texts:
        canvas.drawString(x, y, text)
    canvas.setFillColor(black)
    canvas.setFont(FONT, 12)


PALE, GLASS, GREY = HexColor("#d8d8d8"), Color(0, 0, 0, alpha=0.2), HexColor("#707070")
GRID = [("内部资料注意保存", 100.0 + 150 * (at % 3), 500.0 - 120 * (at // 3)) for at in range(6)]


@pytest.mark.parametrize("colour", [PALE, GLASS], ids=["pale", "glass"])
@pytest.mark.parametrize(("texts", "size"), [([("内部资料", 150.0, 400.0)], 60), (GRID, 12)], ids=["large", "grid"])
def test_an_upright_watermark_is_left_out(texts: list[tuple[str, float, float]], size: float, colour: Color) -> None:
    def page(canvas: Canvas) -> None:
        watermark(canvas, texts, size, colour)
        lines(canvas, ["　" + FULL[:20] + "。"] * 12)

    document = reading(drawn(page))
    assert document.text == "\n".join([FULL[:20] + "。"] * 12)
    assert any("of watermarks left out" in warning for warning in document.warnings)


def test_a_faint_line_on_each_page_is_a_watermark_and_alone_a_note() -> None:
    def page(canvas: Canvas) -> None:
        watermark(canvas, [("公开征求意见稿", 200, 400)], 12, PALE)
        lines(canvas, ["　" + FULL[:20] + "。"])

    assert "意见稿" not in reading(drawn(page, page)).text
    assert "意见稿" in reading(drawn(page)).text


def test_grey_words_said_again_are_text() -> None:
    def page(canvas: Canvas) -> None:
        watermark(
            canvas, [("各区按期完成", 100, 500), ("各区按期完成", 100, 400), ("各区按期完成", 100, 300)], 12, GREY
        )

    assert reading(drawn(page)).text.count("各区按期完成") == 3


@pytest.mark.parametrize("rise", [3, 5, 6])
@pytest.mark.parametrize("size", [6, 7, 8])
@pytest.mark.parametrize("in_cell", [True, False])
def test_a_raised_mark_belongs_to_its_word(rise: float, size: float, in_cell: bool) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 600, "拆除违建1200m")
        at = 100 + canvas.stringWidth("拆除违建1200m", FONT, 12)
        canvas.setFont(FONT, size)
        canvas.drawString(at, 600 + rise, "2")
        canvas.setFont(FONT, 12)
        canvas.drawString(at + 0.6 * size, 600, "，新增绿地")
        canvas.drawString(100, 580, "累计完成清运垃圾")
        if in_cell:
            rules(canvas, [620, 570, 540], [80, 300, 500])
            canvas.drawString(320, 590, "12")
            canvas.drawString(100, 550, "合计")

    text = reading(drawn(page)).text
    assert "1200m2，新增绿地" in text or "1200m²，新增绿地" in text
