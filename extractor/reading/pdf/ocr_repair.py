"""Confusions of recognition in document numbers, mended by rule: 政办[2021]5 号 → 政办〔2021〕5号.

Comes in: a recognised line with a rectangle per character. Goes out: the line, rectangles, how many were mended.
The rule of GB/T 9704: year in 〔〕, number without 第 and without leading zeros, 号 behind it. Only what has the year, a
bracket on at least one side and 号 is touched; amounts, dates and ordinary brackets are not.
"""

import regex

from extractor.reading.assemble import Box

_YEAR = r"(?:19[4-9][0-9]|20[0-9]{2})"
_OPEN, _CLOSE = r"[〔\[［（(【﹝「]", r"[〕\]］）)】﹞」]"
_NUMBERS = (
    # brackets of any kind, blanks inside
    regex.compile(
        rf"(?<=[\p{{Han}}])(?P<open>\s*{_OPEN}\s*)({_YEAR})(?P<close>\s*{_CLOSE}\s*)([0-9]{{1,5}})(?P<gap>\s*)号"
    ),
    # 〔 read as a one or an l: the closing bracket proves it
    regex.compile(rf"(?<=[\p{{Han}}])(?P<open>[1lI|])({_YEAR})(?P<close>\s*{_CLOSE}\s*)([0-9]{{1,5}})(?P<gap>\s*)号"),
    # 〕 lost its shape: the opening bracket proves it
    regex.compile(rf"(?<=[\p{{Han}}])(?P<open>\s*{_OPEN}\s*)({_YEAR})(?P<close>[lI|J\}}])([0-9]{{1,5}})(?P<gap>\s*)号"),
    # 〕 lost: the opening bracket proves it, unless a one behind the year may be the bracket itself
    regex.compile(rf"(?<=\p{{Han}})(?P<open>\s*[〔\[【]\s*)({_YEAR})(?P<close>)((?!1[0-9])[0-9]{{1,5}})(?P<gap>\s*)号"),
)
# 号 on the next line: the right opening bracket proves the closing one
_YEAR_ALONE = regex.compile(rf"(?<=\p{{Han}}〔{_YEAR})[\]］）)】﹞」](?=\s*[0-9]*\s*$)")
# brackets and stops of Chinese text are wide (GB/T 15834); recognition narrows them at random
_NARROW = (
    regex.compile(r"(?<=[\p{Han}》〕”」％%])\(|\((?=[\p{Han}《“])"),
    regex.compile(r"(?<=[\p{Han}》〕”])\)|(?<=（[^()（）]{0,40})\)|\)(?=[\p{Han}，。；、：])"),
)
_STOPS = regex.compile(r"(?<=[\p{Han}）》〕”％])[,;:](?=[\p{Han}《“]|$)")
_WIDE_STOPS = {",": "，", ";": "；", ":": "："}


def widened(text: str) -> tuple[str, list[int]]:
    """The line with the round brackets and stops of Chinese text in their wide form, and where it was changed.

    >>> widened("受理(件)，(2021—2025年)，f(x)")
    ('受理（件），（2021—2025年），f(x)', [2, 4, 6, 17])
    """
    changed: list[int] = []
    for narrow, wide in zip(_NARROW, "（）", strict=True):
        changed += [found.start() for found in narrow.finditer(text)]
        text = narrow.sub(wide, text)
    stops = [found.start() for found in _STOPS.finditer(text)]
    for at in stops:
        text = text[:at] + _WIDE_STOPS[text[at]] + text[at + 1 :]
    pairs = [found.start() for found in regex.finditer(r"\((?=[^()（）]{0,40}）)", text)]
    for at in pairs:
        text = text[:at] + "（" + text[at + 1 :]
    return text, sorted([*changed, *stops, *pairs])


def mend(text: str, boxes: list[Box]) -> tuple[str, list[Box], int]:
    """The line with its document numbers mended.

    >>> mend("政办[2021]5 号", [(0.0, 0.0, 1.0, 1.0)] * 11)[0]
    '政办〔2021〕5号'
    >>> mend("（2021）年12号", [(0.0, 0.0, 1.0, 1.0)] * 10)[0]
    '（2021）年12号'
    """
    count = 0
    # a bracket that was lost has the rectangle of the digit behind it
    for number in _NUMBERS:
        for found in reversed(list(number.finditer(text))):
            before = text
            for name, form in (("gap", ""), ("close", "〕"), ("open", "〔")):
                start, end = found.span(name)
                text = text[:start] + form + text[end:]
                boxes = boxes[:start] + boxes[start : start + len(form)] + boxes[end:]
            count += text != before
    text, alone = _YEAR_ALONE.subn("〕", text)
    return text, boxes, count + alone
