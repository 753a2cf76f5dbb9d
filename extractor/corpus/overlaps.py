"""Passages that stand in two reports, numbers aside.

Comes in: a Collection. Goes out: rows of `overlaps`, the later report first. A passage is a run of
sentences of at least 15 characters each whose wording is equal; where only numbers differ they are
listed. Each passage is held against two places at most: the report of the same place of the year
before, and the earliest report that has it; so the work grows with the text, not with its square.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from extractor.corpus.collection import Collection, Row, place
from extractor.corpus.passages import passages
from extractor.datamodel.span import Span

AT_LEAST = 15
# spaces, line breaks and short sentences (目标:) between two passages do not part a run
_GAP = 12


@dataclass(frozen=True, slots=True)
class _Standing:
    """A passage in a report: place in the order of reports, span, numbers."""

    report: int
    span: Span
    numbers: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    """Where a wording has stood so far: first of all, and last in the reports of each place."""

    first: _Standing
    latest: dict[str, _Standing]


def find_overlaps(collection: Collection) -> list[Row]:
    """Rows of `overlaps`, by report (year, then path) and position."""
    reports = sorted(
        collection.originals,
        key=lambda r: (r.get("report_year") or 9999, r["source_path"], r["report_id"]),
    )
    known: dict[bytes, _Known] = {}
    rows: list[Row] = []
    for at, report in enumerate(reports):
        mine = place(report)
        pairs: defaultdict[int, list[tuple[_Standing, _Standing]]] = defaultdict(list)
        new: list[tuple[bytes, _Standing]] = []
        for passage in passages(collection.text_of(report["report_id"]), at_least=AT_LEAST):
            key = sha256(passage.wording.encode()).digest()[:12]
            here = _Standing(at, passage.span, passage.numbers)
            new.append((key, here))
            if key in known:
                others = [known[key].first, known[key].latest.get(mine or "")]
                for there in dict.fromkeys(other for other in others if other):
                    pairs[there.report].append((here, there))
        for key, here in new:
            entry = known.setdefault(key, _Known(here, {}))
            if mine is not None:
                entry.latest[mine] = here
        for other, found in sorted(pairs.items()):
            rows.extend(_row(report, reports[other], run) for run in _runs(found))
    return rows


def _runs(
    pairs: Sequence[tuple[_Standing, _Standing]],
) -> list[list[tuple[_Standing, _Standing]]]:
    """Pairs that follow each other in both reports, put together."""
    runs: list[list[tuple[_Standing, _Standing]]] = []
    for here, there in pairs:
        if runs and _follow(runs[-1][-1][0], here) and _follow(runs[-1][-1][1], there):
            runs[-1].append((here, there))
        else:
            runs.append([(here, there)])
    return runs


def _follow(earlier: _Standing, later: _Standing) -> bool:
    return 0 <= later.span.start - earlier.span.end <= _GAP


def _row(report: Row, other: Row, run: Sequence[tuple[_Standing, _Standing]]) -> Row:
    changed = [
        f"{old}→{new}"
        for here, there in run
        for new, old in zip(here.numbers, there.numbers, strict=True)
        if new != old
    ]
    first, last = run[0], run[-1]
    length = sum(here.span.length for here, _ in run)
    differing = sum(len(change.split("→")[1]) for change in changed)
    return {
        "report_id": report["report_id"],
        "char_start": first[0].span.start,
        "char_end": last[0].span.end,
        "other_report_id": other["report_id"],
        "other_char_start": first[1].span.start,
        "other_char_end": last[1].span.end,
        "similarity": round(1 - differing / length, 4),
        "same_issuer": place(report) is not None and place(report) == place(other),
        "changed_numbers": "; ".join(changed) or None,
    }
