"""Breakdowns (分项): which number is a part of which total.

Comes in: indicators in text order. Goes out: the same with `part_of` filled where a bracket right behind
a total or the word 其中 says so. Refuses parts in another unit than their total.
"""

from dataclasses import replace

import regex

from extractor.datamodel.records import Indicator
from extractor.stages.measures import Clauses

_AMONG = regex.compile(r"其中|包括|分别(?:是|为):?|即:")


def link_parts(clauses: Clauses, indicators: list[Indicator]) -> list[Indicator]:
    """The indicators with `part_of` (1-based ordinals of the list)."""
    linked = list(indicators)
    for index, total in enumerate(indicators):
        for part in _parts(clauses, indicators, index):
            if linked[part].part_of is None and linked[part].unit == total.unit:
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
    if among is None or among[0] != "其中":
        return []
    # 其中 speaks of the last total before it
    between = [i for i in following if indicators[i].value_span.start < among.start()]
    if any(indicators[i].unit == total.unit for i in between):
        return []
    # a semicolon ends the list of parts
    semicolon = view.find(";", among.end(), stop)
    stop = semicolon if semicolon >= 0 else stop
    return [i for i in following if among.end() <= indicators[i].value_span.start < stop]


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
