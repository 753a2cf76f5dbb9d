"""Comparison of townships over years, by catalogue indicator.

Comes in: a Collection whose indicator rows carry catalogue keys, and the catalogue's entries. Goes out:
`comparison` (one row per place and year, one column per key), `comparison_long` (one row per
place, year and key with its state) and findings where values contradict each other.

States: `reported`; `zero`, said to be 0; `not_reported`, the report is there and silent;
`not_applicable`, the entry's `levels` leave out bodies of this level; `unreadable`, a row without
a value, or a file that could not be read whose path names the place and the year.

Which of several values counts, first rule that decides: of the report's own year before another
year (which never counts); a level before a change or a baseline (which never count); one of several
cells of a table only where its row or column says 合计 or 总计 (the others, villages or kinds, never
count); actual before target; the year's total before a part or a part of the year; the catalogue's
unit before another; text before table; exact before approximate; earlier in the text. The rule that
decided is in `chosen_by`, the ids of the rows that lost in `not_chosen`. Of these, `disputed` names
the ones that no rule of meaning sets aside and that say another value in the same unit: text against
table, or two numbers for one thing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extractor.corpus.collection import Collection, Row, place

Catalogue = Sequence[Mapping[str, Any]]
_PART_OF_YEAR = re.compile(r"季度|半年|月份|[一二三四五六七八九十\d]月至|上旬|中旬|下旬|当月|本月")
_TOTAL = re.compile(r"[合总]计|全[镇乡县区市州省]")
_RULES = ("actual", "annual_total", "unit", "text", "exact", "first")


def compare(collection: Collection, catalogue: Catalogue) -> tuple[list[Row], list[Row]]:
    """Rows of `comparison` and of `comparison_long`, by division code, place and year."""
    wide, long = [], []
    for row, cells in compared(collection, catalogue, used_keys(collection)):
        wide.append(row)
        long += cells
    return wide, long


def compared(collection: Collection, catalogue: Catalogue, used: Iterable[str]) -> Iterator[tuple[Row, list[Row]]]:
    """A row of `comparison` with its rows of `comparison_long`; `used` are the keys that indicators carry."""
    entries = _entries(catalogue, used)
    reports, unreadable = _groups(collection), _unreadable(collection)
    for key in sorted({*reports, *unreadable}, key=lambda k: (str(k[0]), k[1])):
        head = _head(reports.get(key) or unreadable[key])
        head["report_year"] = key[1]
        mine = reports.get(key, [])
        by_key = _by_key(collection, mine)
        cells = [_cell(mine, by_key.get(name, ()), entry, head) for name, entry in entries.items()]
        yield {**head, **{cell["indicator"]: cell["value"] for cell in cells}}, cells


def used_keys(collection: Collection) -> set[str]:
    """Keys that rows of indicators carry."""
    return {row["indicator"] for row in collection.each("indicators")} - {None}


def _entries(catalogue: Catalogue, used: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The catalogue's entries, then keys that rows carry beyond it."""
    entries: dict[str, Mapping[str, Any]] = {entry["key"]: entry for entry in catalogue}
    for key in sorted(set(used) - set(entries)):
        entries[key] = {"key": key}
    return entries


