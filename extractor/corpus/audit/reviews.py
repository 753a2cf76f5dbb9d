"""Reviews: what people decided about findings, kept in `reviews.csv` beside the tables.

The file is append-only. A decision belongs to a check, a report (by id or path), the evidence (quote
and values of the rows that prove the finding) and its subject (what it is about, without the values).
Row ids and offsets take no part: they move when an unrelated rule changes. The last decision on the
same evidence holds; where only the subject is the same, the finding is open again and says what was
decided before.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.errors import DamagedFile
from extractor.text.comparable import plain, words

Row = dict[str, Any]
FILE = "reviews.csv"
ACCEPTED, DISMISSED, REOPENED = "accepted", "dismissed", "reopened"
# a decision taken back: the line stays, the finding is open as if nobody had decided
WITHDRAWN = "withdrawn"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass(frozen=True, slots=True)
class Review:
    """One decision; all columns are text, empty where nothing was said."""

    reviewed_at: str
    check: str
    report_id: str
    source_path: str
    subject: str
    evidence_key: str
    decision: str
    comment: str
    reviewer: str
    quote: str
    message: str


_COLUMNS = tuple(field.name for field in fields(Review))


def load_reviews(folder: Path) -> list[Review]:
    """Decisions in the order in which they were made; none if there is no file; raises DamagedFile."""
    path = folder / FILE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise DamagedFile("other columns than ours", where=str(path), remedy=f"want {','.join(_COLUMNS)}")
        return [Review(**{name: _bare(row[name] or "") for name in _COLUMNS}) for row in reader]


def append_review(folder: Path, review: Review) -> None:
    """Write one line behind what is there."""
    path = folder / FILE
    new = not path.is_file()
    with path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        if new:
            writer.writerow(_COLUMNS)
        writer.writerow([_harmless(value) for value in asdict(review).values()])


def review_of(
    row: Mapping[str, Any], path: str, decision: str, *, comment: str = "", reviewer: str = "", at: str
) -> Review:
    """A decision about a row of `findings`, whose report was read from `path`."""
    return Review(
        reviewed_at=at,
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


def _harmless(text: str) -> str:
    """Spreadsheets compute what begins like a formula; the apostrophe is taken off again on reading."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def keys(check: str, row: Mapping[str, Any], others: Sequence[Mapping[str, Any]], extra: str | None) -> tuple[str, str]:
    """Subject and key of the evidence of a finding.

    The subject is the title, the names of all rows (占 alone says little), or the quote without digits;
    the key is a digest of check, quote and the values of all rows concerned.
    """
    names = " ".join(str(each["name"]) for each in (row, *others) if each.get("name"))
    subject = row.get("title") or names or row.get("quote") or extra or ""
    held = [check, plain(row.get("quote")), extra or "", *sorted(_value(each) for each in (row, *others))]
    return re.sub(r"\d+", "", words(str(subject))), sha256("\n".join(held).encode()).hexdigest()[:16]


def _value(row: Mapping[str, Any]) -> str:
    if row.get("value") is not None:
        return f"{row['value']:.12g} {row.get('unit') or ''}"
    return plain(row.get("title")) + plain(row.get("number") or row.get("number_text"))


class Reviewed:
    """Decisions by what they are about."""

    def __init__(self, reviews: Sequence[Review]) -> None:
        self._by_evidence: dict[tuple[str, str, str], Review] = {}
        self._by_subject: dict[tuple[str, str, str], Review] = {}
        for review in reviews:
            for where in (review.report_id, review.source_path):
                self._by_evidence[where, review.check, review.evidence_key] = review
                self._by_subject[where, review.check, review.subject] = review

    def applied(self, row: Row, path: str) -> Row:
        """The finding with `review` and `review_comment` filled from the last decision that fits."""
        places = (row["report_id"], path)
        same = _first(self._by_evidence, places, row["check"], row.get("evidence_key") or "")
        old = same or _first(self._by_subject, places, row["check"], row.get("subject") or "")
        if old is not None and old.decision == WITHDRAWN:
            old = None
        decision = None if old is None else old.decision if same else REOPENED
        comment = None if old is None else _comment(old, reopened=same is None)
        return {**row, "review": decision, "review_comment": comment}


def apply_reviews(findings: Iterable[Row], paths: Mapping[str, str], reviews: Sequence[Review]) -> list[Row]:
    """The findings, each as decided; `paths` gives the source path of a report."""
    reviewed = Reviewed(reviews)
    return [reviewed.applied(row, paths.get(row["report_id"], "")) for row in findings]


def _first(known: Mapping[tuple[str, str, str], Review], places: Iterable[str], check: str, key: str) -> Review | None:
    return next((known[place, check, key] for place in places if (place, check, key) in known), None)


def _comment(review: Review, *, reopened: bool) -> str | None:
    if reopened:
        return f"was {review.decision}: {review.comment}" if review.comment else f"was {review.decision}"
    return review.comment or None
