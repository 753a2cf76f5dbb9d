"""What is written on a page and not seen: left out and counted. What only looks so: read."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from test_pdf import drawn, reading

SEEN = "一、全年办理案件12件，办结率98.5%。"
SECRET = "受理投诉901件。"


def page(secret: Callable[[Canvas], None], before: Callable[[Canvas], None] | None = None) -> bytes:
    def made(canvas: Canvas) -> None:
        if before:
            before(canvas)
        canvas.setFillColor(black)
        canvas.drawString(72, 700, SEEN)
        canvas.drawString(72, 680, "二、全年开展检查7次。")
        secret(canvas)

    return drawn(made)


def box(canvas: Canvas, colour: Color, **how: int) -> None:
    canvas.setFillColor(colour)
    canvas.rect(60, 590, 300, 24, **{"stroke": 0, "fill": 1, **how})


def written(canvas: Canvas, colour: Color = black, x: float = 72, y: float = 600, mode: int = 0) -> None:
    text = canvas.beginText(x, y)
    text.setFont("STSong-Light", 12)
    text.setTextRenderMode(mode)
    text.setFillColor(colour)
    text.textOut(SECRET)
    canvas.drawText(text)


def covered(canvas: Canvas) -> None:
    written(canvas)
    box(canvas, HexColor("#336699"))


def dark_on_dark(canvas: Canvas) -> None:
    box(canvas, HexColor("#336699"))
    written(canvas, HexColor("#34679a"))


def tiny(canvas: Canvas) -> None:
    canvas.setFont("STSong-Light", 0.4)
    canvas.drawString(72, 600, SECRET)


def glass(canvas: Canvas) -> None:
    written(canvas, Color(0, 0, 0, alpha=0))


def in_form(canvas: Canvas) -> None:
    canvas.beginForm("f")
    written(canvas, white, 0, 0)
    canvas.endForm()
    canvas.translate(72, 600)
    canvas.doForm("f")


def half_covered(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "三、" + SECRET)
    canvas.setFillColor(black)
    canvas.rect(96, 590, 300, 24, stroke=0, fill=1)


@pytest.mark.parametrize(
    "secret",
    [
        lambda canvas: written(canvas, mode=3),
        lambda canvas: written(canvas, white),
        lambda canvas: written(canvas, HexColor("#fdfdfd")),
        lambda canvas: written(canvas, x=700),
        lambda canvas: written(canvas, y=-30),
        covered,
        dark_on_dark,
        tiny,
        glass,
        in_form,
    ],
    ids=["no ink", "white", "nearly white", "beside", "below", "covered", "ground", "tiny", "glass", "form"],
)
def test_what_no_one_sees_is_no_text(secret: Callable[[Canvas], None]) -> None:
    document = reading(page(secret))
    assert document.text == f"{SEEN}\n二、全年开展检查7次。"
    assert "9 hidden characters left out" in document.warnings


def test_of_a_line_that_is_half_covered_the_other_half_stays() -> None:
    document = reading(page(half_covered))
    assert document.text.endswith("7次。\n三、")


def white_on_dark(canvas: Canvas) -> None:
    box(canvas, HexColor("#336699"))
    written(canvas, white)


def marked(canvas: Canvas) -> None:
    written(canvas)
    box(canvas, Color(1, 1, 0, alpha=0.4))


def framed(canvas: Canvas) -> None:
    written(canvas)
    canvas.rect(60, 590, 300, 24, stroke=1, fill=0)


def clipped_box(canvas: Canvas) -> None:
    written(canvas)
    path = canvas.beginPath()
    path.rect(60, 400, 300, 24)
    canvas.clipPath(path, stroke=0)
    canvas.setFillColor(white)
    canvas.rect(0, 0, 600, 800, stroke=0, fill=1)


def on_a_badge(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#336699"))
    canvas.roundRect(60, 590, 300, 24, 8, stroke=0, fill=1)
    written(canvas, white)


def on_a_picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "navy")), 60, 590, 300, 24)
    written(canvas, white)


def outlined(canvas: Canvas) -> None:
    canvas.setStrokeColor(black)
    written(canvas, white, mode=2)


@pytest.mark.parametrize(
    "secret",
    [
        white_on_dark,
        marked,
        framed,
        clipped_box,
        on_a_badge,
        on_a_picture,
        outlined,
        lambda canvas: written(canvas, HexColor("#888888")),
        lambda canvas: written(canvas, HexColor("#ff0000")),
    ],
    ids=["white on dark", "marker", "frame", "clip", "badge", "picture", "outline", "grey", "red"],
)
def test_what_is_seen_stays(secret: Callable[[Canvas], None]) -> None:
    document = reading(page(secret))
    assert SECRET in document.text
    assert not any("hidden" in warning for warning in document.warnings)


def test_text_printed_again_over_a_box_is_read_once() -> None:
    def corrected(canvas: Canvas) -> None:
        written(canvas)
        box(canvas, white)
        canvas.setFillColor(black)
        canvas.drawString(72, 600, "受理投诉19件。")

    assert reading(page(corrected)).text.endswith("7次。\n受理投诉19件。")


def test_invisible_text_over_a_scan_is_its_text() -> None:
    from PIL import Image

    raw = BytesIO()
    canvas = Canvas(raw, invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 255)), 0, 0, 595, 842)
    for at in range(4):
        text = canvas.beginText(72, 700 - 20 * at)
        text.setFont("STSong-Light", 12)
        text.setTextRenderMode(3)
        text.textOut(SEEN[2:])
        canvas.drawText(text)
    canvas.save()
    assert reading(raw.getvalue()).text.count("12件") == 4
