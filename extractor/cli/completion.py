"""govreport completion bash|zsh|fish"""

import click
from click.shell_completion import get_completion_class


@click.command(epilog="Example: govreport completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print what makes a shell complete commands and options."""
    from extractor.cli import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(f"click completes nothing in {shell}")
    click.echo(kind(cli, {}, "govreport", "_GOVREPORT_COMPLETE").source())
    return 0
