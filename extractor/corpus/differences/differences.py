"""What changed between two written folders.

Comes in: two Stores. Goes out: per table the rows gained, lost and changed. A row is matched by its place in the
text, carried over to the new text where the reader gives another; rows without a place by their key. Ids count rows
and so move when one is gained: they are translated before they are compared and never count as a change.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.corpus.differences.alignment import Alignment
from extractor.corpus.differences.matching import Pair, by_key, by_place
from extractor.tables.schema import BY_NAME, SCHEMAS, TableSchema
from extractor.tables.store import Store

Row = dict[str, Any]
_ROW_ID = re.compile(r"[0-9a-f]{16}-[a-z]\d+")
# places move with the text (a change of extent shows in the quote); versions and digests differ by their nature
_NOT_COMPARED = frozenset({"char_start", "char_end", "extractor_version", "patterns_version", "evidence_key"})
# what follows from the rows of other tables
_VIEWS = frozenset({"places"})
_MOVING = re.compile(r"_char_(?:start|end)$")


@dataclass(frozen=True, slots=True)
class Change:
    """A row that both have, with the columns that differ: name → (before, after)."""

    old: Row
    new: Row
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(slots=True)
class TableDifference:
    """What became of one table; `before` and `after` count its rows. A column that only one side has is named in
    `new_columns` or `old_columns` and changes no row."""

    table: str
    before: int
    after: int
    gained: list[Row] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    new_columns: tuple[str, ...] = ()
    old_columns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True if anything differs."""
        return bool(self.gained or self.lost or self.changed or self.new_columns or self.old_columns)

    @property
    def columns(self) -> str:
        """Columns that came (+) or went (-), then how many changed rows differ in each of the others."""
        counts = Counter(name for change in self.changed for name in change.columns)
        moved = [f"+{name}" for name in self.new_columns] + [f"-{name}" for name in self.old_columns]
        return ", ".join(moved + [f"{name} {count}" for name, count in counts.most_common()])


# what tells a reader most of a row, in the order of what is looked for first
_TELLING: tuple[str, ...] = (
    "region",
    "report_year",
    "indicator",
    "name",
    "title",
    "class",
    "verb",
    "object",
    "value",
    "unit",
    "number",
)
_TELLING += ("outcome", "cue", "check", "message")


def headline(row: Mapping[str, Any]) -> str:
    """What a row says, in short."""
    return " ".join(str(row[name]) for name in _TELLING if row.get(name) is not None)


def differences(old: Store, new: Store, tables: Sequence[str] = ()) -> list[TableDifference]:
    """A TableDifference per table (all that both folders hold and that are no view of another, or those named)."""
    held = {schema.name for schema in old.schemas} & {schema.name for schema in new.schemas}
    # ids of the tables that rows refer to are known only when those have been matched
    order = sorted(
        (schema for schema in SCHEMAS if schema.name in held), key=lambda schema: schema.key != (_id(schema),)
    )
    comparison = _Comparison(old, new)
    made = {schema.name: comparison.table(schema) for schema in order}
    return [made[name] for name in BY_NAME if name in made and (name in tables if tables else name not in _VIEWS)]


def _id(schema: TableSchema) -> str:
    """The column that a row of the table is called by."""
    return schema.key[0]


