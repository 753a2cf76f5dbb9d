"""Findings: the queue of an auditor, and the decisions that it writes into reviews.csv, as `govreport review` does."""

import threading
from datetime import UTC, datetime
from typing import Any

from extractor.corpus.audit.reviews import (
    ACCEPTED,
    DISMISSED,
    WITHDRAWN,
    append_review,
    apply_reviews,
    load_reviews,
    review_of,
)
from extractor.desk.desk import Context, Desk, PageView
from extractor.desk.listing import PAGE, Asked, facets_of, page_of
from extractor.desk.listings import BY_LISTING
from extractor.desk.pages.lists import FACET_LABELS
from extractor.errors import BadQuery, UnknownRow
from extractor.tables.rewrite import replace_table

_AROUND = 60
_LISTING = BY_LISTING["findings"]
DECISIONS = (ACCEPTED, DISMISSED, WITHDRAWN)
# two lines of a file that is appended to must not meet
_WRITING = threading.Lock()


def queue_page(desk: Desk, view: PageView, asked: Asked, most: int = PAGE) -> tuple[str, Context]:
    """One page of findings with their surroundings."""
    rows, after = page_of(desk.database, _LISTING, asked, most)
    total, facets = facets_of(desk.database, _LISTING, asked)
    return "findings.html", {
        "listing": _LISTING,
        "asked": asked,
        "rows": [{**row, "around": _around(desk, row)} for row in rows],
        "after": after,
        "total": total,
        "facets": [(name, FACET_LABELS.get(name, name), [(v, v, n) for v, n in facets[name]]) for name in facets],
        "labels": FACET_LABELS,
    }


def _around(desk: Desk, row: dict[str, Any]) -> tuple[str, str, str] | None:
    start, end = row["char_start"], row["char_end"]
    if start is None or end is None:
        return None
    text = desk.store.text_of(row["report_id"])
    return text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]


def decide(desk: Desk, finding_id: str, decision: str, comment: str, reviewer: str) -> dict[str, Any]:
    """Write the decision; the finding as it is now. Raises UnknownRow, BadQuery."""
    if decision not in DECISIONS:
        raise BadQuery(f"no decision {decision}", remedy="known: " + ", ".join(DECISIONS))
    ask = (
        "SELECT f.*, r.source_path AS source_path FROM findings f JOIN reports r USING (report_id) WHERE finding_id = ?"
    )
    row = desk.database.row(ask, [finding_id])
    if row is None:
        raise UnknownRow(f"no finding {finding_id}", where=str(desk.database.folder), remedy="see the list of findings")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with _WRITING:
        append_review(
            desk.database.folder,
            review_of(row, row["source_path"], decision, comment=comment, reviewer=reviewer, at=now),
        )
    return desk.database.row(ask, [finding_id]) or row


def settle(desk: Desk) -> bool:
    """Take what reviews.csv says into the table `findings`, in every format; False if it is there already."""
    store = desk.store
    paths = {
        row["report_id"]: row["source_path"] for row in desk.database.rows("SELECT report_id, source_path FROM reports")
    }
    return replace_table(store, "findings", apply_reviews(store.rows("findings"), paths, load_reviews(store.folder)))
