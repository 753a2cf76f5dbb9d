"""Gold files: read, paired with their texts, quotes located.

Comes in: paths of gold JSON files or folders. Goes out: `Gold` with the path of the text that it
speaks of. A gold file is the form of `../shared/gold/README.md`. Refuses what is not such JSON, and
gold whose text is nowhere, with MissingPath or BadConfig.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.datamodel.span import Span
from extractor.errors import BadConfig, MissingPath
from extractor.text.comparable import plain

_SUFFIXES = (".txt", ".html", ".htm", ".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file: its path, the file of the text, and what should be found there."""

    path: Path
    text_path: Path
    content: Mapping[str, Any]

    def entries(self, key: str) -> Sequence[Mapping[str, Any]]:
        """The list under that key; empty where the gold does not speak of it."""
        return tuple(self.content.get(key) or ())


class PlainText:
    """A text in the form in which quotes are compared, with the way back to its offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        kept = [(mark, at) for at, mark in enumerate(text) if not mark.isspace()]
        self._offsets = [at for _, at in kept]
        self.plain = plain("".join(mark for mark, _ in kept))

    def find(self, quote: str | None, after: int = 0) -> Span | None:
        """Where the quote stands: first at or after offset `after`, else first anywhere."""
        wanted = plain(quote)
        if not wanted:
            return None
        at = self.plain.find(wanted, self._index(after))
        if at < 0:
            at = self.plain.find(wanted)
        if at < 0:
            return None
        return Span(self._offsets[at], self._offsets[at + len(wanted) - 1] + 1)

    def nearest(self, quote: str | None, start: int) -> Span | None:
        """Where the quote stands nearest to offset `start`."""
        span, best = self.find(quote), None
        while span is not None:
            if best is None or abs(span.start - start) < abs(best.start - start):
                best = span
            following = self.find(quote, span.start + 1)
            if following is None or following.start <= span.start:
                return best
            span = following
        return best

    def _index(self, offset: int) -> int:
        return bisect_left(self._offsets, offset)


def locate(entries: Iterable[Mapping[str, Any]], text: PlainText) -> list[Span | None]:
    """Span of each entry's quote in the text; None where it does not stand there.

    Gold goes in text order, so a quote that stands several times is the first behind the quote
    before it; a stated `start` (which may count line breaks otherwise) decides before that.
    """
    spans, after = [], 0
    for entry in entries:
        if "start" in entry:
            span = text.nearest(entry.get("quote"), entry["start"])
        else:
            span = text.find(entry.get("quote"), after)
        spans.append(span)
        after = span.start + 1 if span else after
    return spans


def find_gold(paths: Iterable[Path]) -> list[Gold]:
    """Gold of files and folders (searched deeply), sorted by path within each folder."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files.extend(sorted(path.rglob("*.json")))
        elif path.is_file():
            files.append(path)
        else:
            raise MissingPath("no such gold file or folder", where=str(path))
    return [read_gold(path) for path in files]


def read_gold(path: Path) -> Gold:
    """One gold file with the path of its text; raises BadConfig, MissingPath."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise BadConfig(f"not a gold file: {fault}", where=str(path)) from fault
    if not isinstance(content, dict) or not isinstance(content.get("report"), dict):
        raise BadConfig("not a gold file: no report", where=str(path), remedy="see gold/README.md")
    return Gold(path, _text_path(path, content), content)


def _text_path(path: Path, content: Mapping[str, Any]) -> Path:
    named = content["report"].get("file")
    path = path.resolve()
    home = next((folder for folder in path.parents if folder.name == "gold"), path.parent)
    beside = path.relative_to(home).with_suffix("")
    candidates: list[Path] = []
    if named:
        candidates += [home.parent / named, home.parent / "reports" / named]
    for folder in ("reports", "texts"):
        candidates += [home.parent / folder / f"{beside}{suffix}" for suffix in _SUFFIXES]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise MissingPath(
        "the text of this gold file is nowhere",
        where=str(path),
        remedy="name it in report.file, relative to the folder that holds gold/",
    )
