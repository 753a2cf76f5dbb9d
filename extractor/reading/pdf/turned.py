"""Blocks that stand turned by quarters on a page that does not: read upright, put where they stand.

Comes in: the lines of a page and its content. Goes out: the lines with those of its turned blocks among them.
"""

from extractor.reading.pdf.pages import PageContent, shown
from extractor.reading.pdf.reading_order import Line, lines_of
from extractor.reading.pdf.tables import take_tables


def frame_of(line: Line, contents: list[PageContent]) -> PageContent:
    """The page, or the block on it, in whose frame the line's places are."""
    content = contents[line.page - 1]
    return content.turned[line.frame - 1] if line.frame else content


def with_turned(lines: list[Line], content: PageContent) -> list[Line]:
    """The lines of the page, each turned block before the first line that begins under it."""
    for number, block in enumerate(content.turned, 1):
        tables, runs = take_tables(block.rules, block.runs)
        made = lines_of(runs, tables, content.number)
        left, right = min(line.x0 for line in made), max(line.x1 for line in made)
        for line in made:
            line.frame = number
            # margins of its own: those of the page are of another direction
            line.left, line.right = line.left or left, line.right or right
        at = len(lines)
        if not content.turn and not content.skew:
            head = min(float(shown(run.boxes, block)[:, 1].min()) for run in block.runs)
            at = next((at for at, line in enumerate(lines) if line.base > head), at)
        lines = [*lines[:at], *made, *lines[at:]]
    return lines
