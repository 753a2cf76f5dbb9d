"""Quantities (数量): numerals with their unit, bounds and approximation.

Comes in: a document whose citations, headings and fixed expressions have claimed their numerals.
Goes out: Quantity objects in text order. Refuses dates, vague numerals and Chinese numerals that only
belong to a word (统一, 一些); what each refused numeral is, the ledger says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor.datamodel.claims import Claims
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Approximation, Dimension
from extractor.text.numerals import CHINESE, NumeralToken, chinese_value, find_numerals
from extractor.text.units import UnitMatch, Units

_HAN = f"[{CHINESE}]"
_NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?|{_HAN}+(?:点{_HAN}+)?)"
_SHARE = regex.compile(
    rf"""
    # behind the first numeral of any share stands one of these: most numerals are dismissed here
    (?=[0-9.半{CHINESE}]{{1,12}}+(?:分之|[/成]|(?<=半)数|(?<=一半))) (?:
    (?P<base>[百千万])分之(?P<share>{_NUMBER})(?P<more>[余多几])?
    | (?P<parts>{_HAN}+|[0-9]+)分之(?P<of>{_HAN}+|[0-9]+)
    | (?<![0-9./]) (?P<numerator>[1-9][0-9]?)/(?P<denominator>[1-9][0-9]{{0,2}}) (?![0-9/.]|[A-Za-z])
    | (?P<tenths>[一二三四五六七八九]|[0-9](?:\.[0-9])?)成(?P<half>半|[一二三四五六七八九])? (?![员为立果功效本型套长都分年活熟交])
    | (?<![一-龥])半数 | 一半(?=以上|以下|左右|的|用于|[,。;]) | (?<=超过|近|约|达|过)一半
    )
    """,
    regex.VERBOSE | regex.V1,
)
_RATIO = regex.compile(r"(?<![0-9:])[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?){1,4}(?![0-9:])")
_BEFORE = (
    (Approximation.AT_LEAST, r"不少于|不低于|不小于|至少|最少|不下于|不得少于|不得低于|≥|应达到"),
    (Approximation.AT_MOST, r"不超过|不高于|不多于|不大于|至多|最多|不得超过|不得高于|≤"),
    (Approximation.UNDER, r"(?<![附最])近|将近|接近|不到|不足|未满|少于|低于|小于|<"),
    (Approximation.OVER, r"超过|超出|超|逾|突破|(?<=[即已将])破|多于|高于|大于|>"),
    (Approximation.ABOUT, r"约为|大约|约|大概|估计|左右"),
)
_PRE = regex.compile(
    "|".join(f"(?P<{kind}>{words})" for kind, words in _BEFORE).join(("(?:", ")(?:到|至|为|了)?\\ ?$"))
)
# most numbers stand behind a character that ends none of these words
_PRE_ENDS = frozenset("到至为了 ") | {word[-1] for _, words in _BEFORE for word in words.split("|")}
_POST = regex.compile(
    r"(?P<at_least>及?以上|起步|打底)|(?P<at_most>以内|之内|以下|及以下|封顶)|(?P<about>左右|上下)|(?P<over>之多|开外|有余)"
)
_RANGE = regex.compile(r"\ ?(?:-|—{1,2}|~|--)\ ?|至|到")
_PEOPLE = regex.compile("人口(?![径岸头腔])")
_FROM = regex.compile(r"[从由自][^,。;]{0,6}$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit. `span` covers approximation, numeral, unit; `numeral` the digits alone.

    `value` is in the base unit; `low`/`high` for ranges; `ratio` marks a:b:c, which has no one value.
    """

    span: Span
    numeral: Span
    value: Decimal
    unit: UnitMatch | None
    approx: Approximation
    chinese: bool
    low: Decimal | None = None
    high: Decimal | None = None
    core: Span = Span(0, 0)

    def unit_text(self, view: str) -> str | None:
        """The unit as written; None for a bare number or a share in words."""
        return self.unit.span.slice(view) or None if self.unit else None

    @property
    def base(self) -> str | None:
        """Base unit; None for a bare number."""
        return self.unit.base if self.unit else None

    @property
    def dimension(self) -> Dimension:
        """Dimension of the unit; OTHER for a bare number."""
        return self.unit.dimension if self.unit else Dimension.OTHER


def find_quantities(view: str, claims: Claims, units: Units, dates: Sequence[Span]) -> list[Quantity]:
    """Quantities in free text, in text order."""
    in_date = bytearray(len(view) + 1)
    for span in dates:
        in_date[span.start : span.end] = b"\1" * span.length
    shares = [q for q in _shares(view) if claims.is_free(q.span)]
    taken = bytearray(len(view) + 1)
    for quantity in shares:
        taken[quantity.span.start : quantity.span.end] = b"\1" * quantity.span.length
    for found in _RATIO.finditer(view):
        taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    tokens = [
        token
        for token in find_numerals(view)
        if token.value is not None
        and not any(taken[token.span.start : token.span.end])
        and not any(in_date[token.span.start : token.span.end])
        and claims.is_free(token.span)
    ]
    measured = [_with_unit(view, token, units) for token in tokens]
    merged = _merge_ranges(view, measured)
    both = sorted([*merged, *shares], key=lambda quantity: quantity.span)
    return [_with_approximation(view, quantity, claims) for quantity in both]


def find_ratios(view: str) -> list[Span]:
    """Spans of ratios a:b:c, which have no one value."""
    return [Span(*found.span()) for found in _RATIO.finditer(view)]


