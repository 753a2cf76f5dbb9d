"""Problems (问题): sentences of problem sections, each an admitted shortcoming.

Comes in: a document with its sections. Goes out: Problem records in text order. Refuses the sentences that
lead in (同时也存在一些不足) and those that promise to mend.
"""

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Problem
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import SectionKind
from extractor.stages.base import Context, Progress
from extractor.stages.body import mixes, spoken
from extractor.stages.commitments import theme_of

_LEAD_IN = regex.compile(
    r"(?:主要(?:表现|体现|有|是)|如下|以下几?[个方点]|一些(?:问题|不足|差距)|仍?存在(?:着)?(?:一定的?)?(?:不足|差距|问题)(?:和(?:不足|差距|原因))?)[。:,]?$"
)
_TITLED_LEVEL = 4


def find_problems(document: Document, so_far: Progress, context: Context) -> tuple[Problem, ...]:
    """All admitted shortcomings in text order."""
    if not any(section.kind is SectionKind.PROBLEMS or mixes(section) for section in so_far.sections):
        return ()
    found = []
    titled = [
        Span(s.marker_span.end, s.heading.end)
        for s in so_far.sections
        if s.kind is SectionKind.PROBLEMS and s.level >= _TITLED_LEVEL and s.marker_span
    ]
    spans = [span for span, _, kind in spoken(document, so_far.sections) if kind is SectionKind.PROBLEMS]
    for span in sorted([*spans, *(t for t in titled if not any(t.overlaps(s) for s in spans))]):
        text = span.slice(document.view)
        if _LEAD_IN.search(text) or any(c.span.overlaps(span) for c in so_far.commitments):
            continue
        found.append(Problem(span, "problem.section", theme_of(text, context)))
    return tuple(found)
