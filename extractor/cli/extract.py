"""govreport extract ARCHIVE… -o OUT"""

import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

import click

from extractor.cli.options import expand, knowledge_options, print_table, tell
from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import OutputRefused, ReadingError
from extractor.languages import say
from extractor.runs.files import faults

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from extractor.runs.batch import FileDone, Summary


@click.command(epilog="Example: govreport extract reports/ more.zip 'old/*.pdf' -o tables/")
@click.argument("archive", nargs=-1, required=True)
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), required=True, help="Folder for the tables.")
@click.option("-j", "--workers", type=click.IntRange(1), help="Processes; all cores if not given.")
@click.option("--force", is_flag=True, help="Write into a folder that holds something else.")
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each file.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first file that fails.")
@click.option("--dry-run", is_flag=True, help="List the files and what would be done; write nothing.")
@click.option("--log-file", type=click.Path(path_type=Path), help="A JSON line for each file, behind earlier ones.")
@click.option("--file-timeout", type=click.FloatRange(1), default=900.0, help="Seconds that one file may take.")
@click.option("--file-memory", type=click.IntRange(64), default=3000, help="Megabytes that one file may take.")
@click.option("--file-rows", type=click.IntRange(1), default=500_000, help="Rows that one file may give.")
@click.option(
    "--registry",
    "registries",
    multiple=True,
    type=click.Path(path_type=Path),
    help="CSV (number, title, issuer, date, status) of documents to match citations with; may be repeated.",
)
@click.option("--formats", default="parquet,csv,duckdb,xlsx", help="What to write beside Parquet, by commas.")
@click.option("--scheduler", help="Address of a Dask cluster whose workers read the files (tcp://host:8786).")
@click.option("--partition", default="", help="Tables also by folders, by commas: province,city,county,year.")
@click.option("--bare-laws", is_flag=True, help="Laws named without 《》 are citations too.")
@knowledge_options
def command(
    archive: tuple[str, ...],
    out: Path,
    workers: int | None,
    force: bool,
    no_progress: bool,
    quiet: bool,
    verbose: bool,
    fail_fast: bool,
    dry_run: bool,
    log_file: Path | None,
    file_timeout: float,
    file_memory: int,
    file_rows: int,
    registries: tuple[Path, ...],
    formats: str,
    scheduler: str | None,
    partition: str,
    bare_laws: bool,
    patterns: Path | None,
    divisions: Path | None,
    area: str | None,
) -> int:
    """Read folders, files, globs, archives and - (stdin); write the tables to OUT. Begun runs go on where they were."""
    from extractor.runs.batch import Limits, Options, run

    with ExitStack() as stack:
        paths = expand(archive)
        if Path("-") in paths:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="govreport-")))
            (folder / "stdin").write_bytes(sys.stdin.buffer.read())
            paths[paths.index(Path("-"))] = folder / "stdin"
        if dry_run:
            return _list_files(paths)
        log = stack.enter_context(_log(log_file)) if log_file else None
        bar = _Bar(active=not no_progress and not quiet and not verbose)
        stack.callback(bar.close)

        def heard(progress: "FileDone") -> None:
            bar.tell(progress)
            if verbose:
                tell(f"{progress.status.value}: {progress.path}")
            if log:
                line = {"path": progress.path, "status": progress.status.value, "seconds": round(progress.seconds, 3)}
                print(json.dumps(line, ensure_ascii=False), file=log, flush=True)
            if fail_fast and progress.status is SourceStatus.FAILED:
                tell(_failed(progress.path, progress.reason or ""))
                raise ReadingError(
                    "failed, and --fail-fast stops here",
                    where=progress.path,
                    remedy="the same command without it goes on with the rest",
                )

        def noted(line: str) -> None:
            bar.note(line)
            if verbose:
                tell(line)

        summary = run(
            paths,
            out,
            Options(patterns, divisions, area, registries, bare_laws, file_rows),
            workers=workers,
            force=force,
            formats=formats.split(","),
            partition=partition.split(","),
            scheduler=scheduler,
            limits=Limits(file_timeout, file_memory << 20),
            tell=heard,
            note=noted,
        )
    if not quiet:
        _print_summary(summary, out)
    for path, detail in summary.failures:
        tell(_failed(path, detail))
    return 1 if summary.failed else 0


def _failed(path: str, detail: str) -> str:
    """A line on a file that failed; most reasons name it."""
    return f"failed: {detail}" if path in detail else f"failed in {path}: {detail}"


def _log(path: Path) -> IO[str]:
    """The log, opened to be written behind; raises OutputRefused for a file that is no log of ours."""
    with faults(path):
        if path.exists() and path.stat().st_size:
            with path.open(encoding="utf-8", errors="replace") as stream:
                if not stream.readline().startswith('{"path": '):
                    raise OutputRefused("is no log of ours", where=str(path), remedy="name a new file for --log-file")
        return path.open("a", encoding="utf-8")


def _list_files(paths: list[Path]) -> int:
    from extractor.reading.archives.walk import walk
    from extractor.tables.store import is_ours

    members = walk(paths, is_ours)
    print_table(["file", "would be"], [[m.path, m.status.value if m.status else "read"] for m in members])
    tell(f"{sum(m.status is None for m in members)} of {len(members)} files would be read; nothing was written")
    return 0


class _Bar:
    """A progress bar on a terminal, with rate and time left; otherwise a line every hundred files."""

    _EVERY = 100

    def __init__(self, *, active: bool) -> None:
        self._active = active
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._failed = 0
        self._begun: tuple[float, int] | None = None

    def tell(self, progress: "FileDone") -> None:
        self._failed += progress.status is SourceStatus.FAILED
        if not self._active:
            return
        if sys.stderr.isatty():
            self._show(progress)
        elif progress.done % self._EVERY == 0:
            tell(f"{progress.done} of {progress.total} files{self._rate(progress)}{self._failures()}")

    def note(self, line: str) -> None:
        """What begins: the merge shows its step."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=say(line))
        elif self._active and not line.startswith("merge: "):
            tell(line)

    def _rate(self, progress: "FileDone") -> str:
        now = time.monotonic()
        if self._begun is None:
            self._begun = (now, progress.done)
            return ""
        rate = (progress.done - self._begun[1]) / max(now - self._begun[0], 0.001)
        left = (progress.total - progress.done) / rate if rate else 0
        return f", {rate:.1f} a second, {left / 60:.0f} min left"

    def _failures(self) -> str:
        return f", {self._failed} failed" if self._failed else ""

    def _show(self, progress: "FileDone") -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        if self._bar is None or self._task is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Bar(*columns, console=Console(stderr=True))
            self._bar.start()
            self._task = self._bar.add_task("files", total=progress.total, completed=progress.done)
        self._bar.update(self._task, completed=progress.done, description=f"files{self._failures()}")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _print_summary(summary: "Summary", out: Path) -> None:
    files = ", ".join(f"{count} {status}" for status, count in summary.files.items() if count)
    tell(f"files: {files or 'none'}")
    width = max(len(name) for name in summary.rows)
    for name, count in summary.rows.items():
        tell(f"  {name:<{width}} {count:>8}")
    share = 100 * summary.unexplained / summary.numerals if summary.numerals else 0
    tell(f"numerals: {summary.numerals}, unexplained {summary.unexplained} ({share:.2f} %)")
    for folder in summary.left_out:
        tell(f"left out, a folder of tables: {folder}")
    if summary.unchanged:
        tell("nothing changed since the last run, and nothing was written")
    tell(f"tables: {out}")
