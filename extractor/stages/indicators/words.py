"""Words of a clause: cut and tagged once, whole, with quantities, titles and times as single words.

Comes in: a clause of the view and what stands in it as one piece. Goes out: its words, each with a kind (one
letter) that the chunk rules of `patterns/naming.toml` are written in. No later step cuts a word.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

import regex

from extractor.datamodel.span import Span
from extractor.stages.indicators.joining import in_context, joined
from extractor.stages.indicators.word_classes import Word, WordClasses
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
    (?P<tail>(?:年?[初底末中]|以来|来|间|期间|时期|内|前|止|起|规划期)*)
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
# of a word that may begin with the end of a time
_LONGEST_WORD = 4
# a township's own name, without its county's
_OWN_PLACE = regex.compile(r"(?<=^|[省市州盟县区旗])[一-龥]{1,7}?(?:镇|乡|街道)(?=$|人民政府|办事处)")
# parts of speech of the thing in 化解|矛盾
_NOMINAL = frozenset(("n", "an", "nz"))


def own_pattern(names: frozenset[str]) -> "regex.Pattern[str] | None":
    """The reporting township's own name, which no dictionary knows (增福镇); None for other bodies."""
    known = sorted({found[0] for name in names if (found := _OWN_PLACE.search(name))}, key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, known))) if known else None


class Analysis:
    """Cuts clauses into words, each clause once. `pieces` are spans that stand as one word: quantities."""

    def __init__(
        self,
        view: str,
        tokens: Tokens,
        classes: WordClasses,
        pieces: Sequence[Span],
        own_names: frozenset[str] = frozenset(),
    ) -> None:
        self.view = view
        self.classes = classes
        self._tokens = tokens
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self._own = own_pattern(own_names)
        self._known: dict[Span, tuple[Word, ...]] = {}

    def words(self, clause: Span) -> tuple[Word, ...]:
        """The words of a clause in order; white space is none."""
        if clause not in self._known:
            self._known[clause] = tuple(self._cut(clause))
        return self._known[clause]

    def between(self, clause: Span, span: Span) -> tuple[Word, ...]:
        """The words of the clause that stand wholly inside the span."""
        words = self.words(clause)
        first = bisect_left(words, span.start, key=attrgetter("start"))
        last = max(first, bisect_right(words, span.end, key=attrgetter("end")))
        if last < len(words) and words[last].text.find("(") == span.end - words[last].start > 0:
            # 培训(练兵)2次: the bracket before the number belongs to the word before it
            last += 1
        return words[first:last]

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
        return in_context(joined(words, self.classes), self.classes)

    def _atoms(self, clause: Span) -> list[tuple[Span, str]]:
        first = bisect_left(self._starts, clause.start)
        atoms = []
        for piece in self._pieces[first:]:
            if piece.start >= clause.end:
                break
            atoms.append((piece, "Q"))
        view = self.view
        own = ((self._own, "X"),) if self._own else ()
        for pattern, kind in ((_QUOTED, "K"), *own, (_BRACKET, "k"), (_TIME, "T"), (_AGES, "A")):
            for found in pattern.finditer(view, clause.start, clause.end):
                span = self._whole(found, clause) if kind == "T" else Span(*found.span())
                # 较去年 tells a change
                changed = kind == "T" and self.view[span.start] in "较比与"
                if span.length and not any(span.overlaps(piece) for piece, _ in atoms):
                    atoms.append((span, "W" if changed else kind))
        return sorted(atoms)

    def _whole(self, found: "regex.Match[str]", clause: Span) -> Span:
        """A time with what belongs to it: 全年来 is one, but in 全年来访 the next word is not cut."""
        start, end = found.span("tail")
        if start < end == found.end() < clause.end:
            for token in self._tokens.cut(self.view[start : min(end + _LONGEST_WORD, clause.end)]):
                if token.start < end - start < token.end:
                    return Span(found.start(), start + token.start)
        return Span(*found.span())

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

    def _is_act_on(self, text: str, thing: Token) -> bool:
        return self.classes.has("verb", text[:2]) and thing.tag in _NOMINAL

    def _split(self, token: Token) -> tuple[tuple[str, int, str, str], ...]:
        kind, text = self.classes.kind(token), token.text
        for size in (2, 1) if kind in "Nb" and len(text) > 2 else ():
            head, rest = text[:size], text[size:]
            how = next((name for name in ("manner", "having", "light") if self.classes.has(name, head)), None)
            words = self._tokens.cut(rest) if how and len(rest) == 2 else []
            if len(words) == 1 and self.classes.kind(words[0]) in ("NbG" if how == "having" else "VGHcoI"):
                last = (rest, size, self.classes.kind(words[0]), words[0].tag)
                return ((head, 0, "J" if how == "manner" else "Y", "d"), last)
        if len(text) == 4 and kind not in "KkQT":
            # 化解矛盾, 开展调研: an act and its object that the dictionary has as one word
            act, thing = self._tokens.cut(text[:2]), self._tokens.cut(text[2:])
            governs = self.classes.has("governing", text[:2])
            if len(act) == len(thing) == 1 and (governs or (kind in "Nb" and self._is_act_on(text, thing[0]))):
                verb, noun = act[0], thing[0]
                letter = self.classes.kind(verb) if governs else "V"
                return ((verb.text, 0, letter, verb.tag), (noun.text, 2, self.classes.kind(noun), noun.tag))
        if kind in "NG" and len(text) == 4 and self.classes.has("change", text[2:]):
            # 人口减少: what changed, and how
            what = self._tokens.cut(text[:2])
            if len(what) == 1:
                return ((text[:2], 0, self.classes.kind(what[0]), what[0].tag), (text[2:], 2, "I", "v"))
        return ((text, 0, kind, token.tag),)
