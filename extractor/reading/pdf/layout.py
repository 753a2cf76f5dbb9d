"""Layout over all pages: lines in reading order → what is text, what is furniture, which lines go on.

Comes in: Line objects page by page. Goes out: the same without running heads, page numbers and letterheads (given
back apart, for the record), notes moved out of running sentences.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

import regex
from rapidfuzz import fuzz

from extractor.reading.layout import cuts_sentence
from extractor.reading.pdf.characters import Run
from extractor.reading.pdf.reading_order import Line

_PAGE_NUMBER = regex.compile(
    r"^[\s\-—–―‒－·•.]*(?:(?:第\s*)?[0-9０-９]{1,4}(?:\s*/\s*[0-9]{1,4})?(?:\s*页)?(?:\s*[,，/]?\s*共\s*[0-9]+\s*页)?"
    r"|第\s*[一二三四五六七八九十]{1,3}\s*页|Page\s*[0-9]+(?:\s*of\s*[0-9]+)?)[\s\-—–―‒－·•.]*$"
)
_EDGE = 0.11
_LEAST_WIDTH = 0.85
# one character in ten misread, in points: the baseline of a recognised head moves by so much
_ALIKE, _SAME_PLACE = 90, 4
_PROSE = 9
_PROOF = 3
_ENDS = frozenset("。！？；：:")
_MARKER = regex.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、]|第[一二三四五六七八九十]{1,3}(?:部分|章))"
)
# an item that counts on from the one before opens a line, though the line before ends in no mark
_ITEM = regex.compile(r"^\s*(?:(?P<point>[0-9]{1,2})[.．、](?![0-9])|[（(](?P<bracket>[0-9]{1,2})[）)])")
_UNIT = regex.compile(r"[!-~]+|[《“（〔「]*.[，。、；：！？》”）〕」％…]*")
_NUMBER_OF_FILE = regex.compile(r"[〔\[【(（][12][0-9]{3}[〕\]】)）]\s*第?\s*[0-9]+\s*号")
_NOTE = regex.compile(
    r"^\s*(?:[①-⑳]|[\[〔［][0-9]{1,2}[\]〕］]|[*＊※]|注\s*[:：0-9]|[0-9]{1,2}\s*(?![0-9.．、%，,年月日]))"
)
_ORNAMENT = regex.compile(r"^[\s★☆—－\-_]*[★☆][\s★☆—－\-_]*$")


@dataclass(slots=True)
class Furniture:
    """Lines left out, by reason, and the authority that the letterhead names."""

    lines: list[Line] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    issuer: str | None = None

    def take(self, line: Line, reason: str) -> None:
        """Put a line aside."""
        self.lines.append(line)
        self.counts[reason] += 1


def near_edge(runs: list[Run], height: float) -> list[Run]:
    """Runs of which rows at the edge of the page may be made."""
    return [run for run in runs if not 2 * _EDGE * height <= run.base <= (1 - 2 * _EDGE) * height]


def running_heads(rows: list[Line], sizes: list[tuple[float, float]], recognised: Collection[int] = ()) -> list[Line]:
    """Of rows near the edge: page numbers, and what stands at the same edge of a third of the pages, at least two; on
    the pages that were `recognised` also what stands in the place of such a head and reads nearly like it."""
    edge = [row for row in rows if _at_edge(row, sizes)]
    keys = Counter(key for key, _ in {(_key(row, sizes), row.page) for row in edge})
    least = max(2, len(sizes) // 3)
    heads = [row for row in edge if _PAGE_NUMBER.match(row.text) or keys[_key(row, sizes)] >= least]
    proven = {(_key(row, sizes), round(row.base)) for row in heads}
    known = {id(row) for row in heads}
    rest = [row for row in edge if row.page in recognised and id(row) not in known]
    return heads + [row for row in rest if _misread(row, proven, sizes)]


def without_letterhead(lines: list[Line], sizes: list[tuple[float, float]], furniture: Furniture) -> list[Line]:
    """Without 发文机关标志 of the first page and its stars; the authority is kept in `furniture.issuer`."""
    body = body_size(lines)
    kept = []
    for at, line in enumerate(lines):
        if line.page > 1 or line.cells or line.frame or line.top > 0.45 * sizes[0][1]:
            kept.append(line)
            continue
        name = regex.sub(r"\s", "", line.text)
        large = line.size > 1.4 * body
        numbered = any(_NUMBER_OF_FILE.search(other.text) for other in lines[at + 1 : at + 4] if other.page == 1)
        if _ORNAMENT.match(line.text):
            furniture.take(line, "ornament")
        elif (name.endswith("文件") and len(name) > 4 and (line.red or large)) or (line.red and large and numbered):
            furniture.take(line, "letterhead")
            furniture.issuer = furniture.issuer or name.removesuffix("文件")
        else:
            kept.append(line)
    return kept


def body_size(lines: list[Line]) -> float:
    """Size in which most characters are set."""
    exact: dict[float, int] = {}
    for line in lines:
        exact[line.size] = exact.get(line.size, 0) + len(line.text)
    sizes: Counter[float] = Counter()
    for size, count in exact.items():
        sizes[round(size, 1)] += count
    return sizes.most_common(1)[0][0] if sizes else 12.0


def notes_of(lines: list[Line], sizes: list[tuple[float, float]]) -> list[Line]:
    """Footnotes: small lines at the foot of a page of which the first bears a mark."""
    body = body_size(lines)
    notes: list[Line] = []
    for number, of_page in _by_page(lines).items():
        height = sizes[number - 1][1]
        if not any(line.size <= 0.9 * body for line in of_page):
            continue
        tail: list[Line] = []
        page = sorted((line for line in of_page if not line.frame), key=attrgetter("base"))
        while page and not page[-1].cells and page[-1].size <= 0.9 * body and page[-1].top > 0.5 * height:
            tail.insert(0, page.pop())
        while tail and not _NOTE.match(tail[0].text):
            tail.pop(0)
        if page:
            notes += tail
    return notes


def _by_page(lines: list[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in sorted(lines, key=attrgetter("page")):
        found.setdefault(line.page, []).append(line)
    return found


def with_notes(lines: list[Line], notes: list[Line], joins: "Joins") -> list[tuple[Line, bool]]:
    """Lines and whether each goes on; the notes of a page stand at its last paragraph break."""
    found: list[tuple[Line, bool]] = []
    waiting: list[Line] = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        goes_on = following is not None and joins.goes_on(line, following)
        found.append((line, goes_on))
        if following is None or following.page != line.page:
            last = following.page - 1 if following is not None else joins.pages
            waiting += [note for note in notes if line.page <= note.page <= last]
            _place(found, waiting, joins, line.page)
    return found


def _place(found: list[tuple[Line, bool]], waiting: list[Line], joins: "Joins", page: int) -> None:
    """Put waiting notes behind the last paragraph that ends on the page, if there is one."""
    at = len(found)
    while at > 0 and found[at - 1][1]:
        at -= 1
    if not waiting or at == 0 or (found[at - 1][0].page < page and at < len(found)):
        return
    pairs = [
        (note, index + 1 < len(waiting) and joins.note_goes_on(waiting[index + 1]))
        for index, note in enumerate(waiting)
    ]
    found[at:at] = pairs
    waiting.clear()


class Joins:
    """Which lines go on: by right margin, indent, leading and size."""

    def __init__(self, lines: list[Line], sizes: list[tuple[float, float]]) -> None:
        self.pages = len(sizes)
        self.sizes = sizes
        own = [line for line in lines if not line.cells and line.right is None]
        self.margins: dict[int, tuple[float, float, bool]] = {}
        size = body_size(lines)
        self.all = _margins(own, size)
        for page, same in _by_page(own).items():
            if len(same) >= 6:
                self.margins[page] = _margins(same, size)
        gaps = [
            after.base - before.base
            for before, after in pairwise(lines)
            if before.page == after.page
            and before.frame == after.frame
            and not before.cells
            and not after.cells
            and after.base > before.base
        ]
        self.leading = Counter(round(gap) for gap in gaps).most_common(1)[0][0] if gaps else 0
        self.items = _items(lines)

    def note_goes_on(self, following: Line) -> bool:
        """A note ends where the next one has a mark."""
        return not _NOTE.match(following.text)

    def goes_on(self, line: Line, following: Line) -> bool:
        """True if the paragraph goes on in the next line."""
        if (
            line.cells
            or following.cells
            or line.frame != following.frame
            or abs(line.size - following.size) > 0.15 * line.size
        ):
            return False
        if (following.page, following.base, following.x0) in self.items:
            return False
        gap = following.base - line.base
        if following.page == line.page and gap > 0 and self.leading and gap > 1.5 * max(self.leading, line.size):
            return False
        _, right = self.edges(line)
        left, _ = self.edges(following)
        if following.x0 > left + 1.2 * line.size:
            return False
        unit = _UNIT.match(following.text)
        kept = float(following.boxes[unit.end() - 1, 2]) - following.x0 if unit and unit.end() else line.size
        if line.x1 + kept < right - 1.2 * line.size:
            # lines of as many letters each are not as wide: there only the words tell
            return len(line.text) > _PROSE and cuts_sentence(line.text, following.text)
        return not (_MARKER.match(following.text) and line.text[-1:] in _ENDS)

    def edges(self, line: Line) -> tuple[float, float]:
        """Margins of the line's column, or of its page."""
        if line.left is not None and line.right is not None:
            return line.left, line.right
        left, right, proven = self.margins.get(line.page, self.all)
        # where no line was broken none is full: the margin on the right is much like that on the left
        return left, right if proven else max(right, _LEAST_WIDTH * self.sizes[line.page - 1][0] - left)


