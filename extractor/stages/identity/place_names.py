"""Names of divisions (地名) in a text, by words: 会同县级部门 names no 会同县, 市委和县委 no 和县.

Comes in: a text, the gazetteer, the tokeniser. Goes out: Mentions in text order, none inside another. A registered
name counts where no word of the sentence runs over its edges; a name that is a verb or a numeral and a class (会同县) only
where it opens a phrase or follows another name of a place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.rules.gazetteer import Division, Gazetteer
from extractor.text.tokens import Token, Tokens

_ENDINGS = "镇乡道区县市省旗木州盟场会"
_LONGEST = 14
_SHORTEST = 2
_LONGEST_SHORT = 5
# Registered names that are words of every text for a kind of area: they name a place only right behind that which it
# belongs to (阳泉市城区, 洛阳市老城区; 廊坊市城区 is the city's built-up area).
_COMMON = frozenset(
    (
        "城区",
        "郊区",
        "矿区",
        "东区",
        "西区",
        "街道",
        "林场",
        "农场",
        "老城区",
        "新城区",
        "新市区",
        "城镇街道",
        "城区街道",
        "高新区",
        "开发区",
    )
)
# peoples whose names stand in names of autonomous divisions: 楚雄彝族自治州, 广西壮族自治区
_PEOPLES = (
    "(?:(?<!内)蒙古|维吾尔|哈萨克|柯尔克孜|达斡尔|鄂温克|鄂伦春|仡佬|傈僳|土家|布依|哈尼|朝鲜|景颇|东乡|保安|裕固|锡伯|拉祜|纳西|独龙|普米|"
    "布朗|阿昌|德昂|基诺|仫佬|毛南|撒拉|塔吉克|各|壮|回|藏|苗|彝|侗|傣|白|黎|羌|满|瑶|水|畲|土|佤|怒|京)"
)
_CLASS = regex.compile(
    rf"(?:{_PEOPLES}族?)*(?:自治区|自治州|自治县|自治旗)$|(?:{_PEOPLES}族)+乡$|(?:特别行政区|地区|街道|[省市区县州盟旗镇乡])$"
)
# a word that begins with the last character of a name and is a body of that place: 大兴|区委, 和县|县政府
_BODY = regex.compile(
    r"[省市区县州旗镇乡盟](?:党?委(?:书记|会)?|党政|(?:人民)?政府|长|人大|政协|纪委|直|府|机关)$|街道(?:党工委|办|办事处)$"
)
# Words that are verbs, conjunctions or numerals make a doubtful name with a class alone (会同|县, 团结|镇, 七里|乡): it is
# one only where a phrase begins and what follows is no noun (会同|县|公安局 is whom one works with).
_DOUBTFUL = frozenset({"v", "vn", "vd", "vi", "vg", "c", "p", "d", "m", "u", "ud", "uj", "ul", "r", "t"})
_BEHIND_A_NAME = frozenset({"v", "vd", "d", "ad", "p", "c"})
# 上海市人民政府 is one word of the dictionary
_BODY_WORD = regex.compile(r"(?:人民政府|政府|委|人大|人民代表大会|政协)$")
_ORGAN = regex.compile(
    r"\ ?(?:人民政府|政府|[党]?委|人大|办事处|管委会|党工委|人民代表大会|司法[局所]|公安[局所]|财政局|党政)"
)
# what stands between 《 and a name; a name right behind it is the issuer's
_LONGEST_TITLE = 80
_TITLE = regex.compile(r"《[^《》\n]*$")
_ISSUES = regex.compile(r"《(?:[0-9]{4}年)?(?:中共)?(?:关于(?:印发|转发|公布|实施|下发))?(?:[<《〈]?)")
_GOVERNMENT = regex.compile(
    r"人民政府|党委|党工委|街道办|办事处|委员会|人大|法治|依法行政|[县区市旗]委|[镇乡县区市旗](?:党委|政府)"
)
_LEADS = regex.compile(r"(?:^|[\n,。;:“\"#>|/\\_\-]|[0-9]年度?)[\ (]*(?:中共|中国共产党)?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the gazetteer at a place of a text, with all divisions that bear it.

    `cited`: it stands inside 《》; `issues`: it begins that title (《青禾县…办法》, 《关于印发青禾县…的通知》), or follows such
    a name. `organ`: a body of the place follows (宝山区人民政府, 大兴区委).
    """

    start: int
    name: str
    divisions: tuple[Division, ...]
    cited: bool = False
    issues: bool = False
    organ: bool = False

    @property
    def end(self) -> int:
        """Where the name stops."""
        return self.start + len(self.name)

    def of_level(self, level: str) -> bool:
        """True if a division of that level bears the name."""
        return any(division.level == level for division in self.divisions)


