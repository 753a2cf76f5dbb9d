"""Fields of Word that keep no result: what their instruction draws.

Comes in: the instruction of a complex field. Goes out: the text that stands on the page, empty for the many fields that
show nothing. 带圈字符 (a digit in a circle) and 拼音指南 (a gloss above a character) are EQ fields in Chinese Word.
"""

import regex

_OVERSTRIKE = regex.compile(r"(?i)^\s*eq\b.*?\\o(?:\\a[cdlr])?\s*\((?P<inside>.*)\)\s*$", regex.DOTALL)
_COMMAND = regex.compile(r"\\[a-z]+(?:\s*\d+)?\s*", regex.I)
_SHAPES = frozenset("○◯〇□△▲◇O")
# counters of their own that Word fills in when it draws
_COUNTS = regex.compile(r"(?i)^\s*(?:listnum|autonum(?:lgl|out)?)\b")
_LIST = regex.compile(r"[,;，；]")


def drawn(instruction: str) -> str:
    r"""What an EQ field without a result shows: the last of the signs it sets on each other.

    >>> drawn(r" eq \o\ac(○,3)"), drawn(r"EQ \* jc2 \o\ad(\s\up 9(zhèn),镇)"), drawn(" PAGE ")
    ('③', '镇', '')
    """
    found = _OVERSTRIKE.match(instruction)
    if found is None:
        return ""
    parts = [_bare(part) for part in _LIST.split(found["inside"])]
    last = parts[-1]
    if len(parts) > 1 and parts[0] in _SHAPES and last.isascii() and last.isdigit() and 1 <= int(last[:3]) <= 20:
        return chr(0x245F + int(last))
    return last


def counts(instruction: str) -> bool:
    """True for a field that shows a number of a counter which no file holds."""
    return _COUNTS.match(instruction) is not None


def _bare(part: str) -> str:
    return _COMMAND.sub("", part).strip(" ()")
