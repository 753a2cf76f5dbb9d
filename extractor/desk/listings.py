"""Listings: the lists of the desk as data. A line here is a page with facets, and its CSV and JSON.

Comes in: nothing. Goes out: LISTINGS. `source` is SQL of ours (t: the rows, r: their report); `facets` and `orders`
name SQL expressions, so that no word of a request ever becomes SQL. Orders end with what is unique and hold no null:
a page goes on behind the last row that was shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

_MOST = "1.7e308"


@dataclass(frozen=True, slots=True)
class ListCell:
    """A column of the page: header, what kind of cell it is, and the columns of the row that it shows."""

    header: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One list; `asked` are filters that an address may hold beside the facets."""

    name: str
    title: str
    source: str
    columns: str
    cells: tuple[ListCell, ...]
    orders: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, str] = field(default_factory=dict)
    search: str | None = None
    asked: Mapping[str, str] = field(default_factory=dict)


def _cells(*lines: str) -> tuple[ListCell, ...]:
    """Header | kind | column."""
    return tuple(ListCell(*(part.strip() for part in line.split("|"))) for line in lines)


_OF_REPORT = "r.county, r.region, r.division_code, r.report_year, t.*"
_PLACE = {"county": "r.county", "region": "r.region"}
_YEAR = {"report_year": "r.report_year"}
_HERE = _cells("Place | place | region", "Report | report | report_year")


def _of_reports(table: str) -> str:
    return f"{table} t JOIN reports r USING (report_id)"


LISTINGS: tuple[Listing, ...] = (
    Listing(
        "reports",
        "Reports",
        "reports r",
        "r.*",
        _cells("Title | report_title | title", "Place | place | region", "County | text | county",
               "Year | year | report_year", "Published | text | published", "Characters | number | char_count",
               "File | text | source_path"),
        {"path": ("r.source_path",), "newest": ("-coalesce(r.report_year, 0)", "r.source_path")},
        {"report_year": "r.report_year", "county": "r.county", "region_level": "r.region_level"},
        "concat_ws(' ', r.title, r.region, r.source_path)",
        {"region": "r.region"},
    ),
    Listing(
        "indicators",
        "Indicators",
        _of_reports("indicators"),
        _OF_REPORT,
        (*_cells("Name | row | name", "Value | figure | value", "Role | word | role", "Year | year | year"), *_HERE,
         *_cells("Quote | quote | quote")),
        {
            "place": ("t.report_id", "t.char_start", "t.indicator_id"),
            "largest": (f"coalesce(-t.value, {_MOST})", "t.indicator_id"),
            "smallest": (f"coalesce(t.value, {_MOST})", "t.indicator_id"),
        },
        {"theme": "t.theme", "indicator": "t.indicator", **_PLACE, **_YEAR, "role": "t.role"},
        "concat_ws(' ', t.name, t.subject, t.label)",
        {"unit": "t.unit", "report_id": "t.report_id"},
    ),
    Listing(
        "citations",
        "Citations",
        _of_reports("citations"),
        _OF_REPORT,
        (*_cells("Title | row | title", "Number | text | number", "Relation | text | relation"), *_HERE),
        {"place": ("t.report_id", "t.char_start", "t.citation_id")},
        {"kind": "t.kind", "relation": "t.relation", **_PLACE, **_YEAR},
        "concat_ws(' ', t.title, t.full_title, t.number)",
        {"document_id": "t.document_id", "report_id": "t.report_id"},
    ),
    Listing(
        "documents",
        "Documents",
        "documents t",
        "t.*",
        _cells("Title | document | title", "Number | text | number", "Kind | word | kind", "Issuer | text | issuer",
               "Year | year | year", "Reports that cite it | number | n_reports", "Mentions | number | n_citations"),
        {"cited": ("-t.n_reports", "-t.n_citations", "t.document_id"), "year": ("-coalesce(t.year, 0)", "t.document_id")},
        {"kind": "t.kind", "year": "t.year", "matched_by": "t.matched_by"},
        "concat_ws(' ', t.title, t.number, t.issuer)",
    ),
    Listing(
        "commitments",
        "Commitments",
        _of_reports("commitments"),
        _OF_REPORT,
        (*_cells("Promise | row | quote", "Theme | text | theme", "Deadline | text | deadline",
                 "Strength | word | strength"), *_HERE),
        {"place": ("t.report_id", "t.char_start", "t.commitment_id")},
        {"theme": "t.theme", "strength": "t.strength", **_PLACE, **_YEAR},
        "t.quote",
        {"report_id": "t.report_id"},
    ),
    Listing(
        "fulfilment",
        "Promises kept",
        "fulfilment t JOIN reports r ON r.report_id = t.promise_report_id",
        _OF_REPORT,
        (*_cells("Promise | promise | promise_quote", "Outcome | word | outcome", "Answer | quote | quote"), *_HERE),
        {"place": ("t.promise_report_id", "t.promise_char_start", "t.commitment_id", "t.ordinal", "t.report_id")},
        {"outcome": "t.outcome", **_PLACE, **_YEAR},
        "concat_ws(' ', t.promise_quote, t.quote)",
        {"report_id": "t.promise_report_id"},
    ),
    Listing(
        "problems",
        "Problems",
        _of_reports("problems"),
        _OF_REPORT,
        (*_cells("Problem | row | quote", "Theme | text | theme", "Came back | word | recurring"), *_HERE),
        {"place": ("t.report_id", "t.char_start", "t.problem_id")},
        {"theme": "t.theme", "recurring": "t.recurring", **_PLACE, **_YEAR},
        "t.quote",
        {"report_id": "t.report_id"},
    ),
    Listing(
        "findings",
        "Findings",
        _of_reports("findings"),
        _OF_REPORT,
        (*_cells("Finding | row | message", "Check | text | check", "Severity | word | severity",
                 "Review | word | review"), *_HERE),
        {"place": ("t.report_id", "t.finding_id")},
        {"severity": "t.severity", "verdict": "t.verdict", "check": 't."check"', "review": "coalesce(t.review, 'undecided')",
         **_PLACE, **_YEAR},
        "concat_ws(' ', t.message, t.quote)",
        {"report_id": "t.report_id"},
    ),
    Listing(
        "sources",
        "Files",
        "sources t",
        "t.*",
        _cells("File | file | source_path", "Status | word | status", "Reason | worded | detail",
               "Type | text | media_type", "Bytes | number | bytes"),
        {"path": ("t.source_path",)},
        {"status": "t.status", "media_type": "t.media_type"},
        "concat_ws(' ', t.source_path, t.detail)",
    ),
    Listing(
        "comparison",
        "Comparison",
        "comparison_long t",
        "t.*",
        _cells("Place | place | region", "Year | year | report_year", "Indicator | text | label",
               "Value | figure | value", "State | word | state", "Evidence | id | indicator_id"),
        {"place": ("coalesce(t.division_code, t.region, '')", "t.report_year", "t.indicator")},
        {"state": "t.state", "indicator": "t.indicator", "county": "t.county", "report_year": "t.report_year"},
        "concat_ws(' ', t.region, t.label)",
        {"region": "t.region"},
    ),
)  # fmt: skip
BY_LISTING = {listing.name: listing for listing in LISTINGS}
