"""Roles (角色), periods and years of indicators: reached, promised, changed, or started from.

Comes in: the words round a quantity, its section and the report's years. Goes out: role, sign,
period as written, year meant, cumulative. No wall clock: 本年 is the report's year.
"""

from dataclasses import dataclass

import regex

from extractor.datamodel.vocabulary import Dimension, Role, SectionKind
from extractor.stages.quantities.quantities import Quantity

_FALL = r"下降|减少|回落|降低|下滑|减|缩减|压减|缩短|收窄|下跌|跌"
_RISE = r"增长|增加|上升|提高|提升|增|扩大|上涨|增幅"
_CHANGE = regex.compile(rf"(?:(?P<fall>{_FALL})|(?P<rise>{_RISE}))(?:了|约|近|超过|达|为|幅度(?:达|为))?\ ?$")
_COMPARED = regex.compile(
    r"(?:同比|环比|较(?:上|去|前|[0-9]{4}|同期|年初|历史)|比(?:上|去|前|[0-9]{4}|同期|年初)|与(?:上|去)年.{0,4}相比|相比)"
)
_FROM = regex.compile(r"[由从自](?![而此中])[^,。;:由从]{0,24}$")
_TO = regex.compile(
    r"^(?:[^,。;]{0,16}?|,(?:现|再|已|最终|进一步|统一|大幅|整体|逐步)?)(?:(?:缩短|压缩|压减|缩减|精简|整合|减少|优化|合并|简化|降低|提高|提升|扩大|增加|升级|扩展|扩充|改)[为到至]|增至|增加[到至]|增长[到至]|提[高升][到至]|上升[到至]|扩大[到至]|降[到至低]|下降[到至]|减[到至少]|减少[到至]|压[缩减][到至]|缩短[到至]|调整[到为]|变为|到|至)"
)
# 将 looks ahead before an adverb or the verb of an undertaking; before a noun or a number it marks an object, as 把
# does (将办理时限压缩至5日, 将12件案件移送)
_AHEAD = (
    r"将(?=(?:会|于|在|要|再|继续|持续|进一步|全面|全力|不断|逐步|陆续|力争|新[增建设]|增[加设]|建[成设立]|达|提[升高]"
    r"|完成|实现|投入|开展|举办|组织|培训|突破|超过|推[进动]|打造|培育|安排|启动)(?!的|情况)[^,。;]{0,20}[0-9])"
)
# 去年 in a plan tells what was
_EARLIER = regex.compile("去年|上年")
_FROM_TO = regex.compile(rf"[由从自](?![而此中])[^,。;:由从]{{0,24}}[0-9](?:{_TO.pattern[1:]})")
# 按要求, 按照上级要求 say by what rule it was done
_BY_RULE = regex.compile("(?:按照?|依照?|遵照|根据|对照|符合|落实|满足|达到)[^,。;]{0,16}?要求")
_FUTURE = regex.compile(
    rf"力争|争取(?![到了得])|确保[^,。;]{{0,30}}(?:达|不|以上|左右|[0-9])|计划(?=[^,。;:、0-9”》()的得了]|[0-9]+[年月])(?!生育|安排|任务|指标|目标|落实|总结|[类书表性内外]|信息|管理|执行|单列|经济|方案)|拟|预计|预期|{_AHEAD}|(?:(?<![主重纪摘首概])要|(?<![适反相回响效供感])应(?![对急用届邀诉聘征])|须|需|必须|原则上)(?=.{{0,24}}(?:不少于|不低于|不超过|达到|保持|控制))"
)
# 预计完成90亿元, 预计增长5%: a report written before the year ends states that year, unless it speaks of what is to come
_EXPECTED = regex.compile(
    r"预[计期](?![^,。;]{0,30}(?:将|可(?!支配|比)|能|明年|下一?[年步阶]|投[产用]|竣工|达产|年底前|带动|建成))"
)
# what others have set is no result: 达到规定的50%, 高于省定目标90%; 完成任务的95% is one
_SET_BY_OTHERS = regex.compile(
    r"(?:(?:规定|要求)(?:的|(?:的?(?:标准|目标|任务|比例|指标))的?)"
    r"|(?:[上国省市县区]级?下达|[国省市县区]定)的?(?:标准|目标|任务|比例|指标)(?:任务)?的?"
    r"|(?:(?<=[高低]于|[超大]于|超过|优于|达到)(?:年度|考核|预期|工作)?)目标(?:值|任务)?的?)(?:不低于|不少于)?\ ?$"
)
# 法定20日; 法定12个事项 are counted
_BY_LAW = regex.compile(r"法定(?:的?(?:标准|比例|时限|期限))?的?\ ?$")
# 2019年12月至2021年3月 is a period, its end no term
_TO_YEAR = regex.compile(r"(?<![0-9年月日号底末初])(?:到|至)(?P<year>20[0-9]{2})年(?:底|末)?(?:,|前|[^,。]{0,4}[，,])?")
# 2022年6月底前, outside what was done: a term
_BEFORE = regex.compile(r"20[0-9]{2}年年?(?:[0-9]{1,2}月)?[底末]?前")
_PAST = regex.compile(r"已(?!经济)|了|截[至止]|共|累计|完成(?!.{0,6}目标)")
_DONE = regex.compile(r"已(?:经|建|完|达|累|有|实|全|于)|截[至止]")
_PERIOD = regex.compile(
    r"20[0-9]{2}年?(?:[0-9]{1,2}月)?(?:-|—{1,2}|~|至|到)20[0-9]{2}年(?:[0-9]{1,2}月)?|截[至止](?:目前|20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[底末]?|[0-9]{1,2}月(?:[0-9]{1,2}日)?[底末]?|年底)|全年度?|上半年|下半年|[一二三四]季度|今年以来|一年来|(?<![0-9比较与同])20[0-9]{2}年度?(?:以来)?|今年|本年度?|(?<![比较与同])(?:去年|上年度?)(?!度?(?:结转|年报|[一-龥]{0,8}(?:年度)?报告))|年内|报告期内?|(?:“?十[一二三四五]五”?)(?:时期|期间|末)|五年来"
)
_YEAR = regex.compile(r"20[0-9]{2}")
_OTHERS_YEARS = regex.compile(
    r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》|\(20[0-9]{2}年?(?:-|—{1,2}|~|至|到)20[0-9]{2}年\)"
)
_CUMULATIVE = regex.compile(r"累计|现有|共有|截[至止]|已建成|目前|拥有|总数|保有|存量")


