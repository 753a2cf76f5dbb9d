"""What kind of file is it: media type and encoding, from the bytes first, the name second.

Comes in: path and bytes. Goes out: SourceFile. Raises nothing: what is unknown gets the media type
`application/octet-stream`, and the reader that is missing says so.
"""

import zipfile
from io import BytesIO

import regex

from extractor.datamodel.document import SourceFile

TEXT = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
WORD_XML = "application/vnd.ms-word2003ml"
UNKNOWN = "application/octet-stream"
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", RTF),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
)
_TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_HTML_HEAD = regex.compile(
    rb"(?is)^\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|div|meta|p|table)\b"
)
# Word's XML of 2003, and a whole package in one XML file
_WORD_XML_HEAD = regex.compile(rb"<\?mso-application\s+progid=.Word\.Document.|<(?:\w+:)?wordDocument\b[^>]*wordml")
_WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_CHARSET = regex.compile(rb"(?i)charset\s*=\s*[\"']?\s*([a-z0-9_\-]+)")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def describe(path: str, data: bytes, sha256: str) -> SourceFile:
    """The SourceFile of these bytes under that path."""
    media_type = _media_type(path, data)
    encoding = encoding_of(data) if media_type in (TEXT, HTML) else None
    return SourceFile(path, sha256, len(data), media_type, encoding)


def _media_type(path: str, data: bytes) -> str:
    name = path.lower()
    if b"%PDF-" in data[:1024]:
        return PDF
    if data[:4] == b"PK\x03\x04":
        return _zip_type(data, name)
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if _WORD_XML_HEAD.search(_plain_head(data)):
        return WORD_XML
    if name.endswith(_WORD_SUFFIXES):
        return _zip_type(data, name)
    if name.endswith(".pdf"):
        return PDF
    if name.endswith(_HTML_SUFFIXES) or _HTML_HEAD.match(_plain_head(data)):
        return HTML
    if name.endswith(_TEXT_SUFFIXES) or encoding_of(data) is not None:
        return TEXT
    return UNKNOWN


def _plain_head(data: bytes) -> bytes:
    head = data[:4096]
    return head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")


def _zip_type(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as members:
            names = {member.replace("\\", "/").lower() for member in members.namelist()}
            kind = _beginning(members, "mimetype")
    except Exception:
        # a broken member may raise anything its method of packing knows
        return DOCX if name.endswith(_WORD_SUFFIXES) else "application/zip"
    if any(member.startswith("word/") for member in names) or name.endswith(_WORD_SUFFIXES):
        return DOCX
    if kind.startswith(ODT.encode()):
        return ODT
    if any(member.startswith(("xl/", "ppt/")) for member in names):
        return "application/vnd.openxmlformats-officedocument"
    return "application/zip"


def _beginning(members: zipfile.ZipFile, name: str) -> bytes:
    if name not in members.namelist():
        return b""
    with members.open(name) as stream:
        return stream.read(80)


def encoding_of(data: bytes) -> str | None:
    """Python's name of the encoding in which the bytes are text; None if there is none.

    A byte order mark decides, then UTF-8, then the charset that HTML states, then UTF-16 without a
    mark, then GB18030, then the best guess of charset-normalizer.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name if _decodes(data, name) else None
    if b"\x00" not in data[:4096] and _decodes(data, "utf-8"):
        return "utf-8"
    stated = _CHARSET.search(data[:4096])
    if stated:
        name = stated[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb18030") else name
        if _decodes(data, name):
            return name
    if b"\x00" in data[:4096]:
        return next((n for n in ("utf-16-le", "utf-16-be") if _decodes(data, n) and _is_text(data, n)), None)
    if _decodes(data, "gb18030") and _is_text(data, "gb18030"):
        return "gb18030"
    return _guess(data)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _is_text(data: bytes, encoding: str) -> bool:
    """Chinese of everyday use, hardly a control character: not what binary bytes give by chance."""
    text = data[:20000].decode(encoding, errors="ignore")
    if not text:
        return False
    odd = sum(1 for c in text if (c < " " and c not in "\n\r\t\f") or 0xE000 <= ord(c) <= 0xF8FF)
    common = sum(1 for c in text if "一" <= c <= "鿿" or c.isascii() or c in "，。、；：（）《》“”　")
    return odd <= len(text) / 100 and common >= 0.9 * len(text)


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_isolation=["big5", "utf_16", "utf_32", "hz", "big5hkscs"]).best()
    if best is None or not _decodes(data, best.encoding) or not _is_text(data, best.encoding):
        return None
    return str(best.encoding)
