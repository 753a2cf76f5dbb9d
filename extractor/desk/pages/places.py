"""Places: the list of places, and a place with its years, trends, promises and what became of them, findings."""

from collections import defaultdict
from typing import Any

from extractor.corpus.ranks import kind_of
from extractor.desk.desk import Context, Desk, PageView
from extractor.desk.drawings import trend
from extractor.errors import UnknownRow

_TRENDS, _PROMISES, _FINDINGS = 12, 60, 20
_OUTCOMES = ("fulfilled", "partly", "reported", "repeated", "not_mentioned")


def place_list(desk: Desk, view: PageView, query: dict[str, str]) -> tuple[str, Context]:
    """All places by county, with the years of their reports; `q` looks for names."""
    words = query.get("q", "").strip()
    rows = desk.database.rows(
        "SELECT county, any_value(city) AS city, region, division_code, list(DISTINCT report_year ORDER BY report_year) "
        "AS years, count(*) AS reports FROM reports WHERE region IS NOT NULL AND contains(concat_ws(' ', county, region), ?) "
        "GROUP BY county, region, division_code ORDER BY county NULLS LAST, division_code NULLS LAST, region",
        [words],
    )
    counties: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        counties[row["county"]].append(row)
    return "places.html", {"counties": dict(counties), "words": words, "total": len(rows)}


def place_page(desk: Desk, view: PageView, place: str) -> tuple[str, Context]:
    """One place, by its code or its name; raises UnknownRow."""
    ask = desk.database
    reports = ask.rows(
        "SELECT * FROM reports WHERE division_code = ? OR (region = ? AND (division_code IS NULL OR division_code = ?)) "
        "ORDER BY report_year, source_path",
        [place, place, ""],
    ) or ask.rows("SELECT * FROM reports WHERE region = ? ORDER BY report_year, source_path", [place])
    if not reports:
        raise UnknownRow(f"no place {place}", where=str(desk.database.folder), remedy="see the list of places")
    ids = [row["report_id"] for row in reports]
    holes = ", ".join("?" * len(ids))
    findings = ask.rows(
        f"SELECT * FROM findings WHERE report_id IN ({holes}) ORDER BY report_id, finding_id LIMIT {_FINDINGS}", ids
    )
    promises = ask.rows(
        f"SELECT * FROM fulfilment WHERE promise_report_id IN ({holes}) "
        "ORDER BY promise_report_id, promise_char_start LIMIT 2000",
        ids,
    )
    years = {row["report_id"]: row["report_year"] for row in reports}
    return "place.html", {
        "place": reports[-1],
        "reports": reports,
        "counts": _counts(desk, ids),
        "trends": _trends(desk, view, reports[-1]),
        "outcomes": _outcomes(promises, years),
        "outcome_names": _OUTCOMES,
        "promises": sorted(promises, key=lambda row: (-(years[row["promise_report_id"]] or 0), row["promise_char_start"]))[:_PROMISES],
        "years": years,
        "findings": findings,
        "problems": ask.rows(
            f"SELECT * FROM problems WHERE report_id IN ({holes}) AND recurring ORDER BY report_id, char_start LIMIT 20",
            ids,
        ),
    }  # fmt: skip


def _counts(desk: Desk, ids: list[str]) -> dict[str, dict[str, int]]:
    """Rows of each table by report."""
    holes = ", ".join("?" * len(ids))
    found: dict[str, dict[str, int]] = {report_id: {} for report_id in ids}
    for table in ("indicators", "citations", "commitments", "findings"):
        rows = desk.database.rows(
            f"SELECT report_id, count(*) AS n FROM {table} WHERE report_id IN ({holes}) GROUP BY 1", ids
        )
        for row in rows:
            found[row["report_id"]][table] = row["n"]
    return found


def _trends(desk: Desk, view: PageView, place: dict[str, Any]) -> list[dict[str, Any]]:
    """The indicators with the most years, drawn; a year whose unit is another stays out of the line."""
    who = "division_code" if place["division_code"] else "region"
    rows = desk.database.rows(
        f"SELECT * FROM comparison_long WHERE {who} = ? AND value IS NOT NULL ORDER BY indicator, report_year",
        [place[who]],
    )
    by_key: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_key[row["indicator"]].append(row)
    ordered = sorted(by_key.values(), key=lambda group: (-len(group), group[0]["indicator"]))[:_TRENDS]
    made = []
    for group in ordered:
        same = [row for row in group if kind_of(row["unit"] or "") == kind_of(group[-1]["unit"] or "")]
        points = [(row["report_year"], row["value"], view.figure(row)) for row in same]
        made.append({"label": group[0]["label"], "key": group[0]["indicator"], "rows": group, "picture": trend(points)})
    return made


def _outcomes(promises: list[dict[str, Any]], years: dict[str, Any]) -> dict[Any, dict[str, int]]:
    """How many promised actions of each year came to which outcome."""
    found: dict[Any, dict[str, int]] = {}
    for row in promises:
        counted = found.setdefault(years[row["promise_report_id"]], dict.fromkeys(_OUTCOMES, 0))
        counted[row["outcome"]] += 1
    return dict(sorted(found.items(), key=lambda item: item[0] or 0))
