"""Sentences and clauses of a folded view, as spans.

A sentence ends at 。 ! ? (clauses also at , ; and :) or at the end of the line; marks inside 《》, “” and
() do not end anything, unless the bracket is never closed on its line. The end mark belongs to the
sentence; the line break does not. A comma between digits (6,280) ends nothing.
"""

import regex

from extractor.datamodel.span import Span

_OPEN = {"《": "》", "“": "”", "(": ")"}
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


def closing(view: str, position: int, end: int) -> int | None:
    """Position behind the mark that closes the bracket at `position`; None if its line does not.

    >>> closing("《甲〈乙》丙》", 0, 7)
    5
    """
    opener = view[position]
    closer = _OPEN[opener]
    depth, at = 0, position
    while at < end and view[at] != "\n":
        if view[at] == opener:
            depth += 1
        elif view[at] == closer:
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return None


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
    while at < end:
        mark = marks.search(view, at, end)
        if mark is None:
            break
        at = mark.end()
        char = mark[0]
        if char in _OPEN:
            behind = closing(view, mark.start(), end)
            # a clause mark inside quotes ends nothing, an unclosed quote must not swallow the line
            at = behind if behind is not None else at
            continue
        stop = mark.start() if char == "\n" else mark.end()
        # a closing quote right behind the mark still belongs to the sentence
        while stop < end and view[stop] in "”’)" and char != "\n":
            stop += 1
        found.append(Span(begin, stop))
        begin = at = max(at, stop)
    found.append(Span(begin, end))
    spans = (trimmed(view, span) for span in found)
    return [span for span in spans if span.length]
