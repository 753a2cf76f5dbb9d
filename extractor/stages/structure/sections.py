"""Sections (章节): headings, their levels and what each section speaks of.

Comes in: a document. Goes out: Section records in text order, level 0 for a preamble. Refuses lists of
attachments, rows of tables, tables of contents and markers inside a paragraph that are in no sequence.
Rules: `patterns/sections.toml`.
"""

from dataclasses import dataclass, replace

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.folding import fold
from extractor.datamodel.records import Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import SectionKind
from extractor.rules import find
from extractor.rules.matching import Match
from extractor.rules.schema import Rule
from extractor.stages.base import Context, Progress
from extractor.stages.structure.kinds import is_chapter, kind_of, of_plan, of_year, with_themes
from extractor.stages.structure.reported import plans, reported_year, reports
from extractor.text.numerals import chinese_value
from extractor.text.sentences import closings, trimmed

_OPENERS = "《“("
_ATTACHMENT = regex.compile(r"(?m)^\ *附(?:件|表|录|图)?\ ?[0-9一二三四五六七八九]?\ ?:")
_CONTENTS = regex.compile(r"(?m)^\ *[【\[]?(?:目\ *录|提\ *纲)[】\]]?\ *:?")
_LONGEST_INLINE_TITLE = 60
# a title ends where a sentence runs on with its year: 基本情况2021年,我镇…
_TITLE_STOP = regex.compile(r"[。;:《“(]|(?<=[一-龥])(?=20[0-9xX]{2}年(?:,|以来,))")
# a heading line may end in 。 or : without a body behind it
_CLOSE = regex.compile(r"[。;:,、.]+$")


@dataclass(frozen=True, slots=True)
class _Marker:
    """A place where a heading may start."""

    match: Match
    marker: Span
    number: int
    level: int
    inline: bool

    @property
    def rank(self) -> int:
        """Depth for nesting: 第一部分 stands above 一、 though both are level 1."""
        return 0 if self.match.rule.id == "section.part" else self.level

    @property
    def series(self) -> str:
        """The notation that it counts in: 一是, (1), 1. wherever they stand."""
        return str(self.match.rule.gives.get("series", self.match.rule.id))

    @property
    def style(self) -> str:
        return f"{self.level}{self.series if self.inline else ''}"


def find_sections(document: Document, so_far: Progress, context: Context) -> tuple[Section, ...]:
    """All sections in text order; a text before the first heading is a section of level 0."""
    view = document.view
    rules = context.knowledge.group("sections")
    markers = _without_lists(view, document, _markers(view, rules))
    kept = _in_sequence(view, markers)
    headings = [heading for marker in kept if (heading := _heading(view, marker)) is not None]
    kinds = [rule for rule in rules if rule.id.startswith("section.kind.")]
    return _nested(document, headings, kinds)


def _markers(view: str, rules: tuple[Rule, ...]) -> list[_Marker]:
    found: dict[int, _Marker] = {}
    for rule in rules:
        if "level" not in rule.gives:
            continue
        for match in find(rule, view):
            span = match.span_of("marker")
            if span is None:
                continue
            inline = rule.gives["place"] != "line"
            marker = _Marker(match, span, _number(match), rule.gives["level"], inline)
            if rule.gives["place"] == "inline" and _opens_line(view, span.start):
                # 一是 opens a paragraph; a later one without it does so only in sequence
                marker = replace(marker, inline=rule.id == "section.is" and marker.number > 1)
            # the longer marker at one place wins: 1.1 before 1.
            other = found.get(span.start)
            if other is None or other.inline > marker.inline or other.marker.end < span.end:
                found[span.start] = marker
    return [found[at] for at in sorted(found)]


def _number(match: Match) -> int:
    written = match.group("ordinal") or ""
    if written[:1].isascii():
        return int(written.rpartition(".")[2] or 0)
    value = chinese_value(written)
    return int(value) if value is not None else 0


