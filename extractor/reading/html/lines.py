"""The lines of a web page: what a reader sees as a paragraph, or as a row of a table.

Comes in: the tree. Goes out: HtmlLine objects in the order of the source; each character keeps its place. White space is
that of a browser; a break between Chinese characters in the source is none. Numbers of lists are set before their
items. Blocks that hold the page's furniture by their name are marked, not left out: html_article decides. Nothing
calls itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from extractor.reading.assemble import RawCell, RawLine
from extractor.reading.html.hidden import HIDDEN, STRUCK, unseen
from extractor.reading.html.lists import Numbering, without_written
from extractor.reading.html.tree import Node, Text

_DROPPED = frozenset(
    "script style noscript iframe object embed select button textarea svg math template head title "  # noqa: SIM905
    "noframes noembed frameset rt rp audio video canvas datalist applet xmp".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "  # noqa: SIM905
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p plaintext pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_PRE = regex.compile(r"white-space\s*:\s*(?:pre|break-spaces)", regex.I)
_FURNITURE = regex.compile(
    r"(?i)(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|bread|share|sharebox|bdshare|bdsharebuttonbox|jiathis|"
    r"foot|footer|sidebar|related|copyright|toolbar|tools?|pager|prevnext|position|location|dqwz|search|logo|qrcode|"
    r"ewm|erweima|fontsize|friendlink|links)(?:$|[\s_-])"
)
_WHITE = regex.compile(r"[^ \t\r\n\f]+|[ \t\r\n\f]+")
# white space at the ends of a line: indents, also of no-break and ideographic spaces
_EDGE = " \t\r\n\f\xa0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGIT = regex.compile(r"[0-9]{1,2}")
# a cell that holds this much, and most of its table, holds a page
_LAYOUT_CELL = 300
# text and its source position; -1 for what stands in no source, the number of a list
Piece = tuple[str, int]


@dataclass(slots=True)
class HtmlCell:
    """A cell of a row: pieces of text with their source positions, place and extent."""

    pieces: list[Piece]
    row: int
    column: int
    row_span: int
    column_span: int

    @property
    def text(self) -> str:
        """The cell's characters, without numbers of lists."""
        return _written(self.pieces)


@dataclass(slots=True)
class HtmlLine:
    """A paragraph (`pieces`) or a table row (`cells`). `linked`: characters inside links. `furniture`: the block that
    by its name is no content. `sources`: the texts it is made of."""

    pieces: list[Piece] = field(default_factory=list)
    cells: list[HtmlCell] = field(default_factory=list)
    table: int | None = None
    linked: int = 0
    furniture: Node | None = None
    sources: list[Text] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The line's characters, without the number of a list; the cells of a row apart by a tab."""
        if self.cells:
            return "\t".join(cell.text for cell in self.cells)
        return _written(self.pieces)

    @property
    def shown(self) -> str:
        """The characters of a paragraph with the number of its list."""
        return "".join(text for text, _ in self.pieces)

    @property
    def numbers(self) -> int:
        """How many numbers of lists are set into it."""
        cells = (cell.pieces for cell in self.cells)
        return sum(at < 0 and not text.isspace() for pieces in (self.pieces, *cells) for text, at in pieces)

    @property
    def at(self) -> int:
        """Source position of the first text."""
        return self.sources[0].at if self.sources else 0

    def part(self, start: int, end: int) -> "HtmlLine":
        """The characters from `start` to `end` as a line of their own."""
        found, at = [], 0
        for text, place in self.pieces:
            if place < 0:
                continue
            low, high = max(start - at, 0), min(end - at, len(text))
            if low < high:
                found.append((text[low:high], place + low))
            at += len(text)
        return HtmlLine(found, linked=0, sources=self.sources)

    def raw(self) -> Iterator[RawLine]:
        """What assembly takes."""
        if self.cells:
            cells = tuple(
                RawCell(c.text, c.pieces[0][1] if c.pieces else 0, c.row, c.column, c.row_span, c.column_span,
                        pieces=tuple((at, text) for text, at in c.pieces))
                for c in self.cells
            )  # fmt: skip
            yield RawLine("", 0, cells=cells, table=self.table)
            return
        for index, (text, at) in enumerate(self.pieces):
            yield RawLine(text, at, goes_on=index + 1 < len(self.pieces), exact=True)


@dataclass(slots=True)
class Lines:
    """All lines, and what is not among them: characters in hidden blocks and struck out, glosses over characters,
    raised digits."""

    lines: list[HtmlLine]
    hidden: int = 0
    struck: int = 0
    glosses: int = 0
    raised: int = 0


def _written(pieces: list[Piece]) -> str:
    return "".join(text for text, at in pieces if at >= 0)


