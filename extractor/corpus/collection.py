"""Collection: the merged tables of many reports, grouped so that each question is one look-up.

Comes in: table name → rows (columns of the tables) and a function that gives a report's text.
Goes out: reports in a fixed order, their rows, texts and pages. Rows are never changed here.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from extractor.datamodel.records import RECORDS
from extractor.tables.schema import schema_of

Row = dict[str, Any]
# tables of records whose rows carry pages; those of actions lie inside commitments
_PAGED = tuple(schema.name for schema in map(schema_of, RECORDS) if schema.letter and "page" in schema.names)
Tables = dict[str, list[Row]]


class Collection:
    """Merged tables with look-ups by report; texts are asked for one at a time and not kept."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], text_of: Callable[[str], str]) -> None:
        self.tables = tables
        self.text_of = text_of

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

    def rows(self, table: str, report_id: str) -> list[Row]:
        """That report's rows of that table, in the order of the table."""
        return self._grouped(table).get(report_id, [])

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
        starts, pages = self._pages(report_id)
        at = bisect_right(starts, start)
        around = {pages[i] for i in (at - 1, at) if 0 <= i < len(pages)}
        return around.pop() if len(around) == 1 else None

    def _pages(self, report_id: str) -> tuple[list[int], list[int]]:
        if report_id not in self._page_marks:
            marks = sorted(
                {
                    (row["char_start"], row["page"])
                    for table in _PAGED
                    for row in self.rows(table, report_id)
                    if row.get("page") is not None
                }
            )
            self._page_marks[report_id] = ([s for s, _ in marks], [p for _, p in marks])
        return self._page_marks[report_id]

    @cached_property
    def _page_marks(self) -> dict[str, tuple[list[int], list[int]]]:
        return {}

    def section_at(self, report_id: str, start: int) -> Row | None:
        """The innermost section that holds the position; None before the first."""
        sections = self.rows("sections", report_id)
        at = bisect_right([section["char_start"] for section in sections], start)
        while at > 0:
            if sections[at - 1]["char_end"] > start:
                return sections[at - 1]
            at -= 1
        return None

    def kind_at(self, report_id: str, start: int) -> str:
        """Kind of the nearest section around the position that has one (else `other`)."""
        section = self.section_at(report_id, start)
        by_id = {row["section_id"]: row for row in self.rows("sections", report_id)}
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
