"""Fixed expressions (固定表达): numerals that measure nothing, claimed before anything is measured.

Comes in: a document with its citations. Goes out: Expression records in text order. What a citation
has claimed is left alone. Rules: `patterns/expressions.toml`; words: `lexicons/slogans.txt`; places with a numeral in
their name (三亚市, 两家子乡): the gazetteer, and the report's own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.folding import fold
from extractor.datamodel.records import Expression
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import NumeralClass
from extractor.rules import find_all
from extractor.rules.gazetteer import Gazetteer
from extractor.stages.base import Context, Progress
from extractor.text.numerals import CHINESE

_NUMERAL = regex.compile(f"[0-9①-⑳{CHINESE}xX×*]|A级|[ABC甲乙丙]\\+?级|A{{2}}")

_HAN_NUMERAL = regex.compile(f"[{CHINESE}]")
_LONGEST_LEAD = 4
_FIGURES = frozenset(CHINESE + "0123456789")


def find_expressions(document: Document, so_far: Progress, context: Context) -> tuple[Expression, ...]:
    """All fixed expressions in free text, longest first where two overlap, in text order."""
    view = document.view
    found = [
        Expression(span=match.span, kind=NumeralClass(match.rule.gives["kind"]), rule=match.rule.id)
        for match in find_all(context.knowledge.group("expressions"), view)
        if so_far.claims.is_free(match.span) and _NUMERAL.search(view, *match.span)
    ]
    _add(found, _places(document, so_far, context), NumeralClass.NAME, "expression.place", so_far)
    slogans = _slogans(context.knowledge.words("slogans")).finditer(view)
    _add(found, (Span(*match.span()) for match in slogans), NumeralClass.SLOGAN, "expression.slogan", so_far)
    return tuple(sorted(found, key=lambda expression: expression.span))


def _add(found: list[Expression], spans: Iterable[Span], kind: NumeralClass, rule: str, so_far: Progress) -> None:
    taken = bytearray(so_far.claims.length)
    for start, end in (expression.span for expression in found):
        taken[start:end] = b"\1" * (end - start)
    for span in spans:
        if so_far.claims.is_free(span) and not any(taken[span.start : span.end]):
            found.append(Expression(span=span, kind=kind, rule=rule))


def _places(document: Document, so_far: Progress, context: Context) -> list[Span]:
    """Places that have a numeral in their name."""
    view = document.view
    listed = _listed(context.gazetteer)
    spans: list[Span] = []
    for found in _HAN_NUMERAL.finditer(view):
        # the name may begin before its numeral: 三亚市, 两家子乡, 七星关区, 南三镇
        for start in range(max(0, found.start() - _LONGEST_LEAD), found.start() + 1):
            if (start == 0 or view[start - 1] not in _FIGURES) and view[start] in listed:
                name = next((name for name in listed[view[start]] if view.startswith(name, start)), None)
                if name and start + len(name) > found.start():
                    spans.append(Span(start, start + len(name)))
                    break
    identity = so_far.identity
    own = {fold(name) for name in (identity.region, identity.county, identity.city, identity.province) if name}
    for name in sorted(name for name in own if _HAN_NUMERAL.search(name)):
        spans += [Span(*found.span()) for found in regex.finditer(regex.escape(name), view)]
    return spans


@lru_cache(maxsize=2)
def _listed(gazetteer: Gazetteer) -> Mapping[str, tuple[str, ...]]:
    """Names of places by their first character, the longest first."""
    # 九镇 is a town, and nine towns
    names = [name for name in gazetteer.names_with(CHINESE) if len(name) > 2]
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_first[name[0]].append(name)
    return {first: tuple(each) for first, each in by_first.items()}


@lru_cache(maxsize=4)
def _slogans(words: tuple[str, ...]) -> "regex.Pattern[str]":
    # 十一 is a holiday, but not in 二十一万: a numeral is never cut; 三支一扶2名 is not cut by its count
    whole = f"(?![{CHINESE}0-9])"
    ordered = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(regex.escape(word) + (whole if word[-1] in CHINESE else "") for word in ordered) or "(?!)"
    return regex.compile(f"(?<![{CHINESE}0-9])(?:{either})")
