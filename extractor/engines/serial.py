"""One after the other, in this process: nothing can be stopped from outside, so no limit holds."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractor.engines import Function, Limits, Start


def map_bundles(
    function: Function, bundles: Iterable[Sequence[Any]], workers: int, start: Start, limits: Limits
) -> Iterator[Any]:
    """Results in the order of the bundles; `workers` and `limits` change nothing."""
    start.function(*start.arguments)
    for bundle in bundles:
        yield function(bundle, _nothing)


def _nothing() -> None:
    """Nobody watches."""
