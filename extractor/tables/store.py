"""Store: a written folder, opened again. Everything above reads tables through it, never a stage."""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import DamagedFile, MissingPath, UnknownRow
from extractor.tables.frames import frame_of
from extractor.tables.query import QUERY_SECONDS, run_query
from extractor.tables.schema import SCHEMAS, TableSchema, comparison_schema
from extractor.tables.writers import DATABASE

if TYPE_CHECKING:
    import pandas as pd

RUN_FILE = "run.json"
TEXTS = "texts"
PROGRAM = "govreport"
Row = dict[str, Any]
_LETTERS = {schema.letter: schema.name for schema in SCHEMAS if schema.letter}


def is_ours(folder: Path) -> bool:
    """True if the folder was begun or written by this program."""
    try:
        return bool(json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))["program"] == PROGRAM)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def half_exchanged(folder: Path) -> bool:
    """True while old and new tables lie mixed: run.json then says that they are not complete."""
    try:
        return json.loads((folder / RUN_FILE).read_text(encoding="utf-8")).get("complete") is False
    except (OSError, ValueError, AttributeError):
        return False


class Store:
    """The tables of a written folder, all of one run; raises MissingPath if there are none."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / "reports.parquet").is_file():
            raise MissingPath(
                "no tables here", where=str(folder), remedy="run govreport extract ARCHIVE -o " + str(folder)
            )
        if half_exchanged(self.folder):
            raise MissingPath(
                "the tables are just being exchanged, or a run stopped while it exchanged them",
                where=str(folder),
                remedy="try again; if no run is on, run the same extract once more",
            )

    @cached_property
    def run(self) -> Row:
        """What run.json says of the run."""
        made: Row = json.loads((self.folder / RUN_FILE).read_text(encoding="utf-8"))
        return made

    def rows(self, table: str) -> list[Row]:
        """Rows of a table, dates as ISO texts."""
        import pyarrow.parquet as pq

        path = self.folder / f"{table}.parquet"
        if not path.is_file():
            raise UnknownRow(f"no table {table}", where=str(self.folder), remedy="see datapackage.json")
        try:
            rows: list[Row] = pq.read_table(path).to_pylist()
        except OSError as fault:
            raise DamagedFile(f"not a Parquet file ({fault})", where=str(path), remedy="extract again") from fault
        for row in rows:
            if row.get("published") is not None:
                row["published"] = row["published"].isoformat()
        return rows

    def tables(self) -> dict[str, list[Row]]:
        """All tables."""
        return {schema.name: self.rows(schema.name) for schema in self.schemas}

    @property
    def schemas(self) -> tuple[TableSchema, ...]:
        """Schemas of the tables that are there."""
        known = (*SCHEMAS, comparison_schema((), self.rows("comparison")))
        return tuple(s for s in known if (self.folder / f"{s.name}.parquet").is_file())

    def frame(self, table: str) -> "pd.DataFrame":
        """A table as a DataFrame."""
        rows = self.rows(table)
        schema = next((s for s in self.schemas if s.name == table), comparison_schema((), rows))
        return frame_of(rows, schema)

    def text_of(self, report_id: str) -> str:
        """The kept text of a report."""
        path = self.folder / TEXTS / f"{report_id}.txt"
        try:
            # newline="" keeps what the text holds: offsets count every character
            with path.open(encoding="utf-8", newline="") as stream:
                return stream.read()
        except OSError as fault:
            raise UnknownRow(f"no text of {report_id}", where=str(path), remedy="extract again") from fault

    def find_report(self, wanted: str) -> Row:
        """The report of that id, or the only one whose id begins so, or whose path, title, or place and
        year (青禾镇-2021) hold it; raises UnknownRow."""
        reports = self.rows("reports")
        exact = [r for r in reports if wanted in (r["report_id"], r["source_path"])]
        near = exact or [
            r
            for r in reports
            if r["report_id"].startswith(wanted)
            or any(wanted in held for held in (r["source_path"], r["title"] or "", f"{r['region']}-{r['report_year']}"))
        ]
        if len(near) == 1:
            return near[0]
        known = ", ".join(r["source_path"] for r in (near or reports)[:5])
        what = f"{len(near)} reports fit {wanted}" if near else f"no report {wanted}"
        raise UnknownRow(what, where=str(self.folder), remedy=f"name one of: {known}")

    def find_row(self, row_id: str) -> tuple[str, Row]:
        """Table and row of a row id, or of a report by its own id; raises UnknownRow."""
        for report in self.rows("reports"):
            if report["report_id"] == row_id:
                return "reports", report
        report_id, _, rest = row_id.rpartition("-")
        table = _LETTERS.get(rest[:1]) if report_id and rest[1:].isdigit() else None
        if table is not None:
            key = next(s for s in SCHEMAS if s.name == table).key[0]
            for row in self.rows(table):
                if row[key] == row_id:
                    return table, row
        raise UnknownRow(f"no row {row_id}", where=str(self.folder), remedy="ids look like 0123456789abcdef-i7")

    def places_of(self, row_id: str) -> list[Row]:
        """Where a row stands on its pages, a finding by the rows that prove it (each with its `row_id`); none for
        formats without pages, and in folders of older versions."""
        if not (self.folder / "places.parquet").is_file():
            return []
        wanted = self._proofs(row_id) if _LETTERS.get(row_id.rpartition("-")[2][:1]) == "findings" else {row_id}
        return [row for row in self.rows("places") if row["row_id"] in wanted]

    def _proofs(self, finding_id: str) -> set[str]:
        """The ids by which `places` calls the rows that prove a finding; a numeral is report:start there."""
        found = (row["evidence"] or "" for row in self.rows("findings") if row["finding_id"] == finding_id)
        return {proof.replace(":", "-n") for evidence in found for proof in evidence.split()}

    def query(self, sql: str, *, seconds: float = QUERY_SECONDS) -> tuple[list[str], Sequence[Sequence[Any]]]:
        """Column names and rows of one query on the DuckDB file. Nothing but the tables can be read and nothing
        written, whoever wrote the query: see tables/query.py. Raises BadQuery, MissingPath."""
        if not (self.folder / DATABASE).is_file():
            raise MissingPath(
                f"no {DATABASE} here", where=str(self.folder), remedy="extract with duckdb among the --formats"
            )
        return run_query(self.folder / DATABASE, sql, seconds=seconds)
