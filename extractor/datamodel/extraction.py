"""Extraction: what a report gave. Outcome: what happened to a file. Neither holds times."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from extractor.datamodel.document import Document, SourceFile
from extractor.datamodel.records import (
    Action,
    Citation,
    Commitment,
    Expression,
    Identity,
    Indicator,
    Numeral,
    Problem,
    Section,
)
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import NumeralClass, SourceStatus

R = TypeVar("R")
Made = Mapping[type, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document and all records made from it: `of(Kind)` gives those of a class in text order, the properties
    those that people ask for by name."""

    document: Document
    made: Made = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    patterns_version: str = ""

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a class, in text order; none if no stage made any."""
        return self.made.get(kind, ())

    @property
    def identity(self) -> Identity:
        """Who reports on what year; empty if no stage said."""
        return next(iter(self.of(Identity)), Identity())

    @property
    def sections(self) -> tuple[Section, ...]:
        """Headings and their bodies (章节)."""
        return self.of(Section)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Mentions of documents (引文)."""
        return self.of(Citation)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Fixed expressions with numerals that measure nothing."""
        return self.of(Expression)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Numbers that measure something (指标)."""
        return self.of(Indicator)

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Sentences that promise (承诺)."""
        return self.of(Commitment)

    @property
    def actions(self) -> tuple[Action, ...]:
        """What commitments promise (举措)."""
        return self.of(Action)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Shortcomings admitted (问题)."""
        return self.of(Problem)

    @property
    def numerals(self) -> tuple[Numeral, ...]:
        """Every numeral, accounted for (数字台账)."""
        return self.of(Numeral)

    def section_at(self, position: int) -> int | None:
        """Ordinal (1-based) of the innermost section that holds the position; None before any."""
        return innermost(self.sections, position)

    @property
    def unexplained(self) -> int:
        """Number of numerals that nobody claimed."""
        return sum(numeral.kind is NumeralClass.UNEXPLAINED for numeral in self.numerals)


def innermost(sections: tuple[Section, ...], position: int) -> int | None:
    """Ordinal of the last section that starts at or before `position` and still holds it."""
    index = bisect_right(sections, position, key=lambda section: section.span.start)
    while index > 0:
        if sections[index - 1].span.end > position:
            return index
        index -= 1
    return None


def section_of(sections: tuple[Section, ...], span: Span) -> Section | None:
    """The innermost section in which the span starts."""
    ordinal = innermost(sections, span.start)
    return sections[ordinal - 1] if ordinal else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a file: status, and for a failure the error's line (code and remedy)."""

    source: SourceFile
    status: SourceStatus
    detail: str | None = None
    extraction: Extraction | None = None
