"""Numerals (数词): finding them in a view and reading their value.

Comes in: a folded view (half-width digits and punctuation). Goes out: spans with exact Decimal
values. Reads 6,280 · 5.66万 · 700余万 · 6百余 · 一千二百三十万 · 1万3千 · 两万余 · 三点五 · 负3.9 · 零下15 · 二三十.
Refuses to guess: what names no value (若干, 成百上千) is marked vague, what names only a step (数百, 几十) has its bounds.
"""

from collections.abc import Iterator
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Approximation
from extractor.text.chinese_numerals import BIG, CHINESE, DIGITS, SMALL, TENS, read_chinese

__all__ = ["CHINESE", "NumeralToken", "arabic_value", "chinese_value", "find_numerals", "scale_value"]

# 6,280 before 6: a comma counts as thousands only in front of exactly three digits, since half-width
# reports also write 2020,罗店镇
# 4 598件: GB/T 15835 parts thousands by a thin space, of which text often keeps a common one; in 2020 100件, 第3 100件
# and 附件1 200份 there are two numbers
_GROUPED = r"(?<![0-9A-Za-z.,第表图]\ ?|附件\ ?)[1-9][0-9]{0,2}(?:\ [0-9]{3}){1,3}(?:\.[0-9]+)?(?=\ ?[余多]?[万亿]?(?![年月日号时])[一-龥%℃])"
# 1 2 件, 3 . 5 万元: the letters of a justified line stand apart. The figures of a list and the cells of a row do so
# too, but no measure word stands behind those
_MEASURED = "[个件条人次份起场期册户处名家项篇元米亩吨里公天日小分平立辆台支所部座间块幅批宗例轮倍岁年月周余多万亿%℃]"
_APART = rf"(?<![0-9A-Za-z.,:\-第表图]\ ?|附件\ ?|(?:\n|^)\ *)[0-9](?:\ [0-9])*(?:\ \.\ ?[0-9](?:\ [0-9])*)?(?<=\ [0-9])(?=\ ?{_MEASURED})"
_ARABIC = rf"(?:{_APART}|{_GROUPED}|(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
_FIGURE = "[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_MORE = "[余多几来]"
# 1.2亿千瓦, 三千克: 千 and 百 belong to the unit of measure or to 百分点
_UNIT_SCALE = r"(?:千(?=[瓦克米卡伏赫帕升焦安字比])|百(?=\ ?分\ ?[点比率之制]))"
# 2019十大 and 2020百强: a year is no factor; 十 and 百 stand behind figures only as 6百, 3十万
_SCALES = rf"(?:(?!{_UNIT_SCALE})(?:[万亿]|(?<![0-9]{{4}}\ {{0,2}})(?<![0-9]\ {{1,2}}(?=.[^万亿]))(?:[百千]|十(?=[余多几万亿]))))+"
# 兆 is a million in 兆瓦 and a million millions only above 亿
_HAN = rf"(?:(?!{_UNIT_SCALE}|零\ ?几)[{CHINESE}]|兆(?=[{CHINESE}]{{1,16}}亿))"
# 队伍, 大陆, 收拾: these formal figures are words unless a figure or a formal scale stands behind them
_FORMAL = "[肆伍陆拾]"
_NO_WORD = rf"(?!{_FORMAL}(?!\ ?[壹贰叁肆伍陆柒捌玖拾佰仟万亿元]))|(?<![一-龥])(?={_FORMAL}\ ?[{CHINESE}点])"
# 担负三项任务, 为企业减负10项: here 负 is the end of a word; 3胜2负1平 are results
_SIGN = (
    r"(?:(?<![担背肩承身辜抱自胜欠减轻重释正平亏债0-9一二三四五六七八九十])负\ {0,2}|零下\ ?)(?=[0-9" + CHINESE + "])"
)
_NUMERAL = regex.compile(
    rf"""
    (?=[0-9.\-负几数好若成{CHINESE}]) (?:
    (?P<several> (?:几|好几|数(?<![人次户件总个份篇场分指函参倍字册]数)) (?P<step>[十百千万亿]+) ) | (?P<vague> 若干[十百千万亿]+ | 好?几(?=[个名件次家年月天项种位户条批起份]) | 若干 | 亿万
      | 数(?=[个名次月天家位起种年](?![字据量])) | 成[百千]上[千万] )
    | (?P<sign>{_SIGN})? (?:
      (?P<arabic> (?<![A-Za-z0-9.\-%‰℃)]) -? {_ARABIC} | {_ARABIC}
        | (?<![^\s(,;:=<>≥≤~+\-]) -? \.[0-9]++ (?![.0-9A-Za-z]) )
        (?: (?P<power> [kKwW](?![A-Za-z0-9]) | e[+\-]?[0-9]{{1,3}}(?![A-Za-z0-9.]) | \^[+\-]?[0-9]{{1,2}}(?![0-9.]) )
        | \ {{0,2}} (?P<inner>{_MORE})? (?P<scale>{_SCALES})
          (?P<rest> (?: \ ?零?(?:[0-9]{{1,4}}|[一二两三四五六七八九])\ ?(?:(?!{_UNIT_SCALE})[十百千万亿])+ ){{0,6}}+ (?: 零[0-9]{{1,3}}(?![0-9.]) | (?<=[0-9]万)(?!19|20)[0-9]{{4}}(?![0-9.,年]) )? )
        )?
      | (?!百\ ?分\ ?[点比率制之]|[万亿](?![一-龥])|(?<=[0-9])两) (?:{_NO_WORD})
        (?P<han> {_HAN} (?: \ {{0,2}}+{_HAN} )*+ )
        (?P<fraction> \ ?点\ ?{_FIGURE}++(?:\ {{1,2}}{_FIGURE}++)*+ (?![十刻线]) (?P<fraction_scale>\ ?[万亿]+)? )?
        (?: (?P<han_inner>\ ?零?{_MORE}\ ?) (?P<han_scale> [万亿]+ (?:[余多]亿)? ) )?
    ))
    """,
    regex.VERBOSE | regex.V1,
)
_SCALED = frozenset(SMALL) | frozenset(BIG)
# no numeral is longer: a run is read in pieces, so that time grows with its length alone
_LONGEST = 64
_ONES = {c: Decimal(v) for values in (DIGITS, SMALL, BIG, TENS) for c, v in values.items()}
_POWERS = Context(prec=28)


