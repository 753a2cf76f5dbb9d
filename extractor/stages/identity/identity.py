"""Identity (报告身份): title, issuer, region, level, division code, report year, plan year.

Comes in: a document and its sections. Goes out: one Identity; what the text, path and --area do not
settle stays None. Refuses the wall clock: 本年 is the report's year. Rules: `patterns/identity.toml`.
"""

from datetime import date

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.folding import fold
from extractor.datamodel.records import Identity, Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import RegionLevel, SectionKind
from extractor.rules import find
from extractor.rules.gazetteer import Division, Gazetteer
from extractor.stages.base import Context, Progress
from extractor.stages.identity.localities import Mention, choose, mentions, most_frequent, parents
from extractor.text.sentences import trimmed

# a title stands among the first lines of a document
_FIRST_LINES = 14
_LONGEST_TITLE = 90
_HEAD_CHARS = 1500
_YEAR = regex.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\ ?年?")
_YEAR_MARK = regex.compile(r"(?<![0-9])(20[0-9]{2})\ ?年")
# 现将我镇2021年度工作情况报告如下
_SUMMED_UP = regex.compile(
    r"现[将就][^。;\n0-9]{0,20}(20[0-9]{2})年(?:度)?[^。;\n0-9]{0,40}(?:报告|汇报|总结|公布)如下"
)
_CHINESE_YEAR = regex.compile(r"二[〇零○]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])年")
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_DATE = regex.compile(r"(20[0-9]{2})\ ?[年\-./]\ ?(1[0-2]|0?[1-9])\ ?[月\-./]\ ?(3[01]|[12][0-9]|0?[1-9])\ ?日?")
_DELIVERED = regex.compile(
    r"(?m)^[\ (—-]*(20[0-9]{2})\ ?年\ ?(1[0-2]|0?[1-9])\ ?月\ ?[0-9]{1,2}\ ?日(?:在.{4,40}上)?[\ )]*$"
)
_LAST_MONTH_OF_REPORTING = 5
# a document's own number stands on a line of its own, or its line names it
_OWN_NUMBER = regex.compile(r"(?m)^\ *(?:(?:文|发文字)号\ ?:\ ?)?[一-龥]{2,12}〔(20[0-9]{2})〕[0-9]{1,4}号\ *$")
_PUBLISHED = regex.compile(r"(?:发布|发文|公布|成文|印发|公开|生成|更新)(?:日期|时间)?\ ?:\ ?$|来源.{0,20}$")
_KINDS = r"报告|总结|情况|通报|汇报|要点|计划|方案|规划|意见|办法|通知|简介|安排|公报|年报"
_TITLE_END = regex.compile(rf"(?:(?:{_KINDS})(?:的(?:通知|函|公告|报告|请示))?)(?:\([^()]{{1,20}}\))?$")
_DOCUMENT_LINE = regex.compile(r"(?:政府|委员会|党委|办公室|办事处|局|厅|院|部|法院|中心|支队|大队)$")
_NATION = regex.compile(
    r"我代表国务院|国务院总理|中华人民共和国国务院|^国务院|国务院办公厅(?:关于|[0-9]{4}年)|全国人民代表大会"
)
_LEVELS = {
    "province": RegionLevel.PROVINCE,
    "city": RegionLevel.CITY,
    "county": RegionLevel.COUNTY,
    "township": RegionLevel.TOWNSHIP,
}


def find_identity(document: Document, so_far: Progress, context: Context) -> tuple[Identity]:
    """What the report says of itself: always one Identity."""
    return (_identity(document, so_far.of(Section), context),)


def _identity(document: Document, sections: tuple[Section, ...], context: Context) -> Identity:
    view = document.view
    gazetteer = context.gazetteer
    title, span = _title(document, sections)
    folded = fold(title or "")
    years = _years(document, folded, sections)
    path = fold(document.source.path)
    head = view[:_HEAD_CHARS]
    stated = fold(document.metadata.get("issuer", ""))
    issuer = _stated_issuer(context, folded, stated, view)
    region = _region(folded, stated, issuer or "", path, head, gazetteer)
    made = Identity(
        title=title,
        title_span=span,
        report_year=years[0],
        plan_year=years[1],
        published=_published(document),
        issuer=issuer,
    )
    if region is None:
        return _national(made, folded, view)
    evidence = [folded + stated + (issuer or ""), path, head, view]
    division = choose(region, evidence, gazetteer, context.area)
    return _placed(made, region, division, gazetteer, context)


