"""The walk: folders, globs, zips; what must not be opened is reported, not opened."""

import bz2
import gzip
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import ArchiveLimit, DamagedFile, EncryptedFile, MissingPath
from extractor.reading.archives.walk import walk


def packed(members: dict[str, bytes], **options: int) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return raw.getvalue()


def test_a_folder_is_walked_in_sorted_order_with_relative_paths(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert [member.path for member in walk([tmp_path])] == ["a.txt", "b/1.txt", "b/2.txt"]
    assert [member.path for member in walk([tmp_path / "b", tmp_path / "a.txt"])] == ["a.txt", "b/1.txt", "b/2.txt"]
    assert [member.path for member in walk([tmp_path / "a.txt"])] == ["a.txt"]


def test_zips_nest_and_their_members_can_be_read(tmp_path: Path) -> None:
    inner = packed({"c.txt": b"deep"})
    (tmp_path / "a.zip").write_bytes(packed({"x/b.txt": b"one", "in.zip": inner}))
    members = walk([tmp_path])
    assert [(member.path, member.read()) for member in members] == [
        ("a.zip!/in.zip!/c.txt", b"deep"),
        ("a.zip!/x/b.txt", b"one"),
    ]


def test_names_of_old_archivers_are_gb18030(tmp_path: Path) -> None:
    data = packed({"x" * 8: b"one"}).replace(b"x" * 8, "报告年度".encode("gb18030"))
    (tmp_path / "a.zip").write_bytes(data)
    assert [member.path for member in walk([tmp_path])] == ["a.zip!/报告年度"]


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"../evil.txt": b"x"}, "points outside"),
        ({"/etc/evil.txt": b"x"}, "points outside"),
    ],
)
def test_members_that_point_outside_fail(tmp_path: Path, members: dict[str, bytes], word: str) -> None:
    (tmp_path / "a.zip").write_bytes(packed(members))
    (member,) = walk([tmp_path])
    assert member.status is SourceStatus.FAILED
    assert "[E211]" in str(member.detail)
    assert word in str(member.detail)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": b"0" * 40_000_000}))
    (member,) = walk([tmp_path])
    with pytest.raises(ArchiveLimit):
        member.read()


