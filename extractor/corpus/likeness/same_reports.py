"""Which reports are the same text in another file: other format, reprint.

Comes in: a Collection. Goes out: report_id → report_id of the earlier report, by path. Two reports
are the same when they speak of one place and year (or do not say) and nine tenths of their
sentences are equal, numbers included: the frame of a web page or a lost heading does not make a
new report, a changed figure in each tenth sentence does.
"""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt

from extractor.corpus.collection import Collection, Row, place
from extractor.corpus.likeness.passages import passages

_Hashes = npt.NDArray[np.uint64]
# nine tenths
_SAME, _OF = 9, 10


def find_same(collection: Collection) -> dict[str, str]:
    """Later report → the earliest report that it repeats."""
    groups: defaultdict[Any, list[Row]] = defaultdict(list)
    for report in collection.reports:
        groups[place(report), report.get("report_year")].append(report)
    same: dict[str, str] = {}
    for reports in groups.values():
        if len(reports) > 1:
            same.update(_same_of_group(collection, reports))
    return same


def _same_of_group(collection: Collection, reports: Sequence[Row]) -> dict[str, str]:
    """Of reports of one place and year. Two sets that share nine tenths share one of the few smallest hashes of
    each, so that a report is held only against those that share one of these."""
    same: dict[str, str] = {}
    known: list[tuple[str, _Hashes]] = []
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for report in reports:
        report_id = report["report_id"]
        sentences = _sentences(collection.text_of(report_id))
        few = sentences[: len(sentences) - -(-_SAME * len(sentences) // _OF) + 1].tolist()
        candidates = sorted({at for value in few for at in holders.get(value, ())})
        earlier = next((known[at][0] for at in candidates if _alike(sentences, known[at][1])), None)
        if earlier is not None:
            same[report_id] = earlier
            continue
        for value in few:
            holders[value].append(len(known))
        known.append((report_id, sentences))
    return same


def _sentences(text: str) -> _Hashes:
    """Hashes of the distinct sentences, ascending, so that the texts of a large archive need not be kept."""
    found = {
        int.from_bytes(
            sha256(f"{passage.wording}|{passage.numbers}".encode("utf-8", "surrogatepass")).digest()[:8], "big"
        )
        for passage in passages(text, at_least=4)
    }
    return np.array(sorted(found), np.uint64)


def _alike(left: _Hashes, right: _Hashes) -> bool:
    common = len(np.intersect1d(left, right, assume_unique=True))
    return bool(len(left)) and _OF * common >= _SAME * (len(left) + len(right) - common)
