"""govreport track OUT"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, print_table, tell

_OUTCOMES = ("fulfilled", "partly", "reported", "repeated", "not_mentioned")


@click.command(epilog="Example: govreport track tables/ --outcome partly --outcome not_mentioned")
@FOLDER
@click.option("--region", multiple=True, help="Only promises of this place (name or division code).")
@click.option("--outcome", "outcomes", multiple=True, type=click.Choice(_OUTCOMES), help="List only these promises.")
@click.option("--list", "listed", is_flag=True, help="List every promise with what the next report says of it.")
@click.option(
    "--problems", is_flag=True, help="List admitted problems that came back, with the plans that answer them."
)
def command(out: Path, region: tuple[str, ...], outcomes: tuple[str, ...], listed: bool, problems: bool) -> int:
    """Hold promises against the next year's report: per place the share that can be measured and the share
    that was answered; with --list or --outcome each promise and its answer."""
    from extractor.corpus.promises.tracking import summarise
    from extractor.tables.store import Store

    store = Store(out)
    reports = {
        row["report_id"]: row
        for row in store.rows("reports")
        if not region or {row["region"], row["division_code"]} & set(region)
    }
    if problems:
        return _print_problems(store.rows("problems"), reports)
    rows = [row for row in store.rows("fulfilment") if row["promise_report_id"] in reports]
    if listed or outcomes:
        shown = [row for row in rows if not outcomes or row["outcome"] in outcomes]
        _print_promises(shown, reports)
        tell(f"{len(shown)} of {len(rows)} promised actions")
        return 0
    tables = {name: store.rows(name) for name in ("reports", "commitments")}
    summary = summarise({**tables, "fulfilment": rows})
    names = list(summary[0]) if summary else ["region", "code", "year", "next_year"]
    print_table(names, [[row[name] for name in names] for row in summary])
    if not summary:
        tell("no place has reports of two years that follow each other")
    return 0


def _print_promises(rows: list[dict[str, object]], reports: dict[object, dict[str, object]]) -> None:
    names = ["region", "year", "action", "outcome", "score", "rule", "promised", "answer", "page"]
    print_table(
        names,
        [
            [
                reports[row["promise_report_id"]]["region"],
                reports[row["promise_report_id"]]["report_year"],
                f"{row['commitment_id']}/{row['ordinal']}",
                row["outcome"],
                row["score"],
                row["rule"],
                row["promise_quote"],
                row["quote"],
                row["page"],
            ]
            for row in rows
        ],
    )


def _print_problems(rows: list[dict[str, object]], reports: dict[object, dict[str, object]]) -> int:
    found = [row for row in rows if row["recurring"] and row["report_id"] in reports]
    print_table(
        ["region", "year", "problem_id", "earlier", "answered_by", "quote"],
        [
            [
                reports[row["report_id"]]["region"],
                reports[row["report_id"]]["report_year"],
                row["problem_id"],
                row["earlier_problem_id"],
                row["answered_by"],
                row["quote"],
            ]
            for row in found
        ],
    )
    tell(f"{len(found)} problems came back")
    return 0