def test_nesting_has_an_end(tmp_path: Path) -> None:
    data = packed({"a.txt": b"x"})
    for _ in range(5):
        data = packed({"n.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    (member,) = walk([tmp_path])
    assert member.status is SourceStatus.FAILED
    assert "nested deeper" in str(member.detail)


def test_a_broken_and_a_locked_zip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nonsense")
    (member,) = walk([tmp_path])
    assert member.status is SourceStatus.FAILED
    assert DamagedFile.code in str(member.detail)
    locked = bytearray(packed({"a.txt": b"secret"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(locked))
    (member,) = walk([tmp_path])
    with pytest.raises(EncryptedFile):
        member.read()


def test_helper_files_and_links_are_skipped_with_a_reason(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$a.docx", "a.csv", "b.png"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.csv")
    members = walk([tmp_path])
    assert {member.status for member in members} == {SourceStatus.SKIPPED}
    assert all(member.detail for member in members)


def test_a_missing_path_is_an_error() -> None:
    with pytest.raises(MissingPath, match="no-such-place"):
        walk([Path("no-such-place")])


def tarred(members: dict[str, bytes], mode: str = "w", **options: object) -> bytes:
    raw = BytesIO()
    with tarfile.open(fileobj=raw, mode=mode, **options) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return raw.getvalue()


def seven_zipped(members: dict[str, bytes], **options: object) -> bytes:
    py7zr = pytest.importorskip("py7zr")
    raw = BytesIO()
    with py7zr.SevenZipFile(raw, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return raw.getvalue()


PACKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    ".zip": packed,
    ".tar": tarred,
    ".tar.gz": lambda members: tarred(members, "w:gz"),
    ".tgz": lambda members: tarred(members, "w:gz"),
    ".tar.bz2": lambda members: tarred(members, "w:bz2"),
    ".tar.xz": lambda members: tarred(members, "w:xz"),
    ".gz": lambda members: tarred(members, "w:gz"),
    ".7z": seven_zipped,
}


@pytest.mark.parametrize("suffix", PACKERS)
def test_every_kind_of_archive_is_walked_and_nests_in_every_other(tmp_path: Path, suffix: str) -> None:
    inner = {other: pack({"丙.txt": b"deep"}) for other, pack in PACKERS.items() if other != ".7z" or suffix == ".7z"}
    members = {"甲/乙.txt": "一".encode(), **{f"n{other}": data for other, data in inner.items()}}
    (tmp_path / f"a{suffix.upper()}").write_bytes(PACKERS[suffix](members))
    found = {member.path: member.read() for member in walk([tmp_path])}
    root = f"a{suffix.upper()}!/"
    assert found == {f"{root}甲/乙.txt": "一".encode(), **{f"{root}n{other}!/丙.txt": b"deep" for other in inner}}
    # in another order, as workers do
    assert [member.read() for member in reversed(walk([tmp_path]))] == [
        found[path] for path in sorted(found, reverse=True)
    ]


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)],
    ids=("gz", "bz2", "xz"),
)
def test_a_single_compressed_file_is_that_file(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / f"年报.txt{suffix}").write_bytes(pack("一、".encode()))
    (member,) = walk([tmp_path])
    assert (member.path, member.read()) == (f"年报.txt{suffix}!/年报.txt", "一、".encode())


def test_links_and_devices_in_archives_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"outside")
    raw = BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for name, kind in (
            ("a", tarfile.SYMTYPE),
            ("b", tarfile.LNKTYPE),
            ("c", tarfile.FIFOTYPE),
            ("d", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(f"{name}.txt")
            info.type, info.linkname = kind, str(secret)
            archive.addfile(info)
    (tmp_path / "x.tar").write_bytes(raw.getvalue())
    link = zipfile.ZipInfo("e.txt")
    link.external_attr = 0o120777 << 16
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as packed_links:
        packed_links.writestr(link, str(secret))
    (tmp_path / "y.zip").write_bytes(raw.getvalue())
    members = [member for member in walk([tmp_path]) if "!/" in member.path]
    assert [member.status for member in members] == [SourceStatus.SKIPPED] * 5
    assert all("link" in str(member.detail) or "regular" in str(member.detail) for member in members)


@pytest.mark.parametrize("name", ["../e.txt", "/e.txt", "a/../../e.txt", "C:/e.txt", "..\\e.txt"])
@pytest.mark.parametrize("suffix", [".tar", ".zip"])
def test_no_kind_lets_a_member_out(tmp_path: Path, suffix: str, name: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(PACKERS[suffix]({name: b"x", "good.txt": b"y"}))
    members = walk([tmp_path])
    assert {member.status for member in members} == {SourceStatus.FAILED, None}
    assert any("points outside" in str(member.detail) for member in members)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "cp437"])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_come_out_as_they_were_written(tmp_path: Path, encoding: str, kind: str) -> None:
    if kind == "zip":
        name = "报告 2021年度.txt" if encoding != "cp437" else "caf\xe9 \xfc.txt"
        holder = b"x" * len(name.encode(encoding))
        data = packed({holder.decode(): b"one"}).replace(holder, name.encode(encoding))
    else:
        name = "报告 2021年度.txt"
        data = tarred({name: b"one"}, format=tarfile.GNU_FORMAT, encoding=encoding if encoding != "cp437" else "utf-8")
    (tmp_path / f"a.{kind}").write_bytes(data)
    assert [member.path for member in walk([tmp_path])] == [f"a.{kind}!/{name}"]


@pytest.mark.parametrize(("old", "shown"), [("x.txt", "年报.txt"), ("y.txt", "x.txt")])
def test_the_unicode_field_of_a_zip_counts_more_than_the_old_name_that_it_is_for(
    tmp_path: Path, old: str, shown: str
) -> None:
    name = "年报.txt".encode()
    info = zipfile.ZipInfo("x.txt")
    info.extra = struct.pack("<HHBL", 0x7075, len(name) + 5, 1, zlib.crc32(old.encode())) + name
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(info, b"one")
    (tmp_path / "a.zip").write_bytes(raw.getvalue())
    assert [member.path for member in walk([tmp_path])] == [f"a.zip!/{shown}"]


def wrongly_marked(members: dict[str, bytes], wrong: set[str], *, in_front: bytes = b"", behind: bytes = b"") -> bytes:
    """A zip whose names are all marked as UTF-8; the `wrong` ones are written in GBK."""
    holders = {name: "汉" + str(at) * (len(name.encode("gbk")) - 3) for at, name in enumerate(wrong)}
    data = packed({holders.get(name, name): content for name, content in members.items()})
    for name, holder in holders.items():
        assert data.count(holder.encode()) == 2
        data = data.replace(holder.encode(), name.encode("gbk"))
    return in_front + data[:-2] + len(behind).to_bytes(2, "little") + behind


@pytest.mark.parametrize(
    "around",
    [{}, {"in_front": b"MZ" * 50}, {"behind": "说明".encode("gbk") * 90}],
    ids=["alone", "in front", "comment"],
)
@pytest.mark.parametrize("nested", [False, True])
def test_names_marked_as_utf8_that_are_gbk_are_read(tmp_path: Path, around: dict[str, bytes], nested: bool) -> None:
    members = {"甲镇年报.txt": b"one", "乙县.txt": b"two", "报告/丙.txt": b"three", "d.txt": b"four"}
    data = wrongly_marked(members, {"甲镇年报.txt", "报告/丙.txt"}, **around)
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"in.zip": data}) if nested else data)
    before = file.read_bytes()
    found = {member.path.rpartition("zip!/")[2]: member.read() for member in walk([tmp_path])}
    assert found == members
    assert file.read_bytes() == before


