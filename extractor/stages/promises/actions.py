"""Actions (举措): what a commitment promises, clause by clause.

Comes in: commitments. Goes out: Action records with verb (its adverbs kept), object, actor, target and
term. Means (以…为抓手, 依托…) and terms (6月底前) are kept apart; where they fill a clause of their own they
belong to the next action, as 由…牵头 does. Refuses clauses that hold no verb: they belong to the one
before. Rules: `patterns/actions.toml`.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Action, Commitment, Indicator
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Role
from extractor.stages.base import Context, Progress
from extractor.stages.promises.commitments import Measured, Terms
from extractor.stages.structure.duties import duty_of, find_duties
from extractor.text.sentences import clauses, trimmed
from extractor.text.tokens import Tokens

_END = regex.compile(r"[,。;:!?、\s]+$")
# 抓实, 办好: the result belongs to the verb, unless it opens a word of its own (开展|活动, 规范|上门服务)
_COMPLEMENT = regex.compile(
    r"(?:到位|好(?![人事评])|实(?![施际行效践现事体名地物])|完(?![善整])|成(?![果效员立本都])|出(?![台资行租警庭])|"
    r"上(?![级下门户报网述岗])|到(?![期岗户])|起(?![点诉草])|牢|紧(?![急密缺])|细(?!则)|深(?![度入化层])|"
    r"活(?![动力跃])|严(?![格重厉])|足(?!球)|强(?![度化制])|稳(?![定步]))(?=[一-龥“])"
)
_REACHED = regex.compile("(?:[提升增扩降减缩][高加大至低少到小短]*|达|恢复|控制)[到至]$|降至$")
_NOUN_TOO = regex.compile("(?:执法|行政|管理|服务|建设|审批|监管|决策|用权|调解|考核|合同|文件)(?=[一-龥])")
# a clause that is nothing but a term (到2025年,)
_ONLY_TERM = regex.compile(r"(?:[于在到至])?(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?[底末内前初]*(?:之前|以前)?")
# who speaks and when, before the promise: 下一步我镇(将)
_SELF = regex.compile(
    r"(?:下一?步|今后|接下来|明年|新的一年)?(?:里|中)?(?:我们|[我本](?:镇|乡|街道|县|区|市|局|所|办|委)|全[镇乡县区市])?"
)
# a verb stands among the first words of a clause
_HEAD = 10
_NOUN_ENDS = frozenset({"率", "度", "量", "面"})
_COPULA = frozenset({"是", "为", "有", "使", "让", "能", "可", "要", "应", "能够", "可以", "需要", "没有"})


_ITEM = regex.compile(r"(?<![一-龥0-9])(?:[一二三四五六七八九十]{1,2}[是要]|\([0-9一二三四五六七八九十]{1,2}\))")
_COLON = regex.compile(r"(?<=[一-龥]):")


@dataclass(frozen=True, slots=True)
class _Carried:
    """What one clause says for the actions behind it, up to the next list item."""

    actor: str | None = None
    means: str | None = None
    term: str | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns and word lists, looked up once per process."""

    means: "regex.Pattern[str]"
    actor: "regex.Pattern[str]"
    term: "regex.Pattern[str]"
    adverb: "regex.Pattern[str]"
    opening: "regex.Pattern[str]"
    verbs: frozenset[str]
    tokens: Tokens


@lru_cache(maxsize=4)
def _words(context: Context) -> _Words:
    rules = {rule.id: rule.pattern for rule in context.knowledge.group("actions")}
    opening = sorted(context.knowledge.words("action_verbs"), key=lambda word: (-len(word), word))
    return _Words(
        rules["action.means"],
        rules["action.actor"],
        rules["action.term"],
        rules["action.adverb"],
        # 建设性, 培训班: a verb that goes on as a noun is left to the segmentation
        regex.compile(f"(?:{'|'.join(opening)})(?![性型类率者员局班度量力法])"),
        frozenset(context.knowledge.words("verbs")),
        context.tokens,
    )


def find_actions(document: Document, so_far: Progress, context: Context) -> tuple[Action, ...]:
    """All actions in text order; `ordinal` counts within the commitment."""
    found = []
    words, measured = _words(context), Measured(so_far.of(Indicator))
    terms = Terms(document, so_far, context)
    duties = find_duties(document.view)
    for ordinal, commitment in enumerate(so_far.of(Commitment), 1):
        count, carried = 0, _Carried()
        named, _ = duty_of(duties, commitment.span)
        duty = document.quote(named) if named else None
        for clause in _parts(document.view, commitment.span):
            opening, carried = _opening(document.view, clause, carried, words)
            term = terms.within(clause)
            if term:
                carried = replace(carried, term=term)
            action = _action(document, clause, opening, commitment, measured, words)
            if action is None:
                continue
            count += 1
            whole = carried.term or (commitment.deadline if not carried.listed else None)
            action = replace(
                action,
                commitment=ordinal,
                ordinal=count,
                actor=carried.actor or duty,
                means=carried.means,
                deadline=whole,
            )
            found.append(action)
            if carried.means:
                carried = replace(carried, means=None)
    return tuple(found)