def _by_key(collection: Collection, reports: Sequence[Row]) -> dict[str, list[Row]]:
    """Indicators of the reports by their key."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for report in reports:
        for row in collection.rows("indicators", report["report_id"]):
            if row["indicator"] is not None:
                found[row["indicator"]].append(row)
    return found


def _groups(collection: Collection) -> dict[tuple[str, int], list[Row]]:
    """Reports of one place and year, by path; those without place or year cannot be compared."""
    groups: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
    for report in collection.originals:
        where, year = place(report), report.get("report_year")
        if where is not None and year is not None:
            groups[where, year].append(report)
    return dict(groups)


def _unreadable(collection: Collection) -> dict[tuple[str, int], list[Row]]:
    """Place and year of failed files: their path names a place of this archive and one year."""
    places: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for report in collection.originals:
        where = place(report)
        if report.get("region") and where is not None:
            places[report["region"]][where] = report
    failed: dict[tuple[str, int], list[Row]] = {}
    failures = (source for source in collection.each("sources") if source["status"] == "failed")
    for source in failures:
        years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", source["source_path"]))
        named = [known for region, known in places.items() if region in source["source_path"]]
        if len(years) != 1 or len(named) != 1:
            continue
        if len(named[0]) == 1:
            ((where, report),) = named[0].items()
            failed[where, int(years.pop())] = [report]
    return failed


def _head(reports: Sequence[Row]) -> Row:
    return {column: reports[0].get(column) for column in ("division_code", "region", "county")}


def _cell(reports: Sequence[Row], rows: Sequence[Row], entry: Mapping[str, Any], head: Row) -> Row:
    """One row of `comparison_long`, out of the indicators of its key."""
    of_year = [row for row in rows if _counts(row, head["report_year"])]
    candidates = _without_table_parts(of_year)
    cell: Row = {
        **head,
        "report_id": reports[0]["report_id"] if reports else None,
        "indicator": entry["key"],
        "label": entry.get("label") or next((r["label"] for r in rows if r.get("label")), None),
        "value": None,
        "unit": entry.get("unit"),
        "state": _silent_state(reports, entry, rows),
        "indicator_id": None,
        "role": None,
        "chosen_by": None,
        "not_chosen": None,
        "disputed": None,
    }
    if candidates:
        cell.update(_chosen(candidates, entry.get("unit")))
    set_aside = [row["indicator_id"] for row in of_year if row not in candidates]
    if set_aside:
        cell["not_chosen"] = " ".join(filter(None, [cell["not_chosen"], *set_aside]))
    return cell


def _without_table_parts(rows: Sequence[Row]) -> list[Row]:
    """The rows without the cells of a table that break a total down: of several cells only totals stay."""
    cells = [row for row in rows if row.get("source") == "table"]
    if len(cells) < 2:
        return list(rows)
    return [row for row in rows if row.get("source") != "table" or _TOTAL.search(row.get("name") or "")]


def _silent_state(reports: Sequence[Row], entry: Mapping[str, Any], rows: Sequence[Row]) -> str:
    if not reports or any(row["value"] is None for row in rows):
        return "unreadable"
    levels = entry.get("levels")
    if levels and reports[0].get("region_level") not in {None, *levels}:
        return "not_applicable"
    return "not_reported"


def _counts(row: Row, year: int) -> bool:
    """Whether the row can be the year's value: it has a value, a level, and is of this year."""
    if row["value"] is None or row.get("role") in {"change", "baseline"}:
        return False
    return row.get("year") in {None, year}


def _chosen(candidates: Sequence[Row], unit: str | None) -> Row:
    """Columns of the value that counts, and why."""
    ordered = sorted(candidates, key=lambda row: (*_rank(row, unit), row["char_start"]))
    best, losers = ordered[0], ordered[1:]
    rule = "only"
    if losers:
        ranks = zip(_rank(best, unit), _rank(losers[0], unit), strict=True)
        rule = next((name for name, (a, b) in zip(_RULES, ranks, strict=False) if a != b), "first")
    return {
        "report_id": best["report_id"],
        "value": best["value"],
        "unit": best["unit"],
        "state": "zero" if best["value"] == 0 else "reported",
        "indicator_id": best["indicator_id"],
        "role": best.get("role"),
        "chosen_by": rule,
        "not_chosen": " ".join(row["indicator_id"] for row in losers) or None,
        "disputed": " ".join(row["indicator_id"] for row in losers if _disputes(row, best, unit)) or None,
    }


def _disputes(row: Row, best: Row, unit: str | None) -> bool:
    """True if the losing row says another value of the same thing: same footing, same unit, as exact."""
    same_footing = _rank(row, unit)[:3] == _rank(best, unit)[:3] and row["unit"] == best["unit"]
    return same_footing and row.get("approx") in {None, "exact"} and row["value"] != best["value"]


def _rank(row: Row, unit: str | None) -> tuple[bool, bool, bool, bool, bool]:
    """Smaller is better; one place per name in `_RULES` but the last."""
    is_part = row.get("part_of") is not None or bool(_PART_OF_YEAR.search(row.get("period") or ""))
    return (
        row.get("role") == "target",
        is_part,
        unit is not None and row["unit"] != unit,
        row.get("source") == "table",
        row.get("approx") not in {None, "exact"},
    )
