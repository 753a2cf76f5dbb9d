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
from extractor.text.numerals import NumeralToken, find_numerals
from extractor.text.shares import find_shares
from extractor.text.tokens import Tokens
from extractor.text.units import UnitMatch, Units

_RATIO = regex.compile(r"(?<![0-9:])[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?){1,4}(?![0-9:])")
_BEFORE = (
    (
        Approximation.AT_LEAST,
        r"不少于|不低于|不小于|至少|最少|不下于|不得少于|不得低于|大于或?者?等于|高于或?者?等于|≥|>\ ?=|应达到",
    ),
    (
        Approximation.AT_MOST,
        r"不超过|不高于|不多于|不大于|至多|最多|不得超过|不得高于|未超过|小于或?者?等于|低于或?者?等于|≤|<\ ?=",
    ),
    (
        Approximation.UNDER,
        r"近|将近|接近|不到|(?<!存在|查[找摆]|梳理|发现|指出|整改|改进|弥补|反馈|问题|短板|[的与和及、])不足|未满|未达|少于|低于|小于|<",
    ),
    # 过 behind a measure is a verb (占比过20%), behind another verb it is not (开过20次会)
    (
        Approximation.OVER,
        r"超过|超出|超|逾|(?<!技术|取得|实现|重大|关键|创新)突破|(?<=[即已将])破|多于|高于|大于|不止|>|(?<=[率值额入量数比润龄])过",
    ),
    (Approximation.ABOUT, r"约为|大约|约|大概|估计|左右"),
)
# 上百场, 上万份: only before a bare step; in 会上百人 and 以上千元 it ends another word
_UP_TO = "上"
_STEP = frozenset("十百千万亿")
_PRE = regex.compile(
    "|".join(f"(?P<{kind}>{words})" for kind, words in _BEFORE).join(
        ("(?:", r")(?:到|至|为|了|(?<!左右)有)?\ ?$|(?P<equal>(?<![大小高低者或不])等于)\ ?$")
    )
)
# most numbers stand behind a character that ends none of these words
_PRE_ENDS = frozenset("到至为了有 ") | {word[-1] for _, words in _BEFORE for word in words.split("|")}
# in law 以上 and 以下 include the number (民法典 1259); 之下 and 之上 are no terms of law
_POST = regex.compile(
    r"\ ?(?:(?P<at_least>及?以上|起步|打底)|(?P<at_most>以内|之内|以下|及以下|封顶)|(?P<about>左右|上下)|(?P<over>之多|之上|开外|有余|\+(?=[,。;、)\n]|$))|(?P<under>之下))"
)
# 至少组织1次
_BOUND_VERB = regex.compile("(?:(?P<least>至少|最少)|至多|最多)(?P<verb>[一-龥]{1,4})$")
_BOUND_WHOLE = regex.compile(
    "(?:(?P<at_least>(?:不得?|未)(?:少|低|小)于)|(?P<at_most>(?:不得?|未)(?:超过|多于|高于|大于)))[一-龥]{1,18}的$"
)
_BETWEEN = regex.compile(r"\ ?之间")
_AND = regex.compile(r"\ ?[和与、]\ ?")
_RANGE = regex.compile(r"\ ?(?:-|—{1,2}|~|--)\ ?|至|到")
_PEOPLE = regex.compile("人口(?![径岸头腔])")
# 两个半小时, 三天半; not 半夜 and 半数
_HALF = regex.compile("半(?![数径天夜载价山工年月日导挂])")
_HALF_OF = regex.compile(r"个半(?=小时|钟头|学期|星期|月|世纪|[,。;、)\n]|$)")
_CURRENCY = regex.compile(r"(?P<元>人民币|RMB|CNY|[¥￥])|(?P<港元>HK\$)|(?P<美元>US\$|USD|\$)|(?P<欧元>€)|(?P<英镑>£)")
_CURRENCY_ENDS = frozenset("币BYD$¥￥€£")
# 个百分点 with the stray spaces of a justified line
_POINTS = regex.compile(r"\ {0,3}+(?P<points>个\ ?百\ ?分\ ?点)")
_HAN_BEFORE = regex.compile("[一-龥]+$")
_SUM = regex.compile(r"\ ?[又零]?\ ?")
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

    def is_step(self, view: str) -> bool:
        """True for the 百 of 近百人 and 上百场: a scale without a figure."""
        return _STEP.issuperset(self.numeral.slice(view))

    @property
    def base(self) -> str | None:
        """Base unit; None for a bare number."""
        return self.unit.base if self.unit else None

    @property
    def dimension(self) -> Dimension:
        """Dimension of the unit; OTHER for a bare number."""
        return self.unit.dimension if self.unit else Dimension.OTHER


