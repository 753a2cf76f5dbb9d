"""The output folder: claimed once, used by one run at a time, and every file in it whole or not there."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from extractor.errors import OutputInUse, OutputRefused, SystemFault
from extractor.tables.store import PROGRAM, RUN_FILE, is_ours

# what a run keeps for itself in the output folder
WORK = ".govreport"
_LOCK = "lock"


def claim(output: Path, *, force: bool) -> None:
    """Make the folder ours; refuse one that holds something else."""
    if output.exists() and not output.is_dir():
        raise OutputRefused("not a folder", where=str(output), remedy="name a folder")
    with faults(output):
        if output.is_dir() and any(output.iterdir()) and not is_ours(output) and not force:
            raise OutputRefused(
                "the folder holds something else; nothing was written",
                where=str(output),
                remedy="name an empty or a new folder",
            )
        output.mkdir(parents=True, exist_ok=True)
        if not (output / RUN_FILE).exists():
            write_whole(output / RUN_FILE, json.dumps({"program": PROGRAM, "complete": False}) + "\n")
        (output / WORK).mkdir(exist_ok=True)


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """The folder for this run alone; raises OutputInUse. The lock belongs to the process: it goes when it ends,
    however it ends."""
    path = output / WORK / _LOCK
    with faults(path):
        stream = path.open("a+", encoding="utf-8")
    with stream:
        if not _taken(stream):
            stream.seek(0)
            raise OutputInUse(
                f"another run writes here ({stream.read().strip() or 'unknown'})",
                where=str(output),
                remedy="wait for it, stop it, or name another folder",
            )
        with faults(path):
            stream.seek(0)
            stream.truncate()
            stream.write(f"process {os.getpid()} on {_host()}\n")
            stream.flush()
        yield


def in_use(output: Path) -> bool:
    """True if a run writes into the folder now."""
    try:
        with (output / WORK / _LOCK).open("a+", encoding="utf-8") as stream:
            return not _taken(stream)
    except OSError:
        return False


def _taken(stream: IO[str]) -> bool:
    """True if the lock is ours now."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # a file system without locks: better a run without one than none
        return True
    return True


def _host() -> str:
    import platform

    return platform.node() or "this machine"


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """What the system refuses on the way to or in `path` becomes a SystemFault that says what to do."""
    try:
        yield
    except OSError as fault:
        raise SystemFault.of(fault, path) from fault


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A stream to a file beside `path`, which takes its name when all is written; several processes may do the same.
    Raises SystemFault, and leaves nothing half written."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with faults(path):
            with temporary.open("wb") as stream:
                yield stream
            temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def write_whole(path: Path, text: str) -> None:
    """Whole or not at all; several workers may write the same file."""
    with writing(path) as stream:
        stream.write(text.encode("utf-8", "surrogatepass"))


def write_json(path: Path, value: Any) -> None:
    """The value as JSON, whole or not at all."""
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
