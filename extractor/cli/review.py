"""govreport review OUT FINDING"""

from datetime import UTC, datetime
from pathlib import Path

import click

from extractor.cli.options import FOLDER, tell
from extractor.languages import say, say_finding


@click.command(epilog='Example: govreport review tables/ 0123456789abcdef-f1 --dismiss --comment "typing error"')
@FOLDER
@click.argument("finding")
@click.option("--accept/--dismiss", "accept", default=None, help="The finding holds, or does not.")
@click.option("--undo", is_flag=True, help="Take the last decision back: the finding is open again.")
@click.option("--comment", default="", help="Why.")
@click.option("--reviewer", default="", help="Who decides.")
def command(out: Path, finding: str, accept: bool | None, undo: bool, comment: str, reviewer: str) -> int:
    """Decide about a finding. The decision goes to reviews.csv and holds over later runs, until the
    evidence changes."""
    from extractor.corpus.audit.rerun import rerun
    from extractor.corpus.audit.reviews import ACCEPTED, DISMISSED, WITHDRAWN, append_review, review_of
    from extractor.errors import UnknownRow
    from extractor.tables.store import Store

    if (accept is None) is not undo:
        raise click.UsageError(say("say --accept, --dismiss or --undo"))
    store = Store(out)
    table, row = store.find_row(finding)
    if table != "findings":
        raise UnknownRow(f"{finding} is no finding", where=str(out), remedy="ids look like 0123456789abcdef-f1")
    path = next(r["source_path"] for r in store.rows("reports") if r["report_id"] == row["report_id"])
    decision = WITHDRAWN if undo else ACCEPTED if accept else DISMISSED
    now = datetime.now(UTC).isoformat(timespec="seconds")
    review = review_of(row, path, decision, comment=comment, reviewer=reviewer, at=now)
    append_review(out, review)
    rerun(store, ())
    tell(f"{finding} {decision}: {say_finding(row['message'])}")
    return 0
