"""One after the other, in this process."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any


def map_unordered(
    function: Callable[[Any], Any],
    items: Iterable[Any],
    workers: int,
    initializer: Callable[..., None],
    arguments: tuple[Any, ...],
) -> Iterator[Any]:
    """Results in the order of the items; `workers` changes nothing."""
    initializer(*arguments)
    for item in items:
        yield function(item)
