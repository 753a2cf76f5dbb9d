"""govreport: section headings, indicators, cited documents and commitments of Chinese government
work reports, each with its evidence.

    import extractor
    extraction = extractor.extract("…")             # from a text
    extraction = extractor.extract_file("r.pdf")    # from TXT, HTML, DOCX or PDF
    frames = extraction.to_frames()                 # pandas DataFrames, columns as in the tables

Importing it stays light: what is heavy is loaded by the first extraction.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.datamodel.document import Document, SourceFile
from extractor.datamodel.extraction import Extraction
from extractor.datamodel.span import Span

if TYPE_CHECKING:
    from extractor.stages import Context
    from extractor.tables.frames import FramedExtraction

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Extraction",
    "SourceFile",
    "Span",
    "__version__",
    "extract",
    "extract_file",
]


def extract(
    text: str,
    *,
    name: str = "text.txt",
    area: str | None = None,
    patterns: Path | str | None = None,
    divisions: Path | str | None = None,
    bare_laws: bool = False,
) -> "FramedExtraction":
    """All records of a text. `name` stands for a path: a place or year in it counts as a hint.

    The text is read as the content of a UTF-8 file would be; `patterns` and `divisions` overlay
    the shipped ones, `area` (division code or name) settles a place that is ambiguous, `bare_laws` finds laws
    that are named without 《》 too.
    Raises ReadingError for a text that holds nothing to read.
    """
    return _extract_bytes(text.encode("utf-8"), name, _context(patterns, divisions, area, bare_laws))


def extract_file(
    path: Path | str,
    *,
    area: str | None = None,
    patterns: Path | str | None = None,
    divisions: Path | str | None = None,
    bare_laws: bool = False,
) -> "FramedExtraction":
    """All records of a file (TXT, HTML, DOCX, PDF). Raises MissingPath or a ReadingError."""
    from extractor.errors import MissingPath

    path = Path(path)
    if not path.is_file():
        raise MissingPath("no such file", where=str(path), remedy="check the path")
    return _extract_bytes(path.read_bytes(), str(path), _context(patterns, divisions, area, bare_laws))


def _context(patterns: Path | str | None, divisions: Path | str | None, area: str | None, bare_laws: bool) -> "Context":
    return _cached_context(
        Path(patterns) if patterns else None, Path(divisions) if divisions else None, area, bare_laws
    )


@lru_cache(maxsize=4)
def _cached_context(patterns: Path | None, divisions: Path | None, area: str | None, bare_laws: bool) -> "Context":
    from extractor.pipeline import build_context

    return build_context(patterns=patterns, divisions=divisions, area=area, bare_laws=bare_laws)


def _extract_bytes(data: bytes, name: str, context: "Context") -> "FramedExtraction":
    from extractor.pipeline import extract_document
    from extractor.reading import describe, read
    from extractor.tables.frames import FramedExtraction

    source = describe(name, data, sha256(data).hexdigest())
    return FramedExtraction.framed(extract_document(read(source, data), context))
