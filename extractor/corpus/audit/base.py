"""What a check is, and how it tells what it found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.corpus.collection import Collection
from extractor.datamodel.vocabulary import Severity, Verdict
from extractor.rules.repeals import Repeal


@dataclass(frozen=True, slots=True)
class Audited:
    """What checks look at: the tables of the archive, and the laws that are known as repealed."""

    collection: Collection
    repeals: Mapping[str, Repeal]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `row` is the row at which it stands (any with report_id and, where it
    has a place, char_start, char_end, quote); `others` are ids of rows that prove it."""

    row: Mapping[str, Any]
    message: str
    verdict: Verdict = Verdict.FAIL
    others: Sequence[str] = ()
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check: dotted id, stable for ever; severity of its findings; what it does and does not
    hold against a report; the function that finds."""

    id: str
    severity: Severity
    docs: str
    find: Callable[[Audited], Iterable[Finding]]


def row_id(row: Mapping[str, Any]) -> str:
    """The row's own id."""
    for column in ("indicator_id", "citation_id", "commitment_id", "problem_id", "section_id"):
        if row.get(column):
            return str(row[column])
    return f"{row['report_id']}:{row.get('char_start')}"
