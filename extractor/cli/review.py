"""govreport review OUT FINDING"""

from datetime import UTC, datetime
from pathlib import Path

import click

from extractor.cli.options import FOLDER, tell
from extractor.languages import say


@click.command(epilog='Example: govreport review tables/ 0123456789abcdef-f1 --dismiss --comment "typing error"')
@FOLDER
@click.argument("finding")
@click.option("--accept/--dismiss", "accept", default=None, help="The finding holds, or does not.")
@click.option("--comment", default="", help="Why.")
@click.option("--reviewer", default="", help="Who decides.")
def command(out: Path, finding: str, accept: bool | None, comment: str, reviewer: str) -> int:
    """Decide about a finding. The decision goes to reviews.csv and holds over later runs, until the
    evidence changes."""
    from extractor.corpus.audit.rerun import rerun
    from extractor.corpus.audit.reviews import ACCEPTED, DISMISSED, Review, append_review
    from extractor.errors import UnknownRow
    from extractor.tables.store import Store

    if accept is None:
        raise click.UsageError(say("say --accept or --dismiss"))
    store = Store(out)
    table, row = store.find_row(finding)
    if table != "findings":
        raise UnknownRow(f"{finding} is no finding", where=str(out), remedy="ids look like 0123456789abcdef-f1")
    path = next(r["source_path"] for r in store.rows("reports") if r["report_id"] == row["report_id"])
    decision = ACCEPTED if accept else DISMISSED
    review = Review(
        reviewed_at=datetime.now(UTC).isoformat(timespec="seconds"),
        check=row["check"],
        report_id=row["report_id"],
        source_path=path,
        subject=row["subject"] or "",
        evidence_key=row["evidence_key"],
        decision=decision,
        comment=comment,
        reviewer=reviewer,
        quote=row["quote"] or "",
        message=row["message"],
    )
    append_review(out, review)
    rerun(store, ())
    tell(f"{finding} {decision}: {row['message']}")
    return 0
