"""Scores of extracted rows against gold: precision, recall and F1 per kind, every slip listed.

Comes in: the rows of one report (table name → rows with the columns of the tables), its gold and its
text; or gold paths and a function that gives the rows of a text. Goes out: `Scores`, one `Tally`
per kind. What the gold calls optional, nested or zero counts neither for nor against.

Kinds: `headings` (level and title, in order), `numbers` (distinct document numbers), `pairs`
(number with its title), `titles` (distinct titles in 《》), `indicators` (value and unit), then of
the indicators `names`, `approximations`, `roles`, `parts` (value and unit, and this too), each slot of the
name (`verb`, `object`, `actor`, `scope`, `subject`: of rows that were found, exactly as in the gold), `named_exactly`
(verb, object and subject all right), `keys` (of the catalogue),
`commitments`, `actions` (verb and object) and `identity` (each field that the gold states).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.evaluation import agreement
from extractor.evaluation.gold import Gold, PlainText, find_gold
from extractor.evaluation.indicators import score_indicators
from extractor.evaluation.promises import score_actions, score_commitments
from extractor.evaluation.tally import Slip, Tally
from extractor.text import comparable

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

KINDS = (
    "headings",
    "numbers",
    "pairs",
    "titles",
    "indicators",
    "names",
    "verb",
    "object",
    "actor",
    "scope",
    "subject",
    "named_exactly",
    "keys",
    "approximations",
    "roles",
    "parts",
    "commitments",
    "actions",
    "identity",
)
_LEVELS = {
    "district": "county",
    "province-level municipality": "province",
    "municipality": "province",
}


@dataclass(frozen=True, slots=True)
class Scores:
    """One tally per kind; adding two gives the micro-average over both."""

    tallies: Mapping[str, Tally] = field(default_factory=dict)

    def __getitem__(self, kind: str) -> Tally:
        return self.tallies.get(kind, Tally())

    def __add__(self, other: "Scores") -> "Scores":
        return Scores({kind: self[kind] + other[kind] for kind in KINDS})

    def table(self) -> list[dict[str, Any]]:
        """One row per kind that occurs: kind, hits, misses, extras, precision, recall, f1."""
        return [
            {
                "kind": kind,
                "hits": tally.hits,
                "misses": len(tally.misses),
                "extras": len(tally.extras),
                "precision": tally.precision,
                "recall": tally.recall,
                "f1": tally.f1,
            }
            for kind in KINDS
            if (tally := self[kind]).total
        ]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores per gold file, in the order of the files, and over all of them."""

    by_file: Mapping[Path, Scores]

    @property
    def total(self) -> Scores:
        """Micro-average: all hits, misses and extras together."""
        return sum(self.by_file.values(), Scores())

    def by_folder(self) -> dict[Path, Scores]:
        """Micro-average per folder of gold files."""
        folders: dict[Path, Scores] = {}
        for path, scores in self.by_file.items():
            folders[path.parent] = folders.get(path.parent, Scores()) + scores
        return folders


def evaluate(paths: Iterable[Path], rows_for: Callable[[Path], tuple[Tables, str]]) -> Evaluation:
    """Score every gold file under `paths`; `rows_for(text file)` gives its rows and its text."""
    scores = {}
    for gold in find_gold(paths):
        rows, text = rows_for(gold.text_path)
        scores[gold.path] = score(rows, text, gold)
    return Evaluation(scores)


def score(rows: Tables, text: str, gold: Gold) -> Scores:
    """Scores of one report's rows against its gold; kinds that the gold is silent on stay empty."""
    place = PlainText(text)
    tallies: dict[str, Tally] = {}
    if "headings" in gold.content:
        tallies["headings"] = _score_headings(rows.get("sections", ()), gold)
    if "citations" in gold.content:
        tallies.update(_score_citations(rows.get("citations", ()), gold))
    if "indicators" in gold.content:
        tallies.update(score_indicators(rows.get("indicators", ()), gold, place))
    if "commitments" in gold.content:
        tallies["commitments"] = score_commitments(rows.get("commitments", ()), gold, place)
        tallies["actions"] = score_actions(rows, gold, place)
    tallies["identity"] = _score_identity(rows.get("reports", ()), gold)
    return Scores(tallies)


