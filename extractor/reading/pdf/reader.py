"""PDF: pages, scanned or with text, → a Document.

Comes in: bytes. Goes out: a Document with pages, a rectangle per character (cells of tables too), ruled tables, and
paragraphs joined by geometry. Raw positions are code points of the lines and cells as they stand on the pages (marks
and running heads too), each followed by a line break. Pages without usable text are recognised if the extra
govreport[ocr] is there. Refuses what gives no text.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from extractor.datamodel.document import Document, SourceFile
from extractor.datamodel.offsets import Repair
from extractor.datamodel.vocabulary import TextOrigin
from extractor.errors import DamagedFile, NoPages, NoTextLayer, TooLarge
from extractor.reading.assemble import Assembled, Boxes, RawCell, RawLine, assemble
from extractor.reading.pdf import ocr
from extractor.reading.pdf.bounds import check_bounds
from extractor.reading.pdf.characters import Run
from extractor.reading.pdf.joined_tables import JoinedTables, joined_tables
from extractor.reading.pdf.layout import (
    Furniture,
    Joins,
    near_edge,
    notes_of,
    running_heads,
    with_notes,
    without_letterhead,
)
from extractor.reading.pdf.ofd import pages_of_ofd
from extractor.reading.pdf.pages import PageContent, opened, pages_of, picture_of, shown
from extractor.reading.pdf.reading_order import Line, lines_of, rows_of
from extractor.reading.pdf.tables import RuledTable, take_tables
from extractor.reading.pdf.turned import frame_of, with_turned
from extractor.reading.pdf.watermarks import take_watermarks

# a file is read whole, and its pages beside it, within --file-memory
_BYTE_LIMIT = 200 * 1024 * 1024
# degrees: a scan that stands on its head has a skew of 180 and more, one that is only oblique a few
_UPSIDE_DOWN = 90
_REMEDY = "pip install 'govreport[ocr]' (works offline), then read the file again"


@dataclass(slots=True)
class _Recognised:
    """Pages that were read as pictures, those that could not be, and what was mended in them."""

    pages: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    doubtful: int = 0
    mended: int = 0
    widened: int = 0


def read_pdf(source: SourceFile, data: bytes) -> Document:
    """The document of a PDF; raises EncryptedFile, DamagedFile, NoPages, NoTextLayer, TooLarge."""
    if len(data) > _BYTE_LIMIT:
        raise TooLarge("above 200 MB", where=source.path, remedy="split the PDF")
    check_bounds(source, data)
    with opened(source, data) as pdf:
        contents = pages_of(source, pdf)
        recognised = _recognise(pdf, contents)
    if not contents:
        raise NoPages("a PDF without pages", where=source.path, remedy="fetch the file again")
    if all(content.failed for content in contents):
        raise DamagedFile("no page of the PDF can be read", where=source.path, remedy="fetch it again")
    if not any(content.runs for content in contents):
        ready = ocr.available()
        raise NoTextLayer(
            "a scan: its pages are pictures without text"
            + (", and recognition found nothing" if ready and not recognised.unread else ""),
            where=source.path,
            remedy="open it and look" if ready else _REMEDY,
        )
    return _document(source, contents, recognised)


def read_ofd(source: SourceFile, data: bytes) -> Document:
    """The document of an OFD; raises DamagedFile, EncryptedFile, NoPages, NoTextLayer, TooLarge."""
    if len(data) > _BYTE_LIMIT:
        raise TooLarge("above 200 MB", where=source.path, remedy="split the document")
    contents = pages_of_ofd(source, data)
    if all(content.failed for content in contents):
        raise DamagedFile("no page of the OFD can be read", where=source.path, remedy="fetch it again")
    if not any(content.runs for content in contents):
        raise NoTextLayer(
            "its pages are pictures without text", where=source.path, remedy="export it as PDF, with " + _REMEDY
        )
    return _document(source, contents, _Recognised())


def _recognise(pdf: Any, contents: list[PageContent]) -> _Recognised:
    """Give pictures of pages their runs."""
    found = _Recognised()
    for content in contents:
        if not content.picture:
            continue
        if not ocr.available():
            found.unread.append(content.number)
            continue
        image, scale = picture_of(pdf, content.number)
        page = ocr.read_picture(image, scale)
        # a stamp or a drawing gives letters at best
        if any("一" <= char <= "鿿" for run in page.runs for char in run.text):
            # on a page that was scanned on its head, places of its own text are elsewhere
            own = _unseen(content, page.runs) if abs(page.skew) < _UPSIDE_DOWN else []
            content.runs, content.rules, content.skew = [*own, *page.runs], page.rules, page.skew
            content.turn, content.unmapped = 0, 0
            found.pages.append(content.number)
            found.scores += page.scores
            found.doubtful += page.doubtful
            found.mended += page.mended
            found.widened += page.widened
    return found


def _unseen(content: PageContent, seen: list[Run]) -> list[Run]:
    """Runs that a page has as text and recognition did not find: the fonts that are not in the file draw nothing."""
    if content.turn or content.unmapped:
        return []
    return [run for run in content.runs if not any(_overlap(run, other) for other in seen)]


def _overlap(one: Run, other: Run) -> bool:
    """True if they touch, or nearly: a page may lie a little askew."""
    near = one.size / 2
    across = one.x0 < other.x1 + near and other.x0 < one.x1 + near
    return across and one.top < other.bottom + near and other.top < one.bottom + near


def _document(source: SourceFile, contents: list[PageContent], recognised: _Recognised) -> Document:
    sizes = [_upright(content) for content in contents]
    furniture = Furniture()
    marks = take_watermarks(contents)
    lines = _lines(contents, sizes, furniture, recognised.pages)
    lines = without_letterhead(lines, sizes, furniture)
    notes = notes_of(lines, sizes)
    marked = {id(note) for note in notes}
    for note in notes:
        note.raised = []
    body = [line for line in lines if id(line) not in marked]
    ordered = with_notes(body, notes, Joins(body, sizes))
    tables = joined_tables([line for line, _ in ordered])
    for head in tables.heads:
        furniture.take(head, "repeated table head")
    made, dropped = _assembled(ordered, contents, furniture, tables)
    repairs = sorted((*made.offsets.repairs, *dropped), key=lambda repair: (repair.raw_start, repair.raw_end))
    warnings = _warnings(contents, recognised, furniture, Counter(repair.kind for repair in repairs), len(notes))
    if marks:
        warnings.append(f"{marks} characters of watermarks left out")
    if tables.mended:
        warnings.append(f"{tables.mended} table rows made whole over a page break")
    return Document(
        made.text,
        source,
        made.pages,
        replace(made.offsets, repairs=tuple(repairs)),
        made.tables,
        text_origin=TextOrigin.OCR if recognised.pages else TextOrigin.NATIVE,
        metadata={"issuer": furniture.issuer} if furniture.issuer else {},
        warnings=(*made.warnings, *warnings),
    )


def _upright(content: PageContent) -> tuple[float, float]:
    """Width and height of the page when its text stands upright."""
    return (content.height, content.width) if content.turn % 2 else (content.width, content.height)


def _lines(
    contents: list[PageContent], sizes: list[tuple[float, float]], furniture: Furniture, recognised: list[int]
) -> list[Line]:
    """Lines of all pages in reading order, running heads taken out before columns are looked for."""
    parts: list[tuple[PageContent, list[RuledTable], list[Any]]] = []
    rows: list[Line] = []
    for content in contents:
        tables, runs = take_tables(content.rules, content.runs)
        parts.append((content, tables, runs))
        rows += rows_of(near_edge(runs, _upright(content)[1]), content.number)
    heads = running_heads(rows, sizes, frozenset(recognised))
    spans: dict[int, list[tuple[float, float]]] = {}
    for head in heads:
        furniture.take(head, "running head")
        spans.setdefault(head.page, []).append((head.top, head.bottom))
    found: list[Line] = []
    for content, tables, runs in parts:
        taken = spans.get(content.number, ())
        kept = [run for run in runs if not any(top <= run.base <= bottom for top, bottom in taken)]
        found += with_turned(lines_of(kept, tables, content.number), content)
    return [line for line in found if line.text.strip() or line.cells]


class _Positions:
    """Hands out raw positions: lines one after the other, each followed by a break."""

    def __init__(self) -> None:
        self.at = 0

    def take(self, text: str) -> int:
        start, self.at = self.at, self.at + len(text) + 1
        return start


def _assembled(
    ordered: list[tuple[Line, bool]], contents: list[PageContent], furniture: Furniture, tables: JoinedTables
) -> tuple[Assembled, list[Repair]]:
    positions, dropped, raw_lines = _Positions(), [], []
    kept = {id(line) for line in tables.lines}
    for line, goes_on in ordered:
        if id(line) not in kept:
            continue
        content = frame_of(line, contents)
        if line.table is not None:
            number, offset = tables.numbers[id(line.table)]
            cells = tuple(_cell(cell, positions, offset, content) for cell in line.cells)
            raw_lines.append(RawLine("", 0, page=line.page, cells=cells, table=number))
            continue
        start = positions.take(line.text)
        dropped += [Repair("dropped", start + at, start + at + 1) for at in line.raised if not _is_square(line, at)]
        raw_lines += _pieces(line, goes_on, start, shown(line.boxes, content))
    for line in furniture.lines:
        start = positions.take(line.text or "\t".join(cell.text for cell in line.cells))
        dropped.append(Repair("dropped", start, start + len(line.text)))
    return assemble(raw_lines, [(content.width, content.height) for content in contents]), dropped


def _pieces(line: Line, goes_on: bool, start: int, boxes: Boxes) -> list[RawLine]:
    """A line, or the pieces of it between marks of notes; a raised 2 behind a unit of length belongs to it."""
    cuts = [at for at in line.raised if not _is_square(line, at)]
    if not cuts:
        space = len(line.text) - len(line.text.lstrip())
        return [RawLine(line.text[space:], start + space, goes_on, line.page, boxes[space:])]
    bounds = [-1, *cuts, len(line.text)]
    parts = [(a + 1, b) for a, b in pairwise(bounds) if b > a + 1]
    found = []
    for index, (a, b) in enumerate(parts):
        text = line.text[a:b]
        space = len(text) - len(text.lstrip()) if index == 0 else 0
        last = index + 1 == len(parts)
        found.append(
            RawLine(text[space:], start + a + space, goes_on if last else True, line.page, boxes[a + space : b])
        )
    return found


def _is_square(line: Line, at: int) -> bool:
    return line.text[at] in "23" and at > 0 and line.text[at - 1] in "mM米"


def _cell(cell: RawCell, positions: _Positions, offset: int, content: PageContent) -> RawCell:
    boxes = None if cell.boxes is None else shown(cell.boxes, content)
    return replace(cell, raw_start=positions.take(cell.text), row=cell.row + offset, boxes=boxes)


def _warnings(
    contents: list[PageContent], recognised: _Recognised, furniture: Furniture, repairs: Counter[str], notes: int
) -> list[str]:
    found = []
    if recognised.pages:
        mean = sum(recognised.scores) / max(len(recognised.scores), 1)
        found.append(f"recognised pages {_listed(recognised.pages)}, mean confidence {mean:.3f}")
    skewed = sum(content.skew != 0 for content in contents)
    if skewed:
        found.append(f"{skewed} skewed pages made straight")
    if recognised.doubtful:
        found.append(f"{recognised.doubtful} recognised lines below confidence 0.9")
    if recognised.mended:
        found.append(f"{recognised.mended} document numbers mended after recognition")
    if recognised.widened:
        found.append(f"{recognised.widened} recognised brackets and stops made wide")
    if recognised.unread:
        found.append(f"pages {_listed(recognised.unread)} are pictures and were not read → {_REMEDY}")
    failed = [content.number for content in contents if content.failed]
    if failed:
        found.append(f"pages {_listed(failed)} are damaged")
    unmapped = sum(content.unmapped for content in contents)
    if unmapped:
        found.append(f"{unmapped} characters missing from their font's map")
    strayed = sum(content.strayed for content in contents)
    if strayed:
        found.append(f"{strayed} slanted or turned characters left out")
    hidden = sum(content.hidden for content in contents)
    if hidden:
        found.append(f"{hidden} hidden characters left out")
    if notes:
        found.append(f"{notes} lines of footnotes set apart")
    found += [f"{count} {name} lines dropped" for name, count in sorted(furniture.counts.items())]
    found += [f"{count} {kind} by reading" for kind, count in sorted(repairs.items()) if kind != "dropped"]
    return found


def _listed(numbers: list[int]) -> str:
    """
    >>> _listed([1, 2, 3, 7])
    '1–3, 7'
    """
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
