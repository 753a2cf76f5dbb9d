"""Places: the clause in which a number stands, and its stretches left and right.

Comes in: quantities that measure something. Goes out: for each its stretch left and right, cut at clause
marks, brackets and neighbours. Refuses to look beyond the sentence.
"""

from dataclasses import dataclass

import regex

from extractor.datamodel.span import Span
from extractor.stages.quantities.quantities import Quantity
from extractor.text.clauses import OTHER_NAME, Clauses

_SHORT_BRACKET = regex.compile(rf"([一-龥]{{1,6}}){OTHER_NAME}")
# 66项事务(第一批)已可办理: what is said of them stands behind the bracket
_GOES_ON = regex.compile(r"([一-龥]{1,12})\([一-龥]{1,8}\)(?=已|均|全部|都|可)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity stands: `left` from the boundary to it, `right` from it to the boundary.

    `before_number` tells that the right stretch ends at another quantity. `adjoins` tells that nothing
    but a separator stands between the previous quantity (with its noun) and the left stretch.
    """

    left: Span
    right: Span
    before_number: bool
    adjoins: bool
    clause_start: int
    sentence_start: int


def _comma(view: str, start: int, end: int, *, last: bool = False) -> int:
    """Where the first (or last) 、 stands outside brackets, 县(市、区)政府; -1 where none does."""
    found, depth = -1, 0
    for at in range(start, end):
        depth += (view[at] == "(") - (view[at] == ")" and depth > 0)
        if view[at] == "、" and not depth:
            found = at
            if not last:
                break
    return found


def places(clauses: Clauses, quantities: list[Quantity]) -> list[Place]:
    """The place of each quantity, in their order."""
    view, found = clauses.view, []
    for index, quantity in enumerate(quantities):
        previous = quantities[index - 1].span.end if index else 0
        following = quantities[index + 1].span.start if index + 1 < len(quantities) else len(view)
        start = quantity.span.start
        stop = clauses.skip_bracket(start)
        if stop < previous:
            stop = start
        clause_start = clauses.before(stop)
        left_start = max(clause_start, previous)
        # 、 separates items only behind an item that has its own number
        if (index and left_start == previous) or any(q.span.end > clause_start for q in quantities[:index][-1:]):
            left_start = max(left_start, _comma(view, left_start, stop, last=True) + 1)
        right_end = clauses.behind(quantity.span.end)
        short = None
        if view[right_end : right_end + 1] == "(":
            behind = quantity.span.end
            short = _SHORT_BRACKET.match(view, behind) or _GOES_ON.match(view, behind)
        if short and short.end(1) == right_end:
            right_end = clauses.behind(short.end())
        before_number = following < right_end
        right_end = min(right_end, following)
        comma = _comma(view, quantity.span.end, right_end)
        if comma >= 0 and (before_number or comma == quantity.span.end):
            right_end, before_number = comma, False
        found.append(
            Place(
                Span(left_start, stop),
                Span(quantity.span.end, right_end),
                before_number,
                bool(index) and left_start - previous <= 1 and left_start >= previous,
                clause_start,
                clauses.sentence_start(start),
            )
        )
    return found
