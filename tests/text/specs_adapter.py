"""The adapter from the specification cases of another recogniser to our numerals and quantities.

Comes in: a case of `../shared/specs` (Input, Results with Text, Start, End inclusive, Resolution). Goes out:
what we find in the same text, as (start, end, value) in its terms. The text is folded in width and lower case,
as theirs is; their values are rounded to 15 figures, so ours are too. All else is the program's own reading: what
its fixed expressions and its judgement call a name, an idiom or an identifier is no number.
Nothing is filtered by what the case wants.
"""

import re
import unicodedata
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document, SourceFile
from extractor.datamodel.folding import fold
from extractor.datamodel.vocabulary import Approximation, Dimension, NumeralClass
from extractor.pipeline import build_context
from extractor.stages import Context as Knowledge
from extractor.stages import Progress
from extractor.stages.quantities.expressions import find_expressions
from extractor.stages.quantities.quantities import Quantity, find_quantities
from extractor.stages.quantities.verdicts import judge
from extractor.text.numerals import find_numerals
from extractor.text.shares import find_shares

Found = tuple[int, int, str]
_SHARES = ("%", "个百分点")
_NO_NUMBER = frozenset({NumeralClass.IDIOM, NumeralClass.NAME})
_FRACTION = re.compile("分 {0,2}之")
_SOURCE = SourceFile("case.txt", "0" * 64, 0, "text/plain")
_FIGURES = Context(prec=15)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Rules and units, read once."""
    return build_context()


def text_of(case: dict[str, Any]) -> str:
    """The case's text as it is compared: NFKC where that keeps the length, lower case, folded."""
    text = "".join(c if len(n := unicodedata.normalize("NFKC", c)) != 1 else n for c in case["Input"])
    return fold(text.lower())


def wanted(case: dict[str, Any], model: str) -> list[Found]:
    """What the case wants: start, end (exclusive), value."""
    return [
        (one["Start"], one["End"] + 1, _plain(str(one["Resolution"].get("value")), model)) for one in case["Results"]
    ]


def found(text: str, model: str) -> list[Found]:
    """What we find, in the terms of that model."""
    claims = Claims(len(text))
    claims.add([(e.span, e.kind) for e in _expressions(text) if e.rule == "expression.web_address"])
    quantities = find_quantities(text, claims, knowledge().units, ())
    if model == "NumberModel":
        return _numbers(text, quantities)
    if model == "NumberRangeModel":
        return [(_start(q), _end(q), interval) for q in quantities if (interval := _interval(text, q))]
    return [(q.core.start, q.core.end, _number(q.value)) for q in quantities if _kind(text, q) == model]


def _expressions(text: str) -> Any:
    return find_expressions(Document(text, _SOURCE), Progress(Claims(len(text))), knowledge())


def _numbers(text: str, quantities: list[Quantity]) -> list[Found]:
    """Fractions and numerals; percentages are another model's."""
    rows = [
        (*share.span, _number(share.value if share.plain else share.value / 100))
        for share in find_shares(text)
        if share.plain or _is_fraction(share.span.slice(text))
    ]
    refused = [e.span for e in _expressions(text) if e.kind in _NO_NUMBER or e.rule == "expression.web_address"]
    refused += [q.numeral for q in quantities if q.unit is None and q.chinese and _is_word(text, q)]
    for token in find_numerals(text):
        inside = any(start <= token.span.start < end for start, end, _ in rows)
        if token.value is not None and not inside and not any(token.span.overlaps(span) for span in refused):
            rows.append((*token.span, _number(token.value)))
    return rows


def _is_word(text: str, quantity: Quantity) -> bool:
    """四川, 一切: nothing is counted there, and the numeral is a part of a word."""
    return judge(text, quantity, knowledge().tokens) in _NO_NUMBER


def _is_fraction(written: str) -> bool:
    """三分之一 and 1/2; 百分之五 and 千分之五 are percentages."""
    return "/" in written or (_FRACTION.search(written) is not None and written.lstrip("负")[0] not in "百佰千万")


def _start(quantity: Quantity) -> int:
    """Their ranges leave 大概 out."""
    return quantity.core.start if quantity.high is not None else quantity.span.start


def _end(quantity: Quantity) -> int:
    """Their ranges leave the unit out, unless a bound stands behind it."""
    unit = quantity.unit
    return quantity.span.end if unit is None or unit.span.end < quantity.span.end else unit.span.start


def _kind(text: str, quantity: Quantity) -> str | None:
    if quantity.base in _SHARES:
        return None if _is_fraction(quantity.core.slice(text)) else "PercentModel"
    if quantity.dimension is Dimension.MONEY:
        return "CurrencyModel"
    measured = quantity.dimension in {Dimension.AREA, Dimension.LENGTH, Dimension.OTHER}
    return "DimensionModel" if measured and quantity.unit is not None and quantity.base != "分" else None


def _interval(text: str, quantity: Quantity) -> str | None:
    value = quantity.value
    if quantity.base == "%" and "/" in quantity.core.slice(text):
        value /= 100
    if quantity.low is not None and quantity.high is not None:
        return f"[{_number(quantity.low)},{_number(quantity.high)})"
    if quantity.span.slice(text).startswith("等于"):
        return f"[{_number(value)},{_number(value)}]"
    return {
        Approximation.OVER: f"({_number(value)},)",
        Approximation.AT_LEAST: f"[{_number(value)},)",
        Approximation.UNDER: f"(,{_number(value)})",
        Approximation.AT_MOST: f"(,{_number(value)}]",
    }.get(quantity.approx)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{_FIGURES.plus(value).normalize():f}"


def _plain(value: str, model: str) -> str:
    if model == "NumberRangeModel":
        return value
    try:
        return _number(Decimal(value.removesuffix("%")))
    except ArithmeticError:
        return value
