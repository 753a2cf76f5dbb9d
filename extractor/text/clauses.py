"""Clauses (分句): where a clause and a sentence begin and end in a view.

Comes in: a view. Goes out: boundaries around a place. Marks inside quotes, titles, numbers and short brackets of a
noun are none.
"""

from bisect import bisect_left

import regex

from extractor.text.sentences import LONGEST_SENTENCE, closings

_MARK = regex.compile(r"[,;。:!?()\n\t]")
_OPENING = regex.compile("[《“]")
# 9个村(社区), 7个县(市)区: a bracket inside the noun, that explains nothing of its number
OTHER_NAME = r"\((?:[市区县村居旗]|社区|街道|管委会|村居|居委会?|[村社]区?[、/](?:社区|居))\)"
# 行政许可(备案)事项, 党委(扩大)会议: a bracket in the middle of a noun; (其中…), (含…) speak of the number
_INNER = regex.compile(
    r"(?<=[一-龥])(?:\((?!其中|[不]?含|包括|如|即|详|见|注|以下|以上|下同|截|具体)[一-龥、]{1,8}\)(?=[一-龥]{2})"
    r"(?!共|累计|已|均|全部)|" + OTHER_NAME + ")"
)
_LONGEST_QUOTE = 60
_SENTENCE_MARKS = "。!?\n"
# nobody writes a longer one; see LONGEST_SENTENCE
_LONGEST_CLAUSE = 1000


class Clauses:
    """Clause boundaries of a view; marks inside quotes, titles and numbers are none."""

    def __init__(self, view: str) -> None:
        self.view = view
        inside = bytearray(len(view) + 1)
        closed = closings(view, 0, len(view))
        for found in _OPENING.finditer(view):
            at = found.start()
            if not inside[at]:
                end = closed.get(at)
                if end is not None and end - at <= _LONGEST_QUOTE:
                    inside[at + 1 : end - 1] = b"\1" * (end - at - 2)
        for found in _INNER.finditer(view):
            inside[found.start()] = inside[found.end() - 1] = 1
        marks = [found.start() for found in _MARK.finditer(view) if not inside[found.start()]]
        self._marks = _bounded([at for at in marks if self._ends(at)], _LONGEST_CLAUSE, len(view))
        ends = [at for at in self._marks if view[at] in _SENTENCE_MARKS]
        self._ends_of_sentences = _bounded(ends, LONGEST_SENTENCE, len(view))

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


def _bounded(marks: list[int], most: int, end: int) -> list[int]:
    """The marks, and places that part what is longer than anybody writes.

    >>> _bounded([3, 14], 4, 16)
    [3, 7, 11, 14]
    """
    made, last = [], -1
    for mark in (*marks, end):
        while mark - last > most:
            last += most
            made.append(last)
        made.append(mark)
        last = mark
    return made[:-1]


def _behind_last(marks: list[int], at: int) -> int:
    index = bisect_left(marks, at)
    return marks[index - 1] + 1 if index else 0
