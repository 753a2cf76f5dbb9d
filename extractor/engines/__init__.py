"""Engines: one verb, map a function over bundles of items, in any order. ENGINES by name, imported when chosen.

`function(items, begin)` gets a bundle, calls `begin()` before each item, and returns one result for all of them. An
engine that can tell which item hung or killed its process gives Lost for it and gives the rest of the bundle out again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any, Protocol

from extractor.errors import BadConfig

Function = Callable[[Sequence[Any], Callable[[], None]], Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: seconds, and bytes of memory beyond what the process has already; None for no limit."""

    seconds: float | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What a process does before its first bundle: `function(*arguments)`."""

    function: Callable[..., None]
    arguments: tuple[Any, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of an item that was given up: it took too long, or its process died on it twice."""

    item: Any
    timed_out: bool = False


class Mapper(Protocol):
    """An engine."""

    def __call__(
        self, function: Function, bundles: Iterable[Sequence[Any]], workers: int, start: Start, limits: Limits
    ) -> Iterator[Any]:
        """Results of bundles as they come, and Lost items."""


ENGINES = {
    "serial": "extractor.engines.serial",
    "processes": "extractor.engines.processes",
    "dask": "extractor.engines.dask",
}


def engine(name: str, **settings: str) -> Mapper:
    """The mapper of that name, with its own settings (`scheduler` of dask); raises BadConfig."""
    if name not in ENGINES:
        raise BadConfig(f"no engine {name}", remedy="known: " + ", ".join(ENGINES))
    found = import_module(ENGINES[name]).map_bundles
    mapper: Mapper = partial(found, **settings) if settings else found
    return mapper
