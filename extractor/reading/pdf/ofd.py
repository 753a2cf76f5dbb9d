"""OFD (GB/T 33190, the national document format): its pages → the same runs and rules as a PDF's.

Comes in: bytes. Goes out: PageContent objects, in points from the top left. Text stands in the file as characters with
their places, so that no font is needed, embedded or not; what a template draws stands under its page. Seals, signatures
and annotations are left out, as in a PDF. Refuses what is damaged, locked, beyond the bound, or declares a document type.
"""

import posixpath
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from extractor.datamodel.document import SourceFile
from extractor.errors import DamagedFile, EncryptedFile, NoPages, TooLarge
from extractor.reading.pdf.characters import Run, run_of
from extractor.reading.pdf.drawing import Matrix, RulingLine, moved
from extractor.reading.pdf.pages import PageContent

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_POINTS = 72 / 25.4
_XML_LIMIT = 64 * 1024 * 1024
_TAG_LIMIT = 1_000_000
_PAGE_LIMIT = 2000
# tags of a page's entry, of a template, and the like, in the part that lists the pages
_LIST_LIMIT = 20 * _PAGE_LIMIT
_A4 = (0.0, 0.0, 210.0, 297.0)
_STRAIGHT, _SHORTEST = 1.5, 2.0
_ASCENT = 0.88
_HALF_WIDTH = 0.5
_REMEDY = "fetch it again, or export it as PDF"
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def pages_of_ofd(source: SourceFile, data: bytes) -> list[PageContent]:
    """The pages of the file's first document; raises DamagedFile, EncryptedFile, NoPages, TooLarge."""
    parts = _Parts(source, data)
    root = parts.xml("OFD.xml")
    main = _text(_first(root, "DocRoot")).lstrip("/")
    if not main:
        raise DamagedFile("the OFD names no document", where=source.path, remedy=_REMEDY)
    document, folder = parts.xml(main, _LIST_LIMIT), posixpath.dirname(main)
    size = _numbers(_text(_first(document, "PhysicalBox")), 4) or _A4
    templates = {
        template.get("ID", ""): posixpath.join(folder, template.get("BaseLoc", ""))
        for template in _all(document, "TemplatePage")
    }
    pages = [page.get("BaseLoc", "") for page in _all(_first(document, "Pages"), "Page")]
    if not pages:
        raise NoPages("an OFD without pages", where=source.path, remedy=_REMEDY)
    if len(pages) > _PAGE_LIMIT:
        raise TooLarge(f"above {_PAGE_LIMIT} pages", where=source.path, remedy="split the document")
    return [_page(parts, number, posixpath.join(folder, name), size, templates) for number, name in enumerate(pages, 1)]


class _Parts:
    """The zip, its parts as XML, within bounds."""

    def __init__(self, source: SourceFile, data: bytes) -> None:
        self.source = source
        self.left, self.tags = _XML_LIMIT, 0
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
            self.names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self.zip.namelist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as fault:
            raise self.damaged(f"the OFD cannot be opened ({type(fault).__name__})") from fault

    def damaged(self, what: str) -> DamagedFile:
        return DamagedFile(what, where=self.source.path, remedy=_REMEDY)

    def xml(self, name: str, most_tags: int = _TAG_LIMIT) -> "Element":
        """A part's root; raises DamagedFile if it is missing or broken, TooLarge."""
        entry = self.names.get(posixpath.normpath(name).lstrip("/").lower())
        if entry is None:
            raise self.damaged(f"{name or 'a part'} is not in the OFD")
        try:
            if self.zip.getinfo(entry).flag_bits & 0x1:
                raise EncryptedFile(
                    "the OFD asks for a password", where=self.source.path, remedy="save it without a password"
                )
            with self.zip.open(entry) as stream:
                data = stream.read(self.left + 1)
        except EncryptedFile:
            raise
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
            raise self.damaged(f"{name} cannot be unpacked ({type(fault).__name__})") from fault
        except Exception as fault:
            # lzma and bz2 raise errors of their own
            raise self.damaged(f"{name} cannot be unpacked ({type(fault).__name__})") from fault
        self.left -= len(data)
        self.tags += data.count(b"<")
        if self.left < 0 or self.tags > _TAG_LIMIT or data.count(b"<") > most_tags:
            raise TooLarge("more than the limit when unpacked", where=self.source.path, remedy="split the document")
        if b"<!DOCTYPE" in data or b"<!\x00D\x00" in data or b"<!ENTITY" in data:
            raise self.damaged(f"{name} declares a document type, which OFD files never do")
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as fault:
            raise self.damaged(f"{name} is no XML ({type(fault).__name__})") from fault


