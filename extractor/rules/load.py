"""patterns/ → Knowledge: compiled rules by group, lexicons, a fingerprint of all bytes.

A user's overlay folder has the same layout: a rule with a known id replaces that rule, a new id
adds one; a lexicon file of a known name is appended (a line `-word` removes the word).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.errors import MissingPath, RuleFault
from extractor.rules.locate import patterns_folder
from extractor.rules.schema import Rule, make_rule

_FRAGMENTS = "fragments.toml"
_CATALOGUE = "catalogue.toml"
_NAMING = "naming.toml"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that patterns/ says. `version` changes with any byte of it."""

    rules: Mapping[str, tuple[Rule, ...]]
    lexicons: Mapping[str, tuple[str, ...]]
    catalogue: tuple[Mapping[str, Any], ...]
    naming: Mapping[str, Any]
    folders: tuple[Path, ...]
    version: str

    def group(self, name: str) -> tuple[Rule, ...]:
        """Rules of `patterns/<name>.toml`, in file order."""
        return self.rules.get(name, ())

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id; None if there is none."""
        for rules in self.rules.values():
            for rule in rules:
                if rule.id == rule_id:
                    return rule
        return None

    def words(self, name: str) -> tuple[str, ...]:
        """Entries of `patterns/lexicons/<name>.txt`, in file order; empty if there is none."""
        return self.lexicons.get(name, ())

    def file(self, relative: str) -> Path:
        """The file of that relative path in the overlay, else in the shipped patterns."""
        for folder in reversed(self.folders):
            if (folder / relative).is_file():
                return folder / relative
        raise RuleFault(f"no file {relative}", where=str(self.folders[0]), remedy="reinstall")


def load(overlay: Path | None = None) -> Knowledge:
    """Everything in the shipped patterns and the overlay; raises RuleFault, PatternsNotFound."""
    folders = [patterns_folder()]
    if overlay is not None:
        if not overlay.is_dir():
            raise MissingPath("no such folder", where=str(overlay), remedy="check --patterns")
        folders.append(overlay)
    fragments: dict[str, str] = {}
    for folder in folders:
        fragments.update(_toml(folder / _FRAGMENTS).get("fragment", {}))
    rules = _load_rules(folders, fragments)
    return Knowledge(
        rules=rules,
        lexicons=_load_lexicons(folders),
        catalogue=_load_catalogue(folders),
        naming=_load_naming(folders),
        folders=tuple(folders),
        version=fingerprint(folders),
    )


def fingerprint(folders: list[Path]) -> str:
    """First 12 hex digits of the SHA-256 over all files (relative name and bytes, sorted)."""
    digest = sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".toml", ".txt", ".csv"}):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise RuleFault(str(fault), where=str(path), remedy="correct the TOML") from fault


def _load_rules(folders: list[Path], fragments: Mapping[str, str]) -> dict[str, tuple[Rule, ...]]:
    groups: dict[str, dict[str, Rule]] = {}
    for number, folder in enumerate(folders):
        seen: set[str] = set()
        for path in sorted(folder.glob("*.toml")):
            if path.name in {_FRAGMENTS, _CATALOGUE, _NAMING}:
                continue
            for raw in _toml(path).get("rule", ()):
                rule = make_rule(raw, group=path.stem, file=path.name, fragments=fragments)
                if rule.id in seen:
                    raise RuleFault("id stands twice", where=f"{path.name}, rule {rule.id}")
                seen.add(rule.id)
                # an overlay may keep its rules in one file: a known id goes to its old group
                home = next((g for g, r in groups.items() if rule.id in r), path.stem)
                groups.setdefault(home if number else path.stem, {})[rule.id] = rule
    return {group: tuple(rules.values()) for group, rules in groups.items()}


def _load_lexicons(folders: list[Path]) -> dict[str, tuple[str, ...]]:
    lexicons: dict[str, dict[str, None]] = {}
    for folder in folders:
        for path in sorted((folder / "lexicons").glob("*.txt")):
            words = lexicons.setdefault(path.stem, {})
            for line in path.read_text(encoding="utf-8").splitlines():
                word = line.split("#")[0].strip()
                if word.startswith("-") and len(word) > 1:
                    words.pop(word[1:], None)
                elif word:
                    words[word] = None
    return {name: tuple(words) for name, words in lexicons.items()}


def _load_catalogue(folders: list[Path]) -> tuple[Mapping[str, Any], ...]:
    entries: dict[str, Mapping[str, Any]] = {}
    for folder in folders:
        for entry in _toml(folder / _CATALOGUE).get("indicator", ()):
            if "key" not in entry:
                raise RuleFault("an indicator without key", where=_CATALOGUE, remedy="add key")
            entries[entry["key"]] = entry
    return tuple(entries.values())


def _load_naming(folders: list[Path]) -> Mapping[str, Any]:
    """Fragments and weights by name, chunk rules by id; an overlay replaces what it names and adds the rest."""
    fragments: dict[str, str] = {}
    weights: dict[str, float] = {}
    chunks: dict[str, Mapping[str, Any]] = {}
    for folder in folders:
        raw = _toml(folder / _NAMING)
        fragments |= raw.get("fragment", {})
        weights |= raw.get("weight", {})
        chunks |= {str(chunk.get("id")): chunk for chunk in raw.get("chunk", ())}
    return {"fragment": fragments, "weight": weights, "chunk": tuple(chunks.values())}
