"""Actions (举措): what a commitment promises, clause by clause.

Comes in: commitments. Goes out: Action records with verb (its adverbs kept), object, actor, target, term and frequency.
Means (以…为抓手, 依托…) and terms (6月底前) are kept apart; where they fill a clause of their own they belong to the next
action, as 由…牵头 does. Refuses clauses that hold no verb: they belong to the one before.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from string import whitespace

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.folding import fold
from extractor.datamodel.records import Action, Commitment, Indicator
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Role
from extractor.stages.base import Context, Progress
from extractor.stages.promises.clauses import by_target, coordinate, parts
from extractor.stages.promises.commitments import Measured, Terms, planned_year
from extractor.stages.promises.openings import ITEM, opening_of
from extractor.stages.promises.predicates import ActionGrammar, Predicate, grammar_of, predicate_of
from extractor.stages.promises.terms import frequency_in, term_in
from extractor.stages.structure.duties import duty_of, find_duties
from extractor.text.sentences import trimmed

# marks and white space at the end of a clause
_END = f",。;:!?、{whitespace}\u3000\xa0"
_REACHED = regex.compile("(?:[提升增扩降减缩][高加大至低少到小短]*|达|恢复|控制)[到至]$|降至$")
# a clause that is nothing but a term (到2025年,)
_ONLY_TERM = regex.compile(r"(?:[于在到至])?(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?[底末内前初]*(?:之前|以前)?")

# a measure word and 以上 may stand behind a number
_UNIT = 4
_BARE = regex.compile(r"[约近超]?[0-9,.]+[余多]?[万千百]?[一-龥]{1,2}")
# 年内不少于4次: how much, of what was said before
_AMOUNT = regex.compile(
    r"(?:全年|每年|年内|总数|共计?|累计)?(?:不少于|不低于|不得?少于|至少|达到?|超过|约|近)?[0-9,.]+[余多]?[万千百]?(?:%|人次|[场家件]次|个?百分点|[次场期件人名份家起篇条项户])?(?:以上|左右)?"
)


@dataclass(frozen=True, slots=True)
class _Carried:
    """What one clause says for the actions behind it, up to the next list item."""

    actor: str | None = None
    means: str | None = None
    term: str | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a document offers to its actions."""

    document: Document
    grammar: ActionGrammar
    measured: Measured
    terms: Terms
    year: int | None


def find_actions(document: Document, so_far: Progress, context: Context) -> tuple[Action, ...]:
    """All actions in text order; `ordinal` counts within the commitment."""
    sources = _Sources(
        document,
        grammar_of(context),
        Measured(so_far.of(Indicator)),
        Terms(document, so_far, context),
        planned_year(so_far),
    )
    duties = find_duties(document.view)
    found: list[Action] = []
    for ordinal, commitment in enumerate(so_far.of(Commitment), 1):
        named, until = duty_of(duties, commitment.span)
        duty = document.quote(named) if named else None
        term = term_in(until.slice(document.view), sources.year) if until else None
        made = _of_commitment(commitment, sources)
        found += [
            replace(
                action,
                commitment=ordinal,
                ordinal=at,
                actor=action.actor or duty,
                deadline=action.deadline or term,
            )
            for at, action in enumerate(made, 1)
        ]
    return tuple(found)


def _of_commitment(commitment: Commitment, sources: _Sources) -> list[Action]:
    view = sources.document.view
    found: list[Action] = []
    carried = _Carried()
    for clause in parts(view, commitment.span):
        span, carried = _opened(clause, carried, sources)
        actions = _actions(span, sources)
        if found and len(actions) == 1 and _only_amount(actions[0]) and found[-1].target_value is None:
            found[-1] = _with_target(found[-1], actions[0])
            continue
        whole = carried.term or (commitment.deadline if not carried.listed else None)
        often = frequency_in(clause.slice(view))
        found += [
            replace(action, actor=carried.actor, means=carried.means, deadline=whole, frequency=often)
            for action in actions
        ]
        if carried.means and actions:
            carried = replace(carried, means=None)
    return found


