"""Kinds (章节性质): what the words of a heading, and its place, make of its section.

Comes in: titles of headings, the kind rules of `patterns/sections.toml`. Goes out: SectionKinds. A heading that
names two kinds (成效和存在的问题) passes neither on: what stands below it is told apart by itself. Refuses what only
deals with problems (着力解决突出问题): that is a measure.
"""

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.datamodel.folding import fold
from extractor.datamodel.records import Section
from extractor.datamodel.vocabulary import SectionKind
from extractor.rules.schema import Rule

_PARTS = regex.compile(r"[、,;/]|(?:以及|及其|并|暨)|[和与及]")
# 解决群众反映的突出问题, 补齐短板: who deals with problems admits none
_DEALS = regex.compile(
    r"(?:解决|破解|化解|整治|治理|排查|聚焦|针对|围绕|紧盯|瞄准|直面|回应|补齐|补足|补上|攻克|防范|应对|突破|消除|关注|导向|找准|查摆)"
    r"[^、,和及与]{0,14}(?:[和及与、]?[^、,和及与]{0,6}(?:问题|不足|困难|差距|短板|短缺|薄弱环节|挑战))+"
    r"|问题的?(?:专项|集中)?(?:整治|治理|排查|化解|解决|清理|处置|线索|导向|台账|清单)"
)
_BARE_PROBLEMS = regex.compile(
    r"^(?:[^一-龥]*)(?:主要|突出|存在的?)?(?:问题|不足|困难|差距|短板|难点|弱项)(?:[^一-龥]*)$"
)
_BARE_DONE = regex.compile(r"^(?:主要|基本|具体|工作|好的|特色|典型)?(?:做法|经验|亮点|成绩|成果|总结|现状|进展)$")
# behind what is lacking, what was or is to be done about it
_MENDED = regex.compile(r"(?:改进|整改|改正|解决|应对|完善)(?:落实|工作)?的?(?:情况|进展|成效|完成情况)$")
_TO_MEND = regex.compile(
    r"(?:改进|整改|应对|解决|对策|完善|工作)?(?:措施|举措|对策|打算|计划|思路|方向|办法|建议|意见|安排)$|改进$|^改进(?:方向|工作)$"
)
# a heading that says nothing else: 存在的主要问题, 下一步工作打算 below what was done
_ONLY_LACKING = regex.compile(
    r"(?:目前|当前|工作中)?(?:仍|还|依然|尚)?(?:主要|突出)?(?:存在|面临|有待解决)?的?(?:主要|突出|一些|困难和|不足和|问题和)*"
    r"(?:问题|不足|困难|差距|短板|薄弱环节)(?:之处|与不足|和不足|及不足|与困难|和困难|和短板|与短板|和薄弱环节|及原因|和原因|及原因分析)?"
)
_ONLY_AHEAD = regex.compile(
    r"(?:下一?步|下一?阶段|今后|明年|20[0-9]{2}年(?=.{2,12}(?:打算|计划|安排|思路|设想|目标|展望)))(?:的?(?:主要|重点)?工作)?"
    r"的?(?:主要|重点)?(?:工作)?(?:打算|计划|安排|思路|举措|措施|方向|设想|重点|目标|展望)?(?:[及和与](?:打算|措施|目标))?"
)
_LACKS = regex.compile(
    r"不[足够强高深实细严准畅完齐全精熟到](?!断)|不(?:平衡|及时|完善|健全|到位|规范|明显)|有待|薄弱|欠缺|短板|滞后|缺乏|缺少|尚未|"
    r"仍需|偏[低少弱慢]|差距|存在.{0,20}(?:问题|现象|情况)|单一|力度小|困难"
)
# behind the plan for the year come its chapters (三、加大政策力度…), unless the heading tells of something else
_NO_CHAPTER = regex.compile(
    r"其[他它]|附[件表录则]?|说明|统计|情况|需要|报告|回顾|总结|成[效绩果]|问题|不足|意见|建议|体会|经验|保障"
)
# what a place or body is, before what was done
_PROFILE = regex.compile(
    r"概况|简介|^(?:基本|镇情|乡情|县情|区域|总体)情况$|机构(?:设置|职[能责])|单位职[能责]|^(?:前言|引言|背景)|其[他它]|附[件表录则]?"
)
# the year alone tells whether it was done or is planned
_OF_YEAR = regex.compile(
    r"(20[0-9]{2})年度?(?:法治政府建设|依法行政|政务公开|政府信息公开)?的?(?:主要|重点|各项)?(?:工作|举措|措施|任务)"
)
# what a plan says of the time before it, and what is no part of it
_ASIDE = regex.compile(
    r"^(?:“?十[一二三四五]五”?(?:时期|期间)?|20[0-9]{2}年度?|过去[一-龥]{0,3}|主要|基本|工作|发展|建设|规划|现有|取得的?|我[省市县区镇乡州])*"
    r"(?:基础|现状|环境|形势|成[效就绩果]|回顾|总结|情况|进展)(?:$|[和与及、])"
    r"|^附[则件表录]|^名词解释|^(?:编制|起草)?(?:背景|说明|依据|过程)|(?:面临|当前)的?(?:形势|机遇|挑战)"
)
_UNTOLD = (SectionKind.OTHER, SectionKind.ACHIEVEMENTS)
_LIST_LEVEL = 4
_SHORTEST_CHAPTER = 6
_SHORTEST_THEME = 4
_TELL_DONE = (SectionKind.ACHIEVEMENTS, SectionKind.RECTIFICATION, SectionKind.LEADERSHIP)


