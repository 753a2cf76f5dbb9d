"""Citations (引文): cited documents with title, number, or both.

Comes in: a document with identity and sections. Goes out: Citation records in text order. A number right
behind or before its title makes one record with it; the document's own number pairs with its own title.
Short forms are resolved and issuers decoded within the report. Refuses to invent either: what could mean two
things gives None. Rules: `patterns/citations.toml`.
"""

from dataclasses import replace

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.folding import fold
from extractor.datamodel.records import Citation
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import CitationKind
from extractor.rules import find_all
from extractor.rules.gazetteer import Gazetteer
from extractor.stages.base import Context, Progress
from extractor.stages.citations.document_numbers import CodeWords, Number, number_of, serials_behind
from extractor.stages.citations.issuers import issuer_of, issuer_tables
from extractor.stages.citations.relations import relation_of
from extractor.stages.citations.titles import Alias, alias_behind, articles_behind, find_titles, full_title

NO_DOCUMENT = "citation.no_document"
BARE_LAW = "citation.bare_law"
_APART = frozenset({"citation.relation", NO_DOCUMENT})
# between a title and its number: (试行), an opening bracket, 以下简称
_BETWEEN = regex.compile(
    r"(?:\((?:试行|暂行|修订|草案|送审稿|征求意见稿|修订版|[0-9]{4}年?(?:版|修订))\))?\ ?[(\[]?\ ?(?:以下[简簡统][称稱][^)]{1,20}[,;])?\ ?(?:的(?:通知|意见|决定|公告|批复|函))?\ ?[(\[]?[,;]?\ ?(?:(?:发文字号|文号)(?:为|是)?\ ?:?\ ?)?"
)
_OWN_LINE = regex.compile(r"(?m)^\ *(?:[\[【]?\ ?(?:发文字号|文\ *号|文件编号)\ ?[\]】]?\ ?:?\ ?)?$")
# a field of the page's head, others beside it: 发布机构 甲镇 文 号 甲政发〔2020〕1号
_OWN_FIELD = regex.compile(r"(?:^|[\s|/\[【])(?:发文字号|发文文号|文件字号|文\ *号|文件编号)\ *[\]】]?\ *[:|]?\ *$")
_OWN_LIMIT = 1200
_STATE_COUNCIL = frozenset({"国务院令", "中华人民共和国国务院令", "国令"})
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
    (CitationKind.LAW, regex.compile(r"(?:(?<!办)法|法典|宪法)(?:\([^)]*\))?$")),
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
# 宪法宣传周, 宪法日 and the like are events, not the law; 行政法学 is no law either
_NO_MENTION = regex.compile("学|宣传[周月日]|日(?![常前后益])|[宣晨]誓|院|庭|官|盲|律|规(?!定)|人(?!民|员)")
_PARTY_CODE = regex.compile(r"^(?:中办|中发|中共)|[党委](?:发|办|函|字|规)?(?:发|办)?$")


def find_citations(document: Document, so_far: Progress, context: Context) -> tuple[Citation, ...]:
    """All citations in text order."""
    view = document.view
    rules = [r for r in context.knowledge.group("citations") if r.id not in _APART]
    words = CodeWords(
        tuple(context.knowledge.words("code_stops")),
        frozenset(context.knowledge.words("code_parts")),
        context.tokens,
    )
    numbers = []
    for match in find_all(rules, view):
        number = number_of(match, view, words)
        if number is not None:
            numbers += [number, *serials_behind(number, view)]
    titles = find_titles(view)
    paired: set[int] = set()
    found = []
    for title in titles:
        number = _number_of_title(view, title, numbers, paired, titles)
        found.append(_record(document, title, number, context))
    for index, number in enumerate(numbers):
        if index in paired:
            continue
        own = _is_own(view, number, so_far)
        found.append(_record(document, None, number, context, own=own, so_far=so_far))
    if context.bare_laws:
        found += _bare_laws(document, [c.span for c in found], context)
    return _completed(document, sorted(found, key=lambda citation: citation.span), so_far, context)


