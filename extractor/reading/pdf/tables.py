"""Ruled tables of a page: the only module that imports pdfplumber, whose way from edges to cells is used.

Comes in: the rules that a page draws and its runs of characters. Goes out: tables as rows of cells with their text,
and the runs that stand outside of them. Refuses frames: fewer than two rows or two columns, or no text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from extractor.reading.assemble import Box, Boxes, RawCell
from extractor.reading.pdf.characters import Run, run_of
from extractor.reading.pdf.drawing import RulingLine
from extractor.reading.pdf.open_tables import bare_grids, rule_grids, with_sides

# points: pdfplumber snaps and joins edges within 3 by default, and so do we
_NEAR = 3.0
# more rules and crossings on a page are a drawing or a map: cells are not sought, which takes their square
_MOST_RULES = 6000
_MOST_CROSSINGS = 20_000


@dataclass(slots=True)
class RuledTable:
    """A table on a page: its rectangle, rows of cells (positions to be set later), left edges of its columns,
    top and bottom of each row."""

    box: Box
    rows: list[tuple[RawCell, ...]]
    columns: tuple[float, ...]
    heights: list[tuple[float, float]]


def take_tables(rules: list[RulingLine], runs: list[Run]) -> tuple[list[RuledTable], list[Run]]:
    """Tables in order from the top, and the runs that are in none of them: drawn grids, then those that are open."""
    tables: list[RuledTable] = []
    rules = rules if len(rules) <= _MOST_RULES else []
    drawn = _drawn(rules)
    lines = [rule for rule in rules if not rule.shade]
    # what only shading parts may be a table of which every other row is shaded
    parted = [cells for cells in drawn if _has_lines(cells, lines)]
    shaded = [cells for cells in drawn if cells not in parted]
    ways: tuple[Callable[[list[Run]], list[list[Box]]], ...] = (
        lambda _: parted,
        lambda rest: rule_grids(lines, rest),
        bare_grids,
        lambda _: shaded,
    )
    for grids in ways:
        for cells in grids(runs):
            table, rest = _filled(cells, runs)
            if table is not None:
                tables.append(table)
                runs = rest
    return sorted(tables, key=lambda table: table.box[1]), runs


def _drawn(rules: list[RulingLine]) -> list[list[Box]]:
    flat = sum(rule.flat for rule in rules)
    # a grid of two by two cells has three rules each way; the outer two may be left out
    if flat < 3 or len(rules) - flat < 1:
        return []
    whole = with_sides(rules)
    return _grids(whole) if len(whole) - flat >= 3 else []


def _has_lines(cells: list[Box], lines: list[RulingLine]) -> bool:
    """True if a line stands between the columns of the grid, or at its sides."""
    x0, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    x1, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    return any(
        not line.flat
        and x0 - _NEAR <= line.x0 <= x1 + _NEAR
        and line.top < bottom - _NEAR
        and line.bottom > top + _NEAR
        for line in lines
    )


def _grids(rules: list[RulingLine]) -> list[list[Box]]:
    # half a second to load: only a page with a grid pays for it
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(rule) for rule in rules], _NEAR, _NEAR, _NEAR, _NEAR)
    crossings = edges_to_intersections(edges, _NEAR, _NEAR)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    return list(cells_to_tables(intersections_to_cells(crossings)))


def _edge(rule: RulingLine) -> dict[str, Any]:
    return {
        "x0": rule.x0,
        "x1": rule.x1,
        "top": rule.top,
        "bottom": rule.bottom,
        "width": rule.x1 - rule.x0,
        "height": rule.bottom - rule.top,
        "orientation": "h" if rule.flat else "v",
    }


def _steps(values: list[float]) -> list[float]:
    """Distinct positions: those nearer than the tolerance are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _filled(cells: list[Box], runs: list[Run]) -> tuple[RuledTable | None, list[Run]]:
    lefts, tops = _steps([cell[0] for cell in cells]), _steps([cell[1] for cell in cells])
    if len(lefts) < 2 or len(tops) < 2:
        return None, runs
    box = (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
    inside: dict[int, list[tuple[float, float, str, Box, float]]] = {}
    rest: list[Run] = []
    for run in runs:
        if run.base < box[1] or run.base > box[3] + run.size or run.x1 < box[0] or run.x0 > box[2]:
            rest.append(run)
        else:
            rest += _shared_out(run, cells, inside)
    if len(inside) < 2:
        return None, runs
    rows: list[tuple[RawCell, ...]] = []
    heights: list[tuple[float, float]] = []
    for row, top in enumerate(tops):
        found = []
        for index, cell in sorted(enumerate(cells), key=lambda pair: pair[1][0]):
            if abs(cell[1] - top) > _NEAR:
                continue
            text, boxes = _cell_text(inside.get(index, []))
            _, column = min((abs(left - cell[0]), at) for at, left in enumerate(lefts))
            across = sum(1 for left in lefts if cell[0] - _NEAR <= left < cell[2] - _NEAR)
            down = sum(1 for other in tops if cell[1] - _NEAR <= other < cell[3] - _NEAR)
            found.append(RawCell(text, 0, row, column, max(down, 1), max(across, 1), boxes))
        if found:
            rows.append(tuple(found))
            heights.append((top, tops[row + 1] if row + 1 < len(tops) else box[3]))
    return RuledTable(box, rows, tuple(lefts), heights), rest


def _shared_out(run: Run, cells: list[Box], inside: dict[int, list[tuple[float, float, str, Box, float]]]) -> list[Run]:
    """Put the characters of a run into cells; what stands in none is a run of its own."""
    left: list[int] = []
    for at, (char, box) in enumerate(zip(run.text, run.boxes.tolist(), strict=True)):
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for index, cell in enumerate(cells):
            if cell[0] <= x < cell[2] and cell[1] <= y < cell[3]:
                inside.setdefault(index, []).append((run.base, box[0], char, box, run.size))
                break
        else:
            left.append(at)
    if not left:
        return []
    text = "".join(run.text[at] for at in left)
    return [run_of(text, run.boxes[left].tolist(), run.base, run.size, red=run.red)] if text.strip() else []


def _cell_text(chars: list[tuple[float, float, str, Box, float]]) -> tuple[str, Boxes]:
    """Text of a cell, its lines broken by line feeds, with a rectangle per character."""
    lines: list[list[tuple[float, float, str, Box, float]]] = []
    for char in sorted(chars, key=lambda one: one[0]):
        if lines and char[0] - lines[-1][0][0] < 0.5 * char[4]:
            lines[-1].append(char)
        else:
            lines.append([char])
    text = ""
    boxes: list[Box] = []
    for line in lines:
        if text:
            text += "\n"
            boxes.append((0.0, 0.0, 0.0, 0.0))
        for _, _, letter, box, _ in sorted(line, key=lambda one: one[1]):
            text += letter
            boxes.append(box)
    return text, np.array(boxes, np.float32).reshape(-1, 4)
