"""PDF with a text layer: the only door to pdfplumber.

Comes in: bytes. Goes out: a Document with pages, a rectangle per character, ruled tables, and paragraphs
joined by geometry: a line goes on if it reaches the right margin and the next one is not indented. Raw
positions are code points of the pages' lines as they stand, joined by line breaks. Refuses scans.
"""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import regex

from extractor.datamodel.document import Document, SourceFile
from extractor.errors import DamagedFile, EncryptedFile, NoPages, NoTextLayer, TooLarge
from extractor.reading.assemble import Box, RawCell, RawLine, assemble

_PAGE_LIMIT = 2000
_BYTE_LIMIT = 200 * 1024 * 1024
_PAGE_NUMBER = regex.compile(
    r"^[\s\-—–·]*(?:第\s*)?[0-9]{1,4}(?:\s*/\s*[0-9]{1,4})?(?:\s*页)?(?:\s*[,，]?\s*共\s*[0-9]+\s*页)?[\s\-—–·]*$"
)
_EDGE = 0.09
_ENDS = frozenset("。！？；：:")
_MARKER = regex.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、]|第[一二三四五六七八九十]{1,3}(?:部分|章))"
)


@dataclass(slots=True)
class _Line:
    """A line on a page: text, one box per character, its edges and size."""

    text: str
    boxes: list[Box]
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    cells: tuple[RawCell, ...] = ()
    table: int | None = None


def read_pdf(source: SourceFile, data: bytes) -> Document:
    """The document of a PDF; raises EncryptedFile, DamagedFile, NoPages, NoTextLayer, TooLarge."""
    if len(data) > _BYTE_LIMIT:
        raise TooLarge("above 200 MB", where=source.path, remedy="split the PDF")
    lines, sizes = _pages(source, data)
    if not sizes:
        raise NoPages("a PDF without pages", where=source.path, remedy="fetch the file again")
    if not any(line.text.strip() or line.cells for line in lines):
        raise NoTextLayer(
            "a scan: its pages are pictures without text",
            where=source.path,
            remedy="run OCR on it first (the extra govreport[ocr] is planned), then read the result",
        )
    lines = _without_running_heads(lines, sizes)
    raw_lines, at = [], 0
    for index, line in enumerate(lines):
        if line.cells:
            cells = []
            for cell in line.cells:
                cells.append(RawCell(cell.text, at, cell.row, cell.column, cell.row_span, cell.column_span))
                at += len(cell.text) + 1
            raw_lines.append(RawLine("", 0, page=line.page, cells=tuple(cells), table=line.table))
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        goes_on = following is not None and _goes_on(line, following, lines)
        raw_lines.append(RawLine(line.text, at, goes_on, line.page, line.boxes))
        at += len(line.text) + 1
    made = assemble(raw_lines, sizes)
    return Document(made.text, source, made.pages, made.offsets, made.tables, warnings=made.warnings)


def _pages(source: SourceFile, data: bytes) -> tuple[list[_Line], list[tuple[float, float]]]:
    # pdfplumber takes half a second to load: only a PDF pays for it
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    lines: list[_Line] = []
    sizes: list[tuple[float, float]] = []
    tables = 0
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > _PAGE_LIMIT:
                raise TooLarge(f"above {_PAGE_LIMIT} pages", where=source.path, remedy="split the PDF")
            for number, page in enumerate(pdf.pages, 1):
                sizes.append((float(page.width), float(page.height)))
                found, tables = _page_lines(page, number, tables)
                lines += found
                page.close()
    except TooLarge:
        raise
    except Exception as fault:
        causes = (fault, *fault.args, fault.__cause__)
        if any(isinstance(c, PDFPasswordIncorrect | PDFEncryptionError) for c in causes):
            raise EncryptedFile(
                "the PDF asks for a password", where=source.path, remedy="save it without a password"
            ) from fault
        kind = type(fault.args[0] if isinstance(fault, PdfminerException) and fault.args else fault)
        raise DamagedFile(
            f"the PDF cannot be read ({kind.__name__})", where=source.path, remedy="fetch it again"
        ) from fault
    return lines, sizes


def _page_lines(page: Any, number: int, tables: int) -> tuple[list[_Line], int]:
    """Lines of a page from top to bottom; ruled tables as rows in their place."""
    chars = [c for c in page.dedupe_chars().chars if c["text"].strip() or c["text"] == " "]
    found: list[_Line] = []
    ruled = [t for t in page.find_tables() if len(t.rows) > 1 and len(t.columns) > 1] if page.edges else []
    for table in ruled:
        tables += 1
        found += _table_rows(table, number, tables)
        x0, top, x1, bottom = table.bbox
        chars = [
            c
            for c in chars
            if not (x0 <= (c["x0"] + c["x1"]) / 2 <= x1 and top <= (c["top"] + c["bottom"]) / 2 <= bottom)
        ]
    rows: list[list[Any]] = []
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and abs(middle - _middle(rows[-1])) < 0.5 * max(char["size"], 4):
            rows[-1].append(char)
        else:
            rows.append([char])
    found += [_line(sorted(row, key=lambda c: c["x0"]), number) for row in rows]
    found = [line for line in found if line.text.strip() or line.cells]
    return sorted(found, key=lambda line: (line.top, line.x0)), tables


