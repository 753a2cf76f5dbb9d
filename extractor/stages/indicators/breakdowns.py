"""Breakdowns (分项): which number is a part of which total.

Comes in: indicators in text order. Goes out: the same with `part_of` filled where a bracket right behind
a total or the word 其中 says so, or where the numbers behind it add up to it. Refuses parts in another unit than their
total, but for measure words that count the same kind of thing (公开信息300条,其中政策解读12篇).
"""

from dataclasses import replace

import regex

from extractor.datamodel.records import Indicator
from extractor.datamodel.vocabulary import Dimension
from extractor.text.clauses import Clauses

# a total below it may be the sum of what follows by chance
_ADDS_UP = 20
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
                one = linked[part]
                # what is counted stands with the total only
                alone = one.verb is None and one.subject is None and one.scope is None and one.name != total.name
                subject = total.name if alone else one.subject
                # 公开信息300条,其中疫情信息公开8条: a part is not what the catalogue knows as the whole
                same = one.indicator is not None and one.indicator == total.indicator
                key = (None, None) if same else (one.indicator, one.label)
                linked[part] = replace(one, part_of=index + 1, subject=subject, indicator=key[0], label=key[1])
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
        return _that_add_up(clauses, indicators, index)
    # a semicolon ends the list of parts
    listed = [i for i in following if among.end() <= indicators[i].value_span.start < stop]
    semicolon = view.find(";", among.end(), stop)
    stop = semicolon if semicolon >= 0 else stop
    parts = [i for i in listed if indicators[i].value_span.start < stop]
    if len(listed) > len(parts) > 1 and _adds_up(indicators, listed, total):
        # unless what stands behind it makes up the total: 动态50篇,简报43篇;其他29篇
        parts = listed
    start = clauses.sentence_start(total.value_span.start)
    totals = [
        i
        for i, one in enumerate(indicators)
        if start <= one.value_span.start < among.start() and alike(one.unit, total.unit) and one.part_of is None
    ]
    return parts if index == _chosen(indicators, totals, parts, last=not follows) else []


def _adds_up(indicators: list[Indicator], parts: list[int], total: Indicator) -> bool:
    same = all(indicators[i].unit == total.unit for i in parts)
    return same and sum(indicators[i].value or 0 for i in parts) == total.value


def _that_add_up(clauses: Clauses, indicators: list[Indicator], index: int) -> list[int]:
    """Numbers right behind a total, of its measure word and without a verb, that add up to it to the last of them:
    处罚案件共92件,简易程序56件,一般程序36件。 Small totals add up by chance."""
    total = indicators[index]
    if total.value is None or total.value < _ADDS_UP or total.dimension is not Dimension.COUNT:
        return []
    stop = clauses.sentence_end(total.value_span.end)
    parts: list[int] = []
    for at in range(index + 1, len(indicators)):
        one = indicators[at]
        if one.value_span.start >= stop or one.unit != total.unit or one.part_of is not None or one.verb is not None:
            break
        parts.append(at)
    return parts if len(parts) > 1 and _adds_up(indicators, parts, total) else []


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
