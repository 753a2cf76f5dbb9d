"""How much of each report, section and commitment stands in another report.

Comes in: a Collection with its rows of `overlaps`. Goes out: rows of `boilerplate`, by report, then part.
What overlaps holds is counted on both sides: the passage that others took is as little a report's own as
the one it took. Counted are characters other than white space. Refuses copies of one report (same_as), and
says nothing where there is no second report to hold it against.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from extractor.corpus.collection import Collection, Row
from extractor.corpus.spill import Buckets, Records, batched
from extractor.datamodel.span import Span

# rows of overlaps that are set aside at once
_AT_ONCE = 8192

_PARTS = (("section", "sections", "section_id"), ("commitment", "commitments", "commitment_id"))


def find_boilerplate(collection: Collection) -> Iterator[Row]:
    """Rows of `boilerplate`: reports in order, each with its sections and commitments."""
    originals = collection.originals
    if len(originals) < 2:
        return
    parts = collection.parts
    size = len(originals) // parts + 1
    spans = _spans(collection, size, parts)
    for part in range(parts):
        held = np.unique(spans.read(part))
        begins = np.searchsorted(held["report"], np.arange(part * size, (part + 1) * size + 1))
        for at, report in enumerate(originals[part * size : (part + 1) * size]):
            mine = held[begins[at] : begins[at + 1]]
            yield from _shares(collection, report["report_id"], mine)


def _spans(collection: Collection, size: int, parts: int) -> Buckets:
    """Passages that stand elsewhere too, by report: its place among the originals, start, end, whether its own."""
    order = {report["report_id"]: at for at, report in enumerate(collection.originals)}
    spans = Buckets([("report", "i4"), ("start", "i4"), ("end", "i4"), ("own", "u1")], parts, collection.scratch)
    for rows in batched(collection.each("overlaps"), _AT_ONCE):
        here = [(order[r["report_id"]], r["char_start"], r["char_end"], r["same_issuer"]) for r in rows]
        there = [(order[r["other_report_id"]], r["other_char_start"], r["other_char_end"], False) for r in rows]
        report, start, end, own = np.array(here + there, np.int64).T
        spans.add(report // size, report=report, start=start, end=end, own=own)
    return spans


def _shares(collection: Collection, report_id: str, held: Records) -> Iterator[Row]:
    text = collection.text_of(report_id)
    shared = [Span(start, end) for _, start, end, _ in held.tolist()]
    own = [Span(start, end) for _, start, end, is_own in held.tolist() if is_own]
    counts = _Counts(text, shared, own)
    yield _row(report_id, "report", report_id, counts, Span(0, len(text)))
    for part, table, key in _PARTS:
        for row in collection.rows(table, report_id):
            yield _row(report_id, part, row[key], counts, Span(row["char_start"], row["char_end"]))


class _Counts:
    """Running counts over a text: characters, those shared, those taken from the own report before."""

    def __init__(self, text: str, shared: Sequence[Span], own: Sequence[Span]) -> None:
        chars = np.fromiter((not char.isspace() for char in text), bool, len(text))
        self._counts = [_running(chars), _running(chars & _marked(text, shared)), _running(chars & _marked(text, own))]

    def within(self, span: Span) -> tuple[int, int, int]:
        """Characters in the span: all, shared, own."""
        chars, shared, own = (int(counts[span.end] - counts[span.start]) for counts in self._counts)
        return chars, shared, own


def _marked(text: str, spans: Sequence[Span]) -> npt.NDArray[np.bool_]:
    marks = np.zeros(len(text), bool)
    for span in spans:
        marks[span.start : span.end] = True
    return marks


def _running(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(marks)])


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
