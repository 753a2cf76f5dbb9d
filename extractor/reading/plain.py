"""Plain text: UTF-8 with or without mark, UTF-16, GB18030. Raw positions are code points of the decoded
file (its byte order mark not counted)."""

import regex

from extractor.datamodel.document import Document, SourceFile
from extractor.reading.assemble import assemble
from extractor.reading.columns import rows_of_columns
from extractor.reading.encoding import decoded
from extractor.reading.layout import paragraphs

# \r\n, \n and \r alone end a line (no empty one stands between \r and \n); \f ends a page
_LINE = regex.compile(r"[^\r\n\f]+|(?<=\n)(?=\r?\n)|(?<=\r)(?=\r)")


def read_plain(source: SourceFile, data: bytes) -> Document:
    """The document of a text file; raises UnknownEncoding, NotText."""
    raw, notes = decoded(source, data)
    lines = [(found.start(), found[0]) for found in _LINE.finditer(raw)]
    made = assemble(paragraphs(lines, rows_of_columns(lines)))
    return Document(made.text, source, made.pages, made.offsets, made.tables, warnings=notes + made.warnings)