def find_quantities(
    view: str, claims: Claims, units: Units, dates: Sequence[Span], tokens: Tokens | None = None
) -> list[Quantity]:
    """Quantities in free text, in text order. With `tokens`, 约 of 公约 and 近 of 附近 are no approximations."""
    in_date = bytearray(len(view) + 1)
    for span in dates:
        in_date[span.start : span.end] = b"\1" * span.length
    shares = [q for q in _shares(view, units) if claims.is_free(q.span)]
    taken = bytearray(len(view) + 1)
    for quantity in shares:
        taken[quantity.span.start : quantity.span.end] = b"\1" * quantity.span.length
    for found in _RATIO.finditer(view):
        taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    numerals = [
        token
        for token in find_numerals(view)
        if token.value is not None
        and not any(taken[token.span.start : token.span.end])
        and not any(in_date[token.span.start : token.span.end])
        and claims.is_free(token.span)
    ]
    measured: list[Quantity] = []
    for token in numerals:
        # the 3 of 30m3 is a part of the unit
        if not measured or token.span.start >= measured[-1].span.end:
            measured.append(_with_unit(view, token, units))
    merged = _merge_ranges(view, _merge_sums(view, measured))
    both = sorted([*merged, *shares], key=lambda quantity: quantity.span)
    return [_with_approximation(view, quantity, claims, tokens) for quantity in both]


def find_ratios(view: str) -> list[Span]:
    """Spans of ratios a:b:c, which have no one value."""
    return [Span(*found.span()) for found in _RATIO.finditer(view)]


def _with_unit(view: str, token: NumeralToken, units: Units) -> Quantity:
    value = token.value if token.value is not None else Decimal(0)
    high = token.high
    end, approx = token.span.end, token.approx
    # 多 before a noun is the adjective (多元), so it needs a unit behind it, or 万 before it (1亿多劳动力)
    if (
        view[end : end + 1] in tuple("余多几来")
        and approx is Approximation.EXACT
        and (units.at(view, end + 1) or view[end - 1] in "万亿" or not _is_han(view[end + 1 : end + 2]))
    ):
        end, approx = end + 1, Approximation.OVER
    at = _skip_white(view, end)
    half = _HALF_OF.match(view, at) if view[at : at + 1] == "个" else None
    unit = _halved(view, at, units) if half else units.at(view, at)
    if unit is None or unit.base == "个":
        points, listed = _POINTS.match(view, end), units.find("个百分点")
        if points and listed:
            unit = UnitMatch(Span(*points.span("points")), listed.base, listed.factor, listed.dimension)
    if _PEOPLE.match(view, at) and (person := units.find("人")):
        # 14亿人口: 人口 is what is counted, and 人 its measure
        unit = UnitMatch(Span(at, at), person.base, person.factor, person.dimension)
    if half and unit is not None:
        value += Decimal("0.5")
    if unit is not None:
        end = unit.span.end
        if view[end : end + 1] == "多" and unit.dimension is Dimension.DURATION:
            end, approx = end + 1, Approximation.OVER
        elif view[end : end + 1] == "半" and unit.dimension is not Dimension.COUNT and _HALF.match(view, end):
            value, end = value + Decimal("0.5"), end + 1
    start, unit = _with_currency(view, token.span.start, unit, end)
    factor = unit.factor if unit else Decimal(1)
    span = Span(start, end)
    return Quantity(
        span,
        token.span,
        value * factor,
        unit,
        approx,
        token.chinese,
        low=None if high is None else value * factor,
        high=None if high is None else high * factor,
        core=span,
    )


def _halved(view: str, at: int, units: Units) -> UnitMatch | None:
    """The unit of 个半小时, 个半月 and 个半."""
    unit = units.at(view, at + 2)
    if unit is None and (single := units.at(view, at)) and not _is_han(view[at + 2 : at + 3]):
        return replace(single, span=Span(at, at + 2))
    if unit is None and view.startswith("月", at + 2):
        whole = units.find("个月")
        return UnitMatch(Span(at, at + 3), whole.base, whole.factor, whole.dimension) if whole else None
    return replace(unit, span=Span(at, unit.span.end)) if unit else None


def _with_currency(view: str, start: int, unit: UnitMatch | None, end: int) -> tuple[int, UnitMatch | None]:
    """Start and unit of an amount that names its currency in front: 人民币50元, $20, ¥300万."""
    at = start
    while at and start - at < 2 and view[at - 1] == " ":
        at -= 1
    if not at or view[at - 1] not in _CURRENCY_ENDS or (unit is not None and unit.dimension is not Dimension.MONEY):
        return start, unit
    for length in (3, 2, 1):
        found = _CURRENCY.fullmatch(view, at - length, at) if at >= length else None
        if found:
            base = found.lastgroup or "元"
            if unit is not None:
                return (at - length, unit) if unit.base == base else (start, unit)
            return at - length, UnitMatch(Span(*found.span()), base, Decimal(1), Dimension.MONEY)
    return start, unit


