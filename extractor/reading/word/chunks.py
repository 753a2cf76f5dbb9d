"""Documents inside a Word document (`w:altChunk`): Word shows them at their place, so they are read there.

Comes in: name and bytes of the part. Goes out: blocks, whose raw positions go on behind those of the text before. HTML,
MHTML, plain text and DOCX are read as files of their own are, RTF by way of LibreOffice. Refuses what cannot be read: a
report without its inner part would look complete.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

from extractor.datamodel.document import Document, SourceFile, Table
from extractor.errors import ReadingError, UnsupportedFormat
from extractor.reading.sniff import describe
from extractor.reading.word.blocks import Block, CellBlock, TableBlock
from extractor.reading.word.paragraphs import Paragraph, Record

Reader = Callable[[SourceFile, bytes], Document]


def chunk_blocks(
    source: SourceFile, name: str, data: bytes, record: Record, readers: Mapping[str, Reader]
) -> list[Block]:
    """The blocks of an embedded document; raises UnsupportedFormat with its name and what is wrong with it."""
    inner = describe(f"{source.path}!/{name}", data, sha256(data).hexdigest())
    reader = readers.get(inner.media_type)
    try:
        document = reader(inner, data) if reader else None
    except ReadingError as fault:
        raise _refused(source, name, str(fault)) from fault
    if document is None:
        raise _refused(source, name, f"no reader for {inner.media_type}")
    record.counts["embedded documents read"] += 1
    return list(_blocks(document, record))


def _refused(source: SourceFile, name: str, why: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        f"the document embedded in it as {name} cannot be read ({why})",
        where=source.path,
        remedy="open it in Word and save it as a new DOCX",
    )


def _blocks(document: Document, record: Record) -> list[Block]:
    """Lines as paragraphs, tables as tables."""
    tables = {table.span.start: table for table in document.tables}
    found: list[Block] = []
    end = 0
    for line in document.lines():
        if line.start < end:
            continue
        table = next((one for at, one in tables.items() if line.start <= at <= line.end), None)
        if table is None:
            found.append(_paragraph(document.quote(line), record))
            continue
        end = table.span.end
        found.append(_table(document, table, record))
    return found


def _paragraph(text: str, record: Record) -> Paragraph:
    made = Paragraph()
    made.put(record.at, text)
    record.at += len(text) + 1
    return made


def _table(document: Document, table: Table, record: Record) -> TableBlock:
    rows: dict[int, list[CellBlock]] = {}
    for cell in table.cells:
        text = document.quote(cell.span)
        blocks: list[Block] = [_paragraph(text, record)] if text else []
        rows.setdefault(cell.row, []).append(CellBlock(cell.row, cell.column, cell.row_span, cell.column_span, blocks))
    # an empty row has no line, and none has cells that stand in it
    return TableBlock([rows.get(at, []) for at in range(max(rows, default=-1) + 1)])
