"""Document numbers (发文字号): where they start, and their normal form.

Comes in: matches of `patterns/citations.toml`. Goes out: numbers normalised per GB/T 9704: hexagonal
brackets, four-digit year, no 第, no leading zero. Refuses a run of words that holds no issuer code.
"""

from dataclasses import dataclass

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import CitationKind
from extractor.rules.matching import Match
from extractor.text.numerals import chinese_value

# the longest code of an office that is known holds 9 characters (宝法治政府办 has 6)
_LONGEST_CODE = 10
_USUAL_CODE = 7
# a kind of paper in place of a code: 会议纪要〔2021〕3号
_PAPERS = frozenset(
    {"纪要", "会议纪要", "通报", "公告", "通告", "简报", "决议", "决定", "通知", "文件", "批复", "专报"}
)
_NEVER = "了的把被"
# 最高人民法院法释, 闵行区古美路街道办事处闵古办: two characters of a code must be left
_BODY = regex.compile(
    r"[一-龥]{2,}(?:人民政府|办事处|办公室|办公厅|委员会|(?<=省|市|区|县|镇|乡|人民)(?:委|法院|检察院)|管理局|总局)(?=[一-龥]{2})"
)
_PREPOSITIONS = "的由经见以将对在按据到为是了、"
_CONJUNCTION = _PREPOSITIONS + "和与及或"
_NOUNS = ("号", "文件", "通知", "会议", "精神", "要求", "规定", "以及")
_TRADITIONAL = str.maketrans({"發": "发", "號": "号", "辦": "办", "國": "国", "會": "会", "黨": "党"})
# what an issuer code ends in: body, kind of paper
_CODE = regex.compile(
    r"[发办函字规令政府委会局党厅院室团联电通告议建组人法司财教民信复文综卫农水市交城环市监安应急审税管罚纪宣统工妇科旅体商粮林土住容范察检行告知函批宗侨台港退役网数大]$"
)


# 5号、6号楼 are no papers
_SERIAL_BEHIND = regex.compile(
    r"(?:、|,|和|与|及|以及|-|—|~|至)\ ?(?:第\ ?)?(?P<serial>[0-9]{1,4})\ ?号"
    r"(?![楼院线路门栋台机令地岗桥闸井车船仓库铺]|[一二三四五六七八九十0-9]|(?:议案|提案|台风|公告|通告|通道|窗口))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its span, normal form and parts; `year` None where the text gives none."""

    span: Span
    text: str
    issuer_code: str
    year: int | None
    serial: int | None
    kind: CitationKind | None
    rule: str


def number_of(match: Match, view: str, stops: tuple[str, ...]) -> Number | None:
    """The number of a match; None if what stands before the year is no issuer code."""
    written, serial = match.group("issuer_code"), match.group("serial")
    at = match.span_of("issuer_code")
    if written is None or at is None or serial is None:
        return None
    kind = match.rule.gives.get("kind")
    if kind == "case" or kind == "standard":
        text = regex.sub(r"\s+", "", match.span.slice(view)).replace("—", "-")
        return Number(match.span, text, written, _year(match.group("year")), None, CitationKind(kind), match.rule.id)
    code_start = at.start + _code_start(written, view[at.start - 1 : at.start], stops)
    code = regex.sub(r"\s+", "", view[code_start : at.end]).translate(_TRADITIONAL)
    if (
        not code
        or code in stops
        or (match.rule.id.startswith("citation.number") and not _is_code(code, match.group("bracket")))
    ):
        return None
    year = _year(match.group("year"))
    value = int(serial) if serial.isascii() else int(chinese_value(serial) or 0)
    if match.rule.id == "citation.order.after":
        code += "令"
    if match.rule.id.startswith("citation.order"):
        text = f"{code}{'' if year is None else f'〔{year}〕'}{value}号"
    else:
        text = f"{code}〔{'' if year is None else year}〕{value}号"
    end = match.span.end
    if view[match.span.start : end].endswith("文件"):
        end -= 2
    return Number(Span(code_start, end), text, code, year, value, None, match.rule.id)


def serials_behind(number: Number, view: str) -> list[Number]:
    """The numbers of the same code and year that follow with their serial alone: 〔2019〕5号、6号; of 3号至6号 or
    3-6号 the last. Each has the span of its own serial."""
    found: list[Number] = []
    at = number.span.end
    while number.kind is None and number.year is not None:
        match = _SERIAL_BEHIND.match(view, at)
        if match is None:
            return found
        serial, at = int(match["serial"]), match.end()
        text = f"{number.text[: number.text.rindex('〕') + 1]}{serial}号"
        span = Span(match.start("serial"), match.end())
        found.append(Number(span, text, number.issuer_code, number.year, serial, None, number.rule))
    return found


def _is_code(code: str, bracket: str | None) -> bool:
    """Hexagonal brackets stand in document numbers only: there a code may end in any character."""
    if code in _PAPERS:
        return False
    return 2 <= len(code) <= _LONGEST_CODE and (bracket == "〔" or _CODE.search(code) is not None)


def _code_start(run: str, before: str, stops: tuple[str, ...]) -> int:
    """Offset in the run at which the code begins."""
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
    if len(run) - start > _USUAL_CODE:
        named = _BODY.match(run, start)
        start = named.end() if named else start
    if run[start : start + 1] in ("与", "见") and len(run) - start > 2:
        start += 1
    # 和 joins two numbers, or opens a place's name (依据和政发): it is cut only behind a noun
    behind_noun = run[:start].endswith(_NOUNS) or (start == 0 and before in tuple("》)”号"))
    while start < len(run) - 2 and run[start] in (_CONJUNCTION if behind_noun else _PREPOSITIONS if start else ""):
        start += 1
    # 发展和改革委员会 is one body
    for at in range(start + 2, len(run) - 2):
        if run[at] in "与及" or (run[at] == "和" and "委员会" not in run and "部" not in run):
            start = at + 1
    return start


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if text.isascii():
        value = int(text)
        # two-digit years were written until the turn of the century
        return value if value > 99 else (2000 if value < 50 else 1900) + value
    found = chinese_value(text.replace("○", "〇"))
    return int(found) if found is not None else None
