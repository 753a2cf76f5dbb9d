"""govreport chart OUT --kind KIND -o FILE"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, tell

_KINDS = ("bars", "trend", "small-multiples", "heatmap", "promises", "network")


@click.command(epilog="Example: govreport chart tables/ --kind bars --indicator disputes_mediated -o disputes.png")
@FOLDER
@click.option("--kind", type=click.Choice(_KINDS), required=True, help="What to draw.")
@click.option("--indicator", multiple=True, help="Key of the catalogue, or its Chinese label; all if not given.")
@click.option("--year", type=int, multiple=True, help="Only reports on this year.")
@click.option("--county", multiple=True, help="Only places of this county.")
@click.option("--unit", help="Only values in this unit, where an indicator has several.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File: .png, .svg or .json.")
def command(
    out: Path,
    kind: str,
    indicator: tuple[str, ...],
    year: tuple[int, ...],
    county: tuple[str, ...],
    unit: str | None,
    output: Path,
) -> int:
    """Draw a chart of the tables: ranked bars with quartiles, lines over years, what each place reports, promises kept,
    who cites what. JSON is a plain Vega-Lite specification."""
    from extractor.corpus.charts import KINDS
    from extractor.corpus.charts.drawing import draw
    from extractor.corpus.charts.specs import ChartRequest
    from extractor.tables.store import Store

    draw(KINDS[kind](ChartRequest(Store(out), indicator, year, county, unit)), output)
    tell(f"written: {output}")
    return 0
