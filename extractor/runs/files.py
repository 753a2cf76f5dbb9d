"""The output folder: claimed once, and every file in it whole or not there."""

import json
import os
from pathlib import Path

from extractor.errors import OutputRefused
from extractor.tables.store import PROGRAM, RUN_FILE, is_ours

# what a run keeps for itself in the output folder
WORK = ".govreport"


def claim(output: Path, *, force: bool) -> None:
    """Make the folder ours; refuse one that holds something else."""
    if output.exists() and not output.is_dir():
        raise OutputRefused("not a folder", where=str(output), remedy="name a folder")
    if output.is_dir() and any(output.iterdir()) and not is_ours(output) and not force:
        raise OutputRefused(
            "the folder holds something else; nothing was written",
            where=str(output),
            remedy="name an empty or a new folder",
        )
    output.mkdir(parents=True, exist_ok=True)
    if not (output / RUN_FILE).exists():
        write_whole(output / RUN_FILE, json.dumps({"program": PROGRAM, "complete": False}) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Whole or not at all; several workers may write the same shard."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    temporary.replace(path)