def kinds_in(title: str, rules: Sequence[Rule]) -> tuple[SectionKind, ...]:
    """The kinds that the parts of a heading name, in their order, each once; what was done is one kind.

    成效和存在的问题 → achievements, problems; 存在的不足和原因 → problems; 推进机制建设 → none.
    """
    found: list[SectionKind] = []
    for part in _PARTS.split(_DEALS.sub("", title)):
        kind = _of_part(part, rules, found)
        if kind is not None and not any(kind is other or {kind, other} <= set(_TELL_DONE) for other in found):
            found.append(kind)
    return tuple(found)


def kind_of(
    title: str, level: int, parent: Section | None, rules: Sequence[Rule]
) -> tuple[SectionKind, tuple[SectionKind, ...]]:
    """The kind of a section, and the kinds that its sentences are to be told apart between.

    补齐人才短板 in a plan is a plan: below a heading whose kind is known that kind holds, unless the words of a
    heading say nothing but that something is lacking (存在的问题) or planned (下一步打算).
    """
    above, among = (parent.kind, parent.among) if parent else (SectionKind.OTHER, ())
    if level >= _LIST_LEVEL:
        return above, among
    if above is not SectionKind.OTHER and not among:
        return _turned(title, above) or above, ()
    kinds = kinds_in(title, rules)
    if len(kinds) > 1:
        return kinds[0], kinds
    own = _ruled(title, rules) or next(iter(kinds), None)
    if own is not None:
        return own, ()
    return (_kind_among(title, among) if among else above), among


def _kind_among(title: str, among: tuple[SectionKind, ...]) -> SectionKind:
    """What a heading without a kind of its own is below one that names several."""
    if SectionKind.PROBLEMS in among and lacks(title):
        return SectionKind.PROBLEMS
    return next(kind for kind in among if kind is not SectionKind.PROBLEMS)


def _turned(title: str, above: SectionKind) -> SectionKind | None:
    plain = regex.sub(r"[^一-龥0-9]", "", title)
    if above in _TELL_DONE and _ONLY_LACKING.fullmatch(plain):
        return SectionKind.PROBLEMS
    return SectionKind.PLAN if above is not SectionKind.PLAN and _ONLY_AHEAD.fullmatch(plain) else None