def _only_amount(action: Action) -> bool:
    return action.verb is None and action.object is not None and _AMOUNT.fullmatch(fold(action.object)) is not None


def _with_target(action: Action, amount: Action) -> Action:
    """The action with the amount that a clause of its own says: 提供咨询,全年不少于100人次."""
    return replace(
        action,
        target_value=amount.target_value,
        target_unit=amount.target_unit,
        target_approx=amount.target_approx,
    )


def _opened(clause: Span, carried: _Carried, sources: _Sources) -> tuple[Span, _Carried]:
    """What is left of the clause behind list marker, term, means and actor, and these for it and the next."""
    view = sources.document.view
    end = clause.start + len(clause.slice(view).rstrip(_END))
    marker = ITEM.match(view, clause.start, end)
    if marker or view[clause.start - 1 : clause.start] == ";":
        carried = _Carried(listed=True)
    start = marker.end() if marker else clause.start
    opening = opening_of(view[start:end], sources.grammar)
    term = sources.terms.within(clause) or term_in(opening.term or "", sources.year)
    carried = replace(
        carried,
        actor=opening.actor or carried.actor,
        means=opening.means or carried.means,
        term=term or carried.term,
    )
    start += opening.start
    return trimmed(view, Span(start, max(start, end))), carried


def _actions(span: Span, sources: _Sources) -> list[Action]:
    """The actions of what is left of a clause; a target without a verb shares the one before it."""
    view, grammar = sources.document.view, sources.grammar
    found: list[Action] = []
    for piece in coordinate(span.slice(view), grammar):
        whole = piece.shifted(span.start)
        for part in by_target(view, whole, sources.measured.within(whole)):
            action = _action(
                trimmed(view, part), sources, found[-1].verb if found and part.start > whole.start else None
            )
            if action is not None:
                found.append(action)
    return found


def _action(span: Span, sources: _Sources, shared: str | None) -> Action | None:
    """The action of a clause; None without a verb, unless it states a target or shares one."""
    document, text = sources.document, span.slice(sources.document.view)
    if span.length < 2 or _ONLY_TERM.fullmatch(text):
        return None
    target = _target(document.view, sources.measured.within(span), span.end)
    predicate = predicate_of(text, sources.grammar)
    if predicate and predicate.object and shared and _BARE.fullmatch(predicate.object.slice(text)):
        # 开展培训4次和宣讲12场: what is counted is a noun there
        predicate = None
    if predicate is None and target is not None and (shared or target.role in (Role.TARGET, Role.CHANGE)):
        # 城镇新增就业1100万人以上: a bare target promises without a verb
        predicate = Predicate(Span(0, 0), Span(0, len(text)))
    if predicate is None:
        return None
    verb, thing = _quoted(document, span, predicate.verb), _quoted(document, span, predicate.object)
    if verb and thing and _AMOUNT.fullmatch(fold(thing)):
        # 培训不少于4次: the act itself is counted
        thing = None
    return Action(
        span=span,
        commitment=0,
        ordinal=0,
        verb=verb or shared,
        object=thing,
        target_value=_floor(target) if target else None,
        target_unit=target.unit if target else None,
        target_approx=target.approx if target else None,
    )


def _quoted(document: Document, span: Span, within: Span | None) -> str | None:
    if within is None:
        return None
    return document.quote(within.shifted(span.start)).strip() or None


def _target(view: str, stated: tuple[Indicator, ...], end: int) -> Indicator | None:
    """The number promised: of 由50%提高到60% the one behind 到, else the one that ends the clause, else the first."""
    reached = (one for one in stated if _REACHED.search(view, one.value_span.start - 4, one.value_span.start))
    last = (one for one in stated if end - one.value_span.end <= _UNIT)
    return next(reached, next(last, next(iter(stated), None)))


def _floor(target: Indicator) -> Decimal | None:
    """What at least is promised: of a range (6%—6.5%) the lower end."""
    return target.value if target.value_low is None else target.value_low
