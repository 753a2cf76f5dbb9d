"""Layout of text without geometry: which line breaks are hard breaks inside a sentence, and which lines are
page numbers. Comes in: lines. Goes out: RawLine objects. Refuses to join what looks like a heading, a
title, a list item, a signature or a row of a table.
"""

from collections import Counter

import regex

from extractor.reading.assemble import RawLine

_PAGE_NUMBER = regex.compile(
    r"^\s*(?:[-—–―·]{1,3}\s*[0-9０-９]{1,3}\s*[-—–―·]{1,3}|第\s*[0-9０-９]{1,3}\s*页(?:\s*[,，/]?\s*共\s*[0-9０-９]{1,3}\s*页)?|[0-9]{1,3}\s*/\s*[0-9]{1,3}|Page\s+[0-9]+(?:\s+of\s+[0-9]+)?)\s*$"
)
_MARKER = regex.compile(
    r"^\s*(?:[#>*|]|(?:第?[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})\s*[、.．]|[（(]\s*[一二三四五六七八九十0-9０-９]{1,3}\s*[）)]|[①-⑳]|第[一二三四五六七八九十]{1,3}(?:部分|章|节|条)|[一二三四五六七八九十]{1,2}[是要]|附件?\s*[0-9]?\s*[:：]|——|—|●|■|◆|•)"
)
_DATE_LINE = regex.compile(r"^\s*(?:[12][0-9]{3}|二[〇○零].{2})\s*年.{1,8}日\s*$")
_ENDS = frozenset("。！？!?；;：:…”’")
_GOES_ON_END = regex.compile(r"[一-鿿，、,0-9A-Za-z《“（(％%\-—]\s*$")
_RUNNING = regex.compile(r"[，。；,;]")
_LEAST_LINES = 4
_NARROWEST = 18


def paragraphs(lines: list[tuple[int, str]], *, keep_numbers: bool = False) -> list[RawLine]:
    """RawLine objects of (raw position, line): hard breaks joined, blanks left out, and page numbers too unless
    `keep_numbers` (in a format that has no pages, 3/9 is no page number)."""
    width = _wrap_width([text for _, text in lines])
    kept = [(at, text) for at, text in lines if keep_numbers or not _PAGE_NUMBER.match(text)]
    found: list[RawLine] = []
    open_paragraph = False
    for index, (at, text) in enumerate(kept):
        if not text.strip():
            open_paragraph = False
            continue
        following = kept[index + 1][1] if index + 1 < len(kept) else ""
        goes_on = _breaks_inside(text, following, width, open_paragraph)
        found.append(RawLine(text, at, goes_on))
        open_paragraph = goes_on
    if found and found[-1].goes_on:
        last = found[-1]
        found[-1] = RawLine(last.text, last.raw_start)
    return found


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which a file was wrapped; None for a file whose lines are paragraphs."""
    lengths = Counter(len(text.rstrip()) for text in lines if len(text.rstrip()) >= _NARROWEST)
    if not lengths:
        return None
    longest = max(lengths)
    near = sum(count for length, count in lengths.items() if length >= longest - 2)
    return longest if near >= max(_LEAST_LINES, sum(lengths.values()) // 3) else None


def _breaks_inside(text: str, following: str, width: int | None, inside: bool) -> bool:
    """True if the break behind `text` stands inside a sentence."""
    if not following.strip() or "\t" in text or "\t" in following:
        return False
    if text.count("《") > text.count("》") and "》" in following:
        return True
    stripped = text.rstrip()
    if stripped[-1] in _ENDS or not _GOES_ON_END.search(stripped):
        return False
    if _MARKER.match(following) or _DATE_LINE.match(following) or _DATE_LINE.match(text):
        return False
    # a paragraph begins with an indent; a line that goes on does not
    if regex.match(r"[ 　]{2}", following) and not regex.match(r"[ 　]{2}", text):
        return False
    if width is not None and len(stripped) >= width - 2:
        return True
    if _MARKER.match(text) and not inside and not regex.search(r"[。；;]", text):
        return False
    if stripped[-1] in "，、,":
        return bool(_RUNNING.search(text)) or inside
    # running text has stops inside; a title, a name or a signature has none
    return bool(regex.search(r"[。；;]", text)) or (inside and bool(_RUNNING.search(following)))
