"""Old and foreign office formats: through LibreOffice where it is, with a clear word where it is not."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from word_files import CHINESE, in_list, num, ole, p, packed, r, reading, tbl, tc, tr, word

from extractor.errors import DamagedFile, EncryptedFile, TooLarge, UnsupportedFormat
from extractor.reading import describe
from extractor.reading.word import libreoffice as office
from extractor.reading.word.rtf_lists import with_shown_signs

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here: apt-get install libreoffice-writer")
RTF = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'c8\'ab\'c4\'ea\'b0\'ec\'bd\'e112\par}"
WORD_2003 = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>全年办结12件'
    "</w:t></w:r></w:p></w:body></w:wordDocument>"
).encode()
ODT = "application/vnd.oasis.opendocument.text"
BODY = (
    p("甲镇2021年工作报告")
    + p("工作成效", properties=in_list(5))
    + p("执法办案", properties=in_list(5, 1))
    + p("全年办结", f'<w:del w:id="1" w:author="a">{r("<w:delText>11</w:delText>")}</w:del>', f'<w:ins w:id="2" w:author="a">{r("12")}</w:ins>', "件。")
    + tbl(
        tr(tc("类别", properties='<w:vMerge w:val="restart"/>'), tc("数量", properties='<w:gridSpan w:val="2"/>')),
        tr(tc("", properties="<w:vMerge/>"), "受理", "办结"),
        tr("纠纷", "12", "11"),
    ).replace("<w:tblPr/>", '<w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>')
    + p("存在不足", properties=in_list(5))
)  # fmt: skip
TEXT = "甲镇2021年工作报告\n一、工作成效\n（一）执法办案\n全年办结12件。\n类别\t数量\n受理\t办结\n纠纷\t12\t11\n二、存在不足"


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.rtf", RTF, "application/rtf"),
        ("a.doc", RTF, "application/rtf"),
        ("a.doc", WORD_2003, "application/vnd.ms-word2003ml"),
        ("a.wps", ole("WordDocument"), "application/msword"),
        ("a.odt", packed({"mimetype": ODT, "content.xml": "<a/>"}), ODT),
        ("a.doc", "<html><body><p>全年办结</p></body></html>".encode(), "text/html"),
        ("a.doc", word(p("甲")), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_the_bytes_say_what_a_file_is(name: str, data: bytes, media_type: str) -> None:
    assert describe(name, data, "0" * 64).media_type == media_type


@pytest.mark.parametrize(("name", "data"), [("a.rtf", RTF), ("a.wps", ole("WordDocument")), ("a.xml", WORD_2003)])
def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    monkeypatch.setenv("GOVREPORT_OFFICE", "0")
    with pytest.raises(UnsupportedFormat) as caught:
        reading(data, name)
    assert "libreoffice-writer" in caught.value.detail
    assert "save it as DOCX" in caught.value.detail


def test_locked_cut_and_overlarge_files_need_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVREPORT_OFFICE", "0")
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    odt = {"mimetype": ODT, "content.xml": "<a/>"}
    with pytest.raises(EncryptedFile):
        reading(packed({**odt, "META-INF/manifest.xml": manifest}), "a.odt")
    with pytest.raises(DamagedFile):
        reading(packed(odt), "a.odt")
    monkeypatch.setattr(office, "XML_LIMIT", 3)
    with pytest.raises(TooLarge):
        reading(packed({**odt, "META-INF/manifest.xml": ""}), "a.odt")
    monkeypatch.setattr(office, "_BYTE_LIMIT", 10)
    with pytest.raises(TooLarge):
        reading(RTF, "a.rtf")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A soffice of a few lines."""
    script = folder / "soffice"
    script.write_text(f"#!{sys.executable}\nimport sys, os, time, subprocess\n{code}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("GOVREPORT_OFFICE", str(script))


def test_a_libreoffice_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "child"
    stand_in(
        tmp_path,
        monkeypatch,
        f"child = subprocess.Popen(['sleep', '60'])\nopen({str(note)!r}, 'w').write(str(child.pid))\ntime.sleep(60)",
    )
    monkeypatch.setattr(office, "_SECONDS", 2)
    start = time.monotonic()
    with pytest.raises(DamagedFile, match="more than 2 s"):
        reading(RTF, "a.rtf")
    assert time.monotonic() - start < 20
    assert ended(int(note.read_text()))


def ended(process: int) -> bool:
    """Whether a process is gone, or waits to be buried."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("sys.stderr.write('Error: source file could not be loaded\\n')", "could not be loaded"),
        ("sys.exit(1)", "it printed nothing"),
        ("os.makedirs('out'); open('out/report.docx', 'w').close()", "it printed nothing"),
        ("os.makedirs('out'); open('out/report.docx', 'w').write('x')", "the DOCX cannot be opened"),
    ],
)  # fmt: skip
def test_a_libreoffice_that_fails_is_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, printed: str
) -> None:
    stand_in(tmp_path, monkeypatch, code)
    with pytest.raises(DamagedFile, match=printed):
        reading(RTF, "a.rtf")


def test_each_call_has_a_profile_of_its_own_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(word(p("甲")))
    stand_in(
        tmp_path,
        monkeypatch,
        f"import shutil\nopen({str(tmp_path / 'seen')!r}, 'a').write(sys.argv[1] + '\\n')\nos.makedirs('out')\n"
        f"shutil.copy({str(tmp_path / 'made.docx')!r}, 'out/report.docx')",
    )
    with ThreadPoolExecutor(2) as pool:
        assert {document.text for document in pool.map(lambda _: reading(RTF, "a.rtf"), range(4))} == {"甲"}
    seen = (tmp_path / "seen").read_text().split()
    assert len(set(seen)) == 4
    for profile in seen:
        assert not Path(profile.removeprefix("-env:UserInstallation=file://")).parent.exists()


def listed(templates: list[str], paragraphs: list[tuple[int, str]]) -> bytes:
    """An RTF file with a list: templates of its levels; level and shown label of each paragraph."""
    levels = "".join(
        rf"{{\listlevel\levelnfc39{{\leveltext {text};}}{{\levelnumbers\'01;}}\fi0}}" for text in templates
    )
    body = "".join(
        rf"\pard\plain{{\listtext\pard\plain {label}\tab}}\ilvl{level}\ls3 \li0 {{\u20915\'3f}}\par "
        for level, label in paragraphs
    )
    lists = rf"{{\*\listtable{{\list\listtemplateid9{levels}\listid7}}}}"
    return (
        rf"{{\rtf1\ansi {lists}{{\listoverridetable{{\listoverride\listid7\listoverridecount0\ls3}}}}{body}}}"
    ).encode()


ONE, TWO, STOP, OPEN, CLOSE = r"\u19968\'3f", r"\u20108\'3f", r"\u12289\'3f", r"\u65288\'28", r"\u-247\'29"


@pytest.mark.parametrize(
    ("templates", "paragraphs", "mended"),
    [
        # 一、 and （一）; a sign beyond 32767 is written below zero
        ([r"\'02\'00\'3f"], [(0, ONE + STOP)], [rf"\'02\'00{STOP}"]),
        ([r"\'02\'00?"], [(0, ONE + STOP), (0, TWO + STOP)], [rf"\'02\'00{STOP}"]),
        (
            [r"\'02\'00.", r"\'03\'28\'01\'29"],
            [(1, OPEN + ONE + CLOSE)],
            [r"\'02\'00.", rf"\'03\u-248\'28\'01{CLOSE}"],
        ),
        ([r"\'03?\'00\'3f"], [(0, r"\u31532\'3f" + ONE + ONE + r"\u31456\'3f")], [r"\'03\u31532\'3f\'00\u31456\'3f"]),
        # behind the last of two numbers; between them nothing is known
        ([r"\'04\'00\'3f\'01\'3f"], [(0, ONE + STOP + TWO + STOP)], [rf"\'04\'00\'3f\'01{STOP}"]),
        # a question mark that is shown, a sign that the list has, labels that differ or are too short, other levels
        ([r"\'02\'00\'3f"], [(0, ONE + "?")], None),
        ([rf"\'02\'00{STOP}"], [(0, ONE + STOP)], None),
        ([r"\'02\'00."], [(0, ONE + STOP)], None),
        ([r"\'02\'00\'3f"], [(0, ONE + STOP), (0, ONE + "?")], None),
        ([r"\'02\'00\'3f"], [(0, ONE + STOP), (0, ONE + OPEN)], None),
        ([r"\'02\'00\'3f"], [(0, STOP), (0, "")], None),
        ([r"\'02\'00\'3f"], [(1, ONE + STOP)], None),
        ([r"\'02\'00\'3f"], [], None),
        # a bullet has no number; half a sign of GBK is none
        ([r"\'01?"], [(0, STOP)], None),
        ([r"\'02\'00\'a1\'a2"], [(0, ONE + r"\u12289\'a1\'a2")], None),
        ([r"\'02\'00\'3f"], [(0, r"\uc0\u19968\u12289")], None),
    ],
)  # fmt: skip
def test_signs_that_an_rtf_list_lost_come_from_the_numbers_it_shows(
    templates: list[str], paragraphs: list[tuple[int, str]], mended: list[str] | None
) -> None:
    data = listed(templates, paragraphs)
    made, signs = with_shown_signs(data)
    assert made == (data if mended is None else listed(mended, paragraphs))
    assert (signs == 0) is (mended is None)


@pytest.mark.parametrize(
    "data", [b"", RTF, rb"{\listtable{\leveltext\listid}\listid99999999999}\listoverride", b"\xff{\\listtext"]
)
def test_an_rtf_without_lists_stays_as_it_is(data: bytes) -> None:
    assert with_shown_signs(data) == (data, 0)


def converted(data: bytes, suffix: str, folder: Path) -> bytes:
    """What LibreOffice makes of a DOCX."""
    assert OFFICE is not None
    (folder / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder / "out"), str(folder / "a.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)})
    return (folder / "out" / f"a.{suffix}").read_bytes()


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "docx"])
def test_files_that_libreoffice_wrote_give_the_same_text(tmp_path: Path, suffix: str) -> None:
    data = converted(word(BODY, numbering=CHINESE + num(5, 1)), suffix, tmp_path)
    document = reading(data, f"a.{suffix}")
    assert document.text == TEXT
    assert suffix == "docx" or f"converted from .{suffix} by LibreOffice" in document.warnings
    cells = [(c.row, c.column, c.row_span, c.column_span) for c in document.tables[0].cells]
    assert cells == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


@needs_office
@pytest.mark.slow
def test_two_at_a_time_do_not_meet_and_bad_ones_are_named() -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda data: reading(data, "a.doc"), [RTF, WORD_2003]))
    assert [document.text for document in found] == ["全年办结12", "全年办结12件"]
    with pytest.raises(DamagedFile, match="LibreOffice cannot open it"):
        reading(ole("WordDocument"), "a.wps")
