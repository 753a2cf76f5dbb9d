"""Sentences and clauses of a folded view, as spans.

A sentence ends at 。 ! ? (clauses also at , ; and :) or at the end of the line; marks inside 《》, “” and
() do not end anything, unless the bracket is never closed on its line. The end mark belongs to the
sentence; the line break does not. A comma between digits (6,280) ends nothing.
"""

from itertools import pairwise

import regex

from extractor.datamodel.span import Span

_OPEN = {"《": "》", "“": "”", "(": ")"}
_CLOSED = {closer: opener for opener, closer in _OPEN.items()}
_BRACKET = regex.compile(r"[《》“”()\n]")
# nobody writes a longer one: what looks at a sentence for each of its numbers must not look at a flood
LONGEST_SENTENCE = 5000
_SENTENCE = regex.compile(r"[。!?《“(\n]")
_CLAUSE = regex.compile(r"[。!?;《“(\n]|(?<![0-9]),|,(?![0-9]{3}(?![0-9]))")


def sentences(view: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences in text order, without the white space around them; empty ones left out.

    >>> view = "办结《甲。乙》2件。满意度100%"
    >>> [span.slice(view) for span in sentences(view)]
    ['办结《甲。乙》2件。', '满意度100%']
    """
    return _split(view, start, len(view) if end is None else end, _SENTENCE)


def clauses(view: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Clauses in text order, each with its end mark.

    >>> view = "接收工单6,280件,按时办结率100%。"
    >>> [span.slice(view) for span in clauses(view)]
    ['接收工单6,280件,', '按时办结率100%。']
    """
    return _split(view, start, len(view) if end is None else end, _CLAUSE)


def closings(view: str, start: int, end: int) -> dict[int, int]:
    """Of each bracket that is closed on its line the position behind the mark that closes it, looked for once.

    >>> closings("《甲〈乙》丙》", 0, 7)
    {0: 5}
    """
    found: dict[int, int] = {}
    opened: dict[str, list[int]] = {mark: [] for mark in _OPEN}
    for mark in _BRACKET.finditer(view, start, end):
        char = mark[0]
        if char == "\n":
            for places in opened.values():
                places.clear()
        elif char in _OPEN:
            opened[char].append(mark.start())
        elif opened[_CLOSED[char]]:
            found[opened[_CLOSED[char]].pop()] = mark.end()
    return found


def trimmed(view: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span
    while start < end and view[start].isspace():
        start += 1
    while end > start and view[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _split(view: str, start: int, end: int, marks: "regex.Pattern[str]") -> list[Span]:
    found, begin, at = [], start, start
    closed: dict[int, int] | None = None
    while at < end:
        mark = marks.search(view, at, end)
        if mark is None:
            break
        at = mark.end()
        char = mark[0]
        if char in _OPEN:
            closed = closings(view, at - 1, end) if closed is None else closed
            # a clause mark inside quotes ends nothing, an unclosed quote must not swallow the line
            at = closed.get(at - 1, at)
            continue
        stop = mark.start() if char == "\n" else mark.end()
        # a closing quote right behind the mark still belongs to the sentence
        while stop < end and view[stop] in "”’)" and char != "\n":
            stop += 1
        found.append(Span(begin, stop))
        begin = at = max(at, stop)
    found.append(Span(begin, end))
    spans = (trimmed(view, part) for span in found for part in _parts(span))
    return [span for span in spans if span.length]


def _parts(span: Span) -> list[Span]:
    """The span, or pieces of one that nobody wrote."""
    if span.length <= LONGEST_SENTENCE:
        return [span]
    cuts = [*range(span.start, span.end, LONGEST_SENTENCE), span.end]
    return [Span(*pair) for pair in pairwise(cuts)]
