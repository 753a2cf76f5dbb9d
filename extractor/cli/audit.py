"""govreport audit OUT"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, print_table, tell


@click.command(epilog="Example: govreport audit tables/ --severity error")
@FOLDER
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only findings of this severity.")
@click.option("--check", "checks", multiple=True, help="Only findings of this check.")
@click.option("--off", multiple=True, help="Leave out findings of this check.")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _list_checks(context) if wanted else None,
    help="List the checks and what each does, and exit.",
)
def command(out: Path, severity: str | None, checks: tuple[str, ...], off: tuple[str, ...]) -> int:
    """List the findings: contradictions, malformed numbers, sums that do not add up."""
    from extractor.corpus.audit import check_named
    from extractor.tables.store import Store

    for check_id in (*checks, *off):
        check_named(check_id)
    store = Store(out)
    paths = {row["report_id"]: row["source_path"] for row in store.rows("reports")}
    rows = [
        row
        for row in store.rows("findings")
        if severity in (None, row["severity"]) and (not checks or row["check"] in checks) and row["check"] not in off
    ]
    print_table(
        ["finding_id", "severity", "check", "verdict", "report", "page", "message", "quote"],
        [
            [
                r["finding_id"],
                r["severity"],
                r["check"],
                r["verdict"],
                paths.get(r["report_id"]),
                r["page"],
                r["message"],
                r["quote"],
            ]
            for r in rows
        ],
    )
    tell(f"{len(rows)} findings in {len({row['report_id'] for row in rows})} reports")
    return 0


def _list_checks(context: click.Context) -> None:
    from extractor.corpus.audit import CHECKS

    for check in CHECKS:
        click.echo(f"{check.id} ({check.severity.value})\n  {check.docs}")
    context.exit(0)