class NumeralToken(NamedTuple):
    """A numeral as written. `value` is None for one that names none; `approx` is OVER for 700余万; `high` ends 二三十.

    `vague`: no figure is named, as in 若干 and 数百, whose value and `high` are the steps below and above.
    """

    span: Span
    value: Decimal | None
    approx: Approximation = Approximation.EXACT
    chinese: bool = False
    vague: bool = False
    high: Decimal | None = None


@lru_cache(maxsize=1024)
def chinese_value(text: str) -> Decimal | None:
    """Value of a Chinese numeral; digit strings are read as digits (二〇二〇). None if malformed.

    >>> chinese_value("一千二百三十万")
    Decimal('12300000')
    >>> chinese_value("二〇二〇")
    Decimal('2020')
    >>> chinese_value("三点五")
    Decimal('3.5')
    """
    whole, _, fraction = text.replace(" ", "").partition("点")
    reading = read_chinese(whole) if whole else None
    if reading is None or reading.value is None or reading.end < len(whole) or reading.high is not None:
        return None
    if not fraction:
        return reading.value
    figures = fraction.rstrip("万亿")
    if any(c not in DIGITS for c in figures):
        return None
    return _decimal(reading.value, figures) * scale_value(fraction[len(figures) :])


def _decimal(whole: Decimal, figures: str) -> Decimal:
    return whole + Decimal("0." + "".join(str(DIGITS[c]) for c in figures if c != " "))


def scale_value(text: str) -> Decimal:
    """Product of the scale characters 十百千万亿 (empty text: 1); other characters count nothing.

    >>> scale_value("百万")
    Decimal('1000000')
    """
    value = 1
    for char in text:
        value *= SMALL.get(char) or BIG.get(char) or 1
    return Decimal(value)