def _without_lists(view: str, document: Document, markers: list[_Marker]) -> list[_Marker]:
    """Without markers in tables, in lists of attachments and in tables of contents."""
    tables = [table.span for table in document.tables]
    kept = [m for m in markers if not any(m.marker.overlaps(span) for span in tables)]
    for found in _ATTACHMENT.finditer(view):
        line_end = _line_end(view, found.end())
        # the first item often stands on the line of 附件: itself
        listed, expected = [], 1
        if regex.match(r"\ *1\ ?[、.]", view[found.end() : line_end]):
            listed, expected = [m for m in kept if found.start() < m.marker.start < line_end], 2
        for marker in kept:
            if marker.marker.start < found.end() or marker in listed or marker.level < 3:
                continue
            if marker.number != expected or view[line_end : marker.marker.start].strip(" \n"):
                break
            listed.append(marker)
            line_end, expected = _line_end(view, marker.marker.end), expected + 1
        kept = [marker for marker in kept if marker not in listed]
    return _without_contents(view, kept)


def _without_contents(view: str, markers: list[_Marker]) -> list[_Marker]:
    """A table of contents lists the headings that come again below it."""
    found = _CONTENTS.search(view)
    if not found:
        return markers
    behind = [marker for marker in markers if marker.marker.start >= found.end()]
    texts = [_plain_line(view, marker) for marker in behind]
    repeated = 0
    while repeated < len(behind) and texts[repeated] in texts[repeated + 1 :]:
        repeated += 1
    return [marker for marker in markers if marker not in behind[:repeated]]


def _plain_line(view: str, marker: _Marker) -> str:
    line = view[marker.marker.start : _line_end(view, marker.marker.end)]
    return regex.sub(r"[\s.。…0-9·]+", "", line)


def _opens_line(view: str, at: int) -> bool:
    return not view[view.rfind("\n", 0, at) + 1 : at].strip(" #")


def _line_end(view: str, position: int) -> int:
    end = view.find("\n", position)
    return len(view) if end < 0 else end


def _in_sequence(view: str, markers: list[_Marker]) -> list[_Marker]:
    """Markers at the start of a paragraph, and those inside one that count on: 一是, 二是, 三是."""
    kept: list[_Marker] = []
    last: dict[str, _Marker] = {}
    unfolded: list[_Marker] = []
    for index, marker in enumerate(markers):
        before = last.get(marker.style)
        if marker.inline:
            follows = before is not None and before.number == marker.number - 1
            opens = marker.number == 1 and _continues(view, markers[index + 1 :], marker)
            # 1. and 一、 behind a full stop may go on what began at the start of a line
            line = last.get(str(marker.level))
            goes_on = line is not None and line.series == marker.series and line.number == marker.number - 1
            # the end is cut off: 。一、规范决策(一)完善程序
            below = markers[index + 1 : index + 2]
            if marker.number == 1 and not opens and (marker in unfolded or _unfolds(view, marker, below)):
                opens, unfolded = True, below
            elif follows and marker.number > 1 and _unfolds(view, marker, below):
                unfolded = below
            if not (follows or opens or goes_on):
                continue
        for style in [s for s, m in last.items() if m.level > marker.level]:
            del last[style]
        last[marker.style] = marker
        last[str(marker.level)] = marker
        kept.append(marker)
    return kept


def _unfolds(view: str, marker: _Marker, following: list[_Marker]) -> bool:
    """True if the first heading of the level below stands right behind this one, with nothing but a title between."""
    return any(
        below.number == 1
        and below.level > marker.level
        and below.marker.start - marker.marker.end <= _LONGEST_INLINE_TITLE
        and not regex.search(r"[。;\n]", view[marker.marker.end : below.marker.start])
        for below in following
    )


def _continues(view: str, following: list[_Marker], first: _Marker) -> bool:
    for marker in following:
        if marker.level < first.level and not marker.inline:
            return False
        if marker.series == first.series and marker.marker.start > first.marker.end:
            return marker.number == 2
    return False


