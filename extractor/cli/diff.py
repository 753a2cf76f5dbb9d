"""govreport diff OLD NEW"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.options import print_table, tell

if TYPE_CHECKING:
    from extractor.corpus.differences.differences import TableDifference

_NAMES = ("table", "change", "report", "row", "column", "before", "after", "quote")
_FOLDER = click.Path(path_type=Path)


@click.command(epilog="Example: govreport diff tables-before/ tables/ --table indicators")
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--table", "tables", multiple=True, help="Only this table; all if not given.")
@click.option("--summary", is_flag=True, help="Only the counts per table.")
@click.option("--limit", type=click.IntRange(0), default=0, help="Rows shown per table and change; 0 shows all.")
@click.option("--json", "as_json", is_flag=True, help="A JSON line per row instead of a table.")
@click.option("--exit-code", is_flag=True, help="Exit with 4 if anything differs.")
def command(
    old: Path, new: Path, tables: tuple[str, ...], summary: bool, limit: int, as_json: bool, exit_code: bool
) -> int:
    """Rows gained, lost and changed between two folders of tables, matched by their place in the text: what a new
    version, other patterns or a mended file change."""
    from extractor.corpus.differences.differences import differences
    from extractor.errors import UnknownRow
    from extractor.tables.schema import BY_NAME
    from extractor.tables.store import Store

    for table in tables:
        if table not in BY_NAME:
            raise UnknownRow(f"no table {table}", remedy="known: " + ", ".join(BY_NAME))
    stores = (Store(old), Store(new))
    found = differences(*stores, tables)
    paths = {row["report_id"]: row["source_path"] for store in stores for row in store.rows("reports")}
    if as_json:
        for line in _lines(found, paths, limit):
            click.echo(json.dumps(dict(zip(_NAMES, line, strict=True)), ensure_ascii=False))
    else:
        _print(found, [] if summary else list(_lines(found, paths, limit)))
    return 4 if exit_code and any(found) else 0


def _print(found: "Sequence[TableDifference]", lines: list[list[Any]]) -> None:
    print_table(
        ("table", "before", "after", "gained", "lost", "changed", "columns"),
        [
            [one.table, one.before, one.after, len(one.gained), len(one.lost), len(one.changed), one.columns]
            for one in found
        ],
    )
    if lines:
        click.echo()
        print_table(_NAMES, lines)
    elif not any(found):
        tell("no row differs")


def _lines(found: "Sequence[TableDifference]", paths: dict[str, str], limit: int) -> Iterator[list[Any]]:
    """A line per row gained or lost, and per column changed."""
    from extractor.corpus.differences.differences import headline

    last = limit or None
    for one in found:
        for change, rows in (("gained", one.gained), ("lost", one.lost)):
            for row in rows[:last]:
                what = headline(row)
                before, after = (None, what) if change == "gained" else (what, None)
                yield [*_head(one.table, change, row, paths), None, before, after, row.get("quote")]
        for pair in one.changed[:last]:
            for name, (before, after) in pair.columns.items():
                yield [*_head(one.table, "changed", pair.new, paths), name, before, after, pair.new.get("quote")]


def _head(table: str, change: str, row: dict[str, Any], paths: dict[str, str]) -> list[Any]:
    from extractor.tables.schema import BY_NAME

    key = "/".join(str(row[name]) for name in BY_NAME[table].key)
    report_id = row.get("report_id")
    return [table, change, paths.get(report_id, report_id) if report_id else None, key]
