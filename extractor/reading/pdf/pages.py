"""Pages of a PDF as pdfium sees them: the only module that imports pypdfium2.

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
from extractor.reading.pdf.drawing import RulingLine, drawing_of
from extractor.reading.pdf.fonts import own_fonts
from extractor.reading.pdf.pdfium_calls import TextPage
from extractor.reading.pdf.sight import Sight

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
# letters of a block that stands on its side
_LEAST_TURNED = 12
_Places = NDArray[np.float32]


@dataclass(slots=True)
class PageContent:
    """What stands on a page. `turn`: quarter turns by which text was turned to read upright (0 when it was);
    `skew`: degrees by which a scan was turned counter-clockwise to be straight.
    `picture`: no usable text, but something drawn; `strayed`: characters left out because they run in another
    direction (watermarks); `hidden`: because no one sees them; `unmapped`: characters that the font gives no meaning. `turned`: blocks that
    stand turned by quarters on the page, each as a page of its own."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[RulingLine] = field(default_factory=list)
    turn: int = 0
    skew: float = 0.0
    picture: bool = False
    strayed: int = 0
    hidden: int = 0
    unmapped: int = 0
    failed: bool = False
    turned: list["PageContent"] = field(default_factory=list)


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
        drawing = drawing_of(page, raw, view.box)
        size = (content.height, content.width) if content.turn % 2 else (content.width, content.height)
        found = characters_of(text, codes, view, coloured=content.number == 1, sight=Sight(raw, drawing, view, size))
        content.runs, content.strayed, content.unmapped = found.runs, found.strayed, found.unmapped
        content.hidden = found.hidden
        if found.strayed >= _LEAST_TURNED:
            _fill_turned(content, page, raw, (text, codes), (view, rotation))
    finally:
        textpage.close()
    content.rules = drawing.rules
    letters = (char for run in content.runs for char in run.text if char.isalnum())
    meant = sum(1 for _ in islice(letters, _USABLE))
    poor = content.unmapped > 0.3 * max(sum(len(run.text) for run in content.runs), 1)
    content.picture = (meant < _USABLE and drawing.covered > _COVERED) or (not meant and drawing.drawn) or poor


def _fill_turned(
    content: PageContent, page: Any, raw: Any, source: tuple[TextPage, NDArray[np.int64]], seen: tuple[View, int]
) -> None:
    """What stands turned by quarters on the page: a table laid on its side, say; not some words at the edge."""
    view, rotation = seen
    for quarters in (1, 2, 3):
        turned = View((view.left, view.foot, view.right, view.head), (view.turn + quarters) % 4)
        block = PageContent(content.number, content.width, content.height, turn=(turned.turn - rotation) % 4)
        drawing = drawing_of(page, raw, turned.box)
        size = (block.height, block.width) if block.turn % 2 else (block.width, block.height)
        found = characters_of(*source, turned, coloured=False, sight=Sight(raw, drawing, turned, size))
        block.runs = [run for run in found.runs if not run.faint]
        letters = sum(char.isalnum() for run in block.runs for char in run.text)
        if letters >= _LEAST_TURNED and len({round(run.base) for run in block.runs}) > 1:
            block.rules = drawing.rules
            content.turned.append(block)
            content.strayed -= sum(not char.isspace() for run in block.runs for char in run.text)


def _turn(text: TextPage, codes: NDArray[np.int64], rotation: int) -> int:
    """Quarter turns clockwise after which most of the text runs from left to right: a sample of visible characters,
    spread over the page, tells."""
    spread = range(0, len(codes), max(1, len(codes) // _SAMPLE))
    turns = Counter(round(text.degrees(place) / 90) % 4 for place in spread if codes[place] > 32)
    return turns.most_common(1)[0][0] if turns else rotation
