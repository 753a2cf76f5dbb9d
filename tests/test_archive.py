"""The door: folders, globs, zips; what must not be opened is told, not opened."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractor.datamodel.vocabulary import SourceStatus
from extractor.errors import DamagedFile, EncryptedFile, MissingPath
from extractor.reading.archive import walk


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
    from extractor.errors import ArchiveLimit

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
