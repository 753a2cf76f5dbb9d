"""Pages of a PDF as pdfium sees them: the only door to pypdfium2.

Comes in: bytes. Goes out: per page its runs of characters (each with a rectangle, in points from the top left
of the page as it is shown), its drawn rules, and whether it is a picture without usable text. Annotations and form
fields are never loaded. Refuses what pdfium cannot open. pdfium is not thread-safe: processes, not threads.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from itertools import islice
from math import cos, pi, sin
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from extractor.datamodel.document import SourceFile
from extractor.errors import DamagedFile, EncryptedFile, NoPages, TooLarge
from extractor.reading.assemble import Boxes
from extractor.reading.pdf.characters import Run, View, characters_of
from extractor.reading.pdf.fonts import own_fonts
from extractor.reading.pdf.pdfium_calls import TextPage
from extractor.reading.pdf.ruling_lines import RulingLine, rules_and_pictures

_NO_PAGES = regex.compile(rb"/Count\s+0\b")
_A_PAGE = regex.compile(rb"/Type\s*/Page\b")
_PAGE_LIMIT = 2000
_PAGE_CHARS = 300_000
_ALL_CHARS = 6_000_000
_PASSWORD = 4
_SAMPLE = 16
_DPI = 200
# a page of 14,400 points would ask for 6 GB of pixels
_LONGEST_SIDE = 3600
_USABLE = 20
_COVERED = 0.5
_Places = NDArray[np.float32]


@dataclass(slots=True)
class PageContent:
    """What stands on a page. `turn`: quarter turns by which text was turned to read upright (0 when it was);
    `skew`: degrees by which a scan was turned counter-clockwise to be straight.
    `picture`: no usable text, but something drawn; `strayed`: characters left out because they run in another
    direction (watermarks); `unmapped`: characters that the font gives no meaning."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[RulingLine] = field(default_factory=list)
    turn: int = 0
    skew: float = 0.0
    picture: bool = False
    strayed: int = 0
    unmapped: int = 0
    failed: bool = False


def shown(boxes: Boxes, content: PageContent) -> Boxes:
    """Rectangles of the upright and straight layout, on the page as it is shown; empty ones stay so."""
    if not content.turn and not content.skew:
        return boxes
    x0, top, x1, bottom = boxes.T
    width, height = content.width, content.height
    if content.skew:
        corners = [_leaning(x, y, content) for x in (x0, x1) for y in (top, bottom)]
        xs, ys = np.array([x for x, _ in corners]), np.array([y for _, y in corners])
        sides = xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)
    elif content.turn == 1:
        sides = top, height - x1, bottom, height - x0
    elif content.turn == 2:
        sides = width - x1, height - bottom, width - x0, height - top
    else:
        sides = width - bottom, x0, width - top, x1
    return np.where(boxes.any(axis=1, keepdims=True), np.stack(sides, axis=1), boxes).astype(np.float32)


def _leaning(x: _Places, y: _Places, content: PageContent) -> tuple[_Places, _Places]:
    """Places of the straight page on the skewed one: both turn about the middle."""
    angle, mid_x, mid_y = content.skew * pi / 180, content.width / 2, content.height / 2
    x, y = x - mid_x, y - mid_y
    return mid_x + cos(angle) * x - sin(angle) * y, mid_y + sin(angle) * x + cos(angle) * y


@contextmanager
def opened(source: SourceFile, data: bytes, *, to_look_at: bool = False) -> Iterator[Any]:
    """The PDF as pdfium opens it, with fonts of ours for those that are not in the file, or with the machine's where
    people are to look at it; raises EncryptedFile, DamagedFile, NoPages, TooLarge."""
    # a fifth of a second to load: only a PDF pays for it
    import pypdfium2

    with nullcontext() if to_look_at else own_fonts(pypdfium2.raw):
        pdf = _loaded(source, data)
        try:
            if len(pdf) > _PAGE_LIMIT:
                raise TooLarge(f"above {_PAGE_LIMIT} pages", where=source.path, remedy="split the PDF")
            yield pdf
        finally:
            pdf.close()


def _loaded(source: SourceFile, data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if getattr(fault, "err_code", None) == _PASSWORD or "password" in str(fault).lower():
            raise EncryptedFile(
                "the PDF asks for a password", where=source.path, remedy="save it without a password"
            ) from fault
        # pdfium opens no file whose page tree is empty
        if _NO_PAGES.search(data) and not _A_PAGE.search(data):
            raise NoPages("a PDF without pages", where=source.path, remedy="fetch the file again") from fault
        raise DamagedFile(
            f"the PDF cannot be read ({type(fault).__name__})", where=source.path, remedy="fetch it again"
        ) from fault


def pages_of(source: SourceFile, pdf: Any) -> list[PageContent]:
    """The content of each page; a page that pdfium cannot load is marked failed."""
    import pypdfium2

    found, seen = [], 0
    for index in range(len(pdf)):
        content = PageContent(index + 1, 0.0, 0.0)
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            found.append(PageContent(index + 1, 595.0, 842.0, failed=True))
            continue
        try:
            with suppress(pypdfium2.PdfiumError):
                _fill(content, page, pypdfium2.raw)
        finally:
            page.close()
        seen += sum(len(run.text) for run in content.runs)
        if seen > _ALL_CHARS:
            raise TooLarge(f"above {_ALL_CHARS} characters", where=source.path, remedy="split the PDF")
        found.append(content)
    return found


def picture_of(pdf: Any, number: int) -> tuple[Any, float]:
    """The page as shown, as a grey image at 200 dpi (less for huge pages), and pixels per point."""
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(_DPI / 72, _LONGEST_SIDE / max(width, height, 1.0))
        return page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False).to_numpy(), scale
    finally:
        page.close()


def _fill(content: PageContent, page: Any, raw: Any) -> None:
    content.width, content.height = page.get_size()
    box = page.get_bbox()
    rotation = page.get_rotation() // 90 % 4
    textpage = page.get_textpage()
    try:
        text = TextPage(raw, textpage.raw, min(max(textpage.count_chars(), 0), _PAGE_CHARS))
        codes = text.codes()
        view = View(box, _turn(text, codes, rotation))
        content.turn = (view.turn - rotation) % 4
        found = characters_of(text, codes, view, coloured=content.number == 1)
        content.runs, content.strayed, content.unmapped = found.runs, found.strayed, found.unmapped
    finally:
        textpage.close()
    rules, covered, drawn = rules_and_pictures(page, raw, view.box)
    content.rules = rules
    letters = (char for run in content.runs for char in run.text if char.isalnum())
    meant = sum(1 for _ in islice(letters, _USABLE))
    poor = content.unmapped > 0.3 * max(sum(len(run.text) for run in content.runs), 1)
    content.picture = (meant < _USABLE and covered > _COVERED) or (not meant and drawn) or poor


def _turn(text: TextPage, codes: NDArray[np.int64], rotation: int) -> int:
    """Quarter turns clockwise after which most of the text runs from left to right: a sample of visible characters,
    spread over the page, tells."""
    spread = range(0, len(codes), max(1, len(codes) // _SAMPLE))
    turns = Counter(round(text.degrees(place) / 90) % 4 for place in spread if codes[place] > 32)
    return turns.most_common(1)[0][0] if turns else rotation
