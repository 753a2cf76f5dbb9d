"""Document: the one text that every stage sees, with its way back to the file.

Offsets anywhere in the program are code points of `Document.text`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extractor.datamodel.folding import fold
from extractor.datamodel.offsets import OffsetMap
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import TextOrigin


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file met in an archive: path relative to the archive root (`a.zip!/b.pdf`), its bytes' hash.

    `report_id` is the first 16 hex digits of the SHA-256 of the bytes.
    """

    path: str
    sha256: str
    size: int
    media_type: str
    encoding: str | None = None

    @property
    def report_id(self) -> str:
        """First 16 hex digits of the hash."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: 1-based number and the stretch of text that it holds; size in points."""

    number: int
    span: Span
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle on a page, in points from its top left: one line of a stretch of text."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, page: int, box: tuple[float, ...]) -> bool:
        """True if the middle of a character's box lies in it."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return page == self.page and self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text's span (empty span for an empty cell), place and extent."""

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside a document: in the text one line per row, cells separated by a tab."""

    span: Span
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Normalised text, the file it came from, its pages and the way back.

    `metadata` holds fields that the file states beside its text (`title`, `number`, `published`, `issuer`,
    `source`; a web page also `index`, `theme`, `validity`, `site` and others), as written; empty fields are left out.
    """

    text: str
    source: SourceFile
    pages: tuple[Page, ...] = ()
    offsets: OffsetMap | None = None
    tables: tuple[Table, ...] = ()
    text_origin: TextOrigin = TextOrigin.NATIVE
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    view: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "view", fold(self.text))

    def quote(self, span: Span) -> str:
        """The text that the span marks."""
        return self.text[span.start : span.end]

    def page_of(self, span: Span) -> int | None:
        """1-based page on which the span starts; None for formats without pages."""
        if not self.pages:
            return None
        index = bisect_right([page.span.start for page in self.pages], span.start)
        return self.pages[max(index - 1, 0)].number

    def boxes_of(self, span: Span) -> tuple[tuple[float, ...], ...]:
        """Character rectangles (x0, top, x1, bottom) in points; empty where there are none."""
        return tuple(box for _, _, box in self.boxed(span))

    def boxed(self, span: Span) -> Iterator[tuple[int, int, tuple[float, ...]]]:
        """Position, page and rectangle of each character of the span that has one."""
        if self.offsets is None or self.offsets.boxes is None or not self.pages:
            return
        boxes, strays = self.offsets.boxes, self.offsets.strays
        starts = [page.span.start for page in self.pages]
        for at in range(span.start, span.end):
            box = tuple(boxes[4 * at : 4 * at + 4])
            if any(box):
                stray = next((page for start, end, page in strays if start <= at < end), None)
                yield at, stray or self.pages[max(bisect_right(starts, at) - 1, 0)].number, box

    def places_of(self, span: Span) -> tuple[Rectangle, ...]:
        """Where the span stands: a rectangle per line on a page; empty for formats without pages."""
        found: list[Rectangle] = []
        for _, page, box in self.boxed(span):
            if not found or not _goes_on(found[-1], page, box):
                found.append(Rectangle(page, *box))
                continue
            last = found[-1]
            sides = (min(last.x0, box[0]), min(last.top, box[1]), max(last.x1, box[2]), max(last.bottom, box[3]))
            found[-1] = Rectangle(page, *sides)
        return tuple(found)

    def lines(self) -> tuple[Span, ...]:
        """Spans of the lines (paragraphs), without their line breaks; empty lines left out."""
        spans, start = [], 0
        for line in self.text.split("\n"):
            end = start + len(line)
            if line.strip():
                spans.append(Span(start, end))
            start = end + 1
        return tuple(spans)


# of the height of the letters: a wider gap lies between columns, or cells
_WIDEST_GAP = 2.0


def _goes_on(place: Rectangle, page: int, box: tuple[float, ...]) -> bool:
    """True if the character stands on the line of that rectangle, behind what is in it."""
    x0, top, _, bottom = box
    common = min(place.bottom, bottom) - max(place.top, top)
    height = min(place.bottom - place.top, bottom - top)
    near = place.x0 <= x0 <= place.x1 + _WIDEST_GAP * (bottom - top)
    return page == place.page and near and common >= 0.5 * height
