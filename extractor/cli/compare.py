"""govreport compare OUT"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import click

from extractor.cli.options import FOLDER, tell, write_table
from extractor.languages import say

_FORMATS = ("table", "md", "csv", "xlsx")


@click.command(epilog="Example: govreport compare tables/ --indicator disputes_mediated")
@FOLDER
@click.option("--indicator", multiple=True, help="Key of the catalogue, or its Chinese label; all if not given.")
@click.option("--year", type=int, multiple=True, help="Only reports on this year.")
@click.option("--county", multiple=True, help="Only places of this county (name, or the code it begins with).")
@click.option("--long", "as_long", is_flag=True, help="One row per place, year and indicator, with its state.")
@click.option("--rank", "ranks", is_flag=True, help="Rank, quartile and change on last year of each value.")
@click.option("--quartiles", is_flag=True, help="Least, quartiles and most per indicator and year.")
@click.option("--per", type=click.Path(path_type=Path), help="CSV of amounts by place: values per 10,000 of them.")
@click.option("--per-column", help="The column of --per to divide by; the first if not given.")
@click.option("--unit", help="Only values in this unit, where an indicator has several.")
@click.option("--coverage", is_flag=True, help="Only how many places and years are in each state, per indicator.")
@click.option("--losing", is_flag=True, help="Only the rows that lost against another value, with their quotes.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", help="How the table is written.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write to; stdout if not given.")
def command(
    out: Path,
    indicator: tuple[str, ...],
    year: tuple[int, ...],
    county: tuple[str, ...],
    as_long: bool,
    ranks: bool,
    quartiles: bool,
    per: Path | None,
    per_column: str | None,
    unit: str | None,
    coverage: bool,
    losing: bool,
    form: str,
    output: Path | None,
) -> int:
    """Compare places and years: first how many reports state each indicator, then the values."""
    from extractor.corpus.indicator_keys import keys_named
    from extractor.tables.store import Store

    if form == "xlsx" and output is None:
        raise click.UsageError(say("say -o FILE: a workbook is no text"))
    store = Store(out)
    every = store.rows("comparison_long")
    indicator = keys_named(indicator, every)
    # the year before is needed for what changed: years are chosen behind the ranks
    every = [row for row in every if _wanted(row, indicator, county, unit)]
    rows = [row for row in every if not year or row["report_year"] in year]
    if ranks or quartiles or per or form == "xlsx":
        return _ranks(every, set(year), indicator, _amounts(per, per_column), quartiles, form, output)
    if coverage:
        write_table(*_coverage(rows), form, output)
    elif losing:
        write_table(*_losing(rows, {row["indicator_id"]: row for row in store.rows("indicators")}), form, output)
    elif as_long:
        names = ["region", "report_year", "indicator", "label", "value", "unit", "state", "indicator_id"]
        write_table(names, [[row[name] for name in names] for row in rows], form, output)
    else:
        _side_by_side(rows, form, output)
    return 0


def _wanted(row: dict[str, Any], indicator: Sequence[str], county: Sequence[str], unit: str | None) -> bool:
    code = row["division_code"] or ""
    here = not county or any(row["county"] == name or (name.isdigit() and code.startswith(name)) for name in county)
    fits = unit is None or row["value"] is None or (row["unit"] or "") == unit
    return here and fits and (not indicator or row["indicator"] in indicator)


def _amounts(path: Path | None, column: str | None) -> Any:
    from extractor.corpus.ranks import load_per

    return load_per(path, column) if path else None


def _ranks(
    rows: list[dict[str, Any]],
    years: set[int],
    indicator: Sequence[str],
    per: Any,
    quartiles: bool,
    form: str,
    output: Path | None,
) -> int:
    """Ranks or quartiles; an indicator of several units is refused where it is asked for, else left out and told."""
    from extractor.corpus.comparison_book import RANKED, SUMMARY, write_book
    from extractor.corpus.ranks import rank, unit_conflicts
    from extractor.errors import BadQuery

    for key, units in sorted(unit_conflicts(rows).items()):
        held = ", ".join(f"{name or say('no unit')} {count}" for name, count in units.items())
        if key in indicator:
            raise BadQuery(f"{key} stands in several units: {held}", remedy="choose one with --unit")
        tell(f"left out, several units: {key} ({held})")
    ranked, summaries = rank(rows, per)
    ranked = [each for each in ranked if not years or each.report_year in years]
    summaries = [each for each in summaries if not years or each.report_year in years]
    if form == "xlsx" and output is not None:
        write_book(ranked, summaries, output, per=per.column if per else None)
        tell(f"written: {output}")
    elif quartiles:
        write_table(list(SUMMARY), [astuple(each) for each in summaries], form, output)
    else:
        names = [name for name in RANKED if name not in ("county", "indicator_id") and (per or name != "per_10000")]
        write_table(names, [[getattr(each, name) for name in names] for each in ranked], form, output)
    return 0


def _side_by_side(rows: list[dict[str, Any]], form: str, output: Path | None) -> None:
    keys = list(dict.fromkeys(row["indicator"] for row in rows))
    stated = {key: [r for r in rows if r["indicator"] == key and r["value"] is not None] for key in keys}
    shown = [key for key in keys if stated[key]]
    labels = {row["indicator"]: row["label"] or row["indicator"] for row in rows}
    places = list(dict.fromkeys((r["region"], r["division_code"], r["report_year"]) for r in rows))
    order = sorted(shown, key=lambda key: (-len(stated[key]), key))
    if form == "table":
        counts = [[key, labels[key], len(stated[key]), len(places)] for key in order]
        write_table(["indicator", "label", "reports", "of"], counts, form, output)
        click.echo()
    cells = {(r["region"], r["division_code"], r["report_year"], r["indicator"]): r["value"] for r in rows}
    write_table(
        ["region", "code", "year", *(labels[key] for key in order)],
        [[*place, *(cells.get((*place, key)) for key in order)] for place in places],
        form,
        output,
    )


_STATES = ("reported", "zero", "not_reported", "not_applicable", "unreadable")
_Table = tuple[list[str], list[list[Any]]]


def _coverage(rows: list[dict[str, Any]]) -> _Table:
    """One line per indicator: places and years in each state, the most reported first."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        counts.setdefault((row["indicator"], row["label"] or row["indicator"]), Counter())[row["state"]] += 1
    order = sorted(counts, key=lambda key: (-counts[key]["reported"] - counts[key]["zero"], key))
    return ["indicator", "label", *_STATES], [[*key, *(counts[key][state] for state in _STATES)] for key in order]


def _losing(rows: list[dict[str, Any]], by_id: dict[str, dict[str, Any]]) -> _Table:
    """One line per losing row, below what it lost against."""
    lines = []
    for row in rows:
        disputed = set((row["disputed"] or "").split())
        pairs = zip((row["not_chosen"] or "").split(), (row["lost_by"] or "").split(), strict=True)
        for lost, rule in pairs:
            other = by_id[lost]
            verdict = "disputed" if lost in disputed else "set aside"
            quote = " ".join(other["quote"].split())
            lines.append(
                [
                    *(row["region"], row["report_year"], row["indicator"], row["value"], row["chosen_by"]),
                    *(lost, other["value"], other["unit"], rule, verdict, quote),
                ]
            )
    names = ["region", "report_year", "indicator", "value", "chosen_by"]
    return [*names, "lost", "lost_value", "unit", "lost_by", "verdict", "quote"], lines
