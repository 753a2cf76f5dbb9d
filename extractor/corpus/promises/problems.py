"""What became of admitted problems: the plans that answer them, and whether they come back.

Comes in: a Collection. Goes out: the rows of `problems` with `recurring`, `earlier_problem_id`,
`answered_by`.

- A problem recurs if an earlier report of the same place admits one that shares at least `COMES_BACK` of
  the pairs of neighbouring characters of the shorter of the two. Null where there is no earlier report.
- A commitment of the same report answers a problem if it holds `ANSWERS` of its pairs, weighted so that
  pairs that few sentences have count more; or, of the same theme, `SAME_THEME` of them. The best three.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.corpus.collection import Collection, Row, of_one_place, place
from extractor.corpus.likeness.passages import shingles, wording_of
from extractor.text.comparable import plain

COMES_BACK = 0.6
ANSWERS = 0.3
SAME_THEME = 0.12
_MOST = 3


class ProblemLinks:
    """What other rows say of the problems of a report."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._places = of_one_place(
            [report for report in collection.originals if report.get("report_year") is not None]
        )

    def of(self, report_id: str) -> list[Row]:
        """The report's rows of `problems`, in their order, with the three columns filled."""
        rows = self._collection.rows("problems", report_id)
        before = self._earlier(report_id) if rows else None
        held = [_words(row) for row in self._collection.rows("commitments", report_id)] if rows else []
        return [self._linked(row, before, held) for row in rows]

    def _linked(self, row: Row, before: list[Row] | None, held: list[frozenset[str]]) -> Row:
        same = _same(row, before or ())
        return {
            **row,
            "recurring": None if before is None else same is not None,
            "earlier_problem_id": same,
            "answered_by": "; ".join(_answers(row, self._collection, held)) or None,
        }

    def _earlier(self, report_id: str) -> list[Row] | None:
        """The problems of all earlier reports of the place, latest first; None without such a report."""
        report = self._collection.by_id[report_id]
        where = place(report)
        if report.get("same_as") or report.get("report_year") is None or where is None:
            return None
        before = [other for other in self._places[where] if other["report_year"] < report["report_year"]]
        before.sort(key=lambda other: (-other["report_year"], other["source_path"]))
        rows = [row for other in before for row in self._collection.rows("problems", other["report_id"])]
        return rows if before else None


def link_problems(collection: Collection) -> list[Row]:
    """The rows of `problems`, report by report, with the three columns filled."""
    links = ProblemLinks(collection)
    reports = dict.fromkeys(row["report_id"] for row in collection.each("problems"))
    return [row for report_id in reports for row in links.of(report_id)]


def _same(row: Row, others: Iterable[Row]) -> str | None:
    """The first problem that says the same; None if none does."""
    words = _words(row)
    for other in others:
        theirs = _words(other)
        shorter = min(len(words), len(theirs))
        if shorter and len(words & theirs) >= COMES_BACK * shorter:
            return str(other["problem_id"])
    return None


def _answers(row: Row, collection: Collection, held: Sequence[frozenset[str]]) -> list[str]:
    commitments = collection.rows("commitments", row["report_id"])
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
