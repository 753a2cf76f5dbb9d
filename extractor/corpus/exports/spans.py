"""Spans: the rows of a report as labelled stretches of its text, one report at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.errors import BadConfig
from extractor.tables.schema import BY_NAME
from extractor.tables.store import Store

# table → label; what people mark and train on
KINDS = {"indicators": "indicator", "citations": "citation", "commitments": "commitment", "problems": "problem"}
# columns that help whoever corrects a span
_ATTRIBUTES = (
    "name",
    "value",
    "unit",
    "role",
    "year",
    "indicator",
    "title",
    "number",
    "relation",
    "theme",
    "deadline",
    "strength",
)


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A stretch in code points: `text[start:end]` is the row's quote."""

    id: str
    label: str
    start: int
    end: int
    quote: str
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A report: its id, where it comes from, its kept text and its spans in text order."""

    report: dict[str, Any]
    text: str
    spans: tuple[LabelledSpan, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What is exported: a written folder, and which tables become labels."""

    store: Store
    tables: tuple[str, ...] = tuple(KINDS)

    def texts(self) -> Iterator[LabelledText]:
        """The reports by path, each once."""
        rows: dict[str, list[LabelledSpan]] = {}
        for table in self.tables:
            if table not in KINDS:
                raise BadConfig(f"no spans in {table}", remedy="known: " + ", ".join(KINDS))
            key = BY_NAME[table].key[0]
            for row in self.store.rows(table):
                rows.setdefault(row["report_id"], []).append(_span(row, KINDS[table], row[key]))
        for report in sorted(self.store.rows("reports"), key=lambda each: each["source_path"]):
            spans = sorted(rows.get(report["report_id"], ()), key=lambda span: (span.start, -span.end, span.id))
            yield LabelledText(report, self.store.text_of(report["report_id"]), tuple(spans))


def _span(row: dict[str, Any], label: str, row_id: str) -> LabelledSpan:
    attributes = {name: row[name] for name in _ATTRIBUTES if row.get(name) is not None}
    return LabelledSpan(row_id, label, row["char_start"], row["char_end"], row["quote"], attributes)


def utf16_offsets(text: str) -> Sequence[int]:
    """For each code point its offset in UTF-16 units, and the length behind the last.

    >>> list(utf16_offsets("甲𠮷乙"))
    [0, 1, 3, 4]
    """
    offsets = [0]
    for mark in text:
        offsets.append(offsets[-1] + (2 if ord(mark) > 0xFFFF else 1))
    return offsets
