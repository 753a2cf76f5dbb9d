"""What a run remembers for the next: files as they were, what the tables were made of, and the tables as written.

If all three are as they were, nothing has to be done. Whatever is missing or cannot be read is taken as unknown.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.corpus.audit.reviews import FILE as REVIEWS
from extractor.runs.files import WORK, write_whole
from extractor.runs.summary import Summary
from extractor.tables.store import RUN_FILE, TEXTS

Row = dict[str, Any]
_KNOWN, _STATE = "known.json", "state.json"


def load_known(output: Path) -> dict[str, list[Any]]:
    """Path → size, times, hash, and what the bytes said, of the last run."""
    found = _read(output / WORK / _KNOWN)
    return {path: described for path, described in found.items() if isinstance(described, list) and len(described) == 7}


def save_known(output: Path, known: Mapping[str, Sequence[Any]]) -> None:
    """For the next run."""
    write_whole(output / WORK / _KNOWN, json.dumps(known, ensure_ascii=False))


def inputs_of(
    output: Path, version: str, sources: Sequence[Row], registries: Iterable[Path], formats: Sequence[str]
) -> str:
    """Digest of all that the tables are made of."""
    digest = sha256(json.dumps([version, list(formats)]).encode())
    for row in sources:
        digest.update(json.dumps(list(row.values()), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    for path in (*registries, output / REVIEWS):
        digest.update(path.read_bytes() if path.is_file() else b"-")
    return digest.hexdigest()


def unchanged(output: Path, inputs: str) -> Summary | None:
    """The summary of the tables that are there, if they were made of the same and stand as written."""
    state = _read(output / WORK / _STATE)
    if state.get("inputs") != inputs or state.get("outputs") != _outputs(output, state.get("names", [])):
        return None
    try:
        return Summary(**{**state["summary"], "failures": [(a, b) for a, b in state["summary"]["failures"]]})
    except (KeyError, TypeError, ValueError):
        return None


def save_state(output: Path, inputs: str, summary: Summary) -> None:
    """What the tables were made of, and how they stand."""
    names = sorted(path.name for path in output.iterdir() if path.suffix in _TABLES or path.name == RUN_FILE)
    state = {"inputs": inputs, "names": names, "outputs": _outputs(output, names), "summary": asdict(summary)}
    write_whole(output / WORK / _STATE, json.dumps(state, ensure_ascii=False))


_TABLES = {".parquet", ".csv", ".duckdb", ".xlsx", ".json"}


def _outputs(output: Path, names: Iterable[str]) -> str:
    """Digest of names, sizes and times of tables and texts."""
    digest = sha256()
    texts = output / TEXTS
    paths = [*(output / name for name in names), *(sorted(texts.iterdir()) if texts.is_dir() else ())]
    for path in paths:
        try:
            stat = path.stat()
            digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        except OSError:
            digest.update(f"{path.name} -\n".encode())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
