"""What a stage is, and what it may look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document
from extractor.datamodel.records import Identity
from extractor.errors import GovreportError
from extractor.rules import Knowledge
from extractor.rules.gazetteer import Gazetteer
from extractor.text.tokens import Tokens
from extractor.text.units import Units


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """Built once per process, read-only: rules, gazetteers, tokeniser, units, the user's options.

    `area` is a division code or name that settles ambiguous places; None if the user gave none. `bare_laws`:
    laws named without 《》 are citations too.
    """

    knowledge: Knowledge
    gazetteer: Gazetteer
    tokens: Tokens
    units: Units
    area: str | None = None
    bare_laws: bool = False


R = TypeVar("R")


class Progress:
    """What earlier stages have made, and what of the text they have claimed.

    A stage is handed a view that shows only the classes it `needs`: asking for another raises GovreportError, so that
    STAGES can be ordered, and parts of it run alone, by what the stages say of themselves.
    """

    __slots__ = ("_made", "_needs", "_stage", "claims")

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self._made: dict[type, tuple[Any, ...]] = {}
        self._needs: frozenset[type] | None = None
        self._stage = ""

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """Records of that class in text order; none if no stage made any yet."""
        if self._needs is not None and kind not in self._needs:
            raise GovreportError(
                f"stage {self._stage} reads {kind.__name__} records without needing them",
                remedy="add the class to its `needs` in extractor/stages/__init__.py",
            )
        return self._made.get(kind, ())

    @property
    def identity(self) -> Identity:
        """Who reports on what year; empty before the stage `identity`."""
        return next(iter(self.of(Identity)), Identity())

    @property
    def made(self) -> Mapping[type, tuple[Any, ...]]:
        """All records by class."""
        return self._made

    def view(self, stage: "Stage[Any]") -> "Progress":
        """The same records, as far as the stage may see them."""
        seen = Progress(self.claims)
        seen._made, seen._needs, seen._stage = self._made, frozenset(stage.needs), stage.name
        return seen

    def add(self, kind: type[R], records: tuple[R, ...]) -> None:
        """Keep what a stage has made; what its records claim is claimed."""
        self._made[kind] = records
        for record in records:
            self.claims.add(getattr(record, "claims", ()))


@dataclass(frozen=True, slots=True)
class Stage(Generic[R]):
    """A step: `makes` is the class of its records, `needs` the classes of those that it reads.

    `run(document, so_far, context)` gives the records in text order. It is pure: equal input gives equal records.
    """

    name: str
    makes: type[R]
    needs: tuple[type, ...]
    run: Callable[[Document, Progress, Context], tuple[R, ...]]
