"""Breakdowns (分项): which number is a part of which total.

Comes in: indicators in text order. Goes out: the same with `part_of` filled where a bracket right behind
a total or the word 其中 says so. Refuses parts in another unit than their total, but for measure words that
count the same kind of thing (公开信息300条,其中政策解读12篇).
"""

from dataclasses import replace

import regex

from extractor.datamodel.records import Indicator
from extractor.text.clauses import Clauses

_AMONG = regex.compile(r"其中|包括|分别(?:是|为):?|即:")


# papers, and cases: their measure words stand for each other
_SAME_KIND = (frozenset("件条项篇份期则"), frozenset("件起宗例案"))


def alike(unit: str | None, other: str | None) -> bool:
    """True for one unit, or two measure words for one kind of thing."""
    return unit == other or any({unit, other} <= kind for kind in _SAME_KIND)


def link_parts(clauses: Clauses, indicators: list[Indicator]) -> list[Indicator]:
    """The indicators with `part_of` (1-based ordinals of the list)."""
    linked = list(indicators)
    for index, total in enumerate(indicators):
        for part in _parts(clauses, indicators, index):
            if linked[part].part_of is None and alike(linked[part].unit, total.unit):
                linked[part] = replace(linked[part], part_of=index + 1)
    return linked


def _parts(clauses: Clauses, indicators: list[Indicator], index: int) -> list[int]:
    view, total = clauses.view, indicators[index]
    behind = max(total.span.end, total.value_span.end)
    following = range(index + 1, len(indicators))
    if view[behind : behind + 1] == "(":
        end = view.find(")", behind)
        depth_end = _closing(view, behind)
        end = depth_end if depth_end is not None else end
        return [i for i in following if indicators[i].value_span.end <= end] if end > 0 else []
    stop = clauses.sentence_end(behind)
    among = _AMONG.search(view, behind, stop)
    follows = among is None and view.startswith("其中", stop)
    if follows:
        # 全年调解536件。其中,村调委会调解300件: the list may be a sentence of its own
        among = _AMONG.match(view, stop)
        stop = clauses.sentence_end(stop)
    if among is None or among[0] != "其中":
        return []
    # a semicolon ends the list of parts
    semicolon = view.find(";", among.end(), stop)
    stop = semicolon if semicolon >= 0 else stop
    parts = [i for i in following if among.end() <= indicators[i].value_span.start < stop]
    start = clauses.sentence_start(total.value_span.start)
    totals = [
        i
        for i, one in enumerate(indicators)
        if start <= one.value_span.start < among.start() and alike(one.unit, total.unit) and one.part_of is None
    ]
    return parts if index == _chosen(indicators, totals, parts, last=not follows) else []


def _chosen(indicators: list[Indicator], totals: list[int], parts: list[int], *, last: bool) -> int | None:
    """Of several numbers before 其中, the one that the parts add up to; else the last of its own sentence,
    or the first of the sentence before, which says what it speaks of."""
    if not totals:
        return None
    values = [indicators[i].value for i in parts if indicators[i].unit == indicators[totals[0]].unit]
    if values and None not in values:
        whole = sum(value for value in values if value is not None)
        for index in totals:
            if indicators[index].value == whole:
                return index
    return totals[-1 if last else 0]


def _closing(view: str, position: int) -> int | None:
    depth = 0
    for at in range(position, min(len(view), position + 400)):
        if view[at] == "(":
            depth += 1
        elif view[at] == ")":
            depth -= 1
            if depth == 0:
                return at
        elif view[at] == "\n":
            return None
    return None
