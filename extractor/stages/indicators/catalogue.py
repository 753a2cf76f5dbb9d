"""The catalogue (指标目录): canonical key, label and theme for names in the way reports speak.

Comes in: an indicator with name and unit. Goes out: the same with key, label and theme where exactly one
entry of `patterns/catalogue.toml` fits best: the one of highest priority, none where two of equal priority
fit. An unmatched indicator keeps its own name: never forced.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import regex

from extractor.datamodel.folding import fold
from extractor.datamodel.records import Indicator
from extractor.datamodel.vocabulary import Role
from extractor.errors import RuleFault
from extractor.rules import Knowledge

_NEEDED = {"key", "label", "theme", "units", "pattern"}
_KEYS = _NEEDED | {
    *("label_en", "unit", "dimension", "stock", "priority", "levels"),
    *("examples", "counterexamples"),
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A canonical indicator: `pattern` is searched in subject and name, `units` are base units."""

    key: str
    label: str
    theme: str
    units: frozenset[str]
    pattern: "regex.Pattern[str]"
    priority: int = 0


# names whose key is kept, so that one that comes again is not searched again; bounds memory
_REMEMBERED = 20_000


class Catalogue:
    """All entries by base unit, the narrower measures (higher priority) first."""

    def __init__(self, entries: tuple[CatalogueEntry, ...]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: -entry.priority))
        # reports of one kind say the same things: a phrase is looked up once
        self._found: dict[tuple[str, str | None, int], CatalogueEntry | None] = {}
        units = {unit for entry in entries for unit in entry.units}
        self._by_unit = {unit: tuple(entry for entry in self.entries if unit in entry.units) for unit in units}

    def find(self, phrase: str, unit: str | None, subject_length: int = 0) -> CatalogueEntry | None:
        """The entry that fits best; None if none does, or two of one priority do. What fits must reach beyond
        the first `subject_length` characters: of 受理诉讼案件·审结, the subject alone is another measure."""
        key = phrase, unit, subject_length
        if key not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[key] = _best(self._by_unit.get(unit or "", ()), fold(phrase), subject_length)
        return self._found[key]

    def fitting(self, phrase: str, unit: str | None) -> tuple[CatalogueEntry, ...]:
        """All entries whose pattern is found, best first."""
        return tuple(_reaching(self._by_unit.get(unit or "", ()), fold(phrase), 0))

    def entry_for(
        self, subject: str | None, name: str | None, role: Role, value: Decimal | None, unit: str | None
    ) -> CatalogueEntry | None:
        """The entry of an indicator's words; a change has none, and a bare zero fits in any unit."""
        phrase = f"{subject or ''} {name or ''}".strip()
        if not phrase or role is Role.CHANGE:
            return None
        subject_length = len(subject or "") if name else 0
        entry = self.find(phrase, unit, subject_length)
        if entry is None and value == 0 and unit is None:
            entry = _best(self.entries, fold(phrase), subject_length)
        return entry

    def keyed(self, indicator: Indicator) -> Indicator:
        """The indicator with key, label and theme, if an entry fits."""
        one = indicator
        entry = self.entry_for(one.subject, one.name, one.role, one.value, one.unit)
        if entry is None and one.value == 0 and one.verb and one.name and not one.name.startswith(one.verb):
            # 未收到信息公开申请: the name alone does not tell a request from an answer
            entry = self.entry_for(one.subject, one.verb + one.name, one.role, one.value, one.unit)
        if entry is None:
            return indicator
        return replace(indicator, indicator=entry.key, label=entry.label, theme=entry.theme)


def _reaching(entries: Iterable[CatalogueEntry], phrase: str, subject_length: int) -> Iterator[CatalogueEntry]:
    for entry in entries:
        if any(found.end() > subject_length for found in entry.pattern.finditer(phrase)):
            yield entry


def _best(entries: Iterable[CatalogueEntry], phrase: str, subject_length: int) -> CatalogueEntry | None:
    """The first that fits, unless the next one that fits has the same priority."""
    fitting = _reaching(entries, phrase, subject_length)
    best = next(fitting, None)
    rival = next(fitting, None)
    if best is None or (rival is not None and rival.priority == best.priority):
        return None
    return best


_BUILT: dict[str, Catalogue] = {}


def catalogue_of(knowledge: Knowledge) -> Catalogue:
    """The catalogue of the patterns; raises RuleFault for an entry that is malformed."""
    if knowledge.version not in _BUILT:
        _BUILT[knowledge.version] = Catalogue(tuple(map(_entry, knowledge.catalogue)))
    return _BUILT[knowledge.version]


def _entry(raw: Mapping[str, Any]) -> CatalogueEntry:
    where = f"catalogue.toml, {raw.get('key', '(without key)')}"
    unknown = set(raw) - _KEYS
    missing = _NEEDED - set(raw)
    if unknown or missing:
        what = f"unknown key {min(unknown)}" if unknown else f"key {min(missing)} is missing"
        raise RuleFault(what, where=where, remedy="see the head of catalogue.toml")
    try:
        pattern = regex.compile(raw["pattern"], regex.VERBOSE | regex.V1)
    except regex.error as fault:
        raise RuleFault(f"pattern does not compile: {fault}", where=where) from fault
    units = frozenset(raw["units"])
    return CatalogueEntry(raw["key"], raw["label"], raw["theme"], units, pattern, raw.get("priority", 0))
