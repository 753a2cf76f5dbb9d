"""Figures: values as people write them: 3.6万件, 1.2亿元, 98.5%, 约300人; in English 36,000件.

Comes in: a row with value, unit, range and approximation. Goes out: text. Nothing is rounded away: four decimals of a 万
are units.
"""

from collections.abc import Mapping
from typing import Any

_MYRIAD, _HUNDRED_MILLION = 10_000, 100_000_000
_ABOUT = {
    "zh": {"about": "约", "over": "超", "under": "近", "at_least": "不少于", "at_most": "不超过"},
    "en": {"about": "about ", "over": "over ", "under": "under ", "at_least": "at least ", "at_most": "at most "},
}


def number(value: float | None, language: str = "zh", *, folded: bool = True) -> str:
    """The number; in Chinese with 万 and 亿 where it is large and not a year, in English with separators.

    >>> number(36000.0), number(120000000.0), number(98.5), number(536.0), number(-68000000.0)
    ('3.6万', '1.2亿', '98.5', '536', '-6800万')
    >>> number(36000.0, "en")
    '36,000'
    """
    if value is None:
        return ""
    if language == "zh" and folded:
        for size, word in ((_HUNDRED_MILLION, "亿"), (_MYRIAD, "万")):
            if abs(value) >= size:
                return f"{_plain(value / size)}{word}"
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace(",", "") if language == "zh" else text


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def figure(row: Mapping[str, Any], language: str = "zh", *, value: str = "value", unit: str = "unit") -> str:
    """Value and unit of a row; a range with both ends; what the approximation says in front.

    >>> figure({"value": 30000.0, "unit": "册", "approx": "over"})
    '超3万册'
    >>> figure({"value": 3.0, "value_low": 3.0, "value_high": 5.0, "unit": "场"})
    '3–5场'
    """
    if row.get(value) is None:
        return ""
    shown = number(row[value], language)
    if row.get("value_low") is not None and row.get("value_high") is not None:
        shown = f"{number(row['value_low'], language)}–{number(row['value_high'], language)}"
    about = _ABOUT[language].get(row.get("approx") or "", "")
    sign = "+" if row.get("role") == "change" and row[value] > 0 else ""
    return f"{about}{sign}{shown}{row.get(unit) or ''}"
