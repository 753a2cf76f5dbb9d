"""How much of each report, section and commitment stands in another report.

Comes in: a Collection with its rows of `overlaps`. Goes out: rows of `boilerplate`, by report, then part.
What overlaps holds is counted on both sides: the passage that others took is as little a report's own as
the one it took. Counted are characters other than white space. Refuses copies of one report (same_as), and
says nothing where there is no second report to hold it against.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractor.corpus.collection import Collection, Row
from extractor.datamodel.span import Span

_PARTS = (("section", "sections", "section_id"), ("commitment", "commitments", "commitment_id"))


def find_boilerplate(collection: Collection) -> list[Row]:
    """Rows of `boilerplate`: reports in order, each with its sections and commitments."""
    shared: defaultdict[str, list[Span]] = defaultdict(list)
    own: defaultdict[str, list[Span]] = defaultdict(list)
    for row in collection.tables.get("overlaps", ()):
        here = Span(row["char_start"], row["char_end"])
        shared[row["report_id"]].append(here)
        shared[row["other_report_id"]].append(Span(row["other_char_start"], row["other_char_end"]))
        if row["same_issuer"]:
            own[row["report_id"]].append(here)
    if len(collection.originals) < 2:
        return []
    rows: list[Row] = []
    for report in collection.originals:
        report_id = report["report_id"]
        text = collection.text_of(report_id)
        counts = _Counts(text, shared[report_id], own[report_id])
        rows.append(_row(report_id, "report", report_id, counts, Span(0, len(text))))
        for part, table, key in _PARTS:
            rows += [
                _row(report_id, part, row[key], counts, Span(row["char_start"], row["char_end"]))
                for row in collection.rows(table, report_id)
            ]
    return rows


class _Counts:
    """Running counts over a text: characters, those shared, those taken from the own report before."""

    def __init__(self, text: str, shared: Sequence[Span], own: Sequence[Span]) -> None:
        self._chars = _running(not char.isspace() for char in text)
        self._shared = _running(_marked(text, shared))
        self._own = _running(_marked(text, own))

    def within(self, span: Span) -> tuple[int, int, int]:
        """Characters in the span: all, shared, own."""
        chars, shared, own = (
            counts[span.end] - counts[span.start] for counts in (self._chars, self._shared, self._own)
        )
        return chars, shared, own


def _marked(text: str, spans: Sequence[Span]) -> list[bool]:
    marks = [False] * len(text)
    for span in spans:
        for at in range(span.start, span.end):
            marks[at] = not text[at].isspace()
    return marks


def _running(marks: Iterable[bool]) -> list[int]:
    counts = [0]
    for mark in marks:
        counts.append(counts[-1] + mark)
    return counts


def _row(report_id: str, part: str, part_id: str, counts: _Counts, span: Span) -> Row:
    chars, shared, own = counts.within(span)
    return {
        "report_id": report_id,
        "part": part,
        "part_id": part_id,
        "chars": chars,
        "shared_chars": shared,
        "share": round(shared / chars, 4) if chars else None,
        "own_share": round(own / chars, 4) if chars else None,
    }
