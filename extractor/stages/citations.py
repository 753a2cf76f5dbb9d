"""Citations (引文): cited documents with title, number, or both.

Comes in: a document with identity and sections. Goes out: Citation records in text order. A number right
behind or before its title makes one record with it; the document's own number pairs with its own title.
Refuses to invent an issuer: a code that the table does not know gives None. Rules: `patterns/citations.toml`.
"""

import csv
from functools import lru_cache
from pathlib import Path

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Citation
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import CitationKind
from extractor.rules import find_all
from extractor.rules.gazetteer import Gazetteer
from extractor.stages.base import Context, Progress
from extractor.stages.document_numbers import Number, number_of
from extractor.text.sentences import closing

_LONGEST_TITLE = 120
# between a title and its number: (试行), an opening bracket, 以下简称
_BETWEEN = regex.compile(
    r"(?:\((?:试行|暂行|修订|草案|送审稿|征求意见稿|修订版|[0-9]{4}年?(?:版|修订))\))?\ ?[(\[]?\ ?(?:以下[简统]称[^)]{1,20}[,;])?\ ?(?:文号:)?"
)
_OWN_LINE = regex.compile(r"(?m)^\ *(?:[\[【]?\ ?(?:发文字号|文\ *号|文件编号)\ ?[\]】]?\ ?:?\ ?)?$")
_OWN_LIMIT = 1200
_LAW_KINDS = {
    "法律": CitationKind.LAW,
    "行政法规": CitationKind.ADMINISTRATIVE_REGULATION,
    "地方法规": CitationKind.LOCAL_REGULATION,
    "部门规章": CitationKind.RULE,
    "司法解释": CitationKind.JUDICIAL,
}
_TITLE_KINDS = (
    (CitationKind.PARTY_DOCUMENT, regex.compile(r"^(?:中共|中国共产党)|党内|党委|党组")),
    (CitationKind.PLAN, regex.compile(r"(?:规划|纲要|计划|方案|要点|安排)(?:\([^)]*\))?(?:的通知)?$")),
    (CitationKind.LAW, regex.compile(r"(?:法|法典|宪法)(?:\([^)]*\))?$")),
    (CitationKind.JUDICIAL, regex.compile(r"最高人民(?:法院|检察院).*(?:解释|规定|批复)$")),
    (CitationKind.LOCAL_REGULATION, regex.compile(r"(?:省|市|自治区|自治州|县).*条例(?:\([^)]*\))?$")),
    (CitationKind.ADMINISTRATIVE_REGULATION, regex.compile(r"条例(?:\([^)]*\))?$")),
    (
        CitationKind.NORMATIVE_DOCUMENT,
        regex.compile(
            r"(?:办法|规定|细则|意见|通知|决定|制度|规则|规程|标准|规范|清单|目录|指南|指引|机制|通告|公告|批复|函|若干措施|措施|导则|流程|预案|守则|公约)(?:\([^)]*\))?$"
        ),
    ),
)
_PARTY_CODE = regex.compile(r"^(?:中办|中发|中共)|[党委](?:发|办|函|字|规)?(?:发|办)?$")


def find_citations(document: Document, so_far: Progress, context: Context) -> tuple[Citation, ...]:
    """All citations in text order."""
    view = document.view
    rules = [r for r in context.knowledge.group("citations") if r.id != "citation.relation"]
    stops = context.knowledge.words("code_stops")
    numbers = []
    for match in find_all(rules, view):
        number = number_of(match, view, stops)
        if number is not None:
            numbers.append(number)
    titles = _titles(view, numbers)
    issuers = _issuers(context.knowledge.file("gazetteers/issuer_codes.csv"))
    paired: set[int] = set()
    found = []
    for title in titles:
        number = _number_of_title(view, title, numbers, paired, titles)
        found.append(_record(document, title, number, context, issuers))
    for index, number in enumerate(numbers):
        if index in paired:
            continue
        own = _is_own(view, number, so_far)
        found.append(_record(document, None, number, context, issuers, own=own, so_far=so_far))
    return tuple(sorted(found, key=lambda citation: citation.span))


