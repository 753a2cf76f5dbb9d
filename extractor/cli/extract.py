"""govreport extract ARCHIVE… -o OUT"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.options import expand, knowledge_options, tell

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from extractor.batch import Progress, Summary


@click.command(epilog="Example: govreport extract reports/ more.zip 'old/*.pdf' -o tables/")
@click.argument("archive", nargs=-1, required=True)
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), required=True, help="Folder for the tables.")
@click.option("-j", "--workers", type=click.IntRange(1), help="Processes; all cores if not given.")
@click.option("--force", is_flag=True, help="Write into a folder that holds something else.")
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@knowledge_options
def command(
    archive: tuple[str, ...],
    out: Path,
    workers: int | None,
    force: bool,
    no_progress: bool,
    quiet: bool,
    patterns: Path | None,
    divisions: Path | None,
    area: str | None,
) -> int:
    """Read folders, files, globs and zips; write the tables to OUT. Begun runs go on where they were."""
    from extractor.batch import Options, run

    options = Options(patterns, divisions, area)
    bar = _Bar(active=not no_progress and not quiet)
    try:
        summary = run(expand(archive), out, options, workers=workers, force=force, tell=bar.tell)
    finally:
        bar.close()
    if not quiet:
        _print_summary(summary, out)
    for path, detail in summary.failures:
        tell(f"failed: {path}: {detail}")
    return 1 if summary.failed else 0


class _Bar:
    """A progress bar on a terminal; otherwise a line every hundred files."""

    _EVERY = 100

    def __init__(self, *, active: bool) -> None:
        self._active = active
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def tell(self, progress: "Progress") -> None:
        if not self._active:
            return
        if sys.stderr.isatty():
            self._show(progress)
        elif progress.done % self._EVERY == 0:
            tell(f"{progress.done} of {progress.total} files")

    def _show(self, progress: "Progress") -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        if self._bar is None or self._task is None:
            self._bar = Bar(console=Console(stderr=True))
            self._bar.start()
            self._task = self._bar.add_task("files", total=progress.total)
        self._bar.update(self._task, completed=progress.done)

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
    tell(f"tables: {out}")
