"""Verification: read the sources again and prove every quote again, and every place.

Comes in: a written folder and the archive it came from. Goes out: a Proof; faults name file and row. What
is compared is the text read now, from the files, not the kept one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from extractor.datamodel.document import Document, Rectangle
from extractor.datamodel.span import Span
from extractor.errors import GovreportError
from extractor.reading import describe, read
from extractor.reading.archives.walk import walk
from extractor.tables.rows import PER_REPORT, evidence_of, row_id_of
from extractor.tables.store import Store


@dataclass(slots=True)
class Proof:
    """Counts of files read again, of quotes and places proved, and what failed."""

    files: int = 0
    quotes: int = 0
    places: int = 0
    faults: list[str] = field(default_factory=list)


def verify(folder: Path, archive: Iterable[Path]) -> Proof:
    """Prove the tables of `folder` against the files of `archive`."""
    store, proof = Store(folder), Proof()
    documents = _documents(store, archive, proof)
    texts = {report_id: document.text for report_id, document in documents.items()}
    for report_id, text in sorted(texts.items()):
        proof.files += 1
        if store.text_of(report_id) != text:
            proof.faults.append(f"{report_id}: the kept text is not what the file gives now")
    for table in (schema.name for schema in store.schemas if schema.quoted):
        for row in store.rows(table):
            start, quote = row.get("char_start"), row.get("quote")
            found = texts.get(row.get("report_id") or "")
            if start is None or quote is None or found is None:
                continue
            proof.quotes += 1
            if found[start : row["char_end"]] != quote:
                proof.faults.append(f"{table} {row['report_id']} at {start}: {quote[:30]} does not stand there")
    _prove_places(store, documents, proof)
    return proof


def _prove_places(store: Store, documents: Mapping[str, Document], proof: Proof) -> None:
    """What stands inside the rectangles of a row, and nothing else, is its evidence."""
    places: dict[str, list[Rectangle]] = defaultdict(list)
    if "places" not in {schema.name for schema in store.schemas}:
        return
    for row in store.rows("places"):
        places[row["row_id"]].append(Rectangle(*(row[name] for name in ("page", "x0", "top", "x1", "bottom"))))
    pages = {report_id: _characters(document) for report_id, document in documents.items()}
    for table in (name for name in PER_REPORT if name not in ("reports", "places")):
        for row in store.rows(table):
            row_id, document = row_id_of(table, row), documents.get(row["report_id"])
            if document is None or row["report_id"] not in pages or not pages[row["report_id"]]:
                continue
            span = evidence_of(document.text, table, row)
            inside = sorted(
                {
                    at
                    for place in places.get(row_id, ())
                    for at, box in pages[row["report_id"]].get(place.page, ())
                    if place.holds(place.page, box)
                }
            )
            proof.places += len(places.get(row_id, ()))
            found = _bare("".join(document.text[at] for at in inside))
            if found != _bare(document.quote(span)):
                proof.faults.append(f"{table} {row_id}: its places hold {found[:30] or 'nothing'}")


def _characters(document: Document) -> dict[int, list[tuple[int, tuple[float, ...]]]]:
    """Position and rectangle of each character by page; empty for formats without pages."""
    found: dict[int, list[tuple[int, tuple[float, ...]]]] = defaultdict(list)
    for at, page, box in document.boxed(Span(0, len(document.text))):
        found[page].append((at, box))
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _documents(store: Store, archive: Iterable[Path], proof: Proof) -> dict[str, Document]:
    """Documents by report id, read from the archive again."""
    wanted = {row["report_id"]: row["source_path"] for row in store.rows("reports")}
    found: dict[str, Document] = {}
    for member in walk(archive):
        if member.status is not None:
            continue
        try:
            data = member.read()
            digest = sha256(data).hexdigest()
            if digest[:16] in wanted and digest[:16] not in found:
                found[digest[:16]] = read(describe(member.path, data, digest), data)
        except GovreportError as fault:
            if member.path in wanted.values():
                proof.faults.append(fault.detail)
    for report_id in sorted(set(wanted) - set(found)):
        proof.faults.append(f"{report_id}: {wanted[report_id]} is not in the archive, or was changed")
    return found
