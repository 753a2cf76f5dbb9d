"""Issuing bodies (发文机关): an issuer code (机关代字) decoded into place, body and kind of paper.

Comes in: a code, the report's identity, the divisions, two tables. Goes out: an Issuer, every part None
where the code is not understood. A code is place + body + office + kind (宝·罗·府, 丰都·府·办, 沪·委·办·发);
its place is sought among the report's own place, those above it and its neighbours in the county, then
among provinces. Refuses to choose: a code that fits two places, or none, names nobody.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from extractor.datamodel.records import Identity
from extractor.datamodel.vocabulary import Confidence, IssuerRelation, RegionLevel
from extractor.rules.gazetteer import Division, Gazetteer

_PAPER = "(?:联|规)?(?:发|函|字|规|规发|规字|规范|文|令|通|通字|告|批|复|明电|专函|备字|土|土字|人字)?"
_GOVERNMENT = regex.compile(rf"(?:人民政府|政府|政|府)(?P<office>办|办公[室厅])?{_PAPER}")
_STREET = regex.compile(rf"(?:街道?办?|办|府|政)(?P<office>)?{_PAPER}")
_PARTY = regex.compile(rf"(?P<working>工)?委(?P<office>办|办公[室厅])?{_PAPER}")
# names of the statistical table that are no places: 市辖区, 省直辖县级行政区划
_LEVEL_WORD = regex.compile(
    "(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治[区州县旗]|街道|地区|[省市区县旗镇乡盟])$"
)
_STATED = regex.compile(
    r"^(?P<issuer>(?:中共中央|国务院|全国人民代表大会|最高人民|中共|[一-龥]{2,9}?[省市区县镇乡州旗盟])"
    r"[一-龥]{0,18}?(?:人民政府|办公[厅室]|办事处|委员会|(?<=国务院)|(?<=中共中央)|法院|检察院|[厅局]))关于"
)
_CENTRE_OF_PARTY = ("中共", "中央")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body; `name` None when unknown, and then the rest too. `relation` None without a place of the report."""

    name: str | None = None
    relation: IssuerRelation | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class _Body:
    name: str
    province_name: str
    party: bool


@dataclass(frozen=True, slots=True)
class IssuerTables:
    """The two tables: whole codes of known bodies, and the bodies that stand behind a place."""

    codes: Mapping[str, str]
    bodies: Mapping[str, _Body]


@lru_cache(maxsize=4)
def issuer_tables(codes: Path, bodies: Path) -> IssuerTables:
    """Both tables of `patterns/gazetteers/`."""
    with codes.open(encoding="utf-8-sig", newline="") as lines:
        whole = {row["code"]: row["issuer"] for row in csv.DictReader(lines)}
    with bodies.open(encoding="utf-8-sig", newline="") as lines:
        parts = {
            row["code"]: _Body(row["name"], row["province_name"], row["party"] == "yes")
            for row in csv.DictReader(lines)
        }
    return IssuerTables(whole, parts)


def decode(
    code: str | None, identity: Identity, gazetteer: Gazetteer, tables: IssuerTables, title: str | None = None
) -> Issuer:
    """The body that a code names. Of several places that fit, the one that the title names counts, else the
    report's own or the one above it, if one alone fits (then with less confidence): 宝罗府 fits 罗店镇 and 罗泾镇.

    宝罗府 in a report of 罗店镇 → 上海市宝山区罗店镇人民政府, own, high; 国办发 → 国务院办公厅, superior, certain.
    """
    if not code:
        return Issuer()
    if code in tables.codes:
        name = tables.codes[code]
        return Issuer(name, _relation_of_centre(name, identity), Confidence.CERTAIN)
    line = gazetteer.line(identity.division_code or "")
    found = {
        (division, body)
        for division, form in _places(line, gazetteer)
        for body in _bodies(code, form, division, tables)
    }
    near, chosen = bool(found), False
    province = gazetteer.province_of(code[:1])
    # one character names a province only in a report whose place is known or behind a title that names it, and
    # only if no city or county begins with it: 云政发 may be of 云山镇, 云龙县 or 云南省
    stated = bool(line) or (title is not None and province is not None and title.startswith(province.name))
    if not found and stated and province is not None and not gazetteer.is_shared(code[:1]):
        found = {(province, body) for body in _bodies(code, code[:1], province, tables)}
    if len(found) > 1:
        named = {each for each in found if title and each[0].name in title}
        chosen = len(named) != 1
        found = {each for each in found if each[0] in line} if chosen else named
    if len(found) != 1:
        return Issuer()
    division, (suffix, party, general) = found.pop()
    sure = near and not chosen and general and division in line
    relation = _relation(division, party, identity.division_code, line)
    return Issuer(_full(division, party, gazetteer) + suffix, relation, Confidence.HIGH if sure else Confidence.MEDIUM)


