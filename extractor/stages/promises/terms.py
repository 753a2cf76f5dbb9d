"""Terms (期限) and frequencies (频次): until when, or how often, something is to be done.

Comes in: words of a folded view and the year planned for. Goes out: ISO dates, months or years, None where the words
name none (长期, 持续推进); the words of a frequency (每季度). Refuses a term without a year where no year is planned for.
"""

import regex

_TERM = regex.compile(
    r"(?:(?P<year>20[0-9]{2})年(?:度)?)?(?:(?:(?P<month>1[0-2]|0?[1-9])月份?(?:(?P<day>3[01]|[12][0-9]|0?[1-9])日)?)|"
    r"(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1-4])季度)?(?P<end>年?[底末内初]|之内|以内)?(?:之?前|以前)?"
)
# without one of these no term is named; the pattern above may be empty at every place
_DATED = regex.compile(r"[0-9]|季度|半年|年")
# 全年, 今年 and a bare 2024年 say when, not until when
_YEAR_END = regex.compile(r"年(?:度)?(?:[底末内终]|之内|之?前|以前)")
_FREQUENCY = regex.compile(
    r"每(?:半年|个?季度|个?[年月周日天]|两年|年度|旬)|按[年季月周]度?(?=[^度]|$)|逐[年季月](?=[^度])"
)
_QUARTERS = {"一": "03", "二": "06", "三": "09", "四": "12", "1": "03", "2": "06", "3": "09", "4": "12"}
_QUARTER_ENDS = {"03": "31", "06": "30", "09": "30", "12": "31"}
_HALVES = {"上半年": "06-30", "下半年": "12-31"}


def term_in(words: str, plan_year: int | None) -> str | None:
    """The term that the words name.

    >>> term_in("2024年6月底前", None), term_in("6月底前", 2024), term_in("上半年", 2024), term_in("每年", 2024)
    ('2024-06', '2024-06', '2024-06-30', None)
    """
    if not _DATED.search(words):
        return None
    for found in _TERM.finditer(words):
        month, part = found["month"], found["half"] or found["quarter"]
        until = found["end"] or _YEAR_END.search(found[0]) or found[0] == words.strip()
        if not (month or part or (found["year"] and until)):
            continue
        year = found["year"] or (str(plan_year) if plan_year else None)
        return _written(year, month, found["day"], part) if year else None
    return str(plan_year) if plan_year and _YEAR_END.search(words) else None


def frequency_in(words: str) -> str | None:
    """How often, as written: 每季度; None if the words do not say so."""
    found = _FREQUENCY.search(words)
    return found[0] if found else None


def _written(year: str, month: str | None, day: str | None, part: str | None) -> str:
    if part in _HALVES:
        return f"{year}-{_HALVES[part]}"
    if part:
        end = _QUARTERS[part]
        return f"{year}-{end}-{_QUARTER_ENDS[end]}"
    return "-".join([year, *(each.zfill(2) for each in (month, day) if each)])
