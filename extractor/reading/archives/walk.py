"""The walk: folders, files and archives (zip, tar, gz, bz2, xz, 7z), walked in sorted order.

Comes in: paths as the user named them. Goes out: one Member per file met, each of which can read its bytes,
in another process too; what must not be opened carries the reason instead. Nothing is unpacked to disk.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from os.path import commonpath
from pathlib import Path, PurePosixPath

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import ArchiveLimit, GovreportError, MissingPath, SystemFault, UnsupportedFormat
from extractor.reading.archives.containers import Container, open_container, suffix_of
from extractor.reading.archives.limits import MEMBERS, TOTAL_BYTES
from extractor.reading.archives.member_names import points_outside

# an archive inside an archive, three deep
_DEPTH = 3
_IGNORED_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"})
_OTHER_SUFFIXES = frozenset(
    ".csv .json .xml .xls .xlsx .ppt .pptx .png .jpg .jpeg .gif .bmp .tif .tiff .svg .ico .css .js "  # noqa: SIM905
    ".mp3 .mp4 .avi .mov .exe .dll .py .toml .yaml .yml .ini .log .parquet .duckdb .sqlite .woff .woff2 .ttf".split()
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive. `path` is relative to the archive root (`a.zip!/b.pdf`); `inner` are the
    places inside nested archives. `status` and `detail` say why it will not be read, if so."""

    path: str
    file: Path
    inner: tuple[int, ...] = ()
    status: SourceStatus | None = None
    detail: str | None = None

    def read(self) -> bytes:
        """The bytes; raises ReadingError for a broken archive."""
        if not self.inner:
            return self.file.read_bytes()
        archive = _opened(self.file, self.inner[:-1], self.file.stat().st_mtime_ns)
        return archive.read(self.inner[-1], self.path)


@lru_cache(maxsize=4)
def _opened(file: Path, inner: tuple[int, ...], modified: int) -> Container:
    """An archive, or one nested in it, kept open: its members are read one by one, in their order."""
    if not inner:
        return open_container(file, file.name)
    around = _opened(file, inner[:-1], modified)
    return open_container(around.read(inner[-1], str(file)), around.entries[inner[-1]].name)


@dataclass(slots=True)
class _Budget:
    """What one file on disk may unfold to, nested archives included."""

    members: int = 0
    bytes: int = 0

    def spend(self, members: int, size: int, where: str) -> None:
        self.members += members
        self.bytes += size
        if self.members > MEMBERS or self.bytes > TOTAL_BYTES:
            raise ArchiveLimit("archives inside it unfold beyond the limit", where=where, remedy="unpack it first")


def walk(paths: Iterable[Path], leave_out: Callable[[Path], bool] | None = None) -> list[Member]:
    """All files under the paths, by path; raises MissingPath for a path that does not exist. Folders below a named
    one of which `leave_out` says so are passed by."""
    named = [Path(path) for path in paths]
    for path in named:
        if not path.exists():
            raise MissingPath("no such file or folder", where=str(path), remedy="check the path")
    root = _root(named)
    found: dict[str, Member] = {}
    for path in named:
        for file, fault in _files(path, leave_out or _none):
            name = _relative(file, root)
            if fault is not None:
                detail = SystemFault.of(fault, name).detail
                found[name] = Member(name, file, (), SourceStatus.FAILED, detail)
            elif file.is_symlink():
                found[name] = Member(name, file, (), SourceStatus.SKIPPED, "a symbolic link")
            else:
                for member in _members(file, name):
                    found.setdefault(member.path, member)
    return [found[path] for path in sorted(found)]


def _root(paths: list[Path]) -> Path:
    """What source paths are relative to: the folder itself, or what several paths share."""
    absolute = [path.absolute() for path in paths]
    if len(absolute) == 1:
        return absolute[0] if absolute[0].is_dir() else absolute[0].parent
    return Path(commonpath([path.parent for path in absolute]))


