"""What is asked of pdfium thousands of times a page, by way of cffi: a call costs a third of what ctypes takes.

Comes in: pypdfium2's raw functions and a loaded text page, from reading/pdf/pages.py, the one module that imports it. Goes out: codes, rectangles
and origins as arrays, one row per character, in the page's own space (points, from its bottom left). The only module that imports
cffi, which comes with pdfplumber.
"""

import ctypes
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from math import isfinite, pi
from typing import Any

import cffi
import numpy as np
from numpy.typing import NDArray

_FFI = cffi.FFI()
# results that are allocated at once; a page with more takes another block
_CHUNK = 4096


def address(handle: Any) -> Any:
    """A ctypes handle or function as cffi takes it."""
    return _FFI.cast("void *", ctypes.cast(handle, ctypes.c_void_p).value or 0)


@cache
def call(raw: Any, name: str, kind: str) -> Any:
    """A function of pypdfium2's raw interface; `kind` is its C type."""
    return _FFI.cast(kind, address(getattr(raw, name)))


class _Slots:
    """Room for so many results of so many bytes each, with a pointer to each: made once, used again."""

    def __init__(self, kind: str, width: int) -> None:
        self.kind, self.width = kind, width
        self.buffers: list[Any] = []
        self.pointers: list[list[Any]] = [[] for _ in range(width)]

    def take(self, count: int) -> list[list[Any]]:
        """At least `count` pointers to the first number of a result, to the second and so on."""
        while len(self.pointers[0]) < count:
            made = _FFI.new(f"{self.kind}[]", self.width * _CHUNK)
            self.buffers.append(made)
            for column, pointers in enumerate(self.pointers):
                pointers += [made + self.width * at + column for at in range(_CHUNK)]
        return self.pointers

    def rows(self, answers: list[int], form: str) -> NDArray[np.float64]:
        """What was written to the first of them, zeros where pdfium answers nothing or no number."""
        parts = [np.frombuffer(_FFI.buffer(made), form) for made in self.buffers[: -(-len(answers) // _CHUNK)]]
        flat = (parts[0] if len(parts) == 1 else np.concatenate([*parts, np.empty(0)]))[: self.width * len(answers)]
        made = flat.astype(np.float64).reshape(-1, self.width)
        if 0 in answers:
            made[[at for at, answer in enumerate(answers) if not answer]] = 0.0
        finite = np.isfinite(made)
        return made if finite.all() else np.where(finite, made, 0.0)


_BOXES = _Slots("float", 4)
_ORIGINS = _Slots("double", 2)
_INK = _Slots("double", 4)
_COLOURS = _Slots("unsigned int", 4)
_SIDES = _FFI.new("float[4]")


def colours(raw: Any, items: list[Any]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Red, green, blue, alpha in which each page object is filled, and whether pdfium tells it."""
    kind = "int (*)(void *, unsigned int *, unsigned int *, unsigned int *, unsigned int *)"
    answers = list(map(call(raw, "FPDFPageObj_GetFillColor", kind), items, *_COLOURS.take(len(items))))
    return _COLOURS.rows(answers, "u4").astype(np.int64), np.array(answers, np.bool_)


def bounds(raw: Any, item: Any) -> tuple[float, float, float, float]:
    """Left, foot, right, head of a page object in the space that it is drawn in."""
    kind = "int (*)(void *, float *, float *, float *, float *)"
    answered = call(raw, "FPDFPageObj_GetBounds", kind)(item, _SIDES, _SIDES + 1, _SIDES + 2, _SIDES + 3)
    left, foot, right, head = _SIDES if answered else (0.0, 0.0, 0.0, 0.0)
    return left, foot, right, head


class TextPage:
    """pdfium's text page; places are the indices of its characters."""

    def __init__(self, raw: Any, textpage: Any, count: int) -> None:
        self.raw, self.textpage = raw, textpage
        self.handle = address(textpage)
        self.count = count
        self._angle = call(raw, "FPDFText_GetCharAngle", "float (*)(void *, int)")
        self._generated = call(raw, "FPDFText_IsGenerated", "int (*)(void *, int)")
        self._unmapped = call(raw, "FPDFText_HasUnicodeMapError", "int (*)(void *, int)")

    def codes(self) -> NDArray[np.int64]:
        """The code of each character: in one call where pdfium gives as many as it counts, else one by one."""
        codes = np.empty(2 * self.count + 2, np.uint16)
        buffer = codes.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
        if self.raw.FPDFText_GetText(self.textpage, 0, self.count, buffer) == self.count + 1:
            return codes[: self.count].astype(np.int64)
        each = call(self.raw, "FPDFText_GetUnicode", "unsigned int (*)(void *, int)")
        return np.array([each(self.handle, place) for place in range(self.count)], np.int64)

    def boxes(self, places: list[int], *, tight: bool = False) -> NDArray[np.float64]:
        """Left, top, right, bottom of each: as wide as its advance, as high as its font; `tight`: its ink."""
        if tight:
            ink = call(self.raw, "FPDFText_GetCharBox", "int (*)(void *, int, double *, double *, double *, double *)")
            answers = list(map(ink, repeat(self.handle), places, *_INK.take(len(places))))
            # pdfium gives left, right, foot, head
            return _INK.rows(answers, "f8")[:, [0, 3, 1, 2]]
        each = call(self.raw, "FPDFText_GetLooseCharBox", "int (*)(void *, int, float *)")
        answers = list(map(each, repeat(self.handle), places, _BOXES.take(len(places))[0]))
        return _BOXES.rows(answers, "f4")

    def origins(self, places: list[int]) -> NDArray[np.float64]:
        """Where the baseline of each begins."""
        each = call(self.raw, "FPDFText_GetCharOrigin", "int (*)(void *, int, double *, double *)")
        answers = list(map(each, repeat(self.handle), places, *_ORIGINS.take(len(places))))
        return _ORIGINS.rows(answers, "f8")

    def pieces(self, places: list[int]) -> list[Any]:
        """The handle of the text object that each was drawn by."""
        each = call(self.raw, "FPDFText_GetTextObject", "void *(*)(void *, int)")
        return list(map(each, repeat(self.handle), places))

    def degrees(self, place: int) -> int:
        """Direction of a character, counter-clockwise."""
        angle = self._angle(self.handle, place)
        return round(-angle * 180 / pi) % 360 if isfinite(angle) else 0

    def generated(self, places: Iterable[int]) -> list[bool]:
        """Which of them pdfium put in: they are not drawn."""
        return [self._generated(self.handle, place) == 1 for place in places]

    def unmapped(self, places: Iterable[int]) -> list[bool]:
        """Which of them their font's map leaves without meaning."""
        return [self._unmapped(self.handle, place) == 1 for place in places]

    def is_red(self, place: int) -> bool:
        """True for red letters: those of an authority's letterhead."""
        parts = [ctypes.c_uint() for _ in range(4)]
        self.raw.FPDFText_GetFillColor(self.textpage, place, *(ctypes.byref(part) for part in parts))
        red, green, blue = (part.value for part in parts[:3])
        return red > 150 and green < 90 and blue < 90
