"""Lists: the page of a listing, with facets, and for a chosen indicator its values drawn."""

from collections.abc import Mapping
from statistics import quantiles
from typing import Any

from extractor.corpus.ranks import kind_of
from extractor.desk.desk import Context, Desk, PageView
from extractor.desk.drawings import bars
from extractor.desk.listing import PAGE, Asked, facets_of, page_of
from extractor.desk.listings import Listing

_BARS = 40
FACET_LABELS = {
    "report_year": "Year", "county": "County", "region": "Place", "region_level": "Level", "theme": "Theme",
    "indicator": "Indicator", "role": "Role", "kind": "Kind", "relation": "Relation", "strength": "Strength",
    "outcome": "Outcome", "recurring": "Came back", "severity": "Severity", "verdict": "Verdict", "check": "Check",
    "review": "Review", "status": "Status", "media_type": "Type", "state": "State", "year": "Year",
    "matched_by": "Match", "unit": "Unit", "report_id": "Report", "document_id": "Document",
}  # fmt: skip


def list_page(desk: Desk, view: PageView, listing: Listing, asked: Asked, most: int = PAGE) -> tuple[str, Context]:
    """One page of the list."""
    rows, after = page_of(desk.database, listing, asked, most)
    total, facets = facets_of(desk.database, listing, asked)
    context = {
        "listing": listing,
        "asked": asked,
        "rows": rows,
        "after": after,
        "total": total,
        "facets": [(name, FACET_LABELS.get(name, name), _labelled(desk, name, facets[name])) for name in facets],
        "labels": FACET_LABELS,
        "words": {"indicator": desk.database.indicator_labels()} if "indicator" in asked.filters else {},
        "drawing": _drawing(desk, view, asked) if listing.name == "indicators" else None,
    }
    return "list.html", context


def _labelled(desk: Desk, name: str, values: list[tuple[Any, int]]) -> list[tuple[Any, Any, int]]:
    """Value, how it is called, count: keys of the catalogue have labels."""
    labels: Mapping[Any, Any] = desk.database.indicator_labels() if name == "indicator" else {}
    return [(value, labels.get(value, value), count) for value, count in values]


def _drawing(desk: Desk, view: PageView, asked: Asked) -> Context | None:
    """Ranked bars of a chosen indicator for one year, with quartiles; values of another unit stay out."""
    key = asked.filters.get("indicator")
    if not key or key == "-":
        return None
    clauses, values = ["indicator = ?", "value IS NOT NULL"], [key]
    for name in ("county", "region"):
        if asked.filters.get(name) and asked.filters[name] != "-":
            clauses.append(f"{name} = ?")
            values.append(asked.filters[name])
    where = " AND ".join(clauses)
    year = asked.filters.get("report_year") or desk.database.value(
        f"SELECT max(report_year) FROM comparison_long WHERE {where}", values
    )
    rows = desk.database.rows(
        f"SELECT * FROM comparison_long WHERE {where} AND CAST(report_year AS VARCHAR) = ? ORDER BY value DESC",
        [*values, str(year)],
    )
    if not rows:
        return None
    kinds = [kind_of(row["unit"] or "") for row in rows]
    most = max(kinds, key=kinds.count)
    same = [row for row, kind in zip(rows, kinds, strict=True) if kind == most]
    marks = []
    if len(same) >= 4:
        cuts = quantiles([row["value"] for row in same], n=4, method="inclusive")
        marks = [
            (view.say(name), cut)
            for name, cut in zip(("lower quartile", "median", "upper quartile"), cuts, strict=True)
        ]
    drawn = [
        (row["region"] or "?", row["value"], view.figure(row), view.row(row["indicator_id"])) for row in same[:_BARS]
    ]
    return {
        "label": same[0]["label"],
        "year": year,
        "picture": bars(drawn, marks[1:2] if len(drawn) > 14 else marks),
        "shown": len(drawn),
        "of": len(same),
        "left_out": len(rows) - len(same),
    }
