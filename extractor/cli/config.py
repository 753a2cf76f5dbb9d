"""govreport config show|init"""

import os
from pathlib import Path
from typing import Any

import click

from extractor.cli.options import print_table, tell
from extractor.cli.settings import LOCAL, Settings, options_of


@click.group(epilog="Example: govreport config show")
def command() -> None:
    """Show settings with their origin, or write a commented file of them."""


@command.command("show")
@click.pass_context
def show_command(context: click.Context) -> int:
    """Print every setting with its value and where it comes from: variable, file or default."""
    settings: Settings = context.find_root().obj
    rows = []
    for name, known in _commands().items():
        for option, parameter in options_of(known).items():
            value, origin = _value(name, parameter, settings)
            rows.append([f"{name}.{option}", "" if value is None else value, origin])
    print_table(["setting", "value", "origin"], rows)
    return 0


@command.command("init")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def init_command(force: bool) -> int:
    """Write govreport.toml into this folder: every setting, commented out."""
    from extractor.errors import OutputRefused

    if LOCAL.exists() and not force:
        raise OutputRefused("is there already", where=str(LOCAL), remedy="give --force to write over it")
    lines = ["# Settings of govreport. Flags and GOVREPORT_… variables go before this file.", ""]
    for name, known in _commands().items():
        lines += [f"[{name}]"]
        for option, parameter in options_of(known).items():
            lines += [f"# {parameter.help}", f"# {option} = {_example(parameter)}"]
        lines.append("")
    Path(LOCAL).write_text("\n".join(lines), encoding="utf-8")
    tell(f"written: {LOCAL}")
    return 0


def _commands() -> dict[str, click.Command]:
    from extractor.cli import configurable

    return configurable()


def _value(command: str, parameter: click.Option, settings: Settings) -> tuple[Any, str]:
    variable = f"GOVREPORT_{command}_{parameter.name}".upper()
    if os.environ.get(variable):
        return os.environ[variable], variable
    key = parameter.name or ""
    if key in settings.values.get(command, {}):
        return settings.values[command][key], settings.origins[command][key]
    default = parameter.to_info_dict()["default"]
    return (default if isinstance(default, (str, int, float)) else None), "default"


def _example(parameter: click.Option) -> str:
    if parameter.is_flag:
        return "true"
    one = "2" if isinstance(parameter.type, (click.types.IntRange, click.types.FloatParamType)) else '"…"'
    return f"[{one}]" if parameter.multiple else one
