"""Actions (举措): what a commitment promises, clause by clause.

Comes in: commitments. Goes out: Action records with verb (its adverbs kept), object, actor, target and
term. Means (以…为抓手, 依托…) and terms (6月底前) are no part of it. Refuses clauses that hold no verb: they belong to the one
before. Rules: `patterns/actions.toml`.
"""

from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Action, Commitment
from extractor.datamodel.span import Span
from extractor.stages.base import Context, Progress
from extractor.stages.commitments import Measured
from extractor.text.sentences import clauses, trimmed
from extractor.text.tokens import Tokens

_END = regex.compile(r"[,。;:!?、\s]+$")
_COMPLEMENT = regex.compile(r"(?:好|实|到位|完|成|出|上|到|起|牢|紧|细|深|活|严|足|强|稳)(?=[一-龥“])")
# a verb stands among the first words of a clause
_HEAD = 10
_COPULA = frozenset({"是", "为", "有", "使", "让", "能", "可", "要", "应", "能够", "可以", "需要", "没有"})


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
    for ordinal, commitment in enumerate(so_far.commitments, 1):
        count = 0
        for clause in clauses(document.view, *commitment.span):
            action = _action(document, clause, (ordinal, count + 1), commitment, measured, words)
            if action is not None:
                count += 1
                found.append(action)
    return tuple(found)


def _action(
    document: Document,
    clause: Span,
    ordinals: tuple[int, int],
    commitment: Commitment,
    measured: Measured,
    words: _Words,
) -> Action | None:
    view = document.view
    end = clause.start + len(_END.sub("", clause.slice(view)))
    start = clause.start
    actor = None
    for pattern in (words.term, words.means, words.actor, words.means, words.term):
        matched = pattern.match(view[start:end])
        if matched:
            actor = matched.groupdict().get("actor") or actor
            start += matched.end()
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
        commitment=ordinals[0],
        ordinal=ordinals[1],
        verb=document.quote(Span(span.start, span.start + verb_end)),
        object=object_ or None,
        actor=actor.removeprefix("由") if actor else None,
        target_value=target.value if target else None,
        target_unit=target.unit if target else None,
        target_approx=target.approx if target else None,
        deadline=commitment.deadline,
    )


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
