"""Account of a name (命名说明): the words of its clause, the readings that were weighed, and why one won.

Comes in: a document and how far its stages have come. Goes out: lines for people. The analysis is made anew from the
text, by the same code that made the row.
"""

from extractor.datamodel.document import Document
from extractor.datamodel.span import Span
from extractor.stages.base import Context, Progress
from extractor.stages.indicators.indicators import name_all, namer_of
from extractor.stages.indicators.naming import Named
from extractor.stages.indicators.places import places
from extractor.stages.indicators.readings import Reading
from extractor.stages.indicators.word_classes import Word

# readings that a reader of `explain` takes in
_SHOWN = 4


def account_of_name(document: Document, so_far: Progress, context: Context, span: Span) -> list[str]:
    """Lines on each number whose value stands in `span`; empty where none does."""
    namer, measured = namer_of(document, so_far, context)
    named = {one.quantity.span: one for one in name_all(namer, measured)}
    lines: list[str] = []
    taken = 0
    for quantity, place in zip(measured, places(namer.clauses, measured), strict=True):
        stretch = namer.stretch(quantity, place, taken)
        own = namer.name(quantity, place, taken)
        taken = max(taken, own.evidence.end)
        if not (span.start <= quantity.span.start and quantity.span.end <= span.end):
            continue
        number = quantity.span.slice(document.view)
        lines.append(f"words: {_words(stretch.left)} 【{number}】 {_words(stretch.right)}".rstrip())
        readings = _distinct(namer.reader.read(stretch)[0])
        for at, reading in enumerate(readings[:_SHOWN]):
            lines.append(f"{'taken' if not at else 'weighed'}: {_reading(reading)}")
        lines += _inherited(named[quantity.span])
    return lines


def _words(words: tuple[Word, ...]) -> str:
    return " ".join(f"{word.text}/{word.kind}" for word in words)


def _distinct(readings: list[Reading]) -> list[Reading]:
    """The readings that name something else, the cheapest of each."""
    first: dict[tuple[Span | None, Span | None], Reading] = {}
    for reading in readings:
        first.setdefault(reading.slots, reading)
    return list(first.values())


def _reading(reading: Reading) -> str:
    slots = (("verb", reading.verb), ("object", reading.object), ("actor", reading.actor), ("scope", reading.scope))
    filled = ", ".join(f"{name} {''.join(word.text for word in words)}" for name, words in slots if words)
    return f"cost {reading.cost:.2f}  {reading.rule}: {filled}"


def _inherited(one: Named) -> list[str]:
    lines = []
    if one.subject:
        lines.append(f"refers back to: {one.subject}")
    if one.inherited_from is not None:
        lines.append(f"name given before: {one.name}")
    return lines
