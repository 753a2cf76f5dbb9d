"""govreport compare OUT"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, print_table


@click.command(epilog="Example: govreport compare tables/ --indicator disputes_mediated")
@FOLDER
@click.option("--indicator", multiple=True, help="Key of the catalogue; all if not given.")
@click.option("--long", "as_long", is_flag=True, help="One row per place, year and indicator, with its state.")
def command(out: Path, indicator: tuple[str, ...], as_long: bool) -> int:
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
    if as_long:
        names = ["region", "report_year", "indicator", "label", "value", "unit", "state", "indicator_id"]
        print_table(names, [[row[name] for name in names] for row in rows])
        return 0
    keys = list(dict.fromkeys(row["indicator"] for row in rows))
    stated = {key: [r for r in rows if r["indicator"] == key and r["value"] is not None] for key in keys}
    shown = [key for key in keys if stated[key]]
    labels = {row["indicator"]: row["label"] or row["indicator"] for row in rows}
    places = list(dict.fromkeys((r["region"], r["division_code"], r["report_year"]) for r in rows))
    coverage = sorted(shown, key=lambda key: (-len(stated[key]), key))
    print_table(
        ["indicator", "label", "reports", "of"], [[key, labels[key], len(stated[key]), len(places)] for key in coverage]
    )
    click.echo()
    cells = {(r["region"], r["division_code"], r["report_year"], r["indicator"]): r["value"] for r in rows}
    print_table(
        ["region", "code", "year", *(labels[key] for key in coverage)],
        [[*place, *(cells.get((*place, key)) for key in coverage)] for place in places],
    )
    return 0
