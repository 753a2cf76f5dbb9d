"""Checks of figures against each other: parts and totals, shares and counts, the same thing twice.

Only exact actual values are held against each other; 近, 余 and 约 excuse a difference. A difference
is held against a report only beyond rounding, half a unit of the last written place per value.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.datamodel.folding import fold
from extractor.datamodel.vocabulary import Severity, Verdict
from extractor.text.comparable import words

Row = Mapping[str, Any]
# words that open a list which need not be complete
_REST = re.compile("其[他它余]")
_INCOMPLETE = re.compile("其中|包括|包含|含|如|主要|特别是|尤其|等")
_SHARE = re.compile(
    r"^[,(、 ]*(?:约|仅|只)?占(?:到|了)?(?:其|全部|总量|总数|比|[^,。;:]{0,8}?的)?(?:比例?)?"
    r"(?:为|达到?|是)?[: ]*$"
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# a shorter name (发放, 共计) may count another thing each time
_TELLING = 4
# one name for two things, each with its value: 城镇和农村人均住房面积32.9平方米、37.1平方米
_JOINT = re.compile("[和与及、]|以及")
# the time a sentence speaks of: 今明两年…200万人 is not the 100万人 of the year before
_TIME = re.compile(
    r"今明两年|[上下前后]半年|[一二三四1-4]季度|\d+月|[近前后]?[两三四五六七八九十\d]+年(?:多)?[来间内以]|去年|今年|明年"
)


def step(row: Row) -> float:
    """Value of one unit of the last place that the number is written with: 3.5亿元 → 1e7 元."""
    found = _NUMBER.search(fold(row.get("value_text") or ""))
    if found is None:
        return 0.0
    number = found[0].replace(",", "")
    places = len(number.partition(".")[2])
    written = float(number)
    # 34,500 is written to the one; trailing zeros may be rounding, but nobody says so
    return float(10**-places * (abs(row["value"]) / written if written else 1.0))


def exact(row: Row) -> bool:
    """True for an actual value that is meant exactly."""
    return (
        row.get("value") is not None
        and row.get("approx") in {None, "exact"}
        and row.get("role") in {None, "actual"}
        and row.get("value_low") is None
    )


def parts_and_totals(audited: Audited) -> Iterable[Finding]:
    """Totals that their parts do not add up to, single parts larger than their total."""
    for report in audited.collection.reports:
        rows = audited.collection.rows("indicators", report["report_id"])
        by_id = {row["indicator_id"]: row for row in rows}
        parts_of: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            total = by_id.get(row.get("part_of") or "")
            if total is not None and row["unit"] == total["unit"]:
                parts_of[total["indicator_id"]].append(row)
        text = audited.collection.text_of(report["report_id"]) if parts_of else ""
        for total_id, parts in parts_of.items():
            total = by_id[total_id]
            if exact(total) and all(exact(part) for part in parts):
                yield from _sum_findings(total, parts, text)


def _sum_findings(total: Row, parts: Sequence[Row], text: str) -> Iterable[Finding]:
    tolerance = 1e-6 * abs(total["value"])
    larger = [part for part in parts if part["value"] > total["value"] + tolerance]
    if larger:
        message = f"a part ({larger[0]['value']:g}) is larger than its total ({total['value']:g})"
        yield Finding(total, message, others=parts)
        return
    if len(parts) < 2:
        return
    added = sum(part["value"] for part in parts)
    if len({step(row) for row in (total, *parts)}) > 1 or step(total) not in {0.0, 1.0}:
        tolerance += sum(step(row) for row in (total, *parts)) / 2
    if abs(added - total["value"]) <= tolerance:
        return
    between = text[total["char_end"] : min(part["char_start"] for part in parts)]
    around = text[total["char_start"] : max(part["char_end"] for part in parts) + 1]
    # 其他135件 closes a list, even one that 其中 opens
    closed = any(_REST.search(part.get("name") or "") for part in parts)
    incomplete = not closed and bool(_INCOMPLETE.search(between) or around.rstrip(")）").endswith("等"))
    if added < total["value"] and incomplete:
        return
    # 其中 may name overlapping groups (党员、妇女), a bare list may not
    verdict = Verdict.UNCERTAIN if not closed and _INCOMPLETE.search(between) else Verdict.FAIL
    message = f"the parts add up to {added:g}, the total is {total['value']:g} {total['unit']}"
    yield Finding(total, message, verdict, parts)


def shares_and_counts(audited: Audited) -> Iterable[Finding]:
    """Shares (258件，占33.9%) that are not the quotient of their count and its total."""
    for report in audited.collection.reports:
        rows = audited.collection.rows("indicators", report["report_id"])
        if len(rows) < 3:
            continue
        text = fold(audited.collection.text_of(report["report_id"]))
        pairs = [
            (at, count, share)
            for at, (count, share) in enumerate(itertools.pairwise(rows))
            if _is_share_of(count, share, text)
        ]
        for run in _neighbours(pairs):
            yield from _share_findings(rows, run)


def _is_share_of(count: Row, share: Row, text: str) -> bool:
    """True where 占 and nothing that tells of another count stands between the two numbers."""
    if share["unit"] != "%" or count["unit"] in {"%", "个百分点"}:
        return False
    if not (exact(count) and exact(share)):
        return False
    number = share.get("value_text") or ""
    at = text.find(fold(number), count["char_end"], share["char_end"])
    return at >= 0 and _SHARE.match(text[count["char_end"] : at]) is not None


def _neighbours(
    pairs: Sequence[tuple[int, Row, Row]],
) -> list[list[tuple[int, Row, Row]]]:
    """Counts with shares that follow each other as one list: same unit, little text between."""
    runs: list[list[tuple[int, Row, Row]]] = []
    for pair in pairs:
        last = runs[-1][-1] if runs else None
        if last and last[1]["unit"] == pair[1]["unit"] and pair[0] - last[0] <= 3:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs


def _share_findings(rows: Sequence[Row], run: Sequence[tuple[int, Row, Row]]) -> Iterable[Finding]:
    """A linked total decides; else the earlier number with which most shares of the list agree."""
    by_id = {row["indicator_id"]: row for row in rows}
    first, unit = run[0][0], run[0][1]["unit"]
    before = [row for row in rows[max(first - 8, 0) : first] if row["unit"] == unit and exact(row)]
    fitting = [sum(_agrees(count, total, share) for _, count, share in run) for total in before]
    for _, count, share in run:
        total = by_id.get(count.get("part_of") or "")
        if total is None or total["unit"] != unit or not exact(total):
            best = max(fitting, default=0)
            total = before[fitting.index(best)] if best >= 2 else None
        if total is None or _agrees(count, total, share):
            continue
        real = 100 * count["value"] / total["value"]
        message = f"{count['value']:g} of {total['value']:g} is {real:.2f} %, not {share['value']:g} %"
        yield Finding(share, message, others=(count, total))


def _agrees(count: Row, total: Row, share: Row) -> bool:
    if not total["value"] or total["value"] < count["value"]:
        return False
    real = 100 * count["value"] / total["value"]
    # truncated figures (66.6 % for two thirds) are as usual as rounded ones
    return bool(abs(real - share["value"]) <= step(share) + 1e-9)


def stated_twice(audited: Audited) -> Iterable[Finding]:
    """One thing with two values in a report's text."""
    for report in audited.collection.reports:
        text = audited.collection.text_of(report["report_id"])
        groups: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in audited.collection.rows("indicators", report["report_id"]):
            name = words(row.get("name"))
            comparable = exact(row) and len(name) >= _TELLING and row.get("source") != "table"
            if comparable and not _JOINT.search(row["name"]):
                groups[(*_what(row, name), _times(row, text))].append(row)
        for rows in groups.values():
            first = rows[0]
            other = next((row for row in rows if row["value"] != first["value"]), None)
            if other is not None and not _parts_of_different_things(rows):
                message = f"{first['name']}: {first['value']:g} and {other['value']:g} {first['unit']}"
                yield Finding(other, message, Verdict.UNCERTAIN, (first,))


