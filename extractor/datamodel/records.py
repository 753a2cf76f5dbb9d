"""Records: what the stages make. Frozen; each knows its span, its rule and what it claims.

A record stores no quote (`document.quote(record.span)`) and no id: its id is its place in the
tuple of its kind (1-based ordinal), which the rows turn into `<report_id>-<letter><ordinal>`.
References between records are such ordinals. Absent is None, never 0 or empty text.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import (
    Approximation,
    CitationKind,
    Confidence,
    Dimension,
    IssuerRelation,
    NumeralClass,
    RegionLevel,
    Role,
    SectionKind,
    Strength,
)

Claim = tuple[Span, NumeralClass]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on what year. Names as written in the registry, codes of the registry."""

    title: str | None = None
    title_span: Span | None = None
    issuer: str | None = None
    region: str | None = None
    region_level: RegionLevel | None = None
    division_code: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    report_year: int | None = None
    plan_year: int | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its body (标题与正文). `span` runs from the marker to the next heading of the
    same or a higher level; `heading` is marker plus title. Level 0 is the preamble. `among`: the kinds between
    which the sentences are to be told apart, below a heading that names several; empty where `kind` holds for all."""

    span: Span
    heading: Span
    marker: str | None
    marker_span: Span | None
    title: str
    level: int
    ordinal: str
    kind: SectionKind
    parent: int | None
    rule: str
    among: tuple[SectionKind, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The marker's numeral."""
        return ((self.marker_span, NumeralClass.HEADING),) if self.marker_span else ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document (引文): title and number as one record when they belong together.

    `span` covers title and number; `number` is normalised (宝罗府〔2019〕135号), `number_text` as
    written; `year`, `serial` from the number. `full_title` is what a short form (《条例》, 《行政处罚法》)
    stands for, None where the title is itself full; `articles` as written, joined by ; (第三十五条第二款).
    """

    span: Span
    rule: str
    title: str | None = None
    title_span: Span | None = None
    number: str | None = None
    number_text: str | None = None
    number_span: Span | None = None
    issuer_code: str | None = None
    issuer: str | None = None
    issuer_relation: IssuerRelation | None = None
    issuer_confidence: Confidence | None = None
    full_title: str | None = None
    articles: str | None = None
    year: int | None = None
    serial: int | None = None
    kind: CitationKind = CitationKind.OTHER
    relation: str | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Number first, then title."""
        found: list[Claim] = []
        if self.number_span:
            found.append((self.number_span, NumeralClass.DOCUMENT_NUMBER))
        if self.title_span:
            found.append((self.title_span, NumeralClass.TITLE))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Expression:
    """A fixed expression that holds numerals which measure nothing: 三项制度, 12345, 第十条."""

    span: Span
    kind: NumeralClass
    rule: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All of it."""
        return ((self.span, self.kind),)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number that measures something (指标). `span` is the evidence: name, value and unit.

    Values are in the base unit; `value_low`/`value_high` only for ranges. `part_of` is the ordinal
    of the indicator that this one breaks down. `period` as written (全年), `year` the year meant.
    """

    span: Span
    value_span: Span
    rule: str
    name: str | None
    name_span: Span | None
    value: Decimal
    value_text: str
    unit: str | None
    unit_text: str | None
    dimension: Dimension
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    approx: Approximation = Approximation.EXACT
    role: Role = Role.ACTUAL
    verb: str | None = None
    object: str | None = None
    actor: str | None = None
    scope: str | None = None
    subject: str | None = None
    members: str | None = None
    name_rule: str | None = None
    name_margin: float | None = None
    period: str | None = None
    year: int | None = None
    cumulative: bool = False
    part_of: int | None = None
    source: str = "text"
    indicator: str | None = None
    label: str | None = None
    theme: str | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Value and unit, not the name: a name may hold a slogan."""
        return ((self.value_span, NumeralClass.INDICATOR),)


@dataclass(frozen=True, slots=True)
class Commitment:
    """One sentence that promises future work (承诺). `cue` is the marker, None where the section
    alone says so; `deadline` as an ISO date or year; `theme` from the catalogue."""

    span: Span
    rule: str
    cue: str | None = None
    due_year: int | None = None
    deadline: str | None = None
    strength: Strength = Strength.GENERAL
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One promised action inside the commitment of that ordinal (1-based `ordinal` within it); `means`
    is what it is to be done with (依托…, 以…为抓手)."""

    span: Span
    commitment: int
    ordinal: int
    verb: str | None
    object: str | None
    actor: str | None = None
    target_value: Decimal | None = None
    target_unit: str | None = None
    target_approx: Approximation | None = None
    deadline: str | None = None
    means: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One admitted shortcoming (问题)."""

    span: Span
    rule: str
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral of the text and what became of it; `indicator` is the ordinal of the indicator."""

    span: Span
    kind: NumeralClass
    indicator: int | None = None
