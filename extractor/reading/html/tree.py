"""The tree of a web page, each text with its place in the source.

Comes in: the decoded source. Goes out: a root Node. Nothing here calls itself: a page may nest as deep as it likes.
The scanner is our own: the standard library's gives up on the conditional marks that Word writes (`<![if …]>`) and
takes quadratic time on marks that never close; here each character is looked at a fixed number of times.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import regex

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()  # noqa: SIM905
)
# their content is no markup; that of the title is text with references
_RAW_TEXT = frozenset({"script", "style", "xmp", "noembed", "noframes", "iframe", "textarea", "title"})
_IN_HEAD = frozenset({"meta", "link", "title", "style", "script", "base", "noscript", "template", "bgsound"})
# an opening tag closes what is open of the second up to the nearest of the third
_LISTS = ("ul", "ol", "table", "td", "th")
_IMPLIED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), _LISTS),
    "dt": (("dt", "dd"), ("dl", "table", "td", "th")),
    "dd": (("dt", "dd"), ("dl", "table", "td", "th")),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
    "tbody": (("tbody", "thead", "tfoot"), ("table",)),
    "thead": (("tbody", "thead", "tfoot"), ("table",)),
    "tfoot": (("tbody", "thead", "tfoot"), ("table",)),
    "option": (("option",), ("select",)),
    "rt": (("rt", "rp"), ("ruby",)),
    "rp": (("rt", "rp"), ("ruby",)),
    "p": (("p",), ("table", "td", "th", "div", "li", "dd", "dt", "blockquote", "section", "article", "center")),
}
# a stray </div> in a cell must not close the table around it
_TABLE_TAGS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "html", "body"})
_CELLS = ("td", "th", "caption")
_NAME = regex.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = regex.compile(r"[\s/]*+([^\s/>=][^\s/>=]*)(?:\s*+=\s*+)?")
_UNCLOSED = regex.compile(r"\s[A-Za-z][\w:-]*\s*=\s*$")
_UNQUOTED = regex.compile(r"[^\s>]*")
_REFERENCE = regex.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")


@dataclass(slots=True)
class Text:
    """Characters of a page; `at` is the source position of the first. `whole`: they stand there as one reference,
    `&#12295;`, and all of them have that position."""

    text: str
    at: int
    whole: bool = False

    def position(self, index: int) -> int:
        """Source position of a character."""
        return self.at if self.whole else self.at + index


@dataclass(slots=True)
class Node:
    """An element: its tag in lower case, attributes, children; `at` is where its tag opens."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | Text"] = field(default_factory=list)
    at: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Id and classes in lower case."""
        written = f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}"
        return tuple(written.lower().split())

    def nodes(self) -> Iterator["Node"]:
        """This node and all below it, in the order of the source."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def find(self, *tags: str) -> "Node | None":
        """The first node below that has one of the tags."""
        return next((node for node in self.nodes() if node is not self and node.tag in tags), None)

    def texts(self) -> Iterator[Text]:
        """All texts below, in order."""
        waiting: list[Node | Text] = [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Text):
                yield item
            else:
                waiting.extend(reversed(item.children))

    def text(self) -> str:
        """The text below, white space as written."""
        return "".join(piece.text for piece in self.texts())


def parse(source: str) -> Node:
    """The tree of the page: a root whose children are what the source holds at its top.

    >>> [node.tag for node in parse("<p>甲<br>乙<p>丙").nodes()]
    ['root', 'p', 'br', 'p']
    """
    return _Parser(source).root


