"""Named numbers: a quantity with the slots of its name, from the best reading of its clause.

Comes in: a quantity, its place, the words of its clause. Goes out: verb, object, actor, scope and the name that
they make. Refuses to name what no reading explains: a missing cell is better than a wrong one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension
from extractor.stages.base import Context
from extractor.stages.indicators.grammar import Grammar, grammar_of
from extractor.stages.indicators.places import Place
from extractor.stages.indicators.reader import Reader
from extractor.stages.indicators.readings import Reading, Stretch, margin, span_of
from extractor.stages.indicators.word_classes import Word, WordClasses, word_classes
from extractor.stages.indicators.words import Analysis
from extractor.stages.quantities.quantities import Quantity
from extractor.text.clauses import Clauses

_ADVERB = regex.compile("(?:亲自|当场|即时|主动|首次|网上|线上|上门|集中|专题|当日|立即)+$")
# measure words that count events: a verbal noun before them is the event, not what was done to something
_AMOUNTS = frozenset((Dimension.MONEY, Dimension.LENGTH, Dimension.AREA))
_EVENTS = frozenset("次场期届轮回班批")
# 镇党委、政府 is the body as well
_SELF_TOO = frozenset(("政府", "党委", "人大", "办事处", "委", "两办"))
EVENT_UNITS = _EVENTS | {"场次", "批次", "轮次", "期次", "班次"}


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with the slots of its name.

    `span` is the name where it stands in one piece; `evidence` covers name, value and unit; `tail` are the words
    between name and number (达到, 分别), `change` those of them that tell a change (同比增长). `phrase` is the name
    with the adverbs of its verb (当场办结事项), in which the catalogue is looked up too. `inherits`: the name says
    nothing without `subject`. `listed_from` is the place of the first number of a list whose words are said once,
    `inherited_from` the end of the number that an elided name is taken from.
    """

    quantity: Quantity
    place: Place
    evidence: Span
    rule: str
    margin: float | None = None
    verb: str | None = None
    object: str | None = None
    actor: str | None = None
    scope: str | None = None
    subject: str | None = None
    members: str | None = None
    name: str | None = None
    span: Span | None = None
    object_words: tuple[Word, ...] = ()
    verb_words: tuple[Word, ...] = ()
    tail: str = ""
    change: str | None = None
    phrase: str | None = None
    inherits: bool = False
    listed_from: int | None = None
    inherited_from: int | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a clause without a number speaks of: its object, the verb before it, and whether it tells of an event."""

    object: str
    verb: str | None
    event: bool


class Namer:
    """Names the quantities of one view."""

    def __init__(
        self,
        clauses: Clauses,
        quantities: Sequence[Quantity],
        context: Context,
        own_names: frozenset[str] = frozenset(),
    ) -> None:
        self.own_names = own_names
        self.clauses = clauses
        self.view = clauses.view
        self.classes: WordClasses = word_classes(context.knowledge)
        self.grammar: Grammar = grammar_of(context.knowledge)
        self.reader = Reader(self.grammar, self.classes)
        self.analysis = Analysis(self.view, context.tokens, self.classes, [one.span for one in quantities], own_names)

    def stretch(self, quantity: Quantity, place: Place, taken: int, previous: Named | None = None) -> Stretch:
        """The words left and right of the quantity; those before `taken` belong to the number before it."""
        clause = self._clause(quantity, place)
        left = Span(max(place.left.start, min(taken, place.left.end)), place.left.end)
        right = Span(max(quantity.span.end, place.right.start), place.right.end)
        return Stretch(
            self.analysis.between(clause, left),
            self.analysis.between(clause, right),
            quantity.dimension in (Dimension.RATIO, Dimension.POINTS),
            quantity.base in EVENT_UNITS,
            place.before_number,
            self._in_parts(place, left.start, previous, quantity.base),
            self._completed(quantity, place, previous),
            quantity.dimension in _AMOUNTS,
        )

    def _in_parts(self, place: Place, start: int, previous: Named | None, base: str | None) -> int:
        """0 where no 其中 stands before; 3 behind a part of the same measure that has no verb: so have the others."""
        if "其中" not in self.view[place.sentence_start : start + 2]:
            return 0
        among = self.view.find("其中", place.sentence_start)
        if previous is None or previous.verb or not previous.object or not place.adjoins:
            return 1
        return 3 if previous.quantity.span.start > among and previous.quantity.base == base else 1

    def _completed(self, quantity: Quantity, place: Place, previous: Named | None) -> bool:
        if previous is None or not place.adjoins or previous.quantity.base != quantity.base:
            return False
        return previous.verb is not None and self.classes.has("complete", previous.verb)

    def _clause(self, quantity: Quantity, place: Place) -> Span:
        start = self.clauses.before(place.left.end) if place.left.end < quantity.span.start else place.clause_start
        return Span(min(start, place.clause_start), max(self.clauses.behind(quantity.span.end), place.right.end))

    def name(self, quantity: Quantity, place: Place, taken: int, previous: Named | None = None) -> Named:
        """The number with the slots of its best reading; without slots where nothing explains it."""
        stretch = self.stretch(quantity, place, taken, previous)
        readings, tail = self.reader.read(stretch)
        change = self._change(tail)
        text = "".join(word.text for word in tail)
        if not readings or readings[0].cost > self.grammar.weights["dearest"]:
            return Named(quantity, place, quantity.span, "indicator.unnamed", tail=text, change=change)
        best = readings[0]
        return self._from(quantity, place, best, margin(readings), text, change)

    def _change(self, tail: Sequence[Word]) -> str | None:
        """The words of the tail that tell a change, from the first to the last: 同比增长."""
        marks = [index for index, word in enumerate(tail) if word.kind in "IW"]
        return self.view[tail[marks[0]].start : tail[marks[-1]].end] if marks else None

    def _from(
        self, quantity: Quantity, place: Place, best: Reading, clear: float, tail: str, change: str | None
    ) -> Named:
        verb, counted = best.verb, best.object
        actor = best.actor
        if actor and self._is_self(actor):
            actor = ()
        scope = best.scope
        if actor and not scope and self.classes.ends("district_end", actor[-1].text):
            # 甲县受理…: a district is where it was done
            actor, scope = (), actor
        text, span = self.joined(actor, best.manner, verb, best.rest, counted)
        spans = [each for each in map(span_of, (actor, best.manner, verb, best.rest, counted)) if each]
        start = min([quantity.span.start, *(each.start for each in spans)])
        end = max([quantity.span.end, *(each.end for each in spans)])
        return Named(
            quantity,
            place,
            Span(start, end),
            f"indicator.{best.rule}",
            clear,
            self._text(verb),
            self._text(counted),
            self._text(actor),
            self._text(scope),
            None,
            self._text(best.members),
            text,
            span,
            counted,
            verb,
            tail,
            change,
            self._phrase(verb, counted),
        )

    def _phrase(self, verb: Sequence[Word], counted: Sequence[Word]) -> str | None:
        """Verb and object with the adverbs before the verb, where they stand in one piece."""
        if not verb or not counted or verb[-1].end != counted[0].start:
            return None
        start = verb[0].start
        adverb = _ADVERB.search(self.view, max(0, start - 8), start)
        return self.view[adverb.start() if adverb else start : counted[-1].end]

    def _is_self(self, words: Sequence[Word]) -> bool:
        text = "".join(word.text for word in words)
        if text in self.own_names:
            return True
        own = [word.kind == "X" or self.classes.has("self", word.text) for word in words]
        return own[0] and all(
            mine or word.kind in "TRUDC" or word.text in _SELF_TOO for mine, word in zip(own, words, strict=True)
        )

    def _text(self, words: Sequence[Word]) -> str | None:
        """The words as written."""
        span = span_of(words)
        return span.slice(self.view).replace("\n", "") if span else None

    def joined(self, *slots: Sequence[Word]) -> tuple[str | None, Span | None]:
        """The slots in the order of the text, and their span where they stand in one piece."""
        parts: list[Span] = []
        for part in sorted(part for part in map(span_of, slots) if part):
            if parts and parts[-1].end == part.start:
                part = Span(parts.pop().start, part.end)
            parts.append(part)
        text = "".join(part.slice(self.view) for part in parts)
        return text or None, parts[0] if len(parts) == 1 else None

    def topic(self, start: int, sentence_start: int, numbers_end: int) -> Topic | None:
        """What a clause without a number, right before `start`, speaks of.

        `numbers_end`: the end of the last number before `start`; clauses before it are none of its topics.
        """
        end = start
        for _ in range(2):
            end -= 1
            if end <= max(sentence_start, numbers_end):
                return None
            begin = max(self.clauses.before(end), sentence_start)
            if begin < numbers_end:
                return None
            words = self.analysis.words(Span(begin, end))
            found, _ = self.reader.read(Stretch(words, (), ratio=False, event=True, before_number=False))
            if found and found[0].cost < self.grammar.weights["dearest"]:
                best = found[0]
                event = bool(best.verb) and best.verb[0].kind in "Ho"
                # 将X纳入Y speaks of X
                text = self._text(best.fronted or best.object)
                return Topic(text, None if best.fronted else self._text(best.verb), event) if text else None
            end = begin
        return None
