"""Document numbers (发文字号): where they start, and their normal form.

Comes in: matches of `patterns/citations.toml`. Goes out: numbers normalised per GB/T 9704: hexagonal
brackets, four-digit year, no 第, no leading zero. Refuses a run of words that holds no issuer code.
"""

from dataclasses import dataclass

import regex

from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import CitationKind
from extractor.rules.matching import Match
from extractor.stages.citations.codes import code_start
from extractor.text.numerals import chinese_value
from extractor.text.tokens import Tokens

# the longest code of an office that is known holds 9 characters (宝法治政府办 has 6)
_LONGEST_CODE = 10
# a kind of paper in place of a code: 会议纪要〔2021〕3号
_PAPERS = frozenset(
    {"报告", "纪要", "会议纪要", "通报", "公告", "通告", "简报", "决议", "决定", "通知", "文件", "批复", "专报"}
)
_TRADITIONAL = str.maketrans({"發": "发", "號": "号", "辦": "办", "國": "国", "會": "会", "黨": "党"})
# what an issuer code ends in: body, kind of paper
_CODE = regex.compile(
    r"[发办函字规令政府委会局党厅院室团联电通告议建组人法司财教民信复文综卫农水市交城环市监安应急审税管罚纪宣统工妇科旅体商粮林土住容范察检行告知函批宗侨台港退役网数大]$"
)


# what goes on a list of serials: 、13号, —5号, 和第8号; 5号、6号楼 are no papers
_FURTHER = regex.compile(
    r"\ ?(?P<joint>、|,|和|与|及|以及|-|—|~|至)\ ?(?:[〔\[(](?P<year>(?:19|20)[0-9]{2})[〕\])]\ ?)?(?:第\ ?)?(?P<serial>[0-9]{1,4})(?:\ ?(?P<mark>号))?(?![0-9.])"
)
_NO_PAPER = regex.compile(
    r"[楼院线路门栋台机令地岗桥闸井车船仓库铺]|[一二三四五六七八九十0-9]|(?:议案|提案|台风|公告|通告|通道|窗口)"
)
_PART = regex.compile(r"[-—~](?P<part>[0-9]{1,2})\ ?号")
_RANGE = frozenset("-—~至")
_LONGEST_RANGE = 30


@dataclass(frozen=True, slots=True)
class CodeWords:
    """What tells where an issuer code begins: words before it, words inside it, the tokeniser."""

    stops: tuple[str, ...]
    parts: frozenset[str]
    tokens: Tokens


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


def number_of(match: Match, view: str, words: CodeWords) -> Number | None:
    """The number of a match; None if what stands before the year is no issuer code."""
    written, serial = match.group("issuer_code"), match.group("serial")
    at = match.span_of("issuer_code")
    if written is None or at is None or serial is None:
        return None
    kind = match.rule.gives.get("kind")
    if kind == "case" or kind == "standard":
        text = regex.sub(r"\s+", "", match.span.slice(view)).replace("—", "-")
        return Number(match.span, text, written, _year(match.group("year")), None, CitationKind(kind), match.rule.id)
    # the body of an order is written out: 国家市场监督管理总局令
    tokens = None if match.rule.id.startswith("citation.order") else words.tokens
    begins = at.start + code_start(written, view[at.start - 1 : at.start], words.stops, words.parts, tokens)
    code = regex.sub(r"\s+", "", view[begins : at.end]).translate(_TRADITIONAL)
    if not code or code in words.stops:
        return None
    # broken over a line: what ends the line before is a code only if it ends like one
    bracket = match.group("bracket") if at.end == match.span.start or view[at.end] != "\n" else None
    if match.rule.id.startswith("citation.number") and not _is_code(code, bracket):
        return None
    year = _year(match.group("year"))
    value = int(serial) if serial.isascii() else int(chinese_value(serial) or 0)
    end = match.span.end
    if view[match.span.start : end].endswith("文件"):
        end -= 2
    # 12-1号 is one paper; 1-5号 are five
    part = _PART.match(view, end)
    split = part if part and int(part["part"]) <= value else None
    shown = f"{value}-{int(split['part'])}" if split else str(value)
    if match.rule.id == "citation.order.after":
        code += "令"
    if match.rule.id.startswith("citation.order"):
        text = f"{code}{'' if year is None else f'〔{year}〕'}{shown}号"
    else:
        text = f"{code}〔{'' if year is None else year}〕{shown}号"
    return Number(Span(begins, split.end() if split else end), text, code, year, value, None, match.rule.id)


def serials_behind(number: Number, view: str) -> list[Number]:
    """The numbers of the same code and year that follow with their serial alone, or with a year of their own: 〔2019〕5号、6号, 12、13号, 1—5号, 3号和〔2020〕4号.

    Each has the span of its own serial; those that a range leaves out, the span of the range."""
    found: list[Number] = []
    if number.kind is not None or number.year is None or number.serial is None:
        return found
    for at, match in _list_behind(number, view):
        last = found[-1] if found else number
        serial, year = int(match["serial"]), int(match["year"] or last.year or 0)
        between: range | tuple[int, ...] = ()
        if match["joint"] in _RANGE:
            between = range((last.serial or 0) + 1, serial)
            if (not between and serial != (last.serial or 0) + 1) or len(between) >= _LONGEST_RANGE:
                return found
        found += [_sibling(last, Span(at, match.end()), year, skipped) for skipped in between]
        begins = match.start("year") - 1 if match["year"] else match.start("serial")
        found.append(_sibling(last, Span(begins, match.end()), year, serial))
    return found


def _list_behind(number: Number, view: str) -> list[tuple[int, "regex.Match[str]"]]:
    """The further serials, each with the place where the serial before it begins; none that no 号 ends."""
    listed: list[tuple[int, regex.Match[str]]] = []
    serial, at = number.span.end - len(str(number.serial)), number.span.end
    ended = 0
    while (match := _FURTHER.match(view, at)) is not None:
        if match["mark"] and _NO_PAPER.match(view, match.end()):
            break
        listed.append((serial, match))
        serial, at = match.start("serial"), match.end()
        ended = len(listed) if match["mark"] else ended
    return listed[:ended]


def _sibling(number: Number, span: Span, year: int, serial: int) -> Number:
    return Number(
        span, f"{number.issuer_code}〔{year}〕{serial}号", number.issuer_code, year, serial, None, number.rule
    )


def _is_code(code: str, bracket: str | None) -> bool:
    """Hexagonal brackets stand in document numbers only: there a code may end in any character."""
    if code in _PAPERS or code.endswith("报告"):
        return False
    return 2 <= len(code) <= _LONGEST_CODE and (bracket == "〔" or _CODE.search(code) is not None)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if text.isascii():
        value = int(text)
        # two-digit years were written until the turn of the century
        return value if value > 99 else (2000 if value < 50 else 1900) + value
    found = chinese_value(text.replace("○", "〇"))
    return int(found) if found is not None else None
