"""What a stage is, and what it may look at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document
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


@dataclass(slots=True)
class Progress:
    """The records made so far and what they have claimed; stages read it, the pipeline fills it."""

    claims: Claims
    identity: Identity = Identity()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    expressions: tuple[Expression, ...] = ()
    quantities: tuple[Any, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    actions: tuple[Action, ...] = ()
    problems: tuple[Problem, ...] = ()
    numerals: tuple[Numeral, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A step: `makes` names the field of Progress that it fills, `needs` those that it reads.

    `run(document, so_far, context)` gives the records in text order (a single Identity for the
    stage `identity`). It is pure: equal input gives equal records.
    """

    name: str
    makes: str
    needs: tuple[str, ...]
    run: Callable[[Document, Progress, Context], Any]
