"""Options and printing that commands share."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

FOLDER = click.argument("out", type=click.Path(path_type=Path))


def knowledge_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--patterns, --divisions, --area."""
    for option in (
        click.option("--area", help="Division code or name that settles places of one name."),
        click.option(
            "--divisions", type=click.Path(path_type=Path), help="CSV (code, name, parent) added to the divisions."
        ),
        click.option("--patterns", type=click.Path(path_type=Path), help="Folder laid over the shipped patterns."),
    ):
        command = option(command)
    return command


def expand(paths: Sequence[str]) -> list[Path]:
    """Paths and globs as paths; a glob that matches nothing is kept, so that it is missed by name."""
    # Path.glob wants a relative pattern; a user names absolute ones too
    from glob import glob, has_magic

    found: list[Path] = []
    for path in paths:
        matches = sorted(glob(path, recursive=True)) if has_magic(path) and not Path(path).exists() else []  # noqa: PTH207
        found += [Path(match) for match in matches] or [Path(path)]
    return found


def tell(line: str = "") -> None:
    """A line on stderr."""
    click.echo(line, err=True)


def print_table(names: Sequence[str], rows: Sequence[Sequence[Any]], *, plain: bool = False) -> None:
    """Rows on stdout: a table for people on a terminal, tab-separated text otherwise."""
    if plain or not sys.stdout.isatty():
        click.echo("\t".join(names))
        for row in rows:
            click.echo("\t".join(_text(value) for value in row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*names)
    for row in rows:
        table.add_row(*(_text(value) for value in row))
    Console().print(table)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.10g}"
    return str(value).replace("\n", "⏎").replace("\t", " ")
