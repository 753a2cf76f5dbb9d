"""Laws that were repealed, with the day: `patterns/gazetteers/repealed.csv`.

The table of laws marks superseded versions of laws that are still in force, without a day; what an
auditor may hold against a report is only a repeal whose day is known, so these are listed apart.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractor.errors import RuleFault
from extractor.rules.locate import patterns_folder

_COLUMNS = ("title", "repealed_on", "replaced_by", "source")
FILE = "gazetteers/repealed.csv"


@dataclass(frozen=True, slots=True)
class Repeal:
    """A repealed law: short title, first day without force, what took its place, the provision."""

    title: str
    repealed_on: date
    replaced_by: str | None
    source: str


def load_repeals(path: Path | None = None) -> dict[str, Repeal]:
    """Repeals by short title (行政监察法); the shipped table unless another is named."""
    path = path or patterns_folder() / FILE
    repeals: dict[str, Repeal] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise RuleFault("wrong columns", where=str(path), remedy=f"want {', '.join(_COLUMNS)}")
        for row in reader:
            try:
                day = date.fromisoformat(row["repealed_on"])
            except ValueError as fault:
                raise RuleFault(f"not a day: {row['repealed_on']}", where=str(path)) from fault
            repeals[row["title"]] = Repeal(row["title"], day, row["replaced_by"] or None, row["source"])
    return repeals