def _titles(view: str, numbers: list[Number]) -> list[Span]:
    """Spans of 《…》, outermost; a title whose 》 is missing ends where the next one opens."""
    spans, at = [], view.find("《")
    while at >= 0:
        line_end = view.find("\n", at)
        line_end = len(view) if line_end < 0 else line_end
        end = closing(view, at, line_end)
        if end is None or end - at > _LONGEST_TITLE or _is_two(view[at + 1 : end - 1]):
            found = regex.compile(r"[》]|(?=[《,。;\n])").search(view, at + 1, line_end)
            end = found.end() if found else min(line_end, at + _LONGEST_TITLE)
        if (end - at > 2 and not any(n.span.overlaps(Span(at, end)) for n in numbers)) or end - at > 2:
            spans.append(Span(at, end))
        at = view.find("《", max(end, at + 1))
    return spans


def _is_two(inside: str) -> bool:
    """True for 甲规划《乙纲要: the first 》 is lost, and what stands inside is a second title."""
    return "《" in inside and inside.count("《") > inside.count("》")


def _number_of_title(
    view: str, title: Span, numbers: list[Number], paired: set[int], titles: list[Span]
) -> Number | None:
    between = _BETWEEN.match(view, title.end)
    behind = between.end() if between else title.end
    for index, number in enumerate(numbers):
        if index not in paired and number.span.start in (behind, title.end):
            paired.add(index)
            return number
    for index, number in enumerate(numbers):
        gap = view[number.span.end : title.start]
        # 令第16号《规定》: a number right before a title that has none behind it
        follows = any(t.end <= number.span.start <= t.end + 2 for t in titles)
        if index not in paired and gap in ("", " ", "文", "文件") and number.span.end <= title.start and not follows:
            paired.add(index)
            return number
    return None


def _is_own(view: str, number: Number, so_far: Progress) -> bool:
    """True for a number that stands alone on a line of the head: the document's own."""
    start = view.rfind("\n", 0, number.span.start) + 1
    end = view.find("\n", number.span.end)
    before = view[start : number.span.start]
    behind = view[number.span.end : len(view) if end < 0 else end]
    return (
        number.span.start < _OWN_LIMIT
        and not behind.strip()
        and _OWN_LINE.fullmatch(before) is not None
        and so_far.identity.title is not None
    )


def _record(
    document: Document,
    title: Span | None,
    number: Number | None,
    context: Context,
    issuers: dict[str, str],
    *,
    own: bool = False,
    so_far: Progress | None = None,
) -> Citation:
    view = document.view
    spans = [span for span in (title, number.span if number else None) if span]
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    if title is not None and number is not None and view[span.end : span.end + 1] in (")", "]"):
        span = Span(span.start, span.end + 1)
    name = None
    if title is not None:
        inner_end = title.end - 1 if view[title.end - 1] == "》" else title.end
        name = document.quote(Span(title.start + 1, inner_end)).strip()
    elif own and so_far is not None:
        name = so_far.identity.title
    code = number.issuer_code if number else None
    return Citation(
        span=span,
        rule=number.rule if number else "citation.title",
        title=name,
        title_span=title,
        number=number.text if number else None,
        number_text=document.quote(number.span) if number else None,
        number_span=number.span if number else None,
        issuer_code=code,
        issuer=issuers.get(code or ""),
        year=number.year if number else None,
        serial=number.serial if number else None,
        kind=_kind(name, number, context.gazetteer),
        relation="own" if own else _relation(view, span.start, context),
    )


def _kind(title: str | None, number: Number | None, gazetteer: Gazetteer) -> CitationKind:
    if number is not None and number.kind is not None:
        return number.kind
    if number is not None and _PARTY_CODE.search(number.issuer_code):
        return CitationKind.PARTY_DOCUMENT
    if title is None:
        order = number is not None and number.rule == "citation.order"
        return CitationKind.RULE if order else CitationKind.NORMATIVE_DOCUMENT
    law = gazetteer.law(title)
    if law is not None and law.kind in _LAW_KINDS:
        return _LAW_KINDS[law.kind]
    for kind, pattern in _TITLE_KINDS:
        if pattern.search(title.replace("（", "(").replace("）", ")")):
            return kind
    return CitationKind.NORMATIVE_DOCUMENT if number is not None else CitationKind.OTHER


def _relation(view: str, start: int, context: Context) -> str | None:
    """The last verb before the citation in its clause."""
    rule = context.knowledge.rule("citation.relation")
    line = view[max(0, start - 40) : start]
    line = line[max(line.rfind(mark) for mark in "。;\n") + 1 :]
    if rule is None:
        return None
    found = None
    for match in rule.pattern.finditer(line):
        found = match
    return found["word"] if found else None


@lru_cache(maxsize=4)
def _issuers(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["code"]: row["issuer"] for row in csv.DictReader(lines)}
