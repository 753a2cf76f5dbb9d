"""Identity (报告身份): title, issuer, region, level, division code, report year, plan year.

Comes in: a document and its sections. Goes out: one Identity; what the text, path and --area do not
settle stays None. Refuses the wall clock: 本年 is the report's year. Rules: `patterns/identity.toml`.
"""

from dataclasses import replace

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.folding import fold
from extractor.datamodel.records import Identity, Section
from extractor.datamodel.vocabulary import RegionLevel
from extractor.rules import find
from extractor.stages.base import Context, Progress
from extractor.stages.identity.evidence import Evidence, gather, own_class
from extractor.stages.identity.placing import Placed, parents, place, undecided
from extractor.stages.identity.titles import Title, find_title
from extractor.stages.identity.years import find_published, find_years
from extractor.stages.structure.reported import sums_up

# 在甲县第十八届人民代表大会第五次会议上: whose congress hears the report
_SESSION = regex.compile(
    r"(?:日\ ?|——|-|^\ *|[(])在(?P<where>[^。;,\n]{2,30}?)第?[一二三四五六七八九十0-9]{1,3}届\s*人民代表大会", regex.M
)
_SUMMED_WITHIN = 1500
_SPEAKS = regex.compile(r"我代表国务院|国务院总理")
_NATION = regex.compile(r"中华人民共和国国务院|^国务院|国务院办公厅(?:关于|[0-9]{4}年)|全国人民代表大会")
_NATION_WITHIN = 600
_SIGNATURE_CHARS = 160
_OPENING_CHARS = 300
_LONGEST_BODY = 24
# 我局: a body below a government speaks
_BODY = regex.compile(
    r"[我本](?:分局|办(?![公事理学法])|局|委(?!员)|厅|院|中心|支队|大队|总队|所(?!有|在|属|谓|辖)|处)"
)
_PLACE = regex.compile(r"[我本](?:省|市|县|区|州|盟|旗|镇|乡|街道)")


def find_identity(document: Document, so_far: Progress, context: Context) -> tuple[Identity]:
    """What the report says of itself: always one Identity."""
    sections = so_far.of(Section)
    title = find_title(document, sections)
    folded = fold(title.text) if title else ""
    published = find_published(document)
    years = find_years(document, folded, sections, published)
    issuer = _stated_issuer(document, title, context)
    made = Identity(
        title=title.text if title else None,
        title_span=title.span if title else None,
        report_year=years.report,
        plan_year=years.plan,
        published=published,
        issuer=issuer,
    )
    evidence = evidence_of(document, title, issuer, context)
    placed = place(evidence, context.gazetteer, context.area)
    # a report of the nation names many places
    if placed.region is None or placed.part not in ("title", "stated", "signature"):
        national = _national(made, folded, document.view, evidence)
        if national is not None:
            return (national,)
    if placed.region is None:
        return (replace(made, region_level=_level_alone(document, evidence, issuer, context)),)
    return (_placed(made, placed, document, context),)


def evidence_of(document: Document, title: Title | None, issuer: str | None, context: Context) -> Evidence:
    """What speaks for the place of this document."""
    stated = fold(document.metadata.get("issuer", ""))
    session = _SESSION.search(document.view, 0, _SUMMED_WITHIN)
    return gather(
        _untitled(fold(title.text)) if title else "",
        f"{stated}\n{issuer or ''}\n{session['where'] if session else ''}",
        fold(document.source.path),
        document.view,
        start=title.span.end if title and title.span else 0,
        gazetteer=context.gazetteer,
        tokens=context.tokens,
    )


def account_of_place(document: Document, so_far: Progress, context: Context) -> list[str]:
    """Why the report is given to its place: candidates, evidence and margin, as lines for people."""
    title = find_title(document, so_far.of(Section))
    issuer = _stated_issuer(document, title, context)
    evidence = evidence_of(document, title, issuer, context)
    return place(evidence, context.gazetteer, context.area).account(context.gazetteer)


