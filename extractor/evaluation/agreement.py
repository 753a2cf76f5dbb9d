"""When an extracted value agrees with the gold value: one small written rule per kind.

Comes in: two values as written. Goes out: True or False, or the normal form that is compared.
Nothing here knows rows, files or tallies. Punctuation width, white space and bracket shape never
decide: both sides are folded first.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from extractor.datamodel.vocabulary import Approximation
from extractor.text.comparable import document_number, plain, words

# A name is right when it holds most of the gold name; a little above one half, so that sharing
# only the head noun of a longer name (法治讲座 of 党政领导班子…法治讲座) is not enough.
NAME_SHARE = 0.6

# The word as the gold writes it → the class of the tables. 以上, 以下, 以内 hold the number
# itself (Civil Code article 1259), 超过 and 突破 do not; 近 is a little less than the number.
_APPROXIMATIONS: Mapping[str, Approximation] = {
    **dict.fromkeys(("余", "多", "几", "超", "超过", "突破", "逾", "大于", "高于", "上"), Approximation.OVER),
    **dict.fromkeys(("近", "将近", "接近", "不到", "不足", "小于", "低于", "未满"), Approximation.UNDER),
    **dict.fromkeys(("约", "约为", "大约", "左右", "上下", "大概", "近约", "许"), Approximation.ABOUT),
    **dict.fromkeys(("以上", "不少于", "不低于", "至少", "不小于", "及以上", "起"), Approximation.AT_LEAST),
    **dict.fromkeys(
        ("以内", "以下", "不超过", "不高于", "不多于", "至多", "之内", "内", "及以下"),
        Approximation.AT_MOST,
    ),
}


def gold_numbers(citation: Mapping[str, Any]) -> frozenset[str]:
    """All forms in which a gold citation's number counts as right: as given, `raw_alt`, rebuilt."""
    forms = [citation.get("number"), *citation.get("raw_alt", ())]
    code, serial, year = (citation.get(key) for key in ("issuer_code", "serial", "year"))
    if code and serial:
        forms.append(f"{code}〔{year}〕{serial}号" if year else f"{code}第{serial}号")
    return frozenset(document_number(form) for form in forms if form)


def same_quantity(row: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    """Value and unit both agree; a range agrees in both ends, `ratio` 0.3333 in 33.33 % or 1/3."""
    value, unit = gold["value"], gold.get("unit")
    if gold.get("value_high") is not None:
        ends = (row.get("value_low"), row.get("value_high"))
        return close(ends[0], value) and close(ends[1], gold["value_high"]) and same_unit(row, unit)
    if unit == "ratio":
        percent = row.get("unit") == "%" and close(row.get("value"), 100 * value, within=1e-3)
        return percent or (row.get("unit") in {None, "ratio", "比"} and close(row.get("value"), value, within=1e-3))
    found = row.get("value")
    if row.get("role") == "change" and found is not None:
        # gold writes the magnitude and leaves the direction to the name (较去年回落12.3%)
        found, value = abs(found), abs(value)
    return close(found, value) and same_unit(row, unit)


def same_unit(row: Mapping[str, Any], unit: str | None) -> bool:
    """Equal base units; no unit agrees only with no unit."""
    return plain(row.get("unit")) == plain(unit)


def close(left: Any, right: Any, *, within: float = 1e-6) -> bool:
    """Equal up to a relative difference; nothing is close to None."""
    if left is None or right is None:
        return False
    return abs(float(left) - float(right)) <= within * max(abs(float(right)), 1.0)


def same_name(row: Mapping[str, Any], gold_name: str) -> bool:
    """An extracted name is right when it holds most of the gold name's words.

    Words are measured as pairs of neighbouring characters, which needs no dictionary: of the gold
    name's characters at least 0.6 must stand in a pair that also occurs in the extracted subject
    or name (a name of one or two characters must occur whole). A name that buries the words in a
    whole sentence is not right: name, and subject, may each have at most twice the gold name's
    characters plus six. Punctuation does not count.

    >>> same_name({"name": "法律图书", "subject": "发放"}, "发放法律图书")
    True
    >>> same_name({"name": "法治讲座", "subject": None}, "党政领导班子参加的法治讲座")
    False
    """
    target = words(gold_name)
    name, subject = words(row.get("name")), words(row.get("subject"))
    limit = 2 * len(target) + 6
    if not name or len(name) > limit or len(subject) > limit:
        return False
    return name_share((subject, name, subject + name), target) >= NAME_SHARE


def name_share(names: Iterable[str], target: str) -> float:
    """Share of the target's characters that stand in a pair found in one of the names, 0 to 1."""
    joined = "\n".join(names)
    if len(target) <= 2:
        return float(bool(target) and target in joined)
    held = bytearray(len(target))
    for at in range(len(target) - 1):
        if target[at : at + 2] in joined:
            held[at] = held[at + 1] = 1
    return sum(held) / len(target)


def approximation(gold: Mapping[str, Any]) -> Approximation:
    """The class of the gold's word as written (or of a class already written); null is exact."""
    word = gold.get("approx")
    if not word:
        return Approximation.EXACT
    if word in _APPROXIMATIONS:
        return _APPROXIMATIONS[word]
    return Approximation(word)


def roles(gold: Mapping[str, Any]) -> frozenset[str]:
    """Roles that agree with the gold: its role; else target, or change where it has a direction.

    The excerpts say only `target: true`; where they say nothing, any role but target agrees.
    """
    if gold.get("role"):
        return frozenset({gold["role"]})
    if gold.get("target"):
        return frozenset({"target"})
    if gold.get("direction"):
        return frozenset({"change"})
    return frozenset({"actual", "baseline", "change"})


def same_action(row: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    """One verb holds the other (充分发挥, 发挥); four fifths of the objects' characters agree."""
    verb, gold_verb = plain(row.get("verb")), plain(gold.get("verb"))
    if not verb or not (verb in gold_verb or gold_verb in verb):
        return False
    mine, wanted = words(row.get("object")), words(gold.get("object"))
    if not wanted:
        return not mine
    return name_share([mine], wanted) >= 0.8 and name_share([wanted], mine or " ") >= 0.8
