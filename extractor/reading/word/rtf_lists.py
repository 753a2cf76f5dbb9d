"""Signs of list numbers that an RTF file holds only where it shows them: `\\leveltext` mended from `\\listtext`.

Comes in: the bytes of an RTF file. Goes out: the bytes with those signs, and how many there are. LibreOffice writes what
surrounds a number (`%1、`) in the code page alone: 、 becomes `?`, （ becomes `(`. The same file shows the number before
each paragraph (`\\listtext`: 一、), for programs that know no lists, and there each sign stands in Unicode with the byte
that replaces it. A byte of the list is a sign of the paragraphs where it replaces that sign in all of them; else it
stays. Signs between two numbers of one label (`%1、%2、`) stay too: where one number ends is not said.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import regex

# a control word, a byte in hex, a sign by its number with one replacement, any other character
_UNIT = regex.compile(
    r"\\u(?P<code>-?[0-9]{1,5})\ ?(?:\\'(?P<hex>[0-9a-fA-F]{2})|(?P<plain>[^\\{};]))|"
    r"\\'(?P<byte>[0-9a-fA-F]{2})|(?P<word>\\[a-zA-Z]+(?:-?[0-9]+)?\ ?)|\\(?P<escaped>[^a-zA-Z'])|(?P<char>[^\\{}\r\n])"
)
_TABLE = regex.compile(r"\\listtable\b.*?(?=\\listoverridetable\b|\\listtext\b|\Z)", regex.S)
_OF_TABLE = regex.compile(r"\{\\leveltext\b(?P<text>[^{}]*)\}|\\listid(?P<list>-?[0-9]{1,10})\b")
_OVERRIDE = regex.compile(r"\\listoverride\b[^{}]{0,200}?\\listid(-?[0-9]{1,10})\b[^{}]{0,200}?\\ls([0-9]{1,6})\b")
_SHOWN = regex.compile(r"\{\\listtext\b([^{}]*)\}")
_PARAGRAPH_END = regex.compile(r"\\par\b")
_LIST, _LEVEL = regex.compile(r"\\ls([0-9]{1,6})\b"), regex.compile(r"\\ilvl([0-9])\b")
# the properties of a paragraph, which name its list, follow its number
_REACH = 2000
_PLACES = 9


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sign of a label: the sign, the byte that stands for it in the code page, whether it is in Unicode."""

    sign: str
    byte: str
    named: bool
    start: int
    end: int


@dataclass(slots=True)
class _Template:
    """What surrounds the numbers of a level: the signs before the first number and those behind the last."""

    before: list[_Unit]
    behind: list[_Unit]


def with_shown_signs(data: bytes) -> tuple[bytes, int]:
    """The file with the signs that its paragraphs show, and how many were set."""
    text = data.decode("latin-1")
    table = _TABLE.search(text)
    if table is None:
        return data, 0
    templates = _templates(text, table.start(), table.end())
    lists = {int(found[2]): int(found[1]) for found in _OVERRIDE.finditer(text, table.end())}
    seen: dict[_Unit, set[str]] = defaultdict(set)
    for number, level, label in _labels(text, table.end()):
        template = templates.get((lists.get(number, 0), level))
        if template is not None and len(label) > len(template.before) + len(template.behind):
            first = len(label) - len(template.behind)
            for unit, shown in zip(template.before, label, strict=False):
                seen[unit].add(_meant(unit, shown))
            for unit, shown in zip(template.behind, label[first:], strict=True):
                seen[unit].add(_meant(unit, shown))
    signs = {unit: signs.pop() for unit, signs in seen.items() if len(signs) == 1}
    wrong = sorted((unit for unit, sign in signs.items() if sign != unit.sign), key=lambda unit: unit.start)
    made, at = [], 0
    for unit in wrong:
        code = ord(signs[unit])
        made += [text[at : unit.start], f"\\u{code - 0x10000 if code > 0x7FFF else code}\\'{ord(unit.byte):02x}"]
        at = unit.end
    made.append(text[at:])
    return "".join(made).encode("latin-1"), len(wrong)


def _meant(unit: _Unit, shown: _Unit) -> str:
    """The sign that a byte of a template stands for in a label; the byte itself if it is none for that sign."""
    # beyond ASCII a byte may be half a sign of GBK, which LibreOffice reads as it should
    replaced = not unit.named and unit.byte < "\x80" and shown.named and shown.byte == unit.byte
    return shown.sign if replaced else unit.sign


def _templates(text: str, start: int, end: int) -> dict[tuple[int, int], _Template]:
    """The templates by list and level; none for a level without a number."""
    found: dict[tuple[int, int], _Template] = {}
    levels: list[list[_Unit]] = []
    for part in _OF_TABLE.finditer(text, start, end):
        if part["list"] is None:
            levels.append(list(_units(text, part.start("text"), part.end("text"))))
            continue
        for level, units in enumerate(levels):
            # the first byte counts the signs, a semicolon ends them
            inner = units[1:-1]
            numbers = [at for at, unit in enumerate(inner) if not unit.named and ord(unit.byte) < _PLACES]
            if numbers and units[-1].byte == ";":
                found[int(part["list"]), level] = _Template(inner[: numbers[0]], inner[numbers[-1] + 1 :])
        levels = []
    return found


def _labels(text: str, start: int) -> Iterator[tuple[int, int, list[_Unit]]]:
    """List, level and label of each paragraph that shows one."""
    for shown in _SHOWN.finditer(text, start):
        last = shown.end() + _REACH
        ended = _PARAGRAPH_END.search(text, shown.end(), last)
        last = ended.start() if ended else last
        named, level = _LIST.search(text, shown.end(), last), _LEVEL.search(text, shown.end(), last)
        if named is not None:
            label = list(_units(text, shown.start(1), shown.end(1)))
            yield int(named[1]), int(level[1]) if level else 0, label


def _units(text: str, start: int, end: int) -> Iterator[_Unit]:
    """The signs between two places; blanks at the ends of a label are those behind control words."""
    for found in _UNIT.finditer(text, start, end):
        if found["word"] or found["char"] == " ":
            continue
        if found["code"]:
            byte = chr(int(found["hex"], 16)) if found["hex"] else found["plain"]
            yield _Unit(chr(int(found["code"]) % 0x10000), byte, True, found.start(), found.end())
        else:
            char = chr(int(found["byte"], 16)) if found["byte"] else found["escaped"] or found["char"]
            yield _Unit(char, char, False, found.start(), found.end())
