"""Specs: rows of a written folder → Vega-Lite.

Comes in: a store, and what to show. Goes out: a specification with its data inside. Values of units that do not count
the same are refused, as in corpus/ranks.py; a year without a value is a gap, never 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from extractor.corpus.indicator_keys import keys_named
from extractor.corpus.ranks import unit_conflicts
from extractor.errors import BadQuery
from extractor.tables.store import Store

FONT = "Noto Sans CJK SC"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_BLUE, _AMBER, _INK, _SOFT = "#3f74ab", "#b45a00", "#1d2430", "#5a6472"
_STATES = {
    "reported": ("已报告", "#3f74ab"), "zero": ("为零", "#a9c6e4"), "not_reported": ("未报告", "#f1e3cf"),
    "not_applicable": ("不适用", "#eeeeee"), "unreadable": ("无法读取", "#b3261e"),
}  # fmt: skip
_OUTCOMES = {
    "fulfilled": ("已兑现", "#1d7a4c"), "partly": ("部分兑现", "#e0a63d"), "reported": ("已报告", "#7fb8e0"),
    "repeated": ("再次承诺", "#b9a1d0"), "not_mentioned": ("未提及", "#d98880"),
}  # fmt: skip
_MOST_PLACES, _MOST_KEYS = 60, 40


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """What to draw: from which folder, which indicators, years, counties; `unit` where an indicator has several."""

    store: Store
    indicators: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    counties: tuple[str, ...] = ()
    unit: str | None = None

    def rows(self) -> list[dict[str, Any]]:
        """Rows of `comparison_long` that are asked for; raises UnknownRow for an indicator that is none."""
        every = self.store.rows("comparison_long")
        keys = keys_named(self.indicators, every)
        return [
            row
            for row in every
            if (not keys or row["indicator"] in keys)
            and (not self.years or row["report_year"] in self.years)
            and (not self.counties or row["county"] in self.counties)
            and (self.unit is None or row["value"] is None or (row["unit"] or "") == self.unit)
        ]

    def one_indicator(self) -> list[dict[str, Any]]:
        """Reported values of the one indicator that is named; raises BadQuery for none, several, or several units."""
        if len(self.indicators) != 1:
            raise BadQuery("this chart shows one indicator", remedy="name it with --indicator")
        rows = self.rows()
        for key, units in unit_conflicts(rows).items():
            held = ", ".join(f"{name or 'no unit'} {count}" for name, count in units.items())
            raise BadQuery(f"{key} stands in several units: {held}", remedy="choose one with --unit")
        stated = [row for row in rows if row["value"] is not None]
        if not stated:
            raise BadQuery("no value to draw", remedy="see govreport compare OUT --coverage")
        return stated


def bars(request: ChartRequest) -> dict[str, Any]:
    """Ranked bars of one indicator and year (the last, if none is named), with quartiles."""
    stated = request.one_indicator()
    year = max(row["report_year"] for row in stated)
    rows = sorted((row for row in stated if row["report_year"] == year), key=lambda row: -row["value"])[:_MOST_PLACES]
    data = [{"place": _place(row), "value": row["value"], "written": _written(row)} for row in rows]
    across = {"field": "value", "type": "quantitative", "title": rows[0]["unit"], "axis": {"tickCount": 6}}
    down = {"field": "place", "type": "nominal", "sort": None, "title": None}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": _BLUE, "height": {"band": 0.7}}, "encoding": {"x": across, "y": down}},
    ]
    if len(rows) >= 4:
        layers += _quartile_lines([row["value"] for row in rows])
    label = {"x": across, "y": down, "text": {"field": "written"}}
    text = {"type": "text", "align": "left", "dx": 5}
    # a white rim first, so that no line of a quartile runs through a figure
    rim = {**text, "color": "white", "stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    layers += [{"mark": rim, "encoding": label}, {"mark": {**text, "color": _INK}, "encoding": label}]
    shape = {"width": 520, "height": {"step": 26}, "data": {"values": data}, "layer": layers}
    return frame(f"{_label(rows)}（{year}年）", shape, offset=18)


def _quartile_lines(values: Sequence[float]) -> list[dict[str, Any]]:
    cuts = quantiles(values, n=4, method="inclusive")
    marks = [{"at": cut, "name": name} for cut, name in zip(cuts, ("下四分位", "中位", "上四分位"), strict=True)]
    at = {"field": "at", "type": "quantitative"}
    name = {"type": "text", "color": _AMBER, "baseline": "bottom", "fontSize": 11}
    return [
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "color": _AMBER, "strokeDash": [4, 4]},
            "encoding": {"x": at},
        },
        {
            "data": {"values": marks},
            "mark": name,
            "encoding": {"x": at, "y": {"value": -3}, "text": {"field": "name"}},
        },
    ]


def trend(request: ChartRequest) -> dict[str, Any]:
    """One indicator over years, a line for each place."""
    rows = request.one_indicator()
    data = _over_years(rows)
    encoding = {
        "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
        "y": {"field": "value", "type": "quantitative", "title": rows[0]["unit"], "scale": {"zero": False}},
        "color": {"field": "place", "type": "nominal", "title": None, "sort": None},
    }
    mark = {"type": "line", "point": {"size": 60}, "strokeWidth": 2.2}
    shape = {"width": 520, "height": 320, "data": {"values": data}, "mark": mark, "encoding": encoding}
    return frame(f"{_label(rows)}历年变化", shape)


def small_multiples(request: ChartRequest) -> dict[str, Any]:
    """One indicator over years, a small picture for each place, all on one scale."""
    rows = request.one_indicator()
    data = _over_years(rows)
    # the figure above the highest point stands inside its picture
    most = max(each["value"] for each in data)
    room = {"domainMax": 1.2 * most} if most > 0 else {}
    inner = {
        "width": 150,
        "height": 90,
        "layer": [
            {"mark": {"type": "line", "point": {"size": 40}, "color": _BLUE}},
            {
                "mark": {"type": "text", "dy": -11, "fontSize": 10, "color": _INK},
                "encoding": {"text": {"field": "written"}},
            },
        ],
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "y": {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 3}, "scale": room},
        },
    }
    places = list(dict.fromkeys(each["place"] for each in data))
    # the fewest empty places in the last line, for under them no years are written
    columns = min((4, 3, 5), key=lambda n: -len(places) % n)
    facet = {"field": "place", "type": "nominal", "title": None, "sort": places, "header": {"labelFontSize": 13}}
    shape = {"data": {"values": data}, "facet": facet, "columns": columns, "spec": inner}
    return frame(f"{_label(rows)}（{rows[0]['unit'] or ''}）", shape)


def heatmap(request: ChartRequest) -> dict[str, Any]:
    """Places × indicators: what each reports; the indicators most often reported, for the last year or the one named."""
    rows = request.rows()
    if not rows:
        raise BadQuery("no value to draw", remedy="see govreport compare OUT --coverage")
    year = max(row["report_year"] for row in rows)
    rows = [row for row in rows if row["report_year"] == year]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["indicator"]] = counts.get(row["indicator"], 0) + (row["state"] in ("reported", "zero"))
    keys = [key for key in sorted(counts, key=lambda key: (-counts[key], key)) if counts[key] or request.indicators]
    wanted = {key: at for at, key in enumerate(keys[:_MOST_KEYS])}
    places = list(dict.fromkeys(_place(row) for row in rows))[:_MOST_PLACES]
    data = [
        {"place": _place(row), "label": row["label"] or row["indicator"], "state": _STATES[row["state"]][0], "at": at}
        for row in sorted(rows, key=lambda row: wanted.get(row["indicator"], -1))
        if (at := wanted.get(row["indicator"])) is not None and _place(row) in places
    ]
    labels = list(dict.fromkeys(row["label"] for row in data))
    encoding = {
        "y": {"field": "label", "type": "nominal", "sort": labels, "title": None},
        "x": {"field": "place", "type": "nominal", "sort": places, "title": None,
              "axis": {"orient": "top", "labelAngle": -45}},
        "color": _colours("state", _STATES),
    }  # fmt: skip
    mark = {"type": "rect", "stroke": "white", "strokeWidth": 2}
    shape = {
        "width": {"step": 30},
        "height": {"step": 20},
        "data": {"values": data},
        "mark": mark,
        "encoding": encoding,
    }
    return frame(f"指标报告情况（{year}年）", shape)


def promises(request: ChartRequest) -> dict[str, Any]:
    """Promised actions by place and what the next report says of them, as shares of all."""
    reports = {row["report_id"]: row for row in request.store.rows("reports")}
    counts: dict[tuple[str, str], int] = {}
    for row in request.store.rows("fulfilment"):
        report = reports[row["promise_report_id"]]
        fits = not request.years or report["report_year"] in request.years
        if report["region"] and fits and (not request.counties or report["county"] in request.counties):
            key = (_place(report), row["outcome"])
            counts[key] = counts.get(key, 0) + 1
    if not counts:
        raise BadQuery("no promise to draw", remedy="two reports of one place are needed, of years that follow")
    places = list(dict.fromkeys(place for place, _ in counts))[:_MOST_PLACES]
    order = list(_OUTCOMES)
    data = [
        {"place": place, "outcome": _OUTCOMES[outcome][0], "n": n, "at": order.index(outcome)}
        for (place, outcome), n in counts.items()
        if place in places
    ]
    stacked = {"field": "n", "type": "quantitative", "stack": "normalize", "title": None, "axis": {"format": "%"}}
    encoding = {
        "y": {"field": "place", "type": "nominal", "title": None, "sort": None},
        "x": stacked,
        "color": _colours("outcome", _OUTCOMES),
        "order": {"field": "at", "type": "quantitative"},
    }
    shape = {"width": 520, "height": {"step": 28}, "data": {"values": data}, "mark": "bar", "encoding": encoding}
    return frame("承诺及其落实", shape)


def _colours(field: str, named: dict[str, tuple[str, str]]) -> dict[str, Any]:
    scale = {"domain": [name for name, _ in named.values()], "range": [colour for _, colour in named.values()]}
    return {"field": field, "type": "nominal", "title": None, "scale": scale, "legend": {"orient": "bottom"}}


def _over_years(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    places = list(dict.fromkeys(_place(row) for row in rows))[:_MOST_PLACES]
    return [
        {"place": _place(row), "year": str(row["report_year"]), "value": row["value"], "written": f"{row['value']:g}"}
        for row in rows
        if _place(row) in places
    ]


def _place(row: dict[str, Any]) -> str:
    return str(row["region"] or row["division_code"] or "?")


def _written(row: dict[str, Any]) -> str:
    return f"{row['value']:.12g}{row['unit'] or ''}"


def _label(rows: Sequence[dict[str, Any]]) -> str:
    return str(rows[0]["label"] or rows[0]["indicator"])


def frame(title: str, shape: dict[str, Any], *, offset: int = 10) -> dict[str, Any]:
    """The shape with title, font and quiet axes."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 12, "titleFontSize": 12}
    return {
        "$schema": _SCHEMA,
        "background": "white",
        "padding": 16,
        "title": {"text": title, "font": FONT, "fontSize": 17, "anchor": "start", "offset": offset, "color": _INK},
        **shape,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {**text, "gridColor": "#e8e5de", "domainColor": _SOFT, "tickColor": _SOFT, "labelLimit": 220},
            "legend": {**text, "symbolType": "square"},
            "header": {"labelFont": FONT, "titleFont": FONT},
            "text": {"font": FONT, "fontSize": 12},
        },
    }