def _parts(view: str, span: Span) -> list[Span]:
    """Clauses, parted also where a list item (一是, (1)) or what stands behind a colon begins."""
    found = []
    for clause in clauses(view, *span):
        starts = [clause.start, *(m.start() for m in _ITEM.finditer(view, clause.start, clause.end))]
        starts += [m.end() for m in _COLON.finditer(view, clause.start, clause.end)]
        ordered = sorted(set(starts))
        found += [Span(a, b) for a, b in zip(ordered, [*ordered[1:], clause.end], strict=True) if b > a]
    return found


def _opening(view: str, clause: Span, carried: _Carried, words: _Words) -> tuple[int, _Carried]:
    """Where the action begins behind list marker, term, means and actor, and these for it and the next."""
    end = clause.start + len(_END.sub("", clause.slice(view)))
    marker = _ITEM.match(view, clause.start, end)
    if marker or view[clause.start - 1 : clause.start] == ";":
        carried = _Carried(listed=True)
    start = marker.end() if marker else clause.start
    start += _itself(view[start:end], words)
    for pattern in (words.term, words.means, words.actor, words.means, words.term):
        matched = pattern.match(view[start:end])
        if matched is None:
            continue
        actor, means = matched.groupdict().get("actor"), matched.groupdict().get("means")
        if actor:
            carried = replace(carried, actor=actor.removeprefix("由"))
        if means:
            carried = replace(carried, means=_END.sub("", means))
        start += matched.end()
    return start, carried


def _itself(text: str, words: _Words) -> int:
    """Length of what names the writer and the time, if the promise follows; else 0."""
    named = _SELF.match(text)
    at = named.end() if named else 0
    return at if at and (words.adverb.match(text[at:]) or words.opening.match(text, at)) else 0


def _action(
    document: Document, clause: Span, start: int, commitment: Commitment, measured: Measured, words: _Words
) -> Action | None:
    """The action of the clause from `start` on; None without a verb."""
    view = document.view
    end = clause.start + len(_END.sub("", clause.slice(view)))
    span = trimmed(view, Span(start, max(start, end)))
    text = span.slice(view)
    if span.length < 2 or _ONLY_TERM.fullmatch(text):
        return None
    target = _target(view, measured.within(clause))
    verb_end = _verb_end(text, words)
    if verb_end is None and target is not None and target.role in (Role.TARGET, Role.CHANGE):
        # 城镇新增就业1100万人以上: a bare target promises without a verb
        verb_end = 0
    if verb_end is None:
        return None
    object_ = document.quote(Span(span.start + verb_end, span.end)).strip()
    return Action(
        span=span,
        commitment=0,
        ordinal=0,
        verb=document.quote(Span(span.start, span.start + verb_end)) or None,
        object=object_ or None,
        target_value=_floor(target) if target else None,
        target_unit=target.unit if target else None,
        target_approx=target.approx if target else None,
    )


def _target(view: str, stated: tuple[Indicator, ...]) -> Indicator | None:
    """The number promised: of 由50%提高到60% the one behind 到, else the first."""
    reached = (one for one in stated if _REACHED.search(view, one.value_span.start - 4, one.value_span.start))
    return next(reached, next(iter(stated), None))


def _floor(target: Indicator) -> Decimal | None:
    """What at least is promised: of a range (6%—6.5%) the lower end."""
    return target.value if target.value_low is None else target.value_low


def _verb_end(text: str, words: _Words) -> int | None:
    """Where the verb with its adverbs ends; None if the clause opens with no verb."""
    adverb = words.adverb.match(text)
    at = adverb.end() if adverb else 0
    if adverb and adverb[0].endswith("规范") and _NOUN_TOO.match(text, at):
        # 规范执法行为: what is made regular stands behind; 规范开展评查 has its verb there
        return at
    opening = words.opening.match(text, at)
    if opening:
        complement = _COMPLEMENT.match(text, opening.end())
        return opening.end() + (len(complement[0]) if complement else 0)
    skipped = False
    cut = words.tokens.cut(text[at : at + _HEAD])
    for index, word in enumerate(cut):
        if word.tag[:1] == "d" or (word.tag in ("ad", "b") and word.text not in words.verbs):
            skipped = True
            continue
        is_verb = word.text in words.verbs or word.tag in ("v", "vn", "vd", "l", "i")
        # 力争持证率达到90%: what is striven for is a rate
        is_noun = index + 1 < len(cut) and cut[index + 1].text in _NOUN_ENDS
        if not is_verb or is_noun or word.text in _COPULA:
            # 规范审批流程: what was taken for an adverb is the verb
            return at if adverb and not skipped and _is_verb_too(text, at) else None
        end = at + word.end
        complement = _COMPLEMENT.match(text, end)
        return end + (len(complement[0]) if complement else 0)
    return None


def _is_verb_too(text: str, at: int) -> bool:
    """规范, 统筹, 加快 are adverbs before a verb and verbs before a noun."""
    return text[:at].endswith(("力争", "规范", "统筹", "加快", "强化", "协同", "联合", "精准")) and at < len(text)
