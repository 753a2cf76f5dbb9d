"""What an audit gives to be written out: findings with their reports, verdicts by check, context."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.corpus.audit.base import Check
from extractor.datamodel.vocabulary import Verdict

Row = Mapping[str, Any]
AROUND = 40
COLUMNS = (
    "finding_id", "severity", "check", "verdict", "review", "review_comment", "report", "page", "message", "quote",
    "char_start", "char_end", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Findings as rows of `findings`, each report by id, the checks that ran with their verdict and the
    number of rows they looked at, and the text of a report."""

    findings: Sequence[Row]
    reports: Mapping[str, Row]
    outcomes: Sequence[tuple[Check, Verdict, int]]
    text_of: Callable[[str], str]

    def path(self, row: Row) -> str:
        """Source path of the finding's report."""
        return str(self.reports[row["report_id"]]["source_path"])

    def title(self, report_id: str) -> str:
        """Title of a report, else its path."""
        report = self.reports[report_id]
        return str(report.get("title") or report["source_path"])

    def around(self, row: Row) -> tuple[str, str, str]:
        """Text before, the quote, text behind; empty without a place."""
        start, end = row.get("char_start"), row.get("char_end")
        if start is None or end is None:
            return "", "", ""
        text = self.text_of(row["report_id"])
        return text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]

    def flat(self, row: Row) -> dict[str, Any]:
        """The finding with its path instead of its report's id."""
        return {name: self.path(row) if name == "report" else row.get(name) for name in COLUMNS}


def as_csv(report: AuditReport) -> str:
    """One line per finding; cells that look like formulas are made harmless."""
    from extractor.tables.writers.csv import cell

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in report.findings:
        writer.writerow([cell(value) for value in report.flat(row).values()])
    return stream.getvalue()


def as_json(report: AuditReport) -> str:
    """Checks with verdicts, findings with columns of the table."""
    made = {
        "checks": [
            {"id": check.id, "severity": check.severity, "verdict": verdict, "rows_looked_at": count}
            for check, verdict, count in report.outcomes
        ],
        "findings": [report.flat(row) for row in report.findings],
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