def _with_unit(view: str, token: NumeralToken, units: Units) -> Quantity:
    value_or_zero = token.value if token.value is not None else Decimal(0)
    end, approx = token.span.end, token.approx
    # 多 before a noun is the adjective (多元), so it needs a unit behind it, or 万 before it (1亿多劳动力)
    if (
        view[end : end + 1] in tuple("余多几来")
        and approx is Approximation.EXACT
        and (units.at(view, end + 1) or view[end - 1] in "万亿" or not _is_han(view[end + 1 : end + 2]))
    ):
        end, approx = end + 1, Approximation.OVER
    at = _skip_white(view, end)
    unit = units.at(view, at)
    if unit is not None and _PEOPLE.match(view, unit.span.start):
        # 14亿人口: 人口 is what is counted, and 人 its measure
        unit = replace(unit, span=Span(at, at))
    if unit is not None:
        end = unit.span.end
        if view[end : end + 1] == "多" and unit.dimension is Dimension.DURATION:
            end, approx = end + 1, Approximation.OVER
    value = value_or_zero * (unit.factor if unit else 1)
    span = Span(token.span.start, end)
    return Quantity(span, token.span, value, unit, approx, token.chinese, core=span)


def _skip_white(view: str, at: int) -> int:
    return at + 1 if view[at : at + 1] == " " else at


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _merge_ranges(view: str, quantities: list[Quantity]) -> list[Quantity]:
    merged: list[Quantity] = []
    for quantity in quantities:
        last = merged[-1] if merged else None
        if last is not None and _is_dash(view, last, quantity):
            quantity = _behind_dash(quantity)
        if last is not None and last.high is None and _is_range(view, last, quantity):
            unit = quantity.unit or last.unit
            low = last.value
            if last.unit is None and unit is not None:
                low *= unit.factor
            # 3-5万元 says 万 once for both ends
            if low < quantity.value and last.unit is None and _scale_elided(view, last, quantity):
                low *= _scale_of(view, quantity)
            if low < quantity.value:
                span = Span(last.span.start, quantity.span.end)
                merged[-1] = replace(
                    quantity,
                    span=span,
                    core=span,
                    numeral=Span(last.numeral.start, quantity.numeral.end),
                    value=low,
                    unit=unit,
                    low=low,
                    high=quantity.value,
                    chinese=last.chinese and quantity.chinese,
                )
                continue
        merged.append(quantity)
    return merged


def _is_dash(view: str, first: Quantity, second: Quantity) -> bool:
    """True if the minus of 6.5%-7% stands between two numbers of one measure."""
    start = second.span.start
    return view[start] == "-" and start == first.span.end and first.unit is not None and first.base == second.base


def _behind_dash(quantity: Quantity) -> Quantity:
    start = quantity.span.start + 1
    span, numeral = Span(start, quantity.span.end), Span(start, quantity.numeral.end)
    return replace(quantity, span=span, core=span, numeral=numeral, value=-quantity.value)


def _is_range(view: str, first: Quantity, second: Quantity) -> bool:
    between = view[first.span.end : second.span.start]
    if not _RANGE.fullmatch(between):
        return False
    if first.unit is not None and first.base != second.base:
        return False
    if between in ("至", "到") and _FROM.search(view, max(0, first.span.start - 8), first.span.start):
        return False
    return second.unit is not None or first.unit is not None


def _scale_elided(view: str, first: Quantity, second: Quantity) -> bool:
    return not any(c in "万亿" for c in first.numeral.slice(view)) and any(
        c in "万亿" for c in second.numeral.slice(view)
    )


def _scale_of(view: str, quantity: Quantity) -> Decimal:
    written = quantity.numeral.slice(view)
    return Decimal(10**8 if "亿" in written else 10**4)


def _with_approximation(view: str, quantity: Quantity, claims: Claims) -> Quantity:
    start, end = quantity.span
    approx = quantity.approx
    before = _PRE.search(view[max(0, start - 6) : start]) if view[start - 1 : start] in _PRE_ENDS else None
    if before and before.end() > before.start():
        at = max(0, start - 6) + before.start()
        if claims.is_free(Span(at, start)):
            start = at
            kind = Approximation(before.lastgroup or "about")
            approx = kind if approx is Approximation.EXACT else approx
    after = _POST.match(view, end)
    if after:
        end = after.end()
        kind = Approximation(after.lastgroup or "about")
        if approx in (Approximation.EXACT, Approximation.ABOUT):
            approx = kind
    if (start, end) == quantity.span:
        return quantity
    return replace(quantity, span=Span(start, end), approx=approx)


def _shares(view: str) -> list[Quantity]:
    found = []
    for match in _SHARE.finditer(view):
        value = _share_value(match)
        if value is None:
            continue
        span = Span(*match.span())
        unit = UnitMatch(Span(span.end, span.end), "%", Decimal(1), Dimension.RATIO)
        approx = Approximation.OVER if match["more"] else Approximation.EXACT
        found.append(Quantity(span, span, value, unit, approx, False, core=span))
    return found


def _share_value(match: "regex.Match[str]") -> Decimal | None:
    if match["base"]:
        share = _plain(match["share"])
        return None if share is None else share / {"百": 1, "千": 10, "万": 100}[match["base"]]
    if match["parts"]:
        parts, of = _plain(match["parts"]), _plain(match["of"])
        return None if not parts or of is None else 100 * of / parts
    if match["numerator"]:
        numerator, denominator = Decimal(match["numerator"]), Decimal(match["denominator"])
        return 100 * numerator / denominator if numerator < denominator else None
    if match["tenths"]:
        tenths, half = _plain(match["tenths"]), match["half"]
        rest = Decimal(5) if half == "半" else (_plain(half) or Decimal(0)) if half else Decimal(0)
        return None if tenths is None else 10 * tenths + rest
    return Decimal(50)


def _plain(text: str) -> Decimal | None:
    return Decimal(text) if text[0].isascii() else chinese_value(text)
