"""Coordinated names (并列): several names said as one phrase before their numbers → one name for each number.

Comes in: the words of the phrase and how many numbers follow it. Goes out: as many names. Refuses to split where
parts and numbers do not agree.
"""

from collections.abc import Sequence

from extractor.stages.indicators.word_classes import Word, WordClasses

_JOINS = frozenset(("、", "和", "与", "及", "以及"))
_HEADS = ("率", "度", "比例", "比重")


def parts_of(words: Sequence[Word]) -> list[list[Word]]:
    """The members of a coordination, each a run of words."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.text in _JOINS and word.kind == "C":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def split_names(words: Sequence[Word], count: int, classes: WordClasses) -> list[str]:
    """The `count` names of a coordinated phrase: 花生种植、收获机械化率 → 花生种植机械化率, 花生收获机械化率.

    A first part that lacks the last part's head noun gets it, and the last parts get the first part's
    modifier. The whole phrase `count` times if the parts are fewer or more.
    """
    parts = parts_of(words)
    if len(parts) != count or count < 2:
        return [_text(words)] * count
    return _with_shared_words(parts, classes)


def two_rates(words: Sequence[Word], classes: WordClasses) -> list[tuple[Word, ...]] | None:
    """参训率和合格率, 录入和巡查率: rates said together of one number, as words; None for one rate."""
    parts = parts_of(words)
    if len(parts) < 2 or not classes.ends("rate", parts[-1][-1].text):
        return None
    if all(classes.ends("rate", part[-1].text) for part in parts):
        return [tuple(part) for part in parts]
    head = next((head for head in _HEADS if parts[-1][-1].text.endswith(head)), None)
    if head is None or not all(len(part) == 1 and part[0].kind in "VG" for part in parts[:-1]):
        return None
    acts = [(part[0]._replace(text=part[0].text + head, kind="N"),) for part in parts[:-1]]
    return [*acts, tuple(parts[-1])]


def _with_shared_words(parts: list[list[Word]], classes: WordClasses) -> list[str]:
    texts = [_text(part) for part in parts]
    last = parts[-1]
    if len(last) > 1 and classes.ends("amount", last[-1].text) and all(len(part) == 1 for part in parts[:-1]):
        # 城镇、农村居民收入: each is of its own
        head = _text(last[1:])
        return [text if classes.ends("amount", text) else text + head for text in texts[:-1]] + texts[-1:]
    if all(text.endswith(_HEADS) for text in texts) or len(last) < 2:
        return texts
    if not texts[-1].endswith(_HEADS):
        return texts
    head = _text(last[1:])
    prefix = parts[0][0].text if len(parts[0]) > 1 else ""
    return [texts[0] + head, *(prefix + text + head for text in texts[1:-1]), prefix + texts[-1]]


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)
