"""Pictures of pages before recognition: skew found and taken out, drawn rules found. The only module that imports OpenCV, which
comes with the extra govreport[ocr].

Comes in: a grey picture (rows × columns, 0 black). Goes out: the straight picture, the angle by which it was turned,
rules in pixels of the straight picture.
"""

from typing import Any

from extractor.reading.pdf.drawing import RulingLine

_STEEPEST = 3.0
_STEP = 0.25
_INK = 128
_PALE = 170
# pixels at 200 dpi: longer than the strokes of a title
_SHORTEST_RULE = 60
_MOST_RULES = 400


def straightened(plane: Any) -> tuple[Any, float]:
    """The picture with level lines, and the degrees by which it was turned counter-clockwise (0 for a straight one)."""
    # OpenCV takes a quarter of a second to load: only a scan pays for it
    import cv2

    small = cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (small < _INK).astype("float32")
    steps = round(_STEEPEST / _STEP)
    # of two angles that part rows equally well, the smaller
    angles = sorted((step * _STEP for step in range(-steps, steps + 1)), key=abs)
    angle = max(angles, key=lambda one: _parting(cv2, ink, one))
    if angle == 0:
        return plane, 0.0
    return _turned(cv2, plane, angle, 255), angle


def rules_drawn(plane: Any) -> list[RulingLine]:
    """Rules of a straight picture, in pixels; none where so much is drawn that it is a photograph."""
    import cv2

    ink = (plane < _PALE).astype("uint8")
    found: list[RulingLine] = []
    for flat, shape in ((True, (_SHORTEST_RULE, 1)), (False, (1, _SHORTEST_RULE))):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        long = cv2.dilate(
            cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
        )
        count, _, boxes, _ = cv2.connectedComponentsWithStats(long)
        if count > _MOST_RULES:
            return []
        for x, y, wide, high, _ in boxes[1:].tolist():
            if flat and high < 0.2 * wide:
                found.append(RulingLine(float(x), y + high / 2, float(x + wide), y + high / 2, True))
            elif not flat and wide < 0.2 * high:
                found.append(RulingLine(x + wide / 2, float(y), x + wide / 2, float(y + high), False))
    return found


def _parting(cv2: Any, ink: Any, angle: float) -> float:
    """How sharply ink and paper alternate from row to row after a turn."""
    rows = _turned(cv2, ink, angle, 0).sum(axis=1)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _turned(cv2: Any, plane: Any, angle: float, paper: int) -> Any:
    high, wide = plane.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1)
    return cv2.warpAffine(plane, matrix, (wide, high), borderValue=paper)
