"""Leaning (承前省略): what a number's name takes from the numbers and the clause before it.

Comes in: numbers with the slots that stand around them, in text order. Goes out: the same with subject, verb said
once for several objects, parts by place with the slots of their total, and elided names. Refuses to reach over the
end of a sentence, but for a list of parts that goes on behind it.
"""

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.datamodel.vocabulary import Dimension
from extractor.stages.indicators.breakdowns import alike
from extractor.stages.indicators.naming import EVENT_UNITS, Named, Namer
from extractor.stages.indicators.word_classes import Word

_PEOPLE = frozenset(("人", "人次", "名", "位"))
_EVENT_VERBS = frozenset("Ho")
# levels and places as parts: 市级47期、甲区28期
_PLACE_PART = regex.compile(r"(?:[省市县区镇乡村]级|[一-龥]{1,8}[省市县区镇乡村]|[一-龥]{2,6}(?:街道|社区))$")
_SEPARATORS = frozenset(("", "、", ",", ";", "和", "及", "以及", "与"))
# what is said of the amount itself: 获证企业突破100家
_REACHES = regex.compile(r"突破|(?<![传到送直])达(?!标)|超过(?!标)")
_BARE = frozenset("VGADYJHC")
_REST = frozenset(("另", "另有", "其余", "剩余", "余", "还有"))
_TASK = regex.compile(r"[把将]([^,。;把将]{4,30}?)(?:作为|当作|摆在|列为)")

# no sentence has so many numbers
_REACH = 300


