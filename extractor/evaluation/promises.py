"""Scores of commitments, problems and actions.

A commitment is a sentence, the gold sometimes a clause of it. A row answers a gold quote when the
two share at least 0.7 of the shorter, the row holds at least half of the gold quote, and the row
does not run beyond the sentences (。！？ or line) that the gold quote touches by more than a tenth of
its length. Each row answers one gold entry, each entry one row. Rows that touch an optional
commitment, and all others where the gold says `optional_commitments_rest`, count neither way. Problems
are held to the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.datamodel.span import Span
from extractor.evaluation import agreement
from extractor.evaluation.gold import Gold, PlainText, locate
from extractor.evaluation.tally import Slip, Tally

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
_ENDS = "。！？!?\n"


def score_sentences(kind: str, rows: Sequence[Row], gold: Gold, place: PlainText) -> Tally:
    """Rows of that kind (commitments, problems) found, missed and too many."""
    wanted = gold.entries(kind)
    pairs = pair_sentences(rows, wanted, place)
    used = set(pairs.values())
    excused = [span for span in locate(gold.entries(f"optional_{kind}"), place) if span]
    extras = [
        row
        for at, row in enumerate(rows)
        if at not in used
        and not gold.content.get(f"optional_{kind}_rest")
        and not any(_span(row).overlaps(span) for span in excused)
    ]
    return Tally(
        len(pairs),
        tuple(Slip(gold.path.stem, entry["quote"]) for at, entry in enumerate(wanted) if at not in pairs),
        tuple(Slip(gold.path.stem, row["quote"]) for row in extras),
    )


def pair_sentences(rows: Sequence[Row], wanted: Sequence[Row], place: PlainText) -> dict[int, int]:
    """Gold place → row place, best common share first."""
    candidates = []
    for gold_at, span in enumerate(locate(wanted, place)):
        for row_at, row in enumerate(rows):
            if span and (share := _share(_span(row), span, place.text)):
                candidates.append((-share, gold_at, row_at))
    pairs: dict[int, int] = {}
    for _, gold_at, row_at in sorted(candidates):
        if gold_at not in pairs and row_at not in pairs.values():
            pairs[gold_at] = row_at
    return pairs


def score_actions(tables: Tables, gold: Gold, place: PlainText) -> Tally:
    """Actions (verb and object) of the gold commitments that list theirs, in their sentence.

    The actions of a commitment that was missed are all misses.
    """
    rows = tables.get("commitments", ())
    wanted = [entry for entry in gold.entries("commitments") if "actions" in entry]
    pairs = pair_sentences(rows, wanted, place)
    by_commitment: dict[str, list[Row]] = {}
    for action in tables.get("actions", ()):
        by_commitment.setdefault(action["commitment_id"], []).append(action)
    tally = Tally()
    for at, entry in enumerate(wanted):
        row = rows[pairs[at]] if at in pairs else None
        found = list(by_commitment.get(row["commitment_id"], ())) if row else []
        for action in entry["actions"]:
            match = next((a for a in found if agreement.same_action(a, action)), None)
            if match is not None:
                found.remove(match)
                tally += Tally(1)
            else:
                slip = Slip(gold.path.stem, f"{action['verb']} | {action['object']}")
                tally += Tally(0, (slip,))
        slips = tuple(Slip(gold.path.stem, f"{a.get('verb')} | {a.get('object')}") for a in found)
        tally += Tally(0, (), slips)
    return tally


def _span(row: Row) -> Span:
    return Span(row["char_start"], row["char_end"])


def _share(row: Span, gold: Span, text: str) -> float:
    """Intersection over union if the row answers the gold quote, else 0."""
    common = min(row.end, gold.end) - max(row.start, gold.start)
    if common < 0.7 * min(row.length, gold.length) or common < 0.5 * gold.length:
        return 0.0
    start, end = _sentence(gold, text)
    beyond = max(start - row.start, 0) + max(row.end - end, 0)
    if beyond > 0.1 * gold.length:
        return 0.0
    return common / (row.length + gold.length - common)


def _sentence(span: Span, text: str) -> Span:
    """The sentences that the span touches, with their end marks."""
    start, end = span
    while start > 0 and text[start - 1] not in _ENDS:
        start -= 1
    while end < len(text) and text[end - 1] not in _ENDS:
        end += 1
    return Span(start, end)
