"""Which place reports (报告地): a name with enough evidence, and the one division of that name, or null.

Comes in: Evidence, the gazetteer, the user's --area. Goes out: Placed with all candidates and the margin. A wrong code is
worse than none: where namesakes are not told apart by MARGIN, or the text contradicts the only one, no division is given.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from extractor.rules.gazetteer import Division, Gazetteer
from extractor.stages.identity.evidence import STRONG, WEIGHTS, Evidence
from extractor.stages.identity.place_names import Mention, short

# By how much the best candidate must outweigh the next: a parent named in running text or as issuer of a cited document
# (weight 2) tells namesakes apart, one named inside a title (weight 1) does not. Measured on tests/stages/identity.
MARGIN = 2
# running text alone names the place that reports from this weight on: as a subject or with a body of its own
_ENOUGH = 4
_AREA = 20
# the first sign of a document number tells counties apart, unless it is a province's or the state's
_SIGN = 2
_NO_SIGN = frozenset("国中")
# candidates that a warning names, and that `explain` shows with their evidence
_SHOWN = 4
_ACCOUNTED = 8
_COUNTY_CLASSES = ("县", "区", "旗")
_DEPTH = {"province": 2, "city": 4, "county": 6, "township": 9}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A division that bears the name, how much speaks for it, and what."""

    division: Division
    weight: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """`region` is the name (None if none has enough evidence), `part` where it stands; `division` the one that is meant,
    None if the candidates are not told apart. `margin`: by how much the first candidate outweighs the next, None if
    there is no other. `against`: what contradicts the first candidate."""

    region: str | None = None
    part: str | None = None
    division: Division | None = None
    candidates: tuple[Candidate, ...] = ()
    margin: int | None = None
    against: str | None = None

    def account(self, gazetteer: Gazetteer) -> list[str]:
        """Candidates with what speaks for them, and why one was taken or none, as lines for people."""
        if self.region is None:
            return ["place: none is named with enough evidence"]
        lines = [f"place: {self.region}, named in {self.part}"]
        for candidate in self.candidates[:_ACCOUNTED]:
            reasons = "; ".join(candidate.reasons) or "nothing in the text"
            lines.append(
                f"  {candidate.division.code} {gazetteer.full_name(candidate.division.code)}: {candidate.weight} ({reasons})"
            )
        if len(self.candidates) > _ACCOUNTED:
            lines.append(f"  and {len(self.candidates) - _ACCOUNTED} more of that name")
        if self.against:
            lines.append(f"  none is taken: the text names {self.against}")
        elif self.division is None:
            lines.append(f"  none is taken: the margin {self.margin} is below {MARGIN}")
        elif self.margin is not None:
            lines.append(f"  {self.division.code} is taken: margin {self.margin}")
        return lines


def place(evidence: Evidence, gazetteer: Gazetteer, area: str | None = None) -> Placed:
    """The place that reports, as far as the evidence goes."""
    found = _named(evidence) or _met_most(evidence)
    if found is None:
        return Placed()
    part, region = found
    own = tuple(one for one in region.divisions if one.level in evidence.own_levels) or region.divisions
    possible = tuple(one for one in own if not _ruled_out(one, evidence, gazetteer))
    if not possible:
        bodies = "".join(sorted(evidence.county_classes))
        return Placed(
            region.name, part, None, tuple(Candidate(one, 0) for one in own), None, f"{bodies}委 or {bodies}政府"
        )
    weighed = [_weighed(division, region, evidence, gazetteer, area) for division in possible]
    candidates = tuple(sorted(weighed, key=lambda candidate: -candidate.weight))
    best = candidates[0]
    margin = best.weight - candidates[1].weight if len(candidates) > 1 else None
    against = _contradicted(best.division, region, evidence, gazetteer)
    clear = margin is None or margin >= MARGIN
    settled = clear and against is None
    return Placed(region.name, part, best.division if settled else None, candidates, margin, against)


def _ruled_out(division: Division, evidence: Evidence, gazetteer: Gazetteer) -> bool:
    """True if the text names bodies of a county-level place of another class: 县委 rules out districts and cities.

    市委 rules nothing out: it may be the prefecture's.
    """
    if division.level != "township" or len(evidence.county_classes) != 1:
        return False
    county = next((one for one in gazetteer.line(division.code) if one.level == "county"), None)
    return county is not None and not county.is_collective and not county.name.endswith(tuple(evidence.county_classes))


def _named(evidence: Evidence) -> tuple[str, Mention] | None:
    """The narrowest name of the first strong part that has one low enough: a town's report is not its city's."""
    lowest = min((_DEPTH[level] for level in evidence.own_levels), default=0)
    for part in STRONG:
        narrowest = _narrowest(evidence.mentions[part])
        if narrowest is None or _depth(narrowest) < lowest:
            continue
        # a path may name a place below that which reports only if it is the place's own folder
        if part in ("file", "path") and lowest and not evidence.fits(narrowest):
            continue
        return part, narrowest
    return None


def _narrowest(found: Iterable[Mention]) -> Mention | None:
    """The lowest of a chain 上海市宝山区罗店镇; of several as low the first."""
    return max((mention for mention in found if not mention.cited), key=_depth, default=None)


