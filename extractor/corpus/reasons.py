"""Reasons: why a row is there, looked up by the id of its rule, stage or check, in both languages."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractor.corpus.audit import CHECKS
from extractor.languages import chinese_of_pages
from extractor.rules import Knowledge, load
from extractor.stages.reasons import REASONS


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule's id, why it exists, and for rules of pattern files their file and what they rest on. `why_zh` equals
    `why` where nobody has written it in Chinese."""

    id: str
    why: str
    why_zh: str
    file: str | None = None
    source: str | None = None


@lru_cache(maxsize=2)
def _loaded(patterns: Path | None) -> Knowledge:
    return load(patterns)


def reason_of(rule_id: str, patterns: Path | None = None) -> Reason:
    """The reason of a rule of the pattern files (with the user's overlay), of a stage, or of a check."""
    rule = _loaded(patterns).rule(rule_id)
    if rule is not None:
        return Reason(rule.id, rule.why, rule.why_zh or rule.why, f"patterns/{rule.group}.toml", rule.source)
    documented = next((check.docs for check in CHECKS if check.id == rule_id), "no reason on record")
    why = REASONS.get(rule_id, documented)
    return Reason(rule_id, why, chinese_of_pages(why))
