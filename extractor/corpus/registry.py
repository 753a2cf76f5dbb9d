"""Registries of documents: the shipped laws, and the user's own tables (`--registry`).

Comes in: CSV files with the columns number, title, issuer, date, status (number or title may be absent or
empty, the others too). Goes out: for a cited document its entry and how it was found. Refuses a table with
neither number nor title, and an entry when two fit equally well.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from extractor.corpus.likeness.similar_titles import nearest
from extractor.errors import BadConfig, MissingPath
from extractor.rules.gazetteer import Gazetteer
from extractor.text.comparable import document_number, title_key

LAWS = "laws"
# below this likeness the nearest title would only mislead
_NEAR = 0.5
_COLUMNS = ("number", "title", "issuer", "date", "status")


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """A registered document; `registry` is the file's name, or `laws`; None where the table says nothing."""

    registry: str
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    status: str | None = None

    @property
    def name(self) -> str:
        """Title and number as shown in messages."""
        return (f"《{self.title}》" if self.title else "") + (self.number or "")


@dataclass(frozen=True, slots=True)
class RegistryMatch:
    """An entry and how it was found: `number`, `title`, `similar_title` (with the similarity), `law_title`."""

    entry: RegistryEntry
    how: str
    score: float = 1.0


class Registry:
    """The user's entries first, then the laws."""

    def __init__(self, entries: Iterable[RegistryEntry] = (), gazetteer: Gazetteer | None = None) -> None:
        self.entries = tuple(entries)
        self._gazetteer = gazetteer

    @cached_property
    def _by_number(self) -> dict[str, list[RegistryEntry]]:
        found: defaultdict[str, list[RegistryEntry]] = defaultdict(list)
        for entry in self.entries:
            if entry.number:
                found[document_number(entry.number)].append(entry)
        return dict(found)

    @cached_property
    def _by_title(self) -> dict[str, list[RegistryEntry]]:
        found: defaultdict[str, list[RegistryEntry]] = defaultdict(list)
        for entry in self.entries:
            if entry.title:
                found[title_key(entry.title)].append(entry)
        return dict(found)

    @cached_property
    def _titles(self) -> dict[str, str]:
        # in the order of the names: of titles equally alike the first is shown, wherever it stands in the file
        return {key: key for key in sorted(self._by_title)}

    def numbered(self, number: str | None) -> tuple[RegistryEntry, ...]:
        """Entries of a number, in any writing."""
        return tuple(self._by_number.get(document_number(number), ())) if number else ()

    def titled(self, title: str | None) -> tuple[RegistryEntry, ...]:
        """Entries of a title, in the same words."""
        return tuple(self._by_title.get(title_key(title), ()))

    def closest(self, title: str) -> tuple[RegistryEntry, float] | None:
        """The entry whose title is most alike, with its likeness (0 to 1); None below 0.5."""
        near = process.extractOne(title_key(title), list(self._titles), scorer=fuzz.ratio, score_cutoff=100 * _NEAR)
        return (self._by_title[near[0]][0], near[1] / 100) if near else None

    def match(self, number: str | None, title: str | None) -> RegistryMatch | None:
        """The entry of that number; else, of that title; else of the one title that is the same in other writing.

        A document with a number never takes an entry that has another number.
        """
        form = document_number(number) if number else None
        entry = _only(self._by_number.get(form or "", []))
        if entry is not None:
            return RegistryMatch(entry, "number")
        key = title_key(title)
        if not key:
            return None
        entry = _only([e for e in self._by_title.get(key, []) if _compatible(e, form)])
        if entry is not None:
            return RegistryMatch(entry, "title")
        law = self._gazetteer.law(key) if self._gazetteer else None
        if law is not None:
            return RegistryMatch(RegistryEntry(LAWS, None, law.title, law.issuer, law.promulgated), "law_title")
        near = nearest(key, self._titles) if self._titles else None
        entry = _only([e for e in self._by_title[near[0]] if _compatible(e, form)]) if near else None
        return RegistryMatch(entry, "similar_title", near[1]) if entry is not None and near else None


def _compatible(entry: RegistryEntry, number: str | None) -> bool:
    return not (entry.number and number) or document_number(entry.number) == number


def _only(entries: list[RegistryEntry]) -> RegistryEntry | None:
    return entries[0] if len(set(entries)) == 1 else None


def load_registry(path: Path) -> tuple[RegistryEntry, ...]:
    """The entries of a CSV; raises MissingPath, BadConfig (wrong columns, not UTF-8)."""
    if not path.is_file():
        raise MissingPath("no such file", where=str(path), remedy="check --registry")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            header = set(reader.fieldnames or ())
            rows = list(reader)
    except UnicodeDecodeError as fault:
        raise BadConfig("not UTF-8", where=str(path), remedy="save it as CSV UTF-8") from fault
    if not header & {"number", "title"}:
        raise BadConfig(
            "neither number nor title among the columns", where=str(path), remedy=f"want {', '.join(_COLUMNS)}"
        )
    values = [[(row.get(name) or "").strip() or None for name in _COLUMNS] for row in rows]
    return tuple(RegistryEntry(path.name, *each) for each in values if each[0] or each[1])
