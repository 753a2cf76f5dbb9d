"""Closed sets: what a column may hold. The values are what the tables show."""

from enum import StrEnum


class RegionLevel(StrEnum):
    """Level of the body that reports."""

    TOWNSHIP = "township"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATIONAL = "national"
    DEPARTMENT = "department"


class SectionKind(StrEnum):
    """What a section speaks of."""

    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    LEADERSHIP = "leadership"
    PLAN = "plan"
    RECTIFICATION = "rectification"
    OTHER = "other"


class Approximation(StrEnum):
    """How exactly a value is meant: 700余 is over, 近800 under, 不少于5% at_least."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Role(StrEnum):
    """Whether a value was reached, is promised, is a difference, or is what one starts from."""

    ACTUAL = "actual"
    TARGET = "target"
    CHANGE = "change"
    BASELINE = "baseline"


class Dimension(StrEnum):
    """What kind of quantity a unit measures."""

    COUNT = "count"
    MONEY = "money"
    RATIO = "ratio"
    AREA = "area"
    LENGTH = "length"
    DURATION = "duration"
    POINTS = "points"
    OTHER = "other"


class CitationKind(StrEnum):
    """What kind of document is cited."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    LOCAL_REGULATION = "local_regulation"
    RULE = "rule"
    NORMATIVE_DOCUMENT = "normative_document"
    PARTY_DOCUMENT = "party_document"
    PLAN = "plan"
    JUDICIAL = "judicial"
    STANDARD = "standard"
    CASE = "case"
    OTHER = "other"


class IssuerRelation(StrEnum):
    """How a document's issuer stands to the report's: itself, above it, of the party, or someone else."""

    OWN = "own"
    SUPERIOR = "superior"
    PARTY = "party"
    OTHER = "other"


class Confidence(StrEnum):
    """How sure a decoded issuer is: listed; opens the title; own place and general office; by grammar alone."""

    CERTAIN = "certain"
    STATED = "stated"
    HIGH = "high"
    MEDIUM = "medium"


class NumeralClass(StrEnum):
    """What became of a numeral; every numeral of a report has one."""

    INDICATOR = "indicator"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    TITLE = "title"
    HEADING = "heading"
    ORDINAL = "ordinal"
    LAW_ARTICLE = "law_article"
    NAME = "name"
    SLOGAN = "slogan"
    IDIOM = "idiom"
    PHONE = "phone"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    FREQUENCY = "frequency"
    DURATION = "duration"
    DEADLINE = "deadline"
    THRESHOLD = "threshold"
    RATIO = "ratio"
    VAGUE = "vague"
    VERSION = "version"
    PAGE = "page"
    UNEXPLAINED = "unexplained"


class Strength(StrEnum):
    """How firmly a commitment can be checked; the rule stands in stages/promises/commitments.py."""

    MEASURABLE_WITH_DEADLINE = "measurable_with_deadline"
    MEASURABLE = "measurable"
    SPECIFIC = "specific"
    GENERAL = "general"


class SourceStatus(StrEnum):
    """What happened to a file of the archive."""

    EXTRACTED = "extracted"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    SKIPPED = "skipped"


class TextOrigin(StrEnum):
    """Where the characters come from."""

    NATIVE = "native"
    OCR = "ocr"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """What a check says of its subject."""

    PASS = "pass"
    FAIL = "fail"
    UNCERTAIN = "uncertain"
    NOT_ASSESSABLE = "not_assessable"
