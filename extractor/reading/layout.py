"""Layout of text without geometry: which line breaks are hard breaks inside a sentence, and which lines are
page numbers. Comes in: lines. Goes out: RawLine objects. Refuses to join what looks like a heading, a
title, a list item, a signature or a row of a table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import regex

from extractor.reading.assemble import RawLine

_PAGE_NUMBER = regex.compile(
    r"^\s*(?:[-—–―·]{1,3}\s*[0-9０-９]{1,3}\s*[-—–―·]{1,3}|第\s*[0-9０-９]{1,3}\s*页(?:\s*[,，/]?\s*共\s*[0-9０-９]{1,3}\s*页)?|[0-9]{1,3}\s*/\s*[0-9]{1,3}|Page\s+[0-9]+(?:\s+of\s+[0-9]+)?)\s*$"
)
_BARE_NUMBER = regex.compile(r"^\s*[0-9]{1,3}\s*$")
_MARKER = regex.compile(
    r"^\s*(?:[#>*|]|(?:第?[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})\s*[、.．](?![0-9０-９])|[（(]\s*[一二三四五六七八九十0-9０-９]{1,3}\s*[）)]|[①-⑳]|第[一二三四五六七八九十]{1,3}(?:部分|章|节|条)|[一二三四五六七八九十]{1,2}[是要]|附件?\s*[0-9]?\s*[:：]|——|—|●|■|◆|•)"
)
_DATE_LINE = regex.compile(r"^\s*(?:[12][0-9]{3}|二[〇○零].{2})\s*年.{1,8}日\s*$")
_ENDS = frozenset("。！？!?；;：:…”’")
_GOES_ON_END = regex.compile(r"[一-鿿，、,0-9A-Za-z《“（(％%\-—]\s*$")
_RUNNING = regex.compile(r"[，。；,;]")
# what no line of a paragraph begins with, or ends in, but one that goes on
_CLOSING = regex.compile(r"^\s*[）)》〉」』】〕”’、，。；：！？％%,;]")
_OPENING = regex.compile(r"[（《〈「『【〔“‘]\s*$")
_BRACKET_CUT, _BRACKET_END = regex.compile(r"[〔［\[（(][0-9]{1,4}$"), regex.compile(r"[0-9]{0,3}[〕］\]）)]")
_DECIMAL_CUT = regex.compile(r"[0-9][.．]$")
_NUMBER_CUT = regex.compile(r"[0-9０-９]\s*$")
_MEASURE = regex.compile(
    r"^\s*(?:[余多]?[万亿]?(?:[件次个起名人项条份册场户家处元米亩吨年月日天期批类宗篇]|公里|公顷|平方|小时)|[余多]|[%％])"
)
_DIGITS_END, _DIGITS_START = regex.compile(r"(?<![0-9.,-])[1-9][0-9]*$"), regex.compile(r"[0-9]+")
# counts of a year have no more digits; telephones have
_LONGEST_NUMBER = 6
_UNIT = regex.compile(r"[!-~]+|[《“（〔「]*.[，。、；：！？》”）〕」％…]*")
_LEAST_LINES = 4
# a shorter line is a cell that stands alone
_LEAST_SENTENCE = 10
_NARROWEST = 16.0
# in widths of a Chinese character; other letters are half as wide
_HALF = 0.5
_WIDE_FROM = "\u2000"
_SLACK, _LITTLE_SLACK = 1.6, 0.6
_STOPS = frozenset("。；")
_INDENT = regex.compile(r"[ 　]{2}")
# lines between two page numbers, so that numbers of rows are none
_PAGE_LINES = 8


def paragraphs(
    lines: list[tuple[int, str]], rows: Mapping[int, RawLine] = MappingProxyType({}), *, keep_numbers: bool = False
) -> list[RawLine]:
    """RawLine objects of (raw position, line): hard breaks joined, blanks left out, and page numbers too unless
    `keep_numbers` (in a format that has no pages, 3/9 is no page number). `rows`: by raw position, the lines that are
    rows of a table (without cells: a rule between rows, left out)."""
    wrap = _wrap_of([text for at, text in lines if at not in rows])
    kept = lines if keep_numbers else _without_numbers(lines, wrapped=wrap is not None)
    found: list[RawLine] = []
    open_paragraph = False
    for index, (at, text) in enumerate(kept):
        row = rows.get(at)
        if row is not None or not text.strip():
            open_paragraph = False
            found += [row] if row is not None and row.cells else []
            continue
        at_next, following = kept[index + 1] if index + 1 < len(kept) else (-1, "")
        following = "" if at_next in rows else following
        goes_on = _breaks_inside(text, following, wrap, open_paragraph)
        found.append(RawLine(text, at, goes_on))
        open_paragraph = goes_on
    if found and found[-1].goes_on:
        last = found[-1]
        found[-1] = RawLine(last.text, last.raw_start)
    return found


def _without_numbers(lines: list[tuple[int, str]], *, wrapped: bool) -> list[tuple[int, str]]:
    """The lines without page numbers, and in a wrapped file without the empty lines around them: the sentence goes on
    on the next page."""
    numbers = {at for at, (_, text) in enumerate(lines) if _PAGE_NUMBER.match(text)}
    if wrapped:
        numbers |= _bare_numbers([text for _, text in lines])
    gone = set(numbers)
    for number in numbers if wrapped else ():
        for step in (-1, 1):
            at = number + step
            while 0 <= at < len(lines) and not lines[at][1].strip():
                gone.add(at)
                at += step
    return [line for at, line in enumerate(lines) if at not in gone]


def _bare_numbers(texts: list[str]) -> set[int]:
    """Lines that are nothing but a number which counts on, page after page."""
    found: set[int] = set()
    last: tuple[int, int] | None = None
    for at, text in enumerate(texts):
        if not _BARE_NUMBER.match(text):
            continue
        value = int(text)
        if last is not None and value == last[1] + 1 and at - last[0] > _PAGE_LINES:
            found |= {last[0], at}
        last = (at, value)
    return found


def _across(text: str) -> float:
    """How wide a line is, in Chinese characters."""
    return sum(1.0 if char >= _WIDE_FROM else _HALF for char in text.rstrip())


def _letters(text: str) -> float:
    """How many characters a line has: some programs break lines by their number."""
    return float(len(text.rstrip()))


@dataclass(frozen=True, slots=True)
class _Wrap:
    """The width at which a file was wrapped, in the measure that fits its lines best."""

    width: float
    measure: Callable[[str], float]

    def is_full(self, text: str, following: str, slack: float) -> bool:
        """True if the first word of the next line had no room; a number and its measure word are one."""
        unit = _UNIT.match(following.lstrip())
        needed = self.measure(unit[0]) if unit else 1.0
        if _NUMBER_CUT.search(text) and _MEASURE.match(following):
            needed += 1.0
        return self.measure(text) + needed > self.width - slack


def _wrap_of(lines: list[str]) -> _Wrap | None:
    """How a file was wrapped; None for a file whose lines are paragraphs."""
    found = [(near, -at, width, measure) for at, measure in enumerate((_across, _letters))
             for near, width in _wrap_width([measure(line) for line in lines])]  # fmt: skip
    if not found:
        return None
    _, _, width, measure = max(found, key=lambda one: one[:2])
    return _Wrap(width, measure)


def _wrap_width(widths: list[float]) -> list[tuple[int, float]]:
    """How many lines are just as wide, and the width; none if too few are. A few lines may be wider: a table's, an
    address."""
    wide = sorted((width for width in widths if width >= _NARROWEST), reverse=True)
    for beyond, width in enumerate(wide):
        if beyond > 0.03 * len(wide):
            break
        if sum(width - 2.5 <= other <= width for other in wide) >= max(_LEAST_LINES, len(wide) // 3):
            return [(sum(width - 1 <= other <= width for other in wide), width)]
    return []


def _breaks_inside(text: str, following: str, wrap: _Wrap | None, inside: bool) -> bool:
    """True if the break behind `text` stands inside a sentence."""
    if not following.strip() or "\t" in text or "\t" in following:
        return False
    if cuts_sentence(text, following):
        return True
    stripped = text.rstrip()
    if stripped[-1] in _STOPS and wrap is not None and not _opens(following):
        # a sentence ends at the margin more often than a paragraph does
        return wrap.is_full(stripped, following, _LITTLE_SLACK)
    if _DECIMAL_CUT.search(stripped) and following.lstrip()[:1].isdigit():
        return True
    if stripped[-1] in _ENDS or (wrap is None and not _GOES_ON_END.search(stripped)):
        return False
    if _opens(following) or _DATE_LINE.match(text):
        return False
    # a paragraph begins with an indent; a line that goes on does not
    if regex.match(r"[ 　]{2}", following) and not regex.match(r"[ 　]{2}", text):
        return False
    if wrap is not None and wrap.is_full(stripped, following, _SLACK):
        return True
    if _MARKER.match(text) and not inside and not regex.search(r"[。；;]", text):
        return False
    if stripped[-1] in "，、,":
        return bool(_RUNNING.search(text)) or inside
    # running text has stops inside; a title, a name or a signature has none
    return bool(regex.search(r"[。；;]", text)) or (inside and bool(_RUNNING.search(following)))


def cuts_sentence(text: str, following: str) -> bool:
    """True if the words alone show that the break stands inside a sentence: in a title, before a closing mark, behind an
    opening one, between a number and its measure word or inside a number.

    >>> cuts_sentence("依法办理行政处罚案件26", "件，均已办结。"), cuts_sentence("联系电话：0717-4567", "2023年1月5日")
    (True, False)
    """
    if text.count("《") > text.count("》") and "》" in following:
        return True
    if _CLOSING.match(following) or _OPENING.search(text):
        return True
    if _BRACKET_CUT.search(text) and _BRACKET_END.match(following):
        return True
    if len(text.rstrip()) < _LEAST_SENTENCE or not _NUMBER_CUT.search(text):
        return False
    return bool(_MEASURE.match(following) or (_RUNNING.search(text) and _inside_number(text.rstrip(), following)))


def _inside_number(text: str, following: str) -> bool:
    """201⏎8年, 10⏎2份: what would be written before the break and behind it is one number with its measure word."""
    before, behind = _DIGITS_END.search(text), _DIGITS_START.match(following)
    if before is None or behind is None or not _MEASURE.match(following[behind.end() :]):
        return False
    if following[behind.end()] == "年":
        return len(before[0]) + len(behind[0]) == len("2018")
    return len(before[0]) + len(behind[0]) <= _LONGEST_NUMBER


def _opens(following: str) -> bool:
    """True if the line begins as only a line of its own does: a marker, a date, an indent; or is a bare number."""
    return any(kind.match(following) for kind in (_MARKER, _DATE_LINE, _INDENT, _BARE_NUMBER))