class Leaning:
    """Gives each number what it takes from before; `before` are the numbers already named, in text order."""

    def __init__(self, namer: Namer) -> None:
        self._namer = namer
        self._view = namer.view
        self._classes = namer.classes

    def lean(self, one: Named, before: Sequence[Named]) -> Named:
        """The number with what it inherits."""
        previous = before[-1] if before else None
        if previous is None or not self._together(previous, one):
            return self._under_heading(self._on_topic(one, 0), before)
        gap = self._view[previous.quantity.span.end : one.quantity.span.start]
        total = self._total(one, before)
        if one.name is None:
            return self._elided(one, previous, total)
        ratio = one.quantity.dimension is Dimension.RATIO
        if total is not None and ratio is (total.quantity.dimension is Dimension.RATIO):
            part = self._part(one, total)
            if part is not None:
                return part
        act = self._shared_act(one, previous, gap)
        if act is not None:
            return act
        if self._needs_subject(one, previous):
            on_topic = self._on_topic(one, previous.quantity.span.end, events_only=True)
            if on_topic.subject is not None:
                return on_topic
            base = self._base(one, before, gap)
            return replace(one, subject=self._subject(one, base), inherits=True)
        return self._under_heading(self._shared_verb(one, previous), before)

    def _shared_act(self, one: Named, previous: Named, gap: str) -> Named | None:
        """办理行政许可5件、行政处罚3件: behind a verb whose object is an act, the next act is one as well."""
        acts = (one.verb_words, previous.object_words)
        if (
            not gap.startswith("、")
            or one.object
            or one.actor
            or not all(len(a) == 1 and a[0].kind == "G" for a in acts)
        ):
            return None
        if previous.verb is None or one.quantity.base != previous.quantity.base or one.verb is None:
            return None
        name = (previous.actor or "") + previous.verb + one.verb
        shared = replace(one, verb=previous.verb, verb_words=previous.verb_words, object=one.verb, name=name, span=None)
        return replace(shared, object_words=one.verb_words, actor=previous.actor)

    def _under_heading(self, one: Named, before: Sequence[Named]) -> Named:
        """把学习宪法作为重点任务,组织专题学习2次: what the sentence has made its task."""
        start = one.place.sentence_start
        first = not before or before[-1].quantity.span.end <= start
        if not first or one.subject or not one.object or not one.verb_words or one.verb_words[0].kind not in "Ho":
            return one
        found = _TASK.search(self._view, start, one.place.clause_start)
        return replace(one, subject=found[1]) if found else one

    def _together(self, previous: Named, one: Named) -> bool:
        """In one sentence, or where a list of parts is a sentence of its own (。其中,…)."""
        if previous.place.sentence_start == one.place.sentence_start:
            return True
        start = one.place.sentence_start
        return previous.evidence.end <= start and self._view.startswith("其中", start)

    def _total(self, one: Named, before: Sequence[Named]) -> Named | None:
        """The number before 其中 or before an open bracket that this one is a part of."""
        start = before[-1].place.sentence_start
        among = self._view.rfind("其中", start, one.quantity.span.start)
        opened = self._view.rfind("(", start, one.quantity.span.start)
        if opened >= 0 and ")" in self._view[opened : one.quantity.span.start]:
            opened = -1
        at = max(among, opened)
        if at < 0 or (";" in self._view[at : one.quantity.span.start] and at == among):
            return None
        totals = [each for each in before[-_REACH:] if each.quantity.span.end <= at]
        totals = [each for each in totals if self._together(each, one) or each.quantity.span.end >= start]
        # 公开145条,增加45条,其中…: a growth is no whole
        totals = [each for each in totals if not each.change] or totals
        near = [each for each in totals if alike(each.quantity.base, one.quantity.base)]
        if at == opened and totals and self._view[totals[-1].evidence.end : at].strip():
            return None
        return near[-1] if near and at == among else (totals[-1] if totals else None)

    def _elided(self, one: Named, previous: Named, total: Named | None) -> Named:
        """农牧户1072户3895人, 由8个增至12个, 其中3件: the name is said once."""
        gap = self._view[previous.quantity.span.end : one.quantity.span.start]
        if total is not None and not ("其中" in gap or "(" in gap):
            total = None
        source = total or previous
        if total is None and not one.change and "," in gap and not alike(source.quantity.base, one.quantity.base):
            # 88平方公里,7.3万人: another measure says nothing of itself
            return one
        whole = total is not None and not one.change
        return replace(
            one,
            verb=source.verb,
            object=source.object,
            actor=source.actor,
            scope=one.scope or source.scope,
            name=source.name,
            span=source.span,
            subject=source.subject,
            inherits=source.inherits,
            inherited_from=previous.quantity.span.end if whole or total is None else source.quantity.span.end,
        )

    def _part(self, one: Named, total: Named) -> Named | None:
        """其中典型户86户: a part; 其中,市级47期: a part by place has the slots of its total."""
        if one.verb is None and one.object and alike(one.quantity.base, total.quantity.base):
            by_place = one.object_words and one.object_words[-1].kind in "LSX"
            if by_place or (len(one.object_words) <= 2 and _PLACE_PART.search(one.object)):
                return replace(
                    one,
                    scope=one.object,
                    object=total.object,
                    verb=total.verb,
                    actor=total.actor,
                    subject=total.subject,
                    name=(one.object + total.name) if total.name else one.object,
                    span=None,
                )
        if one.verb is not None and one.object is not None and one.verb_words[0].kind not in "G":
            return None
        subject = self._subject(one, total)
        if subject is not None and subject == one.name:
            return None
        return replace(one, subject=subject, inherits=True)

    def _needs_subject(self, one: Named, previous: Named | None) -> bool:
        classes, ratio = self._classes, one.quantity.dimension is Dimension.RATIO
        if one.object is None:
            return one.verb is not None and self._leaning_verb(one, previous)
        words = one.object_words
        if one.verb is not None:
            if classes.has("attend", one.verb):
                # 参与群众120人次 says who came, 参加志愿服务300人次 what they did
                return one.quantity.base in _PEOPLE and words[-1].kind == "b"
            return classes.has("leaning", one.verb) or classes.has("leaning", one.verb_words[0].text)
        if classes.has("leaning", words[0].text) and len(words) <= 3:
            return True
        if ratio and classes.has("share", words[-1].text) and len(words) > 1:
            # “马上办”占57%: of what was said before
            return True
        if ratio and classes.ends("rate", one.object):
            return not classes.ends("own_rate", one.object) and all(map(self._is_bare, words))
        if classes.ends("own_rate", one.object):
            return False
        if classes.ends("amount", words[-1].text) and all(map(self._is_bare, words[:-1])):
            if classes.has("count", words[-1].text):
                # 企业净增41家,总数达230家: of those that were told of before; 企业数量 says it itself
                return all(word.kind in _BARE for word in words[:-1])
            return previous is None or not alike(previous.quantity.base, one.quantity.base)
        beside = one.quantity.base in _PEOPLE and previous is not None and previous.quantity.base not in _PEOPLE
        return bool(
            beside
            and previous
            and previous.verb_words
            and previous.verb_words[0].kind in _EVENT_VERBS
            and one.rule != "indicator.behind"
        )

    def _leaning_verb(self, one: Named, previous: Named | None) -> bool:
        """受理纠纷312起,化解306起: a verb whose object was said before; 联合执法12次 is an act of its own."""
        verb = one.verb_words
        if self._classes.has("leaning", verb[-1].text):
            return True
        if verb[-1].kind in _EVENT_VERBS:
            return True
        if one.quantity.base in EVENT_UNITS:
            # 走访慰问12次 is an event of its own
            return False
        if verb[-1].kind in "VIc":
            return True
        if previous is None:
            return True
        same = previous is not None and alike(previous.quantity.base, one.quantity.base)
        # 另2件尚未判决: of those that were told of before
        told = one.rule == "indicator.before" or one.tail in _REST
        return same and bool(previous and previous.object) and told

    def _base(self, one: Named, before: Sequence[Named], gap: str) -> Named:
        """What the number speaks of: behind a list of parts that a semicolon has ended, the total before it."""
        previous = before[-1]
        if ";" not in gap:
            return self._event(one, before) or previous
        among = self._view.find("其中", one.place.sentence_start, previous.quantity.span.start)
        if among < 0:
            return previous
        return next((each for each in reversed(before) if each.quantity.span.end <= among), previous)

    def _event(self, one: Named, before: Sequence[Named]) -> Named | None:
        """开展活动10次,发放手册950本,覆盖群众1万人次: an audience and a rate speak of the event, not of what was given."""
        rate = one.quantity.dimension is Dimension.RATIO
        if self._is_share(one) or not (rate or (one.verb and self._classes.has("audience", one.verb))):
            return None
        start = one.place.sentence_start
        sentence = [each for each in before[-_REACH:] if each.quantity.span.start >= start]
        if rate:
            while sentence and sentence[-1].quantity.dimension is Dimension.RATIO and not sentence[-1].inherits:
                # a rate is none of another rate
                sentence.pop()
        if rate and sentence and sentence[-1].rule != "indicator.behind":
            return sentence[-1]
        events = [each for each in sentence if each.verb_words and each.verb_words[0].kind in _EVENT_VERBS]
        return events[-1] if events else None

    def _subject(self, one: Named, base: Named) -> str | None:
        """The object alone where the same things are told of further, else verb and object."""
        if self._is_share(one):
            # 不予公开35件,占4.34%: the share is of the very number before it
            return base.name or base.subject
        if one.object is None and alike(one.quantity.base, base.quantity.base):
            return base.object or (base.subject if base.inherits else self._whole(base))
        rate = one.quantity.dimension is Dimension.RATIO
        if rate and base.object and not base.inherits and base.verb_words and base.verb_words[-1].kind in _EVENT_VERBS:
            # 开展资格考试2次,通过率88%: 开展 says nothing of what was passed
            return base.object
        return self._whole(base)

    def _is_share(self, one: Named) -> bool:
        words = (one.verb_words or one.object_words)[:1]
        share = bool(words) and self._classes.has("share", words[0].text)
        return share and one.quantity.dimension is Dimension.RATIO

    def _whole(self, base: Named) -> str | None:
        if base.inherits and base.verb is None and base.object and base.quantity.dimension is not Dimension.RATIO:
            # 其中典型户86户,录入率100%: the rate is of the part
            return base.object
        if base.inherits or base.name is None:
            return base.subject or base.name
        return base.name

    def _on_topic(self, one: Named, numbers_end: int, *, events_only: bool = False) -> Named:
        """组织专题学习,累计开展9次: the topic of the clause before."""
        if one.name is None:
            # 出口占比稳步提高,当年提升2个百分点: a change of what was said to have changed
            needs = not one.change or one.quantity.dimension in (Dimension.RATIO, Dimension.POINTS)
        else:
            needs = self._needs_subject(one, None)
        if not needs:
            return one
        found = self._namer.topic(one.place.clause_start, one.place.sentence_start, numbers_end)
        same = found is not None and one.object is not None and one.object.startswith(found.object)
        if found is None or (events_only and (not found.event or same)):
            # 均完成答复,答复率100%: the clause says no more than the rate
            return one
        if one.name is None:
            # 开展“送法下乡”,累计15场次
            if one.change and found.verb:
                return one
            verb = found.verb if found.event else None
            return replace(one, name=(verb or "") + found.object, object=found.object, verb=verb)
        return replace(one, subject=found.object, inherits=True)

    def _shared_verb(self, one: Named, previous: Named) -> Named:
        """发放宣传资料近3500份,法律图书近800册: the verb is said once."""
        verb = previous.verb
        if (
            one.verb is not None
            or one.object is None
            or verb is None
            or previous.object is None
            or self._view[previous.evidence.end : one.evidence.start].strip(" 各") not in _SEPARATORS
            or _REACHES.search(self._view, one.object_words[-1].end, one.quantity.numeral.start)
            or not (one.rule == "indicator.name" or (one.rule == previous.rule.replace("around", "behind")))
            or (
                one.object_words[-1].kind in "VG"
                and bool(previous.verb_words)
                and previous.verb_words[-1].kind not in _EVENT_VERBS
            )
            or not self._verb_leads(previous)
            or one.quantity.dimension is not previous.quantity.dimension
            or self._classes.has("leaning", verb)
        ):
            return one
        beside = one.quantity.base in _PEOPLE and previous.quantity.base not in _PEOPLE
        if beside and previous.verb_words and previous.verb_words[0].kind in _EVENT_VERBS:
            return one
        return replace(
            one,
            verb=verb,
            verb_words=previous.verb_words,
            actor=previous.actor if one.actor is None else one.actor,
            scope=previous.scope if one.scope is None else one.scope,
            name=(previous.actor or "" if one.actor is None else one.actor) + verb + one.object,
            span=None,
        )

    def _verb_leads(self, previous: Named) -> bool:
        """True where the verb stands before the number, its own or that of the list (建成站86个、点1105个)."""
        words = previous.verb_words
        return previous.rule != "indicator.behind" or (bool(words) and words[-1].end <= previous.quantity.span.start)

    def _is_bare(self, word: Word) -> bool:
        """A word that says no thing: 按时 and 办结 of 按时办结率, 群众 of 群众满意度."""
        classes = self._classes
        return word.kind in _BARE or any(classes.ends(name, word.text) for name in ("rate", "rater"))
