"""Extraction: what a report gave. Outcome: what happened to a file. Neither holds times."""

from bisect import bisect_right
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document and all records made from it, each tuple in text order."""

    document: Document
    identity: Identity = Identity()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    expressions: tuple[Expression, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    actions: tuple[Action, ...] = ()
    problems: tuple[Problem, ...] = ()
    numerals: tuple[Numeral, ...] = ()
    warnings: tuple[str, ...] = ()
    patterns_version: str = ""

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
