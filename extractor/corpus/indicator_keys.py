"""What a person calls an indicator → its key in the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from extractor.errors import UnknownRow

_NEAR, _ALIKE = 5, 50


def keys_named(wanted: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The keys of these indicators, each named by its key or by its Chinese label, among rows of `comparison_long`;
    raises UnknownRow, which names those that are nearest."""
    if not wanted:
        return ()
    labels = {row["indicator"]: row["label"] or row["indicator"] for row in rows}
    by_label = {label: key for key, label in labels.items()}
    found = []
    for name in wanted:
        key = name if name in labels else by_label.get(name)
        if key is None:
            raise UnknownRow(f"no indicator {name}", remedy=_nearest(name, labels))
        found.append(key)
    return tuple(found)


def _nearest(name: str, labels: Mapping[str, str]) -> str:
    known = {key: key for key in labels} | {label: key for key, label in labels.items()}
    near = process.extract(name, list(known), scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_ALIKE)
    keys = dict.fromkeys(known[text] for text, _, _ in near)
    every = "all of them: govreport compare OUT --coverage"
    return f"near to it: {', '.join(f'{key} ({labels[key]})' for key in keys)}; {every}" if keys else every