def _items(lines: list[Line]) -> set[tuple[int, float, float]]:
    """Page, base and left edge of the lines that open the second or a later item of a list (2. behind 1.), at the
    left edge of the item before."""
    found: set[tuple[int, float, float]] = set()
    last: dict[str, tuple[int, float]] = {}
    for line in lines:
        marker = _ITEM.match(line.text)
        if marker is None or marker.lastgroup is None:
            continue
        number, (before, left) = int(marker[marker.lastgroup]), last.get(marker.lastgroup, (0, line.x0))
        if number > 1 and number == before + 1 and abs(line.x0 - left) < line.size:
            found.add((line.page, line.base, line.x0))
        last[marker.lastgroup] = (number, line.x0)
    return found


def _margins(lines: list[Line], size: float) -> tuple[float, float, bool]:
    """Left and right margin; True if at least three lines were plainly broken at the right one."""
    body = [line for line in lines if abs(line.size - size) <= 0.1 * size] or lines
    lefts = Counter(round(line.x0) for line in body)
    shared = [left for left, count in lefts.items() if count > 1] or list(lefts)
    # a stop may hang over the margin: lines that end in a letter tell where it is
    right = max([line.x1 for line in body if line.text[-1:].isalnum()] or [line.x1 for line in body], default=0.0)
    broken = [
        line
        for line in body
        if line.x1 > right - 2 * size
        and line.x1 - line.x0 > _PROSE * size
        and " " not in line.text
        and line.text[-1:] not in _ENDS
    ]
    return float(min(shared, default=0)), right, len(broken) >= _PROOF


def _key(row: Line, sizes: list[tuple[float, float]]) -> tuple[str, bool]:
    return regex.sub(r"[0-9]+", "0", row.text), row.top < sizes[row.page - 1][1] / 2


def _misread(row: Line, heads: Collection[tuple[tuple[str, bool], int]], sizes: list[tuple[float, float]]) -> bool:
    """True if the row stands where one of the heads stands and differs from it by a few characters."""
    text, upper = _key(row, sizes)
    return any(
        upper == side and abs(base - row.base) <= _SAME_PLACE and fuzz.ratio(text, head) >= _ALIKE
        for (head, side), base in heads
    )


def _at_edge(row: Line, sizes: list[tuple[float, float]]) -> bool:
    height = sizes[row.page - 1][1]
    return row.bottom < _EDGE * height or row.top > (1 - _EDGE) * height
