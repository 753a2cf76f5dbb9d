"""govreport explain OUT ROW_ID"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from extractor.cli.options import FOLDER, headers, knowledge_options, put, show
from extractor.languages import chosen

# characters of the text on either side of a row: some two lines of a terminal
_AROUND = 60


@click.command(epilog="Example: govreport explain tables/ 0123456789abcdef-i7")
@FOLDER
@click.argument("row_id")
@knowledge_options
def command(out: Path, row_id: str, patterns: Path | None, divisions: Path | None, area: str | None) -> int:
    """Say why a row is there: its rule and the reason for it, its surroundings, its page. For a report: why it was
    given to its place. Overlays as the tables were made with."""
    from extractor.corpus.reasons import reason_of
    from extractor.tables.store import Store

    store = Store(out)
    table, row = store.find_row(row_id)
    report = next((r for r in store.rows("reports") if r["report_id"] == row["report_id"]), None)
    put(f"{row_id}  ({table})")
    for name, value in row.items():
        if value is not None and name not in ("quote",):
            put(f"  {headers([name])[0]}: {value}")
    rule_id = row.get("rule") or row.get("check")
    if rule_id:
        reason = reason_of(rule_id, patterns)
        show(f"rule {reason.id}" + (f" ({reason.file})" if reason.file else ""))
        show(f"  why: {reason.why_zh if chosen() == 'zh' else reason.why}")
        if reason.source:
            show(f"  source: {reason.source}")
    if row.get("char_start") is not None and report is not None:
        text = store.text_of(row["report_id"])
        start, end = row["char_start"], row["char_end"]
        before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        page = f", page {row['page']}" if row.get("page") else ""
        show(f"in {report['source_path']}{page}, characters {start} to {end}")
        put(f"  …{before}【{text[start:end]}】{behind}…".replace("\n", "⏎"))
        for place in store.places_of(row_id):
            if not place["row_id"].startswith(row["report_id"]):
                # a finding between two reports: the other's page is not this file's
                continue
            show("  page {page}: x {x0} to {x1}, y {top} to {bottom} (points from the top left)".format(**place))
        if table == "indicators" and row.get("name_rule"):
            for line in _account(text, start, end, patterns):
                show(f"  {line}")
    elif table == "reports":
        for line in _account_of_place(store.text_of(row_id), row, patterns, divisions, area):
            show(line)
    return 0


def _account(text: str, start: int, end: int, patterns: Path | None) -> list[str]:
    """The words of the clause and the readings that were weighed, made anew from the kept text."""
    from extractor.datamodel.document import Document
    from extractor.datamodel.span import Span
    from extractor.pipeline import account_of_name, build_context
    from extractor.reading import describe

    document = Document(text, describe("kept.txt", text.encode(), ""))
    return account_of_name(document, build_context(patterns=patterns), Span(start, end))


def _account_of_place(
    text: str, report: Mapping[str, Any], patterns: Path | None, divisions: Path | None, area: str | None
) -> list[str]:
    """Candidates, evidence and margin, made anew from the kept text and what the row says of its file."""
    from extractor.datamodel.document import Document
    from extractor.pipeline import account_of_place, build_context
    from extractor.reading import describe

    metadata = {"title": report["title"]} if report["title"] else {}
    document = Document(text, describe(report["source_path"], text.encode(), ""), metadata=metadata)
    return account_of_place(document, build_context(patterns=patterns, divisions=divisions, area=area))
