"""The sentences of all reports, on disk: where each stands, where its wording first stood, what is nearly like it.

Comes in: texts of reports in their order. Goes out: for each report its sentences, each with the sentence that first
had its wording, and, where it is the first itself, the earlier wording most like it in another report. Sentences are
numbered through; a wording is known by the number of the sentence that first had it. What must meet is brought
together by sorting buckets one at a time, so that memory does not grow with the archive. Two wordings are one if 64
bits of their digest agree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from extractor.corpus.likeness.minhash import ALIKE, BANDS, jaccard, met, signatures
from extractor.corpus.likeness.passages import Passage
from extractor.corpus.spill import Buckets, Records, Slices, Texts
from extractor.datamodel.span import Span

_STANDING = (("report", "i4"), ("start", "i4"), ("end", "i4"), ("length", "i4"), ("numbers", "i4"), ("at", "i8"))
# sentences whose likes are looked for at once
_RANGE = 1 << 17
_KEPT = 8192
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence in a report: its number, place in the order of reports, the number of the sentence that first had
    its wording, span, numbers, wording."""

    number: int
    report: int
    first: int
    span: Span
    numbers: tuple[str, ...]
    wording: str


class Standings:
    """All sentences; `add` each report in order, `settle` once, then ask."""

    def __init__(self, parts: int = 1, folder: Path | None = None) -> None:
        self._parts, self._folder = parts, folder
        self._standings = Slices(_STANDING, folder)
        self._firsts = Slices([("first", "i8")], folder)
        self._near = Slices([("near", "i8"), ("alike", "f8")], folder)
        self._texts = Texts(folder)
        self._wordings = Buckets([("digest", "u8"), ("number", "i8")], parts, folder)
        self._begins = [0]
        self._kept: dict[int, Standing] = {}

    def add(self, passages: Iterable[Passage]) -> None:
        """The sentences of the next report."""
        begin, report = self._begins[-1], len(self._begins) - 1
        rows, digests = [], []
        for passage in passages:
            at, length = self._texts.append(passage.wording)
            _, numbers = self._texts.append(_SEPARATOR.join(passage.numbers))
            rows.append((report, passage.span.start, passage.span.end, length, numbers, at))
            digest = blake2b(passage.wording.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            digests.append(int.from_bytes(digest, "little"))
        self._standings.write(begin, np.array(rows, np.dtype(list(_STANDING))))
        values = np.array(digests, np.uint64)
        self._wordings.add(_bucket(values, self._parts), digest=values, number=np.arange(begin, begin + len(rows)))
        self._begins.append(begin + len(rows))

    def settle(self) -> None:
        """Find the first of each wording, then what is nearly like it."""
        ranges = self._begins[-1] // _RANGE + 1
        firsts = Buckets([("number", "i8"), ("first", "i8")], ranges, self._folder)
        for part in range(self._parts):
            held = self._wordings.read(part)
            # numbers came in order, and the sort keeps it
            order = np.argsort(held["digest"], kind="stable")
            digests, numbers = held["digest"][order], held["number"][order]
            fresh = np.ones(len(order), dtype=bool)
            fresh[1:] = digests[1:] != digests[:-1]
            first = numbers[np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))]
            firsts.add(numbers // _RANGE, number=numbers, first=first)
        spread = self._parts * BANDS
        bands = Buckets([("band", "u1"), ("value", "u8"), ("number", "i8")], spread, self._folder)
        for at in range(ranges):
            self._band(at, firsts.read(at), bands)
        pairs = Buckets([("later", "i8"), ("earlier", "i8")], ranges, self._folder)
        for part in range(spread):
            held = bands.read(part)
            later, earlier = met(held["band"], held["value"], held["number"])
            pairs.add(later // _RANGE, later=later, earlier=earlier)
        for at in range(ranges):
            self._choose(at, pairs.read(at))

    def _band(self, at: int, found: Records, bands: Buckets) -> None:
        """Keep the firsts of a range of sentences, and the band hashes of those that are first themselves."""
        start = at * _RANGE
        dense = np.empty(len(found), np.int64)
        dense[found["number"] - start] = found["first"]
        self._firsts.write(start, dense.view([("first", "i8")]))
        numbers = start + np.flatnonzero(dense == np.arange(start, start + len(dense)))
        standings = self._standings.read(start, start + len(dense))
        for begin in range(0, len(numbers), 4096):
            some = numbers[begin : begin + 4096]
            values = signatures([self._wording(standings[number - start]) for number in some.tolist()])
            for band in range(BANDS):
                column = values[:, band]
                buckets = _bucket(column, self._parts) * BANDS + band
                bands.add(buckets, band=np.full(len(some), band, np.uint8), value=column, number=some)

    def _choose(self, at: int, pairs: Records) -> None:
        """Of the candidates of a range of sentences, the most alike in another report; of equals the earliest."""
        start = at * _RANGE
        count = min(_RANGE, self._begins[-1] - start)
        made = np.empty(count, np.dtype([("near", "i8"), ("alike", "f8")]))
        made["near"], made["alike"] = -1, 0.0
        unique = np.unique(pairs) if len(pairs) else pairs
        reports = self._standings.read(start, start + count)
        for later, earlier in unique.tolist():
            mine, other = reports[later - start], self._record(earlier)
            if mine["report"] == other["report"]:
                continue
            alike = jaccard(self._wording(other), self._wording(mine))
            if alike >= ALIKE and alike > made["alike"][later - start]:
                made[later - start] = (earlier, alike)
        self._near.write(start, made)

    def _record(self, number: int) -> Records:
        return self._standings.read(number, number + 1)[0]  # type: ignore[no-any-return]

    def _wording(self, record: Records) -> str:
        return self._texts.read(int(record["at"]), int(record["length"]))

    def of_report(self, report: int) -> list[Standing]:
        """The sentences of a report."""
        begin, end = self._begins[report : report + 2]
        firsts = self._firsts.read(begin, end)["first"].tolist()
        records = self._standings.read(begin, end)
        return [
            self._standing(begin + at, record, first)
            for at, (record, first) in enumerate(zip(records, firsts, strict=True))
        ]

    def near_of_report(self, report: int) -> Iterator[tuple[int, float]]:
        """For each sentence of a report the number of the one that is nearly like it, -1 without, and how alike."""
        begin, end = self._begins[report : report + 2]
        yield from self._near.read(begin, end).tolist()

    def near(self, number: int) -> tuple[int, float]:
        """As `near_of_report`, for one sentence."""
        found: tuple[int, float] = self._near.read(number, number + 1)[0].item()
        return found

    def at(self, number: int) -> Standing:
        """The sentence of that number; what is asked for again and again is kept."""
        found = self._kept.get(number)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            first = int(self._firsts.read(number, number + 1)["first"][0])
            found = self._kept[number] = self._standing(number, self._record(number), first)
        return found

    def _standing(self, number: int, record: Records, first: int) -> Standing:
        at, length = int(record["at"]), int(record["length"])
        numbers = self._texts.read(at + length, int(record["numbers"]))
        return Standing(
            number,
            int(record["report"]),
            first,
            Span(int(record["start"]), int(record["end"])),
            tuple(numbers.split(_SEPARATOR)) if numbers else (),
            self._texts.read(at, length),
        )


def _bucket(values: Records, parts: int) -> Records:
    """The bucket of a hash, by its upper bits."""
    return ((values >> np.uint64(40)) * np.uint64(parts) >> np.uint64(24)).astype(np.int64)
