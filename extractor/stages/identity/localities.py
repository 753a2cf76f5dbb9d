"""Localities (地方): division names in a text and the one division that is meant.

Comes in: texts in order of weight (area, title, path, text). Goes out: mentions and the chosen Division.
罗店镇 alone is four places: what names its county decides, else none is chosen.
"""

from collections import Counter
from dataclasses import dataclass

import regex

from extractor.rules.gazetteer import Division, Gazetteer

_ENDINGS = "镇乡道区县市省旗木州盟场会"
_LONGEST = 14
_SHORTEST = 2
# names of the gazetteer that stand for a level, not for a place
_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}) | {
    # words of every text that are registered names somewhere
    "城区",
    "郊区",
    "矿区",
    "新区",
    "市区",
    "东区",
    "西区",
    "南区",
    "北区",
    "镇区",
    "乡镇",
    "街道",
    "集镇",
}
_CLASS = regex.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|街道|省|市|区|县|州|盟|旗|镇|乡)$")
_CODE_HEAD = regex.compile(r"(?<![一-龥])([一-龥]{2,8})[〔\[(【﹝](?:20[0-9]{2})[〕\])】﹞]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the gazetteer at a place of a text, with all divisions that bear it."""

    start: int
    name: str
    divisions: tuple[Division, ...]


def mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Names of divisions in text order, the longest at each place, none inside another."""
    found: list[Mention] = []
    for at, char in enumerate(text):
        if char not in _ENDINGS:
            continue
        floor = max(0, at + 1 - _LONGEST)
        if found:
            floor = max(floor, 0)
        for start in range(floor, at + 2 - _SHORTEST):
            name = text[start : at + 1]
            if name in _PLACEHOLDERS:
                continue
            divisions = gazetteer.named(name)
            if divisions:
                while found and found[-1].start >= start:
                    found.pop()
                # 宝山区罗店镇 gives both; 区罗店 cannot arise since names end where they end
                if not found or found[-1].start + len(found[-1].name) <= start:
                    found.append(Mention(start, name, divisions))
                break
    return found


def choose(name: str, evidence: list[str], gazetteer: Gazetteer, area: str | None) -> Division | None:
    """The division of that name which the evidence singles out; None if several remain.

    `evidence` are texts by falling weight; the first that names a parent of some candidates
    decides. A single candidate is refused if the evidence names another county above it.
    """
    candidates = gazetteer.named(name)
    if not candidates:
        return None
    if area:
        inside = [d for d in candidates if _within(d, area, gazetteer)]
        if len(inside) == 1:
            return inside[0]
        candidates = tuple(inside) or candidates
    for text in evidence:
        scores = {d: _support(d, text, gazetteer) for d in candidates}
        best = max(scores.values(), default=0)
        if best:
            candidates = tuple(d for d in candidates if scores[d] == best)
            if len(candidates) == 1:
                return candidates[0]
    if len(gazetteer.named(name)) == 1:
        return None if _contradicted(candidates[0], evidence, gazetteer) else candidates[0]
    return None


def parents(division: Division, gazetteer: Gazetteer) -> dict[str, str]:
    """Names of the levels above and of the division itself: province, city, county."""
    names = {}
    for one in gazetteer.line(division.code):
        if one.level in ("province", "city", "county") and one.name not in _PLACEHOLDERS:
            names[one.level] = one.name
    return names


def _within(division: Division, area: str, gazetteer: Gazetteer) -> bool:
    line = gazetteer.line(division.code)
    return any(area in (one.code, one.name) or _short(one.name) == area for one in line)


def _support(division: Division, text: str, gazetteer: Gazetteer) -> int:
    """How many levels above the division the text names; a document code's first sign counts least."""
    above = gazetteer.line(division.code)[:-1]
    score = 0
    for one in above:
        if one.name in _PLACEHOLDERS:
            continue
        if one.name in text:
            score += 10
        elif len(_short(one.name)) > 1 and _short(one.name) in text and one.level != "province":
            score += 4
    if not score and above:
        heads = {found[1][0] for found in _CODE_HEAD.finditer(text)}
        score = 1 if above[-1].name[0] in heads else 0
    return score


def _contradicted(division: Division, evidence: list[str], gazetteer: Gazetteer) -> bool:
    """A county stands right before the name (乙县丙镇), and it is not the division's own."""
    own = {one.name for one in gazetteer.line(division.code)}
    own |= {_short(name) for name in own}
    pattern = regex.compile(rf"([一-龥]{{2,8}}(?:县|区|市|旗)){regex.escape(division.name)}")
    for text in evidence:
        for found in pattern.finditer(text):
            if not any(found[1].endswith(name) for name in own):
                return True
    return False


def _short(name: str) -> str:
    return _CLASS.sub("", name)


def most_frequent(found: list[Mention], level: str) -> str | None:
    """The name that is met most often among mentions with a division of that level."""
    counts = Counter(m.name for m in found if any(division.level == level for division in m.divisions))
    if not counts:
        return None
    best = max(counts.values())
    return next(name for name in counts if counts[name] == best)
