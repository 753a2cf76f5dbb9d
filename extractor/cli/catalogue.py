"""govreport catalogue suggest OUT"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, tell


@click.group(epilog="Example: govreport catalogue suggest tables/ > mine/catalogue.toml")
def command() -> None:
    """Extend the catalogue of indicators."""


@command.command("suggest")
@FOLDER
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Reports a name stands in.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="Entries printed.")
def suggest_command(out: Path, least: int, most: int) -> int:
    """Print frequent names without a key, clustered, with evidence: a catalogue.toml to complete and lay over."""
    from extractor.corpus.suggestions import find_clusters, stub
    from extractor.tables.store import Store

    rows = Store(out).rows("indicators")
    clusters = find_clusters(rows, least=least)
    click.echo("\n".join(stub(cluster, ordinal) for ordinal, cluster in enumerate(clusters[:most], 1)), nl=False)
    keyed = sum(row["indicator"] is not None for row in rows)
    tell(f"{keyed} of {len(rows)} indicators have a key; {len(clusters)} clusters in {least} or more reports")
    return 0