def _title(document: Document, sections: tuple[Section, ...]) -> tuple[str | None, Span | None]:
    """The title as written (lines joined), and its span where it stands in the text."""
    first = next((s.heading.start for s in sections if s.level > 0), len(document.text))
    lines = [line for line in document.lines() if line.start < first][:_FIRST_LINES]
    for index, line in enumerate(lines):
        line = _without_marks(document.view, line)
        text = line.slice(document.view)
        if line.length > _LONGEST_TITLE or not _TITLE_END.search(text) or "。" in text:
            continue
        start = line.start
        above = _without_marks(document.view, lines[index - 1]) if index else None
        if above is not None and _goes_on(document.view, above, text):
            start = above.start
        whole = Span(start, line.end)
        return _joined(document.quote(whole)), whole
    stated = document.metadata.get("title")
    return (stated, None) if stated else (None, None)


def _without_marks(view: str, line: Span) -> Span:
    line = trimmed(view, line)
    head = regex.match(r"[#\ ]+", view[line.start : line.end])
    return Span(line.start + head.end(), line.end) if head else line


def _goes_on(view: str, above: Span, text: str) -> bool:
    """True if the title began on the line above: the issuer's name, or a phrase without an end."""
    written = above.slice(view)
    if not 3 <= len(written) <= 50 or regex.search(r"[。:;!]|[0-9]{4}-|〔", written):
        return False
    if _TITLE_END.search(written):
        return False
    return bool(_DOCUMENT_LINE.search(written)) or len(text) < 12 or written.startswith("关于")


def _joined(text: str) -> str:
    return regex.sub(r"\s*\n\s*", "", text).strip()


def _years(document: Document, title: str, sections: tuple[Section, ...]) -> tuple[int | None, int | None]:
    """Report year and plan year: title first, then first sentence, path, headings."""
    view = document.view
    plan = _plan_year(sections)
    in_title = _year_of(title)
    is_plan = bool(regex.search(r"(?:要点|计划|方案|安排|规划)(?:的通知)?$", title))
    if in_title is not None and is_plan:
        return in_title, in_title
    report = in_title
    if report is None:
        summed_up = _SUMMED_UP.search(view, 0, _HEAD_CHARS)
        report = int(summed_up[1]) if summed_up else None
    if report is None:
        report = _year_of(view[:400].split("\n", 1)[0], mark=True) or _first_year(view[:600])
    if report is None and regex.search(r"报告|总结", title):
        report = _year_delivered(view)
    if report is None:
        report = _year_of(fold(document.source.path).rpartition("/")[2])
    if report is None and plan is not None:
        report = plan - 1
    if report is None:
        published = _published(document)
        if published and regex.search(r"年度|年报|总结", title):
            report = published.year - 1 if published.month <= 4 else published.year
        elif published:
            report = published.year
        else:
            own = _OWN_NUMBER.search(view[:_HEAD_CHARS])
            report = int(own[1]) if own else None
    if plan is None and report is not None and any(s.kind is SectionKind.PLAN for s in sections):
        plan = report + 1
    return report, plan


def _year_delivered(view: str) -> int | None:
    """The year before a date line under the title: a report read out in spring speaks of the year that is over."""
    found = _DELIVERED.search(view, 0, _HEAD_CHARS)
    return int(found[1]) - 1 if found and int(found[2]) <= _LAST_MONTH_OF_REPORTING else None


def _plan_year(sections: tuple[Section, ...]) -> int | None:
    for section in sections:
        if section.kind is SectionKind.PLAN and section.level > 0:
            year = _year_of(fold(section.title), mark=True)
            if year is not None:
                return year
    return None


def _first_year(text: str) -> int | None:
    """The year with which a sentence of the beginning opens: 2020年,罗店镇…"""
    found = regex.search(r"(?:^|[\n。,、\ ]) (20[0-9]{2})年(?:度|以来|,|,|[一-龥])", text, regex.VERBOSE)
    return int(found[1]) if found else None


def _year_of(text: str, *, mark: bool = False) -> int | None:
    chinese = _CHINESE_YEAR.search(text)
    found = (_YEAR_MARK if mark else _YEAR).search(
        regex.sub(r"〔20[0-9]{2}〕|\(20[0-9]{2}-20[0-9]{2}年?\)|《[^》]*》", "", text)
    )
    if found and not (chinese and chinese.start() < found.start()):
        return int(found[1])
    if chinese:
        return int("20" + _CHINESE_DIGITS[chinese[1]] + _CHINESE_DIGITS[chinese[2]])
    return None


