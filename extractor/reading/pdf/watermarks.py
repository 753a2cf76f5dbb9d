"""Watermarks that stand upright: faint words, large, or printed again and again.

Comes in: the pages. Goes out: the pages without them. A faint line alone is text: grey notes are.
"""

from collections import Counter, defaultdict

import regex

from extractor.reading.pdf.characters import Run
from extractor.reading.pdf.pages import PageContent

# times the size of the body text; how often on a page, and on how many pages at one place: no text does so
_LARGE = 1.8
_ON_A_PAGE = 3
_PAGES = 2
_SPACE = regex.compile(r"\s")


def take_watermarks(contents: list[PageContent]) -> int:
    """Take them out; how many characters they have."""
    faint = [(content, run) for content in contents for run in content.runs if run.faint]
    if not faint:
        return 0
    seen: Counter[tuple[int, str]] = Counter()
    pages: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for content, run in faint:
        seen[content.number, _bare(run)] += 1
        pages[_place(run)].add(content.number)
    count = 0
    for content in contents:
        body = _body_size(content.runs)
        gone = [
            run
            for run in content.runs
            if run.faint
            and (
                run.size > _LARGE * body
                or seen[content.number, _bare(run)] >= _ON_A_PAGE
                or len(pages[_place(run)]) >= max(_PAGES, len(contents) // 3)
            )
        ]
        marks = {id(run) for run in gone}
        content.runs = [run for run in content.runs if id(run) not in marks]
        count += sum(len(_bare(run)) for run in gone)
    return count


def _bare(run: Run) -> str:
    return _SPACE.sub("", run.text)


def _place(run: Run) -> tuple[str, int, int]:
    return _bare(run), round(run.x0 / 4), round(run.base / 4)


def _body_size(runs: list[Run]) -> float:
    """Size of most letters that are not faint."""
    sizes: Counter[float] = Counter()
    for run in runs:
        if not run.faint:
            sizes[round(run.size, 1)] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else float("inf")
