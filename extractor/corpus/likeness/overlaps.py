"""Passages that stand in two reports, word for word or nearly, numbers aside.

Comes in: a Collection. Goes out: rows of `overlaps`, the later report first. A passage is a run of
sentences of at least 15 characters each whose wording is equal, or shares at least 0.7 of its pairs of
neighbouring characters (nearness.py); where numbers differ they are listed. Each sentence is held against
two places at most: the report of the same place of the year before, and the earliest report that has it;
so the work grows with the text, not with its square.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.corpus.collection import Collection, Row, place
from extractor.corpus.likeness.minhash import ALIKE, jaccard
from extractor.corpus.likeness.passages import passages, shingles
from extractor.corpus.likeness.standings import Standing, Standings

AT_LEAST = 15
# spaces, line breaks and short sentences (目标:) between two passages do not part a run
_GAP = 12


@dataclass(frozen=True, slots=True)
class _Pair:
    """A sentence here and there; `alike` is 1.0 where the wording is equal."""

    here: Standing
    there: Standing
    alike: float


def find_overlaps(collection: Collection) -> Iterator[Row]:
    """Rows of `overlaps`, by report (year, then path) and position."""
    reports = sorted(
        collection.originals,
        key=lambda r: (r.get("report_year") or 9999, r["source_path"], r["report_id"]),
    )
    known = Standings(collection.parts, collection.scratch)
    for report in reports:
        known.add(passages(collection.text_of(report["report_id"]), at_least=AT_LEAST))
    known.settle()
    latest: dict[str, int] = {}
    for at, report in enumerate(reports):
        mine = place(report)
        own = _Own(known, latest[mine]) if mine in latest else None
        pairs: defaultdict[int, list[_Pair]] = defaultdict(list)
        for here, near in zip(known.of_report(at), known.near_of_report(at), strict=True):
            for pair in _pairs(here, known, near, own):
                pairs[pair.there.report].append(pair)
        if mine is not None:
            latest[mine] = at
        for other, found in sorted(pairs.items()):
            yield from (_row(report, reports[other], run) for run in _runs(found))


class _Own:
    """The sentences of the report of the same place before: by wording, and by pairs of characters."""

    def __init__(self, known: Standings, report: int) -> None:
        self._equal = {standing.first: standing for standing in known.of_report(report)}
        self._holders: defaultdict[str, list[Standing]] = defaultdict(list)
        for standing in self._equal.values():
            for shingle in shingles(standing.wording):
                self._holders[shingle].append(standing)

    def like(self, here: Standing) -> _Pair | None:
        """The sentence most like this one; None if none is."""
        equal = self._equal.get(here.first)
        if equal is not None:
            return _Pair(here, equal, 1.0)
        words = shingles(here.wording)
        shared: defaultdict[int, int] = defaultdict(int)
        by_number: dict[int, Standing] = {}
        for shingle in words:
            for standing in self._holders.get(shingle, ()):
                shared[standing.number] += 1
                by_number[standing.number] = standing
        close = [by_number[number] for number, common in shared.items() if common >= ALIKE * len(words)]
        pairs = [_Pair(here, there, jaccard(here.wording, there.wording)) for there in close]
        best = max(pairs, key=lambda pair: (pair.alike, -pair.there.span.start), default=None)
        return best if best is not None and best.alike >= ALIKE else None


def _pairs(here: Standing, known: Standings, near: tuple[int, float], own: _Own | None) -> Iterator[_Pair]:
    """The sentence with its like in the place's own report before and in the earliest report."""
    mine = own.like(here) if own is not None else None
    if mine is not None:
        yield mine
    earliest = None
    first = known.at(here.first)
    if first.report != here.report:
        earliest = _Pair(here, first, 1.0)
    else:
        # a wording that stands twice in its first report has what is like it with the first of them
        like = near if here.number == here.first else known.near(here.first)
        if like[0] >= 0:
            earliest = _Pair(here, known.at(like[0]), like[1])
    if earliest is not None and (mine is None or mine.there.report != earliest.there.report):
        yield earliest


def _runs(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """Pairs that follow each other in both reports, put together."""
    runs: list[list[_Pair]] = []
    for pair in pairs:
        last = runs[-1][-1] if runs else None
        if last and _follow(last.here, pair.here) and _follow(last.there, pair.there):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs


def _follow(earlier: Standing, later: Standing) -> bool:
    return 0 <= later.span.start - earlier.span.end <= _GAP


def _row(report: Row, other: Row, run: Sequence[_Pair]) -> Row:
    # where words changed too, numbers are held together only if there are as many on both sides
    changed = [
        f"{old}→{new}"
        for pair in run
        if len(pair.here.numbers) == len(pair.there.numbers)
        for new, old in zip(pair.here.numbers, pair.there.numbers, strict=True)
        if new != old
    ]
    first, last = run[0], run[-1]
    length = sum(pair.here.span.length for pair in run)
    alike = sum(pair.alike * pair.here.span.length for pair in run)
    differing = sum(len(change.split("→")[1]) for change in changed)
    return {
        "report_id": report["report_id"],
        "char_start": first.here.span.start,
        "char_end": last.here.span.end,
        "other_report_id": other["report_id"],
        "other_char_start": first.there.span.start,
        "other_char_end": last.there.span.end,
        "similarity": round(max(alike - differing, 0) / length, 4),
        "same_issuer": place(report) is not None and place(report) == place(other),
        "changed_numbers": "; ".join(changed) or None,
    }
