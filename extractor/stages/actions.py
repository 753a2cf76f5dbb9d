"""Actions (举措): what a commitment promises, clause by clause.

Comes in: commitments. Goes out: Action records with verb (its adverbs kept), object, actor, target and
term. Means (以…为抓手, 依托…) are no actions. Refuses clauses that hold no verb: they belong to the one
before. Rules: `patterns/actions.toml`.
"""

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Action, Commitment
from extractor.datamodel.span import Span
from extractor.rules.schema import Rule
from extractor.stages.base import Context, Progress
from extractor.stages.commitments import within
from extractor.text.sentences import clauses, trimmed

_END = regex.compile(r"[,。;:!?、\s]+$")
_COMPLEMENT = regex.compile(r"^(?:好|实|到位|完|成|出|上|到|起|牢|紧|细|深|活|严|足|强|稳)(?=[一-龥“])")
_COPULA = frozenset({"是", "为", "有", "使", "让", "能", "可", "要", "应", "能够", "可以", "需要", "没有"})


def find_actions(document: Document, so_far: Progress, context: Context) -> tuple[Action, ...]:
    """All actions in text order; `ordinal` counts within the commitment."""
    found = []
    for ordinal, commitment in enumerate(so_far.commitments, 1):
        within = 0
        for clause in clauses(document.view, *commitment.span):
            action = _action(document, clause, ordinal, within + 1, commitment, so_far, context)
            if action is not None:
                within += 1
                found.append(action)
    return tuple(found)


def _action(
    document: Document,
    clause: Span,
    commitment_ordinal: int,
    ordinal: int,
    commitment: Commitment,
    so_far: Progress,
    context: Context,
) -> Action | None:
    view = document.view
    end = clause.start + len(_END.sub("", clause.slice(view)))
    start = clause.start
    actor = None
    for rule_id in ("action.means", "action.actor", "action.means"):
        rule = context.knowledge.rule(rule_id)
        matched = rule.pattern.match(view[start:end]) if rule else None
        if matched:
            actor = matched.groupdict().get("actor") or actor
            start += matched.end()
    span = trimmed(view, Span(start, max(start, end)))
    if span.length < 2:
        return None
    verb_end = _verb_end(span.slice(view), context)
    if verb_end is None:
        return None
    verb = document.quote(Span(span.start, span.start + verb_end))
    object_ = document.quote(Span(span.start + verb_end, span.end)).strip()
    target = next(iter(within(so_far.indicators, clause)), None)
    return Action(
        span=span,
        commitment=commitment_ordinal,
        ordinal=ordinal,
        verb=verb,
        object=object_ or None,
        actor=actor.removeprefix("由") if actor else None,
        target_value=target.value if target else None,
        target_unit=target.unit if target else None,
        target_approx=target.approx if target else None,
        deadline=commitment.deadline,
    )


def _verb_end(text: str, context: Context) -> int | None:
    """Where the verb with its adverbs ends; None if the clause opens with no verb."""
    adverb: Rule | None = context.knowledge.rule("action.adverb")
    matched = adverb.pattern.match(text) if adverb else None
    at = matched.end() if matched else 0
    words = context.tokens.cut(text[at : at + 10])
    verbs = frozenset(context.knowledge.words("verbs"))
    skipped = 0
    for word in words:
        if word.tag[:1] in "d" or (word.tag in ("ad", "b") and word.text not in verbs):
            skipped = word.end
            continue
        is_verb = word.text in verbs or word.tag in ("v", "vn", "vd", "l", "i")
        if not is_verb or word.text in _COPULA:
            return at or None if matched and at < len(text) and skipped == 0 and _all_adverb(text, at) else None
        end = at + word.end
        complement = _COMPLEMENT.match(text[end:])
        return end + (complement.end() if complement else 0)
    return at + skipped if matched and skipped == 0 and at == len(text) else None


def _all_adverb(text: str, at: int) -> bool:
    """加快、统筹、规范 are verbs too where a noun follows: 规范审批流程."""
    return text[:at].endswith(("规范", "统筹", "加快", "强化", "协同", "联合", "精准")) and at < len(text)
