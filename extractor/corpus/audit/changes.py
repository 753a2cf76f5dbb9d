"""Check of changes against last year's report: 调解纠纷120件，同比增长20% needs 100件 there.

The change must follow the value that it speaks of in the same clause; last year's report of the
same place must state the same thing once, in the same unit.
"""

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from extractor.corpus.audit.arithmetic import exact, step
from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.corpus.collection import Collection, place
from extractor.datamodel.folding import fold
from extractor.datamodel.vocabulary import Severity, Verdict
from extractor.text.comparable import words

Row = Mapping[str, Any]
# what may stand between a value and its change: a bracket or comma, and words of comparison
_BETWEEN = re.compile(
    r"[,(、 ]*(?:(?:同比|环比|比|较|与)?(?:去年|上年|上一年|上年度)?(?:同期)?(?:相比)?[, ]*"
    r"(?:分别)?(?:增长|增加|上升|提高|提升|下降|减少|降低|回落|多|少)?(?:了|率为)?[: ]*)"
)
_ANNUAL = re.compile("同比|去年|上年|上一年")
_TELLING = 4


def against_last_year(audited: Audited) -> Iterable[Finding]:
    """Changes that the two years' values do not give."""
    collection = audited.collection
    for report in collection.originals:
        year = report.get("report_year")
        last = collection.of_year.get((place(report), year - 1)) if year and place(report) else None
        if last is None:
            continue
        text = fold(collection.text_of(report["report_id"]))
        for now, change in itertools.pairwise(collection.rows("indicators", report["report_id"])):
            if change.get("role") == "change" and exact(now) and _speaks_of(now, change, text):
                yield from _judge(collection, last, now, change)


def _speaks_of(now: Row, change: Row, text: str) -> bool:
    number = fold(change.get("value_text") or "")
    at = text.find(number, now["char_end"], change["char_end"]) if number else -1
    between = text[now["char_end"] : at] if at >= 0 else ""
    return (
        change.get("approx") in {None, "exact"}
        and _BETWEEN.fullmatch(between) is not None
        and _ANNUAL.search(between) is not None
    )


def _judge(collection: Collection, last: Row, now: Row, change: Row) -> Iterable[Finding]:
    before = [row for row in collection.rows("indicators", last["report_id"]) if exact(row) and _same(row, now)]
    if len({row["value"] for row in before}) != 1:
        return
    old, unit = before[0], change["unit"]
    if unit == "%" and now["unit"] != "%" and old["value"]:
        real, slack = 100 * (now["value"] - old["value"]) / old["value"], step(change)
    elif unit == now["unit"] or (unit == "个百分点" and now["unit"] == "%"):
        real = now["value"] - old["value"]
        slack = (step(change) + step(now) + step(old)) / 2 if step(now) != 1 else 0.0
    else:
        return
    if abs(real - change["value"]) <= slack + 1e-6 * max(abs(real), 1.0):
        return
    message = f"{old['value']:g} in the report on {last['report_year']}, {now['value']:g} now: a change of {real:.4g}"
    yield Finding(change, f"{message}, not {change['value']:g} {unit}", Verdict.UNCERTAIN, (now, old))


def _same(old: Row, now: Row) -> bool:
    if old["unit"] != now["unit"] or old.get("part_of") is not None or now.get("part_of") is not None:
        return False
    name = words(now.get("name"))
    return (
        len(name) >= _TELLING
        and name == words(old.get("name"))
        and words(old.get("subject")) == words(now.get("subject"))
    )


CHECKS = (
    Check(
        "arithmetic.change_against_last_year",
        Severity.WARNING,
        "A change (同比增长20%, 比上年减少3件, 提高2.8个百分点) that directly follows its value is computed "
        "anew from last year's report of the same place, where the same name stands with one value in the "
        "same unit. Rounding and cutting off are allowed. Uncertain always: last year's figure may "
        "have been revised.",
        against_last_year,
        ("indicators", "value"),
    ),
)
