"""Engines: one verb, map a function over items, in any order. ENGINES by name, imported when chosen."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from extractor.errors import BadConfig

Mapper = Callable[[Callable[[Any], Any], Iterable[Any], int, Callable[..., None], tuple[Any, ...]], Iterator[Any]]
ENGINES = {"serial": "extractor.engines.serial", "processes": "extractor.engines.processes"}


def engine(name: str) -> Mapper:
    """The mapper of that name; raises BadConfig."""
    if name not in ENGINES:
        raise BadConfig(f"no engine {name}", remedy="known: " + ", ".join(ENGINES))
    mapper: Mapper = import_module(ENGINES[name]).map_unordered
    return mapper
