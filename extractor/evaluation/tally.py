"""Tally: hits, misses and extras of one kind, and the three figures made from them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """A gold entry that was missed, or an extracted row that gold does not have.

    `file` is the stem of the gold file, `what` the quote or value, `context` what stood instead.
    """

    file: str
    what: str
    context: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.what}" + (f"  ({self.context})" if self.context else "")


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits (true positives), misses (false negatives) and extras (false positives)."""

    hits: int = 0
    misses: tuple[Slip, ...] = ()
    extras: tuple[Slip, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.misses + other.misses, self.extras + other.extras)

    @property
    def total(self) -> int:
        """How much there was to judge; 0 if the kind did not occur on either side."""
        return self.hits + len(self.misses) + len(self.extras)

    @property
    def precision(self) -> float | None:
        """Share of the extracted that is right; None if nothing was extracted."""
        extracted = self.hits + len(self.extras)
        return self.hits / extracted if extracted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None if the gold is empty."""
        wanted = self.hits + len(self.misses)
        return self.hits / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: 2 hits / (2 hits + misses + extras)."""
        if not self.total:
            return None
        return 2 * self.hits / (2 * self.hits + len(self.misses) + len(self.extras))
