"""Commitments (承诺): sentences whose main content is future work.

Comes in: a document with its sections, indicators and identity. Goes out: Commitment records. In a plan
section every sentence of the body is one; elsewhere a future marker, a term behind the report's year or
both must say so. Refuses 将 as object marker, what is reported as done, and problem sections.

Strength, by what can be checked: `measurable_with_deadline` a target number and a term; `measurable` one
of the two; `specific` a verb that makes something one can look for (制定, 建成, 完成); `general` the rest.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Commitment, Indicator, Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Role, SectionKind, Strength
from extractor.rules import find
from extractor.rules.matching import Match
from extractor.rules.schema import Rule
from extractor.stages.base import Context, Progress
from extractor.stages.promises.terms import term_in
from extractor.stages.structure.body import spoken
from extractor.stages.structure.duties import Duty, duty_of, find_duties
from extractor.stages.structure.kinds import is_aside
from extractor.stages.structure.plan_texts import is_directive, is_plan
from extractor.text.sentences import trimmed

# quotes and digits may part them: 新创建“无讼村”3个
_CHINESE = regex.compile(r"(?:[一-龥][^一-龥]{0,4}){4}")
_LOOKS_BACK = regex.compile(
    r"^(?:一年来|过去|目前|当前|近年来|[0-9]{4}年以来)|取得(?:了|的).{0,12}(?:成绩|成效)"
    r"|^(?:[0-9]{4}年|今年|明年|新的一年)(?:,|既)?是|任务(?:十分|依然|更加)?(?:繁重|艰巨)。?$"
)
# what is expected to come about, where nobody undertakes it
_FORECAST = regex.compile(
    r"^(?:随着|由于)[^。]*(?:预计|将)|(?:预计|预期)(?:今年|明年|全年|可|能|将)*"
    r"(?:带动|实现(?:年)?(?:产值|收入|税收|营收|利润|效益)|增收|增长|下降|惠及|受益|节约|吸引|产生|新增产值)"
)
# a report read out in January expects the figures of the year that is over
_EXPECTED = regex.compile(r"预[计期](?!到|于|在|20[0-9]{2}年|将)(?![^,。;]{0,20}(?:投[产用]|竣工|建成|达产))")
# where an item of a list begins within a sentence: behind its lead or the item before it
_ITEM = regex.compile(
    r"(?<=[;:]\ ?)(?:[一二三四五六七八九十]{1,2}[是要]|\([0-9一二三四五六七八九十]{1,2}\)|[①-⑳]|[0-9]{1,2}[.、](?![0-9]))"
)
_MAKES = regex.compile(
    r"制定|出台|修订|编制|印发|建立|建成|新建|组建|设立|创建|完成|启动|举办|召开|上线|开通|配备|聘请|聘用|打造|培育|清理|签订|评选|开展"
)
# who is to do it, in brackets behind the promise, is no promise of its own
_LIST_LINE = regex.compile(
    r"^(?:附件?|联系人|联系电话|抄送|主送|[特专]此|以上报告|\((?:责任|牵头|配合|完成|主办|协办)[^)]*\)?[。;]?$)"
)
# 今年全县工作要坚持…: what the lead of a plan demands
_DEMANDS = regex.compile(r"^[^。;]{0,60}?(?<![需主重必纲])要(?![求点件素务闻约])|(?:^|[,;])(?:力争|确保)")


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for in a view, by the role of its rules; a term of a year up to `told` is no future."""

    told: int | None
    marker: "_Found"
    weak: "_Found"
    year: "_Found"
    deadline: "_Found"
    past: "_Found"
    measured: "Measured"
    duties: tuple[Duty, ...]


def _seek(view: str, told: int | None, so_far: Progress, context: Context) -> _Sought:
    def of(role: str) -> _Found:
        group = context.knowledge.group("commitments")
        return _Found(tuple(rule for rule in group if rule.gives.get("role") == role), view)

    return _Sought(
        told,
        of("marker"),
        of("weak"),
        of("year"),
        of("deadline"),
        of("past"),
        Measured(so_far.of(Indicator)),
        find_duties(view),
    )


def find_commitments(document: Document, so_far: Progress, context: Context) -> tuple[Commitment, ...]:
    """All commitments in text order."""
    all_plan, directive = is_plan(document, so_far, context), is_directive(document, so_far)
    year = so_far.identity.report_year
    # the year of a directive is still to come when it is written, that of a report is over
    sought = _seek(document.view, year - 1 if year and directive else year, so_far, context)
    found = []
    for span, section, kind in spoken(document, so_far.of(Section)):
        whole = all_plan and not _is_preamble(document, span, section)
        if whole and section is not None and is_aside(section, so_far.of(Section)):
            whole = False
        plan = (kind is SectionKind.PLAN and not directive) or whole
        made = _commitment(document, span, plan, kind, so_far, context, sought)
        if made is None:
            continue
        items = _items(document.view, span)
        each = [_commitment(document, item, True, kind, so_far, context, sought) for item in items]
        found += [replace(one, cue=one.cue or made.cue, rule=made.rule) for one in each if one] or [made]
    return tuple(found)


def _items(view: str, span: Span) -> list[Span]:
    """The items of a list within a sentence (…:一是…;二是…), without what leads in; none where there is no list."""
    marks = [Span(*mark.span()) for mark in _ITEM.finditer(view, span.start, span.end)]
    if not marks or (len(marks) == 1 and marks[0].start == span.start):
        return []
    starts = [marks[0].end, *(mark.end for mark in marks[1:])]
    ends = [*(mark.start for mark in marks[1:]), span.end]
    lead = Span(span.start, marks[0].start)
    items = [trimmed(view, Span(a, b)) for a, b in zip(starts, ends, strict=True)]
    if not lead.slice(view).strip() or view[lead.end - 1] == ":":
        return items
    return [trimmed(view, lead), *items]


