"""Checks of values that cannot be, or hardly: a share of more than all, a value a hundred times last year's."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from extractor.corpus.audit.arithmetic import exact
from extractor.corpus.audit.base import Audited, Check, Finding
from extractor.corpus.collection import place
from extractor.datamodel.vocabulary import Severity, Verdict

Row = Mapping[str, Any]
# rates that are a share of a whole; 完成率, 增长率, 执行率, 负债率 may be more than 100
_OF_A_WHOLE = re.compile(
    r"(?:办结|办理|满意|成功|合格|覆盖|知晓|参训|参学|参考|到课|出勤|出庭|应诉|答复|回复|联系|反馈|公开|公示|备案|审查|审核|评查|通过|及时"
    r"|化解|调解|整改|准确|采纳|到位|持证|达标|优秀|优良|签约|入户|普及|受教育|上报|报备)率$"
)
# a hundred times as much is more likely a lost 万 or a slip of the point; of small numbers it is neither
_LEAP, _LEAST = 100, 1000


def shares_above_all(audited: Audited) -> Iterable[Finding]:
    """Rates of more than 100 %."""
    for report in audited.collection.reports:
        for row in audited.collection.rows("indicators", report["report_id"]):
            if (
                row.get("unit") == "%"
                and exact(row)
                and row["value"] > 100
                and _OF_A_WHOLE.search(row.get("name") or "")
            ):
                yield Finding(row, f"{row['name']} of {row['value']:g} %: a share is at most 100 %")


def leaps(audited: Audited) -> Iterable[Finding]:
    """Values of an indicator a hundred times those of the year before, or a hundredth of them."""
    collection = audited.collection
    for report in collection.originals:
        year = report.get("report_year")
        last = collection.of_year.get((place(report), year - 1)) if year and place(report) else None
        if last is None:
            continue
        before = _keyed(collection.rows("indicators", last["report_id"]))
        for name, row in _keyed(collection.rows("indicators", report["report_id"])).items():
            old = before.get(name)
            if old is None or min(old["value"], row["value"]) <= 0:
                continue
            less, more = sorted((old["value"], row["value"]))
            if more >= _LEAST and more >= _LEAP * less:
                message = f"{old['value']:g} in the report on {last['report_year']}, {row['value']:g} {row['unit']} now"
                yield Finding(row, message, Verdict.UNCERTAIN, (old,))


def _keyed(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """By key and unit, what a report states once."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.get("indicator") and row.get("unit") and exact(row) and row.get("part_of") is None:
            found.setdefault((row["indicator"], row["unit"]), []).append(row)
    return {key: held[0] for key, held in found.items() if len({row["value"] for row in held}) == 1}


CHECKS = (
    Check(
        "plausibility.share_above_all",
        Severity.WARNING,
        "A rate that is a share of a whole (办结率, 满意率, 覆盖率) above 100 %. Rates that may be more (完成率, 增长率, "
        "执行率) are not judged.",
        shares_above_all,
        ("indicators", "value"),
    ),
    Check(
        "plausibility.leap",
        Severity.INFO,
        "An indicator of the catalogue, stated once in each year's report of a place and in one unit, that is at least "
        "a hundred times last year's value, or a hundredth of it: a 万 may be lost. Values below 1000 are left out. "
        "Uncertain always: things do change.",
        leaps,
        ("indicators", "indicator"),
    ),
)
