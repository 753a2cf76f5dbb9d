"""What a page draws beside and under its text: rules, areas, pictures, in the order in which they are drawn.

Comes in: a loaded page, from reading/pdf/pages.py, the one module that imports pypdfium2. Goes out: a Drawing, in points
from the top left: horizontal and vertical edges, filled areas with their colour, places of pictures, the pieces of text
by their handle. Curves and slanted lines give no edge, nor does an area of the colour of the ground it lies on (WPS fills
the lines of a page in white).
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

from extractor.reading.assemble import Box
from extractor.reading.pdf.pdfium_calls import address, bounds, call

_UNKNOWN, _TEXT, _PATH, _IMAGE, _SHADING, _FORM = 0, 1, 2, 3, 4, 5
_LINE, _MOVE = 0, 2
_DEPTH = 3
_OBJECTS = 50_000
_STRAIGHT = 1.5
_SHORTEST = 2.0
# less wide or high than this, an area is a rule
_THIN = 3.0
# areas looked through for the ground of another
_MOST_FILLS = 400
# of a rectangle, its first said twice
_MOST_CORNERS = 5
_OPAQUE = 255
# of 255: what differs by less is seen as one colour
_ALIKE = 12
Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A straight edge: `flat` lies along x, others along y; `shade`: it is the edge of an area, not a line."""

    x0: float
    top: float
    x1: float
    bottom: float
    flat: bool
    shade: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled area. `colour`: None where it cannot be known (patterns, pictures, what shines through). `whole`: it covers
    all of its box. `order`: place in the order of drawing. `item`: its handle; `matrix`: from its space to the page's."""

    box: Box
    colour: Colour | None
    whole: bool
    order: int
    item: Any = None
    matrix: Matrix = _SAME


class Piece(NamedTuple):
    """A piece of text: its handle, its place in the order of drawing, the way from its space to the page's. There are
    hundreds on a page, and tuples are made fastest."""

    item: Any
    order: int
    matrix: Matrix


@dataclass(slots=True)
class Drawing:
    """What a page draws. `covered`: share of the page under pictures; `drawn`: anything but text is there."""

    rules: list[RulingLine] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    covered: float = 0.0
    drawn: bool = False

    def ground(self, x: float, y: float, order: int) -> Colour | None:
        """The colour on which something at that place is drawn; None where it cannot be known."""
        before = [area for area in self.areas if area.order < order][-_MOST_FILLS:]
        for area in reversed(before):
            x0, top, x1, bottom = area.box
            if x0 <= x <= x1 and top <= y <= bottom:
                return area.colour if area.whole else None
        return WHITE


