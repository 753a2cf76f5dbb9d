"""govreport compare OUT"""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from extractor.cli.options import FOLDER, print_table


@click.command(epilog="Example: govreport compare tables/ --indicator disputes_mediated")
@FOLDER
@click.option("--indicator", multiple=True, help="Key of the catalogue; all if not given.")
@click.option("--long", "as_long", is_flag=True, help="One row per place, year and indicator, with its state.")
@click.option("--coverage", is_flag=True, help="Only how many places and years are in each state, per indicator.")
@click.option("--losing", is_flag=True, help="Only the rows that lost against another value, with their quotes.")
def command(out: Path, indicator: tuple[str, ...], as_long: bool, coverage: bool, losing: bool) -> int:
    """Compare places and years: first how many reports state each indicator, then the values."""
    from extractor.errors import UnknownRow
    from extractor.tables.store import Store

    store = Store(out)
    rows = store.rows("comparison_long")
    known = sorted({row["indicator"] for row in rows})
    for key in indicator:
        if key not in known:
            raise UnknownRow(f"no indicator {key}", remedy="known: " + ", ".join(known))
    rows = [row for row in rows if not indicator or row["indicator"] in indicator]
    if coverage:
        _print_coverage(rows)
        return 0
    if losing:
        _print_losing(rows, {row["indicator_id"]: row for row in store.rows("indicators")})
        return 0
    if as_long:
        names = ["region", "report_year", "indicator", "label", "value", "unit", "state", "indicator_id"]
        print_table(names, [[row[name] for name in names] for row in rows])
        return 0
    keys = list(dict.fromkeys(row["indicator"] for row in rows))
    stated = {key: [r for r in rows if r["indicator"] == key and r["value"] is not None] for key in keys}
    shown = [key for key in keys if stated[key]]
    labels = {row["indicator"]: row["label"] or row["indicator"] for row in rows}
    places = list(dict.fromkeys((r["region"], r["division_code"], r["report_year"]) for r in rows))
    order = sorted(shown, key=lambda key: (-len(stated[key]), key))
    print_table(
        ["indicator", "label", "reports", "of"], [[key, labels[key], len(stated[key]), len(places)] for key in order]
    )
    click.echo()
    cells = {(r["region"], r["division_code"], r["report_year"], r["indicator"]): r["value"] for r in rows}
    print_table(
        ["region", "code", "year", *(labels[key] for key in order)],
        [[*place, *(cells.get((*place, key)) for key in order)] for place in places],
    )
    return 0


_STATES = ("reported", "zero", "not_reported", "not_applicable", "unreadable")


def _print_coverage(rows: list[dict[str, Any]]) -> None:
    """One line per indicator: places and years in each state, the most reported first."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        counts.setdefault((row["indicator"], row["label"] or row["indicator"]), Counter())[row["state"]] += 1
    order = sorted(counts, key=lambda key: (-counts[key]["reported"] - counts[key]["zero"], key))
    print_table(["indicator", "label", *_STATES], [[*key, *(counts[key][state] for state in _STATES)] for key in order])


def _print_losing(rows: list[dict[str, Any]], by_id: dict[str, dict[str, Any]]) -> None:
    """One line per losing row, below what it lost against."""
    lines = []
    for row in rows:
        disputed = set((row["disputed"] or "").split())
        for lost in (row["not_chosen"] or "").split():
            other = by_id[lost]
            verdict = "disputed" if lost in disputed else "set aside"
            quote = " ".join(other["quote"].split())
            lines.append(
                [
                    *(row["region"], row["report_year"], row["indicator"], row["value"], row["chosen_by"]),
                    *(lost, other["value"], other["unit"], verdict, quote),
                ]
            )
    print_table(
        ["region", "report_year", "indicator", "value", "chosen_by", "lost", "lost_value", "unit", "verdict", "quote"],
        lines,
    )
