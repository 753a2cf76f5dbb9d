"""Divisions (行政区划) and laws: lazy look-ups in `patterns/gazetteers/`.

Codes are those of GB/T 2260 and the statistics bureau: six digits for a province (310000), a city (330800) and a county
(330802), nine for a township or street; tables and users may leave the closing zeros out (31, 3308). A code's parent
follows from its digits unless a user's table says otherwise.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from extractor.errors import MissingPath, RuleFault
from extractor.rules.load import Knowledge

_COLLECTIVE = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Division:
    """A division: code, name as registered, parent's code (None for a province)."""

    code: str
    name: str
    parent: str | None

    @property
    def is_collective(self) -> bool:
        """True for codes that only gather others and name no place: 市辖区, 县, 省直辖县级行政区划."""
        return self.name in _COLLECTIVE

    @property
    def level(self) -> str:
        """`province`, `city`, `county` or `township`, by the form of the code."""
        if len(self.code) > 6:
            return "township"
        if self.code.endswith("00"):
            return "province" if self.code.endswith("0000") else "city"
        return "county"


@dataclass(frozen=True, slots=True)
class Law:
    """A law of the table; dates are ISO texts, None where unknown."""

    title: str
    kind: str
    issuer: str | None
    promulgated: str | None
    in_force_from: str | None
    expired: str | None


class Gazetteer:
    """Look-ups by code, name and title; each table is read when first asked for."""

    def __init__(self, divisions: Path, laws: Path, abbreviations: Path, overlay: Path | None = None) -> None:
        self._divisions_file = divisions
        self._laws_file = laws
        self._abbreviations_file = abbreviations
        self._overlay_file = overlay

    @cached_property
    def _divisions(self) -> dict[str, Division]:
        table = {
            code: Division(code, name, _parent(code))
            for code, name in (
                (_full_code(short), name) for short, name in _rows(self._divisions_file, ("code", "name"))
            )
        }
        if self._overlay_file is not None:
            for code, name, parent in _rows(self._overlay_file, ("code", "name", "parent")):
                full = _full_code(code)
                table[full] = Division(full, name, _full_code(parent) if parent else None)
        return table

    @cached_property
    def _by_name(self) -> dict[str, tuple[Division, ...]]:
        names: defaultdict[str, list[Division]] = defaultdict(list)
        for division in self._divisions.values():
            names[division.name].append(division)
        return {name: tuple(found) for name, found in names.items()}

    def names_with(self, characters: str) -> tuple[str, ...]:
        """Full names of divisions in which one of the characters stands: 三亚市, 六安市 with 三六."""
        wanted = frozenset(characters)
        return tuple(sorted(name for name in self._by_name if not wanted.isdisjoint(name)))

    @cached_property
    def _children(self) -> dict[str, tuple[Division, ...]]:
        below: defaultdict[str, list[Division]] = defaultdict(list)
        for division in self._divisions.values():
            if division.parent:
                below[division.parent].append(division)
        return {code: tuple(found) for code, found in below.items()}

    @cached_property
    def _laws(self) -> dict[str, Law]:
        columns = ("title", "kind", "issuer", "promulgated", "in_force_from", "expired")
        return {
            title: Law(title, kind, *(value or None for value in rest))
            for title, kind, *rest in _rows(self._laws_file, columns)
        }

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        rows = _rows(self._abbreviations_file, ("abbreviation", "code"))
        return {abbreviation: _full_code(code) for abbreviation, code in rows}

    def division(self, code: str) -> Division | None:
        """The division of that code; None if there is none."""
        return self._divisions.get(_full_code(code))

    def named(self, name: str) -> tuple[Division, ...]:
        """All divisions of that very name, in the order of codes."""
        return self._by_name.get(name, ())

    def line(self, code: str) -> tuple[Division, ...]:
        """The division and its parents, from the province down; empty for an unknown code."""
        found: list[Division] = []
        at = self.division(code)
        while at is not None and at not in found:
            found.append(at)
            at = self._divisions.get(at.parent) if at.parent else None
        return tuple(reversed(found))

    def full_name(self, code: str) -> str:
        """The name with those of its parents: 上海市宝山区罗店镇; empty for an unknown code."""
        return "".join(one.name for one in self.line(code) if not one.is_collective)

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions right below that one, in the order of the table."""
        return self._children.get(_full_code(code), ())

    def abbreviations_of(self, code: str) -> tuple[str, ...]:
        """The one-character names of that province (贵, 黔)."""
        return tuple(short for short, of in self._abbreviations.items() if of == _full_code(code))

    def province_of(self, abbreviation: str) -> Division | None:
        """The province of a one-character name (沪); None if there is none."""
        code = self._abbreviations.get(abbreviation)
        return self._divisions.get(code) if code else None

    @cached_property
    def _initials(self) -> frozenset[str]:
        return frozenset(one.name[0] for one in self._divisions.values() if one.level in ("city", "county"))

    def is_shared(self, abbreviation: str) -> bool:
        """True if a city or county begins with that one-character name of a province (云, 青; not 沪, 浙)."""
        return abbreviation in self._initials

    def law(self, title: str) -> Law | None:
        """The law of that title, short titles of national laws too (行政处罚法); else None."""
        return self._laws.get(title) or self._laws.get(_STATE + title)

    @cached_property
    def national_laws(self) -> tuple[str, ...]:
        """Short titles of the laws of the nation in force, the longest first: for mentions without 《》."""
        names = {law.title.removeprefix(_STATE) for law in self._laws.values() if law.kind in {"法律", "宪法"}}
        return tuple(sorted((name for name in names if name.endswith(("法", "法典"))), key=lambda n: (-len(n), n)))


def _full_code(code: str) -> str:
    """Six digits where the closing zeros of a province or city were left out: 31 → 310000."""
    return code.ljust(6, "0") if len(code) in (2, 4) else code


def _parent(code: str) -> str | None:
    """The code above, by the digits; None for a province."""
    if len(code) > 6:
        return code[: 9 if len(code) > 9 else 6]
    if code.endswith("0000"):
        return None
    return code[:2] + "0000" if code.endswith("00") else code[:4] + "00"


def load_gazetteer(knowledge: Knowledge, divisions: Path | None = None) -> Gazetteer:
    """The shipped tables; `divisions` (code, name, parent) adds to them and overrides them."""
    if divisions is not None and not divisions.is_file():
        raise MissingPath("no such file", where=str(divisions), remedy="check --divisions")
    return Gazetteer(
        knowledge.file("gazetteers/divisions.csv"),
        knowledge.file("gazetteers/laws.csv"),
        knowledge.file("gazetteers/abbreviations.csv"),
        divisions,
    )


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        missing = [name for name in columns if name not in header]
        if missing:
            raise RuleFault(
                f"column {missing[0]} is missing",
                where=str(path),
                remedy=f"the first line must name {', '.join(columns)}",
            )
        places = [header.index(name) for name in columns]
        return [tuple(row[place] for place in places) for row in reader if row]
