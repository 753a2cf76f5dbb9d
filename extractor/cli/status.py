"""govreport status OUT"""

import json
from pathlib import Path
from typing import Any

import click

from extractor.cli.options import FOLDER, show


@click.command(epilog="Example: govreport status tables/")
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
def command(out: Path, as_json: bool) -> int:
    """Tell how a run goes, or how it went: rate, time left, slowest files, failures by cause, memory."""
    from extractor.runs.watch import status_of

    status = status_of(out)
    if as_json:
        click.echo(json.dumps(status, ensure_ascii=False, indent=1))
        return 0
    for line in _lines(status):
        show(line)
    return 0


def _lines(status: dict[str, Any]) -> list[str]:
    files = status["files"]
    lines = [
        f"state: {status['state']}" + (f", {status['step']}" if status.get("step") else ""),
        f"files: {files['done']} of {files['total']} done, {files['before']} of them before, {files['failed']} failed",
    ]
    if status.get("reason"):
        lines.append(f"reason: {status['reason']}")
    if status.get("files_per_second"):
        lines.append(f"rate: {status['files_per_second']:g} files a second")
    if status.get("seconds_left") is not None:
        lines.append(f"left: {status['seconds_left'] / 60:.0f} min")
    if status.get("numerals"):
        lines.append(f"numerals: {status['numerals']}, unexplained {status['unexplained']}")
    lines.append(f"peak memory: {status['peak_memory'] / 2**20:.0f} MB")
    lines += ["seconds:", *(f"  {name:<14}{seconds:10.1f}" for name, seconds in status["steps"].items())]
    if status["failures"]:
        lines += ["failures:", *(f"  {code:<14}{count:10}" for code, count in status["failures"].items())]
    if status["slowest"]:
        lines += ["slowest files:", *(f"  {seconds:8.2f} s  {path}" for path, seconds in status["slowest"])]
    return lines
