"""Characters of pages whose Chinese fonts are not in the file: read with pdfminer's own tables of characters.

Comes in: bytes and a page's number. Goes out: characters with their rectangle, origin, direction and colour, in points
from the bottom left of the page as it is shown, in the order in which they are drawn. What pdfminer (through
pdfplumber) cannot read gives nothing. The same on every machine: no font of the system is asked for.
"""

import logging
from dataclasses import dataclass
from io import BytesIO
from math import atan2, pi
from typing import Any

from extractor.reading.assemble import Box


@dataclass(frozen=True, slots=True)
class Placed:
    """A character: left, bottom, right, top; where its baseline begins; degrees counter-clockwise."""

    char: str
    box: Box
    origin: tuple[float, float]
    degrees: int
    red: bool


class ForeignFonts:
    """Opens the file for pdfminer when the first page asks for it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: list[Any] | None = None

    def characters(self, number: int) -> list[Placed]:
        """Characters of a page (counted from 1), none where pdfminer fails."""
        # pdfminer raises whatever its parser met: a page that it cannot read is left to pdfium
        try:
            page = self._opened()[number - 1]
            found = [one for char in page.chars for one in _placed(char)]
            page.close()
        except Exception:
            return []
        return found

    def _opened(self) -> list[Any]:
        if self._pages is None:
            # half a second to load: only such a file pays for it
            import pdfplumber

            # it tells of each font that lacks a box: nothing that a reader of reports could act on
            logging.getLogger("pdfminer").setLevel(logging.ERROR)
            self._pages = list(pdfplumber.open(BytesIO(self._data)).pages)
        return self._pages


def _placed(char: dict[str, Any]) -> list[Placed]:
    a, b, _, _, x, y = char["matrix"]
    text = char["text"]
    # pdfminer writes (cid:7) where it knows no character
    if text.startswith("(cid:"):
        text = "\ufffd"
    box = (char["x0"], char["y0"], char["x1"], char["y1"])
    degrees = round(atan2(b, a) * 180 / pi) % 360
    return [Placed(one, box, (x, y), degrees, _is_red(char.get("non_stroking_color"))) for one in text]


def _is_red(colour: Any) -> bool:
    if not isinstance(colour, tuple) or not all(isinstance(part, int | float) for part in colour):
        return False
    if len(colour) == 3:
        return bool(colour[0] > 0.6 and colour[1] < 0.35 and colour[2] < 0.35)
    # cyan, magenta, yellow, black
    return len(colour) == 4 and bool(colour[0] < 0.35 and colour[1] > 0.6 and colour[2] > 0.6 and colour[3] < 0.4)
