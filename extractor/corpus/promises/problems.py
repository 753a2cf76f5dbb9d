"""What became of admitted problems: the plans that answer them, and whether they come back.

Comes in: a Collection. Goes out: the rows of `problems` with `recurring`, `earlier_problem_id`,
`answered_by`.

- A problem recurs if an earlier report of the same place admits one that shares at least `COMES_BACK` of
  the pairs of neighbouring characters of the shorter of the two. Null where there is no earlier report.
- A commitment of the same report answers a problem if it holds `ANSWERS` of its pairs, weighted so that
  pairs that few sentences have count more; or, of the same theme, `SAME_THEME` of them. The best three.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from extractor.corpus.collection import Collection, Row, place
from extractor.corpus.likeness.passages import shingles, wording_of
from extractor.text.comparable import plain

COMES_BACK = 0.6
ANSWERS = 0.3
SAME_THEME = 0.12
_MOST = 3


def link_problems(collection: Collection) -> list[Row]:
    """The rows of `problems`, in their order, with the three columns filled."""
    earlier = _earlier_problems(collection)
    rows = []
    for row in collection.tables.get("problems", ()):
        before = earlier.get(row["report_id"])
        same = _same(row, before or ())
        rows.append(
            {
                **row,
                "recurring": None if before is None else same is not None,
                "earlier_problem_id": same,
                "answered_by": "; ".join(_answers(row, collection)) or None,
            }
        )
    return rows


def _earlier_problems(collection: Collection) -> dict[str, list[Row]]:
    """Report → the problems of all earlier reports of its place, latest first; absent without any."""
    by_place: defaultdict[str, list[Row]] = defaultdict(list)
    for report in collection.originals:
        where = place(report)
        if where is not None and report.get("report_year") is not None:
            by_place[where].append(report)
    found: dict[str, list[Row]] = {}
    for reports in by_place.values():
        for report in reports:
            before = [other for other in reports if other["report_year"] < report["report_year"]]
            before.sort(key=lambda other: (-other["report_year"], other["source_path"]))
            if before:
                found[report["report_id"]] = [
                    row for other in before for row in collection.rows("problems", other["report_id"])
                ]
    return found


def _same(row: Row, others: Iterable[Row]) -> str | None:
    """The first problem that says the same; None if none does."""
    words = _words(row)
    for other in others:
        theirs = _words(other)
        shorter = min(len(words), len(theirs))
        if shorter and len(words & theirs) >= COMES_BACK * shorter:
            return str(other["problem_id"])
    return None


def _answers(row: Row, collection: Collection) -> list[str]:
    commitments = collection.rows("commitments", row["report_id"])
    held = [_words(commitment) for commitment in commitments]
    count = Counter(word for words in held for word in words)
    weights = {word: math.log(1 + (1 + len(held)) / (1 + count[word])) for word in sorted(_words(row))}
    whole = sum(weights.values())
    found = []
    for at, commitment in enumerate(commitments):
        share = sum(weight for word, weight in weights.items() if word in held[at]) / whole if whole else 0.0
        themed = row.get("theme") is not None and row["theme"] == commitment.get("theme")
        if share >= ANSWERS or (themed and share >= SAME_THEME):
            found.append((-share, at))
    return [commitments[at]["commitment_id"] for _, at in sorted(found)[:_MOST]]


def _words(row: Row) -> frozenset[str]:
    return shingles(wording_of(plain(row["quote"])))
