"""Plain text: UTF-8 with or without mark, UTF-16, GB18030. Raw positions are code points of the decoded
file (its byte order mark not counted)."""

import regex

from extractor.datamodel.document import Document, SourceFile
from extractor.errors import NotText, UnknownEncoding
from extractor.reading.assemble import assemble
from extractor.reading.layout import paragraphs

_CONTROL_SHARE = 0.02
# \r\n, \n and \r alone end a line; \f ends a page
_LINE = regex.compile(r"[^\r\n\f]+|(?<=\n|\r)(?=\r?\n)")


def decode(source: SourceFile, data: bytes) -> str:
    """The text of the bytes; raises UnknownEncoding, NotText."""
    if source.encoding is None:
        if data.count(b"\x00") > len(data) // 100 or _control(data.decode("latin-1")):
            raise NotText("binary bytes, not text", where=source.path, remedy="check what the file really is")
        raise UnknownEncoding(
            "text in no encoding that we know (tried UTF-8, UTF-16, GB18030, Big5)",
            where=source.path,
            remedy="save the file as UTF-8",
        )
    text = data.decode(source.encoding)
    if _control(text):
        raise NotText("binary bytes, not text", where=source.path, remedy="check what the file really is")
    return text


def _control(text: str) -> bool:
    sample = text[:20000]
    odd = sum(1 for char in sample if char < " " and char not in "\n\r\t\f")
    return odd > _CONTROL_SHARE * len(sample)


def read_plain(source: SourceFile, data: bytes) -> Document:
    """The document of a text file."""
    raw = decode(source, data)
    lines = [(found.start(), found[0]) for found in _LINE.finditer(raw)]
    made = assemble(paragraphs(lines))
    return Document(made.text, source, made.pages, made.offsets, made.tables, warnings=made.warnings)
