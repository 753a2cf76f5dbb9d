"""The audit: every check over all reports, as rows of `findings`.

Comes in: a Collection with `documents` made, repealed laws by title, the user's lists. Goes out:
findings by report, check and position. A check finds only what the rows prove; what it cannot judge
it leaves out or calls `uncertain`. Checks that a user switches off are not run.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from extractor.corpus.audit import (
    arithmetic,
    changes,
    citations,
    completeness,
    issuers,
    quotes,
    registered,
)
from extractor.corpus.audit.base import Audited, Check, Finding, row_id
from extractor.corpus.audit.reviews import Review, apply_reviews, keys
from extractor.corpus.collection import Collection, Row
from extractor.datamodel.vocabulary import Verdict
from extractor.errors import UnknownRow

__all__ = [
    "CHECKS",
    "Audited",
    "Check",
    "Finding",
    "audit",
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
)


def check_named(check_id: str) -> Check:
    """The check of that id; raises UnknownRow."""
    for check in CHECKS:
        if check.id == check_id:
            return check
    raise UnknownRow(f"no check {check_id}", remedy="known: " + ", ".join(check.id for check in CHECKS))


def audit(audited: Audited, *, off: Container[str] = (), reviews: Sequence[Review] = ()) -> list[Row]:
    """Rows of `findings`; `off` holds the ids of checks that are not run."""
    rows = [row for check in CHECKS if check.id not in off for row in findings_of(check, audited)]
    return number_findings(rows, audited.collection, reviews)


def number_findings(rows: Iterable[Row], collection: Collection, reviews: Sequence[Review]) -> list[Row]:
    """The findings by report and check, with ids, and with the reviewers' decisions."""
    places = {check.id: at for at, check in enumerate(CHECKS)}
    by_report: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: places.get(row["check"], len(places))):
        by_report[row["report_id"]].append(row)
    ordinals: Counter[str] = Counter()
    made = []
    for report in collection.reports:
        for row in by_report.get(report["report_id"], ()):
            ordinals[report["report_id"]] += 1
            made.append({**row, "finding_id": f"{report['report_id']}-f{ordinals[report['report_id']]}"})
    return apply_reviews(made, {r["report_id"]: r["source_path"] for r in collection.reports}, reviews)


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
