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
        words = sorted(self._units, key=lambda word: (-len(word), word))
        self._pattern = regex.compile("|".join(map(regex.escape, words)))

    def at(self, view: str, position: int) -> UnitMatch | None:
        """The longest unit that starts at `position`; None if none does.

        >>> Units(("台", "亩 亩 1 area", "元 元 1 money")).at("台(套)设备", 0).base
        '台'
        """
        found = self._pattern.match(view, position)
        if not found:
            return None
        unit, end = self._units[found[0]], found.end()
        bracket = _BRACKET.match(view, end)
        if bracket and all(part in self._units for part in regex.split("[、/]", bracket[0][1:-1])):
            return UnitMatch(Span(position, bracket.end()), unit.base, unit.factor, unit.dimension)
        if view[end : end + 1] == "/":
            per = self._pattern.match(view, end + 1)
            if per:
                base = f"{unit.base}/{self._units[per[0]].base}"
                return UnitMatch(Span(position, per.end()), base, unit.factor, Dimension.OTHER)
        return UnitMatch(Span(position, end), unit.base, unit.factor, unit.dimension)

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
