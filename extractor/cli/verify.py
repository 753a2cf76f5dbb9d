"""govreport verify OUT ARCHIVE…"""

from pathlib import Path

import click

from extractor.cli.options import FOLDER, expand, show, tell

# faults that are listed before the rest is only counted: a screen
_SHOWN = 20


@click.command(epilog="Example: govreport verify tables/ reports/")
@FOLDER
@click.argument("archive", nargs=-1, required=True)
def command(out: Path, archive: tuple[str, ...]) -> int:
    """Read the sources again and prove that every quote still stands where its row says. Exit 4 if not."""
    from extractor.runs.verification import verify

    proof = verify(out, expand(archive))
    for fault in proof.faults[:_SHOWN]:
        tell(fault)
    if len(proof.faults) > _SHOWN:
        tell(f"… and {len(proof.faults) - _SHOWN} more")
    show(f"{proof.files} files read again, {proof.quotes} quotes proved, {len(proof.faults)} faults")
    if proof.places:
        show(f"{proof.places} places on pages proved")
    return 4 if proof.faults else 0
