"""Headings of tables (表头): what the words over and before a cell say of its number besides the name.

Comes in: the text of one heading or row label, folded. Goes out: a Heading: the rest of it that names what is counted,
and period, year, role, unit. 上年 alone is the year before the report's; 上年结转 is a name. Refuses to lend a share or a
change the unit of the row (办结率, 增幅 beside 处罚(件)).
"""

from dataclasses import dataclass

import regex

from extractor.datamodel.vocabulary import Role
from extractor.text.units import Unit, Units

_UNIT = regex.compile(r"[(](?:单位:)?(?P<scale>[万亿]?)(?P<unit>[^()0-9]{1,6})[)]")
_PERCENT_SIGN = regex.compile(r"(?<=[一-龥±])±?%$|^±?%$")
_LIST_MARK = regex.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|[0-9]{1,2}[.、])\s*")
# of rows and columns that say what follows, not what is counted: 第二十条第(一)项, (本列数据的勾稽关系为:…), 信息内容
_ASIDE = regex.compile(
    r"第[一二三四五六七八九十百]+条(?:第\([一二三四五六七八九十]+\)项)?|\(本[列行]数据的?勾稽关系.*|信息内容|[一二三四五六七八九十]{1,3}|数据|数值"
)
_PART = r"(?:(?:1[0-2]|[1-9])月(?:3[01]|[12][0-9]|[1-9])[日号]|[0-9]{1,2}(?:月?[-—~至到][0-9]{1,2})?月(?:份|底|末)?|[上下]半年|第?[一二三四1-4]季度|全年|年?[底末])?"
_PERIOD = regex.compile(rf"(?P<year>(?:19|20)[0-9]{{2}})(?:年度?|$){_PART}(?:累计)?")
# a day, month or quarter alone says when, in the year of the table
_WITHIN = regex.compile(
    r"(?:1[0-2]|[1-9])(?:月?[-—~至到](?:1[0-2]|[1-9]))?月份?(?:(?:3[01]|[12][0-9]|[1-9])[日号])?|第?[一二三四1-4]季度|[上下]半年"
)
# 处罚数(2020年)
_BEHIND = regex.compile(r"\((?P<year>(?:19|20)[0-9]{2})年度?\)$")
_WHAT = r"(?:数量?|数[据值]|值|件数|[发数]?量|实际|实绩|情况|完成数?|累计)?"
_THIS = regex.compile(rf"(?:[本今当]年度?|[本当]期|报告期){_WHAT}")
_LAST = regex.compile(rf"(?:[上去]年度?|上期)(?:同期)?{_WHAT}|(?:[上去]年)?同期{_WHAT}")
_LAST_BEFORE = regex.compile(r"[上去]年度?同期(?=[一-龥])")
_COMPARED = (
    r"(?:同比|环比|[较比与同](?:[上去]年|上期|20[0-9]{2}年)(?:度|同期)*(?:相比|比)?|(?:同期|与?同期)?(?:对比|相比))"
)
_HOW = r"(?:(?P<fall>降幅|(?:下降|减少|降低)(?:率|幅度?|数|量|值|额)?)|增[幅速]|涨幅|升降(?:幅度?)?|增减(?:率|变化|幅度?|情况|数|量|值|额)?|(?:增长|增加(?!值)|上升|提高|变化|变动)(?:率|情况|幅度?|数|量|值|额)?)"
_CHANGED = regex.compile(rf"(?P<name>.*?)(?:{_COMPARED}{_HOW}?)|{_HOW}")
_RATE = regex.compile(r"[率幅速]度?$|百分比$")
_AMOUNT = regex.compile(r"[数量值额]$")
# never in the unit of its row: a share has its own or none
_SHARE = regex.compile(r"(?<![效税汇速功频概])率$|占比|比重$|比例$|百分比$")
# 普法计划 is what is counted, 调解计划数 what is promised
_TARGET = regex.compile(
    r"(?P<name>.*?)(?:目标|计划|任务)(?:数量?|值)|(?:年度|全年|本年|年初|预期|考核|计划|任务|工作)?(?:目标|计划|任务)(?:任务|目标|计划)?"
)
_REACHED = regex.compile(r"(?:实际|累计|已)?完成(?:数量?|值|量|情况)?|实绩|实际(?:数|值)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading says. `name` may be empty; `negative` turns the sign (降幅); `unit` None where none is said;
    `borrows` False where the number may not take the unit of another heading."""

    name: str
    period: str | None = None
    year: int | None = None
    role: Role | None = None
    negative: bool = False
    unit: Unit | None = None
    scale: str = ""
    borrows: bool = True


def read_heading(text: str, report_year: int | None, units: Units) -> Heading:
    """The heading read.

    >>> heading = read_heading("2020年处罚数(件)", 2021, Units(("件",)))
    >>> (heading.name, heading.year, heading.unit.base)
    ('处罚数', 2020, '件')
    """
    unit, scale, rest = _unit(text, units)
    if _ASIDE.fullmatch(rest):
        return Heading("", unit=unit, scale=scale)
    if _WITHIN.fullmatch(rest):
        return Heading("", rest, unit=unit, scale=scale)
    rest, period, year = _period(_LIST_MARK.sub("", rest))
    if _LAST.fullmatch(rest) or _LAST_BEFORE.match(rest):
        known = None if report_year is None else report_year - 1
        name = "" if _LAST.fullmatch(rest) else _LAST_BEFORE.sub("", rest)
        return Heading(name, period or rest.removesuffix(name), year or known, Role.BASELINE, False, unit, scale)
    if _THIS.fullmatch(rest):
        return Heading("", period or rest, year or report_year, Role.ACTUAL, False, unit, scale)
    changed = _CHANGED.fullmatch(rest)
    if changed:
        percent = units.find("%")
        if unit is None and _RATE.search(rest):
            unit = percent
        borrows = unit is None and bool(_AMOUNT.search(rest))
        name, falls = changed["name"] or "", changed["fall"] is not None
        return Heading(name, period, year, Role.CHANGE, falls, unit, scale, borrows)
    target = _TARGET.fullmatch(rest)
    if target:
        return Heading(target["name"] or "", period, year, Role.TARGET, False, unit, scale)
    if _REACHED.fullmatch(rest):
        return Heading("", period, year, Role.ACTUAL, False, unit, scale)
    return Heading(rest, period, year, None, False, unit, scale, not _SHARE.search(rest))


def _unit(text: str, units: Units) -> tuple[Unit | None, str, str]:
    """Unit, scale and the rest of the heading; brackets that hold no unit stay."""
    for found in _UNIT.finditer(text):
        unit = units.find(found["unit"].removeprefix("±"))
        if unit:
            return unit, found["scale"], (text[: found.start()] + text[found.end() :]).strip()
    percent = _PERCENT_SIGN.search(text)
    if percent:
        return units.find("%"), "", text[: percent.start()].strip() or "增减"
    return None, "", text.strip()


def _period(text: str) -> tuple[str, str | None, int | None]:
    """The heading without its period, the period as written, and its year."""
    found = _PERIOD.match(text) or _BEHIND.search(text)
    if found is None:
        return text, None, None
    rest = (text[: found.start()] + text[found.end() :]).strip()
    return rest, found[0].strip("()"), int(found["year"])
