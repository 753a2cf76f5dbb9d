"""Scores of what a number's name is made of: each slot exactly, and the key of the catalogue.

Comes in: pairs of gold entry and the row that answers it. Goes out: a tally per slot, `named_exactly` (verb,
object and subject of a row all right), and `keys`. Null agrees only with null. Entries without slot gold, or
without a word on the key, count neither for nor against.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.evaluation.tally import Slip, Tally
from extractor.text.comparable import plain

Row = Mapping[str, Any]
Pairs = Sequence[tuple[Row, Row]]

SLOTS = ("verb", "object", "actor", "scope", "subject")
_NAMING = ("verb", "object", "subject")


def score_slots(pairs: Pairs, file: str) -> dict[str, Tally]:
    """A tally per slot and one of `named_exactly`; empty where no entry has slot gold."""
    judged = [(entry, row) for entry, row in pairs if "verb" in entry]
    tallies = dict.fromkeys((*SLOTS, "named_exactly"), Tally())
    for entry, row in judged:
        right = {slot: _agrees(entry, row, slot) for slot in SLOTS}
        for slot in SLOTS:
            found, wanted = row.get(slot), entry.get(slot)
            slip = (Slip(file, f"{entry.get('quote')}: {slot} {wanted}", f"found {found}"),)
            if right[slot]:
                tallies[slot] += Tally(int(found is not None))
            else:
                tallies[slot] += Tally(0, slip if wanted is not None else (), slip if found is not None else ())
        if all(right[slot] for slot in _NAMING):
            tallies["named_exactly"] += Tally(1)
        else:
            wanted, found = (" | ".join(str(one.get(slot)) for slot in _NAMING) for one in (entry, row))
            slip = (Slip(file, f"{entry.get('quote')}: {wanted}", f"found {found}"),)
            tallies["named_exactly"] += Tally(0, slip, slip)
    return tallies if judged else {}


def _agrees(entry: Row, row: Row, slot: str) -> bool:
    """The slot is as the gold has it, or as a second reading that the gold allows."""
    readings = [entry.get(slot), *(entry.get("also") or {}).get(slot, ())]
    return _form(row.get(slot)) in {_form(reading) for reading in readings}


def _form(text: str | None) -> str:
    return plain(text).removesuffix("了").removesuffix("的").removeprefix("的")


def score_keys(pairs: Pairs, file: str) -> Tally:
    """Keys of the catalogue: a key that a second reader could defend (`key_alt`) counts neither for nor against."""
    tally = Tally()
    for entry, row in pairs:
        if "key" not in entry:
            continue
        wanted, found = entry["key"], row.get("indicator")
        slip = (Slip(file, f"{entry.get('quote')}: {wanted}", f"found {found}"),)
        if found is not None and found == wanted:
            tally += Tally(1)
        elif found is None:
            tally += Tally(0, slip if wanted else ())
        elif found not in (entry.get("key_alt") or ()):
            tally += Tally(0, slip if wanted else (), slip)
    return tally
