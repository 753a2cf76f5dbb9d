"""Span: a half-open stretch of a document's text, in code points."""

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open interval `[start, end)` of code points; sorts by start, then end."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """True if the two share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """True if `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def slice(self, text: str) -> str:
        """The stretch of `text` that the span marks."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> "Span":
        """The same length, moved by `by` code points."""
        return Span(self.start + by, self.end + by)