def _local(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: "Element | None", name: str) -> "list[Element]":
    return [] if element is None else [one for one in element.iter() if _local(one) == name]


def _first(element: "Element | None", name: str) -> "Element | None":
    return next(iter(_all(element, name)), None)


def _text(element: "Element | None") -> str:
    return "" if element is None else (element.text or "").strip()


def _numbers(text: str, count: int) -> "tuple[float, ...] | None":
    """So many numbers, apart by spaces; None for anything else."""
    try:
        found = tuple(float(part) for part in text.split())
    except ValueError:
        return None
    return found if len(found) == count and all(abs(one) < 1e6 for one in found) else None


def _page(parts: _Parts, number: int, name: str, size: tuple[float, ...], templates: dict[str, str]) -> PageContent:
    try:
        root = parts.xml(name)
    except DamagedFile:
        return PageContent(number, size[2] * _POINTS, size[3] * _POINTS, failed=True)
    box = _numbers(_text(_first(root, "PhysicalBox")), 4) or size
    content = PageContent(number, box[2] * _POINTS, box[3] * _POINTS)
    for template in _all(root, "Template"):
        under = templates.get(template.get("TemplateID", ""))
        if under:
            with suppress(DamagedFile):
                _draw(parts.xml(under), content)
    _draw(root, content)
    content.picture = not content.runs and bool(_all(root, "ImageObject"))
    return content


def _draw(root: "Element", content: PageContent) -> None:
    for item in _first_content(root):
        kind = _local(item)
        if kind == "TextObject" and item.get("Visible") != "false" and item.get("Alpha") != "0":
            content.runs += _runs(item, content)
        elif kind == "PathObject" and item.get("Visible") != "false":
            content.rules += _rules(item)


def _first_content(root: "Element") -> "list[Element]":
    return [one for part in _all(root, "Content") for one in part.iter()]


def _placed(item: "Element") -> tuple[Matrix, float, float]:
    """The way from an object's space to the page's, and where its box begins."""
    box = _numbers(item.get("Boundary", ""), 4) or (0.0, 0.0, 0.0, 0.0)
    made = _numbers(item.get("CTM", ""), 6)
    matrix: Matrix = _SAME if made is None else (made[0], made[1], made[2], made[3], made[4], made[5])
    return matrix, box[0], box[1]


def _runs(item: "Element", content: PageContent) -> list[Run]:
    """A run for each piece of text; what stands slanted is counted, as in a PDF."""
    matrix, left, top = _placed(item)
    try:
        size = float(item.get("Size", "0"))
    except ValueError:
        return []
    across, slant = abs(matrix[0]), abs(matrix[1])
    runs = []
    for code in (one for one in item if _local(one) == "TextCode"):
        text = code.text or ""
        if not text.strip() or not 0.1 < size * max(across, abs(matrix[3])) < 500:
            continue
        if slant > 0.2 * max(across, 1e-6):
            content.strayed += sum(not char.isspace() for char in text)
            continue
        boxes = []
        xs, ys = _steps(code, text, size)
        for char, x, y in zip(text, xs, ys, strict=True):
            wide = size if char >= "\u2000" else size * _HALF_WIDTH
            x0, base = moved(x, y, matrix)
            x1, _ = moved(x + wide, y, matrix)
            high = size * abs(matrix[3])
            boxes.append(((left + x0) * _POINTS, (top + base - _ASCENT * high) * _POINTS,
                          (left + x1) * _POINTS, (top + base + (1 - _ASCENT) * high) * _POINTS))  # fmt: skip
        runs += _cut(text, boxes, size * abs(matrix[3]) * _POINTS)
    return runs


