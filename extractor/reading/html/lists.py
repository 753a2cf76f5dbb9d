"""Numbers of lists in web pages: `<ol>`, `<ul>` and `<li>` → the number that a browser shows before an item.

Comes in: the elements of a page as they are entered and left. Goes out: a label (`1. `, `二、`, `b. `) or an empty text; a
bullet is no number and gives none. An inline style counts; of the page's style sheets only rules for all lists do, as
sites that want no numbers write them (`ul, ol, li { list-style: none }`). Whether an item writes its number out itself is
asked of its text: sites that do so hide that of the list, most often in a sheet that is not in the file.
Source: HTML 4.4.5 to 4.4.8 and 15.3.7, CSS Counter Styles 3.
"""

from collections.abc import Callable
from dataclasses import dataclass

import regex

from extractor.reading.html.tree import Node, Text
from extractor.reading.number_formats import counted, numbered

_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = frozenset({"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed", "initial"})
_POSITIONS = frozenset({"inside", "outside"})
_INTEGER = regex.compile(r"\s*([+-]?[0-9]{1,9})(?![0-9])")
_STYLE = regex.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:\s*([^;!]*)", regex.I)
_COMMENT = regex.compile(r"/\*.*?(?:\*/|\Z)", regex.S)
# sheets for print and for narrow screens
_CONDITIONAL = regex.compile(r"@[^{};]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_RULE = regex.compile(r"([^{};]*+)\{([^{}]*+)\}")
_SELECTOR = regex.compile(r"(?:(?:html|body|ol|li)(?:\s*>\s*|\s+))*(ol|li|\*)", regex.I)
_DISPLAY = regex.compile(r"(?:^|;)\s*display\s*:\s*(?!list-item|inherit|initial)[a-z]", regex.I)
_ROMAN_LARGEST = 3999
_WORDS_LARGEST = 9999

_HAN = "[一二三四五六七八九十百零〇]{1,4}"
_ONE = rf"(?:{_HAN}|[0-9０-９]{{1,3}}|[A-Za-zⅠ-Ⅻⅰ-ⅻ]|[ivxIVX]{{2,5}})"
_WRITTEN = regex.compile(
    rf"[（(\[【〔]?\s*{_ONE}\s*[）)\]】〕]|[①-⒛㈠-㈩㊀-㊉❶-❿➀-➓⓪-⓿]|"
    # 一、二级公路 lists grades; 1.5亿元 is a figure, 1.2021年 begins with a year
    rf"{_HAN}\s*[、.．](?!{_HAN}[级类等线期、])|[0-9０-９]{{1,3}}\s*[、.．](?:(?![0-9０-９])|(?=(?:19|20)[0-9０-９]{{2}}年))|"
    rf"[A-Za-zⅠ-Ⅻⅰ-ⅻ]\s*[、.．](?![A-Za-z0-9])|[ivxIVX]{{2,5}}[、.．]|[0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}})+(?=[\s、])|"
    rf"第\s*(?:{_HAN}|[0-9０-９]{{1,3}})\s*(?:[章节条款编]|部分)?(?=[\s：:、，,]|$)"
)
# as much of an item's text as its number can take
_LOOK = 16


def _letters(value: int) -> str:
    """a to z, then aa, ab, …: browsers go on otherwise than Word."""
    text = ""
    while value > 0:
        value, place = divmod(value - 1, 26)
        text = chr(ord("a") + place) + text
    return text


def _roman(value: int) -> str:
    return numbered(value, "lowerRoman") or "" if 0 < value <= _ROMAN_LARGEST else ""


def _words(value: int) -> str:
    if value == 0:
        return "零"
    return counted(value) if 0 < value <= _WORDS_LARGEST else _named("ideographDigital", value)


def _named(number_format: str, value: int) -> str:
    return numbered(value, number_format) or "" if value > 0 else ""


_Format = tuple[Callable[[int], str], str]
_FORMATS: dict[str, _Format] = {
    "decimal": (str, ". "),
    "decimal-leading-zero": (lambda value: f"{value:02d}", ". "),
    "lower-alpha": (_letters, ". "),
    "upper-alpha": (lambda value: _letters(value).upper(), ". "),
    "lower-roman": (_roman, ". "),
    "upper-roman": (lambda value: _roman(value).upper(), ". "),
    "cjk-decimal": (lambda value: numbered(value, "ideographDigital") or "" if value >= 0 else "", "、"),
    "cjk-ideographic": (_words, "、"),
    "simp-chinese-informal": (_words, "、"),
    "trad-chinese-informal": (_words, "、"),
    "japanese-informal": (lambda value: _named("japaneseCounting", value), "、"),
    "simp-chinese-formal": (lambda value: _named("chineseLegalSimplified", value), "、"),
    "trad-chinese-formal": (lambda value: _named("ideographLegalTraditional", value), "、"),
    "cjk-heavenly-stem": (lambda value: _named("ideographTraditional", value), "、"),
    "cjk-earthly-branch": (lambda value: _named("ideographZodiac", value), "、"),
}
_FORMATS["lower-latin"], _FORMATS["upper-latin"] = _FORMATS["lower-alpha"], _FORMATS["upper-alpha"]


@dataclass(slots=True)
class _List:
    node: Node
    value: int
    step: int
    style: str


class Numbering:
    """Counts the items while a page is walked: every element that is entered is left. `hides`: true for what the page
    does not show, which counts for nothing."""

    def __init__(self, root: Node, hides: Callable[[Node], bool]) -> None:
        self._hides = hides
        self._rules = _rules(root)
        self._open: list[_List] = []

    def enter(self, node: Node) -> str:
        """The label of an item; empty for a bullet and for any other element."""
        if node.tag in _LISTS:
            self._open.append(self._begun(node))
        elif node.tag == "li" and self._open and _is_item(node):
            found = self._open[-1]
            value = _integer(node, "value")
            value = found.value if value is None else value
            found.value = value + found.step
            return shown(value, self._style(node, found.style))
        return ""

    def leave(self, node: Node) -> None:
        """Go back to the list around."""
        if self._open and self._open[-1].node is node:
            self._open.pop()

    def _begun(self, node: Node) -> _List:
        if node.tag != "ol":
            return _List(node, 1, 1, self._style(node, "disc"))
        start, back = _integer(node, "start"), "reversed" in node.attributes
        if start is None:
            start = self._items(node) if back else 1
        return _List(node, start, -1 if back else 1, self._style(node, "decimal"))

    def _style(self, node: Node, around: str) -> str:
        """The list style of an element: its own, that of a rule for all such elements, that of its type, what is
        around it."""
        own = _style_of(node.attributes.get("style", ""))
        return own or self._rules.get(node.tag) or _typed(node) or around

    def _items(self, node: Node) -> int:
        """How many items the list itself has."""
        count, waiting = 0, [*node.children]
        while waiting:
            child = waiting.pop()
            if not isinstance(child, Text) and child.tag not in _LISTS and not self._hides(child):
                count += child.tag == "li" and _is_item(child)
                waiting += child.children
        return count


def shown(value: int, style: str) -> str:
    """The label of a value in a list style; a value outside the style's range is a decimal, as is any unknown style.

    >>> shown(12, "simp-chinese-informal"), shown(28, "lower-alpha"), shown(0, "upper-roman"), shown(1, "none")
    ('十二、', 'ab. ', '0. ', '')
    """
    if style in _BULLETS:
        return ""
    made, behind = _FORMATS.get(style, _FORMATS["decimal"])
    return (made(value) or str(value)) + behind


def without_written(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Pieces of text without the labels (position -1) behind which the text has a number of its own, written out."""
    made: list[tuple[str, int]] = []
    for index, (text, at) in enumerate(pieces):
        if at < 0 and not text.isspace() and _WRITTEN.match(_behind(pieces, index)):
            # the gap before it goes too
            while made and made[-1][1] < 0:
                made.pop()
        else:
            made.append((text, at))
    return made


def _behind(pieces: list[tuple[str, int]], index: int) -> str:
    text = ""
    for piece, at in pieces[index + 1 : index + 1 + _LOOK]:
        text += piece if at >= 0 else ""
    return text[:_LOOK]


def _is_item(node: Node) -> bool:
    """False for an item that is set as another kind of box: it has no number and is not counted."""
    return not _DISPLAY.search(node.attributes.get("style", ""))


def _rules(root: Node) -> dict[str, str]:
    """List styles by tag, of rules that hold for every `<ol>` or `<li>` of the page."""
    found: dict[str, str] = {}
    for node in root.nodes():
        if node.tag != "style":
            continue
        for selectors, declared in _RULE.findall(_CONDITIONAL.sub("", _COMMENT.sub("", node.text()))):
            style = _style_of(declared)
            for selector in selectors.split(",") if style else ():
                named = _SELECTOR.fullmatch(selector.strip())
                if named:
                    found |= dict.fromkeys(("ol", "li") if named[1] == "*" else (named[1].lower(),), style or "")
    return found


def _style_of(declared: str) -> str | None:
    """The list style that declarations give: the last of them counts."""
    for declaration in reversed(_STYLE.findall(declared)):
        words = declaration.lower().split()
        if words:
            named = [word for word in words if word not in _POSITIONS and not word.startswith("url(")]
            # one that names no kind of number, and a text in quotes, are bullets
            style = str(named[0]) if named and named[0][0] not in "\"'" else "none"
            return None if style in ("inherit", "unset", "revert") else style
    return None


def _typed(node: Node) -> str | None:
    """The list style of the type attribute; a list without numbers can give its items some."""
    kind = node.attributes.get("type", "").strip()
    if node.tag in ("ol", "li") and kind in _TYPES:
        return _TYPES[kind]
    return kind.lower() if node.tag == "li" and kind.lower() in _BULLETS else None


def _integer(node: Node, name: str) -> int | None:
    found = _INTEGER.match(node.attributes.get(name, ""))
    return int(found[1]) if found else None