def _heading(view: str, marker: _Marker) -> tuple[_Marker, Span] | None:
    """The marker with its title's span; None if what follows is no title."""
    start = marker.marker.end
    end = _line_end(view, start)
    line = trimmed(view, Span(start, end))
    if not line.length:
        return None
    stop = _title_end(view, line, marker)
    title = trimmed(view, Span(line.start, stop))
    close = _CLOSE.search(view[title.start : title.end])
    if close:
        title = Span(title.start, title.start + close.start())
    return (marker, title) if title.length > 0 else None


def _title_end(view: str, line: Span, marker: _Marker) -> int:
    # another inline marker ends the title: 夯实思想根基一是深化…
    at, closed = line.start, None
    last = line.start + len(line.slice(view).rstrip())
    while True:
        found = _TITLE_STOP.search(view, at, line.end)
        if found is None:
            return line.end
        char = found[0]
        if not char:
            return found.start()
        if char in _OPENERS:
            closed = closings(view, found.start(), line.end) if closed is None else closed
            at = closed.get(found.start(), found.end())
            continue
        if char == ";" and marker.level < 4 and found.end() < last:
            at = found.end()
            continue
        if char == ":" and not _colon_ends(view, found.start(), line.start, last):
            at = found.end()
            continue
        return found.start()


def _colon_ends(view: str, at: int, start: int, last: int) -> bool:
    """A colon ends a title that is a label (城运中心:负责…), not a title of two halves."""
    return at + 1 >= last or (at - start <= 25 and "," not in view[start:at])


def _nested(document: Document, headings: list[tuple[_Marker, Span]], kinds: list[Rule]) -> tuple[Section, ...]:
    view, length = document.view, len(document.view)
    headings = _cut_at_next(headings)
    sections: list[Section] = []
    first = headings[0][0].marker.start if headings else length
    preamble = trimmed(view, Span(0, first))
    if preamble.length:
        heading = Span(preamble.start, preamble.start)
        sections.append(
            Section(
                span=preamble,
                heading=heading,
                marker=None,
                marker_span=None,
                title="",
                level=0,
                ordinal="0",
                kind=SectionKind.OTHER,
                parent=None,
                rule="section.preamble",
            )
        )
    open_: list[int] = []
    ranks: dict[int, int] = {}
    year = reported_year(view)
    for index, (marker, title) in enumerate(headings):
        while open_ and ranks[open_[-1]] >= marker.rank:
            open_.pop()
        parent = open_[-1] if open_ else None
        end = next((m.marker.start for m, _ in headings[index + 1 :] if m.rank <= marker.rank), length)
        above = f"{sections[parent].ordinal}." if parent is not None else ""
        words = fold(document.quote(title))
        kind, among = kind_of(words, marker.level, None if parent is None else sections[parent], kinds)
        if kind is SectionKind.OTHER and parent is None and is_chapter(sections, words):
            kind = SectionKind.PLAN
        if parent is None and not among:
            kind = of_year(words, year) or kind
        span = trimmed(view, Span(marker.marker.start, end))
        sections.append(
            Section(
                span=span,
                heading=Span(marker.marker.start, title.end),
                marker=document.quote(marker.marker).strip(),
                marker_span=marker.marker,
                title=document.quote(title),
                level=marker.level,
                ordinal=f"{above}{marker.number}",
                kind=kind,
                parent=None if parent is None else parent + 1,
                rule=marker.match.rule.id,
                among=among,
            )
        )
        ranks[len(sections) - 1] = marker.rank
        open_.append(len(sections) - 1)
    if plans(view, first, fold(document.metadata.get("title", ""))):
        return of_plan(tuple(sections))
    return with_themes(tuple(sections), reports=reports(view))


def _cut_at_next(headings: list[tuple[_Marker, Span]]) -> list[tuple[_Marker, Span]]:
    """A title ends at the latest where the next heading begins."""
    cut = []
    for index, (marker, title) in enumerate(headings):
        following = headings[index + 1][0].marker.start if index + 1 < len(headings) else title.end
        title = Span(title.start, min(title.end, following))
        if title.length > 0:
            cut.append((marker, title))
    return cut
