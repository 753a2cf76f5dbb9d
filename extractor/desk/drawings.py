"""Drawings: bars and lines as SVG of a few shapes, styled by the sheet of the page (no inline style, no script).

Comes in: labels and values. Goes out: Markup. A table stands beside each drawing: it is for the eye, hidden from
readers of screens.
"""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

_ROW, _GAP, _LABEL, _VALUE = 26, 8, 150, 110
# units of the drawing, which its page scales
_WIDE = 640


def bars(rows: Sequence[tuple[str, float, str, str]], marks: Sequence[tuple[str, float]] = ()) -> Markup:
    """Ranked bars: label, value, value as written, address; `marks` are upright lines (quartiles)."""
    if not rows:
        return Markup("")
    low, high = min(0.0, *(value for _, value, _, _ in rows)), max(0.0, *(value for _, value, _, _ in rows))
    scale = (_WIDE - _LABEL - _VALUE) / ((high - low) or 1.0)
    zero = _LABEL - low * scale
    tall = len(rows) * _ROW + (18 if marks else 0)
    parts = [_open(_WIDE, tall)]
    for name, value in marks:
        x = zero + value * scale
        parts.append(
            f'<line class="quartile" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{len(rows) * _ROW}"/>'
            f'<text class="tick" x="{x:.1f}" y="{tall - 4}">{escape(name)}</text>'
        )
    for at, (label, value, written, address) in enumerate(rows):
        y = at * _ROW
        left, width = (zero, value * scale) if value >= 0 else (zero + value * scale, -value * scale)
        parts.append(
            f'<a href="{escape(address)}" tabindex="-1"><text class="bar-label" x="{_LABEL - 8}" y="{y + 17}">'
            f'{escape(_short(label, 11))}</text><rect class="bar" x="{left:.1f}" y="{y + 4}" '
            f'width="{max(width, 1):.1f}" height="{_ROW - _GAP}" rx="2"/></a>'
            f'<text class="bar-value" x="{left + max(width, 1) + 6:.1f}" y="{y + 17}">{escape(written)}</text>'
        )
    return Markup("".join(parts) + "</svg>")


def trend(points: Sequence[tuple[int, float, str]], wide: int = 260, tall: int = 96) -> Markup:
    """A line over years: year, value, value as written; gaps of years are gaps."""
    if not points:
        return Markup("")
    years = [year for year, _, _ in points]
    values = [value for _, value, _ in points]
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) or 1.0
    first, last = min(years), max(years)
    step = (wide - 72) / max(last - first, 1)

    def at(year: int, value: float) -> tuple[float, float]:
        x = wide / 2 if first == last else 36 + (year - first) * step
        return x, 26 + (tall - 58) * (1 - (value - low) / spread)

    parts = [_open(wide, tall)]
    for (year, value, _), (then, other, _) in pairwise(points):
        if then == year + 1:
            (x1, y1), (x2, y2) = at(year, value), at(then, other)
            parts.append(f'<line class="trend" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
    for year, value, written in points:
        x, y = at(year, value)
        parts.append(
            f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
            f'<text class="tick" x="{x:.1f}" y="{y - 9:.1f}">{escape(written)}</text>'
            f'<text class="tick soft" x="{x:.1f}" y="{tall - 6}">{year}</text>'
        )
    return Markup("".join(parts) + "</svg>")


def _open(wide: int, tall: int) -> str:
    return f'<svg class="drawing" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" aria-hidden="true">'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
