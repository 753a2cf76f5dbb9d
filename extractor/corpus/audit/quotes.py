"""Checks of the tables against the kept texts: each quote stands where its row says; each numeral
has its class."""

from collections.abc import Iterable

from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.datamodel.vocabulary import NumeralClass, Severity, Verdict
from extractor.tables.schema import SCHEMAS

# findings are made of the others, after them
_QUOTED = tuple(schema.name for schema in SCHEMAS if schema.quoted and schema.name != "findings")


def wrong_quotes(audited: Audited) -> Iterable[Finding]:
    """Rows whose quote is not the slice of the text that they name."""
    for report in audited.collection.reports:
        report_id = report["report_id"]
        text = audited.collection.text_of(report_id)
        for table in _QUOTED:
            for row in audited.collection.rows(table, report_id):
                if row.get("char_start") is None:
                    continue
                if text[row["char_start"] : row["char_end"]] != row["quote"]:
                    yield Finding(row, f"{table}: the text does not hold this quote at its place")


def unexplained_numerals(audited: Audited) -> Iterable[Finding]:
    """One finding per report that has numerals of no known kind, at the first of them."""
    for report in audited.collection.reports:
        rows = [
            row
            for row in audited.collection.rows("numerals", report["report_id"])
            if row["class"] == NumeralClass.UNEXPLAINED
        ]
        if rows:
            shown = "、".join(row["quote"] for row in rows[:5])
            message = f"{len(rows)} numerals are of no known kind: {shown}"
            yield Finding(rows[0], message, Verdict.NOT_ASSESSABLE)


CHECKS = (
    Check(
        "quote.mismatch",
        Severity.ERROR,
        "Each quote in the tables is compared with the kept text at the row's place. A finding "
        "means that tables and texts do not belong together: rows were edited, or a text was "
        "exchanged after extraction.",
        wrong_quotes,
        ("numerals", "quote"),
    ),
    Check(
        "numeral.unexplained",
        Severity.INFO,
        "Counts the numerals of a report that the program could place nowhere. They may be "
        "figures that the tables lack; whoever relies on totals should read them.",
        unexplained_numerals,
        ("numerals", "class"),
    ),
)
