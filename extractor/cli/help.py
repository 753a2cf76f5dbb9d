"""The command's help and click's own messages in the chosen language."""

import os
from typing import Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from extractor.languages import choose, say

_CLICK: tuple[Any, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.types,
)


def speak(language: str | None) -> None:
    """From here on help and messages are in that language, or the locale's."""
    choose(language, os.environ)
    for module in _CLICK:
        # click asks gettext, which reads compiled files alone; our texts are one plain file for all of the program
        if hasattr(module, "_"):
            module._ = say
        if hasattr(module, "ngettext"):
            module.ngettext = _say_of_many


def _say_of_many(one: str, many: str, count: int) -> str:
    return say(one if count == 1 else many)


def translate(command: click.Command) -> None:
    """Put the texts of a command and of what is below it into the chosen language; English ones stay as written."""
    for holder, name in [(command, "help"), (command, "epilog"), (command, "short_help")]:
        _say_of(holder, name)
    for parameter in command.params:
        _say_of(parameter, "help")
    if isinstance(command, click.Group):
        for below in command.commands.values():
            translate(below)


def _say_of(holder: Any, name: str) -> None:
    """The attribute in the chosen language; what it was in English is kept, for a next choice in the same process."""
    english = vars(holder).setdefault(f"_english_{name}", getattr(holder, name, None))
    if english:
        setattr(holder, name, say(" ".join(english.split()) if name != "epilog" else english))
