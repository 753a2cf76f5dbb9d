"""What a number's name takes from the numbers before it (承前省略): a name said once, a verb said once, a topic.

Comes in: numbers with the names that stand around them, in text order. Goes out: the same with subject, verb and elided
name. Refuses to reach over the end of a sentence.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension
from extractor.stages.base import Context
from extractor.stages.indicators.candidates import Phrases
from extractor.stages.indicators.clauses import Clauses, Place
from extractor.stages.quantities.quantities import Quantity

_SHARE = regex.compile(r"(?:占|占比|比重|比例)[^,。;]{0,12}$")
# what goes on with the number before it: 涉及金额, 同比增长, and a bare verb (调解成功306起)
GOES_ON = regex.compile(
    r"^(?:涉及|涉案|其中|占|同比|环比|年均|(?:实际|名义|平均)(?=增长)|较|比|增长|下降|减少|上升|回落|提高|增幅|降幅)"
)
# rates of a place, not of the number before them
_OWN_RATE = regex.compile(
    r"(?:失业|城镇化|城市化|参保|参合|入学|升学|出生|死亡|增长|森林覆盖|绿化|绿地|赤字|负债|发病|贫困发生|普及|自给)率$"
)
# acts of others that are counted as things
_VISITS = frozenset(("来访", "来信", "来电", "上访", "信访"))
_OWN_VERB = regex.compile(r".(?:解决|完成|实现|达到|帮助|带动|惠及|吸引|服务|研究|部署|审议|听取|报告|汇报|讨论)")
_SHORTEST_RATE = 6
_OF_EVENTS = frozenset(("组织", "开展", "举办", "召开", "举行"))
_PEOPLE = frozenset(("人", "人次", "名", "位"))


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with its name; `verb` is the reporting verb the name starts with, `listed_from` the place
    of the first number of a list whose words are said once, `inherited_from` the end of the number that an elided name
    is taken from."""

    quantity: Quantity
    place: Place
    name: str | None
    span: Span | None
    evidence: Span
    verb: str | None
    tail: str
    subject: str | None = None
    listed_from: int | None = None
    inherited_from: int | None = None


@lru_cache(maxsize=4)
def _phrases(context: Context) -> Phrases:
    words = context.knowledge.words
    return Phrases(context.tokens, words("verbs"), words("light_words"))


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists that names are cut by."""

    phrases: Phrases
    generic: frozenset[str]
    context: Context

    @classmethod
    def of(cls, context: Context) -> "Words":
        """Those of the patterns in use."""
        return cls(_phrases(context), frozenset(context.knowledge.words("generic_names")), context)


def inherit(clauses: Clauses, one: Named, before: list[Named], words: Words) -> Named:
    """An elided name takes its subject from the number before it in the sentence."""
    previous = before[-1] if before else None
    same_sentence = previous is not None and previous.place.sentence_start == one.place.sentence_start
    if one.name is not None and one.quantity.dimension is Dimension.RATIO:
        clause = clauses.view[one.place.left.start : one.quantity.span.start]
        if _SHARE.search(clause) and previous is not None and same_sentence:
            # 不予公开35件,占4.34%: the share is of the very number before it
            changed = previous.name is None or GOES_ON.match(previous.name)
            return replace(one, subject=previous.subject if changed else previous.name)
    if previous is None or not same_sentence:
        return one
    if one.name is None:
        # 农牧户1072户3895人, 由8个增至12个: one name, said once
        return replace(
            one,
            name=previous.name,
            span=previous.span,
            subject=previous.subject,
            inherited_from=previous.quantity.span.end,
        )
    if one.name in words.generic or _leans(one, words):
        return replace(one, subject=topic(_before_list(clauses, one, before), words))
    # 组织培训6场,参训人员120人次: people are counted beside an event, they are no object of its verb
    beside = previous.verb in _OF_EVENTS and one.quantity.base in _PEOPLE and previous.quantity.base not in _PEOPLE
    if (
        one.verb is None
        and previous.verb
        and not beside
        # 通过网站公开 is said of the means
        and previous.verb != "通过"
        and one.place.adjoins
        and one.quantity.dimension is (previous.quantity.dimension)
    ):
        # 发放宣传资料近3500份,法律图书近800册: the verb is said once
        # 当场解答, 联合执法 have a verb of their own
        own = bool(_OWN_VERB.search(one.name[:-1]))
        starts_verb = own or words.phrases.opens_with_verb(one.name) or words.phrases.is_act(one.name)
        if not starts_verb and one.span is not None and one.span.end <= one.quantity.span.start:
            return replace(one, subject=previous.verb, verb=previous.verb)
    return one


def _leans(one: Named, words: Words) -> bool:
    """True for a name that says nothing without the number before it."""
    if one.name is None or GOES_ON.match(one.name):
        return True
    if one.quantity.dimension is Dimension.RATIO and len(one.name) <= _SHORTEST_RATE:
        return one.name.endswith(("率", "度", "比")) and not _OWN_RATE.search(one.name)
    if one.name in _VISITS:
        return False
    # a verb whose object was said before: 受理纠纷312起,化解306起
    behind = one.span is None or one.span.start >= one.quantity.span.end
    return not behind and len(one.name) <= 4 and words.phrases.is_verb(one.name)


def topic(previous: Named, words: Words) -> str | None:
    """What the sentence has been speaking of: the last name that stands by itself."""
    if previous.name is None or previous.name in words.generic or _leans(previous, words):
        return previous.subject
    return _whole(previous)


def _before_list(clauses: Clauses, one: Named, before: list[Named]) -> Named:
    """What the number speaks of: behind a list of parts that a semicolon has ended, the total before it."""
    view, previous = clauses.view, before[-1]
    if ";" not in view[previous.quantity.span.end : one.quantity.span.start]:
        return previous
    start = one.place.sentence_start
    among = view.find("其中", start, previous.quantity.span.start)
    if among < 0:
        return previous
    return next((each for each in reversed(before) if each.quantity.span.end <= among), previous)


def _whole(one: Named) -> str | None:
    """The name with what it inherited, as one phrase."""
    if one.name is None:
        return one.subject
    if one.subject and one.subject not in one.name and len(one.subject) <= 4:
        return one.subject + one.name
    return one.name