def _middle(row: list[Any]) -> float:
    return float((row[0]["top"] + row[0]["bottom"]) / 2)


def _line(row: list[Any], number: int) -> _Line:
    text, boxes = "", []
    last = None
    for char in row:
        if last is not None and _has_gap(last, char):
            text += " "
            boxes.append((0.0, 0.0, 0.0, 0.0))
        for piece in char["text"]:
            text += piece
            boxes.append((char["x0"], char["top"], char["x1"], char["bottom"]))
        last = char
    stripped = text.rstrip()
    boxes = boxes[: len(stripped)]
    size = Counter(round(char["size"], 1) for char in row).most_common(1)[0][0]
    visible = [char for char in row if char["text"].strip()] or row
    return _Line(
        stripped,
        boxes,
        number,
        min(c["x0"] for c in visible),
        max(c["x1"] for c in visible),
        min(c["top"] for c in row),
        max(c["bottom"] for c in row),
        size,
    )


def _has_gap(left: Any, right: Any) -> bool:
    gap = right["x0"] - left["x1"]
    latin = left["text"][-1].isascii() and right["text"][0].isascii()
    if left["text"].isspace() or right["text"].isspace():
        return False
    return bool(gap > (0.25 if latin else 1.2) * max(left["size"], 1))


def _table_rows(table: Any, number: int, name: int) -> list[_Line]:
    lines = []
    texts = table.extract()
    columns = sorted({round(cell[0], 0) for cell in table.cells})
    tops = sorted({round(cell[1], 0) for cell in table.cells})
    for row, (line, row_texts) in enumerate(zip(table.rows, texts, strict=True)):
        cells = []
        for box, text in zip(line.cells, row_texts, strict=True):
            if box is None:
                continue
            column = columns.index(round(box[0], 0)) if round(box[0], 0) in columns else 0
            across = sum(1 for x in columns if box[0] - 1 <= x < box[2] - 1)
            down = sum(1 for y in tops if box[1] - 1 <= y < box[3] - 1)
            cells.append(RawCell(text or "", 0, row, column, max(down, 1), max(across, 1)))
        if cells:
            x0, top, x1, bottom = line.bbox
            lines.append(_Line("", [], number, x0, x1, top, bottom, 0.0, tuple(cells), name))
    return lines


def _without_running_heads(lines: list[_Line], sizes: list[tuple[float, float]]) -> list[_Line]:
    """Without page numbers, and without lines that stand at the edge of most pages."""
    edge = Counter(
        (regex.sub(r"[0-9]+", "0", line.text), _at_top(line, sizes))
        for line in lines
        if not line.cells and _at_edge(line, sizes)
    )
    least = max(2, (len(sizes) + 1) // 2)
    kept = []
    for line in lines:
        if not line.cells and _at_edge(line, sizes):
            key = (regex.sub(r"[0-9]+", "0", line.text), _at_top(line, sizes))
            if _PAGE_NUMBER.match(line.text) or (len(sizes) > 1 and edge[key] >= least):
                continue
        kept.append(line)
    return kept


def _at_top(line: _Line, sizes: list[tuple[float, float]]) -> bool:
    return line.top < sizes[line.page - 1][1] / 2


def _at_edge(line: _Line, sizes: list[tuple[float, float]]) -> bool:
    height = sizes[line.page - 1][1]
    return line.bottom < _EDGE * height * 1.2 or line.top > (1 - _EDGE * 1.2) * height


def _goes_on(line: _Line, following: _Line, lines: list[_Line]) -> bool:
    """True if the paragraph goes on in the next line."""
    if following.cells or abs(line.size - following.size) > 1.0:
        return False
    same = [other for other in lines if not other.cells and abs(other.size - line.size) <= 1.0]
    left = Counter(round(other.x0) for other in same).most_common(1)[0][0]
    left = min([round(o.x0) for o in same] or [left])
    right = max(other.x1 for other in same)
    # a number is not broken: the line ends early if the next one begins with a long run
    run = regex.match(r"[!-~]*", following.text)
    kept = following.boxes[run.end() - 1][2] - following.boxes[0][0] if run and run.end() else line.size
    full = line.x1 + kept >= right - 1.2 * line.size
    indented = following.x0 > left + 1.2 * line.size
    if not full or indented:
        return False
    return not (_MARKER.match(following.text) and line.text[-1:] in _ENDS)