def _what(row: Row, name: str) -> tuple[Any, ...]:
    """What must be equal for two rows to speak of one thing."""
    return (
        name,
        words(row.get("subject")),
        row["unit"],
        row.get("year"),
        words(row.get("period")),
        bool(row.get("cumulative")),
    )


def _times(row: Row, text: str) -> frozenset[str]:
    """Words of time in the sentence up to the row's end."""
    start = max(text.rfind(mark, 0, row["char_start"]) for mark in "。；;\n")
    return frozenset(_TIME.findall(text[start + 1 : row["char_end"]]))


def _parts_of_different_things(rows: Sequence[Row]) -> bool:
    """True for 党员 under one branch and 党员 under another: each is part of its own total."""
    return len({row.get("part_of") for row in rows}) == len(rows)


def text_against_table(audited: Audited) -> Iterable[Finding]:
    """A catalogue indicator with one value in the text and another in a table of the report."""
    for report in audited.collection.reports:
        groups: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in audited.collection.rows("indicators", report["report_id"]):
            if row.get("indicator") and exact(row) and row.get("part_of") is None:
                groups[row["indicator"], row["unit"], row.get("year")].append(row)
        for rows in groups.values():
            in_text = [row for row in rows if row.get("source") != "table"]
            tabled = [row for row in rows if row.get("source") == "table"]
            if in_text and tabled and not {r["value"] for r in in_text} & {r["value"] for r in tabled}:
                message = (
                    f"{in_text[0].get('label') or in_text[0]['indicator']}: {in_text[0]['value']:g} in the "
                    f"text, {tabled[0]['value']:g} in the table"
                )
                yield Finding(in_text[0], message, others=(tabled[0],))


CHECKS = (
    Check(
        "arithmetic.parts_and_total",
        Severity.WARNING,
        "Parts that are linked to a total by part_of, in its unit, are added up. A sum below the "
        "total is held against the report only where the list claims to be complete (no 其中, 包括, "
        "等); a sum above it always, as uncertain after 其中, whose groups may overlap. A single "
        "part above its total fails.",
        parts_and_totals,
        ("indicators", "part_of"),
    ),
    Check(
        "arithmetic.share_of_count",
        Severity.WARNING,
        "A share that follows its count (258件，占33.9%) is computed anew from the total of which "
        "the count is a part or, failing such a link, from the earlier number with which at least "
        "two shares of the same list agree. Rounding and cutting off are both allowed.",
        shares_and_counts,
        ("indicators", "value"),
    ),
    Check(
        "arithmetic.stated_twice",
        Severity.WARNING,
        "The same name, subject, unit, period and year with two exact values in the text of one "
        "report. Uncertain always: the two may count different things under one name.",
        stated_twice,
        ("indicators", "name"),
    ),
    Check(
        "arithmetic.text_against_table",
        Severity.WARNING,
        "A catalogue indicator whose value in the text is not among its values in the tables of the same report.",
        text_against_table,
        ("indicators", "indicator"),
    ),
)
