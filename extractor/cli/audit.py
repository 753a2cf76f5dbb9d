"""govreport audit OUT"""

from pathlib import Path
from typing import Any

import click

from extractor.cli.options import FOLDER, print_table, put_file, tell
from extractor.languages import say_finding

_FORMATS = ("table", "html", "md", "sarif", "csv", "json")


@click.command(epilog="Example: govreport audit tables/ --registry registry.csv --format html -o audit.html")
@FOLDER
@click.option(
    "--severity", type=click.Choice(["error", "warning", "info"]), help="Show only findings of this severity."
)
@click.option("--check", "checks", multiple=True, help="Show only findings of this check.")
@click.option("--only", multiple=True, help="Run only this check.")
@click.option("--disable", multiple=True, help="Do not run this check.")
@click.option("--off", multiple=True, help="The same as --disable.")
@click.option("--registry", type=click.Path(path_type=Path), help="CSV of documents: number,title,issuer,date,status.")
@click.option(
    "--required", type=click.Path(path_type=Path), help="Documents every report must cite: CSV, or one a line."
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", help="How findings are written.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write to; stdout if not given.")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _list_checks(context) if wanted else None,
    help="List the checks and what each does, and exit.",
)
@click.option(
    "--explain",
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _list_checks(context, wanted) if wanted else None,
    help="Say what one check does, and exit.",
)
def command(
    out: Path,
    severity: str | None,
    checks: tuple[str, ...],
    only: tuple[str, ...],
    disable: tuple[str, ...],
    off: tuple[str, ...],
    registry: Path | None,
    required: Path | None,
    form: str,
    output: Path | None,
) -> int:
    """Run the checks: contradictions, malformed numbers, sums that do not add up. The findings go to the
    table `findings`; those of checks that are not run stay there as they are."""
    from extractor.corpus.audit import CHECKS, check_named
    from extractor.corpus.audit.required import load_required
    from extractor.corpus.audit.rerun import rerun
    from extractor.corpus.registry import Registry, load_registry
    from extractor.rules import load
    from extractor.rules.gazetteer import load_gazetteer
    from extractor.tables.store import Store

    for check_id in (*checks, *only, *disable, *off):
        check_named(check_id)
    run = [check for check in CHECKS if (not only or check.id in only) and check.id not in (*disable, *off)]
    report = rerun(
        Store(out),
        run,
        registry=Registry(load_registry(registry), load_gazetteer(load())) if registry else None,
        required=load_required(required) if required else None,
        shown=lambda row: severity in (None, row["severity"]) and (not checks or row["check"] in checks),
    )
    _write(report, form, output)
    tell(f"{len(report.findings)} findings in {len({row['report_id'] for row in report.findings})} reports")
    return 0


def _write(report: Any, form: str, output: Path | None) -> None:
    from extractor.corpus.audit.page import as_html, as_markdown
    from extractor.corpus.audit.report import as_csv, as_json
    from extractor.corpus.audit.sarif import as_sarif

    if form == "table" and output is None:
        _print(report)
        return
    makers = {"html": as_html, "md": as_markdown, "sarif": as_sarif, "json": as_json, "csv": as_csv, "table": as_csv}
    text = makers[form](report)
    if output is None:
        put_file(text)
    else:
        output.write_text(text, encoding="utf-8")
        tell(f"written: {output}")


def _print(report: Any) -> None:
    names = ["finding_id", "severity", "check", "verdict", "report", "page", "message", "quote"]
    if any(row["review"] for row in report.findings):
        names += ["review", "review_comment"]
    rows = [{**flat, "message": say_finding(flat["message"])} for flat in map(report.flat, report.findings)]
    print_table(names, [[row[name] for name in names] for row in rows])


def _list_checks(context: click.Context, wanted: str | None = None) -> None:
    from extractor.corpus.audit import CHECKS, check_named

    for check in [check_named(wanted)] if wanted else CHECKS:
        click.echo(f"{check.id} ({check.severity.value})\n  {say_finding(check.docs)}")
    context.exit(0)
