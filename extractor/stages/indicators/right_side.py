"""The right side of a number: the noun phrase behind its measure word, and what is said of it.

Comes in: a stretch. Goes out: the phrase that may be what is counted (3名执业律师), and the predicate behind it
(35个部门入驻窗口). Refuses what belongs to the next number, and what was done next (召开会议3次专题研究工作).
"""

from dataclasses import dataclass

import regex

from extractor.stages.indicators.grammar import Grammar
from extractor.stages.indicators.readings import Stretch, kinds_of, starts_with_of
from extractor.stages.indicators.word_classes import VERBS, Word, WordClasses

_SKIPPED = frozenset("DYJuZT")
_NOUNS = "NbLmGKkj"
_VERBS = frozenset("VHocI")
# where what they do begins: 部门|入驻窗口, 负责人|现场述法
_PREDICATE = regex.compile(f"[{_NOUNS}][DYJ]*[VHocI]|[bm][DYJ]+G|[NK][DY]+G$|[NbLmK]G(?=u)")
# 项目申报第三批示范项目: what is counted of its own, the object of a predicate
_DETERMINED = regex.compile("[VHocI][MRSL]")
_ALREADY = frozenset(("已", "已经", "均", "均已", "全部", "现已"))
_AND = frozenset(("且", "并", "并且", "而且"))
_SHORT_OBJECT = 3
_PLACES_AT = frozenset((*"处外内远长宽高深", "大关", "关口"))
_ACTOR_NEXT = regex.compile("N?b[DYJ]*[VGHoc]")
_ACT_NEXT = regex.compile("[DYJ]+[VGHocI]|[VHocI]")


@dataclass(frozen=True, slots=True)
class Behind:
    """The phrase right behind the number and its predicate, each empty where there is none."""

    phrase: tuple[Word, ...] = ()
    predicate: tuple[Word, ...] = ()


def governs(word: Word) -> bool:
    """True for what may be the verb; 通过, 采用 and 继续 are verbs where nothing else is."""
    return word.kind in VERBS or (word.kind in "EYJ" and len(word.text) > 1 and word.tag in ("v", "vn", "p"))


def governs_next(words: tuple[Word, ...]) -> bool:
    """已|投入使用, 已|全部|办结: behind how far, a verb."""
    return next((word for word in words if word.text not in _ALREADY), words[0]).kind in VERBS