def alike(one: Colour, other: Colour) -> bool:
    """True if no eye tells the two apart."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ALIKE


def drawing_of(page: Any, raw: Any, place: Callable[[float, float, float, float], Box]) -> Drawing:
    """All that the page draws, in the order in which it does."""
    paths = _Paths(raw, place)
    paths.walk(raw.FPDFPage_CountObjects(page.raw), "FPDFPage_GetObject", page.raw, _SAME, 0)
    width, height = page.get_size()
    paths.found.covered /= max(width * height, 1.0)
    return paths.found


def clipped(raw: Any, area: Area, place: Callable[[float, float, float, float], Box]) -> Box | None:
    """The part of an area's box that its clip leaves; None where nothing is left, or it cannot be known."""
    clip = raw.FPDFPageObj_GetClipPath(area.item)
    x0, top, x1, bottom = area.box
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(raw.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        points = []
        for at in range(min(raw.FPDFClipPath_CountPathSegments(clip, index), _MOST_CORNERS + 1)):
            raw.FPDFPathSegment_GetPoint(
                raw.FPDFClipPath_GetPathSegment(clip, index, at), ctypes.byref(x), ctypes.byref(y)
            )
            points.append(moved(x.value, y.value, area.matrix))
        if not points or len(points) > _MOST_CORNERS or not _upright(points):
            return None
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        a, b, c, d = place(min(xs), min(ys), max(xs), max(ys))
        x0, top, x1, bottom = max(x0, a), max(top, b), min(x1, c), min(bottom, d)
    return (x0, top, x1, bottom) if x0 < x1 and top < bottom else None


class _Paths:
    def __init__(self, raw: Any, place: Callable[[float, float, float, float], Box]) -> None:
        self.raw, self.place = raw, place
        self.kind = call(raw, "FPDFPageObj_GetType", "int (*)(void *)")
        self.found = Drawing()
        self.left = _OBJECTS
        self.order = 0

    def walk(self, count: int, fetch: str, holder: Any, matrix: Matrix, depth: int) -> None:
        """What `holder` holds; `fetch` gives one of them. Most are pieces of text: those cost two calls each."""
        get = call(self.raw, fetch, "void *(*)(void *, int)")
        count = max(min(count, self.left), 0)
        self.left -= count
        items = list(map(get, repeat(address(holder)), range(count)))
        for index, kind in enumerate(map(self.kind, items)):
            self.order += 1
            if kind == _UNKNOWN:
                continue
            if kind == _TEXT:
                self.found.pieces.append(Piece(items[index], self.order, matrix))
                continue
            self.found.drawn = True
            item = getattr(self.raw, fetch)(holder, index)
            if kind == _PATH:
                self.path(item, matrix)
            elif kind == _IMAGE:
                self.picture(_times(self.own(item), matrix))
            elif kind == _SHADING:
                self.unknown(self.bounds(item, matrix))
            elif kind == _FORM and depth < _DEPTH:
                inner = self.raw.FPDFFormObj_CountObjects(item)
                self.walk(inner, "FPDFFormObj_GetObject", item, _times(self.own(item), matrix), depth + 1)

    def own(self, item: Any) -> Matrix:
        made = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(item, ctypes.byref(made)):
            return _SAME
        return made.a, made.b, made.c, made.d, made.e, made.f

    def bounds(self, item: Any, matrix: Matrix) -> Box:
        left, foot, right, head = bounds(self.raw, address(item))
        return self.place(*moved(left, foot, matrix), *moved(right, head, matrix))

    def picture(self, matrix: Matrix) -> None:
        a, b, c, d, e, f = matrix
        self.found.covered += abs(a * d - b * c)
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        box = self.place(min(xs), min(ys), max(xs), max(ys))
        self.found.pictures.append(box)
        self.unknown(box)

    def unknown(self, box: Box) -> None:
        """An area of no one colour."""
        self.found.areas.append(Area(box, None, False, self.order))

    def path(self, item: Any, matrix: Matrix) -> None:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        self.raw.FPDFPath_GetDrawMode(item, ctypes.byref(filled), ctypes.byref(stroked))
        if not (filled.value or stroked.value):
            return
        edges, box, whole = self.outline(item, _times(self.own(item), matrix))
        shown = True
        if filled.value and box is not None:
            shown = self.filled(item, box, whole, matrix) or bool(stroked.value)
        shade = not stroked.value and box is not None and min(box[2] - box[0], box[3] - box[1]) > _THIN
        for one, other in edges if shown else ():
            self.edge(one, other, shade)

    def filled(self, item: Any, box: Box, whole: bool, matrix: Matrix) -> bool:
        """Keep the area; True if it is seen."""
        if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            return True
        rgba = self.colour(item)
        ground = self.found.ground((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, self.order)
        if rgba is not None and rgba[3] == 0:
            return False
        colour = rgba[:3] if rgba is not None and rgba[3] == _OPAQUE and not self.shines(item) else None
        self.found.areas.append(Area(box, colour, whole, self.order, item, matrix))
        return colour is None or ground is None or not alike(colour, ground)

    def colour(self, item: Any) -> tuple[int, int, int, int] | None:
        parts = [ctypes.c_uint() for _ in range(4)]
        if not self.raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(part) for part in parts)):
            return None
        red, green, blue, alpha = (part.value for part in parts)
        return red, green, blue, alpha

    def shines(self, item: Any) -> bool:
        """True if what lies under it is seen."""
        return bool(self.raw.FPDFPageObj_HasTransparency(item))

    def outline(
        self, item: Any, matrix: Matrix
    ) -> tuple[list[tuple[tuple[float, float], tuple[float, float]]], Box | None, bool]:
        """Straight edges, the box around all points, and whether the path is one upright rectangle."""
        x, y = ctypes.c_float(), ctypes.c_float()
        first: tuple[float, float] | None = None
        last: tuple[float, float] | None = None
        edges: list[tuple[tuple[float, float], tuple[float, float]]] = []
        points: list[tuple[float, float]] = []
        starts = others = 0
        count = min(self.raw.FPDFPath_CountSegments(item), self.left)
        self.left -= count
        for index in range(count):
            segment = self.raw.FPDFPath_GetPathSegment(item, index)
            self.raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = moved(x.value, y.value, matrix)
            points.append(point)
            kind = self.raw.FPDFPathSegment_GetType(segment)
            starts += kind == _MOVE
            others += kind not in (_MOVE, _LINE)
            if kind == _MOVE:
                first = point
            elif kind == _LINE and last is not None:
                edges.append((last, point))
            if first is not None and self.raw.FPDFPathSegment_GetClose(segment):
                edges.append((point, first))
            last = point
        if not points:
            return edges, None, False
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        whole = starts == 1 and not others and 4 <= len(points) <= 5 and _upright(points)
        return edges, self.place(min(xs), min(ys), max(xs), max(ys)), whole

    def edge(self, one: tuple[float, float], other: tuple[float, float], shade: bool) -> None:
        x0, top, x1, bottom = self.place(*one, *other)
        wide, high = x1 - x0, bottom - top
        if high <= _STRAIGHT and wide >= _SHORTEST:
            self.found.rules.append(RulingLine(x0, (top + bottom) / 2, x1, (top + bottom) / 2, True, shade))
        elif wide <= _STRAIGHT and high >= _SHORTEST:
            self.found.rules.append(RulingLine((x0 + x1) / 2, top, (x0 + x1) / 2, bottom, False, shade))


def _upright(points: list[tuple[float, float]]) -> bool:
    """True if each point is a corner of the box around them."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return all(
        min(abs(x - min(xs)), abs(x - max(xs))) < 0.5 and min(abs(y - min(ys)), abs(y - max(ys))) < 0.5
        for x, y in points
    )


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


def moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """A point after a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
