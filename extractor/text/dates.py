"""Dates (日期): spans of calendar dates, months, years and their ranges in a folded view.

Comes in: a view. Goes out: spans, nothing parsed further; a duration (4年, 3个月) is no date.
"""

from functools import lru_cache

import regex

from extractor.datamodel.span import Span

_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零○九0-9][〇零○一二三四五六七八九0-9]{2}|20[xX*]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
# a limit of 15日 is a length of time, and so is what it is cut to
_LIMIT = r"(?:时限|期限|工期|用时|耗时)[为是由从原]{0,2}(?:法定|承诺|规定|原来|平均)?的?\ ?"
_CUT = r"(?:压缩|压减|缩短|缩减|减少|减)"
_CHANGED = rf"(?:{_CUT}|延长|降|提速)"
_TO = r"(?:-|—{1,2}|~|至|到|、|与|和)"
_DATE = regex.compile(
    rf"""
    # behind the first numeral of any date stands one of these: most numerals are dismissed here
    (?=(?:[0-9〇零○一二三四五六七八九十]{{1,4}}|[12](?:\ [0-9]){{3}})[xX*]{{0,2}}\ ?[年月日季时:./\-—~至到、与和版级财]) (?:
    {_YEAR}年?(?:度)? {_TO} {_YEAR}年(?:度)?
    | {_YEAR} \ ? 年 (?: \ ?(?:{_MONTH}\ ?月(?:份)? (?:\ ?{_DAY}\ ?[日号])?) )?
        (?: {_TO} (?:{_YEAR}年)? (?: {_MONTH}月(?:份)? (?:{_DAY}[日号])? | {_DAY}日 ) )?
    | (?<![0-9]) {_YEAR} [-./] (?:1[0-2]|0?[1-9]) [-./] (?:3[01]|[12][0-9]|0?[1-9]) (?![0-9])
    | (?<![0-9]) {_YEAR} {_TO} {_YEAR} (?![0-9])
    | (?<![0-9个]) {_MONTH} (?: 月?{_TO} {_MONTH})? 月(?:份)? (?:{_DAY}[日号])? (?: {_TO} (?:{_MONTH}月)? {_DAY}日)?
    | (?<![0-9十个] | {_LIMIT} | {_CUT}[至到为](?:承诺|法定|规定|现在|目前|现行)?的?\ ? | 日{_CHANGED}[至到为]) {_DAY} (?: {_TO} {_DAY} )? 日
        (?! [^。,;]{{0,1}} (?:游|均|产) | {_CHANGED}[至到为了])
    | (?<![0-9]) (?:[01]?[0-9]|2[0-4]) [:时] [0-5][0-9] (?: : [0-5][0-9] | 分 )? (?: {_TO} [012]?[0-9] [:时] [0-5][0-9])? (?![0-9])
    | [一二三四1-4]{_TO}?[一二三四1-4]?季度
    # 2 0 2 1 年: a justified line
    | (?<![0-9]) [12]\ [09](?:\ [0-9]){{2}} \ ? 年
    | (?<![0-9]) {_YEAR} (?= 版 | 级 | 财年 | 财政年度 )
    )
    """,
    regex.VERBOSE | regex.V1,
)


@lru_cache(maxsize=2)
def find_dates(view: str) -> tuple[Span, ...]:
    """Spans of dates in text order.

    >>> [view.slice("截至2020年12月底,4年内,3月15日") for view in find_dates("截至2020年12月底,4年内,3月15日")]
    ['2020年12月', '3月15日']
    """
    return tuple(Span(*found.span()) for found in _DATE.finditer(view))