def _published(document: Document) -> date | None:
    stated = document.metadata.get("published")
    if stated:
        found = _DATE.search(fold(stated))
        return _as_date(found) if found else None
    view = document.view
    for found in _DATE.finditer(view, 0, 800):
        if _PUBLISHED.search(view[max(0, found.start() - 24) : found.start()]):
            return _as_date(found)
    last = [line for line in document.lines() if line.length <= 24][-4:]
    for line in reversed(last):
        found_or_none = _DATE.fullmatch(trimmed(view, line).slice(view))
        if found_or_none and line.start > len(view) - 400:
            return _as_date(found_or_none)
    return None


def _as_date(found: "regex.Match[str]") -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _stated_issuer(context: Context, title: str, stated: str, view: str) -> str | None:
    """The body that the title opens with, the file states, or that signs the text."""
    rules = context.knowledge.group("identity")
    signature = view.rstrip()[-160:]
    places = (("title", title), ("stated", stated), ("signature", signature))
    for where, text in places:
        for rule in rules:
            if where not in rule.gives.get("in", ()):
                continue
            for match in find(rule, text):
                return match.group("issuer")
    return None


def _region(title: str, stated: str, issuer: str, path: str, head: str, gazetteer: Gazetteer) -> str | None:
    """The name of the place that reports: the narrowest one that title, issuer or text names."""
    for text in (title, issuer, stated):
        name = _narrowest(mentions(text, gazetteer))
        if name:
            return name
    found = mentions(path, gazetteer)
    in_text = mentions(head, gazetteer)
    townships = {m.name for m in found if any(d.level == "township" for d in m.divisions)}
    for mention in in_text:
        if mention.name in townships:
            return mention.name
    if _NATION.search(_untitled(title + head[:400])):
        return None
    for level in ("township", "county", "city", "province"):
        name = most_frequent(in_text, level)
        # a township named once in passing does not report
        if name and (level != "township" or head.count(name) > 1 or head.find(name) < 80):
            return name
    return _narrowest(found)


def _untitled(text: str) -> str:
    """Without cited titles: 《国务院办公厅关于…》 does not make a report national."""
    return regex.sub(r"《[^》]*》", "", text)


def _narrowest(found: list[Mention]) -> str | None:
    """The last and lowest of a chain 上海市宝山区罗店镇; of several chains the first."""
    best: Mention | None = None
    for mention in found:
        if best is None or _depth(mention) > _depth(best):
            best = mention
    return best.name if best else None


def _depth(mention: Mention) -> int:
    return max(len(division.code) for division in mention.divisions)


def _national(made: Identity, title: str, view: str) -> Identity:
    if not _NATION.search(_untitled(title + view[:600])):
        return made
    return Identity(
        title=made.title,
        title_span=made.title_span,
        issuer=made.issuer or "国务院",
        region="全国",
        region_level=RegionLevel.NATIONAL,
        report_year=made.report_year,
        plan_year=made.plan_year,
        published=made.published,
    )


def _placed(
    made: Identity,
    region: str,
    division: Division | None,
    gazetteer: Gazetteer,
    context: Context,
) -> Identity:
    """The identity with its place; the issuer is the place's government if nothing else is said."""
    level = (division or max(gazetteer.named(region), key=lambda d: len(d.code))).level
    above = parents(division, gazetteer) if division else {}
    issuer = made.issuer
    rules = [r for r in context.knowledge.group("identity") if issuer and r.pattern.search(issuer)]
    department = bool(rules) and all(r.gives.get("level") == "department" for r in rules)
    if issuer is None and level == "township":
        issuer = region + ("办事处" if region.endswith("街道") else "人民政府")
    elif issuer is None and regex.search(r"政府|我代表", made.title or ""):
        issuer = region + "人民政府"
    return Identity(
        title=made.title,
        title_span=made.title_span,
        issuer=issuer,
        region=region,
        region_level=RegionLevel.DEPARTMENT if department else _LEVELS[level],
        division_code=division.code if division else None,
        county=above.get("county"),
        city=above.get("city"),
        province=above.get("province"),
        report_year=made.report_year,
        plan_year=made.plan_year,
        published=made.published,
    )
