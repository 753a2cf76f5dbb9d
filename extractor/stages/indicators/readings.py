"""Readings: what a number may count, told by the words left and right of it.

Comes in: runs of words. Goes out: the words around a number, one way to read them with its slots and its cost, and
how clearly the cheapest one wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.datamodel.span import Span
from extractor.stages.indicators.word_classes import Word


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words around a number: `left` to the boundary before it, `right` to the boundary behind it.

    `ratio`: the number is a share; `event`: its measure word counts events (次, 场), so that a verbal noun before
    it is the event; `before_number`: the right stretch ends at another number, whose verb may stand in it;
    `amount`: it measures money, length or area, of which nothing acts;
    `parts`: it stands in a list behind 其中, three times so behind a part without a verb; `completed`: in a list of the
    same measure that 完成 before it governs.
    """

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    ratio: bool
    event: bool
    before_number: bool
    parts: int = 0
    completed: bool = False
    amount: bool = False

    @property
    def changes(self) -> bool:
        """True where a verb of change leads to the number or stands right behind it."""
        return any(word.kind == "I" for word in self.left[-2:]) or bool(self.right and self.right[0].kind == "I")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a clause: slots as runs of words, the rule, and the cost (lower is better).

    `rest`: what stands behind the verb in the name and in no slot."""

    rule: str
    cost: float
    verb: tuple[Word, ...] = ()
    object: tuple[Word, ...] = ()
    actor: tuple[Word, ...] = ()
    scope: tuple[Word, ...] = ()
    fronted: tuple[Word, ...] = ()
    manner: tuple[Word, ...] = ()
    members: tuple[Word, ...] = ()
    rest: tuple[Word, ...] = ()

    @property
    def slots(self) -> tuple[Span | None, Span | None]:
        """Where verb and object stand: what tells two readings apart."""
        return span_of(self.verb), span_of(self.object)


def span_of(words: Sequence[Word]) -> Span | None:
    """From the first word's start to the last one's end; None for no words."""
    return Span(words[0].start, words[-1].end) if words else None


def trimmed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Without 的 and marks at the edges, and without the body itself (我镇) before the noun."""
    start, end = 0, len(words)
    while start < end and (
        words[start].kind in "UCZu" or (words[start].kind == "X" and words[start].text[0] in "我本")
    ):
        start += 1
    while end - start > 2 and words[start].kind in "DY" and not words[start].tag.startswith("n"):
        start += 1
    while end > start and words[end - 1].kind in "UCZuY":
        end -= 1
    return tuple(words[start:end])


def kinds_of(words: Sequence[Word]) -> str:
    """The kinds of the words, one letter each: what the chunk rules are written in."""
    return "".join(word.kind for word in words)


def is_scope(words: Sequence[Word]) -> bool:
    """True for words that only say where or when: 全镇 between verb and number."""
    return all(word.kind in "SLTFRUYD" for word in words)


def starts_with_of(words: Sequence[Word]) -> bool:
    """True for 的 right behind the number: 10%的税率."""
    return bool(words) and words[0].kind == "U"


def margin(readings: Sequence[Reading]) -> float:
    """How clearly the first won over the next that names something else, 0 to 1; 1 without a rival."""
    best = readings[0]
    rival = next((other for other in readings[1:] if other.slots != best.slots), None)
    return 1.0 if rival is None else min(1.0, max(0.0, round(rival.cost - best.cost, 2)))
