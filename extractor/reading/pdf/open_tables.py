"""Tables whose grid is not all drawn: open at the sides, three rules, or none at all.

Comes in: the rules of a page and its runs. Goes out: the sides that are missing, or grids of cells made of the rows of
text and of the gaps that run down between columns. Refuses prose, lists and anything without rows of figures.
"""

from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extractor.reading.assemble import Box
from extractor.reading.columns import has_figure, is_figure, is_head
from extractor.reading.pdf.characters import Run
from extractor.reading.pdf.drawing import RulingLine

_NEAR = 3.0
_LEAST_WIDTH = 60.0
_MOST_RULES = 2000
# between columns, in sizes of the letters
_GAP = 0.6
_WIDE_GAP = 1.5
_SAME_LINE = 0.5
# longer cells are prose
_LONGEST = 30
_FEWEST_ROWS = 2
_MOST_COLUMNS = 30
_base, _left = attrgetter("base"), attrgetter("x0")


@dataclass(slots=True)
class _Chunk:
    """Characters that stand together on a line."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class _Level:
    """Flat rules at one height, as far as they touch."""

    x0: float
    x1: float
    y: float


def with_sides(rules: list[RulingLine]) -> list[RulingLine]:
    """The rules, and the outer sides of tables that draw only the rules between their columns."""
    upright = [rule for rule in rules if not rule.flat]
    made: list[RulingLine] = []
    for stack in _stacks(rules):
        for first, last in _divided(stack, upright):
            for x in (first.x0, first.x1):
                if not any(
                    abs(rule.x0 - x) <= _NEAR and rule.top < last.y and rule.bottom > first.y for rule in upright
                ):
                    made.append(RulingLine(x, first.y, x, last.y, False))
    return [*rules, *made]


def _stacks(rules: list[RulingLine]) -> list[list[_Level]]:
    """Flat rules of one length under each other, from the top."""
    levels: list[_Level] = []
    for rule in sorted(
        (rule for rule in rules[:_MOST_RULES] if rule.flat), key=lambda rule: (round(rule.top), rule.x0)
    ):
        last = levels[-1] if levels else None
        if last is not None and abs(last.y - rule.top) <= _NEAR and rule.x0 <= last.x1 + _NEAR:
            levels[-1] = _Level(last.x0, max(last.x1, rule.x1), last.y)
        else:
            levels.append(_Level(rule.x0, rule.x1, rule.top))
    stacks: list[list[_Level]] = []
    for level in levels:
        same = next((s for s in stacks if abs(s[0].x0 - level.x0) <= _NEAR and abs(s[0].x1 - level.x1) <= _NEAR), None)
        if level.x1 - level.x0 < _LEAST_WIDTH:
            continue
        if same is None:
            stacks.append([level])
        elif level.y - same[-1].y > _NEAR:
            same.append(level)
    return [stack for stack in stacks if len(stack) > 1]


def _divided(stack: list[_Level], upright: list[RulingLine]) -> list[tuple[_Level, _Level]]:
    """Stretches of a stack in which rules stand between columns: first and last level of each."""
    found: list[tuple[_Level, _Level]] = []
    for upper, lower in pairwise(stack):
        middle = (upper.y + lower.y) / 2
        if not any(
            upper.x0 + _NEAR < rule.x0 < upper.x1 - _NEAR and rule.top <= middle <= rule.bottom for rule in upright
        ):
            continue
        if found and found[-1][1] is upper:
            found[-1] = (found[-1][0], lower)
        else:
            found.append((upper, lower))
    return found


def rule_grids(rules: list[RulingLine], runs: list[Run]) -> list[list[Box]]:
    """Grids of tables that have flat rules only: one above, one below, one under the head (three-line tables), or
    between all rows."""
    upright = [rule for rule in rules if not rule.flat]
    found = []
    for stack in _stacks(rules):
        if len(stack) < 3 or _divided(stack, upright):
            continue
        x0, x1 = stack[0].x0 - _NEAR, stack[0].x1 + _NEAR
        inside = _rows([run for run in runs if run.x0 >= x0 and run.x1 <= x1 and stack[0].y < run.base < stack[-1].y])
        head = [row for row in inside if row[0].bottom <= stack[1].y + _NEAR]
        body = inside[len(head) :]
        cells = _cells([head] if head else [], body, (x0, stack[0].y, x1, stack[-1].y), 2)
        if cells:
            found.append(cells)
    return found


def bare_grids(runs: list[Run]) -> list[list[Box]]:
    """Grids of tables without any rule: a head and rows of figures in at least three columns that are apart."""
    found: list[list[Box]] = []
    stretch: list[list[_Chunk]] = []
    for line in _on_lines(runs):
        # most lines are one run, which is no row of a table
        row = _chunks(line) if len(line) > 2 else []
        apart = len(row) > 2 and _apart(row)
        if apart and (not stretch or row[0].bottom - stretch[-1][0].bottom < 3.5 * row[0].size):
            stretch.append(row)
            continue
        found += _bare(stretch)
        stretch = [row] if apart else []
    return found + _bare(stretch)


def _bare(stretch: list[list[_Chunk]]) -> list[list[Box]]:
    if len(stretch) < 1 + _FEWEST_ROWS:
        return []
    x0, x1 = min(row[0].x0 for row in stretch) - 1, max(row[-1].x1 for row in stretch) + 1
    head, body = stretch[:1], stretch[1:]
    if not is_head([chunk.text for chunk in head[0][1:]]):
        return []
    box = (x0, min(c.top for c in head[0]) - 1, x1, max(c.bottom for c in body[-1]) + 1)
    cells = _cells([head], body, box, 3)
    return [cells] if cells else []


def _apart(row: list[_Chunk]) -> bool:
    return all(b.x0 - a.x1 >= _WIDE_GAP * a.size for a, b in pairwise(row))


def _rows(runs: list[Run]) -> list[list[_Chunk]]:
    """Chunks on one baseline, from top to bottom."""
    return [_chunks(line) for line in _on_lines(runs)]


def _on_lines(runs: list[Run]) -> list[list[Run]]:
    """Runs on one baseline, from top to bottom."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=_base):
        if lines and run.base - lines[-1][-1].base < _SAME_LINE * max(run.size, lines[-1][-1].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _chunks(line: list[Run]) -> list[_Chunk]:
    found: list[_Chunk] = []
    for run in sorted(line, key=_left):
        # a space between two words of a table may stand for the rule
        last = found[-1] if found else None
        if last is not None and run.x0 - last.x1 < _GAP * max(run.size, last.size):
            found[-1] = _Chunk(
                last.x0, max(last.x1, run.x1), min(last.top, run.top), max(last.bottom, run.bottom),
                max(last.size, run.size), last.text + run.text,
            )  # fmt: skip
        else:
            found.append(_Chunk(run.x0, run.x1, run.top, run.bottom, run.size, run.text))
    return found


def _cells(head: list[list[list[_Chunk]]], body: list[list[_Chunk]], box: Box, least: int) -> list[Box]:
    """The grid: each part of `head` is one row, the lines of the body are rows of their own, but for one that goes on
    a cell of the line above it. None without columns of figures."""
    rows = _joined(body)
    if len(rows) < _FEWEST_ROWS:
        return []
    columns = _covered([chunk for row in rows for line in row for chunk in line])
    for line in [line for part in head for line in part]:
        columns = _under(columns, line)
    edges = [box[0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), box[2]]
    if not least <= len(edges) - 1 <= _MOST_COLUMNS or not _of_figures(rows, edges):
        return []
    whole = [line for part in head for line in part]
    # words that are broken in the head make one row of it; where some stand over several columns, each line is a row
    spread = any(len(_across(edges, line, absorb=True)) < len(edges) - 1 for line in whole)
    heads = [[line] for line in whole] if spread else [whole] * bool(whole)
    parts = [*heads, *rows]
    tops = [box[1]]
    for above, below in pairwise(parts):
        tops.append((max(c.bottom for line in above for c in line) + min(c.top for line in below for c in line)) / 2)
    tops.append(box[3])
    cells: list[Box] = []
    for at, (part, top, bottom) in enumerate(zip(parts, tops, tops[1:], strict=False)):
        chunks = [chunk for line in part for chunk in line]
        cells += [(a, top, b, bottom) for a, b in _across(edges, chunks, absorb=at < len(heads))]
    return cells


def _joined(body: list[list[_Chunk]]) -> list[list[list[_Chunk]]]:
    """Rows of the body, each of one or more lines."""
    steps = sorted(b[0].bottom - a[0].bottom for a, b in pairwise(body))
    usual = steps[len(steps) // 2] if steps else 0.0
    rows: list[list[list[_Chunk]]] = []
    for line in body:
        above = rows[-1][-1] if rows else None
        if above is not None and len(line) == 1 and not has_figure(line[0].text):
            step = line[0].bottom - above[0].bottom
            if step < 0.85 * usual and any(abs(line[0].x0 - chunk.x0) < chunk.size for chunk in above):
                rows[-1].append(line)
                continue
        rows.append([line])
    return rows


def _covered(chunks: list[_Chunk]) -> list[tuple[float, float]]:
    """Left and right of each column: what chunks cover between the gaps that run down all rows."""
    found: list[tuple[float, float]] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.x0):
        if found and chunk.x0 - found[-1][1] < _GAP * chunk.size:
            found[-1] = (found[-1][0], max(found[-1][1], chunk.x1))
        else:
            found.append((chunk.x0, chunk.x1))
    return found


def _under(columns: list[tuple[float, float]], head: list[_Chunk]) -> list[tuple[float, float]]:
    """The columns, as wide as their words in the head where each has one: figures may stand at the left and words in
    the middle. Other heads stand over several columns."""
    if len(head) != len(columns):
        return columns
    wider = [(min(a, chunk.x0), max(b, chunk.x1)) for (a, b), chunk in zip(columns, head, strict=True)]
    return wider if all(one[1] < other[0] for one, other in pairwise(wider)) else columns


def _of_figures(rows: list[list[list[_Chunk]]], edges: list[float]) -> bool:
    """True if the cells behind the first column are short and most of them figures, in most rows."""
    counted = 0
    for row in rows:
        chunks = [chunk for line in row for chunk in line]
        if any(len(chunk.text) > _LONGEST for chunk in chunks):
            return False
        others = [chunk for chunk in chunks if chunk.x0 >= edges[1] - _NEAR]
        figures = sum(is_figure(c.text) for c in others)
        counted += bool(others) and 2 * figures >= len(others)
    return counted >= max(_FEWEST_ROWS, 0.6 * len(rows))


def _across(edges: list[float], chunks: list[_Chunk], *, absorb: bool) -> list[tuple[float, float]]:
    """Left and right of the cells of a row: a chunk that lies over an edge between columns joins them; `absorb`: with
    it those beside that have no words (of a head in the middle over its columns)."""
    joined = {
        at
        for at, edge in enumerate(edges[1:-1], 1)
        if any(chunk.x0 < edge - _NEAR and chunk.x1 > edge + _NEAR for chunk in chunks)
    }
    for at in (*range(1, len(edges) - 1), *range(len(edges) - 2, 0, -1)) if absorb else ():
        before = at - 1 in joined and not _has_words(edges[at], edges[at + 1], chunks)
        after = at + 1 in joined and not _has_words(edges[at - 1], edges[at], chunks)
        if before or after:
            joined.add(at)
    kept = [edge for at, edge in enumerate(edges) if at not in joined]
    return list(pairwise(kept))


def _has_words(left: float, right: float, chunks: list[_Chunk]) -> bool:
    return any(left <= (chunk.x0 + chunk.x1) / 2 < right for chunk in chunks)
