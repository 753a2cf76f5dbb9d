"""Which row of an old table is which of a new one: by place in the text, by key where a row has no place."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Pair = tuple[Row, Row]
Place = Callable[[Row], tuple[int, int]]
Key = Callable[[Row], object]

# two readings of one place share at least a fourth of what they cover together: a name that grew by its
# adverbs does, two neighbours in a list do not overlap at all
_SAME_PLACE = 0.25


def by_place(old: Sequence[Row], new: Sequence[Row], old_place: Place, new_place: Place) -> list[Pair]:
    """Pairs of rows whose places overlap, the likeliest first; `old_place` gives an old row's span in the new text.

    Rows of one span (two titles in one quote) are told apart by how many columns agree. Each row is in one pair.
    """
    spans = [_filled(*old_place(row)) for row in old]
    others = [_filled(*new_place(row)) for row in new]
    ordered = sorted(range(len(new)), key=others.__getitem__)
    found: list[tuple[float, int, int]] = []
    first = 0
    for at in sorted(range(len(old)), key=spans.__getitem__):
        while first < len(ordered) and others[ordered[first]][1] <= spans[at][0]:
            first += 1
        for candidate in ordered[first:]:
            if others[candidate][0] >= spans[at][1]:
                break
            shared = _overlap(spans[at], others[candidate])
            if shared >= _SAME_PLACE:
                found.append((shared + agreement(old[at], new[candidate]), at, candidate))
    return _best(old, new, found)


def _filled(start: int, end: int) -> tuple[int, int]:
    """A span of at least one character: a section without a body has none."""
    return start, max(end, start + 1)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """What two spans share of what they cover together; negative where they lie apart."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def by_key(old: Sequence[Row], new: Sequence[Row], old_key: Key, new_key: Key) -> list[Pair]:
    """Pairs of rows of one key; of several, those that agree most."""
    groups: dict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(new):
        groups[new_key(row)].append(at)
    found = [
        (agreement(row, new[candidate]), at, candidate)
        for at, row in enumerate(old)
        for candidate in groups.get(old_key(row), ())
    ]
    return _best(old, new, found)


def agreement(old: Row, new: Row) -> float:
    """Share of the columns that say the same, 0 to 1."""
    return len([name for name, value in new.items() if old.get(name) == value]) / max(len(new), 1)


def _best(old: Sequence[Row], new: Sequence[Row], found: list[tuple[float, int, int]]) -> list[Pair]:
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[int, int]] = []
    for _, at, candidate in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if at not in taken[0] and candidate not in taken[1]:
            taken[0].add(at)
            taken[1].add(candidate)
            pairs.append((at, candidate))
    return [(old[at], new[candidate]) for at, candidate in sorted(pairs)]