class _Comparison:
    """Two folders under comparison: which reports are the same, where texts moved, which id became which."""

    def __init__(self, old: Store, new: Store) -> None:
        self._old, self._new = old, new
        self._ids: dict[str, str] = {}
        self._alignments: dict[str, Alignment] = {}
        self._old_places, self._new_places = _Places(old), _Places(new)
        ours, theirs = old.rows("reports"), new.rows("reports")
        known = {row["report_id"] for row in theirs}
        by_path = {row["source_path"]: row["report_id"] for row in theirs}
        for row in ours:
            report_id: str = row["report_id"]
            # the same bytes, else the same path: a file that was saved anew
            self._ids[report_id] = report_id if report_id in known else by_path.get(row["source_path"], report_id)

    def table(self, schema: TableSchema) -> TableDifference:
        """The difference of one table; its ids are known from then on."""
        ours, theirs = self._old.rows(schema.name), self._new.rows(schema.name)
        held = (_columns(ours, theirs), _columns(theirs, ours))
        columns = [name for name in held[1] if name in held[0] and self._is_compared(schema, name)]
        pairs = self._pairs(schema, ours, theirs)
        if len(schema.key) == 1:
            self._ids |= {old[_id(schema)]: new[_id(schema)] for old, new in pairs}
        matched = {id(row) for pair in pairs for row in pair}
        return TableDifference(
            schema.name,
            len(ours),
            len(theirs),
            gained=[row for row in theirs if id(row) not in matched],
            lost=[row for row in ours if id(row) not in matched],
            changed=[change for pair in pairs if (change := self._change(columns, pair)) is not None],
            new_columns=tuple(name for name in held[1] if name not in held[0]),
            old_columns=tuple(name for name in held[0] if name not in held[1]),
        )

    @staticmethod
    def _is_compared(schema: TableSchema, name: str) -> bool:
        own_id = len(schema.key) == 1 and name == _id(schema)
        return not own_id and name not in _NOT_COMPARED and not _MOVING.search(name)

    def _pairs(self, schema: TableSchema, ours: Sequence[Row], theirs: Sequence[Row]) -> list[Pair]:
        if "char_start" not in schema.names:
            return by_key(
                ours,
                theirs,
                lambda row: tuple(self._translated(row[name]) for name in schema.key),
                lambda row: tuple(row[name] for name in schema.key),
            )
        pairs: list[Pair] = []
        others = _by_report(theirs)
        for report_id, rows in _by_report(ours).items():
            near = others.get(self._translated(report_id))
            if near is None:
                continue
            pairs += by_place(_placed(rows), _placed(near), self._carried, self._new_places.of)
            # a finding about a whole report has no place
            pairs += by_key(_unplaced(rows), _unplaced(near), self._subject, _subject)
        return pairs

    def _carried(self, row: Mapping[str, Any]) -> tuple[int, int]:
        """An old row's place in the new text."""
        return self._alignment(row["report_id"]).place(*self._old_places.of(row))

    def _subject(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(map(self._translated, _subject(row)))

    def _alignment(self, report_id: str) -> Alignment:
        if report_id not in self._alignments:
            other = self._translated(report_id)
            self._alignments[report_id] = Alignment(self._old.text_of(report_id), self._new.text_of(other))
        return self._alignments[report_id]

    def _change(self, columns: Iterable[str], pair: Pair) -> Change | None:
        old, new = pair
        differing = {
            name: (old.get(name), new.get(name)) for name in columns if self._translated(old.get(name)) != new.get(name)
        }
        return Change(dict(old), dict(new), differing) if differing else None

    def _translated(self, value: Any) -> Any:
        """The value with old ids as the new tables say them."""
        if not isinstance(value, str):
            return value
        return self._ids.get(value) or _ROW_ID.sub(lambda found: self._ids.get(found[0], found[0]), value)


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["report_id"]].append(row)
    return groups


def _placed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["char_start"] is not None]


def _unplaced(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["char_start"] is None]


def _subject(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a row without a place is about: a finding's check and subject, a promise nobody answered."""
    return tuple(row.get(name) for name in ("check", "subject", "commitment_id", "ordinal"))


def _columns(rows: Sequence[Row], others: Sequence[Row]) -> list[str]:
    """Columns of written rows; of a table without rows those of the other side, since nobody can tell."""
    return list((rows or others or [{}])[0])


class _Places:
    """What a row is matched by: an indicator by its number, which stays where it is when a name grows; else its span."""

    def __init__(self, store: Store) -> None:
        self._of: dict[str, tuple[int, int]] = {}
        for row in store.rows("numerals"):
            if row["indicator_id"] is not None:
                start, end = self._of.get(row["indicator_id"], (row["char_start"], row["char_end"]))
                self._of[row["indicator_id"]] = (min(start, row["char_start"]), max(end, row["char_end"]))

    def of(self, row: Mapping[str, Any]) -> tuple[int, int]:
        """The row's place in its own text."""
        span = (row["char_start"], row["char_end"])
        # a numeral's own row also names its indicator, and is no wider than itself
        return self._of.get(row["indicator_id"], span) if "value_text" in row else span
