"""Titles that differ only in writing: 和 for 与, a lost 的, one character dropped.

Comes in: title keys (`text.comparable.title_key`). Goes out: which title each stands for. The threshold is 0.95 of
rapidfuzz's ratio on at least 12 characters, and it is not enough: numerals must be equal (never 2020 for 2021,
never 第一批 for 第二批), the names of places must be equal, and beyond light words only one character may be
missing, none exchanged (春季 is not 秋季, 甲镇 not 乙镇). Of several candidates none is taken.
"""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

THRESHOLD = 0.95
_SHORTEST = 12
_LIGHT = re.compile(r"[的地、,·\"'“”]|关于|和|与|及|以及")
# written for each other without a change of sense
_SAME = str.maketrans("做帐须象", "作账需像")
_NUMERALS = re.compile(r"\d+|[〇零一二三四五六七八九十百千]+")
_PLACE = re.compile("[省市区县旗镇乡村州盟]|街道")
# a character whose loss turns the sense round
_TURNING = frozenset("不非未无反前后上下内外副总新旧甲乙丙丁东西南北初再春夏秋冬大中小")


def similarity(left: str, right: str) -> float:
    """0 to 1; 0 where the two are not the same title in another writing.

    >>> similarity("甲镇落实安全生产责任制的实施办法", "甲镇落实安全生产责任制实施办法")
    1.0
    >>> similarity("甲镇2020年春季安全生产检查方案", "甲镇2020年秋季安全生产检查方案")
    0.0
    """
    left, right = _core(left), _core(right)
    if left == right:
        return 1.0
    if min(len(left), len(right)) < _SHORTEST or _NUMERALS.findall(left) != _NUMERALS.findall(right):
        return 0.0
    ratio = fuzz.ratio(left, right, score_cutoff=100 * THRESHOLD) / 100
    return ratio if ratio and _one_lost(left, right) else 0.0


def _core(title: str) -> str:
    return _LIGHT.sub("", title).translate(_SAME)


def _one_lost(left: str, right: str) -> bool:
    """True if one character is missing, behind the names of places and not one that turns the sense."""
    edits = list(Levenshtein.editops(left, right))
    if len(edits) != 1 or edits[0].tag == "replace":
        return False
    edit = edits[0]
    longer, at = (left, edit.src_pos) if edit.tag == "delete" else (right, edit.dest_pos)
    # a place's name ends within the next characters: 罗店镇 is not 罗镇
    return longer[at] not in _TURNING and _PLACE.search(longer, at, at + 4) is None


def same_titles(titles: Mapping[str, tuple[bool, int]]) -> dict[str, str]:
    """For each title that is another writing of exactly one other, that other one.

    `titles` gives for each whether it has a number, and how often it is cited; the numbered, the more frequent,
    the smaller stays. Titles with two candidates are left out.
    """
    names = sorted(titles)
    cores = {name: _core(name) for name in names}
    found: dict[str, str] = {}
    for name in names:
        near = process.extract(cores[name], cores, scorer=fuzz.ratio, score_cutoff=100 * THRESHOLD, limit=None)
        others = [other for _, _, other in near if other != name and similarity(name, other)]
        if len(others) == 1 and _rank(others[0], titles) < _rank(name, titles):
            found[name] = others[0]
    return found


def _rank(name: str, titles: Mapping[str, tuple[bool, int]]) -> tuple[bool, int, str]:
    numbered, count = titles[name]
    return (not numbered, -count, name)


def nearest(title: str, known: Mapping[str, str]) -> tuple[str, float] | None:
    """The one known title (key → anything) that is another writing of this one, with the similarity."""
    found = [
        (key, similarity(title, key))
        for _, _, key in process.extract(
            title, {key: key for key in known}, scorer=fuzz.ratio, score_cutoff=90, limit=20
        )
    ]
    found = [(key, score) for key, score in found if score]
    return found[0] if len(found) == 1 else None
