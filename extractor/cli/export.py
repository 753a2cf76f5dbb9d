"""govreport export OUT --to FORMAT"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, tell

_TARGETS = {
    "labelstudio": ".json", "doccano": ".jsonl", "langextract": ".jsonl", "conll": ".conll", "docbin": ".spacy",
    "sqlite": ".sqlite",
}  # fmt: skip
_SPANS = ("indicators", "citations", "commitments", "problems")


@click.command(epilog="Example: govreport export tables/ --to doccano -o reports.jsonl")
@FOLDER
@click.option("--to", "target", type=click.Choice(list(_TARGETS)), required=True, help="The tool to write for.")
@click.option("--table", "tables", multiple=True, type=click.Choice(_SPANS), help="Only spans of this table.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; OUT/export.* if not given.")
def command(out: Path, target: str, tables: tuple[str, ...], output: Path | None) -> int:
    """Write the reports with their marked spans for a labelling tool or a trainer, or all tables as SQLite. Every
    span equals its quote, in the offsets that the tool counts."""
    from extractor.corpus.exports import EXPORTS
    from extractor.corpus.exports.spans import Labelled
    from extractor.tables.store import Store

    labelled = Labelled(Store(out), tables or _SPANS)
    path = output or out / f"export{_TARGETS[target]}"
    if target == "docbin":
        from extractor.spacy_pipeline.docbin import write_docbin

        write_docbin(labelled, path)
    else:
        EXPORTS[target](labelled, path)
    tell(f"written: {path}")
    return 0
