"""The command `govreport`. Sub-commands are loaded when they are called: --help needs none of them.

Exit codes: 0 all good, 1 some files failed, 2 wrong use, 3 something missing on the machine, 4 a proof or a
threshold failed, 130 interrupted. Errors go to stderr, one line with a stable code.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from extractor import __version__
from extractor.cli.help import speak, translate
from extractor.cli.settings import Settings, load_settings, places
from extractor.errors import GovreportError, SystemFault
from extractor.languages import LANGUAGES, say, say_detail
from extractor.languages.visible import visible

COMMANDS = {
    "extract": "read an archive and write its tables",
    "status": "tell how a run goes, or how it went",
    "query": "run SQL on the tables",
    "show": "print a readable digest of one report",
    "explain": "say why a row is there: rule, reason, surroundings, page",
    "verify": "read the sources again and prove every quote",
    "catalogue": "suggest entries for the catalogue of indicators",
    "compare": "compare places and years by indicator",
    "track": "hold promises against the next year's report",
    "diff": "list rows gained, lost and changed between two folders of tables",
    "audit": "list what an auditor should look at",
    "review": "accept or dismiss a finding; later runs keep the decision",
    "serve": "show the tables as pages in a browser",
    "site": "write the pages of serve as files",
    "chart": "draw a chart of the tables",
    "export": "write for labelling tools, trainers or SQLite",
    "evaluate": "score extraction against gold",
    "patterns": "check or list the pattern files",
    "doctor": "tell versions, extras and fonts of this machine",
    "config": "show settings with their origin, or write a file of them",
    "completion": "print what makes a shell complete commands",
}
# what a settings file may speak of
_CONFIGURABLE = ("extract", "query", "explain", "compare", "track", "diff", "audit", "serve", "evaluate")
# options of the program itself, which no command has
_OF_ALL = ("--traceback", "--config", "--lang", "--color")
_INTERRUPTED = 130
# 128 + SIGPIPE, as a shell would say
_NO_READER = 141


class _Lazy(click.Group):
    """Loads `extractor.cli.<name>` when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"extractor.cli.{cmd_name}").command
        translate(command)
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.expose_value:
                parameter.show_envvar = True
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("Commands")):
            formatter.write_dl([(name, say(purpose)) for name, purpose in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as fault:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            if near:
                raise click.UsageError(say(f"{fault.message} Did you mean {near[0]}?"), ctx) from fault
            raise

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # the reader went away (| head): nothing to say, and nothing to flush. Caught here, since click
            # would end with 1, which means failed files
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_NO_READER)


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "GOVREPORT", "show_default": True},
    epilog="Example: govreport extract reports/ -o tables/",
)
@click.version_option(__version__, prog_name="govreport")
@click.option("--traceback", is_flag=True, help="Show where an error arose.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings; goes before ./govreport.toml.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages; from the locale if not given.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour of tables.")
@click.pass_context
def cli(context: click.Context, traceback: bool, config: Path | None, lang: str | None, color: str) -> None:
    """Section headings, indicators, cited documents and commitments of Chinese government reports, as
    tables in which every cell leads back to the characters it came from."""
    if color != "auto":
        # rich reads these, as it does when the user sets them
        os.environ.pop("FORCE_COLOR" if color == "never" else "NO_COLOR", None)
        os.environ["NO_COLOR" if color == "never" else "FORCE_COLOR"] = "1"
    if config or any(path.is_file() for path in places(None)):
        context.obj = load_settings(config, configurable())
        context.default_map = context.obj.values
    else:
        context.obj = Settings()


def configurable() -> dict[str, click.Command]:
    """The commands whose options a settings file may hold."""
    commands = {name: import_module(f"extractor.cli.{name}").command for name in _CONFIGURABLE}
    return {name: command for name, command in commands.items() if isinstance(command, click.Command)}


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit with its status."""
    arguments = _of_all_first(sys.argv[1:] if arguments is None else arguments)
    speak(_asked(arguments) or os.environ.get("GOVREPORT_LANG"))
    translate(cli)
    if not arguments:
        click.echo(cli.get_help(click.Context(cli, info_name="govreport")))
        sys.exit(2)
    try:
        status = cli.main(arguments, prog_name="govreport", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _stop(say("interrupted; the same command goes on where it was"), _INTERRUPTED)
    except click.ClickException as fault:
        fault.show(sys.stderr)
        sys.exit(2)
    except GovreportError as fault:
        if "--traceback" in arguments:
            raise
        _stop(say_detail(fault.detail), fault.exit_status)
    except OSError as fault:
        # a file that a command writes beside the tables: a page, a chart, a list
        if "--traceback" in arguments:
            raise
        refused = SystemFault.of(fault, "")
        _stop(say_detail(refused.detail), refused.exit_status)


def _of_all_first(arguments: list[str]) -> list[str]:
    """The arguments with the options of all commands in front, wherever they were written: compare tables/ --lang zh."""
    first: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(arguments) and arguments[at] != "--":
        name = arguments[at].split("=")[0]
        taken = 2 if name == arguments[at] and name in _OF_ALL and name != "--traceback" else 1
        (first if name in _OF_ALL else rest).extend(arguments[at : at + taken])
        at += taken
    return [*first, *rest, *arguments[at:]]


def _asked(arguments: list[str]) -> str | None:
    """The value of --lang, which must be known before help is made."""
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument == "--":
            return None
    return None


def _stop(line: str, status: int) -> None:
    click.echo(visible(f"govreport: {line}"), err=True)
    sys.exit(status)