def lacks(text: str) -> bool:
    """True for words that admit a shortcoming: 力度不够, 有待加强, 存在差距."""
    return _LACKS.search(text) is not None


def of_year(title: str, year: int | None) -> SectionKind | None:
    """2025年主要工作, 2025年重点工作 in a report on `year`: done in that year, planned for a later one."""
    found = _OF_YEAR.fullmatch(regex.sub(r"[^一-龥0-9]", "", title))
    if found is None or year is None:
        return None
    return SectionKind.PLAN if int(found[1]) > year else SectionKind.ACHIEVEMENTS


def is_chapter(before: Sequence[Section], title: str) -> bool:
    """True for a heading of the first level behind a plan that says nothing of another kind."""
    first = next((section for section in reversed(before) if section.parent is None), None)
    planned = first is not None and first.kind is SectionKind.PLAN and not first.among
    return planned and len(title) >= _SHORTEST_CHAPTER and not _NO_CHAPTER.search(title)


def with_themes(sections: tuple[Section, ...], *, reports: bool = False) -> tuple[Section, ...]:
    """The sections, with thematic headings (强化组织保障) before the shortcomings as achievements by their place.

    Only in a text that says that it reports, or whose outline comes to what is lacking: another may be a plan.
    """
    roots = [at for at, section in enumerate(sections) if section.level > 0 and section.parent is None]
    ends = (SectionKind.PROBLEMS, SectionKind.PLAN) if reports else (SectionKind.PROBLEMS,)
    ahead = next((at for at in roots if sections[at].kind in ends), len(sections) if reports else 0)
    themes = {
        at + 1
        for at in roots
        if at < ahead and sections[at].kind is SectionKind.OTHER and _is_theme(sections[at].title)
    }
    made: list[Section] = []
    for at, section in enumerate(sections, 1):
        below = section.parent in themes and section.kind is SectionKind.OTHER
        if at in themes or below:
            themes.add(at)
            section = replace(section, kind=SectionKind.ACHIEVEMENTS)
        made.append(section)
    return tuple(made)


def of_plan(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections of a text whose title says that it is a plan: all of them plan, but for what admits, what was done
    before (发展基础) and what plans nothing (附则)."""
    made: list[Section] = []
    for section in sections:
        told = section.kind not in _UNTOLD or section.among or section.level == 0
        if not told and not is_aside(section, sections):
            section = replace(section, kind=SectionKind.PLAN)
        made.append(section)
    return tuple(made)


def is_aside(section: Section, sections: Sequence[Section]) -> bool:
    """True in a plan for what was done before (发展基础), and what plans nothing (附则), or lies below such a heading."""
    if _ASIDE.search(fold(section.title)):
        return True
    return section.parent is not None and is_aside(sections[section.parent - 1], sections)


def _is_theme(title: str) -> bool:
    return len(title) >= _SHORTEST_THEME and not _PROFILE.search(title)


def _of_part(part: str, rules: Sequence[Rule], before: Sequence[SectionKind]) -> SectionKind | None:
    """The kind of one part; what is said in one word there (问题, 改进情况) counts beside others."""
    lacking = SectionKind.PROBLEMS in before
    if lacking and _MENDED.search(part):
        return SectionKind.RECTIFICATION
    if lacking and _TO_MEND.search(part):
        return SectionKind.PLAN
    if _BARE_PROBLEMS.match(part):
        return SectionKind.PROBLEMS
    if _BARE_DONE.match(part):
        return SectionKind.ACHIEVEMENTS
    return _ruled(part, rules)


def _ruled(title: str, rules: Sequence[Rule]) -> SectionKind | None:
    words = _DEALS.sub("", title)
    found = [rule for rule in rules if rule.pattern.search(words)]
    if not found:
        return None
    return SectionKind(max(found, key=lambda rule: rule.priority).gives["kind"])
