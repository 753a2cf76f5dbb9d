"""The reader: all readings of the words around a number, the cheapest first.

Comes in: a stretch. Goes out: readings, each with the shape that made it. Refuses to cut a word.

Shapes: `before` (开展讲座12期), `around` (聘用3名律师), `name` (按时办结率100%), `behind` (53个部门接入).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractor.stages.indicators.costs import Costs
from extractor.stages.indicators.grammar import NOTHING, Fit, Grammar
from extractor.stages.indicators.readings import Reading, Stretch, is_scope, kinds_of, starts_with_of, trimmed
from extractor.stages.indicators.right_side import Behind, RightSide, governs
from extractor.stages.indicators.word_classes import VERBS, Word, WordClasses

# between name and number: 共, 达, 为, 已, 了, 提高到
_TAIL = frozenset("YDuWZCRMI")
_TAIL_WORDS = frozenset(
    ("为", "在", "以", "于", "由", "从", "就", "的", "自", "到", "至", "按", "对", "向", "将", "需", "须", "需要")
)
_AND = frozenset(("并", "并且"))
_ASPECT = frozenset(("了", "过"))
_TWO_BEFORE_OF = frozenset(("VVU", "GVU", "GGU"))
_TWO_ACTS = ({"V"}, {"V", "G"})
# 综合项目和6个单项: behind these what is counted stands behind the number
_ALSO = frozenset(("和", "与", "及", "以及"))
# what changed stands before these: 时限由20日压缩至2日
_FROM = frozenset(("由", "从", "自"))
# 全国近3亿人: a place or a time is nothing that is counted
_NOWHERE = frozenset("STXFRDL")
# 司法局、公安局等6个单位: no member of the list is a preposition, a time, a place or a verb that governs it
_LIST = regex.compile("[^EOBPTSXYZHoc]*$")
# 党委会议学法8次: who met is the actor
_MEETS = regex.compile("m[DYJ]*G$")


class Reader:
    """Reads stretches by a grammar and word classes."""

    def __init__(self, grammar: Grammar, classes: WordClasses) -> None:
        self._grammar = grammar
        self._classes = classes
        self._weights = grammar.weights
        self._costs = Costs(grammar, classes)
        self._right_side = RightSide(grammar, classes)

    def read(self, stretch: Stretch) -> tuple[list[Reading], tuple[Word, ...]]:
        """All readings, the cheapest first (none where no word says what is counted), and the words right before
        the number that name nothing: 共, 达, 同比增长."""
        left, tail = self._without_tail(stretch)
        found = [reading for reading in self._all(left, tail, stretch) if reading.verb or reading.object]
        return sorted(found, key=lambda reading: (reading.cost, reading.rule)), tail

    def _without_tail(self, stretch: Stretch) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        words, end = stretch.left, len(stretch.left)
        if stretch.ratio and end > 1 and self._classes.has("attain", words[-1].text) and self._is_rate(words[:-1]):
            # 出庭应诉率实现100%: behind a rate what attains says no more than 达到
            end -= 1
        while end and (self._is_tail(words[end - 1]) or self._ends_tail(words, end - 1)):
            end -= 1
        if stretch.changes:
            end = next((at for at in range(1, end) if self._since(words, at)), end)
        end = self._without_division(words, end)
        alone = not end and words and not stretch.ratio and words[-1].kind == "I"
        if alone and not self._classes.ends("to", words[-1].text):
            # 维持17件: a verb of change that is all there is says what was done
            return words[-1:], ()
        if not end and words and words[-1].kind == "D" and len(words[-1].text) > 1:
            # 活佛1名: an adverb of the dictionary that is all there is is no adverb
            return (words[-1]._replace(kind="N"),), ()
        return words[:end], words[end:]

    def _ends_tail(self, words: tuple[Word, ...], at: int) -> bool:
        """提高到年底的, 养老金每月, 下放职权中的: a time behind the name, and where the 的 before the number belongs."""
        word = words[at]
        if word.kind == "F":
            return at + 1 < len(words) and words[at + 1].kind == "U"
        return word.kind == "T" and (at > 1 or self._since(words, at))

    def _since(self, words: tuple[Word, ...], at: int) -> bool:
        """由15天, 从2019年的15天; 提高到年底的20天: from where a change starts, and when it led to the number."""
        word = words[at]
        if word.text in _FROM or (word.kind == "T" and word.text[0] in _FROM):
            return True
        return word.kind == "T" and at > 0 and (words[at - 1].kind == "I" or word.text[0] in "到至")

    def _without_division(self, words: tuple[Word, ...], end: int) -> int:
        """明确10大类37项重点工作: how a thing is divided is no part of what is counted."""
        at = end
        while at and (words[at - 1].kind in "MqC" or self._classes.has("division", words[at - 1].text)):
            at -= 1
        divided = any(word.kind == "M" for word in words[at:end])
        return at if divided and words[at].kind == "M" else end

    def _is_tail(self, word: Word) -> bool:
        return word.text != "等" and (word.kind in _TAIL or word.text in _TAIL_WORDS)

    def _all(self, left: tuple[Word, ...], tail: tuple[Word, ...], stretch: Stretch) -> Iterator[Reading]:
        kinds = kinds_of(left)
        behind = self._right_side.read(left, stretch)
        right, predicate = behind.phrase, behind.predicate
        if right and tail and "U" in (tail[0].kind, tail[-1].kind):
            # 编排的2个视频: what stands before 的 only describes
            yield from self._from_behind((), "", behind)
            return
        if right and tail and left and tail[-1].text in _ALSO and tail[-1].kind == "C":
            # the verb is said once for both
            verb = next((at for at, word in enumerate(left) if governs(word) and not self._modifies(left, at)), None)
            if verb is None:
                yield from self._from_behind((), "", behind)
            else:
                lead = self._grammar.lead(kinds, verb)
                yield self._made("around", lead.cost, lead, left, left[verb : verb + 1], behind.phrase)
            return
        if any(word.kind == "I" for word in tail) and left:
            # 公开范围扩大到12类信息: what changed stands before
            right, behind = (), Behind()
        leftover = self._weights["left_over"] if right and not stretch.ratio else 0.0
        for start, word in enumerate(left):
            listed = len(word.text) == 1 and start > 0 and left[start - 1].text == "、"
            if governs(word) and not listed and not self._modifies(left, start):
                yield from self._with_verb(left, kinds, start, behind, leftover, stretch)
        yield from self._nameless_verb(left, kinds, right, stretch)
        if not right and predicate:
            # 58人全部合格: the number is all that is said of them
            # 除2件结转下年外: the preposition stands before the whole
            lead = self._grammar.lead(kinds, len(left) - bool(left and left[-1].kind in "EO"))
            if not {"topic", "serial", "unexplained"} & lead.slots.keys():
                # 会议4次听取汇报: of an event the act is told as anywhere, 58人全部合格 is said of them
                verb = self._act(predicate) if stretch.event else len(predicate)
                cost = self._weights["behind"] + lead.cost
                yield self._made("behind", cost, lead, left, predicate[:verb], predicate[verb:])
        if right and not (stretch.ratio and not starts_with_of(stretch.right)):
            before = (*left, *tail)
            at = kinds_of(before).rfind("B")
            disposed = at >= 0 and is_scope(before[at + 1 :])
            yield from self._from_behind(left, kinds, behind, disposed=disposed)

    def _act(self, words: tuple[Word, ...]) -> int:
        """How many words the verb of a predicate has: 听取|汇报, 组织召开|会议, 不予|受理."""
        end = 2 if words[0].kind in "xHo" and len(words) > 1 and words[1].kind in VERBS else 1
        return end + (len(words) > end and words[end].kind == "u")

    def _modifies(self, words: tuple[Word, ...], at: int) -> bool:
        """取消的事项, 取消和调整的事项: a verb before 的 only describes, as do those that are said with it."""
        while at + 2 < len(words) and words[at + 1].kind == "C" and words[at + 2].kind in "VGHIco":
            at += 2
        if kinds_of(words[at : at + 3]) in _TWO_BEFORE_OF:
            # 与妇联协作组建的工作站; but 取消|审批的事项
            return True
        return at + 1 < len(words) and words[at + 1].kind == "U"

    def _with_verb(
        self,
        left: tuple[Word, ...],
        kinds: str,
        start: int,
        behind: Behind,
        leftover: float,
        stretch: Stretch,
    ) -> Iterator[Reading]:
        lead, by_doing = self._grammar.lead(kinds, start), 0.0
        if start and kinds[start - 1 : start + 1] == "EH":
            # 通过举办讲座: by doing what the rest says
            lead, by_doing = self._grammar.lead(kinds, start - 1), self._weights["by_doing"]
        cost = lead.cost + by_doing + self._weights["in_parts"] * stretch.parts
        if stretch.changes and left[start].kind == "G":
            # 办理时限由15天缩短: what changed is a thing
            cost += self._weights["beside"]
        cost += self._weights["as_means"] if left[start].kind in "EYJ" else 0.0
        joined = len(lead.chunks) > 1 and kinds[start - 1] == "C" and left[start - 1].text != "等"
        if joined and kinds[lead.chunks[-2].start] == "E":
            # 通过调解、和解方式结案: what is joined to a means belongs to it
            cost += self._weights["unexplained"]
        before = left[start - 1] if start else None
        having = before is not None and self._classes.has("having", before.text) and left[start].kind == "G"
        if before and before.kind in "YDTJj" and before.text not in ("在", "对") and not having:
            cost += self._weights["light_before"]
        for end in self._verb_ends(left, start):
            verb, rest = left[start:end], left[end:]
            if len(rest) > 1 and rest[0].kind == "u" and rest[0].text in _ASPECT:
                # 开展了培训3场
                rest = rest[1:]
            if rest and rest[0].kind == "C" and verb[0].kind != "x":
                # 制作和送达回函: the verb does not end before what is joined to it; 予以公开及部分公开 does
                continue
            # 结合新农村建设|建起阵地: an act behind a noun belongs to it
            noun = (
                len(verb) > 1 and verb[0].kind == "G" and start and kinds[start - 1] in "NbLK" and "E" in kinds[:start]
            )
            own = self._weights["scope_inside"] if noun else 0.0
            object_cost = self._costs.of_object(rest, verb, stretch)
            if object_cost is not None:
                made = self._made("before", cost + own + object_cost + leftover, lead, left, verb, rest)
                if not (stretch.ratio and self._is_rate(rest)):
                    yield self._formal(made, lead, left)
            moved = bool(behind.predicate) and verb[-1].kind in "oc" and not rest
            if (
                behind.phrase
                and (not stretch.ratio or starts_with_of(stretch.right))
                and not moved
                and self._lets_around(rest)
            ):
                listed = bool(rest) and rest[-1].text == "等" and rest[0].kind not in "VGHIcoxC"
                listed = listed and self._list_start(kinds[start + len(verb) : -1]) == 0
                beside = 0.0 if not rest or listed or is_scope(rest) else self._weights["beside"]
                inside = set(kinds[:start]) & {"B", "C"} or (start and lead.cost > self._weights["prefix"])
                if rest and rest[-1].text == "等" and inside:
                    # 将甲改造、乙调整等9项事项: the list has verbs of its own
                    beside += self._weights["unexplained"]
                made = self._made("around", cost + own + beside, lead, left, verb, behind.phrase)
                scope = rest if rest and is_scope(rest) else made.scope
                yield replace(made, scope=scope, members=self._members(rest))

    def _members(self, rest: Sequence[Word]) -> tuple[Word, ...]:
        """司法局、公安局等6个单位: those that are listed before the number."""
        return trimmed(rest[:-1]) if rest and rest[-1].text == "等" else ()

    def _lets_around(self, rest: Sequence[Word]) -> bool:
        return not rest or is_scope(rest) or rest[-1].text == "等" or rest[-1].kind in "UAGNbLKmRj"

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
            second = left[end + 1].kind if end + 1 < len(left) else ""
            alone = start == 0 or left[start - 1].kind not in "NbLmKGV"
            acts = {second, before.kind} in _TWO_ACTS or (second == before.kind == "G" and end + 2 < len(left))
            if (word.text in _AND and second in tuple("VGH")) or (
                word.kind == "C" and alone and acts and not self._modifies(left, end + 1)
            ):
                # 形成并实施, 取消和下放: two acts said as one
                end += 2
                yield end
                continue
            joins = word.kind in "HVo" if before.kind in "Ho" else word.kind in "VG"
            if before.kind in "Ho" and word.kind not in "Ho":
                joins = False
            if not joins or self._modifies(left, end):
                return
            end += 1
            yield end

    def _is_rate(self, words: Sequence[Word]) -> bool:
        return bool(words) and self._classes.ends("rate", words[-1].text)

    def _nameless_verb(
        self, left: tuple[Word, ...], kinds: str, right: Sequence[Word], stretch: Stretch
    ) -> Iterator[Reading]:
        weights = self._weights
        for start in range(len(left)):
            rest = left[start:]
            if set(kinds[start:]) <= _NOWHERE:
                continue
            if stretch.ratio and any(word.text == "等" for word in rest[1:-1]):
                # 服务器、交换机等设备占比: what they are called
                continue
            if rest[0].text == "其中" or (rest[0].kind in "UCFEOBPTZ" and rest[0].text not in ("不",)):
                continue
            lead = self._grammar.lead(kinds, start)
            part = kinds[start:]
            disposed = start > 0 and left[start - 1].kind == "B"
            if disposed:
                # 把化解率稳定在98%: what is said of the object of 把
                lead = self._grammar.lead(kinds, start - 1)
            if stretch.ratio and start and self._classes.has("attain", left[start - 1].text) and self._is_rate(rest):
                # 督促单位做好维护、确保完好率100%: the rate stands behind the verb that attains it
                lead = NOTHING
            # 共有在编人员59名
            has = start > 0 and rest[0].kind == "A" and self._classes.has("having", left[start - 1].text)
            if {"actor", "topic", "serial"} & lead.slots.keys() and not stretch.ratio and not has:
                continue
            cost = lead.cost + weights["name"] + (weights["left_over"] if right else 0.0)
            if not stretch.ratio and any(left[chunk.start].kind in "EP" for chunk in lead.chunks):
                # 在主要路段…: where and by what means is said of an act
                cost += weights["act_expected"]
            if _MEETS.search(part) or (part[-1] == "G" and self._classes.has("intransitive", rest[-1].text)):
                # 党委会议学法8次: who met is the actor
                cost += weights["beside"]
            if right and "C" in part and not set(part) & VERBS:
                # 甲、乙、丙3个街道: who they are is said before, what they are behind
                cost += weights["beside"]
            if part[-1] == "x" or (rest[-1].text == "等" and right):
                continue
            cost += self._costs.of_phrase(part, supported=stretch.completed)
            if rest[0].kind in "YD" and not (self._is_rate(rest) and len(rest) == 2):
                # 按时办结率 is a rate of its own; else adverbs are none of what is counted
                cost += weights["scope_inside"]
            if stretch.ratio and self._is_rate(rest):
                cost -= weights["name"]
            verbs = [word for word in rest if word.kind in VERBS]
            if stretch.completed and rest[0].kind not in "Ho":
                # 完成整改40家,接驳核准9家: the verb said before governs this too
                cost -= weights["completed"]
            elif len(verbs) == len(rest):
                # 学法4次: an act by itself is a verb
                cost += weights["act_alone"]
            if (
                rest[0].kind in VERBS
                and "U" not in part
                and not disposed
                and not (stretch.ratio and self._is_rate(rest))
            ):
                cost += weights["beside"] if rest[0].kind != "G" else weights["act_first"]
            yield self._made("name", cost, lead, left, (), rest)

    def _from_behind(
        self, left: tuple[Word, ...], kinds: str, behind: Behind, *, disposed: bool = False
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
        if end and left[-1].kind in "co" and not open_toward:
            cost = weights["behind"] + self._grammar.lead(kinds, end - 1).cost
        elif end == len(left) and left and left[-1].kind in VERBS:
            cost += weights["prefix"]
        made = self._made("behind", cost, lead, left, behind.predicate, behind.phrase)
        verb, rest = made.verb, made.rest
        if verb and disposed:
            # 将3个村纳入名单: the verb alone, and in the name what they were put to
            verb, rest = verb[: self._act(verb)], verb[self._act(verb) :]
        yield replace(made, verb=verb, rest=rest, members=members)

    def _list_start(self, kinds: str) -> int:
        """Where the list begins that 等 ends: behind the last word that is none of its members."""
        found = _LIST.search(kinds)
        return found.start() if found else len(kinds)

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
            chunk = lead.slots.get(slot)
            return left[chunk.start : chunk.end] if chunk else ()

        actor = taken("actor") if verb or rule != "behind" else ()
        if actor and actor[0].kind in "ocHV":
            actor = () if self._classes.has("with", actor[0].text) else actor[1:]
        if rule == "before" and not counted and actor and actor[-1].kind == "m" and verb[-1].kind == "H":
            # 新闻发布会累计举行15场: a meeting that is held acts not
            counted, actor = actor, ()
        topic = taken("topic")
        if rule == "before" and not counted and topic and lead.chunks[-1].slot in ("topic", "adverbial"):
            # 行政复议案件办结12件: what was acted upon stands before the verb
            counted = topic
        toward = taken("toward")
        fronted = toward[1:] if toward and toward[0].kind == "B" else ()
        manner: tuple[Word, ...] = ()
        if rule == "name" and lead.chunks and lead.chunks[-1].slot == "toward" and not fronted:
            manner = left[lead.chunks[-1].start : lead.chunks[-1].end]
        if rule == "before" and (not counted or (verb[-1].kind == "H" and all(word.kind in "GV" for word in counted))):
            manner = self._manner(lead, left)
        return Reading(rule, cost, verb, trimmed(counted), actor, taken("scope"), fronted, manner)

    def _manner(self, lead: Fit, left: tuple[Word, ...]) -> tuple[Word, ...]:
        """线上办理, 为老年人上门服务: without an object, how and for whom tell acts apart."""
        end = lead.chunks[-1].end if lead.chunks else 0
        start = end
        for chunk in reversed(lead.chunks):
            if left[chunk.start].kind not in "OJj":
                break
            start = chunk.start
        return left[start:end]

    def _formal(self, made: Reading, lead: Fit, left: tuple[Word, ...]) -> Reading:
        """对企业进行检查: what was done is the object of 进行, what it was done to stands behind 对."""
        if not made.verb or not self._classes.has("formal", made.verb[-1].text) or not made.object:
            return made
        if made.object[-1].kind not in "VG":
            return made
        toward = lead.slots.get("toward")
        counted = left[toward.start + 1 : toward.end] if toward else ()
        return replace(made, verb=made.object, object=trimmed(counted))