def _relative(file: Path, root: Path) -> str:
    return file.absolute().relative_to(root).as_posix()


def _files(path: Path, leave_out: Callable[[Path], bool]) -> Iterator[tuple[Path, OSError | None]]:
    """Files below a path; a folder that cannot be read, with the reason."""
    if not path.is_dir() or path.is_symlink():
        yield path, None
        return
    try:
        children = sorted(path.iterdir(), key=lambda child: child.name)
    except OSError as fault:
        yield path, fault
        return
    for child in children:
        if not (child.is_dir() and leave_out(child)):
            yield from _files(child, leave_out)


def _none(folder: Path) -> bool:
    return False


def _members(file: Path, name: str) -> Iterator[Member]:
    """The file itself, or what the archive holds."""
    reason = _ignored(PurePosixPath(name))
    if reason:
        yield Member(name, file, (), SourceStatus.SKIPPED, reason)
    elif not file.is_file():
        # a pipe would be waited for without end
        yield Member(name, file, (), SourceStatus.SKIPPED, "no regular file")
    elif suffix_of(name):
        yield from _unfolded(file, name, (), file, _Budget())
    else:
        yield _plain(file, name, ())


def _ignored(path: PurePosixPath) -> str | None:
    if path.name.startswith(("~$", "._")) or any(part in _IGNORED_NAMES for part in path.parts):
        return "a helper file of the system"
    if path.suffix.lower() in _OTHER_SUFFIXES:
        return f"{path.suffix.lower()} is no format of reports"
    return None


def _plain(file: Path, path: str, inner: tuple[int, ...]) -> Member:
    if path.lower().endswith(".rar"):
        fault = UnsupportedFormat("rar archives cannot be opened", where=path, remedy="unpack it, name the folder")
        return Member(path, file, inner, SourceStatus.FAILED, fault.detail)
    return Member(path, file, inner)


def _unfolded(file: Path, name: str, inner: tuple[int, ...], source: Path | bytes, budget: _Budget) -> Iterator[Member]:
    """Members of an archive, nested ones included; a fault becomes one failed Member."""
    try:
        archive = open_container(source, name)
        budget.spend(len(archive.entries), 0, name)
    except (GovreportError, OSError) as fault:
        detail = fault.detail if isinstance(fault, GovreportError) else f"[E200] {name}: {fault}"
        yield Member(name, file, inner, SourceStatus.FAILED, detail)
        return
    taken: dict[str, int] = {}
    for index, entry in enumerate(archive.entries):
        if entry.refused == "a folder":
            continue
        # two members of one name are two files
        taken[entry.name] = taken.get(entry.name, 0) + 1
        again = f"#{taken[entry.name]}" if taken[entry.name] > 1 else ""
        path = f"{name}!/{entry.name or '(no name)'}{again}"
        yield from _entry(file, path, (*inner, index), archive, budget)


def _entry(file: Path, path: str, inner: tuple[int, ...], archive: Container, budget: _Budget) -> Iterator[Member]:
    index = inner[-1]
    entry = archive.entries[index]
    reason = entry.refused or _ignored(PurePosixPath(entry.name))
    if points_outside(entry.name):
        fault = ArchiveLimit("a member that points outside", where=path, remedy="do not trust this archive")
        yield Member(path, file, inner, SourceStatus.FAILED, fault.detail)
    elif reason:
        yield Member(path, file, inner, SourceStatus.SKIPPED, reason)
    elif not suffix_of(entry.name):
        yield _plain(file, path, inner)
    elif len(inner) >= _DEPTH:
        fault = ArchiveLimit(f"nested deeper than {_DEPTH}", where=path, remedy="unpack it once")
        yield Member(path, file, inner, SourceStatus.FAILED, fault.detail)
    else:
        try:
            data = archive.read(index, path)
            budget.spend(0, len(data), path)
        except GovreportError as problem:
            yield Member(path, file, inner, SourceStatus.FAILED, problem.detail)
            return
        yield from _unfolded(file, path, inner, data, budget)
