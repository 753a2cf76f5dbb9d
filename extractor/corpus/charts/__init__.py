"""Charts: plain Vega-Lite specifications out of rows, drawn as PNG or SVG with a font of ours.

KINDS is the one list. A specification needs no program of ours: any Vega-Lite editor opens the JSON.
"""

from collections.abc import Callable, Mapping
from typing import Any

from extractor.corpus.charts.network import network
from extractor.corpus.charts.specs import ChartRequest, bars, heatmap, promises, small_multiples, trend

KINDS: Mapping[str, Callable[[ChartRequest], dict[str, Any]]] = {
    "bars": bars,
    "trend": trend,
    "small-multiples": small_multiples,
    "heatmap": heatmap,
    "promises": promises,
    "network": network,
}
