"""Records: what the stages make. Frozen; each knows its span, its rule and what it claims.

A record stores no quote (`document.quote(record.span)`) and no id: its id is its place in the
tuple of its kind (1-based ordinal), which the rows turn into `<report_id>-<letter><ordinal>`.
References between records are such ordinals. Absent is None, never 0 or empty text.

Each class says what its table is (`TABLE`) and each field that people read what its column is (`column`); fields that
no stage fills are found over all reports, after extraction (extractor/corpus). A class that stands here has its table.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from extractor.datamodel.columns import RecordTable, column
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who reports on what year. Names as written in the registry, codes of the registry.

    `undecided` says in one line which places it may be, where `division_code` is null for want of evidence.
    """

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
    undecided: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its body (标题与正文). `span` runs from the marker to the next heading of the
    same or a higher level; `heading` is marker plus title. Level 0 is the preamble. `among`: the kinds between
    which the sentences are to be parted, below a heading that names several; empty where `kind` holds for all."""

    TABLE: ClassVar = RecordTable(
        "sections", "章节", "a heading and its body", "section_id", "章节编号", "s",
        first=("report_id",), last=("char_start", "char_end", "page"),
    )  # fmt: skip

    span: Span
    heading: Span
    marker_span: Span | None
    among: tuple[SectionKind, ...] = ()
    parent: int | None = column(
        "上级章节",
        "the section it lies in; null at the top",
        "51317e816fef15f8-s2",
        name="parent_id",
        refers="sections",
    )
    level: int = column("层级", "1 一、 2 （一） 3 1. 4 （1） or 一是; 0 the preamble", "2")
    ordinal: str = column("序号", "place in the tree of headings", "2.1.3")
    marker: str | None = column("标号", "as written; null for the preamble and headings without a mark", "（一）")
    title: str = column(
        "标题", "as written, without marker and closing mark; null for the preamble", "规范行政执法", nullable=True
    )
    kind: SectionKind = column("类别", "achievements, problems, leadership, plan, rectification, other", "plan")
    rule: str = column("规则", "id of the rule that found the heading", "section.arabic")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The marker's numeral."""
        return ((self.marker_span, NumeralClass.HEADING),) if self.marker_span else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A number that measures something (指标). `span` is the evidence: name, value and unit.

    Values are in the base unit; `value_low`/`value_high` only for ranges. `part_of` is the ordinal
    of the indicator that this one breaks down. `period` as written (全年), `year` the year meant.
    """

    TABLE: ClassVar = RecordTable(
        "indicators", "指标", "a number that measures something", "indicator_id", "指标编号", "i"
    )

    span: Span
    value_span: Span
    name_span: Span | None
    indicator: str | None = column("目录键", "key of the catalogue; null if unmatched", "disputes_mediated", None)
    label: str | None = column("目录名", "Chinese label of the catalogue; null if unmatched", "受理调处矛盾纠纷", None)
    theme: str | None = column("主题", "theme of the catalogue; null if unmatched", "矛盾纠纷化解", None)
    name: str | None = column(
        "名称", "the phrase as written that says what is counted; null if no reading is clear", "调处矛盾纠纷"
    )
    verb: str | None = column("动作", "what was done, without adverbs; null for a rate or an amount", "调处", None)
    object: str | None = column(
        "对象", "the noun phrase that is counted or measured; null for an act that is itself counted", "矛盾纠纷", None
    )
    actor: str | None = column("施事", "who did it; null for the reporting body itself", "各村网格员", None)
    scope: str | None = column("范围", "where, or in which part of the whole; null if not stated", "全镇", None)
    subject: str | None = column(
        "所属",
        "what the row refers back to: the noun phrase or row before it; null if on nothing",
        "各类矛盾纠纷",
        None,
    )
    members: str | None = column("成员", "the list before 等N个; null if none stands there", "婚姻、邻里", None)
    name_rule: str | None = column(
        "命名规则", "the shape of clause that placed verb and object; null for a table's cell", "indicator.before", None
    )
    name_margin: float | None = column(
        "命名余量", "how clearly it won over the next reading, 0 to 1; null for a table's cell", "0.65", None
    )
    value: Decimal = column(
        "数值", "in the base unit, 万 and 亿 folded; the lower end of a range", "536", unit="column unit"
    )
    value_low: Decimal | None = column(
        "下限", "lower end of a range; null for one value", "3", None, unit="column unit"
    )
    value_high: Decimal | None = column(
        "上限", "upper end of a range; null for one value", "5", None, unit="column unit"
    )
    value_text: str = column("数字原文", "the numeral as written", "3万余")
    unit: str | None = column("单位", "base unit; null for a bare number", "起")
    unit_text: str | None = column("单位原文", "as written; null for a bare number", "起")
    dimension: Dimension = column("量纲", "count, money, ratio, area, length, duration, points, other", "count")
    approx: Approximation = column("约数", "exact, about, over, under, at_least, at_most", "exact", Approximation.EXACT)
    role: Role = column("性质", "actual, target, change (signed), baseline", "actual", Role.ACTUAL)
    period: str | None = column("时段", "as written; null if not stated", "全年", None)
    year: int | None = column("年度", "the year meant; null if neither number nor report says one", "2021", None)
    cumulative: bool = column("累计", "true for a stock, false for a flow", "false", False)
    part_of: int | None = column(
        "属于",
        "indicator_id of the total that it breaks down; null if of none",
        "454b9579cadf0be4-i32",
        None,
        refers="indicators",
    )
    source: str = column("出处", "text or table", "text", "text")
    rule: str = column("规则", "id of the rule that gave the row", "indicator.name_before")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Value and unit, not the name: a name may hold a slogan."""
        return ((self.value_span, NumeralClass.INDICATOR),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A numeral of the text and what became of it; `indicator` is the ordinal of the indicator."""

    TABLE: ClassVar = RecordTable(
        "numerals", "数字台账", "a numeral of the text, accounted for",
        key=("report_id", "char_start"), first=("report_id", "char_start", "char_end", "quote"), last=(),
    )  # fmt: skip

    span: Span
    kind: NumeralClass = column(
        "类别", "what became of it; unexplained if nothing did", "document_number", name="class"
    )
    indicator: int | None = column(
        "指标编号",
        "the indicator it is the value of; null otherwise",
        "454b9579cadf0be4-i52",
        None,
        name="indicator_id",
        refers="indicators",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One mention of a document (引文): title and number as one record when they belong together.

    `span` covers title and number; `number` is normalised (宝罗府〔2019〕135号), `number_text` as
    written; `year`, `serial` from the number. `full_title` is what a short form (《条例》, 《行政处罚法》)
    stands for, None where the title is itself full; `articles` as written, joined by ; (第三十五条第二款).
    """

    TABLE: ClassVar = RecordTable("citations", "引文", "one mention of a document", "citation_id", "引文编号", "c")

    span: Span
    title_span: Span | None = None
    number_span: Span | None = None
    document_id: str | None = column(
        "文件编号", "the distinct document; null for newspapers, forms and letters", "D858909e14982", None
    )
    document_match: str | None = column(
        "归并依据",
        "how it was matched: number, title, full_title, short_form, number_of_title, similar_title; null without document_id",
        "number",
        None,
    )
    title: str | None = column(
        "标题", "as written, without 《》; null where only a number stands", "青禾县信访工作责任制实施细则", None
    )
    full_title: str | None = column(
        "全称",
        "the title that a short form or a law's short name stands for; null where the title is full or the meaning unclear",
        "中华人民共和国民法典",
        None,
    )
    articles: str | None = column(
        "条款", "articles of a law as written, separated by semicolons; null if none is named", "第三十三条", None
    )
    number: str | None = column("文号", "normalised; null where only a title stands", "宝罗府〔2019〕135号", None)
    number_text: str | None = column("文号原文", "as written; null without a number", "宝罗府[2019]135号", None)
    issuer_code: str | None = column("机关代字", "what stands before the year; null without a number", "宝罗府", None)
    issuer: str | None = column(
        "发文机关", "decoded from the code or opening the title; null if unknown or ambiguous", "青禾县人民政府", None
    )
    issuer_relation: IssuerRelation | None = column(
        "发文关系", "own, superior, party, other; null if unknown", "superior", None
    )
    issuer_confidence: Confidence | None = column(
        "发文把握",
        "certain (listed code), stated (opens the title), high (own or higher place, general office), medium (by the grammar of codes); null without issuer",
        "high",
        None,
    )
    year: int | None = column("年份", "of the number; null without one", "2019", None)
    serial: int | None = column("序号", "of the number; null without one", "135", None)
    kind: CitationKind = column(
        "种类",
        "law, administrative_regulation, local_regulation, rule, normative_document, party_document, plan, judicial, standard, case, other",
        "normative_document",
        CitationKind.OTHER,
    )
    relation: str | None = column(
        "关系", "how the report uses it, own for its own number; null if not stated", "落实", None
    )
    rule: str = column("规则", "id of the rule that gave the row", "citation.number.bracketed")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Number first, then title."""
        found: list[Claim] = []
        if self.number_span:
            found.append((self.number_span, NumeralClass.DOCUMENT_NUMBER))
        if self.title_span:
            found.append((self.title_span, NumeralClass.TITLE))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A fixed expression that holds numerals which measure nothing: 三项制度, 12345, 第十条."""

    span: Span
    kind: NumeralClass
    rule: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All of it."""
        return ((self.span, self.kind),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One sentence that promises future work (承诺). `cue` is the marker, None where the section
    alone says so; `deadline` as an ISO date or year; `theme` from the catalogue."""

    TABLE: ClassVar = RecordTable(
        "commitments", "承诺", "one sentence that promises future work", "commitment_id", "承诺编号", "k"
    )

    span: Span
    theme: str | None = column("主题", "field of work; null if none", "行政执法", None)
    cue: str | None = column("标志", "the future marker; null where the section alone says so", "计划", None)
    due_year: int | None = column(
        "到期年度", "the deadline's year, else the plan year; null if neither is known", "2022", None
    )
    deadline: str | None = column("期限", "ISO date, month or year; null if not stated", "2022-06", None)
    strength: Strength = column(
        "力度", "measurable_with_deadline, measurable, specific, general", "measurable", Strength.GENERAL
    )
    rule: str = column("规则", "id of the rule that gave the row", "commitment.plan_section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One promised action inside the commitment of that ordinal (1-based `ordinal` within it); `means`
    is what it is to be done with (依托…, 以…为抓手)."""

    TABLE: ClassVar = RecordTable(
        "actions", "举措", "one promised action inside a commitment",
        key=("commitment_id", "ordinal"), first=("commitment_id", "ordinal", "report_id"),
    )  # fmt: skip

    span: Span
    commitment: int = column(
        "承诺编号", "the commitment", "51317e816fef15f8-k2", name="commitment_id", refers="commitments"
    )
    ordinal: int = column("序号", "1-based within the commitment", "1")
    actor: str | None = column("责任主体", "null if not named", "司法所", None)
    verb: str | None = column("动词", "with its adverbs; null where only a target stands", "全面推行")
    object: str | None = column("对象", "what the verb acts on; null if nothing", "行政执法公示制度")
    target_value: Decimal | None = column(
        "目标值", "in the base unit; null if no number is promised", "4", None, unit="column target_unit"
    )
    target_unit: str | None = column("目标单位", "base unit; null for a bare number or none", "个", None)
    target_approx: Approximation | None = column(
        "目标约数", "as in indicators; null without a number", "at_least", None
    )
    deadline: str | None = column("期限", "ISO date, month or year; null if not stated", "2022-12", None)
    means: str | None = column(
        "手段", "what it is to be done with: 依托…, 以…为抓手; null if not stated", "依托综治中心", None
    )
    frequency: str | None = column("频次", "how often, as written; null if not stated", "每季度", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One admitted shortcoming (问题)."""

    TABLE: ClassVar = RecordTable("problems", "问题", "one admitted shortcoming", "problem_id", "问题编号", "p")

    span: Span
    theme: str | None = column("主题", "field of work; null if none", "行政执法", None)
    recurring: bool | None = column(
        "反复", "true if an earlier report of the place admits it too; null if not compared", "true", None
    )
    earlier_problem_id: str | None = column(
        "前次问题", "the problem of the earlier report; null unless recurring", "1f084173939b0e7f-p6", None
    )
    answered_by: str | None = column(
        "对应承诺",
        "commitment_ids of the same report that answer it, best first, separated by semicolons; null if none",
        "51317e816fef15f8-k1",
        None,
    )
    rule: str = column("规则", "id of the rule that gave the row", "problem.section")


# every class that has a table, in the order of the tables: what is written above is known everywhere
RECORDS: tuple[type[Any], ...] = tuple(kind for kind in list(globals().values()) if hasattr(kind, "TABLE"))
