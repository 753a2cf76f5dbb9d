"""Settings from TOML files: what a flag or an environment variable does not say.

Comes in: `--config FILE`, `./govreport.toml`, `~/.config/govreport/config.toml` (XDG_CONFIG_HOME is honoured), the
earlier wins key by key. Goes out: click's default map, and for each value the file it came from. A key at the top
holds for every command that has the option; a table `[extract]` for that command alone. Unknown keys are errors.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from extractor.errors import BadConfig, MissingPath

LOCAL = Path("govreport.toml")


@dataclass(slots=True)
class Settings:
    """`values`: command → option → value; `origins`: the same, with the file of each."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    origins: dict[str, dict[str, str]] = field(default_factory=dict)


def options_of(command: click.Command) -> dict[str, click.Option]:
    """Options by the name that a file would use: `no-progress`; help and version have none."""
    return {
        max(parameter.opts, key=len).lstrip("-"): parameter
        for parameter in command.params
        if isinstance(parameter, click.Option) and parameter.expose_value
    }


def places(named: Path | None) -> list[Path]:
    """Files that are read, most important first."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    found = [path for path in (LOCAL, home / "govreport" / "config.toml") if path.is_file()]
    return [*([named] if named else []), *found]


def load_settings(named: Path | None, commands: Mapping[str, click.Command]) -> Settings:
    """All settings; raises MissingPath for a named file that is not there, BadConfig for what a file holds."""
    settings = Settings()
    for path in places(named):
        if not path.is_file():
            raise MissingPath("no such file", where=str(path), remedy="check --config")
        for command, name, option, value in _entries(path, commands):
            parameter = option.name or name
            if parameter not in settings.values.setdefault(command, {}):
                settings.values[command][parameter] = value
                settings.origins.setdefault(command, {})[parameter] = str(path)
    return settings


def _entries(path: Path, commands: Mapping[str, click.Command]) -> list[tuple[str, str, click.Option, Any]]:
    text = path.read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadConfig(f"not TOML: {fault}", where=str(path), remedy="see govreport config init") from fault
    options = {name: options_of(command) for name, command in commands.items()}
    everywhere = {name for known in options.values() for name in known}
    found, general = [], []
    for key, value in raw.items():
        if isinstance(value, dict):
            if key not in options:
                _unknown(path, text, key, options)
            for name, inner in value.items():
                if name not in options[key]:
                    _unknown(path, text, name, options[key])
                found.append((key, name, options[key][name], inner))
        elif key not in everywhere:
            _unknown(path, text, key, everywhere | set(options))
        else:
            general += [(command, key, known[key], value) for command, known in options.items() if key in known]
    # a command's own table says more than the top of the file
    return [*found, *general]


def _unknown(path: Path, text: str, key: str, known: Any) -> None:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf'\s*\[?"?{re.escape(key)}\b', line)]
    near = get_close_matches(key, known, 1)
    remedy = f"did you mean {near[0]}?" if near else "known: " + ", ".join(sorted(known))
    raise BadConfig(f"unknown key {key}", where=f"{path}, line {lines[0] if lines else 1}", remedy=remedy)
