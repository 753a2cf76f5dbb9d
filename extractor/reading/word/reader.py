"""Word documents (DOCX, DOCM, DOTX; transitional and strict): the text as it stands, list numbers and tables included.

Comes in: bytes. Goes out: a Document whose raw positions are code points of all text in the body, in the order of the
file, each paragraph followed by a line break: what was deleted or is hidden takes its place there and is on record as
dropped; a list number stands in the text and has no raw position. Headers, footers and comments live outside the body
and do not enter; how many there were is a warning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import regex

from extractor.datamodel.document import Document, SourceFile
from extractor.datamodel.offsets import Repair
from extractor.errors import NoTextLayer, TooLarge
from extractor.reading.assemble import RawCell, RawLine, assemble
from extractor.reading.layout import paragraphs
from extractor.reading.word.blocks import Block, CellBlock, Story, TableBlock
from extractor.reading.word.chunks import Reader, chunk_blocks
from extractor.reading.word.flat import unflattened
from extractor.reading.word.package import Package, named
from extractor.reading.word.paragraphs import Paragraph, Record

# pictures make most of a file; only its XML is unpacked, within a bound of its own
_BYTE_LIMIT = 200 * 1024 * 1024
# as for web pages: a table whose cells hold paragraphs of prose lays out a page
_PROSE = 300
_TITLE_REACH = 1500
_LEAST_TITLE = 6
_LINE = regex.compile(r"[^\n]+")
_SPACE = regex.compile(r"\s+")
_NONE: Mapping[str, Reader] = {}


def read_docx(source: SourceFile, data: bytes, readers: Mapping[str, Reader] = _NONE) -> Document:
    """The document of a DOCX file; `readers` by media type read what is embedded in it. Raises DamagedFile, EncryptedFile, TooLarge, NoTextLayer, UnsupportedFormat."""
    if len(data) > _BYTE_LIMIT:
        raise TooLarge("above 200 MB", where=source.path, remedy="split the document")
    package = Package(source, data)
    root = package.document()
    record = Record()
    story = Story(package, record, lambda name, inner: chunk_blocks(source, name, inner, record, readers))
    body = root.find(named("w:body"))
    lines = _Lines(record)
    lines.add(story.read(body if body is not None else root))
    made = assemble(lines.found)
    if not made.text.strip() and record.counts["pictures"]:
        raise NoTextLayer(
            "its pages are pictures without text",
            where=source.path,
            remedy="save it as PDF and install govreport[ocr], which recognises pages",
        )
    repairs = sorted((*made.offsets.repairs, *record.dropped, *lines.joined), key=_place)
    return Document(
        made.text,
        source,
        made.pages,
        replace(made.offsets, repairs=tuple(repairs)),
        made.tables,
        metadata=_metadata(package, made.text),
        warnings=(*made.warnings, *_warnings(package, story, len(lines.joined))),
    )


def read_flat(source: SourceFile, data: bytes, readers: Mapping[str, Reader] = _NONE) -> Document:
    """The document of a package in one XML file; raises what read_docx does."""
    return read_docx(source, unflattened(source, data), readers)


def _place(repair: Repair) -> tuple[int, int]:
    return repair.raw_start, repair.raw_end


class _Lines:
    """Turns blocks into lines for assembly."""

    def __init__(self, record: Record) -> None:
        self.found: list[RawLine] = []
        self.joined: list[Repair] = []
        self._tables = 0
        self._record = record

    def add(self, blocks: list[Block]) -> None:
        """Add blocks in their order."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, block: Paragraph) -> None:
        text = block.text
        if not text.strip():
            return
        label = block.label
        for start, end, after in _spans(text):
            # the number stands before the first word, behind an indent made of spaces
            if label:
                first = start + len(text[start:end]) - len(text[start:end].lstrip())
                self._put(block, start, first, True)
                self.found.append(RawLine(label, -1, goes_on=True, exact=True))
                start, label = first, ""
            self._put(block, start, end, after is not None)
            if after is not None:
                self.joined.append(Repair("joined", _raw_at(block, end), _raw_at(block, after - 1) + 1))

    def _put(self, block: Paragraph, start: int, end: int, goes_on: bool) -> None:
        pieces = list(_cut(block.pieces, start, end))
        for at, (raw, text) in enumerate(pieces):
            last = at + 1 == len(pieces)
            self.found.append(RawLine(text, raw, goes_on=goes_on if last else True, exact=True))

    def _table(self, table: TableBlock) -> None:
        if _is_frame(table):
            for row in table.rows:
                for cell in row:
                    self.add(cell.blocks)
            return
        self._tables += 1
        number = self._tables
        inner: list[Block] = []
        for row in table.rows:
            if row:
                cells = tuple(_cell(cell) for cell in row)
                self.found.append(RawLine("", 0, cells=cells, table=number))
            inner += [block for cell in row for block in cell.blocks if isinstance(block, TableBlock)]
        # a table inside a cell is a table of its own, behind the one that holds it
        if inner:
            self._record.counts["tables inside cells"] += len(inner)
            self.add(inner)


