"""Claims: which stretch of the text belongs to whom. What one stage has claimed no other takes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.datamodel.records import Claim
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import NumeralClass

_CLASSES = tuple(NumeralClass)
_INDEX = {kind: index + 1 for index, kind in enumerate(_CLASSES)}


@dataclass(slots=True)
class Claims:
    """One byte per code point: 0 free, else the class of the first claim that came."""

    length: int
    _owner: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._owner = bytearray(self.length)

    def add(self, claims: Iterable[Claim]) -> None:
        """Claim what is still free of each span; what is taken stays with its owner."""
        for span, kind in claims:
            index = _INDEX[kind]
            for at in range(span.start, span.end):
                if not self._owner[at]:
                    self._owner[at] = index

    def is_free(self, span: Span) -> bool:
        """True if no code point of the span is claimed."""
        return not any(self._owner[span.start : span.end])

    def owner(self, span: Span) -> NumeralClass | None:
        """The class that holds the first claimed code point of the span; None if it is free."""
        for index in self._owner[span.start : span.end]:
            if index:
                return _CLASSES[index - 1]
        return None
