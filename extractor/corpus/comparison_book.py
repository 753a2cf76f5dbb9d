"""The comparison as a workbook for people: ranks with bars and colours, quartiles, places side by side.

Comes in: ranked values and summaries (corpus/ranks.py). Goes out: an XLSX file that says in colour what is large
(bars), what is in the lowest and highest quarter, and what fell or rose. Text is written as text, codes too.
"""

from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractor.corpus.ranks import Ranked, Spread

RANKED = {
    "label": "指标", "report_year": "年度", "rank": "名次", "of": "共", "region": "地区", "value": "数值", "unit": "单位",
    "quartile": "四分位", "last_year": "上年", "change": "增减", "change_share": "增减%", "per_10000": "每万",
    "county": "区县", "division_code": "区划代码", "indicator": "目录键", "indicator_id": "指标编号",
}  # fmt: skip
SUMMARY = dict(
    zip(
        (field.name for field in fields(Spread)),
        ("目录键", "指标", "年度", "单位", "地区数", "最小", "下四分位", "中位", "上四分位", "最大"),
        strict=True,
    )
)
_BAR, _RED, _GREEN = "#9CC3E6", "#B3261E", "#1B6E3C"
_LOW, _MIDDLE, _HIGH = "#FBE9E7", "#FFFFFF", "#DCEFE2"


def write_book(ranked: Sequence[Ranked], summaries: Sequence[Spread], path: Path, *, per: str | None = None) -> None:
    """Write the workbook; the same rows give the same bytes."""
    import xlsxwriter

    text_only = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), text_only)
    book.set_properties({"title": "govreport", "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#DDE7F3", "border": 1, "text_wrap": True, "valign": "top"})
    titles = dict(RANKED)
    if per is None:
        del titles["per_10000"]
    else:
        titles["per_10000"] = f"每万（{per}）"
    sheet = book.add_worksheet("排名")
    _fill(sheet, head, list(titles.values()), [[getattr(each, name) for name in titles] for each in ranked])
    _colour(book, sheet, list(titles), _groups(ranked))
    _fill(book.add_worksheet("四分位"), head, list(SUMMARY.values()), [list(astuple(each)) for each in summaries])
    _wide(book, head, ranked)
    book.close()


def _fill(sheet: Any, head: Any, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    for at, title in enumerate(titles):
        sheet.write_string(0, at, title, head)
        longest = max((_width(row[at]) for row in rows[:300]), default=0)
        sheet.set_column(at, at, min(max(_width(title), longest) + 2, 44))
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, at, value)
            elif value is not None:
                sheet.write_number(number, at, value)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(titles) - 1)


def _groups(ranked: Sequence[Ranked]) -> list[tuple[int, int]]:
    """First and last row of each indicator and year: bars of different measures do not share a scale."""
    keys = [(each.indicator, each.report_year) for each in ranked]
    starts = [at for at, key in enumerate(keys) if at == 0 or key != keys[at - 1]]
    return [(start + 1, end) for start, end in zip(starts, [*starts[1:], len(keys)], strict=True)]


def _colour(book: Any, sheet: Any, names: Sequence[str], groups: Sequence[tuple[int, int]]) -> None:
    at = {name: index for index, name in enumerate(names)}
    last = max((end for _, end in groups), default=1)
    for start, end in groups:
        bar = {"type": "data_bar", "bar_color": _BAR, "bar_solid": True, "min_type": "num", "min_value": 0}
        sheet.conditional_format(start, at["value"], end, at["value"], bar)
    lowest, highest = book.add_format({"bg_color": _LOW}), book.add_format({"bg_color": _HIGH})
    column = at["quartile"]
    for value, look in ((1, lowest), (4, highest)):
        rule = {"type": "cell", "criteria": "==", "value": value, "format": look}
        sheet.conditional_format(1, column, last, column, rule)
    fell, rose = book.add_format({"font_color": _RED}), book.add_format({"font_color": _GREEN})
    for name in ("change", "change_share"):
        for criteria, look in (("<", fell), (">", rose)):
            rule = {"type": "cell", "criteria": criteria, "value": 0, "format": look}
            sheet.conditional_format(1, at[name], last, at[name], rule)


def _wide(book: Any, head: Any, ranked: Sequence[Ranked]) -> None:
    """A row per place and year, a column per indicator, each column in its own scale of colours."""
    labels = {each.indicator: each.label for each in ranked}
    places = sorted(
        {(each.report_year, each.division_code or "", each.region or "", each.county or "") for each in ranked}
    )
    cells = {(each.report_year, each.division_code or "", each.region or "", each.indicator): each for each in ranked}
    titles = ["年度", "区划代码", "地区", "区县", *labels.values()]
    rows: list[list[Any]] = []
    for place in places:
        found = (cells.get((*place[:3], key)) for key in labels)
        rows.append([*place, *(each.value if each else None for each in found)])
    sheet = book.add_worksheet("比较")
    _fill(sheet, head, titles, rows)
    for at in range(4, len(titles)):
        scale = {"type": "3_color_scale", "min_color": _LOW, "mid_color": _MIDDLE, "max_color": _HIGH}
        sheet.conditional_format(1, at, max(len(rows), 1), at, scale)


def _width(value: Any) -> int:
    """Two per Chinese character, as Excel draws them."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in str("" if value is None else value))
