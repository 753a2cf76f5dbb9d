"""Readings: what a number may count, told by the words left and right of it; the cheapest reading is the best.

Comes in: the words of the stretch before a number and of the stretch behind it. Goes out: readings with their
slots (spans of the view), each with the rule that made it and its cost. Refuses to cut a word.

Shapes: `before` (开展讲座12期), `around` (聘用3名律师), `name` (按时办结率100%), `behind` (53个部门接入).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extractor.datamodel.span import Span
from extractor.stages.indicators.grammar import Fit, Grammar
from extractor.stages.indicators.words import VERBS, Word, WordClasses

# between name and number: 共, 达, 为, 已, 了, 提高到
_TAIL = frozenset("YDuWZCRM")
_TAIL_WORDS = frozenset(("为", "在", "以", "于", "由", "从", "就", "的", "自", "到", "至", "按", "对", "向"))
_PREDICATE_SKIPS = frozenset("DYJuZ")
# people or a body, how, and an act: a clause of its own inside a phrase (党委会议专题研究)
_CLAUSE = regex.compile("[bm][JDY]+.|[bmL][VHoc](?![^U]{0,6}U)")
_PREDICATE = regex.compile("[NbLmGKk][DYJ]*[VHocI]")
# 全国近3亿人: a place or a time is nothing that is counted
_NOWHERE = frozenset("STXFRD")
_ACT_NEXT = regex.compile("[DYJ]+[VGHocI]|[VHocI]")
_MEETS = regex.compile("m[DYJ]*G$")
_PREDICATES = frozenset("VHocI")
# acts said together: 公开及部分公开
_ACTS = regex.compile("[VG]+(?:C[NAM]*[VG]+)+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words around a number: `left` to the boundary before it, `right` to the boundary behind it.

    `ratio`: the number is a share; `event`: its measure word counts events (次, 场), so that a verbal noun before
    it is the event; `before_number`: the right stretch ends at another number, whose verb may stand in it;
    `parts`: it stands in a list behind 其中; `completed`: in a list of the same measure that 完成 before it governs.
    """

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    ratio: bool
    event: bool
    before_number: bool
    parts: bool = False
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a clause: slots as runs of words, the rule, and the cost (lower is better)."""

    rule: str
    cost: float
    verb: tuple[Word, ...] = ()
    object: tuple[Word, ...] = ()
    actor: tuple[Word, ...] = ()
    scope: tuple[Word, ...] = ()
    fronted: tuple[Word, ...] = ()
    manner: tuple[Word, ...] = ()
    members: tuple[Word, ...] = ()
    tail: tuple[Word, ...] = ()

    @property
    def slots(self) -> tuple[Span | None, Span | None]:
        """Where verb and object stand: what tells two readings apart."""
        return span_of(self.verb), span_of(self.object)


def span_of(words: Sequence[Word]) -> Span | None:
    """From the first word's start to the last one's end; None for no words."""
    return Span(words[0].start, words[-1].end) if words else None


class Reader:
    """Reads stretches by a grammar and word classes."""

    def __init__(self, grammar: Grammar, classes: WordClasses) -> None:
        self._grammar = grammar
        self._classes = classes
        self._weights = grammar.weights

    def readings(self, stretch: Stretch) -> list[Reading]:
        """All readings, the cheapest first; empty where no word says what is counted."""
        left, tail = self._without_tail(stretch)
        found = [replace(reading, tail=tail) for reading in self._all(left, tail, stretch)]
        return sorted(found, key=lambda reading: (reading.cost, reading.rule))

    def readings_tail(self, stretch: Stretch) -> tuple[Word, ...]:
        """The words right before the number that name nothing: 共, 达, 同比增长."""
        return self._without_tail(stretch)[1]

    def _without_tail(self, stretch: Stretch) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        words, end = stretch.left, len(stretch.left)
        while end and self._is_tail(words[end - 1]):
            end -= 1
        alone = not end and words and not stretch.ratio and words[-1].kind == "I"
        if alone and not self._classes.ends("to", words[-1].text):
            # 维持17件: a verb of change that is all there is says what was done
            return words[-1:], ()
        return words[:end], words[end:]

    def _is_tail(self, word: Word) -> bool:
        if word.text == "等":
            return False
        return word.kind in _TAIL or word.text in _TAIL_WORDS or word.kind == "I"

    def _all(self, left: tuple[Word, ...], tail: tuple[Word, ...], stretch: Stretch) -> Iterator[Reading]:
        kinds = _kinds(left)
        right, predicate, rest = self._behind(stretch, governed=bool(left) and kinds[-1] in "VGHIc")
        if left and kinds[-1] in "NbLmK" and set(kinds) & VERBS and _ACT_NEXT.match(_kinds(stretch.right)):
            # 召开会议3次专题研究工作: the clause goes on with another act
            right = ()
        leftover = self._weights["left_over"] if right and not predicate else 0.0
        if right and tail and tail[0].kind == "U":
            # 编排的2个视频: what stands before 的 only describes
            yield from self._from_behind((), "", right, predicate, rest)
            return
        for start, word in enumerate(left):
            if self._governs(word) and not self._modifies(left, start):
                yield from self._with_verb(left, kinds, start, right, predicate, leftover, stretch)
        yield from self._nameless_verb(left, kinds, right, leftover, stretch)
        if not right and predicate:
            # 58人全部合格: the number is all that is said of them
            lead = self._grammar.lead(kinds, len(left))
            if not any(chunk.slot in ("topic", "serial", "unexplained") for chunk in lead.chunks):
                yield self._made("behind", self._weights["behind"] + lead.cost, lead, left, predicate, ())
        if right and not (stretch.ratio and not _starts_with_of(stretch.right)):
            yield from self._from_behind(left, kinds, right, predicate, rest)

    def _governs(self, word: Word) -> bool:
        """True for what may be the verb; 通过, 采用 and 继续 are verbs where nothing else is."""
        return word.kind in VERBS or (word.kind in "EYJ" and len(word.text) > 1 and word.tag in ("v", "vn", "p"))

    def _modifies(self, words: tuple[Word, ...], at: int) -> bool:
        return at + 1 < len(words) and words[at + 1].kind == "U"

    def _with_verb(
        self,
        left: tuple[Word, ...],
        kinds: str,
        start: int,
        right: tuple[Word, ...],
        predicate: tuple[Word, ...],
        leftover: float,
        stretch: Stretch,
    ) -> Iterator[Reading]:
        lead = self._grammar.lead(kinds, start)
        cost = lead.cost + (self._weights["in_parts"] if stretch.parts else 0.0)
        cost += (self._weights["as_means"] if left[start].kind in "EYJ" else 0.0)
        if start and left[start - 1].kind in "YDTJ" and left[start - 1].text not in ("在", "对"):
            cost += self._weights["light_before"]
        for end in self._verb_ends(left, start):
            verb, rest = left[start:end], left[end:]
            object_cost = self._object_cost(rest, verb, stretch)
            if object_cost is not None:
                made = self._made("before", cost + object_cost + leftover, lead, left, verb, rest)
                if not (stretch.ratio and self._is_rate(rest)):
                    yield self._formal(made, lead, left)
            moved = bool(predicate) and verb[-1].kind in "oc" and not rest
            if right and not stretch.ratio and not moved and self._lets_around(rest):
                listed = bool(rest) and rest[-1].text == "等" and rest[0].kind not in "VGHIcoxC"
                beside = 0.0 if not rest or listed or _is_scope(rest) else self._weights["beside"]
                inside = set(kinds[:start]) & {"B", "C"} or (start and lead.cost > self._weights["prefix"])
                if rest and rest[-1].text == "等" and inside:
                    # 将甲改造、乙调整等9项事项: the list has verbs of its own
                    beside += self._weights["unexplained"]
                made = self._made("around", cost + beside, lead, left, verb, right)
                scope = rest if rest and _is_scope(rest) else made.scope
                yield replace(made, scope=scope, members=self._members(rest))

    def _members(self, rest: Sequence[Word]) -> tuple[Word, ...]:
        """司法局、公安局等6个单位: those that are listed before the number."""
        if rest and rest[-1].text == "等":
            return tuple(rest[:-1])
        return ()

    def _lets_around(self, rest: Sequence[Word]) -> bool:
        return not rest or _is_scope(rest) or rest[-1].text == "等" or rest[-1].kind in "UAGNbLKmR"

    def _verb_ends(self, left: tuple[Word, ...], start: int) -> Iterator[int]:
        """Where a verb that begins there may end: with the verbs that follow it (组织开展, 修订完善)."""
        end = start + 1
        if left[start].kind == "x":
            # 不予公开, 无法提供: without the verb behind it a negation says nothing
            end += 1
            if end > len(left) or left[start + 1].kind not in VERBS:
                if left[start].tag == "v" and len(left[start].text) > 1:
                    yield start + 1
                return
        yield end
        while end < len(left):
            before, word = left[end - 1], left[end]
            joins = word.kind in "HVo" if before.kind in "Ho" else word.kind in "VG"
            if (before.kind in "Ho" and word.kind not in "Ho") or before.kind == "c":
                joins = False
            if not joins or self._modifies(left, end):
                return
            end += 1
            yield end

    def _object_cost(self, rest: Sequence[Word], verb: Sequence[Word], stretch: Stretch) -> float | None:
        weights = self._weights
        if not rest:
            act = verb[-1].kind == "G" and len(verb) == 1
            if act and stretch.event:
                return weights["event_act"]
            return weights["bare_act"] if act else weights["bare_verb"]
        if rest[-1].text == "等" and stretch.right:
            # A、B等3个X: the list is none of what is counted
            return None
        kinds = _kinds(rest)
        extra = weights["act_object"] if len(verb) > 1 and verb[-1].kind == "G" else 0.0
        if verb[-1].kind == "G":
            extra += weights["verbal_noun"]
        if self._classes.has("intransitive", verb[-1].text):
            extra += weights["intransitive"]
        return extra + self._phrase_cost(kinds, supported=verb[-1].kind in "Ho")

    def _phrase_cost(self, kinds: str, *, supported: bool) -> float:
        """What it costs to take the words for one noun phrase: verbs in it are dear, a clause in it dearer."""
        weights = self._weights
        body = kinds.rstrip("VG")
        inner = sum(kind in "VHoIcDE" for kind in body)
        cost = (weights["inner_verb"] + (inner - 1) * weights["inner_more"]) if inner else 0.0
        if kinds[0] in "SXT":
            # 全县化解率: where and when are no part of what is counted, if the rest can do without
            cost += weights["scope_inside"]
        if _CLAUSE.search(kinds):
            cost += weights["inner_clause"]
        if not self._grammar.is_phrase(kinds):
            acts = len(kinds) - len(body)
            if acts > 2 or (body and not self._grammar.is_phrase(body) and not _ACTS.fullmatch(kinds)):
                return cost + weights["odd_object"]
            # 完成餐饮行业办理: an act is the object
            cost += weights["act_object"] * (1 if supported else 2) if kinds[-1] != "G" else 0.0
        return cost

    def _is_rate(self, words: Sequence[Word]) -> bool:
        return bool(words) and self._classes.ends("rate", words[-1].text)

    def _nameless_verb(
        self, left: tuple[Word, ...], kinds: str, right: Sequence[Word], leftover: float, stretch: Stretch
    ) -> Iterator[Reading]:
        weights = self._weights
        for start in range(len(left)):
            rest = left[start:]
            if set(kinds[start:]) <= _NOWHERE:
                continue
            if rest[0].kind in "UCFEOBPTZ" and rest[0].text not in ("不",):
                continue
            lead = self._grammar.lead(kinds, start)
            part = kinds[start:]
            if start and left[start - 1].kind == "B":
                # 把化解率稳定在98%: what is said of the object of 把
                lead = self._grammar.lead(kinds, start - 1)
            if stretch.ratio and start and self._classes.has("attain", left[start - 1].text) and self._is_rate(rest):
                # 督促单位做好维护、确保完好率100%: the rate stands behind the verb that attains it
                lead = Fit((), 0.0)
            if any(chunk.slot in ("actor", "topic", "serial") for chunk in lead.chunks) and not stretch.ratio:
                continue
            cost = lead.cost + weights["name"] + leftover
            if not stretch.ratio and any(left[chunk.start].kind in "EP" for chunk in lead.chunks):
                # 在主要路段…: where and by what means is said of an act
                cost += weights["act_expected"]
            if _MEETS.search(part) or (part[-1] == "G" and self._classes.has("intransitive", rest[-1].text)):
                # 党委会议学法8次: who met is the actor
                cost += weights["beside"]
            if part[-1] == "x" or (rest[-1].text == "等" and right):
                continue
            cost += self._phrase_cost(part, supported=stretch.completed)
            if stretch.ratio and self._is_rate(rest):
                cost -= weights["name"]
            verbs = [word for word in rest if word.kind in VERBS]
            if stretch.completed:
                # 完成整改40家,接驳核准9家: the verb said before governs this too
                cost -= weights["completed"]
            elif len(verbs) == len(rest):
                # 学法4次: an act by itself is a verb
                cost += weights["act_alone"]
            if rest[0].kind in VERBS and "U" not in part and not (stretch.ratio and self._is_rate(rest)):
                cost += weights["beside"] if rest[0].kind != "G" else weights["act_first"]
            yield self._made("name", cost, lead, left, (), rest)

    def _from_behind(
        self,
        left: tuple[Word, ...],
        kinds: str,
        right: tuple[Word, ...],
        predicate: tuple[Word, ...],
        rest: tuple[Word, ...],
    ) -> Iterator[Reading]:
        weights = self._weights
        members: tuple[Word, ...] = ()
        end = len(left)
        if left and left[-1].text == "等":
            end = self._list_start(kinds[:-1])
            members = left[end:-1]
        open_toward = end and left[end - 1].kind in "OBE"
        end -= 1 if open_toward else 0
        lead = self._grammar.lead(kinds, end)
        cost = weights["behind"] + lead.cost
        verb = predicate
        if end and left[-1].kind in "co" and not open_toward:
            cost = weights["behind"] + self._grammar.lead(kinds, end - 1).cost
        elif end == len(left) and left and left[-1].kind in VERBS:
            cost += weights["prefix"]
        made = self._made("behind", cost, lead, left, verb, right)
        yield replace(made, members=members)

    def _list_start(self, kinds: str) -> int:
        """Where the list begins that 等 ends: with as much of it in one phrase as what stands before allows."""
        starts = [at for at in range(len(kinds)) if self._grammar.phrase_end(kinds[at:]) == len(kinds) - at]
        costs = [(self._grammar.lead(kinds, at - (at > 0 and kinds[at - 1] in "OBE")).cost, at) for at in starts]
        return min(costs)[1] if costs else len(kinds)

    def _behind(
        self, stretch: Stretch, *, governed: bool
    ) -> tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]]:
        """The noun phrase right behind the number, its predicate, and what is left."""
        words = stretch.right
        if _starts_with_of(words):
            words = words[1:]
        kinds = _kinds(words)
        end = self._grammar.phrase_end(kinds)
        if not end and words and words[0].tag.startswith("n"):
            # 走访18个系统: a word of manner that stands alone is what the dictionary says
            end = 1
        inner = _PREDICATE.search(kinds[:end])
        if inner and "U" not in kinds[inner.start() : end]:
            # 部门入驻窗口, 事项纳入目录: what they do is no part of them
            end = inner.start() + 1
        if not governed and kinds.lstrip("DYJ")[:1] in _PREDICATES and "U" not in kinds[:end]:
            # 召开会议3次专题研究: what was done next is no thing that is counted
            at = len(kinds) - len(kinds.lstrip("DYJ"))
            return (), () if stretch.before_number else self._predicate(words[at:]), words
        if stretch.before_number and end == len(words) and end > 1 and kinds[-1] == "G":
            # 律师代理案件31件: a verb right before the next number is its own
            end -= 1
            while end and kinds[end - 1] not in "NbLmGKk":
                end -= 1
        if governed and end == len(words) - 1 and kinds[-1] == "G" and not stretch.before_number:
            # 完成27名执法人员证件年审: an act at the end is what was done to them
            return words, (), ()
        at = end
        while at < len(words) and words[at].kind in _PREDICATE_SKIPS:
            at += 1
        if stretch.before_number or at >= len(words) or not self._governs(words[at]):
            return words[:end], (), words[end:]
        return words[:end], self._predicate(words[at:]), ()

    def _predicate(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The verb with its object: 通过考试, 组建审批局; 进行审核 → 审核."""
        if self._classes.has("formal", words[0].text) and len(words) > 1:
            words = words[1:]
        kinds, verb = _kinds(words), 2 if words[0].kind == "x" and len(words) > 1 else 1
        size = self._grammar.phrase_end(kinds[verb:])
        return words[: verb + size]

    def _made(
        self,
        rule: str,
        cost: float,
        lead: Fit,
        left: tuple[Word, ...],
        verb: tuple[Word, ...],
        counted: tuple[Word, ...],
    ) -> Reading:
        def taken(slot: str) -> tuple[Word, ...]:
            chunk = lead.last(slot)
            return left[chunk.start : chunk.end] if chunk else ()

        actor = taken("actor")
        if actor and actor[0].kind in "ocHV":
            actor = actor[1:]
        toward = taken("toward")
        fronted = toward[1:] if toward and toward[0].kind == "B" else ()
        manner: tuple[Word, ...] = ()
        if rule == "name" and lead.chunks and lead.chunks[-1].slot == "toward":
            manner = left[lead.chunks[-1].start : lead.chunks[-1].end]
        if rule == "before" and (not counted or (verb[-1].kind == "H" and all(word.kind in "GV" for word in counted))):
            manner = self._manner(lead, left)
        return Reading(rule, cost, verb, _trimmed(counted), actor, taken("scope"), fronted, manner)

    def _manner(self, lead: Fit, left: tuple[Word, ...]) -> tuple[Word, ...]:
        """线上办理, 为老年人上门服务: without an object, how and for whom tell acts apart."""
        end = lead.chunks[-1].end if lead.chunks else 0
        start = end
        for chunk in reversed(lead.chunks):
            if chunk.slot != "toward" and left[chunk.start].kind != "J":
                break
            start = chunk.start
        return left[start:end]

    def _formal(self, made: Reading, lead: Fit, left: tuple[Word, ...]) -> Reading:
        """对企业进行检查: what was done is the object of 进行, what it was done to stands behind 对."""
        if not made.verb or not self._classes.has("formal", made.verb[-1].text) or not made.object:
            return made
        if made.object[-1].kind not in "VG":
            return made
        toward = lead.last("toward")
        counted = left[toward.start + 1 : toward.end] if toward else ()
        return replace(made, verb=made.object, object=_trimmed(counted))


def _trimmed(words: Sequence[Word]) -> tuple[Word, ...]:
    start, end = 0, len(words)
    while start < end and words[start].kind in "UCZDYu":
        start += 1
    while end > start and words[end - 1].kind in "UCZuY":
        end -= 1
    return tuple(words[start:end])


def _kinds(words: Sequence[Word]) -> str:
    return "".join(word.kind for word in words)


def _is_scope(words: Sequence[Word]) -> bool:
    return all(word.kind in "SLTFRUYD" for word in words)


def _starts_with_of(words: Sequence[Word]) -> bool:
    return bool(words) and words[0].kind == "U"


def margin(readings: Sequence[Reading]) -> float:
    """How clearly the first won over the next that names something else, 0 to 1; 1 without a rival."""
    best = readings[0]
    rival = next((other for other in readings[1:] if other.slots != best.slots), None)
    return 1.0 if rival is None else min(1.0, max(0.0, round(rival.cost - best.cost, 2)))