def lines_of(root: Node, *, hidden: bool = False) -> Lines:
    """The lines of the page; `hidden`: those of hidden blocks too."""
    walk = _Walk(root, hidden)
    walk.run(root)
    return walk.made


class _Walk:
    def __init__(self, root: Node, hidden: bool) -> None:
        self.made = Lines([])
        # struck out is struck out, whatever a script shows
        self._unseen = {at: why for at, why in unseen(root).items() if not hidden or why == STRUCK}
        self._tables = 0
        self._links = self._pre = self._raised = 0
        self._furniture: list[Node] = []
        self._numbering = Numbering(root, lambda node: id(node) in self._unseen)
        # labels of items whose text has not begun
        self._labels: list[tuple[Node, str]] = []
        self._reset()

    def _reset(self) -> None:
        self._pieces: list[Piece] = []
        self._sources: list[Text] = []
        self._linked = 0
        self._space: tuple[int, bool] | None = None
        self._numbered = False

    def run(self, root: Node, *, in_cell: bool = False) -> None:
        """Take in all below; `in_cell`: blocks end no line."""
        waiting: list[tuple[Node | Text, bool]] = [(root, False)]
        while waiting:
            item, leaving = waiting.pop()
            if isinstance(item, Text):
                self._text(item, in_cell)
            elif leaving:
                self._leave(item, in_cell)
            elif self._enter(item, in_cell):
                waiting.append((item, True))
                waiting.extend((child, False) for child in reversed(item.children))
        if not in_cell:
            self._flush()

    def _enter(self, node: Node, in_cell: bool) -> bool:
        """True if what is below the node is to be walked."""
        if node.tag in _DROPPED:
            if node.tag in ("rt", "rp"):
                self.made.glosses += len(node.text().strip())
            return False
        reason = self._unseen.get(id(node))
        if reason:
            count = sum(not char.isspace() for char in node.text())
            self.made.hidden += count if reason == HIDDEN else 0
            self.made.struck += count if reason == STRUCK else 0
            return False
        if node.tag in _BLOCKS or node.tag == "br":
            self._break(in_cell)
        if node.tag == "table" and not in_cell and is_data(node):
            self._table(node)
            return False
        label = self._numbering.enter(node)
        if label:
            self._labels.append((node, label))
        self._links += node.tag == "a"
        self._raised += node.tag == "sup"
        self._pre += _keeps_breaks(node)
        if node.tag in _BLOCKS and (node.tag in ("nav", "footer") or _FURNITURE.search(" ".join(node.names))):
            self._furniture.append(node)
        return True

    def _leave(self, node: Node, in_cell: bool) -> None:
        if node.tag in _BLOCKS:
            self._break(in_cell)
        self._numbering.leave(node)
        if self._labels and self._labels[-1][0] is node:
            # an item without text
            self._labels.pop()
        self._links -= node.tag == "a"
        self._raised -= node.tag == "sup"
        self._pre -= _keeps_breaks(node)
        if self._furniture and self._furniture[-1] is node:
            self._furniture.pop()

    def _break(self, in_cell: bool) -> None:
        if in_cell:
            # a cell is one line: its breaks are those of a narrow column, or part two numbers
            self._space = (-1, True)
        else:
            self._flush()

    def _text(self, piece: Text, in_cell: bool) -> None:
        if self._pre and not in_cell and "\n" in piece.text and not piece.whole:
            at = piece.at
            for index, part in enumerate(piece.text.split("\n")):
                if index:
                    self._flush()
                self._characters(Text(part, at), piece)
                at += len(part) + 1
            return
        self._characters(piece, piece)

    def _characters(self, piece: Text, source: Text) -> None:
        for found in _WHITE.finditer(piece.text):
            text, at = found[0], piece.position(found.start())
            if text[0] in " \t\r\n\f":
                broken = self._space[1] if self._space else False
                place = self._space[0] if self._space else at
                self._space = (place, broken or "\n" in text or "\r" in text)
                continue
            if self._pieces and self._space:
                place, broken = self._space
                if not broken or not (_is_wide(self._pieces[-1][0][-1]) or _is_wide(text[0])):
                    self._pieces.append((" ", place))
            self._space = None
            if self._raised and _DIGIT.fullmatch(text) and self._pieces and self._pieces[-1][0][-1] not in " (（[":
                # 平方米 as m², a note's number: never digits of the number before it
                self.made.raised += len(text)
                text = text.translate(_RAISED)
            if self._labels and (bare := text.lstrip(_EDGE)):
                # the number stands before the first word, behind an indent made of spaces
                indent = len(text) - len(bare)
                self._pieces += [(text[:indent], at)] if indent else []
                self._number()
                text, at = bare, at + indent
            if piece.whole:
                self._pieces += [(char, piece.at) for char in text]
            else:
                self._pieces.append((text, at))
            self._sources.append(source)
            if self._links:
                self._linked += len(text)

    def _number(self) -> None:
        """Set the labels that wait; a gap before them, where a cell holds several items."""
        self._pieces += [(" ", -1), *((label, -1) for _, label in self._labels)]
        self._labels.clear()
        self._numbered = True

    def _taken(self) -> list[Piece]:
        """The pieces of a finished line or cell."""
        pieces = without_written(self._pieces) if self._numbered else self._pieces
        return _stripped(pieces)

    def _flush(self) -> None:
        pieces = self._taken()
        if pieces:
            furniture = self._furniture[0] if self._furniture else None
            self.made.lines.append(HtmlLine(pieces, linked=self._linked, furniture=furniture, sources=self._sources))
        self._reset()

    def _table(self, table: Node) -> None:
        """A line per row; what stands in the table outside its cells, as a caption does, comes before them."""
        for stray in _outside_cells(table):
            self.run(stray) if isinstance(stray, Node) else self._text(stray, False)
        self._flush()
        if self._labels:
            # the number of an item that is a table is no part of the table's first cell
            self._number()
            self._sources = list(table.texts())[:1]
            self._flush()
        self._tables += 1
        busy: dict[int, int] = {}
        for row, written in enumerate(_rows(table)):
            column, line = 0, HtmlLine(table=self._tables, furniture=self._furniture[0] if self._furniture else None)
            for cell in written:
                while busy.get(column, -1) >= row:
                    column += 1
                down, across = _extent(cell, "rowspan"), _extent(cell, "colspan")
                for at in range(column, column + across):
                    busy[at] = row + down - 1
                for child in cell.children:
                    self.run(child, in_cell=True) if isinstance(child, Node) else self._text(child, True)
                pieces = self._taken()
                line.cells.append(HtmlCell(pieces, row, column, down, across))
                line.sources += self._sources
                line.linked += self._linked
                self._reset()
                column += across
            if any(cell.pieces for cell in line.cells):
                self.made.lines.append(line)


