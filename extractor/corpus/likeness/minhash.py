"""Which wordings are nearly alike: MinHash over pairs of characters, banded (LSH).

A wording is held against the first and the last wording before it of each bucket that it falls into, so the work grows
with the number of wordings, not with its square. Bands are hashed by constants that come from SHA-256: the same
wordings always give the same pairs. What is held where is decided by the caller (standings.py): for an archive that
does not fit into memory, hashes and pairs lie on disk.
"""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from extractor.corpus.likeness.passages import shingles

ALIKE = 0.7
# 10 bands of 4: finds 94 of 100 pairs that share 0.7 of their pairs of characters, 99.5 of those that share 0.8
BANDS = 10
_ROWS = 4
_FOLD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


def jaccard(left: str, right: str) -> float:
    """Pairs of characters that both have, as a share of those that either has.

    >>> jaccard("定期开展案卷评查", "定期开展案卷评议")
    0.75
    """
    one, other = shingles(left), shingles(right)
    common = len(one & other)
    either = len(one) + len(other) - common
    return round(common / either, 4) if either else 1.0


def signatures(wordings: Sequence[str]) -> Hashes:
    """A row per wording, a column per band: the band's hash."""
    factors, shifts = _constants("factor") | np.uint64(1), _constants("shift")
    bands = np.zeros((len(wordings), BANDS), dtype=np.uint64)
    for at, wording in enumerate(wordings):
        codes = np.frombuffer(wording.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
        pairs = codes[:-1] * np.uint64(0x110000) + codes[1:]
        if not len(pairs):
            continue
        least = ((pairs[:, None] * factors + shifts) >> np.uint64(24)).min(axis=0)
        bands[at] = (least.reshape(BANDS, _ROWS) * _FOLD).sum(axis=1, dtype=np.uint64)
    return bands


def _constants(name: str) -> Hashes:
    digests = (sha256(f"{name}{at}".encode()).digest()[:8] for at in range(BANDS * _ROWS))
    return np.array([int.from_bytes(digest, "big") for digest in digests], dtype=np.uint64)


def met(bands: npt.NDArray[np.uint8], values: Hashes, places: Places) -> tuple[Places, Places]:
    """Later and earlier places: each with the first and with the last before it of the same band and value."""
    order = np.lexsort((places, values, bands))
    bands, values, places = bands[order], values[order], places[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (values[1:] != values[:-1]) | (bands[1:] != bands[:-1])
    first = places[np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))]
    behind = np.flatnonzero(~fresh)
    return np.concatenate([places[behind]] * 2), np.concatenate([first[behind], places[behind - 1]])
