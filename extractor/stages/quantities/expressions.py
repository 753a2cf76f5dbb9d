"""Fixed expressions (固定表达): numerals that measure nothing, claimed before anything is measured.

Comes in: a document with its citations. Goes out: Expression records in text order. What a citation
has claimed is left alone. Rules: `patterns/expressions.toml`; words: `lexicons/slogans.txt`.
"""

from functools import lru_cache

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Expression
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import NumeralClass
from extractor.rules import find_all
from extractor.stages.base import Context, Progress
from extractor.text.numerals import CHINESE

_NUMERAL = regex.compile(f"[0-9①-⑳{CHINESE}xX×*]|A级|[ABC甲乙丙]\\+?级|A{{2}}")


def find_expressions(document: Document, so_far: Progress, context: Context) -> tuple[Expression, ...]:
    """All fixed expressions in free text, longest first where two overlap, in text order."""
    view = document.view
    found = [
        Expression(span=match.span, kind=NumeralClass(match.rule.gives["kind"]), rule=match.rule.id)
        for match in find_all(context.knowledge.group("expressions"), view)
        if so_far.claims.is_free(match.span) and _NUMERAL.search(view, *match.span)
    ]
    taken = [expression.span for expression in found]
    for match in _slogans(context.knowledge.words("slogans")).finditer(view):
        span = Span(*match.span())
        if so_far.claims.is_free(span) and not any(span.overlaps(other) for other in taken):
            found.append(Expression(span=span, kind=NumeralClass.SLOGAN, rule="expression.slogan"))
    return tuple(sorted(found, key=lambda expression: expression.span))


@lru_cache(maxsize=4)
def _slogans(words: tuple[str, ...]) -> "regex.Pattern[str]":
    # 十一 is a holiday, but not in 二十一万: a numeral is never cut; 三支一扶2名 is not cut by its count
    whole = f"(?![{CHINESE}0-9])"
    ordered = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(regex.escape(word) + (whole if word[-1] in CHINESE else "") for word in ordered) or "(?!)"
    return regex.compile(f"(?<![{CHINESE}0-9])(?:{either})")
