"""Shards: the result of each file, kept until the merge, so that an interrupted run goes on where it was."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.runs.files import write_whole
from extractor.runs.plan import Task

Row = dict[str, Any]


def write_shard(path: Path, shard: Row) -> None:
    """Whole or not at all; several workers may write the same shard."""
    write_whole(path, json.dumps(shard, ensure_ascii=False, sort_keys=True))


def load_shards(tasks: Sequence[Task]) -> dict[str, Row]:
    """Shards by hash of the content."""
    return {task.sha256: json.loads(task.shard.read_text(encoding="utf-8")) for task in tasks}