def _is_preamble(document: Document, span: Span, section: Section | None) -> bool:
    """True before the first heading, for what says why and how a plan was made and not what is to be done."""
    if section is not None and section.level > 0:
        return False
    return _DEMANDS.search(span.slice(document.view)) is None


def _commitment(
    document: Document,
    span: Span,
    plan: bool,
    kind: SectionKind,
    so_far: Progress,
    context: Context,
    found: _Sought,
) -> Commitment | None:
    text = span.slice(document.view)
    if _LIST_LINE.match(text) or not _CHINESE.search(text):
        return None
    past, deadline, cue = found.past.first(span), found.deadline.first(span), found.marker.first(span)
    rule = cue.rule.id if cue else "commitment.plan_section"
    if cue is None and past is None:
        cue = found.weak.first(span) or found.year.later(span, found.told)
        if cue is None and deadline is not None and _ahead(deadline, found.told):
            cue = deadline
        rule = cue.rule.id if cue else rule
    if kind is SectionKind.PROBLEMS and not (cue and cue.rule.gives["role"] == "marker"):
        return None
    if cue is None and not plan:
        return None
    if text.endswith(":") or (plan and cue is None and (text.endswith("如下") or _tells(text))):
        return None
    expected = not plan and cue is not None and _EXPECTED.match(document.view, cue.span.start)
    if expected or _FORECAST.search(text):
        return None
    term = _term(deadline or found.year.later(span, found.told), planned_year(so_far))
    named = duty_of(found.duties, span)[1]
    if term is None and named is not None:
        term = term_in(named.slice(document.view), planned_year(so_far))
    inside = found.measured.within(span)
    measurable = any(indicator.role is Role.TARGET or plan for indicator in inside)
    due = int(term[:4]) if term else planned_year(so_far)
    return Commitment(
        span=span,
        rule=rule,
        cue=cue.group("cue") if cue else None,
        due_year=due,
        deadline=term,
        strength=_strength(text, measurable, term is not None),
        theme=theme_of(text, context),
    )


def planned_year(so_far: Progress) -> int | None:
    """The year that the report plans for; where it names none, the year after its own."""
    identity = so_far.identity
    return identity.plan_year or (identity.report_year + 1 if identity.report_year else None)


class Terms:
    """The terms of a document, asked for by span."""

    def __init__(self, document: Document, so_far: Progress, context: Context) -> None:
        rules = context.knowledge.group("commitments")
        self._found = _Found(tuple(r for r in rules if r.gives.get("role") in ("deadline", "year")), document.view)
        self._year, self._told = planned_year(so_far), so_far.identity.report_year

    def within(self, span: Span) -> str | None:
        """The first term inside the span as ISO date, month or year; None without one."""
        return _term(self._found.later(span, self._told), self._year)


class _Found:
    """The matches of some rules over the whole view, each rule run once; asked for by span."""

    def __init__(self, rules: tuple[Rule, ...], view: str) -> None:
        self._matches = sorted((m for rule in rules for m in find(rule, view)), key=lambda m: m.span)
        self._starts = [match.span.start for match in self._matches]

    def within(self, span: Span) -> list[Match]:
        """Matches that lie inside the span, in text order."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [match for match in self._matches[first:last] if match.span.end <= span.end]

    def first(self, span: Span) -> Match | None:
        """The first match inside the span."""
        return next(iter(self.within(span)), None)

    def later(self, span: Span, told: int | None) -> Match | None:
        """The first whose year comes after `told`."""
        return next((match for match in self.within(span) if _ahead(match, told)), None)


class Measured:
    """The indicators of a document, asked for by span."""

    def __init__(self, indicators: tuple[Indicator, ...]) -> None:
        self._indicators = indicators
        self._starts = [indicator.value_span.start for indicator in indicators]

    def within(self, span: Span) -> tuple[Indicator, ...]:
        """Those whose value begins inside the span, in text order."""
        return self._indicators[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def _ahead(match: Match, told: int | None) -> bool:
    year = match.group("year")
    return year is None or told is None or int(year) > told


def _tells(text: str) -> bool:
    """A sentence of a plan section that looks back or admonishes: 一年来,…取得了…成绩."""
    return _LOOKS_BACK.search(text) is not None


def _term(match: Match | None, plan_year: int | None) -> str | None:
    """The term as ISO date, month or year; None if the sentence names none."""
    if match is None:
        return None
    year, month, day = match.group("year"), match.group("month"), match.group("day")
    if year is None:
        return term_in(match.group("yearend") or "", plan_year)
    parts = [year] + [part.zfill(2) for part in (month, day) if part]
    return "-".join(parts)


def _strength(text: str, measurable: bool, term: bool) -> Strength:
    if measurable and term:
        return Strength.MEASURABLE_WITH_DEADLINE
    if measurable or term:
        return Strength.MEASURABLE
    return Strength.SPECIFIC if _MAKES.search(text) else Strength.GENERAL


def theme_of(text: str, context: Context) -> str | None:
    """The theme whose words come first in the text; None if none do."""
    pattern, themes = _themes(context)
    found = pattern.search(text)
    return themes[found.lastgroup or ""] if found else None


@lru_cache(maxsize=4)
def _themes(context: Context) -> "tuple[regex.Pattern[str], dict[str, str]]":
    """All themes in one pattern: the leftmost word wins, of two at one place the earlier rule."""
    rules = context.knowledge.group("themes")
    either = "|".join(f"(?P<theme{at}>{rule.pattern.pattern})" for at, rule in enumerate(rules))
    return regex.compile(either, rules[0].pattern.flags), {
        f"theme{at}": rule.gives["theme"] for at, rule in enumerate(rules)
    }
