"""What speaks for a place (地点证据): where each name stands, and of which level the text says the issuer is.

Comes in: the parts of a report that may name its place, the text. Goes out: Evidence. A name counts by where it stands:
in the title most, in running text or inside 《》 least.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import regex

from extractor.rules.gazetteer import Gazetteer
from extractor.stages.identity.place_names import Mention, mentions
from extractor.text.tokens import Tokens

# By how much a name counts where it stands: what the issuer writes about itself outweighs any name in passing, and a
# folder outweighs what the text names in passing. The order is the issue; tests/stages/identity holds the heads.
WEIGHTS: Mapping[str, int] = {
    "title": 10,
    "stated": 8,
    "signature": 8,
    "file": 7,
    "path": 6,
    "subject": 5,
    "organ": 4,
    "often": 3,
    "issuer of a cited document": 2,
    "text": 2,
    "cited": 1,
}
# parts in which the issuer, or who filed the report, names the place itself
STRONG = ("title", "stated", "signature", "file", "path")
_NAME_TAGS = ("ns", "nz", "nr")
# a name that is met so often in running text is about this place
_OFTEN = 3
_HEAD_CHARS = 1500
_LAST_LINES = 4
_LONGEST_SIGNATURE = 40
# levels of a place that calls itself so: 区 is a district or an autonomous region, 市 a city of either level or a
# municipality
_LEVELS = {
    "镇": ("township",),
    "乡": ("township",),
    "街道": ("township",),
    "县": ("county",),
    "旗": ("county",),
    "区": ("county", "province"),
    "市": ("city", "county", "province"),
    "州": ("city",),
    "盟": ("city",),
    "省": ("province",),
}
# 我镇, 全县; not 我市场, 全区域
_OWN = regex.compile(r"(我|本|全)(镇|乡(?!镇)|街道|县(?![域级])|旗|区(?![域级])|市(?![场民域级])|州|盟|省(?![级]))")
_OWN_OFTEN = 3
_COUNTIES = regex.compile(r"各(?:区(?!域)|县)|区县|县区|县\(市|县\(区|区\(市|区\(县|(?:县|区)级")
# 镇党委 at the beginning of a phrase: the town speaks of itself
_OWN_ORGAN = regex.compile(r"(?:[,。;\n]|^|[在由经])(镇|乡|街道)(?:党委|党工委|政府|办事处|人大|机关|党政)")
# bodies of a county-level place, by the class of that place
_COUNTY_BODY = regex.compile(
    r"(?:(?<![一-龥/])|(?<=[在由经对向]))(?:中共)?([县区旗])(?:委(?!员会)|政府|人大|政协|司法局)"
)
# 2021年,罗店镇坚持… and 在县委的领导下,罗店镇坚持…: the place that a phrase opens with is its subject, unless it is the
# first of a list (甲县、乙县)
_OPENING = regex.compile(r"(?:^|[\n。;,])[\ #]*(?:[0-9]{4}年(?:度|以来|上半年)?[,、\ ]?)?")
_LIST = regex.compile(r"、|和|及|等|与")
_CODE = regex.compile(r"(?<![一-龥])([一-龥])[一-龥]{1,7}[〔\[(](?:20[0-9]{2})[〕\])]")


@dataclass(frozen=True, eq=False)
class Evidence:
    """Names by the part they stand in. `own_class`: what the issuer calls its place (镇 of 我镇), empty if it does not say.
    `says_own`: it says so often. `has_counties`: the place has counties or districts (各区县). `county_classes`: classes of
    the county-level place whose bodies the text names (县委: 县)."""

    texts: Mapping[str, str]
    mentions: Mapping[str, tuple[Mention, ...]]
    own_class: str
    says_own: bool
    has_counties: bool
    county_classes: frozenset[str]
    code_signs: frozenset[str]
    tokens: Tokens = field(repr=False)

    @property
    def own_levels(self) -> tuple[str, ...]:
        """Levels that a place of the own class may have; none if the text does not say."""
        return _LEVELS.get(self.own_class, ())

    def fits(self, mention: Mention) -> bool:
        """True if a division of that name may be what the issuer calls its place; nothing fits where it does not say."""
        return mention.name.endswith(self.own_class) and any(mention.of_level(level) for level in self.own_levels)

    def weighted(self) -> Iterator[tuple[str, Mention, int]]:
        """Each mention with where it stands and its weight there."""
        for part, found in self.mentions.items():
            for mention in found:
                place = part
                if mention.cited:
                    place = "issuer of a cited document" if mention.issues else "cited"
                yield place, mention, WEIGHTS[place]

    def heaviest(self, name: str) -> tuple[int, str] | None:
        """The most that a mention of that name counts, and the part where it stands; None if there is none."""
        return max(((weight, part) for part, mention, weight in self.weighted() if mention.name == name), default=None)

    def heaviest_word(self, word: str) -> tuple[int, str] | None:
        """The same for a name without its class (宝山 of 宝山区), as a word of the text; half as much."""
        for part, text in self.texts.items():
            found = self.tokens.tag_of(word, text)
            # in running text only what the dictionary knows as a name of a place
            if found and (part in STRONG or found in _NAME_TAGS):
                return max(WEIGHTS[part] // 2, 1), part
        return None


def gather(
    title: str, stated: str, path: str, view: str, *, start: int, gazetteer: Gazetteer, tokens: Tokens
) -> Evidence:
    """Evidence from folded texts: title without 《》, issuer as stated, path, and the view, whose running text begins
    at `start`. What is absent is an empty text."""
    folder, _, name = path.rpartition("/")
    texts = {"title": title, "stated": stated, "signature": _signature(view), "file": name, "path": folder}
    found = {part: tuple(mentions(text, gazetteer, tokens)) if text else () for part, text in texts.items()}
    head = view[start : start + _HEAD_CHARS]
    own, weight = own_class(view)
    return Evidence(
        texts=texts | {"text": head},
        mentions=found | _running(head, gazetteer, tokens),
        own_class=own,
        says_own=weight >= _OWN_OFTEN,
        has_counties=_COUNTIES.search(view) is not None,
        county_classes=frozenset(body[1] for body in _COUNTY_BODY.finditer(view)),
        code_signs=frozenset(code[1] for code in _CODE.finditer(view)),
        tokens=tokens,
    )


def _signature(view: str) -> str:
    lines = [line.strip() for line in view.rstrip().rsplit("\n", _LAST_LINES)[1:]]
    return "\n".join(line for line in lines if line and len(line) <= _LONGEST_SIGNATURE and "。" not in line)


def _running(head: str, gazetteer: Gazetteer, tokens: Tokens) -> dict[str, tuple[Mention, ...]]:
    """Mentions of running text, sorted into subjects, bodies, names met often, and the rest."""
    openings = {found.end() for found in _OPENING.finditer(head)}
    parts: dict[str, list[Mention]] = {"subject": [], "organ": [], "often": [], "text": []}
    found = mentions(head, gazetteer, tokens)
    counts = Counter(mention.name for mention in found if not mention.cited)
    chained = -1
    for mention in found:
        opens = mention.start in openings or mention.start == chained
        chained = mention.end if opens else -1
        if mention.cited:
            part = "text"
        elif opens and not _LIST.match(head, mention.end):
            part = "subject"
        elif mention.organ:
            part = "organ"
        else:
            part = "often" if counts[mention.name] >= _OFTEN else "text"
        parts[part].append(mention)
    return {part: tuple(made) for part, made in parts.items()}


def own_class(view: str) -> tuple[str, int]:
    """What the issuer calls its place: 镇 where the text says 我镇, 全镇, 镇党委; empty if it does not say. With its weight.

    我 and 本 outweigh 全: a county speaks of 全市 as well, and where only 全 is said the lowest class is its own.
    """
    counts: Counter[str] = Counter()
    whole: set[str] = set()
    for found in _OWN.finditer(view):
        counts[found[2]] += 1 if found[1] == "全" else 3
        whole.add(found[2] if found[1] == "全" else "")
    if len(whole) > 1 and "" not in whole and not _OWN_ORGAN.search(view):
        lowest = next(word for word in _LEVELS if word in whole)
        return lowest, counts[lowest]
    for found in _OWN_ORGAN.finditer(view):
        counts[found[1]] += 1
    best = max(counts.values(), default=0)
    # of classes met as often the lowest: a town quotes its county
    return next((word for word in _LEVELS if best and counts[word] == best), ""), best
