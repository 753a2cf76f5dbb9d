"""Shares (百分比、分数、成、折): numerals that name a part of a whole, and mixed fractions.

Comes in: a folded view. Goes out: Share tuples in text order. Reads 百分之三点五, 千分之二, 三分之一, 3/4, 三又二分之一,
五成半, 八五折, 半数. Refuses what only looks alike: 成立, 折页, 11/30 of a date written 2020/11/30.
"""

from decimal import Decimal
from typing import NamedTuple

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Approximation
from extractor.text.chinese_numerals import CHINESE
from extractor.text.numerals import arabic_value, chinese_value

_HAN = f"[{CHINESE}](?:\\ {{0,2}}[{CHINESE}])*+"
_FIGURE = "[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_POINT = rf"(?:\ ?点\ ?{_FIGURE}(?:\ {{0,2}}{_FIGURE})*+)?"
_NUMBER = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})++(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?(?:k(?![A-Za-z0-9]))?|{_HAN}{_POINT})"
)
_SIGN = r"(?:负\ ?)?"
_OF = r"\ {0,2}分\ {0,2}之\ {0,2}"
_SHARE = regex.compile(
    rf"""
    # behind the first numeral of any share stands one of these: most numerals are dismissed here
    (?=(?:[0-9.半对负又点{CHINESE}]|,(?=[0-9]{{3}})|\ {{1,2}}(?=[0-9分又点成折{CHINESE}])){{1,24}}+\ {{0,2}}(?:分|[/成折]|(?<=半)数|(?<=一半|半)(?:的|以[上下]|左右|用于|[,。;]|个百)|(?<=一半))) (?:
    (?<![{CHINESE}0-9]) (?P<sign>{_SIGN}) (?P<base>[百佰千]|万{{1,2}}){_OF}(?P<share>{_SIGN}{_NUMBER})(?P<more>[余多几])?
    | (?P<minus>{_SIGN}) (?:(?P<whole>{_NUMBER})\ ?又\ ?)? (?P<parts>{_HAN}|[0-9]+){_OF}(?P<of>{_SIGN}{_NUMBER})
    | (?<![0-9./]) (?:(?<![0-9./第]|[0-9./][\ ])(?P<mixed>[1-9][0-9]?)\ )? (?P<numerator>[1-9][0-9]?)/(?P<denominator>[1-9][0-9]{{0,2}}) (?![0-9/.]|[A-Za-z])
    | (?<![0-9.]) (?P<tenths>[一二两三四五六七八九](?:\ ?点\ ?{_FIGURE})?|[0-9](?:\.[0-9])?|10|(?<![多大过一下上])半)\ ?成(?:\ (?=.(?![一-龥])))?(?P<half>半|[一二三四五六七八九])? (?![员为立果功效本型套长都分年活熟交品才群])
    | (?<![0-9.波第曲]) (?P<fold>[一二两三四五六七八九陆柒捌玖](?:\ ?点?\ ?{_FIGURE})?|[1-9](?:\.[0-9]|\ ?[0-9])?)\ ?折(?![叠合算旧腾返现成射断线磨回桥寿页纸子服戟中价弯])
    | (?P<even>(?<=[打拦])对折)
    | (?P<half_point>(?<![一过大多下上])半)(?=个百分点)
    | (?<![一-龥])半数 | 一半(?=以上|以下|左右|的|用于|[,。;]) | (?<=超过|近|约|达|过)一半
    )
    """,
    regex.VERBOSE | regex.V1,
)


class Share(NamedTuple):
    """A share in percent; a `plain` one (三又二分之一, 半个百分点) is a number in its own right, not a share."""

    span: Span
    value: Decimal
    approx: Approximation = Approximation.EXACT
    plain: bool = False


def find_shares(view: str) -> list[Share]:
    """All shares in text order.

    >>> [(share.span.slice(view), str(share.value)) for view in ["占百分之1,111,打八五折"] for share in find_shares(view)]
    [('百分之1,111', '1111'), ('八五折', '85')]
    """
    found = []
    for match in _SHARE.finditer(view):
        share = _share(match, view)
        if share is not None:
            found.append(share)
    return found


def _share(match: "regex.Match[str]", view: str) -> Share | None:
    span = Span(*match.span())
    plain = bool(match["whole"] or match["mixed"] or match["half_point"])
    value = _value(match)
    if value is None:
        return None
    if match["parts"] and not plain and view.startswith("个百分点", span.end):
        # 四分之一个百分点 is a difference of a quarter of a point
        value, plain = value / 100, True
    approx = Approximation.OVER if match["more"] else Approximation.EXACT
    return Share(span, value, approx, plain)


def _value(match: "regex.Match[str]") -> Decimal | None:
    if match["base"]:
        share = _number(match["share"])
        share = -share if share is not None and match["sign"] else share
        return None if share is None else share / {"百": 1, "佰": 1, "千": 10, "万": 100, "万万": 10**6}[match["base"]]
    if match["parts"]:
        return _fraction(match)
    if match["numerator"]:
        numerator, denominator = Decimal(match["numerator"]), Decimal(match["denominator"])
        if numerator >= denominator:
            return None
        part = numerator / denominator
        return Decimal(match["mixed"]) + part if match["mixed"] else 100 * part
    if match["tenths"]:
        tenths, half = _number(match["tenths"]), match["half"]
        rest = Decimal(5) if half == "半" else (_number(half) or Decimal(0)) if half else Decimal(0)
        return None if tenths is None else 10 * tenths + rest
    if match["fold"]:
        paid = _number(match["fold"].replace(" ", ""))
        # 八五折 and 85折 are 8.5 tenths, 8.5折 says so itself
        return None if paid is None else paid if paid >= 10 else 10 * paid
    return Decimal("0.5") if match["half_point"] else Decimal(50)


def _fraction(match: "regex.Match[str]") -> Decimal | None:
    parts, of = _number(match["parts"]), _number(match["of"])
    if not parts or of is None:
        return None
    if match["whole"]:
        whole = _number(match["whole"])
        if whole is None:
            return None
        value = whole + of / parts
    else:
        value = 100 * of / parts
    return -value if match["minus"] else value


def _number(written: str) -> Decimal | None:
    text = written.removeprefix("负").strip()
    if text == "半":
        return Decimal("0.5")
    if text[0].isascii():
        value: Decimal | None = arabic_value(text.removesuffix("k")) * (1000 if text[-1] == "k" else 1)
    else:
        value = chinese_value(text)
    return -value if value is not None and written[0] == "负" else value
