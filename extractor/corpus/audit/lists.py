"""Lists that a user lays beside the tables: a registry of documents, documents that must be cited.

A registry is a CSV with the columns number, title, issuer, date, status (title is required, others
may be empty or missing). A list of required documents is such a CSV too, or a text with one title
or number per line.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from extractor.corpus.agreement import document_number
from extractor.corpus.documents import title_key
from extractor.errors import BadConfig, MissingPath

_COLUMNS = ("number", "title", "issuer", "date", "status")
# below this share of common character pairs, "nearest" would only mislead
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A registered document; None where the registry says nothing."""

    number: str | None
    title: str | None
    issuer: str | None = None
    date: str | None = None
    status: str | None = None

    @property
    def name(self) -> str:
        """Title and number as shown in messages."""
        title = f"《{self.title}》" if self.title else ""
        return title + (self.number or "")


class Registry:
    """Entries by number and title, and the nearest entry to a title."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries

    @cached_property
    def by_number(self) -> dict[str, Entry]:
        """Entries by normalised number, the first of several."""
        return {document_number(entry.number): entry for entry in reversed(self.entries) if entry.number}

    @cached_property
    def by_title(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by normalised title."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.title:
                found[title_key(entry.title)].append(entry)
        return {title: tuple(entries) for title, entries in found.items()}

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        """Titles by the pairs of neighbouring characters that they hold."""
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for title in self.by_title:
            for pair in _pairs(title):
                holders[pair].append(title)
        return holders

    def nearest(self, title: str) -> tuple[Entry, float] | None:
        """Entry with the most alike title and its likeness (0 to 1); None below 0.5."""
        wanted = _pairs(title_key(title))
        shared = Counter(known for pair in wanted for known in self._holders.get(pair, ()))
        scored = [(2 * count / (len(wanted) + len(_pairs(known))), known) for known, count in shared.items()]
        if not scored:
            return None
        score, known = max(scored)
        return (self.by_title[known][0], score) if score >= _NEAR else None


def _pairs(title: str) -> set[str]:
    return {title[at : at + 2] for at in range(len(title) - 1)}


def load_entries(path: Path) -> tuple[Entry, ...]:
    """Entries of a CSV, or of a text with one document per line; raises MissingPath, BadConfig."""
    if not path.is_file():
        raise MissingPath("no such file", where=str(path), remedy="name a CSV or a text file")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadConfig("not UTF-8", where=str(path), remedy="save the list as UTF-8") from fault
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header = [name.strip() for name in lines[0].split(",")] if lines else []
    if "title" in header or "number" in header:
        reader = csv.DictReader(lines)
        rows = [{name: (row.get(name) or "").strip() or None for name in _COLUMNS} for row in reader]
        return tuple(Entry(**row) for row in rows if row["title"] or row["number"])
    if path.suffix.lower() == ".csv":
        raise BadConfig(
            "no column title or number", where=str(path), remedy=f"the first line names {','.join(_COLUMNS)}"
        )
    return tuple(_line(line.strip()) for line in lines)


def _line(line: str) -> Entry:
    """A number if it ends as one, else a title."""
    if line.endswith("号") and "〔" in document_number(line):
        return Entry(line, None)
    return Entry(None, line.removeprefix("《").removesuffix("》"))
