"""Documents that each report must cite: the user's list.

Comes in: a CSV such as a registry (number, title), or a text with one title or number per line. Goes out: entries.
Refuses what is no UTF-8 text.
"""

from pathlib import Path

from extractor.corpus.registry import RegistryEntry, load_registry
from extractor.errors import BadConfig, MissingPath
from extractor.text.comparable import document_number


def load_required(path: Path) -> tuple[RegistryEntry, ...]:
    """Entries in the order of the file, lines that begin with # left out; raises MissingPath, BadConfig."""
    if path.suffix.lower() == ".csv":
        return load_registry(path)
    if not path.is_file():
        raise MissingPath("no such file", where=str(path), remedy="name a CSV or a text file")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadConfig("not UTF-8", where=str(path), remedy="save the list as UTF-8") from fault
    lines = [line.strip() for line in text.splitlines()]
    return tuple(_entry(path.name, line) for line in lines if line and not line.startswith("#"))


def _entry(name: str, line: str) -> RegistryEntry:
    """A number if it ends as one, else a title."""
    if line.endswith("号") and "〔" in document_number(line):
        return RegistryEntry(name, line)
    return RegistryEntry(name, None, line.removeprefix("《").removesuffix("》"))
