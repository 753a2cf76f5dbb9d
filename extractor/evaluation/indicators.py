"""Scores of indicators: which row answers which gold entry, and what else is right of it.

Comes in: indicator rows and gold entries of one report. Goes out: tallies of `indicators` (value
and unit) and of `names`, `approximations`, `roles`, `parts`, each of which also asks for value
and unit: a row with the right number and a wrong name is a miss and an extra of `names`. Slots and
keys are judged on the rows that were found, where the gold speaks of them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from extractor.datamodel.span import Span
from extractor.evaluation import agreement
from extractor.evaluation.gold import Gold, PlainText, locate
from extractor.evaluation.slots import score_keys, score_slots
from extractor.evaluation.tally import Slip, Tally

Row = Mapping[str, Any]
# further apart than two places of any text
_FAR = 10**9


def score_indicators(rows: Sequence[Row], gold: Gold, place: PlainText) -> dict[str, Tally]:
    """Tallies of value and unit, name, approximation class, role and `part_of`."""
    wanted = gold.entries("indicators")
    optional = (*gold.entries("optional_indicators"), *gold.entries("zero_indicators"))
    pairs, excused = _pair(rows, wanted, optional, place)
    answered, used = dict(pairs), {row for _, row in pairs}
    extras = [i for i in range(len(rows)) if i not in used and i not in excused]
    missed = [i for i in range(len(wanted)) if i not in answered]
    file = gold.path.stem
    base = Tally(
        len(pairs),
        tuple(_gold_slip(file, wanted[i]) for i in missed),
        tuple(_row_slip(file, rows[i], place) for i in extras),
    )
    tests: Mapping[str, Callable[[Row, Row], bool]] = {
        "names": lambda row, entry: agreement.same_name(row, entry["name"]),
        "approximations": lambda row, entry: row.get("approx") == agreement.approximation(entry),
        "roles": lambda row, entry: row.get("role") in agreement.roles(entry),
    }
    tallies = {"indicators": base}
    for kind, test in tests.items():
        wrong = [(g, r) for g, r in pairs if not test(rows[r], wanted[g])]
        slips = tuple(_wrong_slip(file, kind, wanted[g], rows[r]) for g, r in wrong)
        tallies[kind] = Tally(len(pairs) - len(wrong), base.misses + slips, base.extras + slips)
    tallies.update(score_slots([(wanted[g], rows[r]) for g, r in pairs], file))
    tallies["keys"] = score_keys([(wanted[g], rows[r]) for g, r in pairs], file)
    if any(entry.get("part_of") is not None for entry in wanted):
        tallies["parts"] = _score_parts(rows, wanted, answered, file)
    return tallies


def _pair(
    rows: Sequence[Row], wanted: Sequence[Row], optional: Sequence[Row], place: PlainText
) -> tuple[list[tuple[int, int]], set[int]]:
    """Pairs (gold, row) of equal quantity, nearest in the text first; rows excused by optional gold.

    An optional entry stands in the same queue, so that a row which is its own does not pass for
    an entry elsewhere of equal value.
    """
    spans = locate(wanted, place) + locate(optional, place)
    candidates = []
    for row_at, row in enumerate(rows):
        for gold_at, entry in enumerate((*wanted, *optional)):
            distance = _distance(row, spans[gold_at])
            is_optional = gold_at >= len(wanted)
            agrees = agreement.same_quantity(row, entry)
            if agrees or (is_optional and distance == 0 and _same_value(row, entry)):
                candidates.append((distance, is_optional, gold_at, row_at))
    pairs, excused, taken = [], set[int](), (set[int](), set[int]())
    for _, is_optional, gold_at, row_at in sorted(candidates):
        if gold_at in taken[0] or row_at in taken[1]:
            continue
        taken[0].add(gold_at)
        taken[1].add(row_at)
        if is_optional:
            excused.add(row_at)
        else:
            pairs.append((gold_at, row_at))
    return sorted(pairs), excused


def _same_value(row: Row, entry: Row) -> bool:
    return agreement.close(row.get("value"), entry["value"])


def _distance(row: Row, span: Span | None) -> int:
    """Code points between the row's quote and the gold's; 0 if they overlap."""
    if span is None:
        return _FAR
    start, end = int(row["char_start"]), int(row["char_end"])
    return max(span.start - end + 1, start - span.end + 1, 0)


def _score_parts(rows: Sequence[Row], wanted: Sequence[Row], answered: Mapping[int, int], file: str) -> Tally:
    """Links from part to total. Gold's `part_of` is the 0-based place of the total in its list.

    A link is right when both ends were found and the part's row names the total's row.
    """
    ids = {row["indicator_id"]: at for at, row in enumerate(rows)}
    tally = Tally()
    back = {row: gold for gold, row in answered.items()}
    for at, entry in enumerate(wanted):
        total = entry.get("part_of")
        found = ids.get(rows[answered[at]].get("part_of")) if at in answered else None
        stated = back.get(found) if found is not None else None
        slip = Slip(file, f"{entry.get('quote')} part of {_quote(wanted, total)}")
        if total is not None and stated == total:
            tally += Tally(1)
        elif total is not None:
            tally += Tally(0, (slip,), (slip,) if found is not None else ())
        elif found is not None:
            quote = rows[found].get("quote")
            tally += Tally(0, (), (Slip(file, f"{entry.get('quote')} part of {quote}"),))
    return tally


def _quote(wanted: Sequence[Row], at: int | None) -> str:
    return str(wanted[at].get("quote")) if at is not None and at < len(wanted) else "nothing"


def _quantity(entry: Row) -> str:
    value = entry.get("value")
    shown = f"{float(value):g}" if value is not None else "?"
    return f"{shown} {entry.get('unit') or '(no unit)'}"


def _gold_slip(file: str, entry: Row) -> Slip:
    return Slip(file, f"{_quantity(entry)} {entry['name']}", str(entry.get("quote") or ""))


def _row_slip(file: str, row: Row, place: PlainText) -> Slip:
    around = place.text[max(row["char_start"] - 15, 0) : row["char_end"] + 15]
    return Slip(file, f"{_quantity(row)} {row.get('name')}", "".join(around.split()))


def _wrong_slip(file: str, kind: str, entry: Row, row: Row) -> Slip:
    if kind == "names":
        found = "+".join(part for part in (row.get("subject"), row.get("name")) if part)
        return Slip(file, f"{_quantity(entry)} {entry['name']}", f"found {found or 'no name'}")
    if kind == "roles":
        wanted = "/".join(sorted(agreement.roles(entry)))
        return Slip(file, f"{entry.get('quote')}: {wanted}", f"found {row.get('role')}")
    word = agreement.approximation(entry)
    return Slip(file, f"{entry.get('quote')}: {word}", f"found {row.get('approx')}")