def mentions(text: str, gazetteer: Gazetteer, tokens: Tokens) -> list[Mention]:
    """Names of divisions in text order, the longest at each place, none inside another."""
    found: list[Mention] = []
    words = _WordsOfLines(text, tokens)
    for at, char in enumerate(text):
        if char not in _ENDINGS:
            continue
        end = at + 1
        behind = found[-1].end if found else 0
        for start in range(max(0, end - _LONGEST), end + 1 - _SHORTEST):
            name = text[start:end]
            divisions = tuple(one for one in gazetteer.named(name) if not one.is_collective) or _autonomous(
                name, gazetteer
            )
            before = found[-1] if found and behind == start else None
            if not divisions or (name in _COMMON and not _belongs(divisions, before, gazetteer)):
                continue
            if not words.allow(start, end, follows=before is not None):
                continue
            while found and found[-1].start >= start:
                found.pop()
            # 宝山区罗店镇 gives both; 区罗店 cannot arise since names end where they end
            if not found or found[-1].end <= start:
                organ = _ORGAN.match(text, end) is not None or words.body(end)
                title = _TITLE.search(text, max(0, start - _LONGEST_TITLE), start)
                issues = title is not None and (_ISSUES.fullmatch(title[0]) is not None or _continues(found, start))
                found.append(Mention(start, name, divisions, title is not None, issues, organ))
            break
    return found


def short(name: str) -> str:
    """The name without its class: 宝山区 → 宝山, 楚雄彝族自治州 → 楚雄. Itself where one character would remain (和县)."""
    bare = _CLASS.sub("", name)
    return bare if len(bare) > 1 else name


def _autonomous(name: str, gazetteer: Gazetteer) -> tuple[Division, ...]:
    """The prefecture or county of a people that is called so for short: 阿坝州, 三都县; none for other names."""
    if not 3 <= len(name) <= _LONGEST_SHORT or name[-1] not in "州县":
        return ()
    return _short_names(gazetteer).get(name, ())


@lru_cache(maxsize=4)
def _short_names(gazetteer: Gazetteer) -> dict[str, tuple[Division, ...]]:
    """Autonomous prefectures and counties by 阿坝州, 三都县; a name that is registered itself or means two is none."""
    names: dict[str, list[Division]] = {}
    for name in gazetteer.names_with("自"):
        bare = short(name)
        if name.endswith(("自治州", "自治县")) and bare != name:
            names.setdefault(bare + name[-1], []).extend(gazetteer.named(name))
    return {name: tuple(found) for name, found in names.items() if len(found) == 1 and not gazetteer.named(name)}


def _belongs(divisions: tuple[Division, ...], before: Mention | None, gazetteer: Gazetteer) -> bool:
    """True if one of the divisions lies in a place of the name before."""
    return before is not None and any(
        above in before.divisions for one in divisions for above in gazetteer.line(one.code)[:-1]
    )


def _continues(found: list[Mention], start: int) -> bool:
    return bool(found) and found[-1].issues and found[-1].end == start


class _WordsOfLines:
    """Words of those lines of a text that may name a place; each line is cut once."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self._text = text
        self._tokens = tokens
        self._starts: dict[int, Token] = {}
        self._ends: dict[int, Token] = {}
        self._cut_to = 0

    def allow(self, start: int, end: int, *, follows: bool) -> bool:
        """True if `start` and `end` are edges of words, and the words may be a name there."""
        self._cut(end)
        first = self._starts.get(start)
        if follows and end in self._ends:
            # 凉州区|长城镇 is cut 凉州|区长|城镇: a registered name right behind another is one
            return True
        if first is None or not (end in self._ends or self.body(end) or _BODY_WORD.match(first.text, end - start)):
            return False
        if follows or not self._is_doubtful(start, end, first):
            return True
        return _LEADS.search(self._text, max(0, start - 12), start) is not None and self._ends_a_name(end)

    def _is_doubtful(self, start: int, end: int, first: Token) -> bool:
        """True if the name is a verb, a numeral or the like and a class, in the dictionary as one word or not."""
        if first.end >= end:
            bare = self._tokens.cut(self._text[start : end - 1])
            return len(bare) == 1 and bare[0].tag in _DOUBTFUL
        rest = self._starts.get(first.end)
        return rest is not None and rest.end >= end and first.tag in _DOUBTFUL

    def _ends_a_name(self, end: int) -> bool:
        """True if a body, a verb, a date or nothing follows."""
        word = self._starts.get(end)
        if word is None or self.body(end) or not "一" <= word.text[0] <= "龥":
            return True
        return word.tag in _BEHIND_A_NAME or _GOVERNMENT.match(self._text, end) is not None

    def body(self, end: int) -> bool:
        """True if the word that runs over `end` begins right before it and is a body: 大兴|区委."""
        word = self._starts.get(end - 1)
        return word is not None and word.end > end and _BODY.match(word.text) is not None

    def _cut(self, end: int) -> None:
        """Cut the lines up to the one that holds `end`; lines before the last that was asked for stay uncut."""
        if end <= self._cut_to:
            return
        start = max(self._text.rfind("\n", 0, end - 1) + 1, self._cut_to)
        stop = self._text.find("\n", end - 1)
        stop = len(self._text) if stop < 0 else stop
        for token in self._shifted(start, stop):
            self._starts[token.start] = token
            self._ends[token.end] = token
        self._cut_to = stop

    def _shifted(self, start: int, stop: int) -> Iterator[Token]:
        for token in self._tokens.cut(self._text[start:stop]):
            yield Token(token.text, token.start + start, token.end + start, token.tag)
