"""Reading: bytes → Document. READERS names the reader of each media type.

Knows nothing of rule-of-law reports: what it gives is text, pages, tables and the way back to the file.
"""

from collections.abc import Callable
from functools import partial

from extractor.datamodel.document import Document, SourceFile
from extractor.errors import EmptyFile, NoChinese, TooLarge, UnsupportedFormat
from extractor.reading.html.reader import read_html, read_mhtml
from extractor.reading.plain import read_plain
from extractor.reading.sniff import CEB, DOC, DOCX, FLAT_WORD, HTML, MHTML, ODT, OFD, PDF, RTF, TEXT, WORD_XML, describe
from extractor.reading.word.libreoffice import read_office
from extractor.reading.word.reader import read_docx, read_flat

__all__ = ["READERS", "SIZE_LIMIT", "describe", "read"]

# No report comes near it; beyond it, a file is a dump or a mistake.
SIZE_LIMIT = 20 * 1024 * 1024
# of kept text: a yearbook has a million characters, a report thirty thousand
TEXT_LIMIT = 3_000_000
# pictures make their size: their readers bound what they unpack
_OWN_LIMIT = frozenset({PDF, OFD, DOCX, FLAT_WORD, DOC, RTF, ODT})


def _read_pdf(source: SourceFile, data: bytes) -> Document:
    # numpy and cffi take a sixth of a second to load: only a PDF pays for it
    from extractor.reading.pdf.reader import read_pdf

    return read_pdf(source, data)


def _read_ofd(source: SourceFile, data: bytes) -> Document:
    from extractor.reading.pdf.reader import read_ofd

    return read_ofd(source, data)


# what a Word document may have embedded in it; what is embedded in that is not read
_EMBEDDED: dict[str, Callable[[SourceFile, bytes], Document]] = {
    TEXT: read_plain,
    HTML: read_html,
    MHTML: read_mhtml,
    DOCX: read_docx,
    FLAT_WORD: read_flat,
    RTF: read_office,
}
READERS: dict[str, Callable[[SourceFile, bytes], Document]] = {
    TEXT: read_plain,
    HTML: read_html,
    MHTML: read_mhtml,
    DOCX: partial(read_docx, readers=_EMBEDDED),
    FLAT_WORD: partial(read_flat, readers=_EMBEDDED),
    DOC: read_office,
    RTF: read_office,
    ODT: read_office,
    WORD_XML: read_office,
    PDF: _read_pdf,
    OFD: _read_ofd,
}


def read(source: SourceFile, data: bytes) -> Document:
    """The document in `data`; raises a ReadingError that names file, finding and remedy."""
    if len(data) > SIZE_LIMIT and source.media_type not in _OWN_LIMIT:
        raise TooLarge(
            f"{len(data) / 2**20:.0f} MB, the limit is {SIZE_LIMIT // 2**20} MB",
            where=source.path,
            remedy="split the file; a report is far smaller",
        )
    if not data.strip():
        raise EmptyFile("nothing in the file", where=source.path, remedy="fetch the file again")
    reader = READERS.get(source.media_type)
    if reader is None:
        raise UnsupportedFormat(
            f"no reader for {source.media_type}",
            where=source.path,
            remedy="export it as PDF or OFD"
            if source.media_type == CEB
            else "save it as PDF with text, DOCX, HTML or TXT",
        )
    document = reader(source, data)
    if not document.text.strip():
        raise EmptyFile("no text in the file", where=source.path, remedy="open it and look")
    if len(document.text) > TEXT_LIMIT:
        raise TooLarge(
            f"{len(document.text)} characters of text, the limit is {TEXT_LIMIT}",
            where=source.path,
            remedy="split the file; a report is far smaller",
        )
    if not any("一" <= char <= "鿿" for char in document.text):
        raise NoChinese("no Chinese in the text", where=source.path, remedy="check encoding and file")
    return document
