"""Measures: the clause in which a number stands, and what its words make of the name.

Comes in: quantities that measure something. Goes out: for each its stretch left and right, cut at clause
marks, brackets and neighbours. Refuses to look beyond the sentence.
"""

from bisect import bisect_left
from dataclasses import dataclass

import regex

from extractor.datamodel.span import Span
from extractor.stages.indicators.candidates import INNER, OTHER_NAME
from extractor.stages.quantities.quantities import Quantity
from extractor.text.sentences import closing

_MARK = regex.compile(r"[,;。:!?()\n\t]")
_OPENING = regex.compile("[《“]")
_SHORT_BRACKET = regex.compile(rf"([一-龥]{{1,6}}){OTHER_NAME}")
_INNER = regex.compile(rf"(?<=[一-龥]){INNER}")
_LONGEST_QUOTE = 60
_SENTENCE_MARKS = "。!?\n"


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


class Clauses:
    """Clause boundaries of a view; marks inside quotes, titles and numbers are none."""

    def __init__(self, view: str) -> None:
        self.view = view
        inside = bytearray(len(view) + 1)
        for found in _OPENING.finditer(view):
            at = found.start()
            if not inside[at]:
                line_end = view.find("\n", at)
                end = closing(view, at, len(view) if line_end < 0 else line_end)
                if end is not None and end - at <= _LONGEST_QUOTE:
                    inside[at + 1 : end - 1] = b"\1" * (end - at - 2)
        for found in _INNER.finditer(view):
            inside[found.start()] = inside[found.end() - 1] = 1
        marks = [found.start() for found in _MARK.finditer(view) if not inside[found.start()]]
        self._marks = [at for at in marks if self._ends(at)]
        self._ends_of_sentences = [at for at in self._marks if view[at] in _SENTENCE_MARKS]

    def _ends(self, at: int) -> bool:
        """False for 6,280 and 9:30."""
        view = self.view
        if view[at] in ",:" and view[at - 1 : at].isdigit() and view[at + 1 : at + 2].isdigit():
            return view[at] == "," and not view[at + 1 : at + 4].isdigit()
        return True

    def before(self, at: int) -> int:
        """Position behind the last mark before `at`."""
        return _behind_last(self._marks, at)

    def behind(self, at: int) -> int:
        """Position of the first mark at or behind `at`."""
        return self._first(self._marks, at)

    def _first(self, marks: list[int], at: int) -> int:
        index = bisect_left(marks, at)
        return marks[index] if index < len(marks) else len(self.view)

    def sentence_start(self, at: int) -> int:
        """Where the sentence of `at` begins."""
        return _behind_last(self._ends_of_sentences, at)

    def sentence_end(self, at: int) -> int:
        """Position behind the mark that ends the sentence of `at`."""
        end = self._first(self._ends_of_sentences, at)
        return min(len(self.view), end + 1) if self.view[end : end + 1] != "\n" else end

    def skip_bracket(self, at: int) -> int:
        """Position before a bracket that ends right before `at`; `at` itself if there is none."""
        if at == 0 or self.view[at - 1] != ")":
            return at
        opened = self.view.rfind("(", max(0, at - 60), at)
        return at if opened < 0 or "\n" in self.view[opened:at] else opened


def _behind_last(marks: list[int], at: int) -> int:
    index = bisect_left(marks, at)
    return marks[index - 1] + 1 if index else 0


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
            comma = view.rfind("、", left_start, stop)
            left_start = max(left_start, comma + 1)
        right_end = clauses.behind(quantity.span.end)
        short = _SHORT_BRACKET.match(view, quantity.span.end) if view[right_end : right_end + 1] == "(" else None
        if short and short.end(1) == right_end:
            right_end = clauses.behind(short.end())
        before_number = following < right_end
        right_end = min(right_end, following)
        comma = view.find("、", quantity.span.end, right_end)
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
