"""Overview: what the folder holds, how far the reports cover places and indicators, what failed, what is new."""

from extractor.desk.desk import Context, Desk, PageView

_COUNTED = ("reports", "sections", "indicators", "citations", "documents", "commitments", "problems", "findings")
_COUNTIES, _NEW, _FAILED, _COVERED = 40, 8, 8, 14


def overview(desk: Desk, view: PageView) -> tuple[str, Context]:
    """The first page."""
    ask = desk.database
    counts = [(name, ask.value(f"SELECT count(*) FROM {name}")) for name in _COUNTED if ask.has(name)]
    status = {row["status"]: row["n"] for row in ask.rows("SELECT status, count(*) AS n FROM sources GROUP BY 1")}
    open_findings = ask.rows(
        "SELECT severity, count(*) AS n FROM findings WHERE coalesce(review, 'reopened') = 'reopened' GROUP BY 1"
    )
    years = [row["y"] for row in ask.rows(
        "SELECT DISTINCT report_year AS y FROM reports WHERE report_year IS NOT NULL ORDER BY 1 DESC LIMIT 8"
    )]  # fmt: skip
    counties, cells = _grid(desk, years[::-1])
    states = ask.rows(
        "SELECT indicator, any_value(label) AS label, count(*) FILTER (state IN ('reported', 'zero')) AS n, "
        "count(*) FILTER (state <> 'not_applicable') AS of_all FROM comparison_long GROUP BY 1 "
        f"HAVING n > 0 ORDER BY n DESC, indicator LIMIT {_COVERED}"
    )
    return "overview.html", {
        "counts": counts,
        "titles": _TITLES,
        "status": status,
        "open_findings": {row["severity"]: row["n"] for row in open_findings},
        "places": ask.value("SELECT count(DISTINCT coalesce(division_code, region)) FROM reports"),
        "years": years[::-1],
        "counties": counties,
        "cells": cells,
        "covered": states,
        "failed": ask.rows(
            "SELECT source_path, status, detail FROM sources WHERE status = 'failed' ORDER BY source_path "
            f"LIMIT {_FAILED}"
        ),
        "newest": ask.rows(
            "SELECT * FROM reports ORDER BY published DESC NULLS LAST, report_year DESC NULLS LAST, source_path "
            f"LIMIT {_NEW}"
        ),
    }


_TITLES = {
    "reports": "Reports", "sections": "Headings", "indicators": "Indicators", "citations": "Citations",
    "documents": "Documents", "commitments": "Commitments", "problems": "Problems", "findings": "Findings",
}  # fmt: skip


def _grid(desk: Desk, years: list[int]) -> tuple[list[str | None], dict[tuple[str | None, int], int]]:
    """Reports by county and year: the counties with the most first."""
    rows = desk.database.rows(
        "SELECT county, report_year AS y, count(*) AS n FROM reports WHERE report_year IS NOT NULL GROUP BY 1, 2"
    )
    cells = {(row["county"], row["y"]): row["n"] for row in rows}
    sums: dict[str | None, int] = {}
    for row in rows:
        sums[row["county"]] = sums.get(row["county"], 0) + row["n"]
    counties = sorted(sums, key=lambda name: (name is None, -sums[name], name or ""))
    return counties[:_COUNTIES], cells
