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

# 存在以下问题, 仍有一定差距: that something is lacking, but not what
_LACKING = r"(?:问题|不足|差距|短板|困难|薄弱环节|弱项|欠缺)(?:之处)?(?:[和与、及]?(?:问题|不足|差距|短板|困难|薄弱环节|弱项|原因))*"
_SOME = r"(?:着|有|了|一些|一定|一定的|诸多|不少|较多|许多|很多|较大|明显|以下|如下|下列|若干|这样那样|[几两三四五六][个点方]面?|主要|突出|的|亟待解决|不容忽视)*"
_LEAD_IN = regex.compile(
    rf"(?:主要(?:表现|体现|反映|集中|有|是|存在)(?:在|为|于)?{_SOME}(?:方面)?|如下|以下{_SOME}(?:方面)?|"
    rf"(?:存在|面临|有){_SOME}{_LACKING}(?:,?主要(?:表现|体现|是|有|集中|反映)?(?:在|为|于)?{_SOME}(?:方面)?)?)[。:,;]?$"
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
        if _leads_in(text) or any(c.span.overlaps(span) for c in so_far.of(Commitment)):
            continue
        found.append(Problem(span=span, rule="problem.section", theme=theme_of(text, context)))
    return tuple(found)


def _leads_in(text: str) -> bool:
    """True for a sentence that says no more than that something is lacking, or what follows."""
    found = _LEAD_IN.search(text)
    return found is not None and (text.endswith(":") or not lacks(text[: found.start()]))


def _admits(view: str, section: Section, sections: tuple[Section, ...]) -> bool:
    """True for the title of a list item, and for a heading in a problem section that has nothing below it or
    is a sentence that says what is lacking."""
    if section.level >= _TITLED_LEVEL:
        return True
    within = section.parent is not None and sections[section.parent - 1].kind is SectionKind.PROBLEMS
    is_sentence = "," in section.heading.slice(view) and lacks(section.heading.slice(view))
    return within and (is_sentence or not view[section.heading.end : section.span.end].strip(" 。;,\n"))


def _items(view: str, span: Span) -> list[Span]:
    """The shortcomings of a sentence: items of a list, clauses parted by semicolons, or the whole."""
    found, start = [], span.start
    for mark in [*_ITEM.finditer(view, span.start, span.end), None]:
        item = trimmed(view, Span(start, mark.start() if mark else span.end))
        if item.length >= _SHORTEST:
            found.append(item)
        start = mark.end() if mark else span.end
    return found
