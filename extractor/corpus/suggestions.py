"""Suggestions for the catalogue: frequent names that no entry recognises, clustered, with their evidence.

Comes in: indicator rows of many reports. Goes out: clusters, the most widespread first. Refuses changes and
baselines (they measure another row's change) and numbers without a name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from extractor.datamodel.folding import fold

Row = Mapping[str, Any]
_LEFT_OUT = frozenset(("change", "baseline"))
# what two spellings of one name differ in: quotes, white space, what a report reports with
_NOISE = regex.compile(r"[“”\"'《》〈〉\s·]|^(?:全年|全[镇乡县市区]|共|累计|组织|开展|举办|进行|完成|实施|新增?)+")
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Cluster:
    """Names of one measure: `phrases` (subject and name as the catalogue sees them, most frequent first) with
    one base unit, `rows` in the order of the tables."""

    phrases: tuple[str, ...]
    unit: str | None
    dimension: str
    rows: tuple[Row, ...]

    @property
    def reports(self) -> int:
        """Number of distinct reports."""
        return len({row["report_id"] for row in self.rows})


def find_clusters(rows: Iterable[Row], *, least: int = 2) -> list[Cluster]:
    """Clusters that stand in at least `least` reports, by reports, rows and first phrase."""
    by_unit: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["indicator"] is None and row["name"] and row["role"] not in _LEFT_OUT:
            by_unit[row["unit"] or "", row["dimension"]].append(row)
    found = [
        cluster
        for (unit, dimension), group in by_unit.items()
        for cluster in _clusters(group, unit or None, dimension)
        if cluster.reports >= least
    ]
    return sorted(found, key=lambda one: (-one.reports, -len(one.rows), one.phrases[0], one.unit or ""))


def _clusters(rows: Sequence[Row], unit: str | None, dimension: str) -> list[Cluster]:
    """Each phrase joins the first cluster whose leading phrase is alike; frequent phrases lead."""
    counts = Counter(_phrase(row) for row in rows)
    groups: dict[str, list[str]] = {}
    for phrase in sorted(counts, key=lambda phrase: (-counts[phrase], phrase)):
        home = next((leader for leader in groups if _alike(leader, phrase)), None)
        groups.setdefault(home or phrase, []).append(phrase)
    return [
        Cluster(tuple(group), unit, dimension, tuple(row for row in rows if _phrase(row) in group))
        for group in groups.values()
    ]


def _phrase(row: Row) -> str:
    return fold(f"{row['subject'] or ''} {row['name']}".strip())


def _alike(one: str, other: str) -> bool:
    first, second = _pairs(one), _pairs(other)
    return len(first & second) >= _ALIKE * len(first | second)


def _pairs(phrase: str) -> frozenset[str]:
    bare = _NOISE.sub("", phrase) or phrase
    return frozenset(bare[at : at + 2] for at in range(max(1, len(bare) - 1)))


def stub(cluster: Cluster, ordinal: int, *, shown: int = 3) -> str:
    """A TOML entry for an overlay that recognises the cluster's phrases; key, labels and theme are to be
    completed. Its comments hold the evidence."""
    unit = cluster.unit or ""
    lines = [f"# {len(cluster.rows)} times in {cluster.reports} reports"]
    seen: set[str] = set()
    for row in cluster.rows:
        if row["report_id"] not in seen and len(seen) < shown:
            seen.add(row["report_id"])
            lines.append(f"#   {row['indicator_id']}  {' '.join(row['quote'].split())}")
    patterns = " | ".join(f"^{re.escape(phrase)}$" for phrase in cluster.phrases)
    lines += [
        "[[indicator]]",
        f'key = "mine_{ordinal}"  # to be completed: English, stable for ever',
        f"label = {_quoted(cluster.phrases[0])}  # to be completed",
        'label_en = ""  # to be completed',
        'theme = ""  # to be completed',
        f"unit = {_quoted(unit)}",
        f"dimension = {_quoted(cluster.dimension)}",
        f"units = [{_quoted(unit)}]",
        "stock = false  # true for a state",
        f"pattern = {_quoted(patterns)}",
        f"examples = [{', '.join(_quoted(f'{phrase}|{unit}') for phrase in cluster.phrases)}]",
        "counterexamples = []  # to be completed",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
