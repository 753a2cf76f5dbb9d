"""How the desk fares over many reports: `python bench/desk.py TABLES [--reports 10000] [--times 5]`.

Comes in: a folder of tables. If it holds fewer reports than asked for, its rows are multiplied (other ids, places and
counties, values that differ) into a temporary folder. Goes out: for each page the median and the longest time to the
last byte as a client on this machine sees it, the server's own processor time, and at the end its peak memory. Ends
with 1 where a page takes longer than 300 ms (by the median) or memory is more than 300 MB.
"""

import argparse
import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from urllib.parse import quote

import duckdb
from processes import peak_mb, processor_seconds

_MOST_MS, _MOST_MB = 300.0, 300.0
# columns that begin with the id of a report; `places` tells the report in the id of its row
_IDS = (
    "report_id", "other_report_id", "promise_report_id", "section_id", "parent_id", "indicator_id", "part_of",
    "citation_id", "commitment_id", "action_id", "problem_id", "earlier_problem_id", "finding_id", "same_as", "row_id",
)  # fmt: skip
_OTHERWISE = {
    "source_path": "n.p || '/' || source_path",
    "region": "region || n.i",
    "county": "county || (n.i // 15)",
    "division_code": "CAST(CAST(division_code AS BIGINT) + n.i * 1000000000 AS VARCHAR)",
    "value": "value * (1 + n.i % 17 / 10.0)",
}
_SAME = ("documents",)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if something is too slow or too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.tables
        held = count(folder, "reports")
        if held < options.reports:
            folder = Path(temporary) / "tables"
            multiply(options.tables, folder, -(-options.reports // held))
        print(f"{count(folder, 'reports')} reports, {count(folder, 'indicators')} indicators", flush=True)
        return measure(folder, options.times)


def count(folder: Path, table: str) -> int:
    """Rows of a table."""
    found = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(folder / f"{table}.parquet")]).fetchone()
    return int(found[0]) if found else 0


def multiply(source: Path, target: Path, times: int) -> None:
    """The same rows so many times; a text is one file under many names."""
    target.mkdir(parents=True)
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE n AS SELECT i, printf('%06x', i) AS p FROM range({times}) t(i)")
    for path in sorted(source.glob("*.parquet")):
        if path.stem in _SAME:
            shutil.copy(path, target)
            continue
        names = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]
        columns = ", ".join(f'{_column(name)} AS "{name}"' for name in names)
        connection.execute(
            f"COPY (SELECT {columns} FROM '{path}' t, n ORDER BY n.i) TO '{target / path.name}' "
            "(FORMAT parquet, ROW_GROUP_SIZE 50000)"
        )
    (target / "texts").mkdir()
    for path in (source / "texts").iterdir():
        first = Path(shutil.copy(path, target / "texts" / f"{0:06x}{path.name[6:]}"))
        for at in range(1, times):
            (target / "texts" / f"{at:06x}{path.name[6:]}").hardlink_to(first)
    shutil.copy(source / "run.json", target)


def _column(name: str) -> str:
    if name in _IDS:
        return f'n.p || substr("{name}", 7)'
    return _OTHERWISE.get(name, f't."{name}"')


def pages(folder: Path) -> list[str]:
    """Addresses: every kind of page, lists with and without a choice, and as CSV."""
    row = duckdb.execute(
        "SELECT i.report_id, indicator_id, region FROM read_parquet(?) i JOIN read_parquet(?) r USING (report_id) "
        "WHERE i.indicator = 'disputes_mediated' AND region IS NOT NULL ORDER BY 1, 2",
        [str(folder / "indicators.parquet"), str(folder / "reports.parquet")],
    ).fetchone()
    report, indicator, region = row if row else ("", "", "")
    document = duckdb.execute(
        "SELECT document_id FROM read_parquet(?) ORDER BY n_reports DESC, document_id",
        [str(folder / "documents.parquet")],
    ).fetchone()
    lists = ["reports", "indicators", "citations", "documents", "commitments", "fulfilment", "problems", "findings",
             "sources", "comparison"]  # fmt: skip
    return [
        "/", "/en/", "/places", f"/places/{region}", *(f"/{name}" for name in lists), "/indicators?order=largest",
        "/indicators?indicator=disputes_mediated", "/indicators?q=调解", "/indicators?theme=矛盾纠纷化解&role=actual",
        "/findings?severity=warning", f"/reports/{report}", f"/rows/{indicator}",
        *([f"/documents/{document[0]}"] if document else []), "/reports.csv?report_year=2022", "/sql",
    ]  # fmt: skip


def measure(folder: Path, times: int) -> int:
    """Ask a server of its own for every page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "extractor", "serve", str(folder), "--port", str(port)]
    failed = False
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            print(f"{'median':>8}{'longest':>9}{'its own':>9}  ms")
            for page in pages(folder):
                before = 1000 * processor_seconds(server.pid)
                took = [ask(port, page) for _ in range(times)]
                own = (1000 * processor_seconds(server.pid) - before) / times
                slow = median(took) > _MOST_MS
                failed |= slow
                print(f"{median(took):8.0f}{max(took):9.0f}{own:9.0f}  {page}{'  SLOW' if slow else ''}", flush=True)
            peak = peak_mb(server.pid)
            print(f"peak memory {peak:.0f} MB")
        finally:
            server.terminate()
    return int(failed or peak > _MOST_MB)


def wait_for(port: int) -> None:
    """Until the server answers."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            ask(port, "/static/desk.css")
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the desk does not answer")


def ask(port: int, page: str) -> float:
    """Milliseconds to the last byte; ends for an answer that is none."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", quote(page, safe="/?&="))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        sys.exit(f"{answer.status} for {page}")
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(main())
