"""Options and printing that commands share."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from extractor.languages import chosen, say
from extractor.languages.visible import visible

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
    """A line on stderr, in the chosen language."""
    click.echo(visible(say(line)), err=True)


def show(line: str = "") -> None:
    """A line on stdout, in the chosen language."""
    click.echo(visible(say(line)))


def put(line: str = "") -> None:
    """A line on stdout as it is said: text of files, made harmless for a terminal."""
    click.echo(visible(line))


def put_file(text: str) -> None:
    """What would stand in a file, on stdout: as it is, but harmless where a terminal shows it."""
    click.echo(visible(text) if sys.stdout.isatty() else text, nl=False)


def print_table(
    names: Sequence[str], rows: Sequence[Sequence[Any]], *, plain: bool = False, as_named: bool = False
) -> None:
    """Rows on stdout: a table for people on a terminal, tab-separated text otherwise. Headers in the chosen language,
    unless the user named the columns himself (`as_named`)."""
    names = names if as_named else headers(names)
    if plain or not sys.stdout.isatty():
        click.echo("\t".join(names))
        for row in rows:
            click.echo("\t".join(_text(value) for value in row))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    # as Text: [bold] in a cell is what a file says, not a wish
    table = Table(*map(escape, names))
    for row in rows:
        table.add_row(*(Text(_text(value)) for value in row))
    Console().print(table)


def write_table(names: Sequence[str], rows: Sequence[Sequence[Any]], form: str, output: Path | None = None) -> None:
    """Rows as `table` (print_table; tab-separated in a file), `md` or `csv`, on stdout or into a file."""
    if form == "table" and output is None:
        print_table(names, rows)
        return
    shown = headers(names)
    if form == "md":
        lines = ["| " + " | ".join(map(_markdown, row)) + " |" for row in [shown, ["---"] * len(shown), *rows]]
        text = "\n".join(lines) + "\n"
    elif form == "csv":
        text = _csv(shown, rows)
    else:
        text = "\n".join("\t".join(map(_text, row)) for row in [shown, *rows]) + "\n"
    if output is None:
        put_file(text)
    else:
        # the mark tells Excel that a CSV is UTF-8; newline="" keeps its line ends
        output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8", newline="")
        tell(f"written: {output}")


def _csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    import csv
    from io import StringIO

    from extractor.tables.writers.csv import cell

    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _markdown(value: Any) -> str:
    """A cell of a Markdown table: on one line, without marks that Markdown or HTML would take for its own."""
    text = " ".join(_text(value).split())
    if text == "---":
        return text
    for mark in "\\`*<>[]|":
        text = text.replace(mark, "\\" + mark)
    return text


def headers(names: Sequence[str]) -> list[str]:
    """Names of columns as headers: their Chinese labels, or the words that the language has for them."""
    if chosen() == "en":
        return list(names)
    from extractor.tables.schema import SCHEMAS

    labels = {column.name: column.label for schema in SCHEMAS for column in schema.columns}
    return [header if (header := say(name)) != name else labels.get(name, name) for name in names]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.10g}"
    return visible(str(value).replace("\n", "⏎").replace("\t", " "))
