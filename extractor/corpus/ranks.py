"""Ranks: places held against each other and against their own last year, one indicator at a time.

Comes in: rows of `comparison_long`, and a table of what values are to be divided by (population, area). Goes out: a
Ranked row per reported value and a Spread per indicator and year. Values in units that do not count the same are
refused, never ranked, averaged or subtracted: 3家 and 3个 may not be one thing. A place without a value has no rank.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from extractor.errors import BadConfig, MissingPath

Row = Mapping[str, Any]
# words that count the same things one by one: 3起 are 3件; 人次 are no 人, 家 no 个
_ALIKE = (frozenset("件起宗"), frozenset(("场", "场次")), frozenset("人名位"))
# a share has nothing to be divided by
_SHARES = frozenset(("%", "‰", "个百分点", "分"))
_PER = 10_000
# quarters of three places mean nothing
_FEWEST = 4
_WHO = ("division_code", "code", "region")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A value among those of its indicator and year. `rank` 1 is the largest, equal values share one; `quartile` 4 is
    the largest quarter; `change` is against the year before, `change_share` in % of it; None where not known."""

    indicator: str
    label: str
    report_year: int
    county: str | None
    region: str | None
    division_code: str | None
    value: float
    unit: str | None
    rank: int
    of: int
    quartile: int | None
    last_year: float | None
    change: float | None
    change_share: float | None
    per: float | None
    per_10000: float | None
    indicator_id: str | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of an indicator and year: how many, least, quartiles, most; quartiles None for fewer than four."""

    indicator: str
    label: str
    report_year: int
    unit: str | None
    places: int
    least: float
    lower: float | None
    median: float | None
    upper: float | None
    most: float


def unit_conflicts(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """Indicators whose values stand in units that do not count the same: how many values in each."""
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row["value"] is not None:
            counts[row["indicator"]][row["unit"] or ""] += 1
    return {key: dict(units) for key, units in counts.items() if len({kind_of(unit) for unit in units}) > 1}


def rank(rows: Sequence[Row], per: "Per | None" = None) -> tuple[list[Ranked], list[Spread]]:
    """Ranked values and summaries by indicator, year and rank; indicators of conflicting units are left out."""
    conflicts = unit_conflicts(rows)
    stated = [row for row in rows if row["value"] is not None and row["indicator"] not in conflicts]
    before = {(_place(row), row["indicator"], row["report_year"]): row["value"] for row in stated}
    groups: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in stated:
        groups[row["indicator"], row["report_year"]].append(row)
    ranked, summaries = [], []
    for group in groups.values():
        values = sorted((row["value"] for row in group), reverse=True)
        cuts = quantiles(values, n=4, method="inclusive") if len(values) >= _FEWEST else None
        summaries.append(_summary(group, values, cuts))
        made = [_ranked(row, values, cuts, before, per) for row in group]
        ranked += sorted(made, key=lambda each: (each.rank, each.division_code or "", each.region or ""))
    return ranked, summaries


def _ranked(
    row: Row, values: list[float], cuts: list[float] | None, before: Mapping[Any, float], per: "Per | None"
) -> Ranked:
    value = row["value"]
    last = before.get((_place(row), row["indicator"], row["report_year"] - 1))
    divisor = per.of(row) if per and row["unit"] not in _SHARES else None
    return Ranked(
        row["indicator"],
        row["label"] or row["indicator"],
        row["report_year"],
        row["county"],
        row["region"],
        row["division_code"],
        value,
        row["unit"],
        rank=values.index(value) + 1,
        of=len(values),
        quartile=None if cuts is None else 1 + sum(value > cut for cut in cuts),
        last_year=last,
        change=None if last is None else round(value - last, 10),
        # a share grows by points: 3 % of 97 % would mislead
        change_share=None if not last or row["unit"] in _SHARES else round(100 * (value - last) / abs(last), 2),
        per=divisor,
        per_10000=None if not divisor else round(value / divisor * _PER, 4),
        indicator_id=row["indicator_id"],
    )


def _summary(group: Sequence[Row], values: list[float], cuts: list[float] | None) -> Spread:
    lower, median, upper = cuts or (None, None, None)
    first = group[0]
    return Spread(
        first["indicator"],
        first["label"] or first["indicator"],
        first["report_year"],
        first["unit"],
        places=len(values),
        least=values[-1],
        lower=lower,
        median=median,
        upper=upper,
        most=values[0],
    )


def kind_of(unit: str) -> frozenset[str]:
    """The units that count the same things as this one: 件, 起, 宗."""
    return next((words for words in _ALIKE if unit in words), frozenset((unit,)))


def _place(row: Row) -> tuple[str | None, str | None]:
    """A place is its code; names repeat."""
    return (row["division_code"], None) if row["division_code"] else (None, row["region"])


@dataclass(frozen=True, slots=True)
class Per:
    """What values are divided by, by place (code or name) and year (None for every year)."""

    column: str
    amounts: Mapping[tuple[str, int | None], float]

    def of(self, row: Row) -> float | None:
        """The amount of the row's place: of its year, else of every year; by code, else by name."""
        for who in filter(None, (row["division_code"], row["region"])):
            for year in (row["report_year"], None):
                if (who, year) in self.amounts:
                    return self.amounts[who, year]
        return None


def load_per(path: Path, column: str | None = None) -> Per:
    """The amounts of a CSV with a column division_code (or region), perhaps report_year, and columns of amounts, of which
    the first is taken unless one is named. Raises MissingPath, BadConfig."""
    if not path.is_file():
        raise MissingPath("no such file", where=str(path), remedy="check the path")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        names = [name for name in reader.fieldnames or () if name]
        who = next((name for name in _WHO if name in names), None)
        if who is None:
            raise BadConfig("no column of places", where=str(path), remedy="name one division_code or region")
        others = [name for name in names if name not in (*_WHO, "report_year", "year", "county")]
        wanted = column or (others[0] if others else None)
        if wanted not in others:
            raise BadConfig(f"no column {wanted} of amounts", where=str(path), remedy="known: " + ", ".join(others))
        return Per(wanted, dict(_amounts(reader, path, who, wanted)))


def _amounts(
    reader: Iterable[Row], path: Path, who: str, column: str
) -> Iterable[tuple[tuple[str, int | None], float]]:
    for number, row in enumerate(reader, 2):
        year, amount = row.get("report_year") or row.get("year"), (row[column] or "").replace(",", "")
        if not amount:
            continue
        try:
            found = float(amount)
            key = (row[who].strip(), int(year) if year else None)
        except ValueError as fault:
            raise BadConfig(f"line {number}: not a number", where=str(path), remedy="correct the line") from fault
        if found <= 0:
            raise BadConfig(f"line {number}: an amount must be above 0", where=str(path), remedy="correct the line")
        yield key, found
