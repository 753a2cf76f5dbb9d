"""Zero statements (零报告): 未发生…, 无…案件, 零投诉, 未收到… are indicators of value 0.

Comes in: a document. Goes out: Indicator records without unit. Refuses 从无到有, 无障碍 and negations of
duty (未按时). Rules: `patterns/zeros.toml`.
"""

from decimal import Decimal

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.extraction import section_of
from extractor.datamodel.records import Indicator, Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension, SectionKind
from extractor.rules import Match, find_all
from extractor.stages.base import Context, Progress

# what is aimed at is no zero yet; 确保了 reports
_AIMED = regex.compile(
    r"(?:力争|争取|努力|确保(?!了)|力求|要求|防止|避免|杜绝|目标|如果?|若|[需须应]要?|是否|有无)[^,。;\n]{0,30}$"
)


def find_zeros(document: Document, so_far: Progress, context: Context, taken: list[Span]) -> list[Indicator]:
    """Zero statements outside problem and plan sections."""
    found = []
    for match in find_all(context.knowledge.group("zeros"), document.view):
        value, name = match.span_of("zero"), match.span_of("name")
        if value is None or name is None or not so_far.claims.is_free(value):
            continue
        if any(value.overlaps(span) for span in taken):
            continue
        section = section_of(so_far.of(Section), value)
        if section and section.kind in (SectionKind.PROBLEMS, SectionKind.PLAN):
            continue
        if _AIMED.search(document.view, max(0, value.start - 40), value.start):
            continue
        found.append(_zero(document, match, value, name, so_far.identity.report_year))
    return found


def _zero(document: Document, match: Match, value: Span, name: Span, year: int | None) -> Indicator:
    verb, subject = (match.span_of(group) for group in ("verb", "subject"))
    return Indicator(
        span=Span(min(value.start, name.start), max(value.end, name.end)),
        value_span=value,
        rule=match.rule.id,
        name=document.quote(name),
        name_span=name,
        value=Decimal(0),
        value_text=document.quote(value),
        unit=None,
        unit_text=None,
        dimension=Dimension.COUNT,
        verb=document.quote(verb) if verb else None,
        subject=document.quote(subject) if subject else None,
        year=year,
    )
