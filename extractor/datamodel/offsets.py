"""OffsetMap: from a place in the normalised text back to the place in the file.

Built by the readers while they clean (recorded as it happens, never reconstructed): each kept
or mapped character remembers its raw position; what was inserted (a space between two joined
words) has none; what was dropped is on record with its reason.
"""

from array import array
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that reading made: `kind` (joined, dropped, mapped), raw interval, count."""

    kind: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Text position → raw position; `raw[i]` is -1 for an inserted character.

    Raw positions are code points of the decoded source (of the concatenated page texts of a
    PDF). `boxes`, if any, holds four floats per text position: x0, top, x1, bottom in points.
    `strays`: start, end and page of stretches that stand on another page than the text around
    them (the rest of a table's row behind a page break).
    """

    raw: "array[int]"
    repairs: tuple[Repair, ...] = ()
    boxes: "array[float] | None" = None
    strays: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def identity(cls, length: int) -> "OffsetMap":
        """The map of a text that reading did not change."""
        return cls(array("q", range(length)))

    def raw_position(self, position: int) -> int | None:
        """Raw position of a text position; None for an inserted character."""
        value = self.raw[position]
        return None if value < 0 else value


@dataclass(slots=True)
class TextBuilder:
    """Collects the normalised text and its OffsetMap side by side.

    `boxed`: keep four floats per character, zeros where a character has no rectangle. Rectangles come as the bytes of
    these floats, of four bytes each.
    """

    boxed: bool = False
    _parts: list[str] = field(default_factory=list)
    _raw: "array[int]" = field(default_factory=lambda: array("q"))
    _repairs: list[Repair] = field(default_factory=list)
    _boxes: "array[float]" = field(default_factory=lambda: array("f"))

    @property
    def length(self) -> int:
        """Code points so far."""
        return len(self._raw)

    def keep(self, text: str, raw_start: int, boxes: bytes | None = None) -> None:
        """Append characters that stand in the source as they are, from `raw_start` on."""
        self._append(text, boxes)
        self._raw.extend(range(raw_start, raw_start + len(text)))

    def map(self, text: str, raw_position: int, boxes: bytes | None = None) -> None:
        """Append what replaces the one raw character at `raw_position`."""
        self._append(text, boxes)
        self._raw.extend([raw_position] * len(text))
        self._repairs.append(Repair("mapped", raw_position, raw_position + 1))

    def insert(self, text: str) -> None:
        """Append characters that the source does not hold."""
        self._append(text, None)
        self._raw.extend([-1] * len(text))

    def _append(self, text: str, boxes: bytes | None) -> None:
        self._parts.append(text)
        if self.boxed:
            self._boxes.frombytes(bytes(16 * len(text)) if boxes is None else boxes)

    def record(self, kind: str, raw_start: int, raw_end: int) -> None:
        """Put a repair (joined, dropped) on record."""
        self._repairs.append(Repair(kind, raw_start, raw_end))

    def build(self) -> tuple[str, OffsetMap]:
        """The text and its map."""
        boxes = self._boxes if self.boxed else None
        return "".join(self._parts), OffsetMap(self._raw, tuple(self._repairs), boxes)
