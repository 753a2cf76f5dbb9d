"""Classes of words: what a word is in a clause, one letter each.

Comes in: words with the dictionary's part of speech, `patterns/lexicons/word_classes.txt`. Goes out: their kinds, in which the
chunk rules of `patterns/naming.toml` are written. A word that stands in no class has the kind of its part of speech.
"""

from collections.abc import Iterable
from typing import NamedTuple

from extractor.errors import RuleFault
from extractor.rules import Knowledge
from extractor.text.tokens import Token

# what the dictionary's part of speech says of a word that stands in no class
_KINDS = {"v": "V", "vn": "G", "vd": "V", "vi": "V", "vq": "V", "vg": "V", "l": "N", "i": "N", "j": "N", "s": "N"}
_KINDS |= {"n": "N", "nr": "N", "ns": "N", "nt": "N", "nz": "N", "ng": "N", "t": "T", "f": "F", "c": "C", "u": "u"}
_KINDS |= {"uj": "U", "ul": "u", "uz": "u", "ug": "u", "uv": "u", "ud": "u", "p": "P", "d": "D", "df": "D", "dg": "D"}
_KINDS |= {"r": "R", "rr": "R", "rz": "R", "rg": "R", "m": "M", "mq": "M", "mg": "M", "q": "q", "a": "A", "ad": "D"}
_KINDS |= {"an": "N", "ag": "A", "b": "A", "z": "A", "x": "N", "eng": "N", "k": "k", "h": "A", "y": "u", "e": "u"}
_KINDS |= {"nrt": "N", "nrfg": "N", "tg": "T", "o": "N", "vg": "V", "zg": "N", "rz": "R", "nl": "N", "an": "N"}
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
# classes whose words are known though the dictionary cuts them apart
_COMPOUNDS = ("time", "scope", "self", "manner", "noun", "act", "intransitive", "verb", "change")
# kinds that may govern what is counted
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
        if text == "等":
            # 《甲》《乙》等专题学习: what is listed and what it is called
            return "C"
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
            # 执法办(城管队): a bracket leaves the noun what it is
            return word._replace(kind=self._noun(word.text.partition("(")[0] or word.text, word.tag))
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
