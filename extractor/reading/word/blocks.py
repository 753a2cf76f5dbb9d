"""Paragraphs and tables of a Word document in reading order.

Comes in: the body (or a note, a text box, a cell). Goes out: blocks: paragraphs with their labels, tables with the
place and extent of each cell. A text box stands behind the paragraph it hangs on, a footnote behind the paragraph or
table that refers to it (as at the foot of a page), endnotes behind all. A paragraph whose mark was deleted goes on in
the next; a deleted or hidden row is dropped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from extractor.reading.word.numbering import Lists, Styles
from extractor.reading.word.package import Package, is_on, named, number, value
from extractor.reading.word.paragraphs import DELETED, HIDDEN, Inline, Paragraph, Record, placeholder

_P, _TBL, _TR, _TC = named("w:p"), named("w:tbl"), named("w:tr"), named("w:tc")
_SDT, _ALTERNATE, _VAL = named("w:sdt"), named("mc:AlternateContent"), named("w:val")
_GONE = frozenset(named(name) for name in ("w:del", "w:moveFrom"))
_ID, _TYPE = named("w:id"), named("w:type")
# Word itself has 63 columns; a forged span must not make a table of millions
_MOST_COLUMNS = 100
_MERGED = "text under a merged cell"


@dataclass(slots=True)
class CellBlock:
    """A cell: its place, its extent, its blocks."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: list["Paragraph | TableBlock"] = field(default_factory=list)


@dataclass(slots=True)
class TableBlock:
    """A table: rows of the cells that begin in them."""

    rows: list[list[CellBlock]] = field(default_factory=list)


Block = Paragraph | TableBlock


