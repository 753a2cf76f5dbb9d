"""Actions (举措): what a commitment promises, clause by clause.

Comes in: commitments. Goes out: Action records with verb (its adverbs kept), object, actor, target and
term. Means (以…为抓手, 依托…) and terms (6月底前) are kept apart; where they fill a clause of their own they
belong to the next action, as 由…牵头 does. Refuses clauses that hold no verb: they belong to the one
before. Rules: `patterns/actions.toml`.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Action, Commitment
from extractor.datamodel.span import Span
from extractor.stages.base import Context, Progress
from extractor.stages.commitments import Measured, Terms
from extractor.text.sentences import clauses, trimmed
from extractor.text.tokens import Tokens

_END = regex.compile(r"[,。;:!?、\s]+$")
_COMPLEMENT = regex.compile(r"(?:好|实|到位|完|成|出|上|到|起|牢|紧|细|深|活|严|足|强|稳)(?=[一-龥“])")
# a verb stands among the first words of a clause
_HEAD = 10
_COPULA = frozenset({"是", "为", "有", "使", "让", "能", "可", "要", "应", "能够", "可以", "需要", "没有"})


_ITEM = regex.compile(r"(?<![一-龥0-9])(?:[一二三四五六七八九十]{1,2}[是要]|\([0-9一二三四五六七八九十]{1,2}\))")
_COLON = regex.compile(r"(?<=[一-龥]):")
# (责任单位:综合执法队) behind a promise names who is to keep it
_DUTY = regex.compile(r"[。;,\s]*\((?:责任|牵头|主办|承办)(?:单位|部门|领导|人|科室|站所)?:(?P<actor>[^;,:。)]{2,40})")


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
    words, measured = _words(context), Measured(so_far.indicators)
    terms = Terms(document, so_far, context)
    for ordinal, commitment in enumerate(so_far.commitments, 1):
        count, carried = 0, _Carried()
        behind = _DUTY.match(document.view, commitment.span.end)
        duty = _named(behind, "actor")
        for clause in _parts(document.view, commitment.span):
            opening, carried = _opening(document.view, clause, carried, words)
            carried = replace(carried, term=terms.within(clause) or carried.term)
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


def _action(
    document: Document, clause: Span, start: int, commitment: Commitment, measured: Measured, words: _Words
) -> Action | None:
    """The action of the clause from `start` on; None without a verb."""
    view = document.view
    end = clause.start + len(_END.sub("", clause.slice(view)))
    span = trimmed(view, Span(start, max(start, end)))
    if span.length < 2:
        return None
    verb_end = _verb_end(span.slice(view), words)
    if verb_end is None:
        return None
    object_ = document.quote(Span(span.start + verb_end, span.end)).strip()
    target = next(iter(measured.within(clause)), None)
    return Action(
        span=span,
        commitment=0,
        ordinal=0,
        verb=document.quote(Span(span.start, span.start + verb_end)),
        object=object_ or None,
        target_value=target.value if target else None,
        target_unit=target.unit if target else None,
        target_approx=target.approx if target else None,
    )


def _named(match: "regex.Match[str] | None", group: str) -> str | None:
    return match.group(group) if match else None


def _verb_end(text: str, words: _Words) -> int | None:
    """Where the verb with its adverbs ends; None if the clause opens with no verb."""
    adverb = words.adverb.match(text)
    at = adverb.end() if adverb else 0
    opening = words.opening.match(text, at)
    if opening:
        complement = _COMPLEMENT.match(text, opening.end())
        return opening.end() + (len(complement[0]) if complement else 0)
    skipped = False
    for word in words.tokens.cut(text[at : at + _HEAD]):
        if word.tag[:1] == "d" or (word.tag in ("ad", "b") and word.text not in words.verbs):
            skipped = True
            continue
        is_verb = word.text in words.verbs or word.tag in ("v", "vn", "vd", "l", "i")
        if not is_verb or word.text in _COPULA:
            # 规范审批流程: what was taken for an adverb is the verb
            return at if adverb and not skipped and _is_verb_too(text, at) else None
        end = at + word.end
        complement = _COMPLEMENT.match(text, end)
        return end + (len(complement[0]) if complement else 0)
    return None


def _is_verb_too(text: str, at: int) -> bool:
    """规范, 统筹, 加快 are adverbs before a verb and verbs before a noun."""
    return text[:at].endswith(("规范", "统筹", "加快", "强化", "协同", "联合", "精准")) and at < len(text)
