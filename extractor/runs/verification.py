"""Verification: read the sources again and prove every quote again.

Comes in: a written folder and the archive it came from. Goes out: a Proof; faults name file and row. What
is compared is the text read now, from the files, not the kept one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from extractor.errors import GovreportError
from extractor.reading import describe, read
from extractor.reading.archives.walk import walk
from extractor.tables.store import Store


@dataclass(slots=True)
class Proof:
    """Counts of files read again and quotes proved, and what failed."""

    files: int = 0
    quotes: int = 0
    faults: list[str] = field(default_factory=list)


def verify(folder: Path, archive: Iterable[Path]) -> Proof:
    """Prove the tables of `folder` against the files of `archive`."""
    store, proof = Store(folder), Proof()
    texts = _texts(store, archive, proof)
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
    return proof


def _texts(store: Store, archive: Iterable[Path], proof: Proof) -> dict[str, str]:
    """Text by report id, read from the archive again."""
    wanted = {row["report_id"]: row["source_path"] for row in store.rows("reports")}
    found: dict[str, str] = {}
    for member in walk(archive):
        if member.status is not None:
            continue
        try:
            data = member.read()
            digest = sha256(data).hexdigest()
            if digest[:16] in wanted and digest[:16] not in found:
                found[digest[:16]] = read(describe(member.path, data, digest), data).text
        except GovreportError as fault:
            if member.path in wanted.values():
                proof.faults.append(fault.detail)
    for report_id in sorted(set(wanted) - set(found)):
        proof.faults.append(f"{report_id}: {wanted[report_id]} is not in the archive, or was changed")
    return found
