"""Words of a clause: cut and tagged once, whole, with quantities, titles and times as single words.

Comes in: a clause of the view and what stands in it as one piece. Goes out: its words, each with a kind (one
letter) that the chunk rules of `patterns/naming.toml` are written in. No later step cuts a word.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from extractor.datamodel.span import Span
from extractor.errors import RuleFault
from extractor.rules import Knowledge
from extractor.text.tokens import Token, Tokens

# a time stands as one word: 2024年, 截至12月底, 1-11月, 十四五期间
_TIME = regex.compile(
    r"""
    (?:截至|截止|至|自|从|到|在|较|比|与)?
    (?: (?:(?:19|20)[0-9]{2}(?:[-—至到](?:19|20)?[0-9]{2})?年?(?:度)?|[一二][〇零○九][〇零○一二三四五六七八九]{2}年度?|今年|去年|上年度?|当年|本年度?|全年)
        (?:(?:1[0-2]|[1-9])(?:[-—至](?:1[0-2]|[1-9]))?月(?:份)?)?(?:[0-9]{1,2}日)?
      | (?<![0-9])(?:1[0-2]|[1-9])(?:[-—至](?:1[0-2]|[1-9]))?月(?:份)?(?:[0-9]{1,2}日)?
      | “?十[一二三四五]五”?(?=时期|期间|以来|规划期) | [一二三四五六七八九十两0-9]{1,3}年(?=来|间|以来)
      | 第?[一二三四1-4]季度 )
    (?:年?[初底末中]|以来|来|间|期间|时期|内|前|止|起|规划期)*
    (?:[0-9]{1,2}[时点])?
    (?:同期)?(?:相比)?
    """,
    regex.VERBOSE | regex.V1,
)
_QUOTED = regex.compile(
    r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》|“(?!十[一二三四五]五”)[^“”\n]{1,60}”|\"[^\"\n]{1,40}\"|‘[^‘’\n]{1,40}’"
)
# a bracket that belongs to the noun before it: 镇(街道), 村(社区)
_BRACKET = regex.compile(r"\([一-龥、/]{1,12}\)")
# of what age those are who are meant: 0—6岁儿童
_AGES = regex.compile(r"[0-9]{1,3}(?:周?岁?(?:-|—{1,2}|~|至|到)[0-9]{1,3})?周?岁(?:及?以[上下内])?(?=[一-龥])")
# what the new value of a change is called: 压缩到承诺7日
_SETTLED = frozenset(("承诺", "法定", "规定", "现在", "目前", "现行"))
_CJK = regex.compile(r"[一-龥]+")

# what the dictionary's part of speech says of a word that stands in no class
_KINDS = {"v": "V", "vn": "G", "vd": "V", "vi": "V", "vq": "V", "vg": "V", "l": "N", "i": "N", "j": "N", "s": "N"}
_KINDS |= {"n": "N", "nr": "N", "ns": "N", "nt": "N", "nz": "N", "ng": "N", "t": "T", "f": "F", "c": "C", "u": "u"}
_KINDS |= {"uj": "U", "ul": "u", "uz": "u", "ug": "u", "uv": "u", "ud": "u", "p": "P", "d": "D", "df": "D", "dg": "D"}
_KINDS |= {"r": "R", "rr": "R", "rz": "R", "rg": "R", "m": "M", "mq": "M", "mg": "M", "q": "q", "a": "A", "ad": "D"}
_KINDS |= {"an": "N", "ag": "A", "b": "A", "z": "A", "x": "N", "eng": "N", "k": "k", "h": "A", "y": "u", "e": "u"}
_KINDS |= {"nrt": "N", "nrfg": "N", "tg": "T", "o": "N", "vg": "V", "zg": "N", "rz": "R", "nl": "N", "an": "N"}
# single syllables that make a noun of the word before them
_MAKES_NOUN = frozenset("率员者点站队栏岗室性化权费金力制度量额会班课厅窗类型式所组处法岛证卡费园馆校摊")
# parts of speech of words that may describe a noun
_DESCRIBING = frozenset(("n", "a", "ad", "an", "b", "vn"))
_ADJECTIVES = frozenset(("a", "ad", "an", "b"))
_NOMINAL = frozenset(("n", "an", "nz"))
_FUNCTION = frozenset(
    "的了和与及在对为将由等共各有到至于其中或并把被向给以从自按经因且也都还又已均就即仅未不无没会应要"
)
LETTERS = {
    "support": "H",
    "light": "Y",
    "manner": "J",
    "toward": "O",
    "disposal": "B",
    "means": "E",
    "scope": "S",
    "self": "X",
    "change": "I",
    "changed_by": "W",
    "noun": "N",
    "act": "G",
    "intransitive": "G",
    "verb": "V",
    "adjective": "A",
    "auxiliary": "x",
    "time": "T",
}
# a word of several classes takes the first of these
_ORDER = (
    *("self", "scope", "time", "auxiliary", "changed_by", "disposal", "toward", "means", "support", "change"),
    *("noun", "act", "intransitive", "verb", "adjective", "manner", "light"),
)
# kinds that may govern what is counted
# classes whose words are known though the dictionary cuts them apart
_COMPOUNDS = ("time", "scope", "self", "manner", "noun", "act", "intransitive", "verb")
VERBS = frozenset("VGHIcox")


class Word(NamedTuple):
    """A word with its place in the view, its kind (one letter), and the dictionary's part of speech."""

    text: str
    start: int
    end: int
    kind: str
    tag: str


