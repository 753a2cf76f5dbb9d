"""What a text says that it is (报告自述): whether it reports on a year that is over, and on which.

Comes in: the view of a document. Goes out: a flag, a year, the sentence that sums up. Refuses years of the day of
publication and of cited titles.
"""

from dataclasses import dataclass

import regex

_HEAD_CHARS = 1500
# 现将我镇2021年度工作情况报告如下; 现公布青禾镇2021年政府信息公开工作年度报告; 实现… and 发现… sum nothing up
_SUMS_UP = regex.compile(
    r"(?<![实发体表出呈兑展涌再重显])现(?:(?:向社会)?(?:公[布开示]|发布)|予以公[布开]|[将就把])?(?P<words>[^。;\n]{0,120}?),?"
    r"(?:(?:报告|汇报|总结|通报|公布)(?:如下|于后)|年度报告)"
)
_COMPOSED = regex.compile(r"(?:编制|形成)(?:了?本报告|而成)")
# a line of its own: 青禾镇2021年度法治政府建设情况报告
_TITLE = regex.compile(
    r"(?m)^[^。;:,\n]{0,40}?(?:(?P<year>20[0-9]{2})\ ?年|年度)[^。;:,\n]{0,30}(?:报告|总结|汇报|(?:建设|工作)情况)(?:的报告)?(?:\([^()\n]{1,12}\))?\ *$"
)
# 2021年,在…领导下,某局…提供了保障。: a first sentence that tells of a year, without a word of what is to be done
_OPENS = regex.compile(
    r"^\s*20[0-9]{2}\ ?年(?:以来)?,(?:(?!要(?![求素点闻])|将(?![习]|其|法)|力争|必须)[^。\n]){2,260}?(?:领导下|指导下|坚持|围绕|按照)"
    r"(?:(?!要(?![求素点闻])|力争|必须)[^。\n]){0,260}。"
)
_NO_REPORT = regex.compile(
    r"(?m)^[^。;:,\n]{2,60}(?:要点|计划|方案|规划|意见|办法|细则|政府工作报告|解读)(?:的通知)?\ *$"
)
# titles of plans: 2024年工作要点, 关于印发《…计划》的通知
PLAN_TITLE = regex.compile(r"(?:要点|计划|安排|规划|打算|思路|重点工作)(?:\([^)]*\))?》?(?:\([^)]*\))?(?:的通知)?$")
_LOOKS_BACK = regex.compile(r"(?:总结|回顾|报告|汇报|开展情况|完成情况|工作情况)(?:[和与及暨]|以及|、)")
# a word of a menu (规划计划) names no year and no place
_SAYS_WHOSE = regex.compile(r"20[0-9]{2}|二[〇零○]|十[一二三四五]五|[省市区县州旗镇乡局厅委办院]|街道|关于")
_MENU = regex.compile(r"[>|»›:。;]")
_TITLE_LINES = 14
_LONGEST_TITLE = 90
_CITED = regex.compile(r"《[^》]*》")
_YEAR_MARK = regex.compile(r"(?<![0-9])(20[0-9]{2})\ ?年")
# 2019年以来的, 2019至2021年, 近三年: no one year
_SINCE = regex.compile(r"20[0-9]{2}\ ?年以来的|20[0-9]{2}\ ?(?:年度?)?[至到—~-]+\ ?20[0-9]{2}|近[两二三四五几]年")


@dataclass(frozen=True, slots=True)
class SumsUp:
    """What stands between 现将 and 报告如下. `year` is the one year that it names, None if none or several;
    `several` is true for a stretch of years (2019年以来的), which has none."""

    words: str
    year: int | None
    several: bool


def sums_up(view: str) -> SumsUp | None:
    """The sentence of the beginning that says what the text reports on; None if none does."""
    found = _SUMS_UP.search(view, 0, _HEAD_CHARS)
    if found is None:
        return None
    said = _CITED.sub("", found["words"])
    years = {int(year) for year in _YEAR_MARK.findall(said)}
    several = len(years) > 1 or _SINCE.search(said) is not None
    return SumsUp(found["words"], years.pop() if years and not several else None, several)


def reports(view: str) -> bool:
    """True for a text that sums up what was done: its title or its first sentences say so."""
    head = view[:_HEAD_CHARS]
    told = sums_up(view) or any(pattern.search(head) for pattern in (_COMPOSED, _TITLE, _OPENS))
    return bool(told) and _NO_REPORT.search(head) is None


def reported_year(view: str) -> int | None:
    """The year that the title or the sentence that sums up names; null where neither does."""
    titled = _TITLE.search(_CITED.sub("", view[:_HEAD_CHARS]))
    if titled and titled["year"]:
        return int(titled["year"])
    summed = sums_up(view)
    return summed.year if summed else None


def is_plan_title(title: str) -> bool:
    """True for 2024年工作计划; 2023年工作总结和2024年工作计划 looks back as well."""
    return PLAN_TITLE.search(title) is not None and _LOOKS_BACK.search(title) is None


def plans(view: str, before: int, stated: str = "") -> bool:
    """True for a text whose title says that it is a plan: the one `stated`, else a line above the first heading."""
    if stated:
        return is_plan_title(stated)
    lines = [line.strip(" #") for line in view[:before].splitlines()[:_TITLE_LINES]]
    titles = [line for line in lines if len(line) <= _LONGEST_TITLE and not _MENU.search(line)]
    return any(is_plan_title(line) and _SAYS_WHOSE.search(line) for line in titles) and not reports(view)
