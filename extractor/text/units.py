"""Units (单位) and measure words (量词): longest known word at a place, with its base unit.

Comes in: lines of `patterns/lexicons/units.txt` (word base factor dimension; the last three may be
left out for a count that is its own base unit). A fifth field is a condition: a regular expression without
white space that must match where the word starts, with what stands around it; a word may have several lines,
and the first whose condition holds is taken. Bracketed and slashed units are read too: 台(套), 只(头、匹), 元/吨.
"""

from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension
from extractor.errors import RuleFault
from extractor.text.tokens import Tokens

_BRACKET = regex.compile(r"\([一-鿿]{1,2}(?:[、/][一-鿿]{1,2})*\)")

_SLASH = regex.compile("[、/]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as listed: value in `base` = value × factor; `condition` must match at the word's place."""

    word: str
    base: str
    factor: Decimal
    dimension: Dimension
    condition: "regex.Pattern[str] | None" = None


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found in a view: all of it (with bracket or slash), and the unit it is read as."""

    span: Span
    base: str
    factor: Decimal
    dimension: Dimension


_WORDS_AHEAD = regex.compile("[一-龥]{2,10}")
# 20所以上, 12人次左右: terms of a bound make no word with the unit before them
_BOUND = ("以上", "以下", "以内", "以外", "及以上", "及以下", "左右", "上下")


class Units:
    """Look-up of units at a place of a view.

    With `tokens`, a measure word that only begins a longer word is no unit: 单 of 12单位, 人 of 12人民调解员.
    """

    def __init__(self, lines: tuple[str, ...], tokens: Tokens | None = None) -> None:
        self._tokens = tokens
        self._ahead: dict[str, tuple[int, ...]] = {}
        self._units: dict[str, list[Unit]] = {}
        for unit in map(_parse, lines):
            self._units.setdefault(unit.word, []).append(unit)
        self._lengths = sorted({len(word) for word in self._units}, reverse=True)

    def at(self, view: str, position: int) -> UnitMatch | None:
        """The longest unit that starts at `position`; None if none does.

        >>> Units(("台", "亩 亩 1 area", "元 元 1 money")).at("台(套)设备", 0).base
        '台'
        """
        unit = self._longest(view, position)
        if unit is None:
            return None
        end = position + len(unit.word)
        bracket = _BRACKET.match(view, end)
        if bracket and all(part in self._units for part in _SLASH.split(bracket[0][1:-1])):
            return UnitMatch(Span(position, bracket.end()), unit.base, unit.factor, unit.dimension)
        if view[end : end + 1] == "/":
            per = self._longest(view, end + 1)
            if per:
                base = f"{unit.base}/{per.base}"
                return UnitMatch(Span(position, end + 1 + len(per.word)), base, unit.factor, Dimension.OTHER)
        return UnitMatch(Span(position, end), unit.base, unit.factor, unit.dimension)

    def _longest(self, view: str, position: int) -> Unit | None:
        for length in self._lengths:
            for unit in self._units.get(view[position : position + length], ()):
                if len(unit.word) == length and _fits(view, position, unit):
                    edges = self._edges(view, position, unit)
                    if edges and edges[0] > length:
                        return None
                    if not edges or length in edges:
                        return unit
        return None

    def _edges(self, view: str, position: int, unit: Unit) -> tuple[int, ...]:
        """Where the words ahead end, by the words of the clause; empty where they do not decide.

        12单位 has no measure word, since 单位 is one word; 3000户家庭 has 户, since 户家 would cut 家庭.
        """
        if self._tokens is None or unit.condition is not None or unit.dimension is not Dimension.COUNT:
            return ()
        ahead = _WORDS_AHEAD.match(view, position)
        if ahead is None or view.startswith(_BOUND, position + len(unit.word)):
            return ()
        text = ahead[0]
        if text not in self._ahead:
            words = self._tokens.cut(text)
            self._ahead[text] = (
                () if len(words[0].text) > 1 and words[0].text in self._units else tuple(word.end for word in words)
            )
        return self._ahead[text]

    def find(self, word: str) -> Unit | None:
        """The unit of that very word, of several the one without a condition; None if it is not listed."""
        units = self._units.get(word, ())
        return next((unit for unit in units if unit.condition is None), units[0] if units else None)


def _fits(view: str, position: int, unit: Unit) -> bool:
    """False for the m of mb and the 两 of 两会."""
    end = position + len(unit.word)
    last, behind = view[end - 1], view[end : end + 1]
    if last.isascii() and last.isalpha() and behind.isascii() and behind.isalnum():
        return False
    return unit.condition is None or unit.condition.match(view, position) is not None


def _parse(line: str) -> Unit:
    word, *rest = line.split()
    if not rest:
        return Unit(word, word, Decimal(1), Dimension.COUNT)
    try:
        base, factor, dimension, *condition = rest
        (pattern,) = condition or (None,)
        condition_or_none = regex.compile(pattern, regex.V1) if pattern else None
        return Unit(word, base, Decimal(factor), Dimension(dimension), condition_or_none)
    except (ValueError, ArithmeticError, regex.error) as fault:
        raise RuleFault(
            f"line {line!r}: word, base, factor, dimension are wanted",
            where="lexicons/units.txt",
            remedy="give all four (and a condition), or the word alone",
        ) from fault
