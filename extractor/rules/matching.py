"""Running rules over a view: literal prefilter, time limit, overlap policy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from extractor.datamodel.span import Span
from extractor.errors import RuleTimeout
from extractor.rules.schema import Rule

# A rule that needs longer on one report than this is broken (catastrophic backtracking): the
# slowest shipped rule takes some milliseconds on 100,000 characters.
TIME_LIMIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired: the whole span and its named groups (those that took part)."""

    rule: Rule
    span: Span
    found: "regex.Match[str]"

    def group(self, name: str) -> str | None:
        """Folded text of a named group; None if the group is unknown or took no part."""
        try:
            return self.found.group(name)
        except IndexError:
            return None

    def span_of(self, name: str) -> Span | None:
        """Span of a named group; None if the group is unknown or took no part."""
        try:
            start, end = self.found.span(name)
        except IndexError:
            return None
        return None if start < 0 else Span(start, end)


def find(rule: Rule, view: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
    """Matches of one rule in `view[start:end]`, in text order."""
    stop = len(view) if end is None else end
    if rule.needs and not any(view.find(literal, start, stop) >= 0 for literal in rule.needs):
        return
    try:
        for found in rule.pattern.finditer(view, start, stop, timeout=TIME_LIMIT_SECONDS):
            if found.end() > found.start():
                yield Match(rule, Span(*found.span()), found)
    except TimeoutError as fault:
        raise RuleTimeout(
            f"pattern ran longer than {TIME_LIMIT_SECONDS:g} s",
            where=f"rule {rule.id}, {stop - start} characters",
            remedy="make the pattern linear, or report the text that caused it",
        ) from fault


def find_all(rules: Iterable[Rule], view: str, start: int = 0, end: int | None = None) -> list[Match]:
    """Matches of all rules without overlaps: longest first, then earliest, then priority."""
    matches = [match for rule in rules for match in find(rule, view, start, end)]
    matches.sort(key=lambda m: (-m.span.length, m.span.start, -m.rule.priority, m.rule.id))
    taken = bytearray(len(view))
    kept = []
    for match in matches:
        if not any(taken[match.span.start : match.span.end]):
            taken[match.span.start : match.span.end] = b"\1" * match.span.length
            kept.append(match)
    kept.sort(key=lambda m: m.span)
    return kept
