"""What a run tells: progress after each file, and a summary of its tables at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.datamodel.vocabulary import NumeralClass, SourceStatus

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileDone:
    """Told after each file: how many are done, of how many, the file, its status and the seconds it took."""

    done: int
    total: int
    path: str
    status: SourceStatus
    seconds: float


@dataclass(slots=True)
class Summary:
    """What a run did: files by status, rows by table, unexplained numerals, failures with reason."""

    files: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    numerals: int = 0
    unexplained: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Number of files that failed."""
        return self.files.get(SourceStatus.FAILED.value, 0)


def summarise(tables: Mapping[str, Sequence[Row]]) -> Summary:
    """The summary of merged tables."""
    made = Summary()
    for status in SourceStatus:
        made.files[status.value] = sum(row["status"] == status.value for row in tables["sources"])
    made.rows = {name: len(rows) for name, rows in tables.items() if name != "sources"}
    made.numerals = len(tables["numerals"])
    made.unexplained = sum(r["class"] == NumeralClass.UNEXPLAINED.value for r in tables["numerals"])
    made.failures = [
        (row["source_path"], row["detail"]) for row in tables["sources"] if row["status"] == SourceStatus.FAILED.value
    ]
    return made
