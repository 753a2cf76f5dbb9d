"""Pages whose lines have as many letters each, so that none reaches the margin: words tell what goes on."""

from hashlib import sha256
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.reading import describe, read


def text_of(lines: list[str]) -> str:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    raw = BytesIO()
    canvas = Canvas(raw, pagesize=A4, invariant=1)
    canvas.setFont("STSong-Light", 14)
    for at, line in enumerate(lines):
        canvas.drawString(80, 760 - 26 * at, line)
    canvas.save()
    return read(describe("a.pdf", raw.getvalue(), sha256(raw.getvalue()).hexdigest()), raw.getvalue()).text


FILLER = "全年各项工作平稳有序推进，制度建设取得明显成效，群众评价好"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("全年共办理各类案件12", "件，均已按时办结。"),
        ("自201", "8年起逐年提高。"),
        ("落实《工作要点》（青政发〔20", "21〕5号）的要求。"),
        ("听取群众意见（含网上留言", "）二十条。"),
    ],
)
def test_what_is_cut_goes_on(line: str, following: str) -> None:
    whole = "青禾镇平稳，" + line
    assert f"{whole}{following}" in text_of([FILLER, whole, following, FILLER])


@pytest.mark.parametrize("following", ["2023年1月5日", "二、存在的问题", "12345热线"])
def test_lines_of_their_own_stay(following: str) -> None:
    assert f"0717-4567\n{following}" in text_of([FILLER, "联系人：王小满，电话：0717-4567", following])
