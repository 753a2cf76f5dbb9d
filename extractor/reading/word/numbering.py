"""Automatic numbering: styles.xml and numbering.xml → the number that Word shows before a paragraph.

Comes in: the two parts, then paragraph properties in the order of the document. Goes out: a label (一、 （二） 3.1 ④) or
an empty text. A bullet is no number and gives none. Counters belong to the abstract list: lists that share it go on
counting, until a startOverride is met for the first time.
"""

from dataclasses import dataclass, field
from typing import Any

import regex

from extractor.reading.number_formats import numbered
from extractor.reading.word.package import is_on, named, number, value

_LEVELS = 9
_PLACE = regex.compile(r"%([1-9])")
_ZEROS = regex.compile(r"0{1,5}1")
_ID, _NUM_ID, _ABSTRACT_ID = named("w:styleId"), named("w:numId"), named("w:abstractNumId")
_LEVEL_ID, _TYPE, _DEFAULT, _FORMAT = named("w:ilvl"), named("w:type"), named("w:default"), named("w:format")
# behind these a label needs no gap: the sign has its own room
_WIDE_END = frozenset("、，。．：；）】〕》」』〉")


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    list_id: int | None
    level: int | None
    hidden: bool | None


@dataclass(frozen=True, slots=True)
class _Level:
    """What a level of a list shows. `restart`: the lowest level (counted from 1) behind which it begins anew, 0 for
    never, None for any above it."""

    start: int
    number_format: str
    text: str
    gap: str
    restart: int | None
    legal: bool
    style: str | None


class Styles:
    """Styles of paragraphs and characters with what they inherit."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self.default: str | None = None
        for style in root.iterfind(named("w:style")) if root is not None else ():
            name = style.get(_ID)
            if not name:
                continue
            properties = style.find(named("w:pPr"))
            list_id, level = _list_of(properties)
            hidden = is_on(style.find(named("w:rPr")), "w:vanish")
            self._styles[name] = _Style(value(style, "w:basedOn"), list_id, level, hidden)
            if style.get(_TYPE) == "paragraph" and style.get(_DEFAULT) in ("1", "true", "on"):
                self.default = name
        self.hides = any(style.hidden for style in self._styles.values())

    def chain(self, name: str | None) -> list[str]:
        """The style and those it is based on, nearest first."""
        found: list[str] = []
        while name in self._styles and name not in found:
            found.append(name)
            name = self._styles[name].based_on
        return found

    def list_of(self, name: str | None) -> tuple[int | None, int | None, list[str]]:
        """List id and level that the style gives, and the styles that give it: from the giver down to the style."""
        chain = self.chain(name)
        for at, one in enumerate(chain):
            if self._styles[one].list_id is not None:
                level = next(
                    (self._styles[o].level for o in chain[: at + 1] if self._styles[o].level is not None), None
                )
                return self._styles[one].list_id, level, chain[: at + 1][::-1]
        return None, next((self._styles[o].level for o in chain if self._styles[o].level is not None), None), []

    def is_hidden(self, name: str | None) -> bool:
        """Whether characters in the style are hidden."""
        return next((hidden for one in self.chain(name) if (hidden := self._styles[one].hidden) is not None), False)


def _list_of(properties: Any) -> tuple[int | None, int | None]:
    numbering = properties.find(named("w:numPr")) if properties is not None else None
    return number(value(numbering, "w:numId")), number(value(numbering, "w:ilvl"))


@dataclass(slots=True)
class _List:
    abstract: int
    overrides: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)


class Lists:
    """Counts the paragraphs of a document; one object per document, asked once per paragraph, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[int, dict[int, _Level]] = {}
        self._lists: dict[int, _List] = {}
        self._counters: dict[int, list[int | None]] = {}
        self.count = 0
        self.unknown = 0
        if root is not None:
            self._read(root)

    def label(self, properties: Any, text: str) -> str:
        """The label of a paragraph with these properties (None for none) whose text begins with `text`."""
        style = value(properties, "w:pStyle") or self._styles.default
        list_id, level = _list_of(properties)
        if list_id is None:
            list_id, by_style, givers = self._styles.list_of(style)
            level = self._level_of(list_id, givers, by_style) if level is None else level
        if not list_id or list_id not in self._lists:
            return ""
        return self._counted(list_id, min(max(level or 0, 0), _LEVELS - 1), text)

    def _level_of(self, list_id: int | None, givers: list[str], stated: int | None) -> int | None:
        """A level may name the style that stands for it."""
        found = self._lists.get(list_id or 0)
        levels = self._levels.get(found.abstract, {}) if found else {}
        for style in givers:
            for at, level in levels.items():
                if level.style == style:
                    return at
        return stated

    def _counted(self, list_id: int, at: int, text: str) -> str:
        found = self._lists[list_id]
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        counter = counters[at]
        if counter is None or (at in found.starts and at not in found.met):
            counters[at] = self._start(found, at)
        else:
            counters[at] = counter + 1
        found.met.add(at)
        for below in range(at + 1, _LEVELS):
            if counters[below] is None:
                continue
            level = self._level(found, below)
            restart = level.restart if level and level.restart is not None else below
            if at < restart:
                counters[below] = None
        shown = self._shown(found, counters, at)
        if not shown:
            return ""
        self.count += 1
        level = self._level(found, at)
        return shown + _gap(shown, level.gap if level else "", text)

    def _level(self, found: _List, at: int) -> _Level | None:
        return found.overrides.get(at) or self._levels.get(found.abstract, {}).get(at)

    def _start(self, found: _List, at: int) -> int:
        level = self._level(found, at)
        return found.starts.get(at, level.start if level else 0)

    def _shown(self, found: _List, counters: list[int | None], at: int) -> str:
        level = self._level(found, at)
        if level is None or level.number_format == "bullet":
            return ""

        def one(place: "regex.Match[str]") -> str:
            index = int(place[1]) - 1
            other = self._level(found, index)
            if other is None or index > at:
                return ""
            counter = counters[index]
            # a level that was passed over shows where it would begin
            count = self._start(found, index) if counter is None else counter
            if level.legal and other.number_format != "none":
                return str(count)
            return self._written(count, other.number_format)

        return str(_PLACE.sub(one, level.text)).strip()

    def _written(self, count: int, number_format: str) -> str:
        text = numbered(count, number_format)
        if text is None:
            self.unknown += 1
            return str(count)
        return text

    def _read(self, root: Any) -> None:
        links: dict[int, str] = {}
        linked: dict[str, int] = {}
        for abstract in root.iterfind(named("w:abstractNum")):
            key = number(abstract.get(_ABSTRACT_ID))
            if key is None:
                continue
            self._levels[key] = _levels_of(abstract)
            if link := value(abstract, "w:numStyleLink"):
                links[key] = link
            if link := value(abstract, "w:styleLink"):
                linked[link] = key
        for one in root.iterfind(named("w:num")):
            key, abstract = number(one.get(_NUM_ID)), number(value(one, "w:abstractNumId"))
            if key is not None and abstract is not None:
                self._lists[key] = _list_read(one, abstract)
        # a list may point to a list style, which points to the list that has the levels
        for found in self._lists.values():
            link = links.get(found.abstract)
            if link is not None and link in linked:
                found.abstract = linked[link]


