"""The door: folders, files and zip archives, walked in sorted order.

Comes in: paths as the user named them. Goes out: one Member per file met, each of which can read its bytes,
in another process too; what must not be opened carries the reason instead. Nothing is unpacked to disk.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from os.path import commonpath
from pathlib import Path, PurePosixPath

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import ArchiveLimit, DamagedFile, EncryptedFile, GovreportError, MissingPath

# Limits on zip members. A report is text: nothing honest packs 300 times smaller.
_DEPTH = 3
_MEMBERS = 200_000
_MEMBER_BYTES = 256 * 1024 * 1024
_RATIO = 300
_RATIO_FROM = 1024 * 1024
_IGNORED_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"})
_OTHER_SUFFIXES = frozenset(
    ".csv .json .xml .xls .xlsx .ppt .pptx .png .jpg .jpeg .gif .bmp .tif .tiff .svg .ico .css .js "  # noqa: SIM905
    ".mp3 .mp4 .avi .mov .exe .dll .py .toml .yaml .yml .ini .log .parquet .duckdb .sqlite .woff .woff2 .ttf".split()
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive. `path` is relative to the archive root (`a.zip!/b.pdf`); `inner` are the
    places inside nested zips. `status` and `detail` say why it will not be read, if so."""

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
        return _member_bytes(archive, archive.infolist()[self.inner[-1]], self.path)


@lru_cache(maxsize=4)
def _opened(file: Path, inner: tuple[int, ...], modified: int) -> zipfile.ZipFile:
    """A zip, or one nested in it, kept open: its members are read one by one, in their order."""
    if not inner:
        return zipfile.ZipFile(file)
    around = _opened(file, inner[:-1], modified)
    return zipfile.ZipFile(BytesIO(_member_bytes(around, around.infolist()[inner[-1]], str(file))))


def walk(paths: Iterable[Path]) -> list[Member]:
    """All files under the paths, by path; raises MissingPath for a path that does not exist."""
    named = [Path(path) for path in paths]
    for path in named:
        if not path.exists():
            raise MissingPath("no such file or folder", where=str(path), remedy="check the path")
    root = _root(named)
    found: dict[str, Member] = {}
    for path in named:
        for file in _files(path):
            if file.is_symlink():
                name = _relative(file, root)
                found[name] = Member(name, file, (), SourceStatus.SKIPPED, "a symbolic link")
                continue
            for member in _members(file, _relative(file, root)):
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


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir() and not path.is_symlink():
        for child in sorted(path.iterdir(), key=lambda p: p.name):
            yield from _files(child)
    else:
        yield path


def _members(file: Path, name: str) -> Iterator[Member]:
    """The file itself, or what the zip holds."""
    reason = _ignored(PurePosixPath(name))
    if reason:
        yield Member(name, file, (), SourceStatus.SKIPPED, reason)
    elif file.suffix.lower() == ".zip":
        yield from _zip_members(file, name, (), lambda: file)
    else:
        yield Member(name, file)


def _ignored(path: PurePosixPath) -> str | None:
    if path.name.startswith(("~$", "._")) or any(part in _IGNORED_NAMES for part in path.parts):
        return "a helper file of the system"
    if path.suffix.lower() in _OTHER_SUFFIXES:
        return f"{path.suffix.lower()} is no format of reports"
    return None


def _zip_members(file: Path, name: str, inner: tuple[int, ...], load: Callable[[], bytes | Path]) -> Iterator[Member]:
    """Members of a zip, nested zips included; a fault becomes one failed Member."""
    try:
        data = load()
        with zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data) as archive:
            entries = archive.infolist()
            if len(entries) > _MEMBERS:
                raise ArchiveLimit("too many members", where=name, remedy="split the archive")
            for index, entry in enumerate(entries):
                if entry.is_dir():
                    continue
                yield from _entry(file, f"{name}!/{_name(entry)}", (*inner, index), archive, entry)
    except GovreportError as fault:
        yield Member(name, file, inner, SourceStatus.FAILED, fault.detail)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        broken = DamagedFile(f"the zip cannot be opened ({fault})", where=name, remedy="fetch it again")
        yield Member(name, file, inner, SourceStatus.FAILED, broken.detail)


def _entry(
    file: Path,
    path: str,
    inner: tuple[int, ...],
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
) -> Iterator[Member]:
    name = path.rpartition("!/")[2]
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or ":" in pure.parts[0]:
        fault = ArchiveLimit("a member that points outside", where=path, remedy="do not trust this archive")
        yield Member(path, file, inner, SourceStatus.FAILED, fault.detail)
        return
    reason = _ignored(pure)
    if reason:
        yield Member(path, file, inner, SourceStatus.SKIPPED, reason)
    elif pure.suffix.lower() == ".zip":
        if len(inner) >= _DEPTH:
            fault = ArchiveLimit(f"nested deeper than {_DEPTH}", where=path, remedy="unpack it once")
            yield Member(path, file, inner, SourceStatus.FAILED, fault.detail)
        else:
            yield from _zip_members(file, path, inner, lambda: _member_bytes(archive, entry, path))
    else:
        yield Member(path, file, inner)


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name; old archivers wrote GB18030 without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding).replace("\\", "/")
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _member_bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> bytes:
    if entry.flag_bits & 0x1:
        raise EncryptedFile("the member asks for a password", where=path, remedy="unpack it first")
    packed = max(entry.compress_size, 1)
    if entry.file_size > _MEMBER_BYTES or (entry.file_size > _RATIO_FROM and entry.file_size / packed > _RATIO):
        raise ArchiveLimit(f"a member of {entry.file_size} bytes out of {packed}", where=path, remedy="unpack it first")
    try:
        with archive.open(entry) as stream:
            data = stream.read(_MEMBER_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
        raise DamagedFile(
            f"the member cannot be unpacked ({fault})", where=path, remedy="fetch the archive again"
        ) from fault
    if len(data) > _MEMBER_BYTES:
        raise ArchiveLimit("a member beyond the limit", where=path, remedy="unpack it first")
    return data
