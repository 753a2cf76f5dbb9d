"""Titles (文件名称) in 《》: where they lie, what their short forms stand for, which articles follow.

Comes in: the folded view. Goes out: spans of titles, short forms introduced with 以下简称, law articles.
Refuses to guess: a short form that two earlier titles could mean stands for none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.datamodel.folding import fold
from extractor.datamodel.span import Span
from extractor.rules.gazetteer import Gazetteer
from extractor.text.sentences import closings

_LONGEST_TITLE = 120
_STATE = "中华人民共和国"
# the kinds of documents (文种) that a report uses as a short name for the one it means
# fmt: off
SHORT_FORMS = frozenset({
    "条例", "规划", "方案", "办法", "规定", "意见", "通知", "纲要", "细则", "决定", "要点",
    "计划", "规则", "标准", "制度", "清单", "实施方案", "实施意见", "实施办法", "工作方案",
    "工作要点", "暂行条例", "若干规定", "暂行办法", "指导意见", "实施细则", "实施纲要",
})
# fmt: on
_ALIAS = regex.compile(
    r"(?:\ ?[(\[,;]?\ ?(?:国务院令第[0-9]+号)?[,;)]?\ ?[(]?)以下[均统]?[简簡]?[称稱为]{1,2}\ ?:?\ ?"
    r"(?:《(?P<name>[^《》\n]{2,40})》|[“\"'‘](?P<name>[^”\"'’\n]{2,40})[”\"'’])"
)
_N = "[0-9〇零一二三四五六七八九十百千]"
_ARTICLE = (
    rf"第\ ?{_N}{{1,7}}\ ?条?(?:(?:至|到|[-—~])\ ?第?\ ?{_N}{{1,7}})?\ ?条(?:之[一二三四五六七八九十])?"
    rf"(?:第\ ?{_N}{{1,4}}\ ?款)?(?:第?\ ?\(?{_N}{{1,4}}\)?\ ?项)?"
)
_PART = rf"第\ ?{_N}{{1,4}}\ ?款(?:第?\ ?\(?{_N}{{1,4}}\)?\ ?项)?"
_ARTICLES = regex.compile(
    rf"(?:\([^()\n]{{1,60}}\))?\ ?(?:的|中)?(?P<articles>(?:第\ ?{_N}{{1,4}}\ ?章)?{_ARTICLE}(?:[、,和及与]\ ?(?:{_ARTICLE}|{_PART}))*)"
)
_TAIL = regex.compile(r"(?:\([^()]*\))+$")
_FULL_LAW = regex.compile(r"(?:法|法典)$")
# the one statute of the nation whose title does not begin with the state's name
_WITHOUT_STATE = frozenset({"反分裂国家法"})


@dataclass(frozen=True, slots=True)
class Alias:
    """A short form and what it stands for, from the place on where it is introduced."""

    at: int
    name: str
    title: str


def find_titles(view: str) -> list[Span]:
    """Spans of 《…》, outermost; a title whose 》 is missing ends where the next one opens."""
    spans, at = [], view.find("《")
    closed = closings(view, 0, len(view))
    line_end = -1
    while at >= 0:
        # the line that was found last may go on: a line of nothing but titles is not looked through for each of them
        if line_end < at:
            line_end = view.find("\n", at)
            line_end = len(view) if line_end < 0 else line_end
        end = closed.get(at)
        if end is None or end - at > _LONGEST_TITLE or _is_two(view[at + 1 : end - 1]):
            found = _STOP.search(view, at + 1, line_end)
            end = found.end() if found else min(line_end, at + _LONGEST_TITLE)
        if end - at > 2:
            spans.append(Span(at, end))
        at = view.find("《", max(end, at + 1))
    return spans


_STOP = regex.compile(r"[》]|(?=[《,。;\n])")


def _is_two(inside: str) -> bool:
    """True for 甲规划《乙纲要: the first 》 is lost, and what stands inside is a second title."""
    return "《" in inside and inside.count("《") > inside.count("》")


def alias_behind(view: str, end: int) -> str | None:
    """The short form introduced right behind a citation that ends there; None if there is none."""
    found = _ALIAS.match(view, end)
    return found["name"].strip() if found else None


def articles_behind(view: str, title_end: int) -> Span | None:
    """Span of the articles behind a title, with 款 and 项; None if there are none.

    >>> view = "《行政处罚法》第三十五条第二款、第三十六条规定"
    >>> articles_behind(view, 7).slice(view)
    '第三十五条第二款、第三十六条'
    """
    found = _ARTICLES.match(view, title_end)
    return Span(*found.span("articles")) if found else None


def full_title(
    title: str, at: int, aliases: Sequence[Alias], earlier: Sequence[str], gazetteer: Gazetteer
) -> str | None:
    """What a title stands for, if it is a short form; None where it is full or could mean two things.

    The last introduction (以下简称) before or at the place counts; else the only earlier title that ends in a
    general word (《条例》); else the full title of a law of the nation.
    """
    folded = fold(title)
    known = [alias for alias in aliases if fold(alias.name) == folded and alias.at <= at]
    if known:
        return max(known, key=lambda alias: alias.at).title
    if folded in SHORT_FORMS:
        meant = {
            name for name in earlier if _TAIL.sub("", fold(name)).endswith(folded) and fold(name) not in SHORT_FORMS
        }
        return meant.pop() if len(meant) == 1 else None
    law = gazetteer.law(folded)
    if law is None or law.kind != "法律" or folded.startswith(_STATE) or law.title in _WITHOUT_STATE:
        return None
    return _STATE + law.title if _FULL_LAW.search(law.title) else None
