"""The audit: every check over all reports, as rows of `findings`.

Comes in: a Collection with `documents` made, repealed laws by title. Goes out: findings by report,
check and position. A check finds only what the rows prove; what it cannot judge it leaves out or
calls `uncertain`. Checks that a user switches off are left out by id.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping

from extractor.corpus.audit import arithmetic, citations, completeness, quotes
from extractor.corpus.audit.base import Audited, Check, Finding, row_id
from extractor.corpus.collection import Collection, Row
from extractor.errors import UnknownRow
from extractor.rules.repeals import Repeal

__all__ = ["CHECKS", "Check", "Finding", "audit", "check_named"]

CHECKS: tuple[Check, ...] = (
    *quotes.CHECKS,
    *citations.CHECKS,
    *completeness.CHECKS,
    *arithmetic.CHECKS,
)


def check_named(check_id: str) -> Check:
    """The check of that id; raises UnknownRow."""
    for check in CHECKS:
        if check.id == check_id:
            return check
    raise UnknownRow(f"no check {check_id}", remedy="known: " + ", ".join(check.id for check in CHECKS))


def audit(collection: Collection, repeals: Mapping[str, Repeal], *, off: Container[str] = ()) -> list[Row]:
    """Rows of `findings`; `off` holds the ids of checks that are not run."""
    audited = Audited(collection, repeals)
    by_report: defaultdict[str, list[tuple[Check, Finding]]] = defaultdict(list)
    for check in CHECKS:
        if check.id not in off:
            for finding in check.find(audited):
                by_report[finding.row["report_id"]].append((check, finding))
    ordinals: Counter[str] = Counter()
    rows = []
    for report in collection.reports:
        for check, finding in by_report.get(report["report_id"], ()):
            ordinals[report["report_id"]] += 1
            ordinal = ordinals[report["report_id"]]
            rows.append(_row(collection, check, finding, ordinal))
    return rows


def _row(collection: Collection, check: Check, finding: Finding, ordinal: int) -> Row:
    at = finding.row
    page = at.get("page")
    if page is None and at.get("char_start") is not None:
        page = collection.page_of(at["report_id"], at["char_start"])
    return {
        "finding_id": f"{at['report_id']}-f{ordinal}",
        "check": check.id,
        "severity": check.severity,
        "verdict": finding.verdict,
        "review": None,
        "report_id": at["report_id"],
        "document_id": finding.document_id,
        "message": finding.message,
        "quote": at.get("quote"),
        "char_start": at.get("char_start"),
        "char_end": at.get("char_end"),
        "page": page,
        "evidence": " ".join((row_id(at), *finding.others)) if "char_start" in at else None,
    }
