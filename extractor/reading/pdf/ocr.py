"""Recognition of scanned pages: the only module that imports rapidocr (extra govreport[ocr]), whose weights lie in its package.

Comes in: a grey picture of a page and its pixels per point. Goes out: runs with a rectangle per character, the
confidence of each line, the rules drawn on the page: places on the page made straight. Results are kept by hash of the picture in the user's cache folder. GOVREPORT_OCR=0 turns
recognition off.
"""

import json
import os
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from extractor.reading.assemble import Box
from extractor.reading.pdf.characters import Run, run_of
from extractor.reading.pdf.drawing import RulingLine
from extractor.reading.pdf.ocr_repair import mend, widened
from extractor.reading.pdf.scan_image import rules_drawn, straightened

_DOUBTFUL = 0.9
# a run that scores lower is noise of the paper
_NOISE = 0.5
_LONG = 5
# size of the type in the frame that the engine draws around a short line
_OF_FRAME = 0.7
# lines of a page that stands on its head score 0.6, of a poor one above 0.9
_UPRIGHT = 0.8
# form of the cache: a new number for a change of what is kept or how it is found
_FORM = 2
_Page = tuple[list[tuple[str, list[Box], float]], list[tuple[float, float, float, float, bool]], float]


@dataclass(slots=True)
class Recognised:
    """Runs and rules of a page turned by `skew` degrees, the confidence of each (0 to 1), lines below 0.9, document numbers mended,
    brackets and stops made wide."""

    runs: list[Run] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    doubtful: int = 0
    mended: int = 0
    widened: int = 0
    rules: list[RulingLine] = field(default_factory=list)
    skew: float = 0.0


def available() -> bool:
    """True if the extra is installed and not turned off."""
    if os.environ.get("GOVREPORT_OCR") == "0":
        return False
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_picture(image: Any, scale: float) -> Recognised:
    """What stands in the picture; places in points of the page made straight."""
    found = Recognised()
    lines, rules, found.skew = _cached(image)
    found.rules = [RulingLine(a / scale, b / scale, c / scale, d / scale, flat) for a, b, c, d, flat in rules]
    for text, boxes, score in lines:
        if score < _NOISE or not text.strip() or len(boxes) != len(text):
            continue
        found.scores.append(score)
        found.doubtful += score < _DOUBTFUL
        whole, places, mended = mend(text, [(a / scale, b / scale, c / scale, d / scale) for a, b, c, d in boxes])
        found.mended += mended
        whole, changed = widened(whole)
        found.widened += len(changed)
        top, bottom = min(place[1] for place in places), max(place[3] for place in places)
        high = bottom - top
        wide = (places[-1][2] - places[0][0]) / max(sum(1 if char > "\u2e7f" else 0.5 for char in whole), 1)
        # the ink of two characters tells their width badly
        size = min(wide, high) if len(whole) >= _LONG else _OF_FRAME * high
        found.runs.append(run_of(whole, places, bottom - 0.15 * high, max(size, 1.0)))
    _even_sizes(found.runs)
    return found


def _even_sizes(runs: list[Run]) -> None:
    """Give runs of nearly one size the same size: measured on pixels, sizes of one type differ by a tenth, and the
    ink of two or three characters tells little."""
    long = sorted((run for run in runs if len(run.text) >= _LONG), key=lambda run: run.size)
    groups: list[list[Run]] = []
    for run in long:
        if groups and run.size <= 1.18 * groups[-1][0].size:
            groups[-1].append(run)
        else:
            groups.append([run])
    sizes = [group[len(group) // 2].size for group in groups]
    for group, size in zip(groups, sizes, strict=True):
        for run in group:
            run.size = size
    for run in runs:
        near = min((abs(size - run.size), size) for size in sizes)[1] if sizes else run.size
        if len(run.text) < _LONG and abs(near - run.size) < 0.4 * near:
            run.size = near


def _cached(image: Any) -> _Page:
    mark = f"{_FORM} {version('rapidocr')} {image.shape}".encode()
    place = _folder() / f"{sha256(mark + image.tobytes()).hexdigest()}.json"
    try:
        lines, rules, skew = json.loads(place.read_bytes())
        kept = [(str(text), [tuple(box) for box in boxes], float(score)) for text, boxes, score in lines]
        return kept, [tuple(rule) for rule in rules], float(skew)
    except (OSError, ValueError, TypeError):
        plane, skew = straightened(image[:, :, 0] if image.ndim == 3 else image)
    recognised = _recognised(plane)
    if recognised and sum(score for _, _, score in recognised) < _UPRIGHT * len(recognised):
        turned = plane[::-1, ::-1]
        other = _recognised(turned)
        if _worth(other) > _worth(recognised):
            plane, recognised, skew = turned, other, skew + 180
    rules = [(rule.x0, rule.top, rule.x1, rule.bottom, rule.flat) for rule in rules_drawn(plane)]
    found = (recognised, rules, skew)
    _keep(place, found)
    return found


def _worth(lines: list[tuple[str, list[Box], float]]) -> float:
    """How much is read, and how surely."""
    return sum(len(text) * score for text, _, score in lines)


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "govreport" / "ocr"


def _keep(place: Path, found: _Page) -> None:
    """Write the cache; a read-only home is no reason to fail."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as stream:
            json.dump(found, stream, ensure_ascii=False)
        Path(stream.name).replace(place)
    except OSError:
        return


@lru_cache(maxsize=1)
def _engine() -> Any:
    # two seconds and 300 MB: only a scan pays for it
    from rapidocr import RapidOCR

    # whether a line stands on its head is asked of the page: asked of short lines, two strokes of noise turn 上。 into °T
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


def _recognised(plane: Any) -> list[tuple[str, list[Box], float]]:
    import numpy

    result = _engine()(numpy.stack([plane] * 3, axis=-1), return_word_box=True, return_single_char_box=True)
    if result is None or result.txts is None:
        return []
    found: list[tuple[str, list[Box], float]] = []
    words = result.word_results or [()] * len(result.txts)
    for text, score, corners, parts in zip(result.txts, result.scores, result.boxes, words, strict=True):
        xs, ys = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
        line: Box = (min(xs), min(ys), max(xs), max(ys))
        found.append((text, _spread(text, line, parts), round(float(score), 4)))
    return found


def _spread(text: str, line: Box, parts: Any) -> list[Box]:
    """A rectangle per character: of the engine where it tells them, else by share of the width."""
    boxes: list[Box] = []
    for part in parts or ():
        word, _, corners = part
        xs = [float(corner[0]) for corner in corners]
        x0, step = min(xs), (max(xs) - min(xs)) / max(len(word), 1)
        boxes += [(x0 + at * step, line[1], x0 + (at + 1) * step, line[3]) for at in range(len(word))]
    if len(boxes) == len(text) and boxes == sorted(boxes):
        return [(max(line[0], a), b, min(line[2], c), d) for a, b, c, d in boxes]
    weights = [1.0 if char > "\u2e7f" else 0.5 for char in text]
    unit = (line[2] - line[0]) / max(sum(weights), 0.5)
    boxes, x = [], line[0]
    for weight in weights:
        boxes.append((x, line[1], x + weight * unit, line[3]))
        x += weight * unit
    return boxes
