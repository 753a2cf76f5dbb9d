"""Pages of a PDF as pdfium sees them: the only door to pypdfium2.

Comes in: bytes. Goes out: per page its runs of characters (each with a rectangle, in points from the top left
of the page as it is shown), its drawn rules, and whether it is a picture without usable text. Annotations and form
fields are never loaded. Refuses what pdfium cannot open. pdfium is not thread-safe: processes, not threads.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import cos, pi, sin
from typing import Any

import regex

from extractor.datamodel.document import SourceFile
from extractor.errors import DamagedFile, EncryptedFile, NoPages, TooLarge
from extractor.reading.assemble import Box
from extractor.reading.pdf_foreign_fonts import ForeignFonts, Placed
from extractor.reading.pdf_rules import Rule, rules_and_pictures

_NO_PAGES = regex.compile(rb"/Count\s+0\b")
_A_PAGE = regex.compile(rb"/Type\s*/Page\b")
_PAGE_LIMIT = 2000
_PAGE_CHARS = 300_000
_ALL_CHARS = 6_000_000
_PASSWORD = 4
_SAMPLE = 40
_DPI = 200
# a page of 14,400 points would ask for 6 GB of pixels
_LONGEST_SIDE = 3600
_USABLE = 20
_COVERED = 0.5
# pdfium marks a hyphen at the end of a line with 2
_HYPHEN = 2


@dataclass(slots=True)
class Run:
    """Characters on one baseline, drawn one after the other without a wide gap."""

    text: str
    boxes: list[Box]
    base: float
    size: float
    red: bool = False

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.boxes[0][0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.boxes[-1][2]


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
    rules: list[Rule] = field(default_factory=list)
    turn: int = 0
    skew: float = 0.0
    picture: bool = False
    strayed: int = 0
    unmapped: int = 0
    failed: bool = False


class _View:
    """Places in a page's own space → points from the top left, after a turn by quarters clockwise."""

    def __init__(self, box: Box, turn: int) -> None:
        self.left, self.foot, self.right, self.head = box
        self.turn = turn

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.head - y
        if self.turn == 1:
            return y - self.foot, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.foot
        return self.head - y, self.right - x

    def box(self, left: float, foot: float, right: float, head: float) -> Box:
        xa, ya = self.point(left, foot)
        xb, yb = self.point(right, head)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def shown(box: Box, content: PageContent) -> Box:
    """A rectangle of the upright and straight layout, on the page as it is shown."""
    x0, top, x1, bottom = box
    width, height = content.width, content.height
    if not any(box):
        return box
    if content.skew:
        corners = [_leaning(x, y, content) for x in (x0, x1) for y in (top, bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)
    if content.turn == 1:
        return top, height - x1, bottom, height - x0
    if content.turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    return (width - bottom, x0, width - top, x1) if content.turn == 3 else box


def _leaning(x: float, y: float, content: PageContent) -> tuple[float, float]:
    """A place of the straight page on the skewed one: both turn about the middle."""
    angle, mid_x, mid_y = content.skew * pi / 180, content.width / 2, content.height / 2
    x, y = x - mid_x, y - mid_y
    return mid_x + cos(angle) * x - sin(angle) * y, mid_y + sin(angle) * x + cos(angle) * y


@contextmanager
def opened(source: SourceFile, data: bytes) -> Iterator[Any]:
    """The PDF as pdfium opens it; raises EncryptedFile, DamagedFile, NoPages, TooLarge."""
    # a fifth of a second to load: only a PDF pays for it
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
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
    try:
        if len(pdf) > _PAGE_LIMIT:
            raise TooLarge(f"above {_PAGE_LIMIT} pages", where=source.path, remedy="split the PDF")
        yield pdf
    finally:
        pdf.close()


def pages_of(source: SourceFile, pdf: Any, data: bytes) -> list[PageContent]:
    """The content of each page; a page that pdfium cannot load is marked failed."""
    import pypdfium2

    found, seen = [], 0
    foreign = ForeignFonts(data)
    for index in range(len(pdf)):
        content = PageContent(index + 1, 0.0, 0.0)
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            found.append(PageContent(index + 1, 595.0, 842.0, failed=True))
            continue
        try:
            with suppress(pypdfium2.PdfiumError):
                _fill(content, page, pypdfium2.raw, foreign)
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


def _fill(content: PageContent, page: Any, raw: Any, foreign: ForeignFonts) -> None:
    content.width, content.height = page.get_size()
    box = page.get_bbox()
    rotation = page.get_rotation() // 90 % 4
    textpage = page.get_textpage()
    try:
        count = min(max(textpage.count_chars(), 0), _PAGE_CHARS)
        sample = _sample(raw, textpage.raw, count)
        turn = _turn(raw, textpage.raw, sample, rotation)
        content.turn = (turn - rotation) % 4
        placed = foreign.characters(content.number) if _lacks_fonts(raw, textpage.raw, sample) else []
        if placed:
            shown_page = _View((0.0, 0.0, content.width, content.height), content.turn)
            _Characters(content, shown_page).read_placed(placed)
        else:
            _Characters(content, _View(box, turn)).read(raw, textpage.raw, count)
    finally:
        textpage.close()
    rules, covered, drawn = rules_and_pictures(page, raw, _View(box, turn).box)
    content.rules = rules
    meant = sum(char.isalnum() for run in content.runs for char in run.text)
    poor = content.unmapped > 0.3 * max(sum(len(run.text) for run in content.runs), 1)
    content.picture = (meant < _USABLE and covered > _COVERED) or (not meant and drawn) or poor


def _angle(raw: Any, handle: Any, index: int) -> int:
    """Direction of a character in degrees, counter-clockwise."""
    return round(-float(raw.FPDFText_GetCharAngle(handle, index)) * 180 / pi) % 360


def _sample(raw: Any, handle: Any, count: int) -> list[int]:
    """Places of visible characters, spread over the page."""
    spread = range(0, count, max(1, count // _SAMPLE))
    return [index for index in spread if raw.FPDFText_GetUnicode(handle, index) > 32]


def _turn(raw: Any, handle: Any, sample: list[int], rotation: int) -> int:
    """Quarter turns clockwise after which most of the text runs from left to right."""
    turns = Counter(round(_angle(raw, handle, index) / 90) % 4 for index in sample)
    return turns.most_common(1)[0][0] if turns else rotation


def _lacks_fonts(raw: Any, handle: Any, sample: list[int]) -> bool:
    """True if Chinese is set in a font that is not in the file. pdfium then asks the machine for one; where it has
    none, a line that says what the line above says is lost, and elsewhere what is read hangs on the machine."""
    for index in sample:
        if raw.FPDFText_GetUnicode(handle, index) < 0x2E80:
            continue
        drawn = raw.FPDFText_GetTextObject(handle, index)
        if drawn and raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(drawn)) == 0:
            return True
    return False


def _codes(raw: Any, handle: Any, count: int) -> list[int]:
    """The code of each character: in one call where pdfium gives as many as it counts, else one by one."""
    codes = (ctypes.c_ushort * (2 * count + 2))()
    if raw.FPDFText_GetText(handle, 0, count, codes) == count + 1:
        return list(codes[:count])
    return [raw.FPDFText_GetUnicode(handle, index) for index in range(count)]


def _is_red(raw: Any, handle: Any, index: int) -> bool:
    """True for red letters: those of an authority's letterhead."""
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(handle, index, *(ctypes.byref(part) for part in parts))
    red, green, blue = (part.value for part in parts[:3])
    return red > 150 and green < 90 and blue < 90


class _Characters:
    """Collects the runs of a page in the order in which they are drawn."""

    def __init__(self, content: PageContent, view: _View) -> None:
        self.content, self.view = content, view
        self.run: Run | None = None
        self.high = 0
        self.seen: dict[str, list[Run]] = {}

    def read(self, raw: Any, handle: Any, count: int) -> None:
        """All characters as pdfium places them."""
        view = self.view
        rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        by_rect, by_x, by_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
        box_of, origin_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
        straight, left, head = view.turn == 0, view.left, view.head
        for index, code in enumerate(_codes(raw, handle, count)):
            if code in (10, 13) or (code == 32 and raw.FPDFText_IsGenerated(handle, index) == 1):
                continue
            box_of(handle, index, by_rect)
            origin_of(handle, index, by_x, by_y)
            if straight:
                box = (rect.left - left, head - rect.top, rect.right - left, head - rect.bottom)
                start, base = x.value - left, head - y.value
            else:
                box = view.box(rect.left, rect.bottom, rect.right, rect.top)
                start, base = view.point(x.value, y.value)
            # only a code of one byte can stand for a letter that the font's map leaves out
            missing = code < 256 and raw.FPDFText_HasUnicodeMapError(handle, index) == 1
            char = self.meaning(0xFFFD if missing else code)
            if char is not None and not self.joined(char, box, start, base):
                degrees = _angle(raw, handle, index)
                self.begin(char, box, base, degrees, self.content.number == 1 and _is_red(raw, handle, index))
        self.close()

    def read_placed(self, placed: list[Placed]) -> None:
        """All characters as another reader places them on the page as it is shown."""
        for one in placed:
            box = self.view.box(*one.box)
            start, base = self.view.point(*one.origin)
            char = self.meaning(ord(one.char))
            if char is not None and not self.joined(char, box, start, base):
                self.begin(char, box, base, one.degrees, self.content.number == 1 and one.red)
        self.close()

    def joined(self, char: str, box: Box, start: float, base: float) -> bool:
        """True if the character goes to the open run; else that run is closed."""
        run = self.run
        if run is None:
            return False
        last = run.boxes[-1]
        if abs(base - run.base) < 0.08 * run.size and -0.5 * run.size < start - last[2] < run.size:
            if start - last[0] >= 0.05 * run.size or char != run.text[-1]:
                run.text += char
                run.boxes.append(box)
            return True
        self.close()
        return False

    def begin(self, char: str, box: Box, base: float, degrees: int, red: bool) -> None:
        """Open a run, unless the character runs in another direction than the page's text or is a space."""
        if 8 < (degrees - 90 * self.view.turn) % 360 < 352:
            self.content.strayed += char != " "
        elif char not in " \u3000\xa0":
            self.run = Run(char, [box], base, self.size(char, box), red)

    def meaning(self, code: int) -> str | None:
        """The character; U+FFFD where the font does not say; None for half of a pair that is not yet whole."""
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return None
        if 0xDC00 <= code < 0xE000:
            high, self.high = self.high, 0
            return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd"
        if code in (_HYPHEN, 0xFFFE):
            return "-"
        if code == 9:
            return " "
        if code < 32 or code in (0xFFFD, 0xFFFF) or code > 0x10FFFF:
            self.content.unmapped += 1
            return "\ufffd"
        return chr(code)

    def size(self, char: str, box: Box) -> float:
        """Height of the letters: a Chinese character is as wide as it is high."""
        wide, high = box[2] - box[0], 0.9 * (box[3] - box[1])
        size = wide if char >= "\u2e80" and 0.6 < wide / max(high, 0.1) < 1.7 else high
        return max(size, 1.0)

    def close(self) -> None:
        """Keep the open run, unless the same was drawn at the same place before (bold by printing twice)."""
        run, self.run = self.run, None
        if run is None:
            return
        text = run.text.rstrip(" \u3000\xa0")
        run.text, run.boxes = text, run.boxes[: len(text)]
        if text[0] < "\u2e80":
            # digits tell the size by their height alone: ask the first Chinese character
            at = next((at for at, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"), 0)
            run.size = self.size(text[at], run.boxes[at])
        twins = self.seen.setdefault(text, [])
        if any(abs(twin.x0 - run.x0) < 0.2 * run.size and abs(twin.base - run.base) < 0.2 * run.size for twin in twins):
            return
        twins.append(run)
        self.content.runs.append(run)