def _steps(code: "Element", text: str, size: float) -> tuple[list[float], list[float]]:
    """Where each character begins: from the first place on by the steps that are told (`g 3 5` is three times 5)."""
    made = []
    for axis, usual in (("X", size), ("Y", 0.0)):
        try:
            at = float(code.get(axis, "0"))
        except ValueError:
            at = 0.0
        steps = _deltas(code.get(f"Delta{axis}", ""), len(text))
        places = [at]
        for index, char in enumerate(text[:-1]):
            step = steps[index] if index < len(steps) else usual if axis == "Y" or char >= "\u2000" else usual / 2
            at += step
            places.append(at)
        made.append(places)
    return made[0], made[1]


def _deltas(text: str, most: int) -> list[float]:
    """
    >>> _deltas("g 3 5 2.5", 9)
    [5.0, 5.0, 5.0, 2.5]
    """
    found: list[float] = []
    parts = iter(text.split())
    try:
        for part in parts:
            if part == "g":
                count, step = int(next(parts)), float(next(parts))
                found += [step] * min(max(count, 0), most)
            else:
                found.append(float(part))
            if len(found) >= most:
                break
    except (ValueError, StopIteration):
        return found
    return [one if abs(one) < 1e5 else 0.0 for one in found]


def _cut(text: str, boxes: list[tuple[float, float, float, float]], size: float) -> list[Run]:
    """Runs of what stands on one baseline without a wide gap."""
    found: list[Run] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text):
            gap, rise = boxes[at][0] - boxes[at - 1][2], boxes[at][3] - boxes[at - 1][3]
            if -0.6 * size < gap < size and abs(rise) < 0.08 * size:
                # characters are as wide as the step to the next
                boxes[at - 1] = (*boxes[at - 1][:2], max(boxes[at][0], boxes[at - 1][0]), boxes[at - 1][3])
                continue
        whole = text[start:at]
        bare = whole.strip()
        if bare:
            first = start + whole.index(bare)
            part = boxes[first : first + len(bare)]
            found.append(run_of(bare, part, part[0][3] - (1 - _ASCENT) * size, size))
        start = at
    return found


def _rules(item: "Element") -> list[RulingLine]:
    """Flat and upright edges of a path that is drawn by lines, and thin areas."""
    matrix, left, top = _placed(item)
    data = _text(_first(item, "AbbreviatedData")).split()
    rules: list[RulingLine] = []
    points: list[tuple[float, float]] = []
    at = 0
    while at < len(data):
        word = data[at]
        pair = _numbers(" ".join(data[at + 1 : at + 3]), 2) if word in "MLS" else None
        if pair is not None:
            x, y = moved(pair[0], pair[1], matrix)
            point = ((left + x) * _POINTS, (top + y) * _POINTS)
            if word == "L" and points:
                rules += _edge(points[-1], point)
            points = [*points, point] if word == "L" else [point]
            at += 3
            continue
        if word == "C" and len(points) > 2:
            rules += _edge(points[-1], points[0])
        at += 1
    filled, stroked = item.get("Fill") == "true", item.get("Stroke") != "false"
    if filled and not stroked and rules:
        xs, ys = [one for r in rules for one in (r.x0, r.x1)], [one for r in rules for one in (r.top, r.bottom)]
        if min(max(xs) - min(xs), max(ys) - min(ys)) > 3.0:
            return []
    return rules


def _edge(one: tuple[float, float], other: tuple[float, float]) -> list[RulingLine]:
    x0, x1 = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    if bottom - top <= _STRAIGHT and x1 - x0 >= _SHORTEST:
        return [RulingLine(x0, (top + bottom) / 2, x1, (top + bottom) / 2, True)]
    if x1 - x0 <= _STRAIGHT and bottom - top >= _SHORTEST:
        return [RulingLine((x0 + x1) / 2, top, (x0 + x1) / 2, bottom, False)]
    return []
