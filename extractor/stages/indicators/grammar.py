"""The chunk rules of `patterns/naming.toml`: which sequences of words say when, where, who, how, and what.

Comes in: the kinds of the words of a stretch, one letter each. Goes out: its chunks with their slots and their
cost. Refuses nothing: a word that no rule explains costs the weight `unexplained`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import regex

from extractor.errors import RuleFault
from extractor.rules import Knowledge

_NEEDED = {"id", "slot", "pattern", "weight", "why", "examples"}
_UNEXPLAINED = "unexplained"
# longer stretches are no lead of a clause; what stands before their last words explains nothing
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words `start` to `end` of a stretch, in the slot of the rule that took them."""

    slot: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Fit:
    """The chunks of a stretch in order, what they cost together, and the last chunk of each slot."""

    chunks: tuple[Chunk, ...]
    cost: float
    slots: Mapping[str, Chunk]


NOTHING = Fit((), 0.0, {})


class Grammar:
    """Compiled chunk rules, fragments and weights."""

    def __init__(self, naming: Mapping[str, Any]) -> None:
        self.weights: Mapping[str, float] = naming.get("weight", {})
        fragments = naming.get("fragment", {})
        self.rules = [_checked(raw) for raw in naming.get("chunk", ())]
        twice = [rule for rule, count in Counter(raw["id"] for raw in self.rules).items() if count > 1]
        if twice:
            raise RuleFault(f"two chunks {twice[0]}", where="naming.toml", remedy="give each a name of its own")
        self._patterns = [
            (_compiled(raw["pattern"], fragments, raw["id"]), raw["slot"], float(raw["weight"]), raw["id"])
            for raw in self.rules
        ]
        self._np = _compiled("{np}", fragments, "fragment np")
        self._leads: dict[str, list[Fit]] = {}
        self._phrases: dict[str, int] = {}

    def lead(self, kinds: str, end: int) -> Fit:
        """The cheapest chunks of the first `end` words."""
        if kinds not in self._leads:
            self._leads[kinds] = self._segment(kinds)
        return self._leads[kinds][end]

    def phrase_end(self, kinds: str) -> int:
        """How many words from the first on make the longest noun phrase; 0 if none begins here."""
        if kinds not in self._phrases:
            found = self._np.match(kinds)
            self._phrases[kinds] = found.end() if found else 0
        return self._phrases[kinds]

    def is_phrase(self, kinds: str) -> bool:
        """True if the words are one noun phrase."""
        return self.phrase_end(kinds) == len(kinds) > 0

    def _segment(self, kinds: str) -> list[Fit]:
        """The cheapest chunks of each beginning: from the left, each chunk joined to the cheapest before it."""
        unexplained = self.weights[_UNEXPLAINED]
        best = [NOTHING]
        for end in range(1, len(kinds) + 1):
            before = best[end - 1]
            base, cost = before, before.cost + unexplained
            chunk = Chunk(_UNEXPLAINED, end - 1, end, _UNEXPLAINED)
            for start in range(max(0, end - _LONGEST), end):
                if best[start].cost >= cost:
                    continue
                for pattern, slot, weight, rule in self._patterns:
                    if best[start].cost + weight < cost and pattern.fullmatch(kinds, start, end):
                        base, cost, chunk = best[start], best[start].cost + weight, Chunk(slot, start, end, rule)
            best.append(Fit((*base.chunks, chunk), cost, {**base.slots, chunk.slot: chunk}))
        return best


def _checked(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    missing = _NEEDED - set(raw)
    if missing:
        raise RuleFault(
            f"key {min(missing)} is missing",
            where=f"naming.toml, {raw.get('id', '(without id)')}",
            remedy="see the head of naming.toml",
        )
    return raw


def _compiled(pattern: str, fragments: Mapping[str, str], where: str) -> "regex.Pattern[str]":
    for name, text in fragments.items():
        pattern = pattern.replace("{" + name + "}", f"(?:{text})")
    try:
        return regex.compile(pattern, regex.V1)
    except regex.error as fault:
        raise RuleFault(f"pattern does not compile: {fault}", where=f"naming.toml, {where}") from fault


_BUILT: dict[str, Grammar] = {}


def grammar_of(knowledge: Knowledge) -> Grammar:
    """The grammar of the patterns in use."""
    if knowledge.version not in _BUILT:
        _BUILT[knowledge.version] = Grammar(knowledge.naming)
    return _BUILT[knowledge.version]