def _merge_sums(view: str, quantities: list[Quantity]) -> list[Quantity]:
    """50元6角三分 and 两美元又三美分 are one amount: the same base, each unit smaller than the one before."""
    merged: list[Quantity] = []
    for quantity in quantities:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.unit is not None
            and quantity.unit is not None
            and quantity.dimension is Dimension.MONEY
            and last.base == quantity.base
            and quantity.unit.factor < last.unit.factor
            and last.approx is quantity.approx is Approximation.EXACT
            and _SUM.fullmatch(view, last.span.end, quantity.span.start)
        ):
            span = Span(last.span.start, quantity.span.end)
            numeral = Span(last.numeral.start, quantity.numeral.end)
            unit = replace(quantity.unit, span=last.unit.span)
            merged[-1] = replace(
                last, span=span, core=span, numeral=numeral, unit=unit, value=last.value + quantity.value
            )
            continue
        merged.append(quantity)
    return merged


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
        if last is not None and last.high is quantity.high is None and _is_range(view, last, quantity):
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
    inside = _BETWEEN.match(view, second.span.end) is not None
    if not _RANGE.fullmatch(between) and not (inside and _AND.fullmatch(between)):
        return False
    if first.unit is not None and first.base != second.base:
        return False
    if between in ("至", "到") and _FROM.search(view, max(0, first.span.start - 8), first.span.start):
        return False
    return second.unit is not None or first.unit is not None or inside


def _scale_elided(view: str, first: Quantity, second: Quantity) -> bool:
    return not any(c in "万亿" for c in first.numeral.slice(view)) and any(
        c in "万亿" for c in second.numeral.slice(view)
    )


def _scale_of(view: str, quantity: Quantity) -> Decimal:
    written = quantity.numeral.slice(view)
    return Decimal(10**8 if "亿" in written else 10**4)


def _with_approximation(view: str, quantity: Quantity, claims: Claims, tokens: Tokens | None) -> Quantity:
    start, end = quantity.span
    approx = quantity.approx
    before = _PRE.search(view[max(0, start - 8) : start]) if view[start - 1 : start] in _PRE_ENDS else None
    if before and before.end() > before.start():
        at = max(0, start - 8) + before.start()
        if claims.is_free(Span(at, start)) and not _inside_word(view, at, tokens):
            start = at
            kind = Approximation.EXACT if before["equal"] else Approximation(before.lastgroup or "about")
            approx = kind if approx is Approximation.EXACT else approx
    elif (
        _is_up_to(view, quantity)
        and claims.is_free(Span(start - 1, start))
        and not _inside_word(view, start - 1, tokens)
    ):
        start, approx = start - 1, Approximation.AT_LEAST
    elif approx is Approximation.EXACT:
        approx = _bound_of_whole(view, quantity) or _bound_around_verb(view, start, tokens)
    after = _POST.match(view, end)
    within = _BETWEEN.match(view, end) if quantity.high is not None else None
    if within:
        end = within.end()
    elif after:
        end = after.end()
        kind = Approximation(after.lastgroup or "about")
        if approx in (Approximation.EXACT, Approximation.ABOUT):
            approx = kind
    if (start, end, approx) == (*quantity.span, quantity.approx):
        return quantity
    return replace(quantity, span=Span(start, end), approx=approx)


def _is_up_to(view: str, quantity: Quantity) -> bool:
    """True for 上百场: 上 before a bare step that has a unit or a noun of people behind it."""
    start = quantity.span.start
    return view[start - 1 : start] == _UP_TO and quantity.is_step(view) and quantity.unit is not None


def _bound_of_whole(view: str, quantity: Quantity) -> Approximation | None:
    """不少于总数的5%: the bound stands before the whole of which the number is a share."""
    start = quantity.span.start
    if quantity.dimension is not Dimension.RATIO or view[start - 1 : start] != "的":
        return None
    found = _BOUND_WHOLE.search(view, max(0, start - 24), start)
    return Approximation(found.lastgroup) if found and found.lastgroup else None


def _bound_around_verb(view: str, at: int, tokens: Tokens | None) -> Approximation:
    """至少组织1次: the bound stands before the verb that governs the number; verbs alone stand between."""
    found = _BOUND_VERB.search(view, max(0, at - 8), at)
    if found is None or tokens is None or not all(word.tag.startswith("v") for word in tokens.cut(found["verb"])):
        return Approximation.EXACT
    return Approximation.AT_LEAST if found["least"] else Approximation.AT_MOST


def _inside_word(view: str, at: int, tokens: Tokens | None) -> bool:
    """True where a word of the text goes on over `at`: 村规民约18份, 附近12户."""
    before = _HAN_BEFORE.search(view, max(0, at - 8), at)
    if tokens is None or before is None:
        return False
    reach = before[0] + view[at : at + 1]
    edges = {word.start for word in tokens.cut(reach)}
    return len(before[0]) not in edges


def _shares(view: str, units: Units) -> list[Quantity]:
    found = []
    for share in find_shares(view):
        if share.plain:
            # 三又二分之一 is no share of a whole: it has a unit like any numeral
            found.append(_with_unit(view, NumeralToken(share.span, share.value), units))
            continue
        unit = UnitMatch(Span(share.span.end, share.span.end), "%", Decimal(1), Dimension.RATIO)
        found.append(Quantity(share.span, share.span, share.value, unit, share.approx, False, core=share.span))
    return found
