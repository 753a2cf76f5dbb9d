"""Units (单位) and measure words (量词): longest known word at a place, with its base unit.

Comes in: lines of `patterns/lexicons/units.txt` (word base factor dimension; the last three may be
left out for a count that is its own base unit). Bracketed and slashed units are read too:
台(套), 只(头、匹), 元/吨.
"""

from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension
from extractor.errors import RuleFault

_BRACKET = regex.compile(r"\([一-鿿]{1,2}(?:[、/][一-鿿]{1,2})*\)")

_SLASH = regex.compile("[、/]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as listed: value in `base` = value × factor."""

    word: str
    base: str
    factor: Decimal
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found in a view: all of it (with bracket or slash), and the unit it is read as."""

    span: Span
    base: str
    factor: Decimal
    dimension: Dimension


class Units:
    """Look-up of units at a place of a view."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self._units = {unit.word: unit for unit in map(_parse, lines)}
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
            unit = self._units.get(view[position : position + length])
            if unit is not None and len(unit.word) == length:
                return unit
        return None

    def find(self, word: str) -> Unit | None:
        """The unit of that very word; None if it is not listed."""
        return self._units.get(word)


def _parse(line: str) -> Unit:
    word, *rest = line.split()
    if not rest:
        return Unit(word, word, Decimal(1), Dimension.COUNT)
    try:
        base, factor, dimension = rest
        return Unit(word, base, Decimal(factor), Dimension(dimension))
    except (ValueError, ArithmeticError) as fault:
        raise RuleFault(
            f"line {line!r}: word, base, factor, dimension are wanted",
            where="lexicons/units.txt",
            remedy="give all four or the word alone",
        ) from fault
