"""Coordinated names (并列): several names said as one phrase before their numbers → one name for each number.

Comes in: the phrase and how many numbers follow it. Goes out: as many names. Refuses to split where parts and numbers
do not agree.
"""

import regex

from extractor.stages.indicators.candidates import CHANGED, RATE_END
from extractor.text.tokens import Tokens

_JOINED = regex.compile(r"、|和|与|及|以及")


def split_names(text: str, count: int, tokens: Tokens) -> list[str]:
    """The `count` names of a coordinated phrase: 花生种植、收获机械化率 → 花生种植机械化率, 花生收获机械化率.

    A first part that lacks the last part's head noun gets it, and the last parts get the first part's
    modifier. One text `count` times if the parts are fewer or more.
    """
    changed = CHANGED.search(text)
    said = changed[0] if changed else ""
    parts = [part for part in _JOINED.split(text.removesuffix(said)) if part]
    if len(parts) != count or count < 2:
        return [text] * count
    return [part + said for part in _with_shared_words(parts, tokens)]


def _with_shared_words(parts: list[str], tokens: Tokens) -> list[str]:
    first, last = tokens.cut(parts[0]), tokens.cut(parts[-1])
    head = _shared_head(parts)
    if head is not None or len(last) < 2:
        return parts
    head_text = "".join(token.text for token in last[1:])
    prefix = first[0].text if len(first) > 1 else ""
    named = [parts[0] + head_text]
    for part in parts[1:-1]:
        named.append(prefix + part + head_text)
    return [*named, prefix + parts[-1]]


def _shared_head(parts: list[str]) -> str | None:
    """The ending that makes each part a name of its own (…率, …数); None if only the last has one."""
    return "" if all(RATE_END.search(part) for part in parts) else None
