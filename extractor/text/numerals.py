"""Numerals (数词): finding them in a view and reading their value.

Comes in: a folded view (half-width digits and punctuation). Goes out: spans with exact Decimal
values. Reads 6,280 · 5.66万 · 700余万 · 6百余 · 一千二百三十万 · 1万3千 · 两万余 · 三点五. Refuses to guess: what
names no value (几十, 数百) is marked vague.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Approximation

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_SCALE = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30}
CHINESE = "〇零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_HAN = f"[{CHINESE}]"
# 6,280 before 6: a comma counts as thousands only in front of exactly three digits, since half-width
# reports also write 2020,罗店镇
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_MORE = "[余多几来]"
# 1.2亿千瓦: 千 belongs to the unit of measure
_KILO = "千(?=[瓦克米卡伏赫帕升焦安])"
# 队伍, 大陆, 收拾: a lone formal figure is a word, not a number
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾]"
_SCALES = f"(?:(?!{_KILO})[十百千万亿])+"
_NUMERAL = regex.compile(
    rf"""
    (?=[0-9\-几数好若上成{CHINESE}]) (?:
    (?P<vague> (?:[几数]|好几|若干) [十百千万亿]+ | 好?几(?=[个名件次家年月天项种位户条批起份]) | 若干
      | 数(?=[个名次月天家位起种年](?![字据量])) | 上[十百千万亿]+ (?=[个名人家件次万亿余多]) | 成[百千]上[千万] )
    | (?P<arabic> (?<![A-Za-z0-9.\-]) -? {_ARABIC} | {_ARABIC} )
      (?: (?P<inner>{_MORE})? (?P<scale>{_SCALES}) (?P<rest> [0-9]+[千百] | [一二三四五六七八九][千百十] )? )?
    | (?!百分[点比率制]|{_FORMAL}(?!{_FORMAL}|[佰仟万亿元]))
      (?P<han> (?:(?!{_KILO}){_HAN})+ (?:点[〇零一二三四五六七八九]+ [万亿]?)? ) (?: (?P<han_inner>[余多几]) (?P<han_scale>[万亿]+) )?
    )
    """,
    regex.VERBOSE | regex.V1,
)


class NumeralToken(NamedTuple):
    """A numeral as written. `value` is None for a vague one; `approx` is OVER for 700余万."""

    span: Span
    value: Decimal | None
    approx: Approximation = Approximation.EXACT
    chinese: bool = False
    vague: bool = False


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
    if not text:
        return None
    whole, _, fraction = text.partition("点")
    if fraction:
        tail = fraction.rstrip("万亿")
        base = chinese_value(whole)
        if base is None or any(c not in _DIGIT for c in tail):
            return None
        value = base + Decimal("0." + "".join(str(_DIGIT[c]) for c in tail))
        return value * scale_value(fraction[len(tail) :])
    if all(c in _DIGIT for c in whole):
        return Decimal("".join(str(_DIGIT[c]) for c in whole))
    return _positional(whole)


def _positional(text: str) -> Decimal | None:
    total, group, digit = 0, 0, None
    last = 0
    for char in text:
        if char in _DIGIT:
            if digit not in (None, 0):
                return None
            digit = _DIGIT[char]
        elif char in _TENS:
            group, digit = group + _TENS[char], None
        elif char in _SCALE:
            group += (1 if digit is None else digit) * _SCALE[char]
            digit, last = None, _SCALE[char]
        elif char in _BIG:
            group += digit or 0
            if group == 0 and total == 0:
                group = 1
            total = (total + group) * _BIG[char] if total and group == 0 else total + group * _BIG[char]
            group, digit, last = 0, None, _BIG[char]
        else:
            return None
    if digit and last >= 100 and text[-2:-1] in _SCALE | _BIG and text[-2] not in "十拾":
        # 一万三 is 13,000 and 两百五 is 250: the last digit stands one step below
        group += digit * last // 10
    else:
        group += digit or 0
    return Decimal(total + group)


def scale_value(text: str) -> Decimal:
    """Product of the scale characters 十百千万亿 (empty text: 1).

    >>> scale_value("百万")
    Decimal('1000000')
    """
    value = 1
    for char in text:
        value *= _SCALE.get(char) or _BIG[char]
    return Decimal(value)


@lru_cache(maxsize=1024)
def arabic_value(text: str) -> Decimal:
    """Value of an Arabic numeral with thousands commas and point."""
    return Decimal(text.replace(",", "").replace(" ", ""))


@lru_cache(maxsize=2)
def find_numerals(view: str) -> tuple[NumeralToken, ...]:
    """All numerals of the view in text order, each as long as it goes.

    >>> [str(n.value) for n in find_numerals("调处536起,涉及700余万元,两万余人次")]
    ['536', '7000000', '20000']
    """
    return tuple(_token(found) for found in _NUMERAL.finditer(view))


def _token(found: "regex.Match[str]") -> NumeralToken:
    span = Span(*found.span())
    arabic, scale, rest, inner = found.group("arabic", "scale", "rest", "inner")
    if arabic:
        value = arabic_value(arabic)
        if scale:
            value *= scale_value(scale)
        if rest:
            value += _rest_value(rest)
        return NumeralToken(span, value, Approximation.OVER if inner else Approximation.EXACT)
    han, han_scale, han_inner = found.group("han", "han_scale", "han_inner")
    if not han:
        return NumeralToken(span, None, chinese=True, vague=True)
    value_or_none = chinese_value(han)
    if value_or_none is not None and han_scale:
        value_or_none *= scale_value(han_scale)
    approx = Approximation.OVER if han_inner else Approximation.EXACT
    return NumeralToken(span, value_or_none, approx, chinese=True)


def _rest_value(text: str) -> Decimal:
    head, scale = text[:-1], text[-1]
    digits = arabic_value(head) if head[0].isascii() else Decimal(_DIGIT[head])
    return digits * scale_value(scale)