def _score_headings(sections: Sequence[Row], gold: Gold) -> Tally:
    """Headings in order: the longest common run of (level, title) is right, the rest is not."""
    wanted = [(h["level"], comparable.title(h["title"])) for h in gold.entries("headings")]
    titles = {title for _, title in wanted}
    # a bare text is its title alone
    optional = {
        comparable.title(h["title"] if isinstance(h, Mapping) else str(h))
        for h in gold.content.get("optional_headings") or ()
    } - titles
    found = [
        (row["level"], comparable.title(row["title"]))
        for row in sections
        if row["level"] and comparable.title(row["title"]) not in optional
    ]
    pairs = _common_run(wanted, found)
    hit = {left for left, _ in pairs}, {right for _, right in pairs}
    return Tally(
        len(pairs),
        tuple(Slip(gold.path.stem, f"L{h[0]} {h[1]}") for i, h in enumerate(wanted) if i not in hit[0]),
        tuple(Slip(gold.path.stem, f"L{h[0]} {h[1]}") for i, h in enumerate(found) if i not in hit[1]),
    )


def _common_run(left: Sequence[tuple[int, str]], right: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """Index pairs of a longest common subsequence."""
    best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            same = left[i] == right[j]
            best[i][j] = best[i + 1][j + 1] + 1 if same else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _score_citations(citations: Sequence[Row], gold: Gold) -> dict[str, Tally]:
    """Distinct numbers, distinct 《》 titles, and numbers that carry the gold's title.

    The document's own number counts as any other. A row whose quote holds no 《 names its
    document without title marks; the gold does not list such mentions, so it is left out of
    `titles`.
    """
    wanted = [entry for entry in gold.entries("citations") if entry.get("number")]
    found: dict[str, set[str]] = {}
    for row in citations:
        if row.get("number"):
            number = comparable.document_number(row["number"])
            found.setdefault(number, set()).add(comparable.title(row.get("title")))
    others = {comparable.document_number(other) for other in gold.content.get("other_refs", ())}
    numbers, pairs = Tally(), Tally()
    for entry in wanted:
        forms = agreement.gold_numbers(entry) & set(found)
        slip = Slip(gold.path.stem, f"{entry['number']} {entry.get('title') or ''}")
        titles = set[str]().union(*(found.pop(form) for form in forms))
        numbers += Tally(1) if forms else Tally(0, (slip,))
        if entry.get("title") and not entry.get("self"):
            right = comparable.title(entry["title"]) in titles
            pairs += Tally(1) if right else Tally(0, (slip,))
    extras = tuple(Slip(gold.path.stem, number) for number in found if number not in others)
    return {
        "numbers": numbers + Tally(0, (), extras),
        "pairs": pairs,
        "titles": _score_titles(citations, gold),
    }


def _score_titles(citations: Sequence[Row], gold: Gold) -> Tally:
    listed = gold.content.get("titles")
    if listed is None:
        listed = [entry["title"] for entry in gold.entries("citations") if entry.get("title")]
    wanted = {comparable.title(title) for title in listed}
    optional = {
        comparable.title(title) for key in ("nested_titles", "optional_titles") for title in gold.content.get(key, ())
    }
    own = {comparable.title(c.get("title")) for c in gold.entries("citations") if c.get("self")}
    found = {comparable.title(row["title"]) for row in citations if row.get("title") and "《" in row["quote"]}
    return Tally(
        len(wanted & found),
        tuple(Slip(gold.path.stem, title) for title in sorted(wanted - found)),
        tuple(Slip(gold.path.stem, title) for title in sorted(found - wanted - optional - own)),
    )


def _score_identity(reports: Sequence[Row], gold: Gold) -> Tally:
    """Each field that the gold states: right, or a miss; a wrong value is an extra as well. `issuer_alt` are other
    names of the issuer that are as right."""
    stated = gold.content["report"]
    fields = {
        **{key: stated.get(key) for key in ("issuer", "region", "county", "province")},
        "region_level": _LEVELS.get(stated.get("level"), stated.get("level")),
        "division_code": stated.get("division_code"),
        "report_year": stated.get("report_year", stated.get("year")),
        "plan_year": stated.get("plan_year"),
    }
    row = reports[0] if reports else {}
    tally = Tally()
    for key, wanted in fields.items():
        found = row.get(key)
        if wanted is None:
            continue
        slip = Slip(gold.path.stem, f"{key}: {wanted}", f"found {found}")
        if any(_same_field(found, right) for right in (wanted, *stated.get(f"{key}_alt", ()))):
            tally += Tally(1)
        else:
            tally += Tally(0, (slip,), (slip,) if found is not None else ())
    return tally


def _same_field(found: Any, wanted: Any) -> bool:
    """Equal; a place name also without its class word (黄浦 for 黄浦区)."""
    if isinstance(wanted, str) and isinstance(found, str):
        return found == wanted or (len(wanted) >= 2 and found.removeprefix(wanted) in set("省市区县"))
    return bool(found == wanted)
