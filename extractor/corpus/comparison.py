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
count); a value whose key is certain before one whose key is not; actual before target; the year's
total before a part or a part of the year; the catalogue's unit before another; text before table;
exact before approximate; earlier in the text. The rule that decided is in `chosen_by`, the ids of
the rows that lost in `not_chosen`, what set each of them aside in `lost_by`, in the same order. Of
these, `disputed` names the ones that no rule of meaning sets aside and that say another value in the
same unit: text against table, or two numbers for one thing.

A key is uncertain if the row's own words do not fit its entry, so that it rests on what the row leans
on, or if another reading of the clause was as good.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import regex

from extractor.corpus.collection import Collection, Row, place
from extractor.datamodel.folding import fold

Catalogue = Sequence[Mapping[str, Any]]
_PART_OF_YEAR = re.compile(r"季度|半年|月份|[一二三四五六七八九十\d]月至|上旬|中旬|下旬|当月|本月")
_TOTAL = re.compile(r"[合总]计|全[镇乡县区市州省]")
_RULES = ("certain", "actual", "annual_total", "unit", "text", "exact", "first")
# of two readings of a clause nearer to each other than this, neither is the clear one
_CLEAR = 0.05
# the ranks that are a matter of meaning: rows that differ in one of them do not say the same thing
_OF_MEANING = 4


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
    never = {row["indicator_id"]: why for row in rows if (why := _never(row, head["report_year"]))}
    of_year = [row for row in rows if row["value"] is not None and row["indicator_id"] not in never]
    candidates = _without_table_parts(of_year)
    never |= {row["indicator_id"]: "table_part" for row in of_year if row not in candidates}
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
        "lost_by": None,
        "disputed": None,
    }
    lost: dict[str, str] = {}
    if candidates:
        chosen, lost = _chosen(candidates, entry)
        cell.update(chosen)
    lost |= never
    if lost:
        cell.update(not_chosen=" ".join(lost), lost_by=" ".join(lost.values()))
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


def _never(row: Row, year: int) -> str | None:
    """Why the row cannot be the year's value: it is of another year or no level; null if it can, or has no value."""
    if row["value"] is None:
        return None
    if row.get("role") in {"change", "baseline"}:
        return str(row["role"])
    return None if row.get("year") in {None, year} else "year"


def _chosen(candidates: Sequence[Row], entry: Mapping[str, Any]) -> tuple[Row, dict[str, str]]:
    """Columns of the value that counts, and why; the ids of the others with the rule that set each aside."""
    ordered = sorted(candidates, key=lambda row: (*_rank(row, entry), row["char_start"]))
    best, losers = ordered[0], ordered[1:]
    lost = {row["indicator_id"]: _set_aside_by(row, best, entry) for row in losers}
    return {
        "report_id": best["report_id"],
        "value": best["value"],
        "unit": best["unit"],
        "state": "zero" if best["value"] == 0 else "reported",
        "indicator_id": best["indicator_id"],
        "role": best.get("role"),
        "chosen_by": next(iter(lost.values()), "only"),
        "disputed": " ".join(row["indicator_id"] for row in losers if _disputes(row, best, entry)) or None,
    }, lost


def _set_aside_by(row: Row, best: Row, entry: Mapping[str, Any]) -> str:
    """The first rule by which the row falls behind the best."""
    ranks = zip(_RULES, _rank(row, entry), _rank(best, entry), strict=False)
    return next((name for name, mine, its in ranks if mine != its), "first")


def _disputes(row: Row, best: Row, entry: Mapping[str, Any]) -> bool:
    """True if the losing row says another value of the same thing: same footing, same unit, as exact."""
    mine, its = _rank(row, entry)[:_OF_MEANING], _rank(best, entry)[:_OF_MEANING]
    return (
        mine == its
        and row["unit"] == best["unit"]
        and row.get("approx") in {None, "exact"}
        and row["value"] != best["value"]
    )


def _rank(row: Row, entry: Mapping[str, Any]) -> tuple[bool, ...]:
    """Smaller is better; one place per name in `_RULES` but the last."""
    unit = entry.get("unit")
    is_part = row.get("part_of") is not None or bool(_PART_OF_YEAR.search(row.get("period") or ""))
    return (
        not _certain(row, entry),
        row.get("role") == "target",
        is_part,
        unit is not None and row["unit"] != unit,
        row.get("source") == "table",
        row.get("approx") not in {None, "exact"},
    )


def _certain(row: Row, entry: Mapping[str, Any]) -> bool:
    """True if the row's own words fit the entry and no other reading of its clause was as good."""
    margin = row.get("name_margin")
    if margin is not None and float(margin) < _CLEAR:
        return False
    pattern = entry.get("pattern")
    if pattern is None:
        return True
    own = {row.get("name") or "", f"{row.get('verb') or ''}{row.get('name') or ''}"}
    return any(_compiled(pattern).search(fold(words)) for words in own)


@lru_cache(maxsize=2_000)
def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern, regex.VERBOSE | regex.V1)
