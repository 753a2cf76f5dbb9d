"""Passages: the sentences of a report in the forms in which reports are compared.

Comes in: a text. Goes out: its sentences with their spans, each with its wording (folded, without
white space, punctuation and numbers) and its numbers. 。！？； and the line break end a passage.
"""

import re
from dataclasses import dataclass

from extractor.datamodel.folding import fold
from extractor.datamodel.span import Span

_PASSAGE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_MARKS = re.compile(r"[^\w%#]|_")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: span without white space around it, wording with each number as `#`, numbers."""

    span: Span
    wording: str
    numbers: tuple[str, ...]


def passages(text: str, *, at_least: int = 1) -> list[Passage]:
    """Passages in text order whose wording has `at_least` characters.

    >>> [(p.wording, p.numbers) for p in passages("共接收工单6,280件，按时办结。")]
    [('共接收工单#件按时办结', ('6280',))]
    """
    view, found = fold(text), []
    for match in _PASSAGE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        wording = wording_of(view[start:end])
        if len(wording) >= at_least:
            numbers = tuple(number.replace(",", "") for number in _NUMBER.findall(view, start, end))
            found.append(Passage(Span(start, end), wording, numbers))
    return found


def wording_of(view: str) -> str:
    """A folded text without white space and punctuation, each number one `#`."""
    return _MARKS.sub("", _NUMBER.sub("#", view))


def shingles(wording: str) -> frozenset[str]:
    """Pairs of neighbouring characters, in which Chinese words of two characters stand whole."""
    return frozenset(wording[at : at + 2] for at in range(len(wording) - 1))