@lru_cache(maxsize=1024)
def arabic_value(text: str) -> Decimal:
    """Value of an Arabic numeral with thousands commas and point."""
    return Decimal(text.replace(",", "").replace(" ", ""))


@lru_cache(maxsize=2)
def find_numerals(view: str) -> tuple[NumeralToken, ...]:
    """All numerals of the view in text order, each as long as it goes.

    >>> [str(n.value) for n in find_numerals("调处536起,涉及700余万元,两万余人次,负3.9%")]
    ['536', '7000000', '20000', '-3.9']
    """
    tokens: list[NumeralToken] = []
    at = 0
    while found := _NUMERAL.search(view, at):
        if found["arabic"]:
            tokens.append(_arabic(found))
        elif found["han"]:
            tokens.extend(_chinese(view, found))
        elif found["several"]:
            tokens.append(_several(found))
        else:
            tokens.append(NumeralToken(Span(*found.span()), None, chinese=True, vague=True))
        at = tokens[-1].span.end if found["arabic"] else found.end()
    return tuple(tokens)


def _arabic(found: "regex.Match[str]") -> NumeralToken:
    start, end = found.span()
    arabic, scale, rest, power = found.group("arabic", "scale", "rest", "power")
    value = arabic_value(arabic)
    if power:
        value = _raised(value, power)
    elif rest and not found["inner"] and "." not in arabic and arabic[0] != "-":
        reading = read_chinese(found.string[found.start("arabic") : end])
        if reading.value is not None and reading.end > found.end("scale") - found.start("arabic"):
            value, end = reading.value, found.start("arabic") + reading.end
        else:
            value, end = value * scale_value(scale), found.end("scale")
    elif scale:
        value, end = value * scale_value(scale), found.end("scale")
    approx = Approximation.OVER if found["inner"] else Approximation.EXACT
    return NumeralToken(Span(start, end), -value if found["sign"] else value, approx)


def _several(found: "regex.Match[str]") -> NumeralToken:
    """数百: more than one hundred, less than ten; no figure is named."""
    step = scale_value(found["step"])
    return NumeralToken(Span(*found.span()), step, Approximation.AT_LEAST, chinese=True, vague=True, high=10 * step)


def _raised(value: Decimal, power: str) -> Decimal:
    """40k, 1.3w (万), 2e5 and 10^4."""
    if power in "kKwW":
        return value * (1000 if power in "kK" else 10000)
    if power[0] == "e":
        return value.scaleb(int(power[1:]))
    return _POWERS.power(value.copy_abs(), int(power[1:])).copy_sign(value) if value else value


def _chinese(view: str, found: "regex.Match[str]") -> Iterator[NumeralToken]:
    """The numerals of a run: mostly one; 三百五百 are two, and the 千 of 五十千 is none."""
    run, (start, stop) = found["han"], found.span("han")
    if len(run) == 1 and found.span() == (start, stop):
        # by far the most are one figure
        yield NumeralToken(Span(start, stop), _ONES[run], chinese=True)
        return
    tail = stop < found.end()
    first = True
    at = 0
    while at < len(run):
        window = min(len(run), at + _LONGEST)
        reading = read_chinese(run[at:window], view[start + window : start + window + 1])
        if not reading.end:
            at += 1
            continue
        left, right = (found.start() if first else start + at), start + at + reading.end
        value, approx = reading.value, Approximation.EXACT
        if right == stop and tail and value is not None:
            right = found.end()
            if found["fraction"]:
                figures = found["fraction"].strip(" 点").rstrip("万亿 ")
                value = _decimal(value, figures) * scale_value(found["fraction_scale"] or "")
            if found["han_inner"]:
                value, approx = value * scale_value(found["han_scale"]), Approximation.OVER
        if first and found["sign"] and value is not None:
            value = -value
        yield NumeralToken(Span(left, right), value, approx, chinese=True, high=reading.high)
        first = False
        at += reading.end
        # the scale of 五十千 and the 两 of 三十两 are parts of what is measured
        while at < len(run) and (run[at] in "两 " or (run[at - 1] in _SCALED and run[at] in _SCALED)):
            at += 1
