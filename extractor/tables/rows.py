"""Rows: an Extraction → plain rows per table, with ids, quotes and pages.

Comes in: an Extraction. Goes out: table name → list of dicts with every column of the schema, in the order
of the text. Decimals become floats, dates ISO texts, enums their values; absent is None.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from math import ceil, floor
from typing import Any

from extractor import __version__
from extractor.datamodel.columns import columns_of, references_of
from extractor.datamodel.extraction import Extraction
from extractor.datamodel.records import RECORDS
from extractor.datamodel.span import Span
from extractor.tables.schema import BY_NAME

Row = dict[str, Any]
_FIELDS = {kind: (columns_of(kind), references_of(kind)) for kind in RECORDS}
# tables that one report fills
PER_REPORT = ("reports", *(kind.TABLE.name for kind in RECORDS), "places")


def rows_of(extraction: Extraction) -> dict[str, list[Row]]:
    """Rows of the tables that one report fills."""
    tables = {kind.TABLE.name: _records(extraction, kind) for kind in RECORDS}
    return {"reports": [_whole("reports", _report(extraction))], **tables, "places": _places(extraction, tables)}


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


def _report(extraction: Extraction) -> Row:
    document, identity = extraction.document, extraction.identity
    return {
        **{one.name: getattr(identity, one.name) for one in fields(identity)},
        "report_id": document.source.report_id,
        "source_path": document.source.path,
        "page_count": len(document.pages) or None,
        "char_count": len(document.text),
        "text_origin": document.text_origin,
        "warnings": "; ".join(extraction.warnings) or None,
        "extractor_version": __version__,
        "patterns_version": extraction.patterns_version,
    }


def _records(extraction: Extraction, kind: type[Any]) -> list[Row]:
    """The rows of a record class: its place, its id, and each field that is a column."""
    (columns, references), table = _FIELDS[kind], kind.TABLE
    rows = []
    for ordinal, record in enumerate(extraction.of(kind), 1):
        row = _place(extraction, record.span)
        for name, column in columns.items():
            value = getattr(record, name)
            row[column.name] = _id(extraction, references[name], value) if name in references else value
        if table.id:
            row[table.id] = _id(extraction, table.name, ordinal)
        rows.append(_whole(table.name, row))
    return rows


def _id(extraction: Extraction, table: str, ordinal: int | None) -> str | None:
    """The row id of the record of that ordinal."""
    return None if ordinal is None else f"{extraction.document.source.report_id}-{BY_NAME[table].letter}{ordinal}"


def _place(extraction: Extraction, span: Span) -> Row:
    document = extraction.document
    return {
        "report_id": document.source.report_id,
        "section_id": _id(extraction, "sections", extraction.section_at(span.start)),
        "quote": document.quote(span),
        "char_start": span.start,
        "char_end": span.end,
        "page": document.page_of(span),
    }


def row_id_of(table: str, row: Mapping[str, Any]) -> str:
    """What `places` calls a row by: its id; of a numeral its start, of an action its number in the commitment."""
    if table == "numerals":
        return f"{row['report_id']}-n{row['char_start']}"
    if table == "actions":
        return f"{row['commitment_id']}-a{row['ordinal']}"
    return str(row[BY_NAME[table].key[0]])


def evidence_of(text: str, table: str, row: Mapping[str, Any]) -> Span:
    """The stretch of the kept text that a row's places cover: its quote; of a section the line that opens it."""
    start, end = row["char_start"], row["char_end"]
    if table == "sections":
        line = text.find("\n", start, end)
        end = end if line < 0 else line
    return Span(start, end)


def _places(extraction: Extraction, tables: Mapping[str, list[Row]]) -> list[Row]:
    """Where each row stands, line by line; none for formats without pages."""
    document = extraction.document
    if document.offsets is None or document.offsets.boxes is None:
        return []
    return [
        _whole(
            "places",
            {
                "row_id": row_id_of(table, row),
                "page": place.page,
                "x0": _outward(place.x0, floor),
                "top": _outward(place.top, floor),
                "x1": _outward(place.x1, ceil),
                "bottom": _outward(place.bottom, ceil),
            },
        )
        for table, rows in tables.items()
        for row in rows
        for place in document.places_of(evidence_of(document.text, table, row))
    ]


def _outward(value: float, rounded: Callable[[float], int]) -> float:
    """To hundredths, so that nothing falls out of the rectangle."""
    return rounded(value * 100) / 100
