"""Pictures of single pages, for people: a page of a PDF as PNG, in colour, with the size that rectangles count in.

Comes in: bytes and a page number. Goes out: PagePicture. pdfium is not thread-safe: one picture at a time.
"""

import struct
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from extractor.datamodel.document import SourceFile
from extractor.errors import UnknownRow
from extractor.reading.pdf.pages import opened

_DPI = 110
# a poster of 14,400 points stays a picture that a browser opens
_LONGEST_SIDE = 2000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A PNG, and width and height of the page as shown, in points."""

    png: bytes
    width: float
    height: float


def page_picture(source: SourceFile, data: bytes, number: int) -> PagePicture:
    """The page of that number; raises UnknownRow if there is none, and what `opened` raises."""
    with opened(source, data, to_look_at=True) as pdf:
        if not 1 <= number <= len(pdf):
            raise UnknownRow(f"no page {number}", where=source.path, remedy=f"it has {len(pdf)}")
        page = pdf[number - 1]
        try:
            width, height = page.get_size()
            scale = min(_DPI / 72, _LONGEST_SIDE / max(width, height, 1.0))
            bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
            return PagePicture(_png(np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])), width, height)
        finally:
            page.close()


def _png(pixels: Any) -> bytes:
    """Red, green, blue as PNG."""
    height, width, _ = pixels.shape
    lines = np.zeros((height, 1 + width * 3), dtype=np.uint8)
    lines[:, 1:] = pixels.reshape(height, width * 3)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, data) for name, data in parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
