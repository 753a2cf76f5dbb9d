"""Tables in plain text: rows of cells that are set apart by tabs, by bars or by two spaces and more.

Comes in: the lines of a file. Goes out: those that are rows, with their cells. Refuses prose, lists, contents and
whatever has no columns of figures under a head.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

from extractor.reading.assemble import RawCell, RawLine

_FIGURE = regex.compile(r"^[-−–—/]?[0-9０-９,，.．]*(?:%|％|[余多]?[一-鿿]{0,3})$|^无$")
_DIGIT = regex.compile(r"[0-9０-９]|^[-−–—/]$|^无$")
_YEAR = regex.compile(r"年|季度|月")
# the rule under the head of a Markdown table
_RULE = regex.compile(r"^[\s|:-]+$")
_BARS = regex.compile(r"^\s*\|.*\|\s*$")
_SPACES = regex.compile(r"[ 　]{2,}")
_STOP = regex.compile(r"[。；;！？]")
# 一、总体情况⇥3 is a line of contents
_CONTENTS = regex.compile(r"^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部])")
# the longest names of rows are those of the disclosure tables: 因情况复杂…延长办理期限 and the like
_LONGEST = 60
_FEWEST_ROWS = 2
_Cells = list[tuple[int, str]]


def is_figure(text: str) -> bool:
    """True for a cell that holds a number, a share, `无` or the mark of an empty cell.

    >>> [is_figure(cell) for cell in ("1,204", "35.2%", "无", "/", "12件", "调处纠纷")]
    [True, True, True, True, True, False]
    """
    cell = text.strip()
    return bool(_FIGURE.match(cell) and _DIGIT.search(cell))


def has_figure(text: str) -> bool:
    """True for words in which a digit stands, and for the mark of an empty cell."""
    return bool(_DIGIT.search(text))


def is_head(cells: Sequence[str]) -> bool:
    """True if nothing is counted in the cells of a first row: digits are those of years and months."""
    return not any(has_figure(cell) and not _YEAR.search(cell) for cell in cells)


def rows_of_columns(lines: Sequence[tuple[int, str]]) -> dict[int, RawLine]:
    """The rows of all tables by raw position, from (raw position, line); rules of Markdown tables are rows without
    cells, which are to be left out."""
    found: dict[int, RawLine] = {}
    table = 0
    for stretch in _stretches(lines):
        rows = [(at, text, _cells(text)) for at, text in stretch if not _is_rule(text)]
        if not _is_table([[cell for _, cell in cells] for _, _, cells in rows]):
            continue
        found.update({at: RawLine("", at) for at, text in stretch if _is_rule(text)})
        for row, (at, text, cells) in enumerate(rows):
            raw = tuple(RawCell(cell, at + start, row, column) for column, (start, cell) in enumerate(cells))
            found[at] = RawLine(text, at, cells=raw, table=table)
        table += 1
    return found


def _stretches(lines: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Lines that follow each other, are divided in the same way and have the same number of cells."""
    for (kind, _), stretch in groupby(lines, key=lambda line: _kind(line[1])):
        if kind:
            yield list(stretch)


def _kind(text: str) -> tuple[str, int]:
    """What divides the line, and into how many cells; `` for one that is not divided."""
    if _BARS.match(text):
        return "|", text.count("|") - 1
    if "\t" in text.strip():
        return "\t", text.count("\t") + 1
    pieces = len(_SPACES.split(text.strip()))
    return ("  ", pieces) if pieces > 1 else ("", 0)


def _is_rule(text: str) -> bool:
    return bool(_BARS.match(text) and _RULE.match(text))


def _cells(text: str) -> _Cells:
    """The cells, each with where it begins in the line."""
    kind, _ = _kind(text)
    if kind == "  ":
        return [(found.start(), found[0]) for found in regex.finditer(r"[^ 　]+(?:[ 　][^ 　]+)*", text)]
    pieces, at = [], 0
    for piece in text.split(kind):
        pieces.append((at, piece))
        at += len(piece) + 1
    return pieces[1:-1] if kind == "|" else pieces


def _is_table(rows: list[list[str]]) -> bool:
    """True for a head and rows whose first cell is a name and whose others are mostly figures."""
    if len(rows) < 1 + _FEWEST_ROWS or not is_head(rows[0]):
        return False
    cells = [cell.strip() for row in rows for cell in row]
    if any(len(cell) > _LONGEST or _STOP.search(cell) for cell in cells):
        return False
    body = rows[1:]
    if all(_CONTENTS.match(row[0].strip()) for row in body):
        return False
    counted = sum(2 * sum(map(is_figure, row[1:])) >= len(row) - 1 for row in body)
    return counted >= max(_FEWEST_ROWS, 0.6 * len(body))
