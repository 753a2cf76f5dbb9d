"""govreport site OUT -o DIR"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, tell


@click.command(epilog="Example: govreport site tables/ --county 青禾县 -o site/")
@FOLDER
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option("--county", multiple=True, help="Only places of this county.")
@click.option("--year", type=int, multiple=True, help="Only reports on this year.")
@click.option(
    "--archive", type=click.Path(path_type=Path), multiple=True, help="What the tables were made from: shows its pages."
)
def command(out: Path, output: Path, county: tuple[str, ...], year: tuple[int, ...], archive: tuple[Path, ...]) -> int:
    """Write the pages of `serve` as files, for a county or all, to hand over on a stick: open index.html."""
    from extractor.desk.site import write_site
    from extractor.errors import MissingPath

    for path in archive:
        if not path.exists():
            raise MissingPath("no such file or folder", where=str(path), remedy="check the path")
    count = write_site(out, output, counties=county, years=year, archive=archive)
    tell(f"{count} pages written: {output / 'index.html'}")
    return 0
