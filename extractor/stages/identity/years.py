"""Years and dates of a report (年度与日期): the year reported on, the year planned for, the day of publication.

Comes in: a document, its title, its sections. Goes out: years and a date, null where nothing says them. The date of a page
never becomes the year of a report whose title or text names another. A 政府工作报告 named by a year is read out in that
year and reports on the one before it, unless it looks back on the year of its name (2026年工作回顾).
"""

from dataclasses import dataclass
from datetime import date

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.folding import fold
from extractor.datamodel.records import Section
from extractor.datamodel.vocabulary import SectionKind
from extractor.stages.structure.reported import is_plan_title, sums_up
from extractor.text.sentences import trimmed

_HEAD_CHARS = 1500
_YEAR = regex.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\ ?年?")
_YEAR_MARK = regex.compile(r"(?<![0-9])(20[0-9]{2})\ ?年(?!\ ?[01]?[0-9]\ ?月)")
# 2022年工作总结及2023年工作计划
_BOTH_YEARS = regex.compile(
    r"(20[0-9]{2})年[^0-9]{0,24}(?:总结|回顾|报告|情况)[和与及暨、][^0-9]{0,4}(20[0-9]{2})年[^0-9]{0,16}(?:计划|打算|安排|思路|要点)"
)
_FIRST_WORDS = 200
_CHINESE_YEAR = regex.compile(r"二[〇零○]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])年")
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
# the year with which a sentence opens: 2020年,罗店镇…
_OPENING_YEAR = regex.compile(r"(?:^|[\n。,、\ ])(20[0-9]{2})年(?:度|以来|,|、|(?![01]?[0-9]月)[一-龥])")
_DATE = regex.compile(
    r"(?<![0-9])(20[0-9]{2})\ ?[年\-./]\ ?(1[0-2]|0?[1-9])\ ?[月\-./]\ ?(3[01]|[12][0-9]|0?[1-9])(?![0-9])\ ?日?"
)
_DELIVERED = regex.compile(
    r"(?m)^[\ (—-]*(20[0-9]{2})\ ?年\ ?(1[0-2]|0?[1-9])\ ?月\ ?[0-9]{1,2}\ ?日(?:在.{4,40}上)?[\ )]*$"
)
# ——2025年1月14日在甲市第六届人民代表大会第五次会议上: a government's report is read out there
_SESSION = regex.compile(
    r"(20[0-9]{2})\ ?年\ ?(1[0-2]|0?[1-9])\ ?月\ ?[0-9]{1,2}\ ?日\ ?在[^。;,\n]{2,30}(?:届|\n)[^。;,]{0,4}人民代表大会"
)
_LAST_MONTH_OF_REPORTING = 5
_WORK_REPORT = regex.compile(r"(?|(20[0-9]{2})年[^年]{0,12}政府工作报告|政府工作报告\ ?\((20[0-9]{2})年\))")
# 一、2022年工作回顾 below the title of a work report
_REVIEWED = regex.compile(r"(?m)^\ *(?:[一二]、)?(20[0-9]{2})年(?:政府)?(?:主要)?工作(?:的)?(?:回顾|总结)")
# the terms of what tells others what to do say nothing of a year reported on
_DIRECTS = regex.compile(r"(?:方案|意见|办法|通知)(?:\([^()]*\))?$")
# a document's own number stands on a line of its own, or its line names it
_OWN_NUMBER = regex.compile(r"(?m)^\ *(?:(?:文|发文字)号\ ?:\ ?)?[一-龥]{2,12}〔(20[0-9]{2})〕[0-9]{1,4}号\ *$")
# what stands before the date of publication, on its line or on the one above
_PUBLISHED = regex.compile(
    r"(?:(?:发布|发文|公布|成文|印发|公开|生成|更新|发表|录入|上传|添加)(?:日期|时间)?|(?<![一-龥])(?:日\ ?期|时\ ?间))\ ?[:|]\ ?\n?\ ?$|"
    r"来源.{0,20}$"
)
# 2022-03-15 15:53 来源:某日报
_SOURCE_BEHIND = regex.compile(r"(?:\ *[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\ *(?:信息|文章|稿件)?来源\ ?:")
_PUBLISHED_WITHIN = 800
_SIGNED_WITHIN = 400


@dataclass(frozen=True, slots=True)
class Years:
    """The year reported on and the year planned for; null where nothing says it."""

    report: int | None
    plan: int | None


