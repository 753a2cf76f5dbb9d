"""Word documents (DOCX): paragraphs and tables in the order of the body.

Comes in: bytes. Goes out: a Document whose raw positions are code points of the paragraphs' and cells' texts
joined by line breaks. Page headers and footers live outside the body and do not enter.
"""

from io import BytesIO
from typing import Any

from extractor.datamodel.document import Document, SourceFile
from extractor.errors import DamagedFile, EncryptedFile
from extractor.reading.assemble import RawCell, RawLine, assemble
from extractor.reading.layout import paragraphs

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_docx(source: SourceFile, data: bytes) -> Document:
    """The document of a DOCX file; raises DamagedFile, EncryptedFile."""
    # python-docx takes a while to load: only a DOCX pays for it
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    if data.startswith(_OLE):
        raise EncryptedFile(
            "the file asks for a password, or is an old .doc",
            where=source.path,
            remedy="save it as DOCX without a password",
        )
    try:
        document = docx.Document(BytesIO(data))
        blocks = list(document.iter_inner_content())
    except Exception as fault:
        # python-docx lets zip, XML and key errors through as they come
        raise DamagedFile(
            f"the DOCX cannot be opened ({type(fault).__name__})",
            where=source.path,
            remedy="fetch it again, or open and save it in Word",
        ) from fault
    lines: list[RawLine] = []
    at, number = 0, 0
    pending: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                pending.append((at, text))
                at += len(text) + 1
            # a paragraph of Word is a paragraph: only its own line breaks may be joined
            lines += paragraphs(pending) if len(pending) > 1 else _single(pending)
            pending = []
        elif isinstance(block, Table):
            number += 1
            rows, at = _table(block, at, number)
            lines += rows
    made = assemble(lines)
    return Document(made.text, source, made.pages, made.offsets, made.tables, warnings=made.warnings)


def _single(pending: list[tuple[int, str]]) -> list[RawLine]:
    return [RawLine(text, at) for at, text in pending if text.strip()]


def _table(table: Any, at: int, number: int) -> tuple[list[RawLine], int]:
    """Rows of a table; a merged cell stands once, with its extent."""
    grid = [[cell._tc for cell in row.cells] for row in table.rows]
    seen: set[int] = set()
    lines = []
    for row, cells in enumerate(grid):
        made = []
        for column, cell in enumerate(cells):
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            across = sum(1 for other in cells if other is cell)
            down = sum(1 for line in grid if column < len(line) and line[column] is cell)
            text = "\n".join(p.text or "" for p in cell.p_lst)
            made.append(RawCell(text, at, row, column, max(down, 1), max(across, 1)))
            at += len(text) + 1
        if made:
            lines.append(RawLine("", 0, cells=tuple(made), table=number))
    return lines, at
