"""Which characters of a page no one sees: written without ink, in the colour of the ground, under a box, off the page.

Comes in: a Drawing and the page's characters. Goes out: a mask of what is hidden, and of what is faint (watermarks are).
The invisible text that recognition lays over a scan is what the picture shows: it stays, as does text without ink on a
page that has no other and draws its letters as shapes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.reading.assemble import Box, Boxes
from extractor.reading.pdf.characters import View
from extractor.reading.pdf.drawing import WHITE, Area, Drawing, Piece, alike, clipped, moved
from extractor.reading.pdf.pdfium_calls import TextPage, bounds, call, colours

_FILLED = (0, 4)
_NO_INK = 3
# of 255
_GLASS = 8
_FAINT_GLASS = 150
_FAINT = 90
# points: smaller is no letter; so is what is this much smaller than the page's other letters
_LEAST_HEIGHT = 1.2
_LEAST_SHARE = 0.3
_OFF = 1.0
_MOST_COVERS = 400


@dataclass(slots=True)
class _Judged:
    """Handles of hidden and faint pieces; opaque boxes drawn after some text; the order of each piece."""

    hidden: set[Any]
    faint: set[Any]
    covers: list[Area]
    orders: dict[Any, int]


class Sight:
    """Tells for the characters of a page what is seen."""

    def __init__(self, raw: Any, drawing: Drawing, view: View, size: tuple[float, float]) -> None:
        self.raw, self.drawing, self.view, self.size = raw, drawing, view, size
        self.judged = self._judge()

    def hidden(self, page: TextPage, places: NDArray[np.int64], boxes: Boxes) -> NDArray[np.bool_]:
        """True for each character that is not seen."""
        middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        width, height = self.size
        gone = (middle_x < -_OFF) | (middle_x > width + _OFF) | (middle_y < -_OFF) | (middle_y > height + _OFF)
        high = boxes[:, 3] - boxes[:, 1]
        low = high < _LEAST_HEIGHT
        if low.any():
            gone |= low & (high < _LEAST_SHARE * np.median(high))
        if not (self.judged.hidden or self.judged.covers):
            return gone
        pieces = page.pieces(places.tolist())
        gone |= np.fromiter((piece in self.judged.hidden for piece in pieces), np.bool_, len(pieces))
        orders = np.fromiter(map(self.judged.orders.get, pieces, repeat(1 << 30)), np.int64, len(pieces))
        for area in self.judged.covers:
            x0, top, x1, bottom = area.box
            inside = (x0 <= middle_x) & (middle_x <= x1) & (top <= middle_y) & (middle_y <= bottom)
            gone |= inside & (orders < area.order)
        return gone

    def faint(self, page: TextPage, place: int) -> bool:
        """True if the character is drawn in a colour near that of its ground."""
        return bool(self.judged.faint) and page.pieces([place])[0] in self.judged.faint

    def _judge(self) -> _Judged:
        pieces, drawing = self.drawing.pieces, self.drawing
        items = [piece.item for piece in pieces]
        modes = list(map(call(self.raw, "FPDFTextObj_GetTextRenderMode", "int (*)(void *)"), items))
        inks, known = colours(self.raw, items)
        hidden: set[Any] = set()
        faint: set[Any] = set()
        grounds = [WHITE, *{area.colour for area in drawing.areas if area.whole and area.colour is not None}]
        outlined = drawing.drawn and all(mode == _NO_INK for mode in modes)
        doubtful = self._doubtful(inks, grounds) & known
        for at, (piece, mode) in enumerate(zip(pieces, modes, strict=True)):
            if mode == _NO_INK:
                if not outlined and not self._on_picture(piece):
                    hidden.add(piece.item)
            elif doubtful[at] and mode in _FILLED:
                red, green, blue, alpha = inks[at].tolist()
                self._colour((red, green, blue), alpha, piece, hidden, faint)
        return _Judged(hidden, faint, self._covers(), {piece.item: piece.order for piece in pieces})

    @staticmethod
    def _doubtful(inks: NDArray[np.int64], grounds: Iterable[tuple[int, int, int]]) -> NDArray[np.bool_]:
        """Ink that shines through, or is near to the colour of some ground."""
        found = inks[:, 3] <= _FAINT_GLASS
        for ground in grounds:
            found |= np.abs(inks[:, :3] - np.array(ground)).max(axis=1) <= _FAINT
        return found

    def _colour(self, ink: tuple[int, int, int], alpha: int, piece: Piece, hidden: set[Any], faint: set[Any]) -> None:
        if alpha <= _GLASS:
            hidden.add(piece.item)
            return
        x0, top, x1, bottom = self._box(piece)
        ground = self.drawing.ground((x0 + x1) / 2, (top + bottom) / 2, piece.order)
        if ground is None:
            return
        if alike(ink, ground):
            hidden.add(piece.item)
        elif alpha <= _FAINT_GLASS or max(abs(a - b) for a, b in zip(ink, ground, strict=True)) <= _FAINT:
            faint.add(piece.item)

    def _on_picture(self, piece: Piece) -> bool:
        x0, top, x1, bottom = self._box(piece)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        return any(a <= x <= c and b <= y <= d for a, b, c, d in self.drawing.pictures)

    def _box(self, piece: Piece) -> Box:
        left, foot, right, head = bounds(self.raw, piece.item)
        return self.view.box(*moved(left, foot, piece.matrix), *moved(right, head, piece.matrix))

    def _covers(self) -> list[Area]:
        """Boxes that let nothing shine through, drawn after some text, as far as their clip lets them be seen."""
        if not self.drawing.pieces:
            return []
        first = self.drawing.pieces[0].order
        later = [area for area in self.drawing.areas if area.whole and area.colour is not None and area.order > first]
        cut = [(area, clipped(self.raw, area, self.view.box)) for area in later[:_MOST_COVERS]]
        return [replace(area, box=box) for area, box in cut if box is not None]
