"""Saved web pages: the article's paragraphs and tables, the fields its head states.

Comes in: bytes of HTML. Goes out: a Document whose raw positions are code points of the decoded source.
Navigation, scripts, forms and footers are left out: the article is the smallest block that holds most of
the text which is not links. The parser is the standard library's, since it knows each text's place.
"""

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

import regex

from extractor.datamodel.document import Document, SourceFile
from extractor.reading.assemble import RawCell, RawLine, assemble
from extractor.reading.plain import decode

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_DROPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "iframe",
        "object",
        "nav",
        "footer",
        "form",
        "select",
        "button",
        "textarea",
        "svg",
        "aside",
        "template",
        "head",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "dd",
        "dt",
        "dl",
        "center",
        "main",
        "header",
        "body",
        "html",
        "tbody",
        "thead",
        "hr",
        "figure",
        "caption",
    }
)
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.I)
_NOISE = regex.compile(
    r"(?i)(?:^|[\s_-])(?:nav|menu|breadcrumb|crumbs?|share|footer|sidebar|related|copyright|toolbar|pager|prevnext|position|location|search|logo|qrcode)(?:$|[\s_-])"
)
_SHARE = 0.7
_META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "source",
    "publisheddate": "published",
    "og:title": "title",
    "article:published_time": "published",
    "firstpublishedtime": "published",
}
_LABELLED = regex.compile(
    r"(?:^|[\[【\s])(?P<key>文\s*号|发文字号|发文机关|发布机构|发文单位)\s*[\]】]?\s*[:：]\s*(?P<value>[^\s\[【|]{2,40})"
)
_SPACE = regex.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Text:
    text: str
    at: int


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str]
    children: list["_Node | _Text"] = field(default_factory=list)

    def weight(self) -> int:
        """Characters of text outside links."""
        if self.tag == "a" or self.tag in _DROPPED:
            return 0
        return sum(len(child.text.strip()) if isinstance(child, _Text) else child.weight() for child in self.children)