def _completed(document: Document, found: list[Citation], so_far: Progress, context: Context) -> tuple[Citation, ...]:
    """The citations with issuers, articles and what short forms stand for."""
    tables = issuer_tables(
        context.knowledge.file("gazetteers/issuer_codes.csv"), context.knowledge.file("gazetteers/code_bodies.csv")
    )
    view = document.view
    aliases: list[Alias] = []
    earlier: list[str] = []
    made = []
    for citation in found:
        end = citation.title_span.end if citation.title_span else citation.span.end
        title = citation.title if citation.relation != "own" else None
        full = full_title(title, citation.span.start, aliases, earlier, context.gazetteer) if title else None
        if title:
            name = alias_behind(view, citation.span.end) or alias_behind(view, end)
            if name is not None:
                aliases.append(Alias(citation.span.start, name, full or title))
            earlier.append(full or title)
        issuer = issuer_of(citation.issuer_code, full or citation.title, so_far.identity, context.gazetteer, tables)
        articles = articles_behind(view, end) if citation.title_span else None
        made.append(
            replace(
                citation,
                issuer=issuer.name,
                issuer_relation=issuer.relation,
                issuer_confidence=issuer.confidence,
                full_title=full,
                kind=_kind(full, None, context.gazetteer) if full and not citation.number else citation.kind,
                articles=document.quote(articles) if articles else None,
            )
        )
    return tuple(made)


def _bare_laws(document: Document, taken: list[Span], context: Context) -> list[Citation]:
    """Mentions of laws of the nation without 《》; what a citation or heading already holds is left out."""
    found: list[Citation] = []
    for name in context.gazetteer.national_laws:
        at = document.view.find(name)
        while at >= 0:
            span = Span(at, at + len(name))
            if not _NO_MENTION.match(document.view, span.end) and not any(span.overlaps(other) for other in taken):
                taken.append(span)
                relation = _relation(document.view, span, context)
                found.append(
                    Citation(
                        span=span, rule=BARE_LAW, title=name, title_span=span, kind=CitationKind.LAW, relation=relation
                    )
                )
            at = document.view.find(name, span.end)
    return found


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
    """True for a number that stands alone on a line of the head, or in its field: the document's own."""
    start = view.rfind("\n", 0, number.span.start) + 1
    end = view.find("\n", number.span.end)
    before = view[start : number.span.start]
    behind = view[number.span.end : len(view) if end < 0 else end]
    if number.span.start >= _OWN_LIMIT or so_far.identity.title is None:
        return False
    alone = not behind.strip() and _OWN_LINE.fullmatch(before) is not None
    return alone or _OWN_FIELD.search(before) is not None


def _record(
    document: Document,
    title: Span | None,
    number: Number | None,
    context: Context,
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
    no_document = context.knowledge.rule(NO_DOCUMENT)
    is_none = bool(number is None and name and no_document and no_document.pattern.search(fold(name)))
    return Citation(
        span=span,
        rule=number.rule if number else NO_DOCUMENT if is_none else "citation.title",
        title=name,
        title_span=title,
        number=number.text if number else None,
        number_text=document.quote(number.span) if number else None,
        number_span=number.span if number else None,
        issuer_code=number.issuer_code if number else None,
        year=number.year if number else None,
        serial=number.serial if number else None,
        kind=CitationKind.OTHER if is_none else _kind(name, number, context.gazetteer),
        relation="own" if own else _relation(view, span, context),
    )


def _kind(title: str | None, number: Number | None, gazetteer: Gazetteer) -> CitationKind:
    if number is not None and number.kind is not None:
        return number.kind
    if number is not None and _PARTY_CODE.search(number.issuer_code):
        return CitationKind.PARTY_DOCUMENT
    if number is not None and number.rule.startswith("citation.order"):
        code = number.issuer_code
        if "主席" in code:
            return CitationKind.LAW
        return CitationKind.ADMINISTRATIVE_REGULATION if code in _STATE_COUNCIL else CitationKind.RULE
    if title is None:
        return CitationKind.NORMATIVE_DOCUMENT
    law = gazetteer.law(title)
    if law is not None and law.kind in _LAW_KINDS:
        return _LAW_KINDS[law.kind]
    for kind, pattern in _TITLE_KINDS:
        if pattern.search(title.replace("（", "(").replace("）", ")")):
            return kind
    return CitationKind.NORMATIVE_DOCUMENT if number is not None else CitationKind.OTHER


def _relation(view: str, span: Span, context: Context) -> str | None:
    rule = context.knowledge.rule("citation.relation")
    return relation_of(view, *span, rule, context.tokens) if rule else None