class RightSide:
    """Reads what stands behind a number."""

    def __init__(self, grammar: Grammar, classes: WordClasses) -> None:
        self._grammar = grammar
        self._classes = classes

    def read(self, left: tuple[Word, ...], stretch: Stretch) -> Behind:
        """Phrase and predicate; `left` are the words before the number, without those that name nothing."""
        kinds = kinds_of(left)
        told = stretch.before_number and bool(left) and kinds[-1] in "NK" and bool(set(kinds) & VERBS)
        if told and _ACTOR_NEXT.match(kinds_of(stretch.right)):
            # 发放手册400份律师进村宣讲2次: a comma is missing
            return Behind()
        behind = self._read(stretch, governed=bool(left) and kinds[-1] in "VGHIc")
        if left and kinds[-1] in "NbLmK" and set(kinds) & VERBS and _ACT_NEXT.match(kinds_of(stretch.right)):
            # 召开会议3次专题研究工作: the clause goes on with another act
            return Behind((), behind.predicate)
        return behind

    def _read(self, stretch: Stretch, *, governed: bool) -> Behind:
        words = stretch.right
        said_of = starts_with_of(words)
        if said_of:
            words = words[1:]
        if words and words[0].text in _PLACES_AT:
            # 60公里处, 10亿元大关: where, not what
            return Behind()
        kinds = kinds_of(words)
        if stretch.before_number and words and words[0].kind == "M" and self._classes.has("division", words[-1].text):
            # 反馈3项12个方面43个问题: how it is divided is not what is counted
            return Behind()
        end = self._grammar.phrase_end(kinds)
        if kinds[:1] and kinds[0] in "YDC" and kinds[1:2] != "A":
            end = 0
        if not end and words and words[0].tag.startswith("n"):
            # 走访18个系统: a word of manner that stands alone is what the dictionary says
            end = 1
        if end > 1 and words[end - 1].text == "基础" and words[end - 2].kind == "U":
            # 在原有13个调委会的基础上: how it stood, no part of the name
            return Behind(words[: end - 2])
        # 主办件|已公开
        told = (at for at in range(1, end - 1) if words[at].text in _ALREADY and governs_next(words[at + 1 :]))
        end = next(told, end)
        # 以5万元的价格购买服务: behind 的 the noun ends where a verb begins
        inner = None if stretch.amount and not said_of else _PREDICATE.search(kinds[:end])
        acts = inner is not None and words[inner.start()].kind in "bm"
        # 栏目的政务主动公开工作, 单位的事项调整通知: behind 的 too a noun at the end makes one phrase of it
        headed = governed or (inner is not None and "U" in kinds[: inner.start()])
        compound = headed and end > 0 and not acts and self._classes.ends("compound_head", words[end - 1].text)
        compound = compound and not (inner and _DETERMINED.match(kinds, inner.end() - 1))
        if inner and not compound and "U" not in kinds[inner.start() : end]:
            # 部门入驻窗口, 事项纳入目录: what they do is no part of them
            end = inner.start() + 1
        next_act = not governed and not (stretch.amount and kinds[:1] != "I") and kinds.lstrip("DYJ")[:1] in _VERBS
        if next_act and "U" not in kinds[:end]:
            # 召开会议3次专题研究: what was done next is no thing that is counted
            at = len(kinds) - len(kinds.lstrip("DYJ"))
            return Behind((), () if stretch.before_number else self._predicate(words[at:]))
        if stretch.before_number and end == len(words) and end > 1 and kinds[-1] == "G":
            # 律师代理案件31件: a verb right before the next number is its own
            end -= 1
            while end and kinds[end - 1] not in _NOUNS:
                end -= 1
        if governed and end == len(words) - 1 and kinds[-1] == "G" and not stretch.before_number:
            # 完成27名执法人员证件年审: an act at the end is what was done to them
            return Behind(words)
        at = end
        while at < len(words) and words[at].kind in _SKIPPED:
            at += 1
        if stretch.before_number or at >= len(words) or not governs(words[at]):
            return Behind(words[:end])
        return Behind(words[:end], self._predicate(words[at:]))

    def _predicate(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The verb with its object: 通过考试, 组建审批局; 进行审核 → 审核."""
        if self._classes.has("formal", words[0].text) and len(words) > 1:
            words = words[2 if words[1].kind == "u" and len(words) > 2 else 1 :]
            act = next((at for at, word in enumerate(words) if word.kind in VERBS), 0)
            if act and kinds_of(words[:act]).strip("NAG") == "":
                # 进行责任分解: how it is called
                return words[: act + 1]
        kinds, verb = kinds_of(words), 2 if words[0].kind == "x" and len(words) > 1 else 1
        if kinds[verb : verb + 1] == "u" and 0 < self._grammar.phrase_end(kinds[verb + 1 :]) <= _SHORT_OBJECT:
            # 配备了法律顾问
            verb += 1
        end = verb + self._grammar.phrase_end(kinds[verb:])
        if kinds[0] == "E" and end < len(kinds) and kinds[end] in "VGHDYJ":
            # 通过自助终端集成办理: the means belongs to the act behind it
            acts = len(kinds[end:]) - len(kinds[end:].lstrip("VGHDYJ"))
            end += acts + self._grammar.phrase_end(kinds[end + acts :])
        ends = end == len(kinds) - 1 or (end < len(kinds) and words[end + 1].text in _AND)
        if ends and kinds[end] in "VG" and end > verb:
            # 获全国普法表彰, 获得市督查激励且…
            end += 1
        return words[:end]
