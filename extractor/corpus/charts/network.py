"""Network: which places cite which documents, as two columns with a line for each pair."""

from collections import Counter
from typing import Any

from extractor.corpus.charts.specs import ChartRequest, frame
from extractor.errors import BadQuery

_DOCUMENTS, _PLACES, _CHARS = 30, 40, 26


def network(request: ChartRequest) -> dict[str, Any]:
    """The documents that most places cite, and the places; a line is as thick as the citations are many."""
    reports = {row["report_id"]: row for row in request.store.rows("reports")}
    pairs: Counter[tuple[str, str]] = Counter()
    for row in request.store.rows("citations"):
        report = reports[row["report_id"]]
        fits = not request.years or report["report_year"] in request.years
        here = not request.counties or report["county"] in request.counties
        if row["document_id"] and report["region"] and fits and here:
            pairs[report["region"], row["document_id"]] += 1
    if not pairs:
        raise BadQuery("no citation to draw", remedy="choose other years or counties")
    cited = Counter(document for _, document in pairs)
    documents = [document for document, _ in sorted(cited.items(), key=lambda item: (-item[1], item[0]))[:_DOCUMENTS]]
    places = list(dict.fromkeys(place for place, document in sorted(pairs) if document in documents))[:_PLACES]
    tall = max(len(documents), len(places))
    left = {place: (at + 0.5) * tall / len(places) for at, place in enumerate(places)}
    right = {document: (at + 0.5) * tall / len(documents) for at, document in enumerate(documents)}
    titles = {row["document_id"]: row["title"] or row["number"] or "" for row in request.store.rows("documents")}
    lines = [
        {"x": 0, "y": left[place], "x2": 1, "y2": right[document], "n": n}
        for (place, document), n in sorted(pairs.items())
        if place in left and document in right
    ]
    marks = [{"x": 0, "y": y, "name": place, "n": 1} for place, y in left.items()]
    ends = [{"x": 1, "y": y, "name": _short(titles[document]), "n": cited[document]} for document, y in right.items()]
    across = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.02, 1.02]}}
    down = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [0, tall], "reverse": True}}
    layers = [
        {
            "data": {"values": lines},
            "mark": {"type": "rule", "color": "#3f74ab", "opacity": 0.35},
            "encoding": {
                "x": across,
                "y": down,
                "x2": {"field": "x2"},
                "y2": {"field": "y2"},
                "strokeWidth": {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [0.8, 4]}},
            },
        },
        *(_column(values, across, down, align) for values, align in ((marks, "right"), (ends, "left"))),
    ]
    shape = {"width": 360, "height": max(tall * 22, 160), "layer": layers}
    return frame("引用文件与地区", shape)


def _column(values: list[dict[str, Any]], across: Any, down: Any, align: str) -> dict[str, Any]:
    size = {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [40, 220]}}
    dots = {
        "mark": {"type": "circle", "color": "#1f3a5f", "opacity": 1},
        "encoding": {"x": across, "y": down, "size": size},
    }
    dx = -10 if align == "right" else 10
    names = {
        "mark": {"type": "text", "align": align, "dx": dx, "color": "#1d2430"},
        "encoding": {"x": across, "y": down, "text": {"field": "name"}},
    }
    return {"data": {"values": values}, "layer": [dots, names]}


def _short(title: str) -> str:
    return title if len(title) <= _CHARS else title[: _CHARS - 1] + "…"