class _Parser:
    def __init__(self, source: str) -> None:
        self.root = Node("root")
        self._source = source
        self._open = [self.root]
        # how deep the open elements of each tag stand
        self._depths: dict[str, list[int]] = {}
        # what was looked for from some place on and is nowhere behind it
        self._absent: dict[str, int] = {}
        self._unquoted = False
        self._started = self.root
        self._run()

    def _run(self) -> None:
        source, at, length = self._source, 0, len(self._source)
        while at < length:
            mark = source.find("<", at)
            if mark < 0:
                break
            end = self._markup(mark)
            if end is None:
                # a "<" that opens nothing is text
                self._texts(at, mark + 1)
                at = mark + 1
                continue
            self._texts(at, mark)
            at = self._after(mark, end)
        self._texts(at, length)

    def _markup(self, mark: int) -> int | None:
        """Where the mark-up at "<" ends; None if it is none."""
        following = self._source[mark + 1 : mark + 2]
        if following.isascii() and following.isalpha():
            return self._tag_end(mark)
        if following == "/":
            named = self._source[mark + 2 : mark + 3]
            return self._behind(">", mark) if named.isascii() and named.isalpha() else None
        if following in ("!", "?"):
            if self._source.startswith("<!--", mark):
                end = self._behind("-->", mark + 2)
                if end is not None:
                    return end
            # an unclosed comment hides no more than its own mark
            return self._behind(">", mark)
        return None

    def _behind(self, what: str, start: int) -> int | None:
        found = self._find(what, start)
        return None if found < 0 else found + len(what)

    def _find(self, what: str, start: int) -> int:
        """Like str.find, but what is absent is looked for once."""
        if start >= self._absent.get(what, len(self._source) + 1):
            return -1
        found = self._source.find(what, start)
        if found < 0:
            self._absent[what] = start
        return found

    def _tag_end(self, mark: int) -> int | None:
        """Position behind the ">" of a start tag; a ">" inside quotes closes nothing."""
        attributes: dict[str, str] = {}
        named = _NAME.match(self._source, mark + 1)
        if named is None or self._find(">", mark) < 0:
            return None
        at = named.end()
        while not self._unquoted:
            found = _ATTRIBUTE.match(self._source, at)
            if found is None:
                break
            at = found.end()
            value = ""
            if found[0].rstrip().endswith("="):
                value, at = self._value(at)
            attributes.setdefault(found[1].lower(), value)
        end = self._behind(">", at)
        if end is None:
            # quotes that never come to rest: from here on the first ">" ends a tag
            self._unquoted = True
            end = self._behind(">", mark)
        self._started = Node(named[0].lower(), attributes, at=mark)
        return end

    def _value(self, at: int) -> tuple[str, int]:
        quote = self._source[at : at + 1]
        if quote in ('"', "'"):
            end = self._find(quote, at + 1)
            if end >= 0 and not self._opens_another(at + 1, end):
                return unescape(self._source[at + 1 : end]), end + 1
        found = _UNQUOTED.match(self._source, at)
        # the pattern also fits nothing, so it always fits
        return (unescape(found[0]), found.end()) if found else ("", at)

    def _opens_another(self, start: int, end: int) -> bool:
        """True if the quote at `end` opens the value of a later tag: the one before it was lost, with it a paragraph."""
        first = self._source.find(">", start, end)
        return first >= 0 and _UNCLOSED.search(self._source, max(first, end - 40), end) is not None

    def _after(self, mark: int, end: int) -> int:
        """Take in the mark-up between `mark` and `end`; where to go on."""
        following = self._source[mark + 1]
        if following == "/":
            named = _NAME.match(self._source, mark + 2)
            if named is not None:
                self._close(named[0].lower())
        elif following not in "!?":
            node = self._started
            self._start(node)
            if node.tag in _RAW_TEXT:
                return self._raw(node, end)
        return end

    def _raw(self, node: Node, start: int) -> int:
        """The content of a script and its like, up to its end tag (or the end of the page)."""
        closing = regex.compile(f"(?i)</{node.tag}(?=[\\s/>])")
        found = None
        if start < self._absent.get(node.tag, len(self._source) + 1):
            found = closing.search(self._source, start)
        if found is None:
            self._absent.setdefault(node.tag, start)
            # an unclosed title would swallow the page
            end = len(self._source) if node.tag != "title" else start
        else:
            end = found.start()
        if node.tag == "title":
            self._texts(start, end)
        elif end > start:
            node.children.append(Text(self._source[start:end], start))
        self._close(node.tag)
        if found is None:
            return end
        return self._behind(">", found.end()) or len(self._source)

    def _texts(self, start: int, end: int) -> None:
        """Text between two places, its references as texts of their own."""
        if start >= end:
            return
        into = self._open[-1].children
        at = start
        for found in _REFERENCE.finditer(self._source, start, end):
            meant = unescape(found[0])
            if meant == found[0]:
                continue
            if found.start() > at:
                into.append(Text(self._source[at : found.start()], at))
            into.append(Text(meant, found.start(), whole=True))
            at = found.end()
        if at < end:
            into.append(Text(self._source[at:end], at))

    def _start(self, node: Node) -> None:
        if self._open[-1].tag == "head" and node.tag not in _IN_HEAD:
            self._cut(len(self._open) - 1)
        if node.tag in _IMPLIED:
            closed, scope = _IMPLIED[node.tag]
            depth = max(self._depth(tag) for tag in closed)
            if depth > max(self._depth(tag) for tag in scope):
                self._cut(depth)
        self._open[-1].children.append(node)
        if node.tag not in VOID:
            self._depths.setdefault(node.tag, []).append(len(self._open))
            self._open.append(node)

    def _depth(self, tag: str) -> int:
        depths = self._depths.get(tag)
        return depths[-1] if depths else 0

    def _close(self, tag: str) -> None:
        depth = self._depth(tag)
        if not depth:
            return
        if tag not in _TABLE_TAGS and depth < max(self._depth(cell) for cell in _CELLS):
            return
        if tag in ("td", "th", "tr") and depth < self._depth("table"):
            return
        self._cut(depth)

    def _cut(self, depth: int) -> None:
        """Close everything from this depth on."""
        for tag, count in Counter(node.tag for node in self._open[depth:]).items():
            del self._depths[tag][-count:]
        del self._open[depth:]
