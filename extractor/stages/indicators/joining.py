"""Words that two make together (合词), and words that are what their neighbours make them.

Comes in: the words of a clause as they were cut. Goes out: the same text in words as a reader hears them.
"""

import regex

from extractor.stages.indicators.word_classes import VERBS, Word, WordClasses

# what the new value of a change is called: 压缩到承诺7日
_SETTLED = frozenset(("承诺", "法定", "规定", "现在", "目前", "现行"))
# 已可办理, 均可享受: behind these 可 and its verb are what is said
_TOLD = frozenset(("已", "均", "都", "已经", "就", "也", "还"))
_CJK = regex.compile(r"[一-龥]+")
# single syllables that make a noun of the word before them
_MAKES_NOUN = frozenset("率员者场点站队栏岗室性化权费金力制度量额会班课厅窗类型式所组处法岛证卡费园馆校摊机函单书表册")
_MEETING_BODIES = ("党组", "党委", "常委", "支委", "班子", "工委", "支部")
# parts of speech of words that may describe a noun
_DESCRIBING = frozenset(("n", "a", "ad", "an", "b", "vn"))
_ADJECTIVES = frozenset(("a", "ad", "an", "b"))
_FUNCTION = frozenset(
    "的了和与及在对为将由等共各有到至于其中或并把被向给以从自按经因且也都还又已均就即仅未不无没会应要"
)
# what may follow a noun that one goes by: a verb, or what stands before one
_PREDICATE = VERBS | frozenset("DYJEOB")


def joined(words: list[Word], classes: WordClasses) -> list[Word]:
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


def in_context(words: list[Word], classes: WordClasses) -> list[Word]:
    """Words that are what their neighbours on both sides make them.

    调解组织98个, 集体组织提供意见: behind a noun and before no object of its own 组织 is a body, and so is the 办 of
    普法办, but not that of 指尖办. 按照上级要求: behind what one goes by, what is demanded is a noun. 整改不规范问题: 不 and 未 with the verb behind them describe the noun that follows."""
    result: list[Word] = []
    for at, word in enumerate(words):
        before = result[-1] if result else None
        following = words[at + 1].kind if at + 1 < len(words) else "Q"
        adjoins = before is not None and before.end == word.start and before.kind in "GNA"
        denied = before is not None and before.text in ("不", "未") and before.end == word.start
        if (_may_be(before, result[-2] if len(result) > 1 else None, word) and following in "NbLK") or (
            denied and word.kind in "VGA" and following in "Nb" and len(word.text) > 1
        ):
            _extend(result, word, "A")
        elif following in _PREDICATE and classes.has("demanded", word.text) and _goes_by(result, classes):
            result.append(word._replace(kind="N"))
        elif word.text == "部分" and following in VERBS and before is not None and before.kind in "Nb":
            # 案件部分履行: how far
            result.append(word._replace(kind="D"))
        elif word.text in _SETTLED and before is not None and before.kind == "I" and following == "Q":
            result.append(word._replace(kind="Y"))
        elif (word.text == "组织" and adjoins and following in "QUCVYDZ") or (
            word.text == "办" and before is not None and before.end == word.start and classes.has("office", before.text)
        ):
            _extend(result, word, "b")
        else:
            result.append(word)
    return result


def _may_be(before: Word | None, first: Word | None, word: Word) -> bool:
    """待整改问题, 反馈需整改问题: what is to be done describes the noun that follows."""
    if before is None or before.end != word.start or word.kind not in "VGH" or len(word.text) == 1:
        return False
    return before.text == "待" or (before.text == "需" and first is not None and first.kind in "VG")


def _goes_by(before: list[Word], classes: WordClasses) -> bool:
    """True if the nouns before follow 按照, 根据 or the like."""
    leading = next((word for word in reversed(before) if word.kind not in "NbLAGXRUF"), None)
    return leading is not None and classes.has("order", leading.text)


def _describes(first: Word | None, before: Word, word: Word, classes: WordClasses) -> bool:
    """基本医疗保险, 专项资金, 高效节水面积: what says how before a verb only describes before a noun.

    So it does in the object of a support verb: 开展有效劝导."""
    if first is not None and first.kind == "H" and word.kind == "V" and before.tag in _DESCRIBING:
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
    if word.text == "会" and before.text.endswith(_MEETING_BODIES):
        # 部党组|会: the dictionary's 会 is a verb
        return "N"
    if _makes_noun(before, word) or _ends_noun(first, before, word):
        return "N"
    if word.kind in "VG":
        if before.text == "新":
            return "V"
        # 信息公开|引发
        told = before.text == "公开" and first is not None and first.kind in "N"
        if len(word.text) > 1 and classes.has("dual", before.text) and not told:
            return "G"
    if before.kind in "VG" and classes.has("patient_head", word.text):
        # 受援对象: whom an act is for
        return "b"
    able = word.kind in "VGH" or (word.kind == "E" and word.tag != "p")
    if before.text == "可" and able and not (first is not None and first.text in _TOLD):
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