def _keeps_breaks(node: Node) -> bool:
    return node.tag in ("pre", "listing", "plaintext") or bool(_PRE.search(node.attributes.get("style", "")))


def _is_wide(char: str) -> bool:
    return char > "\u2000"


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """Without white space at both ends."""
    made = list(pieces)
    while made:
        text, at = made[0]
        bare = text.lstrip(_EDGE)
        if bare:
            made[0] = (bare, at + len(text) - len(bare))
            break
        made.pop(0)
    while made:
        text, at = made[-1]
        bare = text.rstrip(_EDGE)
        if bare:
            made[-1] = (bare, at)
            break
        made.pop()
    return made


def is_data(table: Node) -> bool:
    """True for a table of data; one that lays out a page has one column, a table inside, or a cell that holds
    the page."""
    if table.find("table") is not None:
        return False
    rows = _rows(table)
    sizes = [sum(len(text.text.strip()) for text in cell.texts()) for row in rows for cell in row]
    if not any(len(row) > 1 for row in rows) or not any(sizes):
        return False
    longest = max(sizes)
    filled = sum(size > 0 for size in sizes)
    return longest < _LAYOUT_CELL or (filled > 3 and longest < 0.7 * sum(sizes))


def _rows(table: Node) -> list[list[Node]]:
    rows: list[list[Node]] = []
    for child in table.children:
        if isinstance(child, Text):
            continue
        if child.tag == "tr":
            rows.append([c for c in child.children if isinstance(c, Node) and c.tag in ("td", "th")])
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += [
                [c for c in row.children if isinstance(c, Node) and c.tag in ("td", "th")]
                for row in child.children
                if isinstance(row, Node) and row.tag == "tr"
            ]
        elif child.tag in ("td", "th"):
            # a cell without a row begins one, or goes on it
            rows = rows or [[]]
            rows[-1].append(child)
    return rows


def _outside_cells(table: Node) -> Iterator[Node | Text]:
    for part in table.children:
        if isinstance(part, Text) or part.tag not in ("tr", "tbody", "thead", "tfoot", "td", "th"):
            yield part
        elif part.tag not in ("td", "th"):
            for child in part.children:
                if isinstance(child, Text) or (child.tag not in ("tr", "td", "th")):
                    yield child
                elif child.tag == "tr":
                    yield from (c for c in child.children if isinstance(c, Text) or c.tag not in ("td", "th"))
                elif part.tag != "tr":
                    yield child


def _extent(cell: Node, name: str) -> int:
    value = cell.attributes.get(name, "1").strip()
    return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() and len(value) < 7 else 1
