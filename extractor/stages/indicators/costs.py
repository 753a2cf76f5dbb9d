"""Costs: how dear it is to take words for the object of a verb, or for one noun phrase.

Comes in: words and the weights of `patterns/naming.toml`. Goes out: a cost, lower is likelier; None for what cannot be.
"""

from collections.abc import Sequence

import regex

from extractor.stages.indicators.grammar import Grammar
from extractor.stages.indicators.readings import Stretch, kinds_of
from extractor.stages.indicators.word_classes import Word, WordClasses

# people or a body, how, and an act: a clause of its own inside a phrase (党委会议专题研究); before a verb that only
# supports its object any noun is who does it (老年大学组织普法宣传)
_CLAUSE = regex.compile("[bm][JDY]+.|m[GV].|[bm][VHoc](?![^U]{0,6}U)|[NKLj][DJ]*[Ho](?![^U]{0,6}U)")
_MADE_TO_ACT = regex.compile("[^UVHoc]*b[DYJj]*G+")
# acts said together, or told apart: 公开及部分公开, 其他处理
_ACTS = regex.compile("[VG]+(?:C[NAM]*[VG]+)+|[RA]+[VG]+")


class Costs:
    """Costs of objects and of noun phrases."""

    def __init__(self, grammar: Grammar, classes: WordClasses) -> None:
        self._grammar = grammar
        self._classes = classes
        self._weights = grammar.weights

    def of_object(self, rest: Sequence[Word], verb: Sequence[Word], stretch: Stretch) -> float | None:
        """The words `rest` as object of the verb; None where they are a list that 等 ends before a number."""
        weights = self._weights
        if not rest:
            act = verb[-1].kind == "G" and len(verb) == 1
            if act and stretch.event:
                return weights["event_act"]
            return weights["bare_act"] if act else weights["bare_verb"]
        if rest[-1].text == "等" and stretch.right:
            # A、B等3个X: the list is none of what is counted
            return None
        kinds = kinds_of(rest)
        extra = 0.0
        if verb[-1].kind == "G":
            extra = weights["act_object"] if len(verb) > 1 else 0.0
            extra += weights["verbal_noun"] if verb[0].kind == "G" else 0.0
        if verb[-1].kind not in "Ho" and self._classes.has("count", rest[-1].text):
            # 处罚决定数量: what is counted is how many there are
            extra += weights["unexplained"]
        if stretch.event and set(kinds) == {"G"} and verb[-1].kind == "G":
            # 研讨交流6场: two acts, of which neither is done to the other
            extra += weights["inner_verb"]
        if verb[-1].kind in "oc" and _MADE_TO_ACT.fullmatch(kinds):
            # 邀请律师授课6次: who is made to act is no part of the act
            extra += weights["inner_clause"]
        if self._classes.has("intransitive", verb[-1].text):
            extra += weights["intransitive"]
        if stretch.amount and verb[-1].kind == "G" and len(verb) == 1 and self._classes.ends("amount", rest[-1].text):
            # 教育经费120万元: what money is for is no act
            extra += weights["beside"]
        return extra + self.of_phrase(kinds, supported=verb[-1].kind in "Ho")

    def of_phrase(self, kinds: str, *, supported: bool) -> float:
        """What it costs to take the words for one noun phrase: verbs in it are dear, a clause in it dearer."""
        weights = self._weights
        # 开展业务指导: behind a verb that only supports it, what makes somebody act is an act
        body = kinds.rstrip("VGc" if supported else "VG")
        inner = sum(kind in "VHoIcDE" for kind in body)
        cost = (weights["inner_verb"] + (inner - 1) * weights["inner_more"]) if inner else 0.0
        if kinds[0] in "SXT":
            # 全县化解率: where and when are no part of what is counted, if the rest can do without
            cost += weights["scope_inside"]
        if _CLAUSE.search(kinds):
            cost += weights["inner_clause"]
        if kinds[-1] == "F" and len(kinds) > 1:
            # 位于县城以西
            kinds = body = body[:-1]
        if not self._grammar.is_phrase(kinds):
            acts = len(kinds) - len(body)
            if acts > 2 or (body and not self._grammar.is_phrase(body) and not _ACTS.fullmatch(kinds)):
                return cost + weights["odd_object"]
            # 完成餐饮行业办理: an act is the object
            cost += weights["act_object"] * (1 if supported else 2) if kinds[-1] != "G" else 0.0
        return cost