class Story:
    """Reads a document's parts into blocks; keeps lists, fields and the record of what was dropped."""

    def __init__(self, package: Package, record: Record, embedded: Callable[[str, bytes], list[Block]]) -> None:
        """`embedded` reads a document inside this one: name and bytes → blocks."""
        self._package = package
        self._embedded = embedded
        self.record = record
        self._styles = Styles(package.part("styles"))
        self.lists = Lists(package.part("numbering"), self._styles)
        self._inline = Inline(record, self._styles)
        self._notes: list[tuple[str, str]] = []
        self._in_table = 0
        self._parts: dict[str, dict[str, Any]] = {}

    def read(self, body: Any) -> list[Block]:
        """Blocks of the body with its notes."""
        self._inline.begin_story(body)
        blocks = self._blocks(body)
        blocks += self._note_blocks("endnotes")
        return blocks

    def _blocks(self, container: Any) -> list[Block]:
        blocks: list[Block] = []
        rest = self._fill(container, blocks, None)
        if rest is not None:
            self._close(rest, None, blocks)
        return blocks

    def _fill(self, container: Any, blocks: list[Block], open_one: Paragraph | None) -> Paragraph | None:
        """Add the container's blocks; a paragraph that has no end of its own comes in and goes out."""
        for child in container:
            tag = child.tag
            if tag == _P:
                open_one = self._paragraph(child, blocks, open_one)
            elif tag == _TBL:
                if open_one is not None:
                    self._close(open_one, None, blocks)
                    open_one = None
                blocks.append(self._table(child))
                self._foot(blocks)
            elif tag == _SDT:
                content = child.find(named("w:sdtContent"))
                if content is not None and placeholder(child):
                    self._inline.read(content, Paragraph(), placeholder(child))
                elif content is not None:
                    open_one = self._fill(content, blocks, open_one)
            elif tag in _GONE:
                self._inline.read(child, Paragraph(), DELETED)
            elif tag == _ALTERNATE:
                before = (len(blocks), self.record.at)
                for choice in child:
                    open_one = self._fill(choice, blocks, open_one)
                    if before != (len(blocks), self.record.at):
                        break
            elif tag == named("w:altChunk"):
                if open_one is not None:
                    self._close(open_one, None, blocks)
                    open_one = None
                blocks += self._chunk(child.get(named("r:id"), ""))
            elif isinstance(tag, str) and len(child) and not tag.endswith("Pr"):
                open_one = self._fill(child, blocks, open_one)
        return open_one

    def _paragraph(self, element: Any, blocks: list[Block], open_one: Paragraph | None) -> Paragraph | None:
        """Read a paragraph on the end of one that goes on, if there is one; give it back if it goes on itself."""
        found = open_one or Paragraph()
        self._inline.read(element, found)
        properties = element.find(named("w:pPr"))
        mark = properties.find(named("w:rPr")) if properties is not None else None
        if mark is not None:
            if mark.find(named("w:del")) is not None or mark.find(named("w:moveFrom")) is not None:
                self.record.drop("\n", DELETED)
                return found
            if is_on(mark, "w:vanish"):
                # a style separator, or a paragraph hidden as a whole
                if found.text.strip() and not found.label:
                    found.label = self.lists.label(properties, found.text.lstrip())
                self.record.drop("\n", HIDDEN)
                return found
        self._close(found, properties, blocks)
        return None

    def _close(self, found: Paragraph, properties: Any, blocks: list[Block]) -> None:
        if not found.label:
            found.label = self.lists.label(properties, found.text.lstrip())
        self.record.at += 1
        if found.pieces or found.label:
            blocks.append(found)
        self._notes += found.notes
        for box in found.boxes:
            blocks += self._blocks(box)
        for relation in found.diagrams:
            blocks += self._diagram(relation)
        self._foot(blocks)

    def _chunk(self, relation: str) -> list[Block]:
        """A document inside this one, at its place."""
        found = self._package.embedded(relation)
        if found is None:
            self.record.counts["embedded documents missing"] += 1
            return []
        return self._embedded(*found)

    def _diagram(self, relation: str) -> list[Block]:
        """Texts of a diagram (SmartArt), a paragraph each, in the order of its data."""
        root = self._package.related(relation)
        blocks: list[Block] = []
        for element in root.iter(named("a:p")) if root is not None else ():
            text = "".join(one.text or "" for one in element.iterdescendants(named("a:t")))
            if text.strip():
                found = Paragraph()
                found.put(self.record.at, text)
                self.record.at += len(text) + 1
                blocks.append(found)
        self.record.counts["lines of diagrams taken"] += len(blocks)
        return blocks

    def _foot(self, blocks: list[Block]) -> None:
        """Footnotes that were met since, once we are out of any table."""
        if self._notes and not self._in_table:
            blocks += self._note_blocks("footnotes")

    def _note_blocks(self, kind: str) -> list[Block]:
        blocks: list[Block] = []
        wanted = [name for one, name in self._notes if one == kind]
        self._notes = [(one, name) for one, name in self._notes if one != kind]
        if not wanted:
            return blocks
        known = self._known(kind)
        for name in wanted:
            note = known.pop(name, None)
            if note is None:
                continue
            self._inline.begin_story(note)
            found = self._blocks(note)
            self.record.counts["lines of notes set apart"] += sum(
                isinstance(block, Paragraph) and bool(block.text.strip()) for block in found
            )
            blocks += found
        return blocks

    def _known(self, kind: str) -> dict[str, Any]:
        """Notes of a part that are not yet placed: each stands once, however often it is referred to."""
        if kind not in self._parts:
            root = self._package.part(kind)
            self._parts[kind] = {
                note.get(_ID): note
                for note in (root if root is not None else ())
                if note.get(_TYPE, "normal") == "normal" and note.get(_ID) is not None
            }
        return self._parts[kind]

    def _table(self, element: Any) -> TableBlock:
        self._in_table += 1
        table = TableBlock()
        open_cells: dict[int, CellBlock] = {}
        for row in _inside(element, _TR):
            reason = _reason(row)
            if reason:
                self._inline.read(row, Paragraph(), reason)
                continue
            table.rows.append(self._row(row, len(table.rows), open_cells))
        self._in_table -= 1
        return table

    def _row(self, row: Any, at: int, open_cells: dict[int, CellBlock]) -> list[CellBlock]:
        cells: list[CellBlock] = []
        before = number(value(row.find(named("w:trPr")), "w:gridBefore")) or 0
        column = min(max(before, 0), _MOST_COLUMNS)
        for cell in _inside(row, _TC):
            properties = cell.find(named("w:tcPr"))
            if properties is not None and properties.find(named("w:cellDel")) is not None:
                self._inline.read(cell, Paragraph(), DELETED)
                continue
            across = min(max(number(value(properties, "w:gridSpan")) or 1, 1), _MOST_COLUMNS)
            down, beside = value(properties, "w:vMerge"), value(properties, "w:hMerge")
            above = open_cells.get(column)
            if beside in ("", "continue") and cells:
                cells[-1].column_span += across
                self._inline.read(cell, Paragraph(), _MERGED)
            elif down in ("", "continue") and above is not None:
                above.row_span = at - above.row + 1
                self._inline.read(cell, Paragraph(), _MERGED)
            else:
                made = CellBlock(at, column, 1, across, self._blocks(cell))
                cells.append(made)
                for taken in range(column, column + across):
                    open_cells.pop(taken, None)
                if down is not None:
                    open_cells[column] = made
            column += across
        return cells


def _inside(element: Any, wanted: str) -> Iterable[Any]:
    """Rows of a table or cells of a row, those in content controls and custom XML too."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag not in (_P, _TBL, _TR, _TC) and not child.tag.endswith("Pr"):
            yield from _inside(child, wanted)


def _reason(row: Any) -> str | None:
    """Why a row does not stay; None if it does."""
    properties = row.find(named("w:trPr"))
    if properties is None:
        return None
    if properties.find(named("w:del")) is not None or properties.find(named("w:moveFrom")) is not None:
        return DELETED
    return HIDDEN if is_on(properties, "w:hidden") else None
