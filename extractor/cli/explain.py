"""govreport explain OUT ROW_ID"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, headers, show

_AROUND = 60


@click.command(epilog="Example: govreport explain tables/ 0123456789abcdef-i7")
@FOLDER
@click.argument("row_id")
@click.option("--patterns", type=click.Path(path_type=Path), help="The overlay the tables were made with.")
def command(out: Path, row_id: str, patterns: Path | None) -> int:
    """Say why a row is there: its rule and the reason for it, its surroundings, its page."""
    from extractor.corpus.reasons import reason_of
    from extractor.tables.store import Store

    store = Store(out)
    table, row = store.find_row(row_id)
    report = next((r for r in store.rows("reports") if r["report_id"] == row["report_id"]), None)
    click.echo(f"{row_id}  ({table})")
    for name, value in row.items():
        if value is not None and name not in ("quote",):
            click.echo(f"  {headers([name])[0]}: {value}")
    rule_id = row.get("rule") or row.get("check")
    if rule_id:
        reason = reason_of(rule_id, patterns)
        show(f"rule {reason.id}" + (f" ({reason.file})" if reason.file else ""))
        show(f"  why: {reason.why}")
        if reason.source:
            show(f"  source: {reason.source}")
    if row.get("char_start") is not None and report is not None:
        text = store.text_of(row["report_id"])
        start, end = row["char_start"], row["char_end"]
        before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        page = f", page {row['page']}" if row.get("page") else ""
        show(f"in {report['source_path']}{page}, characters {start} to {end}")
        click.echo(f"  …{before}【{text[start:end]}】{behind}…".replace("\n", "⏎"))
        if table == "indicators" and row.get("name_rule"):
            for line in _account(text, start, end, patterns):
                show(f"  {line}")
    return 0


def _account(text: str, start: int, end: int, patterns: Path | None) -> list[str]:
    """The words of the clause and the readings that were weighed, made anew from the kept text."""
    from extractor.datamodel.document import Document
    from extractor.datamodel.span import Span
    from extractor.pipeline import account_of_name, build_context
    from extractor.reading import describe

    document = Document(text, describe("kept.txt", text.encode(), ""))
    return account_of_name(document, build_context(patterns=patterns), Span(start, end))