@dataclass(frozen=True, slots=True)
class RoleReading:
    """What the words round a number say of it. `negative` turns the value's sign (下降12%)."""

    role: Role
    negative: bool
    period: str | None
    year: int | None
    cumulative: bool


def read_role(
    view: str,
    quantity: Quantity,
    clause_end: int,
    sentence_start: int,
    clause_start: int,
    kind: SectionKind,
    report_year: int | None,
    plan_year: int | None,
    *,
    changed: bool = False,
) -> RoleReading:
    """Role, period and year of a quantity in its sentence and section; `clause_end`: where its words end, before
    the quantity itself or before the list to which it belongs; `changed`: a thing stands before its verb of change
    (贫困人口减少120人, not 减少材料120份)."""
    clause = view[clause_start:clause_end]
    sentence = _without_titles(view[sentence_start : quantity.span.start])
    behind = view[quantity.span.end : quantity.span.end + 24]
    change = _change(quantity, clause, changed=changed)
    # 由2019年的12件降至8件: 2019 is the year of the 12
    period = _last(_PERIOD, _FROM_TO.sub("", sentence))
    year = _year(period, report_year)
    cumulative = bool(_CUMULATIVE.search(clause))
    if change is not None:
        # a change that a plan section announces is one of the year that it plans
        planned = kind is SectionKind.PLAN and (period is None or period.startswith("今年"))
        return RoleReading(Role.CHANGE, change, period, plan_year if planned else year, False)
    start = _FROM.search(clause)
    if start and _TO.match(behind):
        # from which year something started is known only where it is said: 由2019年的12件降至8件
        since = _last(_PERIOD, start[0])
        return RoleReading(Role.BASELINE, False, since, _year(since, report_year) if since else None, cumulative)
    measured = quantity.dimension in (Dimension.RATIO, Dimension.DURATION)
    if _SET_BY_OTHERS.search(clause) or (measured and _BY_LAW.search(clause)):
        return RoleReading(Role.TARGET, False, period, year, False)
    promise = sentence + view[quantity.span.start : quantity.span.end]
    if not _EARLIER.match(period or "") and _target(promise, clause, kind, report_year):
        due = _TO_YEAR.search(sentence)
        year = int(due["year"]) if due else (year if _is_later(year, report_year) else plan_year)
        return RoleReading(Role.TARGET, False, period, year, cumulative)
    return RoleReading(Role.ACTUAL, False, period, year, cumulative)


def _without_titles(sentence: str) -> str:
    """The sentence without titles, and without the years for which a plan is made: …规划(2021-2025年)."""
    return _OTHERS_YEARS.sub("", sentence)


def _change(quantity: Quantity, clause: str, *, changed: bool) -> bool | None:
    """False for a rise, True for a fall, None for no change."""
    found = _CHANGE.search(clause)
    points = quantity.dimension is Dimension.POINTS
    if not found:
        return False if points else None
    compared = _COMPARED.search(clause)
    # 新增3个, 减少材料20份 count what was done; a share that grows is a change in any case
    if quantity.dimension in (Dimension.RATIO, Dimension.POINTS) or compared or changed:
        return found["fall"] is not None
    return None


def _target(sentence: str, clause: str, kind: SectionKind, report_year: int | None) -> bool:
    due = _TO_YEAR.search(sentence)
    if due and report_year is not None and int(due["year"]) > report_year:
        return True
    if kind is SectionKind.PLAN:
        return not _DONE.search(clause)
    if kind is SectionKind.OTHER and _BEFORE.search(sentence) and not _PAST.search(clause):
        return True
    return bool(_FUTURE.search(_EXPECTED.sub("", _BY_RULE.sub("", sentence)))) and not _PAST.search(clause)


def _year(period: str | None, report_year: int | None) -> int | None:
    if period is not None:
        said = [int(year) for year in _YEAR.findall(period)]
        if said and period.endswith("以来"):
            # 2019年以来 lasts until the report
            said.append(report_year or said[-1])
        if said:
            return said[-1]
        if period.startswith(("去年", "上年")):
            return None if report_year is None else report_year - 1
    return report_year


def _is_later(year: int | None, report_year: int | None) -> bool:
    return year is not None and report_year is not None and year > report_year


def _last(pattern: "regex.Pattern[str]", text: str) -> str | None:
    found = None
    for match in pattern.finditer(text):
        found = match[0]
    return found