class WordClasses:
    """The word classes of `patterns/lexicons/word_classes.txt`."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._classes: dict[str, set[str]] = {}
        for line in lines:
            name, *words = line.split()
            if not words:
                raise RuleFault(f"class {name} without words", where="lexicons/word_classes.txt", remedy="add words")
            self._classes.setdefault(name, set()).update(words)
        self._kinds: dict[str, str] = {}
        for name in reversed(_ORDER):
            self._kinds |= dict.fromkeys(self._classes.get(name, ()), LETTERS[name])
        self._actor_ends = tuple(self._classes.get("actor_end", ()))
        self._compounds = frozenset().union(*(self._classes.get(name, set()) for name in _COMPOUNDS))
        # words met so far, with what they are cut and read as
        self.parts: dict[tuple[str, str], tuple[tuple[str, int, str, str], ...]] = {}

    def has(self, name: str, word: str) -> bool:
        """True if the word stands in that class."""
        return word in self._classes.get(name, ())

    def ends(self, name: str, text: str) -> bool:
        """True if the text ends in a word of that class."""
        return any(text[-size:] in self._classes.get(name, ()) for size in range(1, min(len(text), 5) + 1))

    def kind(self, token: Token) -> str:
        """The letter of a word."""
        text = token.text
        known = self._kinds.get(text)
        if known == "N":
            return self._noun(text, token.tag)
        if known == "X" and text[0] not in "我本全":
            # 镇政府 is a body like others in a phrase (市政府文件), but no actor
            return "b"
        if known == "J" and token.tag.startswith("n"):
            # 视频, 电话: a way to do it, and a thing
            return "j"
        if known in (None, "H") and self.has("causative", text):
            return "o" if known else "c"
        if known is not None:
            return known
        if text.isdigit():
            return "M"
        if text == "之":
            return "U"
        if not text[0].isalnum():
            return "C" if text in "、/" else "Z"
        kind = _KINDS.get(token.tag, "N")
        if kind == "M" and text[-1] in "类级档":
            # 其中一类占80%: a class is what is spoken of
            return "N"
        return self._noun(text, token.tag) if kind == "N" else kind

    def _noun(self, text: str, tag: str) -> str:
        """Nouns: `m` meetings, `L` places, `b` people and bodies, `N` others."""
        if len(text) > 1 and self.ends("meeting", text) and not self.has("no_meeting", text):
            return "m"
        if tag == "ns":
            return "L"
        return "b" if self.is_actor(text) else "N"

    def known(self, text: str) -> str | None:
        """The letter of a word of ours that the dictionary cuts apart (辖区内, 我镇, 线上); else None."""
        return self._kinds[text] if text in self._compounds else None

    def settled(self, word: Word) -> Word:
        """The word with the kind that it has after joining."""
        if word.kind in "kN":
            return word._replace(kind=self._noun(word.text, word.tag))
        return word

    def is_actor(self, text: str) -> bool:
        """True for a noun phrase that names people or a body."""
        return text.endswith(self._actor_ends) and not self.ends("no_actor", text)


_BUILT: dict[str, WordClasses] = {}


def word_classes(knowledge: Knowledge) -> WordClasses:
    """The classes of the patterns in use."""
    if knowledge.version not in _BUILT:
        _BUILT[knowledge.version] = WordClasses(knowledge.words("word_classes"))
    return _BUILT[knowledge.version]


class Analysis:
    """Cuts clauses into words, each clause once. `pieces` are spans that stand as one word: quantities."""

    def __init__(self, view: str, tokens: Tokens, classes: WordClasses, pieces: Sequence[Span]) -> None:
        self.view = view
        self.classes = classes
        self._tokens = tokens
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self._known: dict[Span, tuple[Word, ...]] = {}

    def words(self, clause: Span) -> tuple[Word, ...]:
        """The words of a clause in order; white space is none."""
        if clause not in self._known:
            self._known[clause] = tuple(self._cut(clause))
        return self._known[clause]

    def between(self, clause: Span, span: Span) -> tuple[Word, ...]:
        """The words of the clause that stand wholly inside the span."""
        return tuple(word for word in self.words(clause) if span.start <= word.start and word.end <= span.end)

    def _cut(self, clause: Span) -> list[Word]:
        words: list[Word] = []
        at = clause.start
        for span, kind in self._atoms(clause):
            if span.start < at:
                continue
            self._add(words, at, span.start)
            words.append(Word(span.slice(self.view), span.start, span.end, kind, ""))
            at = span.end
        self._add(words, at, clause.end)
        return _in_context(_joined(words, self.classes), self.classes)

    def _atoms(self, clause: Span) -> list[tuple[Span, str]]:
        first = bisect_left(self._starts, clause.start)
        atoms = []
        for piece in self._pieces[first:]:
            if piece.start >= clause.end:
                break
            atoms.append((piece, "Q"))
        view = self.view
        for pattern, kind in ((_QUOTED, "K"), (_BRACKET, "k"), (_TIME, "T"), (_AGES, "A")):
            for found in pattern.finditer(view, clause.start, clause.end):
                span = Span(*found.span())
                # 较去年 tells a change
                changed = kind == "T" and self.view[span.start] in "较比与"
                if span.length and not any(span.overlaps(piece) for piece, _ in atoms):
                    atoms.append((span, "W" if changed else kind))
        return sorted(atoms)

    def _add(self, words: list[Word], start: int, end: int) -> None:
        if start >= end:
            return
        for token in self._tokens.cut(self.view[start:end]):
            if not token.text.isspace():
                at = start + token.start
                for text, offset, kind, tag in self._parts(token):
                    words.append(Word(text, at + offset, at + offset + len(text), kind, tag))

    def _parts(self, token: Token) -> tuple[tuple[str, int, str, str], ...]:
        """The word with its kind; a phrase of the dictionary that says how and what was done (专题研究) is two."""
        known = self.classes.parts
        key = token.text, token.tag
        if key not in known:
            known[key] = self._split(token)
        return known[key]

    def _split(self, token: Token) -> tuple[tuple[str, int, str, str], ...]:
        kind, text = self.classes.kind(token), token.text
        for size in (2, 1) if kind in "Nb" and len(text) > 2 else ():
            head, rest = text[:size], text[size:]
            how = next((name for name in ("manner", "having", "light") if self.classes.has(name, head)), None)
            words = self._tokens.cut(rest) if how and len(rest) == 2 else []
            if len(words) == 1 and self.classes.kind(words[0]) in ("NbG" if how == "having" else "VGHcoI"):
                last = (rest, size, self.classes.kind(words[0]), words[0].tag)
                return ((head, 0, "J" if how == "manner" else "Y", "d"), last)
        if kind == "N" and len(text) == 4 and self.classes.has("verb", text[:2]):
            # 化解矛盾: an act and its object that the dictionary has as one word
            act, thing = self._tokens.cut(text[:2]), self._tokens.cut(text[2:])
            if len(act) == len(thing) == 1 and thing[0].tag in _NOMINAL:
                verb, noun = act[0], thing[0]
                return ((verb.text, 0, "V", verb.tag), (noun.text, 2, self.classes.kind(noun), noun.tag))
        if kind in "NG" and len(text) == 4 and self.classes.has("change", text[2:]):
            # 人口减少: what changed, and how
            what = self._tokens.cut(text[:2])
            if len(what) == 1:
                return ((text[:2], 0, self.classes.kind(what[0]), what[0].tag), (text[2:], 2, "I", "v"))
        return ((text, 0, kind, token.tag),)


def _joined(words: list[Word], classes: WordClasses) -> list[Word]:
    """Syllables that the dictionary does not know together, and nouns made of a verb (巡查率), become one word."""
    result: list[Word] = []
    for word in words:
        before = result[-1] if result else None
        if before is None or before.end != word.start or word.kind == "Q" or before.kind == "Q":
            result.append(word)
            continue
        kind = _joins(result[-2] if len(result) > 1 else None, before, word, classes)
        if kind is not None:
            _extend(result, word, kind)
            result[-1] = classes.settled(result[-1])
        elif before.text == "占" and classes.has("share", "占" + word.text[0]):
            # the dictionary knows a 比达: 占 比达 is 占比 达
            result[-1] = Word("占" + word.text[0], before.start, word.start + 1, "N", "n")
            if len(word.text) > 1:
                result.append(Word(word.text[1:], word.start + 1, word.end, "Y", "v"))
        else:
            if word.kind in VERBS and classes.has("planned", before.text):
                result[-1] = before._replace(kind="Y")
            elif classes.has("per_head", before.text) and word.kind in "NGbKA":
                # 人均学习年限
                result[-1] = before._replace(kind="N")
            elif _describes(result[-2] if len(result) > 1 else None, before, word, classes):
                result[-1] = before._replace(kind="A")
            result.append(word)
    return result


def _in_context(words: list[Word], classes: WordClasses) -> list[Word]:
    """Words that are what their neighbours on both sides make them.

    调解组织98个, 集体组织提供意见: behind a noun and before no object of its own 组织 is a body, and so is the 办 of
    普法办, but not that of 指尖办. 整改不规范问题: 不 and 未 with the verb behind them describe the noun that follows."""
    result: list[Word] = []
    for at, word in enumerate(words):
        before = result[-1] if result else None
        following = words[at + 1].kind if at + 1 < len(words) else "Q"
        adjoins = before is not None and before.end == word.start and before.kind in "GNA"
        denied = before is not None and before.text in ("不", "未") and before.end == word.start
        if denied and word.kind in "VGA" and following in "Nb" and len(word.text) > 1:
            _extend(result, word, "A")
        elif word.text in _SETTLED and before is not None and before.kind == "I" and following == "Q":
            result.append(word._replace(kind="Y"))
        elif (word.text == "组织" and adjoins and following in "QUCVYDZ") or (
            word.text == "办" and before is not None and before.end == word.start and classes.has("office", before.text)
        ):
            _extend(result, word, "b")
        else:
            result.append(word)
    return result


def _describes(first: Word | None, before: Word, word: Word, classes: WordClasses) -> bool:
    """基本医疗保险, 专项资金, 高效节水面积: what says how before a verb only describes before a noun.

    So it does in the object of a support verb: 开展有效劝导."""
    if first is not None and first.kind == "H" and word.kind == "V" and before.tag in _ADJECTIVES:
        return before.kind in "YJ"
    if len(before.text) < 2 or not (before.kind == "D" or (before.kind in "YJj" and before.tag in _DESCRIBING)):
        return False
    return word.kind == "N" or (word.kind == "G" and classes.has("intransitive", word.text))


def _joins(first: Word | None, before: Word, word: Word, classes: WordClasses) -> str | None:
    """The kind of the one word that two make; None where they stay two."""
    if word.kind == "k":
        return before.kind if before.kind in "NGSXbLm" else "N"
    known = classes.known(before.text + word.text)
    if known is not None:
        return known
    if _makes_noun(before, word) or _ends_noun(first, before, word):
        return "N"
    if word.kind in "VG":
        if before.text == "新":
            return "V"
        if len(word.text) > 1 and classes.has("dual", before.text):
            return "G"
    if before.kind in "VG" and classes.has("patient_head", word.text):
        # 受援对象: whom an act is for
        return "b"
    if before.text == "可" and word.kind in "VGEHI":
        # 可利用草场, 可支配收入: able to be
        return "A"
    if before.kind in "VG" and len(before.text) > 1 and classes.has("result", word.text):
        return "V"
    if _syllable(before) and _syllable(word):
        if classes.is_actor(before.text + word.text):
            return "b"
        return "V" if "v" in (before.tag[:1], word.tag[:1]) and word.tag[:1] != "n" else "N"
    if before.kind == "I" and classes.has("to", word.text):
        return "I"
    return "N" if before.kind == "k" and before.text.startswith("(") else None


def _extend(words: list[Word], word: Word, kind: str) -> None:
    last = words[-1]
    words[-1] = Word(last.text + word.text, last.start, word.end, kind, "v" if kind == "V" else "n")


def _makes_noun(before: Word, word: Word) -> bool:
    if word.text not in _MAKES_NOUN or len(before.text) < 2:
        return False
    return before.kind in "VGNAHJSDI" and before.tag[:1] not in ("p", "c", "r")


def _ends_noun(first: Word | None, before: Word, word: Word) -> bool:
    """录入 排水 户, 服务 机: a verbal noun, or the second of two verbs, describes the syllable behind it."""
    if len(before.text) < 2 or word.kind not in "Nb" or len(word.text) != 1:
        return False
    return before.kind in "VG" and (
        before.tag == "vn" or (first is not None and first.kind in VERBS and first.end == before.start)
    )


def _syllable(word: Word) -> bool:
    """True for one syllable that is no function word: beside another one it is part of an unknown word."""
    return len(word.text) == 1 and word.kind in "NVAGDI" and word.text not in _FUNCTION and bool(_CJK.match(word.text))
