"""Checking patterns: every example must match, every counterexample must not, in both widths.

Comes in: Knowledge. Goes out: one line per fault, naming rule and text. Used by `govreport patterns check` and
by the test of the shipped patterns.
"""

from collections.abc import Iterator

from extractor.datamodel.folding import fold
from extractor.errors import RuleTimeout
from extractor.rules.load import Knowledge
from extractor.rules.matching import find
from extractor.rules.schema import Example, Rule

_HALF_TO_FULL = str.maketrans(",;:!?()%", "，；：！？（）％")
_FULL_TO_HALF = str.maketrans("，；：！？（）％", ",;:!?()%")


def check(knowledge: Knowledge) -> list[str]:
    """Faults of all rules; empty if the patterns are as they say."""
    faults: list[str] = []
    for rules in knowledge.rules.values():
        for rule in rules:
            faults += check_rule(rule)
    return faults


def check_rule(rule: Rule) -> list[str]:
    """Faults of one rule."""
    faults: list[str] = []
    try:
        for example in rule.examples:
            faults += _check_example(rule, example)
        for text in rule.counterexamples:
            for written in _widths(text):
                found = [match.span.slice(fold(written)) for match in find(rule, fold(written))]
                if found:
                    faults.append(f"{rule.id}: counterexample {written!r} gives {found[0]!r}")
    except RuleTimeout as fault:
        faults.append(fault.detail)
    return faults


def _check_example(rule: Rule, example: Example) -> Iterator[str]:
    wanted = fold(example.match)
    for written in _widths(example.text):
        view = fold(written)
        matches = list(find(rule, view))
        match = next((m for m in matches if m.span.slice(view) == wanted), None)
        if match is None:
            found = [m.span.slice(view) for m in matches]
            yield f"{rule.id}: example {written!r} gives {found}, wanted {example.match!r}"
            return
        for name, value in example.groups.items():
            if match.group(name) != fold(value):
                yield f"{rule.id}: in {written!r} group {name} is {match.group(name)!r}, wanted {value!r}"


def _widths(text: str) -> list[str]:
    """The text as it stands, in full-width and in half-width punctuation, without repeats."""
    return list(dict.fromkeys([text, text.translate(_HALF_TO_FULL), text.translate(_FULL_TO_HALF)]))
