"""Queries that only read: SQL of anyone on the DuckDB file, locked away from the machine.

Comes in: the database file and one SQL statement. Goes out: column names and rows. Refused are statements that are no
query, more than one of them, files and network (COPY, EXPORT, ATTACH, INSTALL, read_text, read_csv, glob), settings
(SET, PRAGMA), and what takes more than the time and memory that it is given.

DuckDB's `read_only` protects only the attached file: `copy (select 1) to 'x.csv'` writes wherever the user can write.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.errors import BadQuery

QUERY_SECONDS = 60.0
_MEMORY = "1GB"
# a pivot is parsed as several statements that together are one query
_QUERIES = frozenset(("SELECT", "EXPLAIN", "MULTI"))
_LOCKED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": _MEMORY,
    # what does not fit into memory fails: a query writes no files
    "temp_directory": "",
    "lock_configuration": "true",
}
_REMEDY = "ask with one SELECT over the tables of datapackage.json; files and settings are out of reach"


def run_query(database: Path, sql: str, *, seconds: float = QUERY_SECONDS) -> tuple[list[str], Sequence[Sequence[Any]]]:
    """Column names and rows of the query; raises BadQuery where it fails, is no query, or runs longer than
    `seconds`."""
    import duckdb

    try:
        with duckdb.connect(str(database), read_only=True, config=dict(_LOCKED)) as connection:
            statements = connection.extract_statements(sql)
            kinds = [statement.type.name for statement in statements]
            if len(kinds) != 1:
                raise BadQuery(f"{len(kinds)} statements, one is wanted", remedy=_REMEDY)
            if kinds[0] not in _QUERIES:
                raise BadQuery(f"{kinds[0]} is no query", remedy=_REMEDY)
            watch = threading.Timer(seconds, connection.interrupt)
            watch.start()
            try:
                cursor = connection.execute(statements[0])
                names = [column[0] for column in cursor.description or ()]
                return names, cursor.fetchall()
            finally:
                watch.cancel()
    except duckdb.InterruptException as fault:
        raise BadQuery(f"stopped after {seconds:g} s", remedy="narrow the query, or raise --timeout") from fault
    except duckdb.PermissionException as fault:
        raise BadQuery(str(fault).splitlines()[0], remedy=_REMEDY) from fault
    except duckdb.Error as fault:
        first = str(fault).splitlines()[0]
        raise BadQuery(first, remedy="tables and columns: see datapackage.json") from fault
