"""The audit: every check over all reports, as rows of `findings`.

Comes in: a Collection with `documents` made, repealed laws by title, the user's lists. Goes out:
findings by report, check and position. A check finds only what the rows prove; what it cannot judge
it leaves out or calls `uncertain`. Checks that a user switches off are not run.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.corpus.audit import (
    arithmetic,
    changes,
    citations,
    completeness,
    issuers,
    plausibility,
    quotes,
    registered,
)
from extractor.corpus.audit.base import Audited, Check, Finding, row_id
from extractor.corpus.audit.reviews import Review, Reviewed, keys
from extractor.corpus.collection import Collection, Row
from extractor.corpus.spill import RowBuckets
from extractor.datamodel.vocabulary import Verdict
from extractor.errors import UnknownRow

__all__ = [
    "CHECKS",
    "Audited",
    "Check",
    "Finding",
    "audit",
    "audit_each",
    "check_named",
    "findings_of",
    "number_findings",
    "outcomes",
]

CHECKS: tuple[Check, ...] = (
    *quotes.CHECKS,
    *citations.CHECKS,
    *issuers.CHECKS,
    *registered.CHECKS,
    *completeness.CHECKS,
    *arithmetic.CHECKS,
    *changes.CHECKS,
    *plausibility.CHECKS,
)
_PLACES = {check.id: at for at, check in enumerate(CHECKS)}


def check_named(check_id: str) -> Check:
    """The check of that id; raises UnknownRow."""
    for check in CHECKS:
        if check.id == check_id:
            return check
    raise UnknownRow(f"no check {check_id}", remedy="known: " + ", ".join(check.id for check in CHECKS))


def audit(audited: Audited, *, off: Container[str] = (), reviews: Sequence[Review] = ()) -> list[Row]:
    """Rows of `findings`; `off` holds the ids of checks that are not run."""
    return list(audit_each(audited, off=off, reviews=reviews))


def audit_each(audited: Audited, *, off: Container[str] = (), reviews: Sequence[Review] = ()) -> Iterator[Row]:
    """Rows of `findings` by report and check: what holds reports against each other is asked of all at once and set
    aside, all else of one report after the other, so that a report's rows are asked for once."""
    collection = audited.collection
    checks = [check for check in CHECKS if check.id not in off]
    aside = RowBuckets(collection.parts, collection.scratch)
    size = len(collection.reports) // aside.count + 1
    order = {report["report_id"]: at for at, report in enumerate(collection.reports)}
    for check in checks:
        if check.archive:
            for row in findings_of(check, audited):
                aside.add(order[row["report_id"]] // size, row)
    reviewed = Reviewed(reviews)
    held: dict[str, list[Row]] = {}
    for at, report in enumerate(collection.reports):
        if at % size == 0:
            held = _by_report(aside.read(at // size))
        found = held.get(report["report_id"], [])
        alone = replace(audited, collection=collection.only(report))
        for check in checks:
            if not check.archive:
                found += findings_of(check, alone)
        yield from _numbered(report, found, reviewed)


def number_findings(rows: Iterable[Row], collection: Collection, reviews: Sequence[Review]) -> list[Row]:
    """The findings by report and check, with ids, and with the reviewers' decisions."""
    by_report, reviewed = _by_report(rows), Reviewed(reviews)
    return [
        row
        for report in collection.reports
        for row in _numbered(report, by_report.get(report["report_id"], ()), reviewed)
    ]


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["report_id"]].append(row)
    return found


def _numbered(report: Row, rows: Iterable[Row], reviewed: Reviewed) -> Iterator[Row]:
    """The findings of one report in the order of the checks."""
    for ordinal, row in enumerate(sorted(rows, key=lambda row: _PLACES.get(row["check"], len(_PLACES))), 1):
        yield reviewed.applied({**row, "finding_id": f"{report['report_id']}-f{ordinal}"}, report["source_path"])


def findings_of(check: Check, audited: Audited) -> list[Row]:
    """What one check finds, without ids; nothing where it lacks its list."""
    if check.needs and getattr(audited, check.needs) is None:
        return []
    return [_row(audited.collection, check, finding) for finding in check.find(audited)]


def outcomes(
    audited: Audited, rows: Iterable[Mapping[str, str]], run: Container[str]
) -> dict[str, tuple[Verdict, int]]:
    """Verdict on the archive and number of rows looked at, for each check that ran: the worst of its
    findings, `pass` without any, `not_assessable` where there was nothing to judge."""
    worst = (Verdict.FAIL, Verdict.UNCERTAIN, Verdict.NOT_ASSESSABLE)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["check"]].add(row["verdict"])
    made = {}
    for check in CHECKS:
        if check.id in run:
            count = check.subjects(audited)
            clean = Verdict.PASS if count else Verdict.NOT_ASSESSABLE
            made[check.id] = (next((verdict for verdict in worst if verdict in found[check.id]), clean), count)
    return made


def _row(collection: Collection, check: Check, finding: Finding) -> Row:
    at = finding.row
    page = at.get("page")
    if page is None and at.get("char_start") is not None:
        page = collection.page_of(at["report_id"], at["char_start"])
    subject, evidence_key = keys(check.id, at, finding.others, finding.about)
    return {
        "finding_id": None,
        "check": check.id,
        "severity": check.severity,
        "verdict": finding.verdict,
        "review": None,
        "review_comment": None,
        "report_id": at["report_id"],
        "document_id": finding.document_id,
        "message": finding.message,
        "quote": at.get("quote"),
        "char_start": at.get("char_start"),
        "char_end": at.get("char_end"),
        "page": page,
        "evidence": " ".join(row_id(row) for row in (at, *finding.others)) if "char_start" in at else None,
        "subject": subject or None,
        "evidence_key": evidence_key,
    }
