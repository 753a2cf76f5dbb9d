"""Clauses (分句) of a promise: where one action ends and the next begins.

Comes in: a folded view and the span of a commitment. Goes out: spans in text order that each hold one action: parted at
commas, list items and colons, then at 、 and 并 where a verb with an object of its own follows, and behind a target that
another follows (示范村3个、调解室5个). Refuses to part what shares one verb or one head noun (完善登记、查询等制度).
"""

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.datamodel.records import Indicator
from extractor.datamodel.span import Span
from extractor.stages.promises.openings import ITEM
from extractor.stages.promises.predicates import ActionGrammar, predicate_of
from extractor.text.sentences import clauses

_COLON = regex.compile(r"(?<=[一-龥]):")
_JOINT = regex.compile(r"、|(?<![合一])并(?![网联发购轨行])(?:且)?|(?<!同)同时(?!期)|(?<=[一-龥])以及")
# verbs that seldom stand inside a list of nouns
_APART = regex.compile(
    r"(?:开展|建[立成]|健全|完善|制[定订]|出台|编制|修[订改]|落实|推[进动行]|提[升高]|增强|打造|构建|组[建织]|成立|设立|完成|实现|做[好实强优细]|"
    r"抓[好实]|解决|化解|查处|防范|举办|召开|印发|公布|发布|配[备齐强]|充实|选[派聘]|聘请|优化|细化|深化|强化|加[强大快]|扩大|拓[展宽]|减少|降低|"
    r"压[减实]|形成|营造|保障|夯实|筑牢|巩固|畅通|发挥|明确|厘清|理顺|严格执行|严厉打击|树立|弘扬|培育|培养|壮大|补齐|新建|改造|杜绝|坚持|确保|争取)"
)
# what these govern is a clause or a principle of its own
_TAKES_CLAUSE = regex.compile(r"^(?:坚持|注重|突出|体现|围绕|聚焦|紧盯|确保|推动|促进|使|让|防止|避免|学习|宣传|遵循)")
# 化解在基层、化解在萌芽状态 says one thing twice
_PLACE = regex.compile(r"[在到于](?=[一-龥])")
_SHARED_HEAD = regex.compile(r"等[一-龥]{0,12}$|的")
_AND = regex.compile(r"以及|[、和及与]")
_UNIT_BEHIND = regex.compile(r"[^,。;、\s]{0,5}?(?=[、和及与]|以及)")


def parts(view: str, span: Span) -> list[Span]:
    """Clauses, parted also where a list item (一是, (1)) or what stands behind a colon begins."""
    found = []
    for clause in clauses(view, *span):
        starts = [clause.start, *(m.start() for m in ITEM.finditer(view, clause.start, clause.end))]
        starts += [m.end() for m in _COLON.finditer(view, clause.start, clause.end)]
        ordered = sorted(set(starts))
        found += [Span(a, b) for a, b in zip(ordered, [*ordered[1:], clause.end], strict=True) if b > a]
    return found


def coordinate(text: str, grammar: ActionGrammar) -> list[Span]:
    """The text, behind its opening, parted into verbs with objects of their own.

    制定方案并组织实施 → 制定方案, 组织实施; 完善制度、健全机制 → both; 建立和完善制度 → one.
    """
    cuts = [Span(0, 0)]
    for joint in _JOINT.finditer(text):
        if joint.start() > cuts[-1].end and _parts_here(text, cuts[-1].end, joint, grammar):
            cuts.append(Span(*joint.span()))
    ends = [*(cut.start for cut in cuts[1:]), len(text)]
    return [Span(cut.end, end) for cut, end in zip(cuts, ends, strict=True)]


def _parts_here(text: str, start: int, joint: "regex.Match[str]", grammar: ActionGrammar) -> bool:
    before, behind = text[start : joint.start()], text[joint.end() :]
    if _inside(before):
        return False
    first = predicate_of(before, grammar)
    if first is None or first.object is None or first.object.length < 2:
        return False
    second = predicate_of(behind, grammar)
    if second is None or _PLACE.match(behind, second.verb.end):
        return False
    if joint[0] != "、":
        # 宣传法律并向社会公开: the second may stand without an object
        return "的" not in behind[: second.verb.end] or bool(second.object)
    if _TAKES_CLAUSE.match(before[first.verb.start :]) or _SHARED_HEAD.search(behind):
        return False
    adverb = grammar.match("adverb", behind)
    verb = _APART.match(behind, adverb.end() if adverb and not _APART.match(behind) else 0)
    return verb is not None and second.object is not None and second.object.length >= 2


def _inside(before: str) -> bool:
    """True within quotes or brackets that are still open."""
    return any(before.count(a) > before.count(b) for a, b in ("“”", "《》", "()", "<>"))


def by_target(view: str, span: Span, stated: Sequence[Indicator]) -> list[Span]:
    """The span parted behind each target that another follows in the same breath."""
    cuts = [Span(span.start, span.start)]
    for one, following in pairwise(stated):
        behind = _UNIT_BEHIND.match(view, one.value_span.end, following.value_span.start)
        joint = _AND.match(view, behind.end()) if behind else None
        if joint:
            cuts.append(Span(*joint.span()))
    ends = [*(cut.start for cut in cuts[1:]), span.end]
    return [Span(cut.end, end) for cut, end in zip(cuts, ends, strict=True)]