def find_years(document: Document, title: str, sections: tuple[Section, ...], published: date | None) -> Years:
    """Title first, then the sentences of the beginning, path and headings; the date of the page last of all."""
    plan = _plan_year(sections)
    told = _year_of_session(document.view)
    if told is not None:
        return Years(told, plan)
    if is_plan_title(title):
        of_plan = year_in(regex.sub("[《》]", "", title)) or _opening_year(document.view)
        return Years(of_plan, of_plan)
    reviewed = _REVIEWED.search(document.view, 0, _HEAD_CHARS) if "政府工作报告" in title else None
    delivered = None if reviewed else _WORK_REPORT.search(title)
    if delivered and not _looks_back_on(delivered[1], document.view):
        return Years(int(delivered[1]) - 1, int(delivered[1]))
    in_title = int(reviewed[1]) if reviewed else year_in(title)
    both = _BOTH_YEARS.search(title)
    if both:
        return Years(int(both[1]), int(both[2]))
    if in_title is not None and regex.search(r"方案(?:的通知)?$", title):
        return Years(in_title, in_title)
    report = in_title or _year_of_text(document, title)
    if report is None and plan is not None and not _DIRECTS.search(title):
        report = plan - 1
    report = report or _year_of_page(document, title, published)
    if plan is None and report is not None and any(s.kind is SectionKind.PLAN for s in sections):
        plan = report + 1
    return Years(report, plan)


def find_published(document: Document) -> date | None:
    """The date that the file states, that a line of the page calls its own, or with which the text is signed."""
    stated = document.metadata.get("published")
    if stated:
        found = _DATE.search(fold(stated))
        return _as_date(found) if found else None
    view = document.view
    for found in _DATE.finditer(view, 0, _PUBLISHED_WITHIN):
        before = _PUBLISHED.search(view[max(0, found.start() - 24) : found.start()])
        if before or _SOURCE_BEHIND.match(view, found.end()):
            return _as_date(found)
    last = [line for line in document.lines() if line.length <= 24][-4:]
    for line in reversed(last):
        signed = _DATE.fullmatch(trimmed(view, line).slice(view))
        if signed and line.start > len(view) - _SIGNED_WITHIN:
            return _as_date(signed)
    return None


def year_in(text: str, *, mark: bool = False) -> int | None:
    """The first year of a text, without those of document numbers, periods and cited titles; `mark`: only with 年."""
    chinese = _CHINESE_YEAR.search(text)
    bare = regex.sub(r"〔20[0-9]{2}〕|\(20[0-9]{2}-20[0-9]{2}年?\)|\(20[0-9]{2}年第[0-9]{1,4}号\)|《[^》]*》", "", text)
    found = (_YEAR_MARK if mark else _YEAR).search(bare)
    if found and not (chinese and chinese.start() < found.start()):
        return int(found[1])
    if chinese:
        return int("20" + _CHINESE_DIGITS[chinese[1]] + _CHINESE_DIGITS[chinese[2]])
    return None


def _looks_back_on(year: str, view: str) -> bool:
    """True if the text reviews that year: 2026年工作回顾, 过去的2026年."""
    return regex.search(rf"{year}年(?:政府)?(?:主要)?工作(?:的)?(?:回顾|总结|情况)|过去的{year}年", view) is not None


def _year_of_text(document: Document, title: str) -> int | None:
    """What the sentences of the beginning say, then the date under a title, then the file's name."""
    view = document.view
    summed = sums_up(view)
    if summed and (summed.year or summed.several):
        return summed.year
    first_line = regex.sub(_DATE, "", view[:400].split("\n", 1)[0])
    report = year_in(first_line, mark=True) or _opening_year(view)
    if report is None and regex.search(r"报告|总结", title):
        report = _year_delivered(view)
    return report or year_in(fold(document.source.path).rpartition("/")[2])


def _opening_year(view: str) -> int | None:
    """The year with which a sentence of the beginning opens; null where sentences further below open with one year
    after the other."""
    opening = _OPENING_YEAR.search(view, 0, 600)
    if opening is None:
        return None
    year = int(opening[1])
    later = _OPENING_YEAR.finditer(view, opening.end(), _HEAD_CHARS) if opening.start() > _FIRST_WORDS else ()
    return None if any(int(found[1]) > year for found in later) else year


def _year_of_page(document: Document, title: str, published: date | None) -> int | None:
    """Of a yearly report that names no year: the year before its publication in spring, else that of publication."""
    if published is None:
        own = _OWN_NUMBER.search(document.view[:_HEAD_CHARS])
        return int(own[1]) if own else None
    if regex.search(r"年度|年报|总结", title) and published.month < _LAST_MONTH_OF_REPORTING:
        return published.year - 1
    return published.year


def _year_delivered(view: str) -> int | None:
    """The year before a date line under the title: a report read out in spring speaks of the year that is over."""
    found = _DELIVERED.search(view, 0, _HEAD_CHARS)
    return int(found[1]) - 1 if found and int(found[2]) <= _LAST_MONTH_OF_REPORTING else None


def _year_of_session(view: str) -> int | None:
    """The year before the session at which a government's report was read out in spring, whatever the page calls it."""
    found = _SESSION.search(view, 0, _HEAD_CHARS)
    if found is None or int(found[2]) > _LAST_MONTH_OF_REPORTING or "报告" not in view[:_HEAD_CHARS]:
        return None
    year = int(found[1])
    return year if _looks_back_on(str(year), view) else year - 1


def _plan_year(sections: tuple[Section, ...]) -> int | None:
    for section in sections:
        if section.kind is SectionKind.PLAN and section.level > 0:
            year = year_in(fold(section.title), mark=True)
            if year is not None:
                return year
    return None


def _as_date(found: "regex.Match[str]") -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