def _stated_issuer(document: Document, title: Title | None, context: Context) -> str | None:
    """The body that the title opens with, the file states, with which the first sentence opens, or that signs."""
    view = document.view
    start = title.span.end if title and title.span else 0
    # a town's first sentence may open with a bureau of its county
    town = own_class(view)[0] in ("镇", "乡", "街道")
    opening = "" if town else view[start : start + _OPENING_CHARS].partition("。")[0]
    rules, summed = context.knowledge.group("identity"), sums_up(view)
    stated = fold(document.metadata.get("issuer", ""))
    places = (
        ("title", fold(title.text) if title else ""),
        ("stated", stated),
        ("stated", _head_line(view)),
        ("summed", summed.words if summed else ""),
        ("opening", opening),
        ("signature", view.rstrip()[-_SIGNATURE_CHARS:]),
    )
    for where, text in places:
        for rule in rules:
            if where not in rule.gives.get("in", ()):
                continue
            for match in find(rule, text):
                return match.group("issuer")
    return None


def _head_line(view: str) -> str:
    """The first line if it is a body that the text speaks as: 青禾县人民法院 above a text that says 我院."""
    line = view.lstrip().partition("\n")[0].strip(" #")
    speaks = 4 <= len(line) <= _LONGEST_BODY and any(found[0].endswith(line[-1]) for found in _BODY.finditer(view))
    return line if speaks else ""


def _untitled(text: str) -> str:
    """Without cited titles: 《国务院办公厅关于…》 does not make a report national."""
    return regex.sub(r"《[^》]*》", "", text)


def _national(made: Identity, title: str, view: str, evidence: Evidence) -> Identity | None:
    head = _untitled(title + view[:_NATION_WITHIN])
    # who says 我省 and names an office of the nation is none of it
    if not _SPEAKS.search(head) and (evidence.own_class or not _NATION.search(head)):
        return None
    return replace(made, issuer=made.issuer or "国务院", region="全国", region_level=RegionLevel.NATIONAL)


def _is_department(issuer: str | None, document: Document, context: Context) -> bool:
    """True if the issuer is a body below a government, or the text speaks of itself as one (我局)."""
    if issuer is not None:
        rules = [r for r in context.knowledge.group("identity") if r.pattern.search(issuer)]
        return bool(rules) and all(r.gives.get("level") == "department" for r in rules)
    bodies = sum(1 for _ in _BODY.finditer(document.view))
    return bodies > sum(1 for _ in _PLACE.finditer(document.view))


def _level_alone(document: Document, evidence: Evidence, issuer: str | None, context: Context) -> RegionLevel | None:
    """The level of a place that is not named, by what the text calls it; null where that may be several."""
    if _is_department(issuer, document, context):
        return RegionLevel.DEPARTMENT
    levels = evidence.own_levels
    if evidence.own_class == "区" and "自治区" not in document.view:
        levels = ("county",)
    return RegionLevel(levels[0]) if len(levels) == 1 else None


def _placed(made: Identity, placed: Placed, document: Document, context: Context) -> Identity:
    """The identity with its place; the issuer is the place's government if nothing else is said."""
    division = placed.division
    levels = {division.level} if division else {candidate.division.level for candidate in placed.candidates}
    level = levels.pop() if len(levels) == 1 else None
    department = _is_department(made.issuer, document, context)
    above = parents(division, context.gazetteer) if division else {}
    governed = None if department else _government(str(placed.region))
    return replace(
        made,
        issuer=_with_place(made.issuer, str(placed.region)) if made.issuer else governed,
        region=placed.region,
        region_level=RegionLevel.DEPARTMENT if department else RegionLevel(level) if level else None,
        division_code=division.code if division else None,
        county=above.get("county"),
        city=above.get("city"),
        province=above.get("province"),
        undecided=None if division else undecided(placed, context.gazetteer),
    )


def _with_place(issuer: str, region: str) -> str:
    """区司法局 of 城中区 is 城中区司法局; a name that says its place stays."""
    bare = issuer[0] == region[-1] and issuer[0] in "省市县区州旗盟"
    return region + issuer[1:] if bare else issuer


def _government(region: str) -> str:
    """Who governs a place of that name: 罗店镇人民政府, 友谊路街道办事处."""
    return region + ("办事处" if region.endswith("街道") else "人民政府")
