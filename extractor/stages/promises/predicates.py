"""Predicates (谓语): the verb and the object of a clause of a promise.

Comes in: the folded text of a clause behind its term, means and actor. Goes out: where its verb and its object stand,
None where no verb opens it. What stands before the verb is tried from the most marked form to the least: 把…作为,
为…提供, adverbs, prepositions. Rules: `patterns/actions.toml`; verbs: `lexicons/action_verbs.txt`, else the tokeniser.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.datamodel.span import Span
from extractor.rules.schema import Rule
from extractor.stages.base import Context
from extractor.text.tokens import Tokens

# 抓实, 办好: the result belongs to the verb, unless it opens a word of its own (开展|活动, 规范|上门服务)
_COMPLEMENT = regex.compile(
    r"(?:到位|(?<!坚持)好(?![人事评])|(?<=^[一-龥]|[抓做压夯落])实(?![施际行效践现事体名地物])|(?<=^[一-龥]|制定|编制|组建)完(?![善整])成?|"
    r"(?<=^[一-龥])(?:成(?![果效员立本都])|出(?![台资行租警庭])|上(?![级下门户报网述岗])|到(?![期岗户])|起(?![点诉草])|牢|紧(?![急密缺])|"
    r"细(?!则)|深(?![度入化层])|活(?![动力跃])|严(?![格重厉])|足(?!球)|强(?![度化制])|稳(?![定步中])))(?=[一-龥“])"
)
_NOUN_TOO = regex.compile("(?:执法|行政|管理|服务|建设|审批|监管|决策|用权|调解|考核|合同|文件)(?=[一-龥])")
# 建立和完善, 排查、整治: two verbs with one object
_JOINED = regex.compile(r"[、和并及或]|以及|并且")
# 建设性, 培训班: a verb that goes on as a noun is left to the segmentation
_NO_NOUN = "(?![性型率者班]|类(?!似)|员(?!工)|局(?![部势])|度(?!过)|量(?![化刑])|力(?![量度争]|所能及)|法(?![律制治规院定人官学庭务]))"
# 进行, 予以 say no more than the verb behind them
_LIGHT = regex.compile(r"(?:进行|予以|加以|给予|作出|做出)")
_ON = regex.compile(r"^(?:对(?:于)?|就)(?P<object>[^,。;]{2,50}?)(?:要|应|将|须)?")
_GIVES = regex.compile("同步落实|开展|实施|进行|予以|加以|给予|采取|实行|组织|落实|提供|编制|制定|建立")
_ADVERBS = regex.compile(r"(?:同步|全面|定期|及时|逐项|逐一|统一|严格|依法|分类|集中|常态化|要|应|将)+$")
_ASIDE = frozenset("在于与同会联携协按从以用靠")
_LONGEST_ASIDE = 36
# a verb stands among the first words of a clause
_HEAD = 10
_NOUN_ENDS = frozenset({"率", "度", "量", "面"})
_COPULA = frozenset(
    {"是", "为", "有", "使", "让", "能", "可", "要", "应", "能够", "可以", "需要", "没有", "相关", "有关"}
)
# adverbs before a verb, verbs before a noun
_BOTH = ("力争", "规范", "统筹", "加快", "强化", "协同", "联合", "精准", "深入", "公开", "统一", "明显")
# 推动将…纳入, 确保把…落到实处: what is done stands behind
_DISPOSES = regex.compile(r"把(?![好牢握控关脉准严稳])|将(?!来)")
_LEADS = regex.compile(r"(?:推[动进]|探索|尝试|研究|确保|坚持|始终|注重|突出|努力|着力|切实|进一步|逐步|还|也)+")
_LONGEST_LEAD = 14
# 示范乡镇达到5个: a state is aimed at, nothing is done
_BECOMES = regex.compile(r"[一-龥]{2,4}成为")
_STATES = regex.compile(r"[^,。;、的对把将]{2,16}?(?:达到?|不低于|不少于|超过|控制在|保持在|稳定在)[约近]?[0-9]")
# what joins or bids is no adverb of the verb
_BIDS = regex.compile(r"^(?:并且?|同时|还|再|也|要|将|应当?|须|必须)+")


@dataclass(frozen=True, slots=True)
class Predicate:
    """Where verb and object stand in the text; the object None where there is none."""

    verb: Span
    object: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class ActionGrammar:
    """Rules and word lists of actions, looked up once per process; two of them are never equal."""

    rules: dict[str, Rule]
    opening: "regex.Pattern[str]"
    verbs: frozenset[str]
    tokens: Tokens

    def match(self, rule: str, text: str) -> "regex.Match[str] | None":
        """The match of `action.<rule>` at the start of the text."""
        return self.rules[f"action.{rule}"].pattern.match(text)

    def opens(self, text: str) -> bool:
        """True if the text opens with a verb of an undertaking, adverbs aside."""
        adverb = self.match("adverb", text)
        return bool(self.opening.match(text, adverb.end() if adverb else 0) or self.opening.match(text))


@lru_cache(maxsize=4)
def grammar_of(context: Context) -> ActionGrammar:
    """The grammar of a context."""
    opening = sorted(context.knowledge.words("action_verbs"), key=lambda word: (-len(word), word))
    return ActionGrammar(
        {rule.id: rule for rule in context.knowledge.group("actions")},
        regex.compile(f"(?:{'|'.join(opening)}){_NO_NOUN}"),
        frozenset(context.knowledge.words("verbs")),
        context.tokens,
    )


# a clause is asked for its subject, for its parts and for its action
@lru_cache(maxsize=1024)
def predicate_of(text: str, grammar: ActionGrammar) -> Predicate | None:
    """Verb and object of the clause; None if it opens with no verb."""
    adverb = grammar.match("adverb", text)
    starts = (0, adverb.end()) if adverb else (0,)
    for at in _disposals(text, grammar):
        disposed = grammar.match("dispose", text[at:])
        if disposed:
            return _shifted(disposed, at)
    for at in starts:
        given = grammar.match("benefit", text[at:])
        if given:
            verb = Span(*given.span("verb")).shifted(at)
            return Predicate(verb, _rest(text, verb.end))
        on = _acted_on(text, at, grammar)
        if on:
            return on
    behind = _behind_aside(text, grammar)
    if behind:
        return behind
    end = _verb_end(text, adverb, grammar)
    if end is None:
        return None
    bids = _BIDS.match(text, 0, end)
    start = bids.end() if bids and bids.end() < end else 0
    return Predicate(Span(start, end), _rest(text, end))


def _disposals(text: str, grammar: ActionGrammar) -> Iterator[int]:
    """Where a 把 or 将 may put what is acted on before the verb: first of all, or behind adverbs and 推动, 确保."""
    for found in _DISPOSES.finditer(text, 0, _LONGEST_LEAD):
        lead = text[: found.start()]
        while lead:
            adverb = grammar.match("adverb", lead)
            end = adverb.end() if adverb else 0
            serial = _LEADS.match(lead, end)
            end = serial.end() if serial else end
            if not end:
                break
            lead = lead[end:]
        if not lead:
            yield found.start()


def _behind_aside(text: str, grammar: ActionGrammar) -> Predicate | None:
    """The predicate behind where, with whom and by what order (在网站上|公布, 会同公安|检查), the first that opens."""
    if text[:1] not in _ASIDE:
        return None
    rule = grammar.rules["action.aside"].pattern
    for end in range(3, min(_LONGEST_ASIDE, len(text))):
        if rule.fullmatch(text[:end]) and (grammar.opens(text[end:]) or text[end] in _ASIDE):
            found = predicate_of(text[end:], grammar)
            if found:
                return _moved(found, end)
    return None


def _shifted(match: "regex.Match[str]", at: int) -> Predicate:
    return Predicate(Span(*match.span("verb")).shifted(at), Span(*match.span("object")).shifted(at))


def _moved(predicate: Predicate, by: int) -> Predicate:
    return Predicate(predicate.verb.shifted(by), predicate.object.shifted(by) if predicate.object else None)


def _rest(text: str, start: int) -> Span | None:
    return Span(start, len(text)) if text[start:].strip() else None


def _acted_on(text: str, at: int, grammar: ActionGrammar) -> Predicate | None:
    """对各村进行排查: what is acted on stands before the verb; 对案卷开展评查: the verb has an object of its own."""
    on = _ON.match(text[at:])
    if on is None:
        return None
    for found in _GIVES.finditer(text[at + 3 :]):
        start = at + 3 + found.start()
        if "的" in text[start:] and text[start:].index("的") < 8 and found[0] not in ("开展", "进行", "实施"):
            continue
        light = _LIGHT.fullmatch(found[0])
        behind = text[at + 3 + found.end() :]
        if light and grammar.opens(behind) and len(behind) <= 6:
            object_ = Span(at + on.start("object"), start)
            return Predicate(Span(at + 3 + found.end(), len(text)), object_)
        adverb = _ADVERBS.search(text[at + 3 : start])
        verb_start = at + 3 + adverb.start() if adverb else start
        serial = grammar.match("serial", text[start:])
        end = _extended(text, start + serial.end() if serial else at + 3 + found.end(), grammar)
        return Predicate(Span(verb_start, end), _rest(text, end)) if behind else None
    return None


def _verb_end(text: str, adverb: "regex.Match[str] | None", grammar: ActionGrammar) -> int | None:
    """Where the verb with its adverbs ends; None if the clause opens with no verb."""
    at = adverb.end() if adverb else 0
    if _BECOMES.match(text):
        return None
    if adverb and adverb[0].endswith("规范") and _NOUN_TOO.match(text, at):
        # 规范执法行为: what is made regular stands behind; 规范开展评查 has its verb there
        return at
    serial = grammar.match("serial", text[at:])
    if serial:
        return _extended(text, at + serial.end(), grammar)
    opening = grammar.opening.match(text, at)
    if opening:
        return _extended(text, _completed(text, opening.end()), grammar)
    end = _by_words(text, at, grammar)
    if end is None and adverb and at < len(text) and text[:at].endswith(_BOTH):
        # 规范审批流程: what was taken for an adverb is the verb
        return at
    return end


def _by_words(text: str, at: int, grammar: ActionGrammar) -> int | None:
    """The end of the verb by the words of the clause, adverbs before it skipped."""
    if _STATES.match(text, at):
        return None
    cut = grammar.tokens.cut(text[at : at + _HEAD])
    for index, word in enumerate(cut):
        if word.tag[:1] == "d" or (word.tag in ("ad", "b") and word.text not in grammar.verbs):
            continue
        is_verb = word.text in grammar.verbs or word.tag in ("v", "vn", "vd", "l", "i")
        # 力争持证率达到90%: what is striven for is a rate
        is_noun = index + 1 < len(cut) and cut[index + 1].text in _NOUN_ENDS
        if not is_verb or is_noun or word.text in _COPULA:
            return None
        return _extended(text, _completed(text, at + word.end), grammar)
    return None


def _completed(text: str, end: int) -> int:
    complement = _COMPLEMENT.match(text, end)
    return end + len(complement[0]) if complement else end


def _extended(text: str, end: int, grammar: ActionGrammar) -> int:
    """The end of the verb with those that share its object: 建立|和完善, 鼓励|、支持."""
    while joint := _JOINED.match(text, end):
        adverb = grammar.match("adverb", text[joint.end() :])
        at = joint.end() + (adverb.end() if adverb else 0)
        second = grammar.opening.match(text, at)
        if second is None or text[second.end() : second.end() + 1] in ("", "等", "的", "工"):
            break
        end = second.end()
    return end
