"""The catalogue (指标目录): canonical key, label and theme for names in the way reports speak.

Comes in: an indicator with name and unit. Goes out: the same with key, label and theme where exactly one
entry of `patterns/catalogue.toml` fits best. An unmatched indicator keeps its own name: never forced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import regex

from extractor.datamodel.folding import fold
from extractor.datamodel.records import Indicator
from extractor.datamodel.vocabulary import Role
from extractor.errors import RuleFault
from extractor.rules import Knowledge

_KEYS = {"key", "label", "label_en", "theme", "unit", "units", "stock", "pattern", "examples", "counterexamples"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A canonical indicator: `pattern` is searched in subject and name, `units` are base units."""

    key: str
    label: str
    theme: str
    units: frozenset[str]
    pattern: "regex.Pattern[str]"


class Catalogue:
    """All entries, in file order; an earlier entry is the narrower one and wins."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        units = {unit for entry in entries for unit in entry.units}
        self._by_unit = {unit: tuple(entry for entry in entries if unit in entry.units) for unit in units}

    def find(self, phrase: str, unit: str | None, said: int = 0) -> Entry | None:
        """The first entry that fits; None if none does. What fits must reach beyond the first `said`
        characters: of 受理诉讼案件·审结, the subject alone is another measure."""
        folded = fold(phrase)
        return _reaching(self._by_unit.get(unit or "", ()), folded, said)

    def entry_for(
        self, subject: str | None, name: str | None, role: Role, value: Decimal | None, unit: str | None
    ) -> Entry | None:
        """The entry of an indicator's words; a change has none, and a bare zero fits in any unit."""
        phrase = f"{subject or ''} {name or ''}".strip()
        if not phrase or role is Role.CHANGE:
            return None
        said = len(subject or "") if name else 0
        entry = self.find(phrase, unit, said)
        if entry is None and value == 0 and unit is None:
            entry = _reaching(self.entries, fold(phrase), said)
        return entry

    def keyed(self, indicator: Indicator) -> Indicator:
        """The indicator with key, label and theme, if an entry fits."""
        entry = self.entry_for(indicator.subject, indicator.name, indicator.role, indicator.value, indicator.unit)
        if entry is None:
            return indicator
        return replace(indicator, indicator=entry.key, label=entry.label, theme=entry.theme)


def _reaching(entries: Iterable[Entry], phrase: str, said: int) -> Entry | None:
    for entry in entries:
        found = entry.pattern.search(phrase)
        if found and found.end() > said:
            return entry
    return None


_BUILT: dict[str, Catalogue] = {}


def catalogue_of(knowledge: Knowledge) -> Catalogue:
    """The catalogue of the patterns; raises RuleFault for an entry that is malformed."""
    if knowledge.version not in _BUILT:
        _BUILT[knowledge.version] = Catalogue(tuple(map(_entry, knowledge.catalogue)))
    return _BUILT[knowledge.version]


def _entry(raw: Mapping[str, Any]) -> Entry:
    where = f"catalogue.toml, {raw.get('key', '(without key)')}"
    unknown = set(raw) - _KEYS
    missing = {"key", "label", "theme", "units", "pattern"} - set(raw)
    if unknown or missing:
        what = f"unknown key {min(unknown)}" if unknown else f"key {min(missing)} is missing"
        raise RuleFault(what, where=where, remedy="see the head of catalogue.toml")
    try:
        pattern = regex.compile(raw["pattern"], regex.VERBOSE | regex.V1)
    except regex.error as fault:
        raise RuleFault(f"pattern does not compile: {fault}", where=where) from fault
    return Entry(raw["key"], raw["label"], raw["theme"], frozenset(raw["units"]), pattern)
