"""Desk: what pages are made from (folder, archive, rules), and PageView: how one of them speaks and links.

Comes in: a written folder, perhaps the archive it was made from. A PageView belongs to one answer: its language, and
whether addresses are those of the server or files of a static site.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from extractor.desk.database import Database, Row
from extractor.desk.figures import figure, number
from extractor.desk.page_images import PageImages
from extractor.desk.wording import worded
from extractor.tables.schema import BY_NAME


class Desk:
    """The tables of a folder, the pages of its archive, and where decisions are written."""

    def __init__(
        self,
        folder: Path,
        *,
        archive: Sequence[Path] = (),
        patterns: Path | None = None,
        counties: Sequence[str] = (),
        years: Sequence[int] = (),
        held: bool = False,
    ) -> None:
        self.database = Database(folder, counties=counties, years=years, held=held)
        self.store = self.database.store
        self.images = PageImages(archive)
        self.patterns = patterns

    def report(self, report_id: str) -> Row | None:
        """A report by its id."""
        return self.database.row("SELECT * FROM reports WHERE report_id = ?", [report_id])


@dataclass(frozen=True, slots=True)
class PageView:
    """What a template may call: words in the language, addresses, figures."""

    language: str = "zh"
    address: Callable[[str, str, str], str] | None = None
    static: bool = False

    def say(self, text: object) -> str:
        """The English text in the language of the page."""
        return worded(text, self.language)

    def link(self, path: str, query: dict[str, str] | None = None, *, language: str | None = None) -> str:
        """The address of a page in this language, or in another."""
        spoken = language or self.language
        asked = "?" + urlencode({name: value for name, value in query.items() if value}) if query else ""
        if self.address is not None:
            return self.address(path, asked, spoken)
        return ("/en" if spoken == "en" else "") + quote(path, safe="/#") + asked

    def file(self, name: str) -> str:
        """The address of a file of ours (style, script)."""
        return self.address("/static/" + name, "", "") if self.address else "/static/" + name

    def picture(self, report_id: str, number: int) -> str:
        """The address of the picture of a page."""
        path = f"/reports/{report_id}/pages/{number}.png"
        return self.address(path, "", "") if self.address else path

    def figure(self, row: Row, value: str = "value", unit: str = "unit") -> str:
        """Value and unit of a row, as people write them."""
        return figure(row, self.language, value=value, unit=unit)

    def number(self, value: float | None) -> str:
        """A count or amount without a unit."""
        return number(value, self.language)

    def row(self, row_id: str) -> str:
        """The address of a row's evidence."""
        return self.link(f"/rows/{row_id}")

    def mark(self, row_id: str) -> str:
        """The address of a row's mark in its report."""
        report_id, _, mark = row_id.rpartition("-")
        return self.link(f"/reports/{report_id}") + f"#{mark}"

    def place(self, row: Row) -> str:
        """The address of a place: by its code, else its name."""
        return self.link(f"/places/{row.get('division_code') or row.get('region')}")

    def column(self, table: str, name: str) -> tuple[str, str]:
        """Label and description of a column."""
        schema = BY_NAME.get(table)
        column = next((c for c in schema.columns if c.name == name), None) if schema else None
        if column is None:
            return name, ""
        return (column.label, self.say(column.description)) if self.language == "zh" else (name, column.description)


Context = dict[str, Any]
