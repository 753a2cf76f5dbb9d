"""Rules drawn on a page: what pdfium lists as paths → horizontal and vertical edges; pictures → covered area.

Comes in: a loaded page, from reading/pdf/pages.py, the one module that imports it. Goes out: RulingLine objects in points from the top left, share of
the page that pictures cover, whether anything is drawn. Curves and slanted lines are left out.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from extractor.reading.assemble import Box
from extractor.reading.pdf.pdfium_calls import address, call

_UNKNOWN, _TEXT, _PATH, _IMAGE, _FORM = 0, 1, 2, 3, 5
_LINE, _MOVE = 0, 2
_DEPTH = 3
_OBJECTS = 50_000
_STRAIGHT = 1.5
_SHORTEST = 2.0
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A straight edge: `flat` lies along x, others along y."""

    x0: float
    top: float
    x1: float
    bottom: float
    flat: bool


class _Paths:
    def __init__(self, raw: Any, place: Callable[[float, float, float, float], Box]) -> None:
        self.raw, self.place = raw, place
        self.kind = call(raw, "FPDFPageObj_GetType", "int (*)(void *)")
        self.rules: list[RulingLine] = []
        self.pictures = 0.0
        self.drawn = False
        self.left = _OBJECTS

    def walk(self, count: int, fetch: str, holder: Any, matrix: Matrix, depth: int) -> None:
        """What `holder` holds; `fetch` gives one of them. Most are pieces of text: those cost two calls each."""
        get = call(self.raw, fetch, "void *(*)(void *, int)")
        count = max(min(count, self.left), 0)
        self.left -= count
        kinds = list(map(self.kind, map(get, repeat(address(holder)), range(count))))
        for index, kind in enumerate(kinds):
            if kind in (_TEXT, _UNKNOWN):
                continue
            item = getattr(self.raw, fetch)(holder, index)
            self.drawn = True
            if kind == _PATH:
                self.path(item, _times(self.own(item), matrix))
            elif kind == _IMAGE:
                self.picture(_times(self.own(item), matrix))
            elif kind == _FORM and depth < _DEPTH:
                inner = self.raw.FPDFFormObj_CountObjects(item)
                self.walk(inner, "FPDFFormObj_GetObject", item, _times(self.own(item), matrix), depth + 1)

    def own(self, item: Any) -> Matrix:
        made = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(item, ctypes.byref(made)):
            return _SAME
        return made.a, made.b, made.c, made.d, made.e, made.f

    def picture(self, matrix: Matrix) -> None:
        a, b, c, d, _, _ = matrix
        self.pictures += abs(a * d - b * c)

    def path(self, item: Any, matrix: Matrix) -> None:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        self.raw.FPDFPath_GetDrawMode(item, ctypes.byref(filled), ctypes.byref(stroked))
        if not (filled.value or stroked.value):
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        first = last = None
        count = min(self.raw.FPDFPath_CountSegments(item), self.left)
        self.left -= count
        for index in range(count):
            segment = self.raw.FPDFPath_GetPathSegment(item, index)
            self.raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = _moved(x.value, y.value, matrix)
            kind = self.raw.FPDFPathSegment_GetType(segment)
            if kind == _MOVE:
                first = point
            elif kind == _LINE and last is not None:
                self.edge(last, point)
            if first is not None and self.raw.FPDFPathSegment_GetClose(segment):
                self.edge(point, first)
            last = point

    def edge(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        x0, top, x1, bottom = self.place(*one, *other)
        wide, high = x1 - x0, bottom - top
        if high <= _STRAIGHT and wide >= _SHORTEST:
            self.rules.append(RulingLine(x0, (top + bottom) / 2, x1, (top + bottom) / 2, True))
        elif wide <= _STRAIGHT and high >= _SHORTEST:
            self.rules.append(RulingLine((x0 + x1) / 2, top, (x0 + x1) / 2, bottom, False))


def rules_and_pictures(
    page: Any, raw: Any, place: Callable[[float, float, float, float], Box]
) -> tuple[list[RulingLine], float, bool]:
    """Edges in text order of the page's drawing; share covered by pictures; is anything but text drawn?"""
    paths = _Paths(raw, place)
    paths.walk(raw.FPDFPage_CountObjects(page.raw), "FPDFPage_GetObject", page.raw, _SAME, 0)
    width, height = page.get_size()
    return paths.rules, paths.pictures / max(width * height, 1.0), paths.drawn


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    ao, bo, co, do, eo, fo = outer
    return (
        a * ao + b * co,
        a * bo + b * do,
        c * ao + d * co,
        c * bo + d * do,
        e * ao + f * co + eo,
        e * bo + f * do + fo,
    )


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
