"""What a question sets aside on disk, so that memory does not grow with the archive.

Comes in: records of fixed width (numpy) or rows of a report. Goes out: the same, by bucket, by place or by report.
The files have no names: they vanish with the process, however it ends.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

Records = npt.NDArray[Any]
Row = dict[str, Any]
# bytes that are held before they are written
_HELD = 1 << 22


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of at most `size`."""
    left = iter(rows)
    while held := list(islice(left, size)):
        yield held


class Buckets:
    """Records spread over buckets; a bucket is read whole, in the order in which its records came."""

    def __init__(self, fields: Sequence[tuple[str, str]], count: int, folder: Path | None = None) -> None:
        self.count = count
        self._type = np.dtype(list(fields))
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  lives as long as the buckets
        self._parts: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self._buffers: list[list[Records]] = [[] for _ in range(count)]
        self._held = 0

    def add(self, buckets: Records, **columns: Records) -> None:
        """Append records, each to its bucket."""
        records = np.empty(len(buckets), self._type)
        for name, values in columns.items():
            records[name] = values
        order = np.argsort(buckets, kind="stable")
        cuts = np.searchsorted(buckets[order], np.arange(self.count + 1))
        records = records[order]
        for bucket in range(self.count):
            if cuts[bucket] < cuts[bucket + 1]:
                self._buffers[bucket].append(records[cuts[bucket] : cuts[bucket + 1]])
        self._held += records.nbytes
        if self._held > _HELD:
            self._flush()

    def _flush(self) -> None:
        for bucket, held in enumerate(self._buffers):
            if held:
                data = np.concatenate(held).tobytes()
                self._parts[bucket].append((self._file.seek(0, 2), len(data)))
                self._file.write(data)
                held.clear()
        self._held = 0

    def read(self, bucket: int) -> Records:
        """All records of a bucket."""
        self._flush()
        data = bytearray()
        for at, length in self._parts[bucket]:
            self._file.seek(at)
            data += self._file.read(length)
        return np.frombuffer(bytes(data), self._type)


class Slices:
    """Records by place: written and read by stretches."""

    def __init__(self, fields: Sequence[tuple[str, str]], folder: Path | None = None) -> None:
        self._type = np.dtype(list(fields))
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  lives as long as the slices

    def write(self, start: int, records: Records) -> None:
        """Records from place `start` on."""
        self._file.seek(start * self._type.itemsize)
        self._file.write(records.astype(self._type, copy=False).tobytes())

    def read(self, start: int, stop: int) -> Records:
        """Records of the places from start to stop."""
        self._file.seek(start * self._type.itemsize)
        return np.frombuffer(self._file.read((stop - start) * self._type.itemsize), self._type)


class Texts:
    """Texts by place in one file."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  lives as long as the texts
        self._end = 0

    def append(self, text: str) -> tuple[int, int]:
        """Where the text stands: place and length in bytes."""
        data = text.encode("utf-8", "surrogatepass")
        self._file.seek(self._end)
        self._file.write(data)
        self._end += len(data)
        return self._end - len(data), len(data)

    def read(self, at: int, length: int) -> str:
        """The text at that place."""
        self._file.seek(at)
        return self._file.read(length).decode("utf-8", "surrogatepass")


class RowFile:
    """Rows by key."""

    def __init__(self, folder: Path | None = None) -> None:
        self._texts = Texts(folder)
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep the rows under the key."""
        if rows:
            self._places[key] = self._texts.append(json.dumps(rows, ensure_ascii=False, default=str))

    def get(self, key: str) -> list[Row]:
        """The rows of the key; none if there are none."""
        if key not in self._places:
            return []
        found: list[Row] = json.loads(self._texts.read(*self._places[key]))
        return found


class RowBuckets:
    """Rows spread over buckets; a bucket is read whole."""

    def __init__(self, count: int, folder: Path | None = None) -> None:
        self.count = count
        self._texts = Texts(folder)
        self._parts: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self._held: list[list[Mapping[str, Any]]] = [[] for _ in range(count)]

    def add(self, bucket: int, row: Mapping[str, Any]) -> None:
        """Append a row to its bucket."""
        self._held[bucket].append(row)
        if len(self._held[bucket]) >= 1000:
            self._flush(bucket)

    def _flush(self, bucket: int) -> None:
        if self._held[bucket]:
            self._parts[bucket].append(self._texts.append(json.dumps(self._held[bucket], ensure_ascii=False)))
            self._held[bucket] = []

    def read(self, bucket: int) -> list[Row]:
        """The rows of a bucket, in the order in which they came."""
        self._flush(bucket)
        return [row for place in self._parts[bucket] for row in json.loads(self._texts.read(*place))]
