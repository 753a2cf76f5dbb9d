"""What a check is, and how it tells what it found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from extractor.corpus.collection import Collection
from extractor.corpus.registry import Registry, RegistryEntry
from extractor.datamodel.vocabulary import Severity, Verdict
from extractor.rules.repeals import Repeal


@dataclass(frozen=True, slots=True)
class Audited:
    """What checks look at: the tables of the archive, laws that are known as repealed, first days in
    force of laws, and the user's lists (None where he gave none)."""

    collection: Collection
    repeals: Mapping[str, Repeal]
    first_in_force: Mapping[str, date] = field(default_factory=dict)
    registry: Registry | None = None
    required: tuple[RegistryEntry, ...] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `row` is the row at which it stands (any with report_id and, where it
    has a place, char_start, char_end, quote); `others` are the rows that prove it; `about` says what
    is concerned where the row has no place."""

    row: Mapping[str, Any]
    message: str
    verdict: Verdict = Verdict.FAIL
    others: Sequence[Mapping[str, Any]] = ()
    document_id: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check: dotted id, stable for ever; severity of its findings; what it does and does not
    hold against a report; the function that finds; the table and column without which, or the user's
    list (`registry`, `required`) without which, it can judge nothing. `archive` where it holds reports
    against each other: the others are asked of one report at a time."""

    id: str
    severity: Severity
    docs: str
    find: Callable[[Audited], Iterable[Finding]]
    looks_at: tuple[str, str]
    needs: str | None = None
    archive: bool = False

    def subjects(self, audited: Audited) -> int:
        """How many rows there are that the check can judge."""
        if self.needs and getattr(audited, self.needs) is None:
            return 0
        table, column = self.looks_at
        return sum(row.get(column) is not None for row in audited.collection.each(table))


def row_id(row: Mapping[str, Any]) -> str:
    """The row's own id."""
    for column in ("indicator_id", "citation_id", "commitment_id", "problem_id", "section_id"):
        if row.get(column):
            return str(row[column])
    return f"{row['report_id']}:{row.get('char_start')}"
