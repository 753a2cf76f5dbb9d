"""Which reports are the same text in another file: other format, reprint.

Comes in: a Collection. Goes out: report_id → report_id of the earlier report, by path. Two reports
are the same when they speak of one place and year (or do not say) and nine tenths of their
sentences are equal, numbers included: the frame of a web page or a lost heading does not make a
new report, a changed figure in each tenth sentence does.
"""

from collections import defaultdict
from hashlib import sha256
from typing import Any

from extractor.corpus.collection import Collection, place
from extractor.corpus.likeness.passages import passages

SAME_SHARE = 0.9


def find_same(collection: Collection) -> dict[str, str]:
    """Later report → the earliest report that it repeats."""
    groups: defaultdict[Any, list[tuple[str, frozenset[bytes]]]] = defaultdict(list)
    same: dict[str, str] = {}
    for report in collection.reports:
        report_id = report["report_id"]
        sentences = _sentences(collection.text_of(report_id))
        group = groups[(place(report), report.get("report_year"))]
        earlier = next((id_ for id_, known in group if _alike(sentences, known)), None)
        if earlier is None:
            group.append((report_id, sentences))
        else:
            same[report_id] = earlier
    return same


def _sentences(text: str) -> frozenset[bytes]:
    """Hashes of the sentences, so that the texts of a large archive need not be kept."""
    return frozenset(
        sha256(f"{passage.wording}|{passage.numbers}".encode()).digest()[:8] for passage in passages(text, at_least=4)
    )


def _alike(left: frozenset[bytes], right: frozenset[bytes]) -> bool:
    return bool(left) and len(left & right) >= SAME_SHARE * len(left | right)