def test_a_wrong_mark_hides_no_damage(tmp_path: Path) -> None:
    members = {"甲镇年报.txt": b"one" * 50, "乙县.txt": b"two"}
    data = bytearray(wrongly_marked(members, {"甲镇年报.txt"}))
    at = data.index("甲镇年报.txt".encode("gbk")) + 14
    data[at : at + 3] = b"\xff\xff\xff"
    (tmp_path / "a.zip").write_bytes(data)
    bad, good = sorted(walk([tmp_path]), key=lambda member: member.path, reverse=True)
    assert good.read() == b"two"
    with pytest.raises(DamagedFile):
        bad.read()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_two_files(tmp_path: Path) -> None:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.txt", b"one")
        archive.writestr("a.txt", b"two")
    (tmp_path / "a.zip").write_bytes(raw.getvalue())
    assert [(m.path, m.read()) for m in walk([tmp_path])] == [("a.zip!/a.txt", b"one"), ("a.zip!/a.txt#2", b"two")]


def test_litter_is_skipped_in_every_kind_and_counted(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.txt", "._b.txt", ".DS_Store", "~$c.docx", "Thumbs.db", "d/desktop.ini", "e.txt"]
    for suffix in (".zip", ".tar.gz"):
        (tmp_path / f"a{suffix}").write_bytes(PACKERS[suffix](dict.fromkeys(names, b"x")))
    members = walk([tmp_path])
    assert len(members) == 2 * len(names)
    assert [m.path.rpartition("/")[2] for m in members if m.status is None] == ["e.txt", "e.txt"]


@pytest.mark.parametrize("suffix", [".tar.gz", ".gz", ".tar.xz", ".7z"])
def test_no_kind_unpacks_a_bomb(tmp_path: Path, suffix: str) -> None:
    data = PACKERS[suffix]({"a.txt": b"0" * 40_000_000, "b.txt": b"x"})
    (tmp_path / f"a{suffix}").write_bytes(data)
    for member in walk([tmp_path]):
        if member.status is None and member.path.endswith("a.txt"):
            with pytest.raises(ArchiveLimit):
                member.read()
        elif member.status is not None:
            assert "[E211]" in str(member.detail)


def test_one_locked_member_does_not_stop_the_others(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"secret", "b.txt": b"open"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(data))
    locked, opened = walk([tmp_path])
    with pytest.raises(EncryptedFile):
        locked.read()
    assert opened.read() == b"open"


def test_a_locked_7z_says_so_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.7z").write_bytes(seven_zipped({"a.txt": b"secret"}, password="x"))
    (tmp_path / "b.7z").write_bytes(seven_zipped({"a.txt": b"secret"}, password="x", header_encryption=True))
    (tmp_path / "c.7z").write_bytes(seven_zipped({"a.txt": b"open"}))
    first, second, third = walk([tmp_path])
    with pytest.raises(EncryptedFile):
        first.read()
    assert "[E204]" in str(second.detail)
    assert third.read() == b"open"


def test_a_7z_without_its_library_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.reading.archives.seven_zip.find_spec", lambda name: None)
    (tmp_path / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    (member,) = walk([tmp_path])
    assert "[E302]" in str(member.detail)
    assert "govreport[7z]" in str(member.detail)


def test_a_rar_and_broken_archives_say_what_to_do(tmp_path: Path) -> None:
    for suffix in (".rar", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z"):
        (tmp_path / f"a{suffix}").write_bytes(b"no such thing")
    members = walk([tmp_path])
    assert {member.status for member in members} == {SourceStatus.FAILED}
    assert all("→" in str(member.detail) for member in members)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (member,) = walk([tmp_path])
    assert member.status is SourceStatus.SKIPPED


def test_every_member_has_its_row_and_tables_are_the_same_twice(tmp_path: Path) -> None:
    from extractor.runs.batch import Options, run

    text = "一、主要做法\n全年办结案件12件。\n".encode()
    members = {"甲.txt": text, "乙.txt": text + b"\n", "~$x.docx": b"x", "丙.txt": b""}
    (tmp_path / "in").mkdir()
    for suffix in (".zip", ".tar.gz"):
        (tmp_path / "in" / f"a{suffix}").write_bytes(PACKERS[suffix](members))
    written = []
    for turn in ("one", "two"):
        summary = run([tmp_path / "in"], tmp_path / turn, Options(), workers=1)
        assert summary.files == {"extracted": 2, "duplicate": 3, "failed": 1, "skipped": 2}
        written.append({path.name: path.read_bytes() for path in (tmp_path / turn).glob("*.csv")})
    assert written[0] == written[1]
