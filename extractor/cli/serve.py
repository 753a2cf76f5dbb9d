"""govreport serve OUT"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, tell


@click.command(epilog="Example: govreport serve tables/ --archive reports/")
@FOLDER
@click.option(
    "--archive", type=click.Path(path_type=Path), multiple=True, help="What the tables were made from: shows its pages."
)
@click.option("--host", default="127.0.0.1", help="Address to listen on; others than loopback let the network in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, help="Port to listen on; 0 takes a free one.")
@click.option("--name", "names", multiple=True, help="Another host name by which browsers may call.")
@click.option("--reviewer", default="", help="Who decides about findings.")
@click.option("--patterns", type=click.Path(path_type=Path), help="The overlay the tables were made with.")
def command(
    out: Path,
    archive: tuple[Path, ...],
    host: str,
    port: int,
    names: tuple[str, ...],
    reviewer: str,
    patterns: Path | None,
) -> int:
    """Show the tables as pages in a browser: look at the evidence, compare places, work through findings. Nothing
    leaves this machine."""
    from extractor.errors import MissingExtra, MissingPath

    try:
        from extractor.desk.server import serve
    except ImportError as fault:
        raise MissingExtra(f"{fault.name} is not installed", remedy="pip install 'govreport[desk]'") from fault
    for path in archive:
        if not path.exists():
            raise MissingPath("no such file or folder", where=str(path), remedy="check the path")
    serve(
        out, archive=archive, host=host, port=port, names=names, reviewer=reviewer, patterns=patterns,
        ready=lambda address: tell(f"open {address} in a browser; Ctrl-C ends"),
    )  # fmt: skip
    return 0
