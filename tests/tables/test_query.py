"""A query only reads: every way out of the tables that DuckDB knows is refused, with one clear error."""

from pathlib import Path

import pytest

from extractor.errors import BadQuery
from extractor.tables.store import Store


@pytest.fixture(scope="module")
def store(sample_tables: Path) -> Store:
    return Store(sample_tables)


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from indicators",
        "with few as (select * from reports) select region from few",
        "from reports limit 1",
        "describe indicators",
        "summarize indicators",
        "show tables",
        "explain select 1",
        "pivot reports on report_year using count(*)",
    ],
)
def test_queries_are_answered(store: Store, sql: str) -> None:
    names, rows = store.query(sql)
    assert names
    assert rows


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 1) to '{target}'",
        "explain analyze copy (select 1) to '{target}'",
        "export database '{target}'",
        "attach '{target}'",
        "create table t as select 1",
        "insert into reports select * from reports",
        "delete from reports",
        "drop table reports",
        "install httpfs",
        "load httpfs",
        "set memory_limit = '9GB'",
        "reset memory_limit",
        "set enable_external_access = true",
        "pragma database_list",
        "call pragma_version()",
        "checkpoint",
        "vacuum",
        "prepare p as select 1",
        "begin transaction",
        "use memory",
        "select * from read_text('{secret}')",
        "select * from read_blob('{secret}')",
        "select * from read_csv('{secret}')",
        "select * from sniff_csv('{secret}')",
        "select * from read_json('{secret}')",
        "select * from '{secret}'",
        "select * from glob('{folder}/*')",
        "select * from parquet_scan('{secret}')",
        "select getenv('HOME')",
        "select 1; select 2",
        "",
        "-- nothing",
        "select no_such_column from reports",
        "selec 1",
    ],
)
def test_what_is_no_query_of_the_tables_is_refused(store: Store, sql: str, tmp_path: Path) -> None:
    secret, target = tmp_path / "secret.txt", tmp_path / "made"
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in store.folder.iterdir()}
    with pytest.raises(BadQuery) as refused:
        store.query(sql.format(secret=secret, target=target, folder=tmp_path))
    assert refused.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]
    assert {path.name: path.stat().st_mtime_ns for path in store.folder.iterdir()} == before


def test_a_query_stops_when_its_time_is_up(store: Store) -> None:
    with pytest.raises(BadQuery, match="stopped after"):
        store.query("select count(*) from range(100000000000) a, range(1000) b", seconds=0.2)


def test_a_query_stops_at_its_memory(store: Store) -> None:
    with pytest.raises(BadQuery, match=r"[Mm]emory"):
        store.query("select list(a.range) from range(40000000) a, range(20) b group by a.range % 7")
