"""Where an issuer code (机关代字) begins in the run of characters before a year.

Comes in: the run, what stands before it, words after which a code begins, words that stand inside codes, the
tokeniser. Goes out: an offset into the run. Decided by words: a code begins behind the last word of the sentence
(建设任务参见|青教函), a body that is written out (县政府|青政) or a particle. Refuses to leave fewer than two characters.
"""

from collections.abc import Collection, Sequence

import regex

from extractor.text.tokens import Tokens

_USUAL_CODE = 7
_NEVER = "了的把被"
# 最高人民法院法释, 闵行区古美路街道办事处闵古办: two characters of a code must be left
_BODY = regex.compile(
    r"[一-龥]{2,}(?:人民政府|办事处|办公室|办公厅|委员会|(?<=省|市|区|县|镇|乡|人民)(?:委|法院|检察院)|管理局|总局)(?=[一-龥]{2})"
)
# one word that names a body (县政府, 市司法局): behind it the code of that body may stand
_BODY_WORD = regex.compile(
    r"[一-龥]*(?:政府办?|[省市区县镇乡州旗党工]委办?|街道|办事处|局|厅|部|部门|法院|检察院|两办)"
)
# the dictionary joins the syllables of an office and of the code behind it: 区委办|宝委办
_OFFICE = regex.compile(r"(?:[省市区县镇乡州旗]委|政府)办(?:公[室厅])?")
_PREPOSITIONS = "的由经见以将对在按据到为是了、"
_CONJUNCTION = _PREPOSITIONS + "和与及或"
_NOUNS = ("号", "文件", "通知", "会议", "精神", "要求", "规定", "以及")
# prepositions that open no name of a place (将乐县, 从化区 do)
_NO_PLACE = tuple("与见按据对由在到以")
# offices and papers: a code begins with a place or a trade, never with one of these
_NO_BEGINNING = frozenset("办发函字规令文联政府委厅室组号")
# parts of speech of the words of a sentence; nouns are left to the list of stops
_SENTENCE = ("v", "p", "c", "d", "r", "f", "ad", "i", "l")


def code_start(run: str, before: str, stops: Sequence[str], parts: Collection[str], tokens: Tokens | None) -> int:
    """Offset in the run at which the code begins; without `tokens` a body that is written out stays."""
    start = _behind_stops(run, stops)
    if len(run) - start > _USUAL_CODE:
        named = _BODY.match(run, start)
        start = named.end() if named else start
    if tokens is not None:
        start = max(start, _behind_words(run, start, parts, tokens))
    if run[start : start + 1] in _NO_PLACE and len(run) - start > 2:
        start += 1
    # 和 joins two numbers, or opens a place's name (依据和政发): it is cut only behind a noun
    behind_noun = run[:start].endswith(_NOUNS) or (start == 0 and before in tuple("》)”号"))
    while start < len(run) - 2 and run[start] in (_CONJUNCTION if behind_noun else _PREPOSITIONS if start else ""):
        start += 1
    # 发展和改革委员会 is one body
    for at in range(start + 2, len(run) - 2):
        joins = run[at] == "和" and "委员会" not in run and "部" not in run and run[at - 1 : at + 2] != "共和国"
        if run[at] in "与及" or joins:
            start = at + 1
    return start


def _behind_stops(run: str, stops: Sequence[str]) -> int:
    start = 0
    for stop in stops:
        at = run.rfind(stop)
        if at >= 0 and at + len(stop) < len(run) - 1:
            start = max(start, at + len(stop))
    # no code holds 了 or 的 (总结了甲委发…); a body written out before its code is no part of it
    for mark in _NEVER:
        at = run.rfind(mark)
        if start <= at < len(run) - 2:
            start = at + 1
    return start


def _behind_words(run: str, start: int, parts: Collection[str], tokens: Tokens) -> int:
    """Behind the last word of two or more characters that belongs to the sentence, not to the code."""
    offices = [match.end() for match in _OFFICE.finditer(run, start) if _begins_code(run[match.end() :])]
    found = max(offices, default=start)
    for word in tokens.cut(run[start:]):
        if len(word.text) < 2 or word.text in parts or not _begins_code(run[start + word.end :]):
            continue
        if (
            (word.tag.startswith(_SENTENCE) and word.tag != "vn")
            or _BODY_WORD.fullmatch(word.text)
            or len(word.text) > 3
        ):
            found = max(found, start + word.end)
    return found


def _begins_code(rest: str) -> bool:
    return len(rest) > 1 and rest[0] not in _NO_BEGINNING
