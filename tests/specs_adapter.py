"""The adapter from the specification cases of another recogniser to our numerals and quantities.

Comes in: a case of `../shared/specs` (Input, Results with Text, Start, End inclusive, Resolution). Goes out:
what we find in the same text, as (start, end, value) in its terms. The text is folded in width and lower case,
as theirs is. Two repairs are the adapter's own, not the program's: traditional numeral characters become
simplified, and white space between numeral characters is taken out (offsets are mapped back). docs/specs.md tells
the shares without them. Nothing is filtered by what the case wants.
"""

import unicodedata
from decimal import Decimal
from typing import Any

from extractor.datamodel.claims import Claims
from extractor.datamodel.folding import fold
from extractor.datamodel.vocabulary import Approximation, Dimension
from extractor.rules import load
from extractor.stages.quantities import Quantity, find_quantities
from extractor.text.numerals import CHINESE, find_numerals
from extractor.text.units import Units

Found = tuple[int, int, str]
UNITS = Units(load().words("units"))
_SIMPLE = str.maketrans("兩貳陸點個萬億幾負雙圓", "两贰陆点个万亿几负双圆")
_INSIDE = frozenset("0123456789" + CHINESE + "点分之个余多几又折成")
_SHARES = ("%", "个百分点")


def text_of(case: dict[str, Any]) -> str:
    """The case's text as it is compared: NFKC where that keeps the length, lower case, folded."""
    text = "".join(c if len(n := unicodedata.normalize("NFKC", c)) != 1 else n for c in case["Input"])
    return fold(text.lower()).translate(_SIMPLE)


def wanted(case: dict[str, Any], model: str) -> list[Found]:
    """What the case wants: start, end (exclusive), value."""
    return [
        (one["Start"], one["End"] + 1, _plain(str(one["Resolution"].get("value")), model)) for one in case["Results"]
    ]


def found(text: str, model: str) -> list[Found]:
    """What we find, in the terms of that model."""
    keep = [at for at in range(len(text)) if not _is_gap(text, at)]
    back = [*keep, len(text)]
    tight = "".join(text[at] for at in keep)
    return [(back[start], back[end - 1] + 1, value) for start, end, value in _found(tight, model)]


def _is_gap(text: str, at: int) -> bool:
    """White space with a numeral's characters on both sides."""
    if text[at] != " ":
        return False
    before, behind = text[:at].rstrip()[-1:], text[at:].lstrip()[:1]
    return bool(before and behind) and before in _INSIDE and behind in _INSIDE and not (before + behind).isdecimal()


def _found(text: str, model: str) -> list[Found]:
    quantities = find_quantities(text, Claims(len(text)), UNITS, ())
    if model == "NumberModel":
        parts = [q for q in quantities if "分之" in text[q.core.start : q.core.end] or "/" in q.core.slice(text)]
        rows = [
            (q.core.start, q.core.end, _number(q.value / 100)) for q in parts if q.core.slice(text)[0] not in "百千万"
        ]
        free = [n for n in find_numerals(text) if n.value is not None]
        return rows + [
            (n.span.start, n.span.end, _number(n.value))
            for n in free
            if not any(start <= n.span.start < end for start, end, _ in rows)
        ]
    if model == "NumberRangeModel":
        return [(q.span.start, _end(q), interval) for q in quantities if (interval := _interval(q))]
    return [(q.core.start, q.core.end, _number(q.value)) for q in quantities if _kind(q) == model]


def _end(quantity: Quantity) -> int:
    """Their ranges leave the unit out, unless a bound stands behind it."""
    unit = quantity.unit
    return quantity.span.end if unit is None or unit.span.end < quantity.span.end else unit.span.start


def _kind(quantity: Quantity) -> str | None:
    if quantity.base in _SHARES:
        return "PercentModel"
    if quantity.dimension is Dimension.MONEY:
        return "CurrencyModel"
    return "DimensionModel" if quantity.dimension not in {Dimension.COUNT, Dimension.OTHER} else None


def _interval(quantity: Quantity) -> str | None:
    low, high, value = quantity.low, quantity.high, _number(quantity.value)
    if low is not None and high is not None:
        return f"[{_number(low)},{_number(high)})"
    return {
        Approximation.OVER: f"({value},)",
        Approximation.AT_LEAST: f"[{value},)",
        Approximation.UNDER: f"(,{value})",
        Approximation.AT_MOST: f"(,{value}]",
    }.get(quantity.approx)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _plain(value: str, model: str) -> str:
    if model == "NumberRangeModel":
        return value
    try:
        return _number(Decimal(value.removesuffix("%")))
    except ArithmeticError:
        return value