def _depth(mention: Mention) -> int:
    return max(_DEPTH[division.level] for division in mention.divisions)


def _met_most(evidence: Evidence) -> tuple[str, Mention] | None:
    """The name of running text that the issuer uses for itself: of its own class, as subject, with a body or as issuer
    of several documents, and clearly more than any other."""
    weights: Counter[str] = Counter()
    first: dict[str, tuple[str, Mention]] = {}
    for part in ("subject", "organ", "often", "text"):
        for mention in evidence.mentions[part]:
            if evidence.own_class and not evidence.fits(mention):
                continue
            if mention.cited and not (mention.issues and _issues_its_own(mention, evidence)):
                continue
            weights[mention.name] += WEIGHTS["issuer of a cited document" if mention.cited else part]
            first.setdefault(mention.name, (part, mention))
    if not evidence.own_class:
        return _lowest_subject(first)
    ranked = weights.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
        return None
    name, weight = ranked[0]
    # a county that says 我县 and cites one document of a county cites its own
    own_document = evidence.says_own and evidence.own_class in _COUNTY_CLASSES and first[name][1].issues
    return first[name] if weight >= _ENOUGH or own_document else None


def _issues_its_own(mention: Mention, evidence: Evidence) -> bool:
    """True if documents of that name may be the issuer's own: it says 我县 or the like, not only 全县, and a city that
    is no county has counties below it. A county-level city cites its prefecture as well."""
    return evidence.says_own and (evidence.has_counties or not mention.of_level("city"))


def _lowest_subject(first: dict[str, tuple[str, Mention]]) -> tuple[str, Mention] | None:
    """Where the text does not say of which level it is: the one chain of names with which sentences open."""
    subjects = [mention for part, mention in first.values() if part == "subject"]
    narrowest = _narrowest(subjects)
    if narrowest is None or sum(_depth(mention) == _depth(narrowest) for mention in subjects) > 1:
        return None
    return "subject", narrowest


def _weighed(
    division: Division, region: Mention, evidence: Evidence, gazetteer: Gazetteer, area: str | None
) -> Candidate:
    """What speaks for this division of that name: its parents where they are named, --area, document numbers."""
    weight, reasons = 0, []
    line = gazetteer.line(division.code)
    for above in line[:-1]:
        if above.is_collective:
            continue
        found = evidence.heaviest(above.name)
        bare = short(above.name)
        # 兴隆 of 兴隆镇 does not speak for 兴隆县
        if found is None and bare != above.name and bare not in region.name:
            found = evidence.heaviest_word(bare)
        if found:
            weight += found[0]
            reasons.append(f"{above.name} in {found[1]} {found[0]}")
    if area and any(area in (one.name, short(one.name)) or one == gazetteer.division(area) for one in line):
        weight += _AREA
        reasons.append(f"--area {area} {_AREA}")
    sign = line[-2].name[0] if len(line) > 2 else ""
    if sign in evidence.code_signs and sign not in _NO_SIGN and gazetteer.province_of(sign) is None:
        weight += _SIGN
        reasons.append(f"document numbers that begin with {sign} {_SIGN}")
    return Candidate(division, weight, tuple(reasons))


def _contradicted(division: Division, region: Mention, evidence: Evidence, gazetteer: Gazetteer) -> str | None:
    """What the text says of the place above that this division does not have; None if nothing."""
    line = gazetteer.line(division.code)
    return _other_parent(line, evidence) or _stranger_before(line, region, evidence)


def _other_parent(line: tuple[Division, ...], evidence: Evidence) -> str | None:
    """A place of a level above that is named as strongly as none of the division's own parents is."""
    for own in line[:-1]:
        known = evidence.heaviest(own.name) or (0, "")
        for _, mention, weight in evidence.weighted():
            if weight < _ENOUGH or weight <= known[0] or mention.cited or not mention.of_level(own.level):
                continue
            if not any(one in mention.divisions for one in line):
                return mention.name
    return None


def _stranger_before(line: tuple[Division, ...], region: Mention, evidence: Evidence) -> str | None:
    """A county stands right before the name (乙县丙镇), and it is not the division's own; it need not be registered."""
    own = {one.name for one in line} | {short(one.name) for one in line}
    pattern = regex.compile(
        rf"([一-龥]{{0,7}}[[一-龥]--[我全本各该在]][县区市旗]){regex.escape(region.name)}", regex.V1
    )
    for text in evidence.texts.values():
        for found in pattern.finditer(text):
            if not found[1].endswith(tuple(own)):
                return found[1]
    return None


def parents(division: Division, gazetteer: Gazetteer) -> dict[str, str]:
    """Names of the levels above and of the division itself: province, city, county."""
    return {
        one.level: one.name
        for one in gazetteer.line(division.code)
        if one.level in ("province", "city", "county") and not one.is_collective
    }


def undecided(placed: Placed, gazetteer: Gazetteer) -> str:
    """Which places it may be, and why none was taken, in one line."""
    shown = [gazetteer.full_name(candidate.division.code) for candidate in placed.candidates[:_SHOWN]]
    more = len(placed.candidates) - len(shown)
    names = ", ".join(shown) + (f" and {more} more" if more else "")
    return f"{placed.region} ({names})" + (f"; the text says {placed.against}" if placed.against else "")
