"""Fonts that are not in the file: pdfium asks the machine for them, and gets ours, the same everywhere.

Comes in: pypdfium2's raw functions, from reading/pdf/pages.py, the one module that imports it. Goes out: a stretch of time in which pdfium gets
one font for all of them. What stands on a page then hangs on no machine: where the font lacks a character, pdfium
drops it if it was drawn alone, and takes lines that say the same for one line printed twice. Our font has one glyph for all characters, as high as a line, of no ink that could be seen.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from struct import pack
from typing import Any

_VERSION = 1
_OURS = 1
_EM, _ASCENT, _DESCENT = 1000, 880, -120
# within the advance even of an i; pdfium drops what is hardly wide at all
_GLYPH_LEFT, _GLYPH_RIGHT = 50, 250
_WHOLE_FILE = 0
_USED: list[Any] = []


@contextmanager
def own_fonts(raw: Any) -> Iterator[None]:
    """pdfium without the fonts of the machine; at the end it has them again, for whoever else draws with it."""
    raw.FPDF_SetSystemFontInfo(_answers(raw))
    # pdfium released what it had before: a set of the machine's fonts serves once
    while _USED:
        raw.FPDF_FreeDefaultSystemFontInfo(_USED.pop())
    try:
        yield
    finally:
        fonts = raw.FPDF_GetDefaultSystemFontInfo()
        raw.FPDF_SetSystemFontInfo(fonts)
        if fonts:
            _USED.append(fonts)


@cache
def _answers(raw: Any) -> Any:
    """A machine with one font. Kept for good: pdfium calls it long after it was set."""
    font = one_glyph_font()

    def font_data(info: Any, handle: Any, table: int, buffer: Any, size: int) -> int:
        if table != _WHOLE_FILE:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    answers = {
        "Release": lambda info: None,
        "EnumFonts": lambda info, mapper: None,
        "MapFont": lambda info, weight, italic, charset, pitch, face, exact: _OURS,
        "GetFont": lambda info, face: _OURS,
        "GetFontData": font_data,
        "GetFaceName": lambda info, handle, buffer, size: 0,
        "GetFontCharset": lambda info, handle: 0,
        "DeleteFont": lambda info, handle: None,
    }
    made = raw.FPDF_SYSFONTINFO(version=_VERSION)
    kinds = dict(made._fields_)
    for name, answer in answers.items():
        setattr(made, name, kinds[name](answer))
    return made


def one_glyph_font() -> bytes:
    """A TrueType font whose one glyph stands for every character: an em wide and high, of hardly any ink, so that
    no recognition sees it. The tables are those that OpenType asks of every font that is drawn."""
    box = (_GLYPH_LEFT, _DESCENT, _GLYPH_RIGHT, _ASCENT)
    width, height = _GLYPH_RIGHT - _GLYPH_LEFT, _ASCENT - _DESCENT
    # two triangles of one unit, in the corners of the rectangle; each point is told by its distance from the last
    across, up = (_GLYPH_LEFT, 1, -1, width, -1, 1), (_DESCENT, 0, 1, height - 1, 0, -1)
    glyph = pack(">5h3H6B12h", 2, *box, 2, 5, 0, *[1] * 6, *across, *up)
    # format 13: many characters, one glyph
    groups = pack(">2H6I", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    tables = {
        b"cmap": pack(">4HI", 0, 1, 3, 10, 12) + groups,
        b"glyf": glyph * 2,
        b"head": pack(">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, *box, 0, 8, 2, 0, 0),
        b"hhea": pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, *box[:1], 0, box[2], 1, *[0] * 7, 2),
        b"hmtx": pack(">HhHh", _EM, _GLYPH_LEFT, _EM, _GLYPH_LEFT),
        b"loca": pack(">3H", 0, len(glyph) // 2, len(glyph)),
        b"maxp": pack(">I14H", 0x10000, 2, 6, 2, 0, 0, 1, *[0] * 8),
    }
    count = len(tables)
    head, body = pack(">I4H", 0x10000, count, 64, 2, 16 * count - 64), b""
    for name, table in tables.items():
        head += pack(">4s3I", name, 0, 12 + 16 * count + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
