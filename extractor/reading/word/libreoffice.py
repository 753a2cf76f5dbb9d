"""Old and foreign office formats (.doc, .wps, .rtf, .odt, Word's XML of 2003): LibreOffice makes a DOCX, which is read.

Comes in: bytes of a format that has no reader of its own. Goes out: the Document of the DOCX that LibreOffice wrote,
its raw positions those of that DOCX; a warning says so. Each call has a profile of its own in a temporary folder, so
that workers do not meet; macros and links stay shut; the process group ends with the call or at its time limit.
GOVREPORT_OFFICE names another soffice, 0 turns conversion off. Refuses locked files, and OLE files that hold no text.
"""

import os
import shutil
import signal
import struct
import subprocess
import zipfile
import zlib
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import regex

from extractor.datamodel.document import Document, SourceFile
from extractor.errors import DamagedFile, EncryptedFile, TooLarge, UnsupportedFormat
from extractor.reading.word.package import XML_LIMIT
from extractor.reading.word.reader import read_docx
from extractor.reading.word.rtf_lists import with_shown_signs

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BYTE_LIMIT = 100 * 1024 * 1024
_SECONDS = 120
_SUFFIXES = {
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.ms-word2003ml": ".xml",
}
_REMEDY = "apt-get install libreoffice-writer, then read it again; or save it as DOCX"
_ODT_LOCKED = regex.compile(rb"<(?:\w+:)?encryption-data\b")
# macros never run, nothing is fetched from where a file points
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def available() -> str | None:
    """The path of soffice; None without it."""
    configured = os.environ.get("GOVREPORT_OFFICE")
    if configured == "0":
        return None
    return shutil.which(configured) if configured else shutil.which("soffice") or shutil.which("libreoffice")


def read_office(source: SourceFile, data: bytes) -> Document:
    """The document of an old or foreign office file; raises EncryptedFile, UnsupportedFormat, DamagedFile, TooLarge."""
    if len(data) > _BYTE_LIMIT:
        raise TooLarge("above 100 MB", where=source.path, remedy="split the document")
    if data.startswith(OLE_MAGIC):
        _check_ole(source, data)
    elif source.media_type == "application/vnd.oasis.opendocument.text":
        _check_odt(source, data)
    suffix = _SUFFIXES[source.media_type]
    office = available()
    if office is None:
        raise UnsupportedFormat(
            f"no reader for {source.media_type} without LibreOffice", where=source.path, remedy=_REMEDY
        )
    data, signs = with_shown_signs(data) if suffix == ".rtf" else (data, 0)
    document = read_docx(source, _converted(source, data, suffix, office))
    notes = (f"{signs} signs of list numbers taken from the numbers that the file shows",) if signs else ()
    return replace(document, warnings=(*document.warnings, *notes, f"converted from {suffix} by LibreOffice"))


def _check_ole(source: SourceFile, data: bytes) -> None:
    """An OLE file is an old Word document, a locked DOCX, or something else that holds no report."""
    if _entry(data, "EncryptedPackage") is not None or _is_locked(data):
        raise EncryptedFile(
            "the document asks for a password", where=source.path, remedy="save it as DOCX without a password"
        )
    shift, directory = (
        struct.unpack_from("<H", data.ljust(512), 30)[0],
        struct.unpack_from("<I", data.ljust(512), 48)[0],
    )
    if 7 <= shift <= 16 and (directory + 1) << shift >= len(data):
        raise DamagedFile("the old Word document is cut off", where=source.path, remedy="fetch it again")
    if _entry(data, "WordDocument") is None:
        raise UnsupportedFormat(
            "an OLE file that is no Word document", where=source.path, remedy="save it as DOCX, PDF, HTML or TXT"
        )


def _check_odt(source: SourceFile, data: bytes) -> None:
    """A locked ODT says so in its list of parts; text beyond the bound of a DOCX is refused here, too."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            if parts.getinfo("content.xml").file_size > XML_LIMIT:
                raise TooLarge(
                    f"more than {XML_LIMIT // 2**20} MB when unpacked", where=source.path, remedy="split the document"
                )
            with parts.open("META-INF/manifest.xml") as stream:
                listed = stream.read(XML_LIMIT)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError) as fault:
        raise DamagedFile(
            f"the ODT cannot be opened ({type(fault).__name__})", where=source.path, remedy="fetch it again"
        ) from fault
    if _ODT_LOCKED.search(listed):
        raise EncryptedFile("the document asks for a password", where=source.path, remedy="save it without a password")


def _entry(data: bytes, name: str) -> int | None:
    """Place of the directory entry of a stream; None without one. Entries are 128 bytes and begin with the name."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == struct.pack("<H", len(wanted)):
            return at
        at = data.find(wanted, at + 1)
    return None


def _is_locked(data: bytes) -> bool:
    """Whether the head of the stream WordDocument ([MS-DOC] FibBase) says that the text is encrypted."""
    at = _entry(data, "WordDocument")
    if at is None or len(data) < at + 120:
        return False
    shift = struct.unpack_from("<H", data, 30)[0]
    sector = struct.unpack_from("<I", data, at + 116)[0]
    if not 7 <= shift <= 16 or (sector + 1) << shift > len(data) - 12:
        return False
    magic, flags = struct.unpack_from("<H8xH", data, (sector + 1) << shift)
    return bool(magic == 0xA5EC and flags & 0x0100)


def _converted(source: SourceFile, data: bytes, suffix: str, office: str) -> bytes:
    """The DOCX that LibreOffice makes of it; raises DamagedFile with what it printed."""
    with TemporaryDirectory(prefix="govreport-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / f"report{suffix}").write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *(
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(folder / "out"),
                str(folder / f"report{suffix}"),
            ),
        ]
        output = _run(command, folder)
        made = folder / "out" / "report.docx"
        if output is not None and made.is_file() and made.stat().st_size:
            return made.read_bytes()
    raise DamagedFile(
        f"LibreOffice needs more than {_SECONDS} s for it"
        if output is None
        else f"LibreOffice cannot open it ({output.splitlines()[-1][:120] if output.strip() else 'it printed nothing'})",
        where=source.path,
        remedy="open it in Word and save it as DOCX",
    )


def _run(command: list[str], folder: Path) -> str | None:
    """What the command printed on stderr; None if it ran beyond its time. Nothing it started lives on."""
    home = {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    with (folder / "stderr").open("w+b") as heard:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=heard,
            env={**os.environ, **home},
            cwd=folder,
            start_new_session=True,
        )
        try:
            process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return None
        finally:
            # soffice is a script that starts soffice.bin: both are in the group of the session
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        heard.seek(0)
        return heard.read(10_000).decode("utf-8", "replace").replace(str(folder), "")