def issuer_of(
    code: str | None, title: str | None, identity: Identity, gazetteer: Gazetteer, tables: IssuerTables
) -> Issuer:
    """What the title says goes before what the code is read as, except where both name one body."""
    decoded, stated = decode(code, identity, gazetteer, tables, title), stated_in(title, identity)
    if stated.name is None or decoded.confidence is Confidence.CERTAIN:
        return decoded
    agree = decoded.name is not None and decoded.name.endswith(stated.name.removeprefix("中共"))
    return decoded if agree else stated


def stated_in(title: str | None, identity: Identity) -> Issuer:
    """The body with which a title opens: 国务院办公厅关于….

    >>> stated_in("国务院办公厅关于做好政府公报工作的通知", Identity()).name
    '国务院办公厅'
    """
    found = _STATED.match(title or "")
    if found is None:
        return Issuer()
    name = found["issuer"]
    if name.startswith(("国务院", "中共中央", "全国人民", "最高人民")):
        return Issuer(name, _relation_of_centre(name, identity), Confidence.STATED)
    if name.startswith("中共"):
        return Issuer(name, IssuerRelation.PARTY, Confidence.STATED)
    return Issuer(name, _relation_by_name(name, identity), Confidence.STATED)


def _relation_of_centre(name: str, identity: Identity) -> IssuerRelation:
    if name.startswith(_CENTRE_OF_PARTY):
        return IssuerRelation.PARTY
    if identity.region_level is not RegionLevel.NATIONAL:
        return IssuerRelation.SUPERIOR
    return IssuerRelation.OWN if name.startswith("国务院") else IssuerRelation.OTHER


def _relation_by_name(name: str, identity: Identity) -> IssuerRelation | None:
    """By the smallest of the report's places that the name holds; None if it holds none of them."""
    levels = (identity.region, identity.county, identity.city, identity.province)
    for place in levels:
        if place and place in name:
            return IssuerRelation.OWN if place == identity.region else IssuerRelation.SUPERIOR
    return None


def _relation(division: Division, party: bool, own: str | None, line: tuple[Division, ...]) -> IssuerRelation | None:
    if party:
        return IssuerRelation.PARTY
    if own is None:
        return None
    if division.code == own:
        return IssuerRelation.OWN
    return IssuerRelation.SUPERIOR if division in line else IssuerRelation.OTHER


def _places(line: tuple[Division, ...], gazetteer: Gazetteer) -> Iterator[tuple[Division, str]]:
    """The report's own place, those above and its neighbours, each with every form that a code may use."""
    county = next((division for division in line if division.level == "county"), None)
    near = list(line)
    if county is not None:
        near += [below for below in gazetteer.children(county.code) if below not in near]
    for division in near:
        if division.is_collective:
            continue
        for form in _forms(division, county, gazetteer):
            yield division, form


def _forms(division: Division, county: Division | None, gazetteer: Gazetteer) -> set[str]:
    """How a code may write a place: 宝, 宝山, 宝区; for a township 罗, 罗店, 罗镇, 宝罗."""
    if division.level == "province":
        return set(gazetteer.abbreviations_of(division.code))
    stem = _LEVEL_WORD.sub("", division.name) or division.name
    forms = {stem[0], stem[:2], stem}
    mark = division.name[-1]
    if mark in "市区县旗镇乡":
        forms |= {stem[0] + mark, stem + mark}
    if division.level == "township" and county is not None:
        forms |= {county.name[0] + stem[0], county.name[0] + stem[:2]}
    return forms


def _bodies(code: str, form: str, division: Division, tables: IssuerTables) -> Iterator[tuple[str, bool, bool]]:
    """What may stand behind the place: name behind the place, party or not, general office or bureau."""
    if not code.startswith(form):
        return
    rest = code[len(form) :]
    province = division.level == "province"
    if division.name.endswith("街道"):
        if _STREET.fullmatch(rest):
            yield "办事处", False, True
    else:
        government = _GOVERNMENT.fullmatch(rest)
        if government:
            yield "人民政府" + _office(government["office"], province), False, True
    party = _PARTY.fullmatch(rest)
    if party and (party["working"] is None or division.name.endswith("街道")):
        yield _committee(party["working"], party["office"], province), True, True
    if division.level == "township":
        return
    for written, body in tables.bodies.items():
        if rest.startswith(written) and regex.fullmatch(rf"(?:办)?{_PAPER}", rest[len(written) :]):
            # the municipalities have bureaus, not departments: 北京市司法局
            name = (body.province_name if province and not division.name.endswith("市") else body.name).replace(
                "{级}", division.name[-1]
            )
            yield ("委" if body.party else "") + name, body.party, False
            return


def _office(written: str | None, province: bool) -> str:
    return "" if not written else "办公厅" if province else "办公室"


def _committee(working: str | None, office: str | None, province: bool) -> str:
    short = "工作委员会" if working else "委员会"
    return short if not office else ("工委" if working else "委") + _office(office, province)


def _full(division: Division, party: bool, gazetteer: Gazetteer) -> str:
    return ("中共" if party else "") + gazetteer.full_name(division.code)
