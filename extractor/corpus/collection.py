"""Collection: the tables of many reports, grouped so that each question is one look-up.

Comes in: table name → rows (columns of the tables) and a function that gives a report's text; for an archive whose
rows do not fit into memory, a function that gives a report's rows of a table, and a folder for what questions set
aside. Goes out: reports in a fixed order, their rows, texts and pages. Rows are never changed here.
"""

from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.datamodel.records import RECORDS
from extractor.tables.schema import schema_of

Row = dict[str, Any]
# tables of records whose rows carry pages; those of actions lie inside commitments
_PAGED = tuple(schema.name for schema in map(schema_of, RECORDS) if schema.letter and "page" in schema.names)
Tables = dict[str, list[Row]]
LookUp = Callable[[str, str], list[Row]]
# reports whose rows are held, of an archive whose rows are looked up
_HELD_REPORTS = 48
# reports that a bucket of what is set aside stands for
_PER_PART = 2000


class Collection:
    """Tables with look-ups by report; texts are asked for one at a time and not kept.

    Tables that are not in `tables` are asked of `look_up(table, report_id)`, which must be there then.
    """

    def __init__(
        self,
        tables: Mapping[str, Iterable[Row]],
        text_of: Callable[[str], str],
        look_up: LookUp | None = None,
        scratch: Path | None = None,
    ) -> None:
        self.tables = tables
        self.text_of = text_of
        self.scratch = scratch
        self._look_up = look_up
        self._held: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._overlays: dict[str, LookUp] = {}

    @cached_property
    def reports(self) -> tuple[Row, ...]:
        """All reports, by source path, then id."""
        return tuple(sorted(self.tables.get("reports", ()), key=lambda r: (r["source_path"], r["report_id"])))

    @cached_property
    def originals(self) -> tuple[Row, ...]:
        """Reports that are not the same text as an earlier one."""
        return tuple(report for report in self.reports if not report.get("same_as"))

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """Report by report_id."""
        return {report["report_id"]: report for report in self.reports}

    @cached_property
    def of_year(self) -> dict[tuple[str | None, int | None], Row]:
        """The last report, by path, of each place and year."""
        return {(place(report), report.get("report_year")): report for report in self.originals}

    @property
    def parts(self) -> int:
        """Into how many buckets a question spreads what it sets aside."""
        return 1 if self.scratch is None else len(self.reports) // _PER_PART + 1

    def each(self, table: str) -> Iterable[Row]:
        """All rows of a table, in its order."""
        if table in self.tables or self._look_up is None:
            return self.tables.get(table, ())
        return (row for report_id in sorted(self.by_id) for row in self.rows(table, report_id))

    def rows(self, table: str, report_id: str) -> list[Row]:
        """That report's rows of that table, in the order of the table."""
        if table in self._overlays:
            look_up = self._overlays[table]
        elif self._look_up is None or table in self.tables:
            return self._grouped(table).get(report_id, [])
        else:
            look_up = self._look_up
        found: list[Row] = self._kept(report_id, table, lambda: look_up(table, report_id))
        return found

    def overlaid(self, table: str, rows_of: LookUp) -> "Collection":
        """The same collection, with that table's rows from somewhere else."""
        made = copy(self)
        made._held = OrderedDict()
        made._overlays = {**self._overlays, table: rows_of}
        return made

    def replaced(self, table: str, rows: Iterable[Row]) -> "Collection":
        """The same collection with other rows of one table; `rows` may be gone through more than once."""
        made = Collection({**self.tables, table: rows}, self.text_of, self._look_up, self.scratch)
        made._overlays = self._overlays
        return made

    def only(self, report: Row) -> "Collection":
        """The same collection with one report to go through; all others can still be looked up."""
        _ = self.by_id, self.of_year
        made = copy(self)
        vars(made).update(reports=(report,), originals=() if report.get("same_as") else (report,))
        return made

    def _kept(self, report_id: str, name: str, make: Callable[[], Any]) -> Any:
        """What was made for a report not long ago, or is made now."""
        held = self._held.get(report_id)
        if held is None:
            held = self._held[report_id] = {}
            if len(self._held) > _HELD_REPORTS:
                self._held.popitem(last=False)
        else:
            self._held.move_to_end(report_id)
        if name not in held:
            held[name] = make()
        return held[name]

    def _grouped(self, table: str) -> dict[str, list[Row]]:
        if table not in self._groups:
            groups: defaultdict[str, list[Row]] = defaultdict(list)
            for row in self.tables.get(table, ()):
                groups[row["report_id"]].append(row)
            self._groups[table] = dict(groups)
        return self._groups[table]

    @cached_property
    def _groups(self) -> dict[str, dict[str, list[Row]]]:
        return {}

    def page_of(self, report_id: str, start: int) -> int | None:
        """Page of a position: that of the rows around it where both agree; else None.

        Rows carry pages, texts do not; between two rows on different pages the break is unknown.
        """
        starts, pages = self._kept(report_id, "(pages)", lambda: self._pages(report_id))
        at = bisect_right(starts, start)
        around = {pages[i] for i in (at - 1, at) if 0 <= i < len(pages)}
        return around.pop() if len(around) == 1 else None

    def _pages(self, report_id: str) -> tuple[list[int], list[int]]:
        if not self.by_id.get(report_id, {"page_count": 1}).get("page_count", 1):
            # a format without pages
            return [], []
        marks = sorted(
            {
                (row["char_start"], row["page"])
                for table in _PAGED
                for row in self.rows(table, report_id)
                if row.get("page") is not None
            }
        )
        return [s for s, _ in marks], [p for _, p in marks]

    def section_at(self, report_id: str, start: int) -> Row | None:
        """The innermost section that holds the position; None before the first."""
        sections = self.rows("sections", report_id)
        at = bisect_right(sections, start, key=lambda section: section["char_start"])
        while at > 0:
            if sections[at - 1]["char_end"] > start:
                return sections[at - 1]
            at -= 1
        return None

    def kind_at(self, report_id: str, start: int) -> str:
        """Kind of the nearest section around the position that has one (else `other`)."""
        section = self.section_at(report_id, start)
        by_id = self._kept(
            report_id, "(sections)", lambda: {row["section_id"]: row for row in self.rows("sections", report_id)}
        )
        while section is not None:
            if section.get("kind") not in {None, "other"}:
                return str(section["kind"])
            section = by_id.get(section.get("parent_id") or "")
        return "other"


def place(report: Mapping[str, Any]) -> str | None:
    """What makes two reports come from one place: division code, else issuer, else region."""
    for column in ("division_code", "issuer", "region"):
        if report.get(column):
            return f"{column}:{report[column]}"
    return None


def of_one_place(reports: Sequence[Row]) -> dict[str, list[Row]]:
    """Reports by place, those without a place left out; order kept."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for report in reports:
        where = place(report)
        if where is not None:
            found[where].append(report)
    return dict(found)
