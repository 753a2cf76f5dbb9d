"""First days in force of laws: `patterns/gazetteers/first_in_force.csv`.

The table of laws holds the date of the last version; a law is only cited too early before its first
one, so those days are listed apart.
"""

import csv
from datetime import date
from pathlib import Path

from extractor.errors import RuleFault
from extractor.rules.locate import patterns_folder

FILE = "gazetteers/first_in_force.csv"


def load_first_in_force(path: Path | None = None) -> dict[str, date]:
    """First day in force by short title (民法典); the shipped table unless another is named."""
    path = path or patterns_folder() / FILE
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != ("title", "in_force_from"):
            raise RuleFault("wrong columns", where=str(path), remedy="want title, in_force_from")
        try:
            return {row["title"]: date.fromisoformat(row["in_force_from"]) for row in reader}
        except ValueError as fault:
            raise RuleFault(f"not a day: {fault}", where=str(path), remedy="write 2021-01-01") from fault
