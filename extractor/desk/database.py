"""Database: rows of the Parquet files of a written folder, by SQL of ours with bound values.

Comes in: SQL with `?` and values. Goes out: rows as dicts, or streamed by parts. Nothing is held but a bounded cache,
so that the size of an archive changes no memory. What people decide since (reviews.csv) lies over `findings` at once.
"""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.corpus.audit.reviews import FILE, load_reviews
from extractor.tables.schema import SCHEMAS
from extractor.tables.store import Store

Row = dict[str, Any]
_MEMORY = "160MB"
# `held`: a choice of rows is copied into memory, for whoever asks thousands of times
_HELD = "1GB"
_FETCHED = 1_000
_WITHDRAWN = "withdrawn"
_DECISIONS = (
    "CREATE OR REPLACE TABLE decisions (check_id VARCHAR, report_id VARCHAR, evidence_key VARCHAR, decision VARCHAR, "
    "comment VARCHAR, reviewed_at VARCHAR)"
)
# the last decision on the same evidence holds, as in corpus/audit/reviews.py; a decision taken back is none
_FINDINGS = (
    "CREATE OR REPLACE VIEW findings AS SELECT f.* REPLACE ("
    f"CASE WHEN d.decision IS NULL THEN f.review WHEN d.decision = '{_WITHDRAWN}' THEN NULL ELSE d.decision END "
    "AS review, CASE WHEN d.decision IS NULL THEN f.review_comment ELSE d.comment END AS review_comment) "
    "FROM written_findings f LEFT JOIN decisions d "
    'ON d.check_id = f."check" AND d.report_id = f.report_id AND d.evidence_key = f.evidence_key'
)


class Database:
    """The tables as views of one connection; each question gets its own cursor, so threads may ask together."""

    def __init__(
        self, folder: Path, *, counties: Sequence[str] = (), years: Sequence[int] = (), held: bool = False
    ) -> None:
        import duckdb

        self.store = Store(folder)
        self.folder = self.store.folder
        # names come from the folder, never from a request
        config = {"memory_limit": _HELD if held else _MEMORY, "threads": "2", "autoinstall_known_extensions": "false"}
        self._connection = duckdb.connect(":memory:", config=dict(config))
        self._lock = threading.Lock()
        self._reviewed = -1
        self._labels: tuple[int, dict[str, str]] | None = None
        chosen = _chosen(counties, years)
        # reports and citations first: the others may be chosen by them
        for name in sorted(self._written(), key=lambda each: (each != "reports", each != "citations")):
            view = "written_findings" if name == "findings" else name
            path = _text(str(self.folder / f"{name}.parquet"))
            where = f" WHERE {_within(name, chosen)}" if chosen else ""
            kind = "TABLE" if held else "VIEW"
            self._connection.execute(f'CREATE {kind} "{view}" AS SELECT * FROM read_parquet({path}){where}')
        self._connection.execute(_DECISIONS)
        self._connection.execute(_FINDINGS)

    def _written(self) -> list[str]:
        known = [schema.name for schema in SCHEMAS] + ["comparison", "places"]
        return [name for name in dict.fromkeys(known) if (self.folder / f"{name}.parquet").is_file()]

    def has(self, table: str) -> bool:
        """True if the folder holds that table."""
        return (self.folder / f"{table}.parquet").is_file()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a question that is known to have few."""
        cursor = self._asked(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def indicator_labels(self) -> dict[str, str]:
        """Label of each key of the catalogue that the comparison knows; kept until its file changes."""
        path = self.folder / "comparison_long.parquet"
        changed = path.stat().st_mtime_ns
        if self._labels is None or self._labels[0] != changed:
            rows = self.rows("SELECT indicator, any_value(label) AS label FROM comparison_long GROUP BY 1")
            self._labels = changed, {row["indicator"]: row["label"] for row in rows}
        return self._labels[1]

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row; None if there is none."""
        return next(iter(self.rows(sql, values)), None)

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the first row."""
        found = self.row(sql, values)
        return None if found is None else next(iter(found.values()))

    def parts(self, sql: str, values: Sequence[Any] = ()) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
        """Column names, and the rows by parts, for answers of any length."""
        cursor = self._asked(sql, values)
        names = [column[0] for column in cursor.description]

        def handed_out() -> Iterator[list[tuple[Any, ...]]]:
            while part := cursor.fetchmany(_FETCHED):
                yield part

        return names, handed_out()

    def _asked(self, sql: str, values: Sequence[Any]) -> Any:
        self._take_decisions()
        cursor = self._connection.cursor()
        cursor.execute(sql, list(values))
        return cursor

    def _take_decisions(self) -> None:
        """Lay reviews.csv over the findings, whoever wrote it, when it has changed."""
        path = self.folder / FILE
        changed = path.stat().st_mtime_ns if path.is_file() else 0
        if changed == self._reviewed:
            return
        with self._lock:
            last = {(each.report_id, each.check, each.evidence_key): each for each in load_reviews(self.folder)}
            cursor = self._connection.cursor()
            cursor.execute(_DECISIONS)
            lines = [
                (each.check, each.report_id, each.evidence_key, each.decision, each.comment or None, each.reviewed_at)
                for each in last.values()
            ]
            if lines:
                cursor.executemany("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)", lines)
            self._reviewed = changed


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _chosen(counties: Sequence[str], years: Sequence[int]) -> str:
    """The condition on reports; empty for all of them."""
    parts = [f"county IN ({', '.join(map(_text, counties))})"] if counties else []
    parts += [f"report_year IN ({', '.join(str(int(year)) for year in years)})"] if years else []
    return " AND ".join(parts)


def _within(table: str, chosen: str) -> str:
    """The condition on the rows of a table that belong to the chosen reports."""
    known = "SELECT report_id FROM reports"
    if table in ("reports", "comparison", "comparison_long"):
        return chosen
    if table == "documents":
        return "document_id IN (SELECT document_id FROM citations)"
    if table == "fulfilment":
        return f"promise_report_id IN ({known}) AND report_id IN ({known})"
    if table == "overlaps":
        return f"report_id IN ({known}) AND other_report_id IN ({known})"
    if table == "places":
        return f"regexp_extract(row_id, '^[0-9a-f]+') IN ({known})"
    return f"report_id IN ({known})"
