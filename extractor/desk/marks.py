"""Marks: the text of a report with its headings, indicators, citations, commitments, problems and findings lit.

Comes in: the kept text, its sections and rows with a place. Goes out: lines of segments; a segment knows every mark
that it lies in, so that overlaps are seen, each kind in its own lane below the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# kind (letter of the row ids) → table
KINDS = {"i": "indicators", "c": "citations", "k": "commitments", "p": "problems", "f": "findings"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that a row stands at; `id` is the tail of its row id (i7)."""

    id: str
    kind: str
    start: int
    end: int
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """Text without a border inside: the kinds that light it, the marks that it lies in and those that begin here."""

    text: str
    kinds: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the text; `level` and `section` where a heading opens it (level 0: body)."""

    segments: tuple[Segment, ...]
    level: int = 0
    section: str | None = None


def marks_of(rows: Mapping[str, Sequence[dict[str, Any]]]) -> list[Mark]:
    """Marks of the rows by table, in the order of the text; rows without a place have none."""
    found = []
    for kind, table in KINDS.items():
        key = f"{table.removesuffix('s')}_id"
        for row in rows.get(table, ()):
            if row.get("char_start") is not None:
                mark = row[key].rpartition("-")[2]
                found.append(Mark(mark, kind, row["char_start"], row["char_end"], row))
    return sorted(found, key=lambda mark: (mark.start, -mark.end, mark.kind))


def lines_of(text: str, marks: Sequence[Mark], sections: Sequence[dict[str, Any]]) -> list[TextLine]:
    """The text line by line. `marks` in the order of the text."""
    opened = {row["char_start"]: row for row in sections if row["level"]}
    lines, start, waiting, active = [], 0, 0, []  # type: list[TextLine], int, int, list[Mark]
    for line in text.split("\n"):
        end = start + len(line)
        while waiting < len(marks) and marks[waiting].start < end:
            active.append(marks[waiting])
            waiting += 1
        active = [mark for mark in active if mark.end > start]
        head = next((opened[at] for at in range(start, min(start + 4, end)) if at in opened), None)
        if line.strip():
            section = head["section_id"].rpartition("-")[2] if head else None
            cut = _heading_end(text, head, end) - start if head else 0
            if head and 0 < cut < len(line) and line[cut:].strip():
                # 1、责任更加健全。召开会议5次: the sentence behind a heading is none of it
                lines.append(TextLine(_segments(line[:cut], start, active), head["level"], section))
                lines.append(TextLine(_segments(line[cut:], start + cut, active)))
            else:
                lines.append(TextLine(_segments(line, start, active), head["level"] if head else 0, section))
        start = end + 1
    return lines


def _heading_end(text: str, head: Mapping[str, Any], end: int) -> int:
    """Where the heading stops on its line, its closing mark included; `end` where its title is not found there."""
    at = text.find(head["title"], head["char_start"], end) if head["title"] else -1
    if at < 0:
        return end
    stop = at + len(head["title"])
    return stop + (stop < end and text[stop] in "。：:.")


def _segments(line: str, start: int, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    end = start + len(line)
    borders = {start, end}
    for mark in marks:
        borders.update(place for place in (mark.start, mark.end) if start < place < end)
    cuts = sorted(borders)
    made = []
    for left, right in pairwise(cuts):
        inside = [mark for mark in marks if mark.start < right and mark.end > left]
        kinds = tuple(dict.fromkeys(mark.kind for mark in inside))
        # a mark that began on an earlier line has its anchor there
        begins = tuple(mark.id for mark in inside if mark.start == left)
        made.append(Segment(line[left - start : right - start], kinds, tuple(mark.id for mark in inside), begins))
    return tuple(made)
