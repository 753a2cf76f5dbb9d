"""Duties (责任分工): who is to keep a promise and until when, in brackets behind it or on lines of their own.

Comes in: a folded view. Goes out: duties in text order, each with the stretch of text that it speaks of: its own
paragraph, or the one above a line of duties. Of those named the one who leads goes before those who help. Refuses
brackets that name nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.datamodel.span import Span

_BODY = "(?:(?:单位|部门|领导|人员?|科室|站所|机构|主体|处室|股室)(?:[及和、](?:责任)?(?:单位|部门|领导|人))?)"
_LEADS = rf"(?:(?:责任|牵头|主办|承办|主责|主管|负责|实施|落实)(?:责任)?{_BODY}|(?:责任|任务)分工|牵头)"
_HELPS = rf"(?:配合|协办|协同|协助|参与|参加|共同)(?:责任)?{_BODY}"
_UNTIL = "(?:完成|整改|办理|落实|办结|推进|实施)(?:时限|期限|时间|时间节点)|(?:时限|期限)(?:要求)?|时间节点|完成日期"
_LABEL = rf"(?:(?P<leads>{_LEADS})|(?P<helps>{_HELPS})|(?P<until>{_UNTIL}))\ ?:"
_FIELD = regex.compile(rf"(?:^|(?<=[;,。、\s(\[〔{{!])){_LABEL}")
_BRACKET = regex.compile(
    rf"[(\[〔{{]\ ?(?P<words>{_LABEL}[^()\[\]〔〕{{}}\n]*(?:\([^()\n]*\)[^()\[\]〔〕{{}}\n]*)*)[)\]〕}}]?"
)
_LINE = regex.compile(rf"(?m)(?:^\ *(?:\d{{1,2}}[.、])?|(?<=[。;!])\ ?)(?P<words>{_LABEL}[^\n]*)")
# (县司法局牵头,各乡镇负责) without a label, right behind a sentence or before its end mark
_SHARED = r"(?:[,、]?按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同|具体)?"
_BARE = regex.compile(
    rf"[(\[〔]\ ?(?:由)?(?P<actor>[一-龥“”、()]{{2,80}}?)(?:牵头(?:负责|办理|落实)?(?:[,;][^()\[\]〔〕\n]{{2,80}})?|{_SHARED}(?:负责|落实|组织实施))\ ?[)\]〕](?=\ ?(?:[。;\n]|$))|"
    rf"(?<=[。;]\ ?)[(\[〔]\ ?(?:由)?(?P<actor>[一-龥“”、,()]{{2,80}}?)(?:牵头(?:负责|办理|落实)?(?:[,;][^()\[\]〔〕\n]{{2,80}})?|{_SHARED}(?:负责|落实|组织实施))\ ?[)\]〕]"
)
_SHARING = regex.compile(rf"{_SHARED}(?:负责|落实)$")
_MARKS = " 。;,、:"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who (None if only a term is said) is to do what `scope` promises, and the words of the term."""

    span: Span
    scope: Span
    actor: Span | None
    term: Span | None


# three stages ask for them
@lru_cache(maxsize=2)
def find_duties(view: str) -> tuple[Duty, ...]:
    """All duties in text order; neighbours that speak of one paragraph share its scope."""
    labelled = [(Span(*m.span()), Span(*m.span("words"))) for rule in (_BRACKET, _LINE) for m in rule.finditer(view)]
    bare = [(Span(*m.span()), Span(*m.span("actor"))) for m in _BARE.finditer(view)]
    found: list[Duty] = []
    for span, inside in sorted([*labelled, *bare]):
        if found and found[-1].span.overlaps(span):
            continue
        actor, term = (inside, None) if (span, inside) in bare else _fields(view, inside)
        if actor or term:
            found.append(Duty(span, _scope(view, span, found), actor, term))
    return tuple(found)


def duty_of(duties: Sequence[Duty], span: Span) -> tuple[Span | None, Span | None]:
    """Actor and term that are named for what the span says; of several the first that names one."""
    named = [duty for duty in duties if duty.scope.start <= span.start < duty.scope.end]
    return next((d.actor for d in named if d.actor), None), next((d.term for d in named if d.term), None)


def without_duties(span: Span, duties: Sequence[Duty]) -> list[Span]:
    """What is left of the span without the duties that stand in it."""
    left, at = [], span.start
    for duty in duties:
        if duty.span.start < span.end and duty.span.end > span.start:
            left.append(Span(at, max(at, duty.span.start)))
            at = duty.span.end
    left.append(Span(min(at, span.end), span.end))
    return [part for part in left if part.length]


def _fields(view: str, inside: Span) -> tuple[Span | None, Span | None]:
    labels = list(_FIELD.finditer(view, inside.start, inside.end))
    ends = [*(label.start() for label in labels[1:]), inside.end][: len(labels)]
    named: dict[str, Span] = {}
    for label, end in zip(labels, ends, strict=True):
        value = _value(view, label.end(), end)
        if value.length > 1:
            named.setdefault(str(label.lastgroup), value)
    return named.get("leads") or named.get("helps"), named.get("until")


def _value(view: str, start: int, end: int) -> Span:
    while end > start and view[end - 1] in _MARKS:
        end -= 1
    shared = _SHARING.search(view, start, end)
    end = shared.start() if shared else end
    while start < end and view[start] in " 由":
        start += 1
    return Span(start, end)


def _scope(view: str, span: Span, before: Sequence[Duty]) -> Span:
    """The paragraph before the duty; where the duty opens its line, the one above."""
    end = span.start
    while end > 0 and view[end - 1] in _MARKS + "\n":
        end -= 1
    start = view.rfind("\n", 0, end) + 1
    if before and before[-1].span.end > start:
        last = before[-1]
        # 牵头单位:… and 配合单位:… below one paragraph speak of the same
        return (
            last.scope if not view[last.span.end : span.start].strip(_MARKS + "\n") else Span(last.span.end, span.start)
        )
    return Span(start, span.start)
