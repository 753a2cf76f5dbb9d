"""SARIF 2.1.0: findings for tools that show results of analyses (editors, code hosts).

Offsets count code points of the kept text; the file named is the source, so the region also carries
the quoted text. Only kind `fail` has a level, as the standard demands; what a reviewer dismissed is
suppressed.
"""

import json
from typing import Any
from urllib.parse import quote

from extractor import __version__
from extractor.corpus.audit.report import AuditReport, Row
from extractor.datamodel.vocabulary import Severity, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_KINDS = {
    Verdict.FAIL: "fail",
    Verdict.UNCERTAIN: "review",
    Verdict.NOT_ASSESSABLE: "open",
    Verdict.PASS: "pass",
}


def as_sarif(report: AuditReport) -> str:
    """One run with a rule per check that ran and a result per finding."""
    rules = [
        {
            "id": check.id,
            "shortDescription": {"text": check.id},
            "fullDescription": {"text": check.docs},
            "defaultConfiguration": {"level": _LEVELS[check.severity]},
        }
        for check, _, _ in report.outcomes
    ]
    places = {rule["id"]: at for at, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "govreport", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, row, places) for row in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(report: AuditReport, row: Row, places: dict[Any, int]) -> dict[str, Any]:
    kind = _KINDS[Verdict(row["verdict"])]
    made: dict[str, Any] = {
        "ruleId": row["check"],
        "ruleIndex": places[row["check"]],
        "kind": kind,
        "level": _LEVELS[Severity(row["severity"])] if kind == "fail" else "none",
        "message": {"text": row["message"]},
        "locations": [{"physicalLocation": _place(report, row)}],
        "partialFingerprints": {"evidence/v1": row["evidence_key"]},
        "properties": {"finding_id": row["finding_id"], "verdict": row["verdict"], "page": row["page"]},
    }
    if row.get("review") == "dismissed":
        made["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": row.get("review_comment") or "dismissed"}
        ]
    return made


def _place(report: AuditReport, row: Row) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(report.path(row), safe="/!")}}
    if row.get("char_start") is not None:
        place["region"] = {
            "charOffset": row["char_start"],
            "charLength": row["char_end"] - row["char_start"],
            "snippet": {"text": row["quote"]},
        }
    return place
