"""The form of a rule and its validation; a fault names file, rule and key.

A rule in `patterns/<group>.toml`:

    [[rule]]
    id = "citation.number.bracketed"      # dotted, stable for ever, shown in tables
    pattern = '''(?P<issuer_code>…)…'''   # verbose regex over the folded view, named groups
    needs = ["号"]                        # literals: without any of them the rule cannot match
    priority = 10                         # higher wins where matches of one length overlap
    why = "…"                             # what it is for, the trap it avoids
    why_zh = "…"                          # the same in Chinese, optional; ours all have it
    source = "…"                          # standard, report or PHENOMENA paragraph
    gives = { kind = "law" }              # data for the stage, optional
    examples = [ { text = "…", match = "…", groups = { serial = "4" } } ]
    counterexamples = [ "…" ]

`{{name}}` in a pattern is replaced by the fragment of that name (patterns/fragments.toml), grouped;
within a character class, where it is a list of characters, it stands bare.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import regex

from extractor.errors import RuleFault

_KEYS = {
    "id",
    "pattern",
    "needs",
    "priority",
    "why",
    "why_zh",
    "source",
    "gives",
    "examples",
    "counterexamples",
}
_REQUIRED = ("id", "pattern", "why", "source", "examples")
_FRAGMENT = regex.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which the rule must match just `match` (with these groups, if stated)."""

    text: str
    match: str
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked, compiled rule."""

    id: str
    group: str
    pattern: "regex.Pattern[str]"
    why: str
    source: str
    needs: tuple[str, ...] = ()
    priority: int = 0
    gives: Mapping[str, Any] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[str, ...] = ()
    why_zh: str | None = None


def substitute(pattern: str, fragments: Mapping[str, str], where: str) -> str:
    """The pattern with each `{{name}}` replaced by its fragment, fragments within fragments too."""
    for _ in range(6):
        names = _FRAGMENT.findall(pattern)
        if not names:
            return pattern
        for name in names:
            if name not in fragments:
                raise RuleFault(
                    f"no fragment named {name}",
                    where=where,
                    remedy="add it to fragments.toml or correct the name",
                )
        pattern = _FRAGMENT.sub(partial(_piece, pattern, fragments), pattern)
    raise RuleFault("fragments refer to each other in a circle", where=where)


def _piece(pattern: str, fragments: Mapping[str, str], found: "regex.Match[str]") -> str:
    before = regex.sub(r"\\.", "", pattern[: found.start()])
    inside_class = before.count("[") > before.count("]")
    piece = fragments[found[1]]
    return piece if inside_class else f"(?:{piece})"


def make_rule(raw: Mapping[str, Any], *, group: str, file: str, fragments: Mapping[str, str]) -> Rule:
    """One rule out of its TOML table; raises RuleFault."""
    where = f"{file}, rule {raw.get('id', '(without id)')}"
    unknown = set(raw) - _KEYS
    if unknown:
        raise RuleFault(f"unknown key {sorted(unknown)[0]}", where=where, remedy="see schema.py")
    for key in _REQUIRED:
        if not raw.get(key):
            raise RuleFault(f"key {key} is missing or empty", where=where, remedy="fill it in")
    source = substitute(raw["pattern"], fragments, where)
    try:
        pattern = regex.compile(source, regex.VERBOSE | regex.V1)
    except regex.error as fault:
        raise RuleFault(f"pattern does not compile: {fault}", where=where) from fault
    return Rule(
        id=raw["id"],
        group=group,
        pattern=pattern,
        why=raw["why"],
        source=raw["source"],
        needs=tuple(raw.get("needs", ())),
        priority=raw.get("priority", 0),
        gives=raw.get("gives", {}),
        examples=tuple(_example(entry, where) for entry in raw["examples"]),
        counterexamples=tuple(raw.get("counterexamples", ())),
        why_zh=raw.get("why_zh"),
    )


def _example(entry: Any, where: str) -> Example:
    if isinstance(entry, str):
        return Example(entry, entry, {})
    if not isinstance(entry, dict) or "text" not in entry or "match" not in entry:
        raise RuleFault("an example needs text and match", where=where)
    return Example(entry["text"], entry["match"], entry.get("groups", {}))
