"""Checks of what is missing: documents that all other townships of a county cite, or a list asks for."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.datamodel.vocabulary import Severity, Verdict
from extractor.text.comparable import document_number, title_key

# of three townships two are no rule; from four on the odd one out is worth a look
AT_LEAST = 4


def not_cited(audited: Audited) -> Iterable[Finding]:
    """Reports that alone of their county and year do not cite a document."""
    collection = audited.collection
    counties: defaultdict[tuple[str, int], dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    for report in collection.originals:
        code, year = report.get("division_code"), report.get("report_year")
        if code and len(code) >= 9 and year is not None:
            counties[code[:6], year].setdefault(code, []).append(report)
    missing: list[tuple[str, str, int]] = []
    for townships in counties.values():
        if len(townships) < AT_LEAST:
            continue
        cited_by: defaultdict[str, set[str]] = defaultdict(set)
        for code, reports in townships.items():
            for report in reports:
                for row in collection.rows("citations", report["report_id"]):
                    if row.get("document_id"):
                        cited_by[row["document_id"]].add(code)
        for document_id, codes in sorted(cited_by.items()):
            if len(codes) == len(townships) - 1:
                (left_out,) = set(townships) - codes
                missing.append((townships[left_out][0]["report_id"], document_id, len(codes)))
    wanted = {document_id for _, document_id, _ in missing}
    names = {
        row["document_id"]: " ".join(filter(None, (row["title"], row["number"])))
        for row in collection.each("documents")
        if row["document_id"] in wanted
    }
    for report_id, document_id, count in missing:
        name = names[document_id]
        message = f"all {count} other townships of the county cite {name}"
        yield Finding({"report_id": report_id}, message, Verdict.UNCERTAIN, document_id=document_id, about=name)


def required_not_cited(audited: Audited) -> Iterable[Finding]:
    """Reports in which a document of the user's list is never cited, by number or by title."""
    for report in audited.collection.originals:
        rows = audited.collection.rows("citations", report["report_id"])
        numbers = {document_number(row["number"]) for row in rows if row.get("number")}
        titles = {title_key(row["title"]) for row in rows if row.get("title")}
        for entry in audited.required or ():
            wanted = title_key(entry.title)
            named = bool(wanted) and any(wanted in title for title in titles)
            if not named and document_number(entry.number) not in numbers:
                yield Finding(
                    {"report_id": report["report_id"]}, f"never cites {entry.name}, which is required", about=entry.name
                )


CHECKS = (
    Check(
        "completeness.cited_by_all_others",
        Severity.INFO,
        "Within a county and year, from four townships on: a document that every township cites "
        "but one. The report may rely on it without naming it, so the verdict is uncertain.",
        not_cited,
        ("citations", "document_id"),
        archive=True,
    ),
    Check(
        "completeness.required_not_cited",
        Severity.WARNING,
        "Needs --required FILE: documents that every report must rely on, by title or number. A "
        "report that cites one neither by its number nor under a title that holds the wanted one fails.",
        required_not_cited,
        ("reports", "report_id"),
        "required",
    ),
)
