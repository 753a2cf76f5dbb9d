"""govreport query OUT SQL"""

import csv
from io import StringIO
from pathlib import Path

import click

from extractor.cli.options import FOLDER, print_table, put_file


@click.command(
    epilog='Example: govreport query tables/ "select region, value from indicators join reports using (report_id)"'
)
@FOLDER
@click.argument("sql")
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of a table.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after that time.",
)
def command(out: Path, sql: str, as_csv: bool, timeout: float) -> int:
    """Run one SQL query (DuckDB) on the tables. It can read nothing else, and write nothing."""
    from extractor.tables.store import Store

    names, rows = Store(out).query(sql, seconds=timeout)
    if as_csv:
        stream = StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
        put_file(stream.getvalue())
    else:
        print_table(names, rows, as_named=True)
    return 0
