"""Shards: the results of some files each, kept until the merge, so that an interrupted run goes on where it was.

A shard is an Arrow file with a batch per report: its key, status and detail, its text, and for each table the rows as
one compressed Arrow batch. A report is read again without its neighbours. A key is the hash of the content and of the
path; the keys of a shard stand in its metadata, so that a folder of shards is known without reading their rows.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import DamagedFile
from extractor.runs.files import writing
from extractor.tables.columns import arrow_schema, batch_of, rows_of_batch
from extractor.tables.rows import PER_REPORT
from extractor.tables.schema import BY_NAME

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
SUFFIX = ".arrow"
_TEXT = "text"
# shards open at once in the merge, far below the number of files that a process may open (256 on macOS)
_OPEN = 24


@dataclass(frozen=True, slots=True)
class Result:
    """What a file gave: `key`, status, detail of a failure, rows by table, text."""

    key: str
    status: str
    detail: str | None
    tables: Mapping[str, Sequence[Row]]
    text: str | None


def key_of(digest: str, path: str) -> str:
    """The key of a file: it begins with the report's id."""
    return f"{digest[:16]}-{sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def write_shard(folder: Path, results: Sequence[Result]) -> Path:
    """Write the results, whole or not at all; several workers may write the same ones."""
    import pyarrow as pa

    keys = [result.key for result in results]
    names = ("key", "status", "detail", _TEXT, *PER_REPORT)
    fields = [pa.field(name, pa.string() if at < 3 else pa.binary()) for at, name in enumerate(names)]
    schema = pa.schema(fields, metadata={"keys": json.dumps([[r.key, r.status] for r in results])})
    path = folder / f"{sha256(' '.join(keys).encode()).hexdigest()[:20]}{SUFFIX}"
    with writing(path) as stream, pa.ipc.new_file(stream, schema) as file:
        for result in results:
            packed = [_packed(result.tables.get(name), name) for name in PER_REPORT]
            text = None if result.text is None else _compressed(result.text.encode("utf-8", "surrogatepass"))
            values = (result.key, result.status, result.detail, text, *packed)
            arrays = [pa.array([value], field.type) for value, field in zip(values, schema, strict=True)]
            file.write_batch(pa.record_batch(arrays, schema=schema))
    return path


def _packed(rows: Sequence[Row] | None, table: str) -> bytes | None:
    if not rows:
        return None
    return _compressed(batch_of(rows, BY_NAME[table]).serialize())


def _compressed(data: Any) -> bytes:
    import pyarrow as pa

    packed: bytes = pa.compress(data, codec="zstd", asbytes=True)
    return len(data).to_bytes(8, "little") + packed


def _expanded(data: bytes) -> "pa.Buffer":
    import pyarrow as pa

    return pa.decompress(memoryview(data)[8:], int.from_bytes(data[:8], "little"), codec="zstd")


@cache
def _schema(table: str) -> "pa.Schema":
    return arrow_schema(BY_NAME[table])


class Shelf:
    """A folder of shards, opened again: by key what each file gave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # key → shard, place in it, status; the names of shards stand once
        self._places: dict[str, tuple[int, int, str]] = {}
        self._names: list[str] = []
        self._open: OrderedDict[int, Any] = OrderedDict()
        # shards with a forgotten key: the same files, tried again, are written under the same name
        self._stale: set[int] = set()
        self.refresh()

    def refresh(self) -> None:
        """Take up what was written since."""
        known = set(self._names)
        for number in sorted(self._stale):
            self._open.pop(number, None)
            self._take_up(number)
        self._stale.clear()
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            if path.name not in known:
                self._names.append(path.name)
                self._take_up(len(self._names) - 1)

    def _take_up(self, number: int) -> None:
        for at, (key, status) in enumerate(json.loads(self._reader(number).schema.metadata[b"keys"])):
            before = self._places.get(key)
            # a file that failed may have been tried again
            if before is None or before[2] == SourceStatus.FAILED.value:
                self._places[key] = (number, at, status)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def forget(self, key: str) -> None:
        """Take the file as not read; what is written of it from now on holds."""
        self._stale.add(self._places.pop(key)[0])

    def status(self, key: str) -> str:
        """Status of the file."""
        return self._places[key][2]

    def detail(self, key: str) -> str | None:
        """Why the file failed, if it did."""
        found: str | None = self._value(key, "detail")
        return found

    def text(self, key: str) -> str | None:
        """The kept text; None for a file that failed."""
        data = self._value(key, _TEXT)
        return None if data is None else _expanded(data).to_pybytes().decode("utf-8", "surrogatepass")

    def batch(self, key: str, table: str) -> "pa.RecordBatch | None":
        """The rows of a table, with the table's columns; None without any."""
        import pyarrow as pa

        data = self._value(key, table)
        return None if data is None else pa.ipc.read_record_batch(_expanded(data), _schema(table))

    def rows(self, key: str, table: str) -> list[Row]:
        """The rows of a table."""
        batch = self.batch(key, table)
        return [] if batch is None else rows_of_batch(batch)

    def unused(self, keys: set[str]) -> list[Path]:
        """Shards that hold none of these keys."""
        used = {self._places[key][0] for key in keys}
        return [self.folder / name for number, name in enumerate(self._names) if number not in used]

    def close(self) -> None:
        """Let go of open files."""
        self._open.clear()

    def _value(self, key: str, column: str) -> Any:
        number, at, _ = self._places[key]
        return self._reader(number).get_batch(at).column(column)[0].as_py()

    def _reader(self, number: int) -> Any:
        import pyarrow as pa

        found = self._open.get(number)
        if found is None:
            path = self.folder / self._names[number]
            try:
                found = self._open[number] = pa.ipc.open_file(pa.OSFile(str(path)))
            except pa.ArrowInvalid as fault:
                raise DamagedFile("no shard", where=str(path), remedy="delete it; its files are read again") from fault
            if len(self._open) > _OPEN:
                self._open.popitem(last=False)
        else:
            self._open.move_to_end(number)
        return found