def _spans(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Lines of a paragraph: start, end, and where the next one begins if it goes on this one: a break that was set
    inside a sentence is no end."""
    if "\n" not in text:
        yield 0, len(text), None
        return
    at, lines = 0, []
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    begun: int | None = None
    for found in paragraphs(lines, keep_numbers=True):
        start = found.raw_start if begun is None else begun
        if found.goes_on:
            end = found.raw_start + len(found.text.rstrip())
            begun = end + len(text[end:]) - len(text[end:].lstrip())
        else:
            end, begun = found.raw_start + len(found.text), None
        yield start, end, begun


def _cut(pieces: list[tuple[int, str]], start: int, end: int) -> Iterator[tuple[int, str]]:
    """The stretches between two places of the text."""
    at = 0
    for raw, text in pieces:
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            yield raw + first, text[first:last]
        at += len(text)


def _raw_at(block: Paragraph, place: int) -> int:
    return next(_cut(block.pieces, place, place + 1))[0]


def _is_frame(table: TableBlock) -> bool:
    """True for a table that draws a frame or lays out a page: one cell to a row, or paragraphs of prose in one."""
    if all(len(row) <= 1 and all(cell.row_span == 1 for cell in row) for row in table.rows):
        return True
    return any(_is_prose(cell) for row in table.rows for cell in row)


def _is_prose(cell: CellBlock) -> bool:
    texts = [block.text.strip() for block in cell.blocks if isinstance(block, Paragraph)]
    return sum(bool(text) for text in texts) > 1 and sum(len(text) for text in texts) >= _PROSE


def _cell(cell: CellBlock) -> RawCell:
    """The cell as one line: its paragraphs follow each other, as do the lines of a narrow column."""
    pieces: list[tuple[int, str]] = []
    for block in cell.blocks:
        if not isinstance(block, Paragraph):
            continue
        text = block.text
        if block.label:
            _begin(pieces, block.label)
            pieces.append((-1, block.label if text.strip() else block.label.strip()))
        for line in _LINE.finditer(text):
            bare = line[0].strip()
            if not bare:
                continue
            start = line.start() + line[0].index(bare)
            _begin(pieces, bare)
            pieces += [(raw, part.replace("\t", " ")) for raw, part in _cut(block.pieces, start, start + len(bare))]
    return RawCell("", 0, cell.row, cell.column, cell.row_span, cell.column_span, pieces=tuple(pieces))


def _begin(pieces: list[tuple[int, str]], text: str) -> None:
    """A gap where a line of a cell would run into the one before: 12 over 34 is not 1234."""
    if (
        pieces
        and pieces[-1][1][-1:].isascii()
        and pieces[-1][1][-1:].isalnum()
        and text[0].isascii()
        and text[0].isalnum()
    ):
        pieces.append((-1, " "))


def _metadata(package: Package, text: str) -> dict[str, str]:
    """The title of the core properties where the text opens with it: Word fills the field with the first words of
    whatever file was once the template. Its author is whoever typed, never the issuer."""
    properties = package.properties()
    found = properties.findtext(named("dc:title")) if properties is not None else None
    title = " ".join((found or "").split())
    if len(title) < _LEAST_TITLE or _bare(title) not in _bare(text[:_TITLE_REACH]):
        return {}
    return {"title": title}


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _warnings(package: Package, story: Story, joined: int) -> list[str]:
    record, lists = story.record, story.lists
    found = []
    if lists.count:
        found.append(f"{lists.count} list numbers set into the text")
    if lists.unknown:
        found.append(f"{lists.unknown} list numbers of another script written in decimals")
    found += [f"{count} {name}" for name, count in sorted(record.counts.items()) if count and name != "pictures"]
    found += [f"{count} characters of {reason} dropped" for reason, count in sorted(record.characters.items())]
    for kinds, name in (
        (("header", "footer"), "lines of headers and footers dropped"),
        (("comments",), "comments dropped"),
    ):
        count = sum(_filled(root, kinds[0] == "comments") for kind in kinds for root in package.parts(kind))
        found += [f"{count} {name}"] if count else []
    if joined:
        found.append(f"{joined} joined by reading")
    found += [f"the part {name} is damaged and was not read" for name in dict.fromkeys(package.damaged)]
    return found


def _filled(root: Any, is_comments: bool) -> int:
    """Comments, or paragraphs with text of a header or footer."""
    if is_comments:
        return len(root.findall(named("w:comment")))
    paragraphs_with_text = 0
    for paragraph in root.iter(named("w:p")):
        paragraphs_with_text += any((text.text or "").strip() for text in paragraph.iterdescendants(named("w:t")))
    return paragraphs_with_text
