"""Chinese numerals (中文数词): the value of a run of figures and scales, by the grammar of the language.

Comes in: a run such as 一万五千亿, 二三十, 壹千零五十, 5亿1万4千6百 (Arabic figures may take the place of Chinese
ones). Goes out: how far the longest well-formed numeral goes, its value, and its upper end where two
neighbouring figures name a range (七八百). Refuses (value None) figures that make no number: 十四五, 两两.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
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
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
TENS = {"廿": 20, "卅": 30}
CHINESE = "〇零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_ITEM = regex.compile(r"[0-9]+(?:,[0-9]{3})*|\S")
_SERIES = frozenset("〇零一二三四五六七八九")
# behind these two neighbouring figures without a scale are a range: 三四个, 十七八岁; 二三产业 is a name
_COUNTED = frozenset(
    "个名位人件年天岁户家次里米斤吨元块亩项条种处座所台辆倍篇本起宗例桩份册场批轮支只头匹张幅间栋幢株棵万亿"
)
# and these leave no doubt even behind 十四五, which is a plan before any other word
_PERSONS = frozenset("个名位岁天户家次")
# 一两银子 weighs, 一两年 counts
_WEIGHED = frozenset("银黄白金酒米肉油茶重")


class ParsedNumeral(NamedTuple):
    """A numeral read from a run: it ends at `end`; `high` is the upper end of 二三十."""

    end: int
    value: Decimal | None
    high: Decimal | None = None


class _Item(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def digit(self) -> int | None:
        return int(self.text.replace(",", "")) if self.text[0].isascii() else DIGITS.get(self.text)

    @property
    def scale(self) -> int | None:
        return SMALL.get(self.text) or BIG.get(self.text)


@lru_cache(maxsize=4096)
def read_chinese(run: str, behind: str = "") -> ParsedNumeral:
    """The longest numeral at the start of `run`; `behind` is the character that follows the run.

    >>> read_chinese("一万五千亿").value, read_chinese("五十千")
    (Decimal('1500000000000'), ParsedNumeral(end=2, value=Decimal('50'), high=None))
    >>> read_chinese("二三十")
    ParsedNumeral(end=3, value=Decimal('20'), high=Decimal('30'))
    """
    items = [_Item(found[0], *found.span()) for found in _ITEM.finditer(run)]
    series = _series(items) if items else 0
    if series > 1:
        return _read_series(run, items, series, behind)
    at = _pair(items)
    if at is not None and _is_range(items, at, behind):
        stop = next((i for i in range(at + 2, len(items)) if items[i].scale is None), len(items))
        low, high = [*items[: at + 1], *items[at + 2 : stop]], [*items[:at], *items[at + 1 : stop]]
        return _range(_positional(low), _positional(high))
    return _positional(items)


def _series(items: list[_Item]) -> int:
    """How many plain figures open the run, none of them 两 or Arabic."""
    count = 0
    for item, following in zip(items, [*items[1:], None], strict=True):
        if item.text not in _SERIES and (item.text not in DIGITS or item.text == "两"):
            break
        count += 1
        if following is not None and following.start > item.end:
            break
    return count


def _read_series(run: str, items: list[_Item], series: int, behind: str) -> ParsedNumeral:
    """二〇二〇 as digits, 二三十 as a range; what else has a scale behind it makes no number."""
    last = items[series - 1]
    following = items[series] if series < len(items) else None
    spaced = following is not None and following.start > last.end
    digits = Decimal("".join(str(item.digit) for item in items[:series]))
    pair = series == 2 and _neighbours(items[0], items[1])
    if following is not None and following.scale and not spaced:
        if pair:
            low, high = [items[0], *items[2:]], items[1:]
            return _range(_positional(low), _positional(high))
        if items[0].digit == 0:
            return _positional(items)
        if series == 4 and run[:2] in ("一九", "二〇", "二零"):
            return ParsedNumeral(last.end, digits)
        return ParsedNumeral(items[-1].end, None)
    if pair and following is None and behind in _COUNTED:
        return ParsedNumeral(last.end, Decimal(items[0].digit or 0), Decimal(items[1].digit or 0))
    return ParsedNumeral(last.end, digits)


def _neighbours(first: _Item, second: _Item) -> bool:
    one, two = first.digit, second.digit
    if first.text[0].isascii() or second.text[0].isascii() or first.end != second.start:
        return False
    return bool(one) and two is not None and (two == (one or 0) + 1 or (one, two) == (3, 5))


def _pair(items: list[_Item]) -> int | None:
    """Where two neighbouring figures stand that only a range explains."""
    for at in range(len(items) - 1):
        if items[at].digit is not None and items[at + 1].digit is not None and _neighbours(items[at], items[at + 1]):
            return at
    return None


def _is_range(items: list[_Item], at: int, behind: str) -> bool:
    second = items[at + 1]
    if at + 2 < len(items):
        # 三五 is a range of its own, 十三五 is a plan
        return items[at + 2].scale is not None and (at == 0 or second.digit != (items[at].digit or 0) + 2)
    if second.text == "两":
        return behind > "一" and behind not in _WEIGHED
    if at and items[at - 1].scale == 10 and second.digit == 5:
        return behind in _PERSONS
    return behind in _COUNTED or (at > 0 and (items[at - 1].scale or 0) >= 100)


def _range(low: ParsedNumeral, high: ParsedNumeral) -> ParsedNumeral:
    if low.value is None or high.value is None or low.value >= high.value:
        return ParsedNumeral(max(low.end, high.end), None)
    return ParsedNumeral(max(low.end, high.end), low.value, high.value)


def _positional(items: list[_Item]) -> ParsedNumeral:
    state = _State()
    end = 0
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        if item.text in "零〇" and (index or (following and following.scale)):
            if following is None or item.text not in "零〇" or not _goes_on(following):
                break
            state.zero = True
            continue
        if item.digit is not None:
            before = items[index - 1] if index else item
            if item.text == before.text == "两" and index:
                # 两两 is an adverb
                return ParsedNumeral(item.end, None)
            if item.text == "两" and index and not (following and (following.scale or 0) >= 100):
                break
            if state.pending is not None:
                if item.start > before.end:
                    break
                return ParsedNumeral(items[-1].end, None)
            if item.digit >= state.room():
                break
            state.take(item)
        elif item.text in TENS and state.pending is None and state.last > 10:
            state.section, state.last = state.section + TENS[item.text], 10
        elif item.scale is None or not state.scale(item.scale):
            break
        if state.pending is None or state.ends_well(item, following):
            end = item.end
    return ParsedNumeral(end, Decimal(state.value(end)) if end else None)


def _goes_on(item: _Item) -> bool:
    return item.digit is not None or item.scale == 10 or item.text in TENS


class _State:
    """What has been read: `above` closed by 亿 or 兆, `group` closed by 万, `section` below 万."""

    def __init__(self) -> None:
        self.above = self.group = self.section = 0
        self.pending: int | None = None
        self.pending_end = 0
        self.arabic = False
        # the last scale of the section, of the whole, and the smallest big one that was closed
        self.last = self.previous = self.ceiling = 10**16
        self.zero = False

    def room(self) -> int:
        """A figure must be smaller than this to stand here."""
        if self.last < 10**16:
            return self.last
        return 10**4 if self.group or self.above else 10**16

    def take(self, item: _Item) -> None:
        self.pending, self.pending_end = item.digit, item.end
        self.arabic = item.text[0].isascii()

    def ends_well(self, item: _Item, following: _Item | None) -> bool:
        """May the numeral end at this figure? Not in front of a scale, which takes it or another numeral does."""
        if following is not None and following.scale and following.start == item.end:
            return False
        if self.previous == 10**16 or self.zero or not self.arabic:
            return True
        return item.end - item.start == 4 and self.previous == 10**4

    def scale(self, scale: int) -> bool:
        """Put a scale behind what was read; False if it has no place here."""
        begins = not (self.above or self.group or self.section or self.previous < 10**16)
        if scale < 10**4:
            if scale >= self.last or (self.pending is None and not (begins or scale == 10)):
                return False
            self.section += (1 if self.pending is None else self.pending) * scale
            self.last = scale
        else:
            amount = self.section + (self.pending or 0)
            if scale == 10**4:
                # 四万万 is four hundred million
                if (self.group and (amount or self.previous != scale)) or not (self.group or amount or begins):
                    return False
                self.group = (self.group or amount or 1) * scale
            else:
                amount += self.group
                if scale >= self.ceiling or not (amount or begins):
                    return False
                self.above += (amount or 1) * scale
                self.group, self.ceiling = 0, scale
            self.section, self.last = 0, 10**16
        self.pending, self.previous, self.zero = None, scale, False
        return True

    def value(self, end: int) -> int:
        """The value up to `end`; the last figure of 一万三 stands one step below its scale."""
        rest = (self.pending or 0) if self.pending_end <= end else 0
        if rest and not self.zero and not self.arabic and 100 <= self.previous < 10**16:
            rest = rest * self.previous // 10
        return self.above + self.group + self.section + rest
