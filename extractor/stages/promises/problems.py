"""Problems (问题): what problem sections admit, each shortcoming by itself: a sentence, an item of a list within one
(一是…；二是…), a heading without a body.

Comes in: a document with its sections. Goes out: Problem records in text order. Refuses the sentences that
lead in (同时也存在一些不足) and those that promise to mend.
"""

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Commitment, Problem, Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import SectionKind
from extractor.stages.base import Context, Progress
from extractor.stages.promises.commitments import theme_of
from extractor.stages.structure.body import spoken
from extractor.stages.structure.kinds import lacks
from extractor.text.sentences import trimmed

_LEAD_IN = regex.compile(
    r"(?:主要(?:表现|体现|有|是)(?:在|为)?|如下|以下几?[个方点]|一些(?:问题|不足|差距)|仍?存在(?:着)?(?:一定的?)?(?:不足|差距|问题)(?:和(?:不足|差距|原因))?)[。:,]?$"
)
_TITLED_LEVEL = 4
# 一是…；二是…, and a semicolon between coordinate clauses
_ITEM = regex.compile(
    r"(?:(?<=[;:,。]\ ?)(?:[一二三四五六七八九十]{1,2}是|其[一二三四五六]是?[,:]?|\([一二三四五六七八九十0-9]{1,2}\)|[①-⑳]))|;\ ?"
)
_SHORTEST = 5


def find_problems(document: Document, so_far: Progress, context: Context) -> tuple[Problem, ...]:
    """All admitted shortcomings in text order."""
    if not any(SectionKind.PROBLEMS in (section.kind, *section.among) for section in so_far.of(Section)):
        return ()
    found = []
    view = document.view
    titled = [
        Span(s.marker_span.end, s.heading.end)
        for s in so_far.of(Section)
        if s.kind is SectionKind.PROBLEMS and s.marker_span and _admits(view, s, so_far.of(Section))
        if not s.among or lacks(view[s.marker_span.end : s.heading.end])
    ]
    admitting = [span for span, _, kind in spoken(document, so_far.of(Section)) if kind is SectionKind.PROBLEMS]
    spans = [item for span in admitting for item in _items(view, span)]
    for span in sorted([*spans, *(t for t in titled if not any(t.overlaps(s) for s in spans))]):
        text = span.slice(view)
        if _LEAD_IN.search(text) or any(c.span.overlaps(span) for c in so_far.of(Commitment)):
            continue
        found.append(Problem(span=span, rule="problem.section", theme=theme_of(text, context)))
    return tuple(found)


def _admits(view: str, section: Section, sections: tuple[Section, ...]) -> bool:
    """True for the title of a list item, and for a heading in a problem section that has nothing below it."""
    if section.level >= _TITLED_LEVEL:
        return True
    within = section.parent is not None and sections[section.parent - 1].kind is SectionKind.PROBLEMS
    return within and not view[section.heading.end : section.span.end].strip(" 。;,\n")


def _items(view: str, span: Span) -> list[Span]:
    """The shortcomings of a sentence: items of a list, clauses parted by semicolons, or the whole."""
    found, start = [], span.start
    for mark in [*_ITEM.finditer(view, span.start, span.end), None]:
        item = trimmed(view, Span(start, mark.start() if mark else span.end))
        if item.length >= _SHORTEST:
            found.append(item)
        start = mark.end() if mark else span.end
    return found
