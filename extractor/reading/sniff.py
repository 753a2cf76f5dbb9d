"""What kind of file is it: media type and encoding, from the bytes first, the name second.

Comes in: path and bytes. Goes out: SourceFile. Raises nothing: what is unknown gets the media type
`application/octet-stream`, and the reader that is missing says so.
"""

import zipfile
from io import BytesIO

import regex

from extractor.datamodel.document import SourceFile
from extractor.reading.encoding import encoding_of

TEXT = "text/plain"
HTML = "text/html"
MHTML = "multipart/related"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
WORD_XML = "application/vnd.ms-word2003ml"
FLAT_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.flat+xml"
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
_MHTML_SUFFIXES = (".mht", ".mhtml")
_MHTML_HEAD = regex.compile(
    rb"(?is)^(?:[A-Za-z-]{2,40}: [^\n]{0,400}\n(?:[ \t][^\n]{0,400}\n)*){0,20}?content-type:\s*multipart/related"
)
_HTML_HEAD = regex.compile(
    rb"(?is)^\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|div|meta|p|table)\b"
)
# a whole package in one XML file
_FLAT_WORD_HEAD = regex.compile(rb"<(?:\w+:)?package\b[^>]*office/2006/xmlPackage")
# Word's XML of 2003
_WORD_XML_HEAD = regex.compile(rb"<\?mso-application\s+progid=.Word\.Document.|<(?:\w+:)?wordDocument\b[^>]*wordml")
_WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


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
    if _FLAT_WORD_HEAD.search(_plain_head(data)):
        return FLAT_WORD
    if _WORD_XML_HEAD.search(_plain_head(data)):
        return WORD_XML
    if name.endswith(_WORD_SUFFIXES):
        return _zip_type(data, name)
    if name.endswith(".pdf"):
        return PDF
    if name.endswith(_MHTML_SUFFIXES) or _MHTML_HEAD.match(data[:4096]):
        return MHTML
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
