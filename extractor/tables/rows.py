"""Rows: an Extraction → plain rows per table, with ids, quotes and pages.

Comes in: an Extraction. Goes out: table name → list of dicts with every column of the schema, in the order
of the text. Decimals become floats, dates ISO texts, enums their values; absent is None.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from extractor import __version__
from extractor.datamodel.extraction import Extraction
from extractor.datamodel.records import Identity
from extractor.datamodel.span import Span
from extractor.tables.schema import BY_NAME

Row = dict[str, Any]
PER_REPORT = ("reports", "sections", "indicators", "numerals", "citations", "commitments", "actions", "problems")


def rows_of(extraction: Extraction) -> dict[str, list[Row]]:
    """Rows of the tables that one report fills."""
    makers = {
        "reports": _report,
        "sections": _sections,
        "indicators": _indicators,
        "numerals": _numerals,
        "citations": _citations,
        "commitments": _commitments,
        "actions": _actions,
        "problems": _problems,
    }
    return {name: [_whole(name, row) for row in makers[name](extraction)] for name in PER_REPORT}


def _whole(table: str, row: Mapping[str, Any]) -> Row:
    """All columns of the schema in its order, as plain values."""
    return {name: plain(row.get(name)) for name in BY_NAME[table].names}


def plain(value: Any) -> Any:
    """The value as a table holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if value == "" and isinstance(value, str):
        return None
    return value


def _report(extraction: Extraction) -> list[Row]:
    document, identity = extraction.document, extraction.identity
    values = {name: getattr(identity, name) for name in Identity.__slots__}
    return [
        {
            **values,
            "report_id": document.source.report_id,
            "source_path": document.source.path,
            "page_count": len(document.pages) or None,
            "char_count": len(document.text),
            "text_origin": document.text_origin,
            "warnings": "; ".join(extraction.warnings) or None,
            "extractor_version": __version__,
            "patterns_version": extraction.patterns_version,
        }
    ]


def _id(extraction: Extraction, letter: str, ordinal: int | None) -> str | None:
    return None if ordinal is None else f"{extraction.document.source.report_id}-{letter}{ordinal}"


def _place(extraction: Extraction, span: Span) -> Row:
    document = extraction.document
    return {
        "report_id": document.source.report_id,
        "section_id": _id(extraction, "s", extraction.section_at(span.start)),
        "quote": document.quote(span),
        "char_start": span.start,
        "char_end": span.end,
        "page": document.page_of(span),
    }


def _values(record: Any) -> Row:
    return {name: getattr(record, name) for name in record.__slots__}


def _sections(extraction: Extraction) -> list[Row]:
    return [
        {
            **_values(section),
            **_place(extraction, section.span),
            "section_id": _id(extraction, "s", ordinal),
            "parent_id": _id(extraction, "s", section.parent),
        }
        for ordinal, section in enumerate(extraction.sections, 1)
    ]


def _indicators(extraction: Extraction) -> list[Row]:
    return [
        {
            **_values(indicator),
            **_place(extraction, indicator.span),
            "indicator_id": _id(extraction, "i", ordinal),
            "part_of": _id(extraction, "i", indicator.part_of),
        }
        for ordinal, indicator in enumerate(extraction.indicators, 1)
    ]


def _numerals(extraction: Extraction) -> list[Row]:
    return [
        {
            **_place(extraction, numeral.span),
            "class": numeral.kind,
            "indicator_id": _id(extraction, "i", numeral.indicator),
        }
        for numeral in extraction.numerals
    ]


def _citations(extraction: Extraction) -> list[Row]:
    return [
        {
            **_values(citation),
            **_place(extraction, citation.span),
            "citation_id": _id(extraction, "c", ordinal),
        }
        for ordinal, citation in enumerate(extraction.citations, 1)
    ]


def _commitments(extraction: Extraction) -> list[Row]:
    return [
        {
            **_values(commitment),
            **_place(extraction, commitment.span),
            "commitment_id": _id(extraction, "k", ordinal),
        }
        for ordinal, commitment in enumerate(extraction.commitments, 1)
    ]


def _actions(extraction: Extraction) -> list[Row]:
    return [
        {
            **_values(action),
            **_place(extraction, action.span),
            "commitment_id": _id(extraction, "k", action.commitment),
        }
        for action in extraction.actions
    ]


def _problems(extraction: Extraction) -> list[Row]:
    return [
        {
            **_values(problem),
            **_place(extraction, problem.span),
            "problem_id": _id(extraction, "p", ordinal),
        }
        for ordinal, problem in enumerate(extraction.problems, 1)
    ]