class _Tree(HTMLParser):
    """A tree with the source position of each text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root = _Node("root", {})
        self._open = [self.root]
        self._line_starts = [0]
        for found in regex.finditer("\n", source):
            self._line_starts.append(found.end())
        self.metadata: dict[str, str] = {}
        self._source = source
        self.feed(source)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(attributes)
        node = _Node(tag, attributes)
        # HTML lets <p>, <li>, <td>, <tr> go unclosed
        if tag in ("p", "li", "tr", "td", "th") and self._open[-1].tag == tag:
            self._open.pop()
        if tag == "tr" and self._open[-1].tag in ("td", "th"):
            del self._open[-2:]
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(_Text(data, self._at()))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, written: str) -> None:
        self._open[-1].children.append(_Text(unescape(written), self._at()))

    def _meta(self, attributes: dict[str, str]) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = attributes.get("content", "").strip()
        if name in _META and content:
            self.metadata.setdefault(_META[name], content)


def read_html(source: SourceFile, data: bytes) -> Document:
    """The document of a saved web page."""
    tree = _Tree(decode(source, data))
    article = _article(tree.root)
    lines: list[RawLine] = []
    tables = [0]
    _Lines(lines, tables).walk(article)
    metadata = dict(tree.metadata)
    title = _title_of(tree.root)
    if title:
        metadata.setdefault("title", title)
    lines = _without_metadata(lines, metadata)
    made = assemble(lines)
    return Document(
        made.text,
        source,
        made.pages,
        made.offsets,
        made.tables,
        metadata=metadata,
        warnings=made.warnings,
    )


def _article(root: _Node) -> _Node:
    """Go down while one child holds most of the text."""
    node = _find(root, "body") or root
    while True:
        children = [c for c in node.children if isinstance(c, _Node) and not _is_noise(c)]
        weights = [child.weight() for child in children]
        total = node.weight()
        if not weights or not total:
            return node
        best = max(range(len(children)), key=lambda index: weights[index])
        # a table's row or a paragraph is no article
        if weights[best] < _SHARE * total or children[best].tag in (
            "p",
            "tr",
            "td",
            "table",
            "tbody",
            "span",
            "ul",
            "ol",
        ):
            layout = children[best].tag in ("table", "tbody", "tr", "td") and weights[best] >= _SHARE * total
            if not (layout and _is_layout(children[best])):
                return node
        node = children[best]


def _is_layout(node: _Node) -> bool:
    """A table that lays out a page has paragraphs in its cells."""
    return _find(node, "p") is not None or node.tag in ("tr", "tbody", "td")


def _find(node: _Node, tag: str) -> _Node | None:
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag == tag:
                return child
            found = _find(child, tag)
            if found is not None:
                return found
    return None


def _is_noise(node: _Node) -> bool:
    if node.tag in _DROPPED or _HIDDEN.search(node.attributes.get("style", "")):
        return True
    names = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    return bool(_NOISE.search(names)) and node.weight() < 400


def _title_of(root: _Node) -> str | None:
    for tag in ("h1", "title"):
        node = _find(root, tag)
        if node is not None:
            text = _SPACE.sub(" ", "".join(part.text for part in _texts(node))).strip()
            # a page title carries the site's name behind a dash or a bar
            text = regex.split(r"\s*[-_|—–]{1,2}\s*(?=[^-_|—–]*(?:网|政府|门户|平台)[^-_|—–]*$)", text)[0]
            if len(text) >= 6:
                return text
    return None


def _texts(node: _Node) -> list[_Text]:
    found: list[_Text] = []
    for child in node.children:
        found += [child] if isinstance(child, _Text) else _texts(child)
    return found


def _without_metadata(lines: list[RawLine], metadata: dict[str, str]) -> list[RawLine]:
    """Fields such as 文号: are read from the first lines, which stay in the text."""
    for line in lines[:12]:
        for found in _LABELLED.finditer(line.text):
            key = "number" if "号" in found["key"] else "issuer"
            metadata.setdefault(key, found["value"])
    return lines


class _Lines:
    """Walks the article and cuts it into lines at blocks and <br>."""

    def __init__(self, lines: list[RawLine], tables: list[int]) -> None:
        self._lines = lines
        self._tables = tables
        self._pieces: list[_Text] = []

    def walk(self, node: _Node) -> None:
        self._walk(node)
        self._flush()

    def _walk(self, node: _Node) -> None:
        for child in node.children:
            if isinstance(child, _Text):
                self._pieces.append(child)
            elif _is_noise(child):
                continue
            elif child.tag == "br":
                self._flush()
            elif child.tag == "table" and not _find(child, "table") and _is_data(child):
                self._flush()
                self._table(child)
            elif child.tag in _BLOCKS:
                self._flush()
                self._walk(child)
                self._flush()
            else:
                self._walk(child)

    def _flush(self) -> None:
        """One line out of the pieces: runs of white space are one space, as a browser shows them."""
        pieces, self._pieces = self._pieces, []
        parts: list[tuple[str, int]] = []
        for piece in pieces:
            for found in regex.finditer(r"[^ \t\r\n\f]+|[ \t\r\n\f]+", piece.text):
                if not found[0].isspace() or found[0].strip(" \t\r\n\f"):
                    parts.append((found[0], piece.at + found.start()))
                elif parts and _needs_space(parts[-1][0]) and "\n" not in found[0]:
                    parts.append((" ", piece.at + found.start()))
        while parts and not parts[-1][0].strip():
            parts.pop()
        while parts and not parts[0][0].strip():
            parts.pop(0)
        for index, (text, at) in enumerate(parts):
            self._lines.append(RawLine(text, at, goes_on=index + 1 < len(parts), exact=True))

    def _table(self, table: _Node) -> None:
        self._tables[0] += 1
        taken: set[tuple[int, int]] = set()
        for row, line in enumerate(_rows(table)):
            column, cells = 0, []
            for cell in line:
                while (row, column) in taken:
                    column += 1
                down, across = _extent(cell, "rowspan"), _extent(cell, "colspan")
                taken |= {(row + r, column + c) for r in range(down) for c in range(across)}
                texts = [t for t in _texts(cell) if t.text.strip()]
                text = "".join(_SPACE.sub("", t.text) for t in texts)
                first = texts[0] if texts else None
                start = first.at + len(first.text) - len(first.text.lstrip()) if first else 0
                cells.append(RawCell(text, start, row, column, down, across))
                column += across
            if cells:
                self._lines.append(RawLine("", 0, cells=tuple(cells), table=self._tables[0]))


def _needs_space(text: str) -> bool:
    return not text.isspace()


def _is_data(table: _Node) -> bool:
    """True for a table of short cells; a layout table holds paragraphs."""
    rows = _rows(table)
    cells = [cell for row in rows for cell in row]
    longest = max((cell.weight() for cell in cells), default=0)
    return len(cells) > 1 and longest < 300 and any(len(row) > 1 for row in rows)


def _rows(table: _Node) -> list[list[_Node]]:
    rows = []
    for child in table.children:
        if isinstance(child, _Text):
            continue
        if child.tag == "tr":
            rows.append([c for c in child.children if isinstance(c, _Node) and c.tag in ("td", "th")])
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += _rows(child)
    return rows


def _extent(cell: _Node, name: str) -> int:
    value = cell.attributes.get(name, "1")
    return min(max(int(value), 1), 100) if value.isdigit() else 1