def _list_read(element: Any, abstract: int) -> _List:
    found = _List(abstract)
    for override in element.iterfind(named("w:lvlOverride")):
        at = number(override.get(_LEVEL_ID))
        if at is None or not 0 <= at < _LEVELS:
            continue
        level = override.find(named("w:lvl"))
        if level is not None:
            found.overrides[at] = _level_read(level)
        start = number(value(override, "w:startOverride"))
        if start is not None:
            found.starts[at] = start
    return found


def _levels_of(abstract: Any) -> dict[int, _Level]:
    found = {}
    for level in abstract.iterfind(named("w:lvl")):
        at = number(level.get(_LEVEL_ID))
        if at is not None and 0 <= at < _LEVELS:
            found[at] = _level_read(level)
    return found


def _level_read(element: Any) -> _Level:
    gaps = {"nothing": "", "space": " "}
    restart = number(value(element, "w:lvlRestart"))
    start = number(value(element, "w:start"))
    return _Level(
        start=0 if start is None else start,
        number_format=_format_of(element),
        text=value(element, "w:lvlText") or "",
        gap=gaps.get(value(element, "w:suff") or "tab", " "),
        restart=restart,
        legal=is_on(element, "w:isLgl") or False,
        style=value(element, "w:pStyle"),
    )


def _format_of(level: Any) -> str:
    """The number format; newer ones (001, 002) are written as such, often with an older one to fall back on."""
    choice, fallback = (
        level.find(f"{named('mc:AlternateContent')}/{named(name)}") for name in ("mc:Choice", "mc:Fallback")
    )
    for holder in (level, choice):
        found = holder.find(named("w:numFmt")) if holder is not None else None
        first = found.get(_FORMAT, "").partition(",")[0].strip() if found is not None else ""
        if _ZEROS.fullmatch(first):
            return "0" * len(first)
    return value(level, "w:numFmt") or value(fallback, "w:numFmt") or "decimal"


def _gap(label: str, gap: str, text: str) -> str:
    """What stands between label and text: a wide sign has its own room; digits must not run into digits (1. and
    5亿元 are not 1.5亿元), even where Word sets nothing between them."""
    if label[-1] in _WIDE_END:
        return ""
    return gap or (" " if text[:1].isascii() and text[:1].isalnum() else "")
