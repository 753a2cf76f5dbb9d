"""Page images: pages of the PDFs of the archive, drawn when somebody looks at them.

Comes in: the archive's paths, and reports. Goes out: a PagePicture; None where the report is no PDF, the archive was
not named, or the file there is another now (its hash is the report's id).
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.errors import GovreportError
from extractor.reading import describe
from extractor.reading.archives.walk import Member, walk
from extractor.reading.pdf.pictures import PagePicture, page_picture

# pictures of pages held in memory: those that somebody who leafs to and fro comes back to
_KEPT = 12
_PDF = b"%PDF"


class PageImages:
    """Draws and keeps the last pages that were asked for."""

    def __init__(self, archive: Sequence[Path]) -> None:
        self._archive = list(archive)
        self._members: dict[str, Member] | None = None
        self._kept: OrderedDict[tuple[str, int], PagePicture] = OrderedDict()
        # pdfium is not thread-safe
        self._lock = threading.Lock()

    @property
    def archive(self) -> bool:
        """True if an archive was named."""
        return bool(self._archive)

    def picture(self, report: dict[str, Any], number: int) -> PagePicture | None:
        """The page of a report."""
        key = (report["report_id"], number)
        with self._lock:
            if key not in self._kept:
                drawn = self._drawn(report, number)
                if drawn is None:
                    return None
                self._kept[key] = drawn
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def _drawn(self, report: dict[str, Any], number: int) -> PagePicture | None:
        try:
            data = self._bytes(report)
            if data is None:
                return None
            digest = sha256(data).hexdigest()
            # another file of that path is no evidence
            if not digest.startswith(report["report_id"]) or _PDF not in data[:1024]:
                return None
            return page_picture(describe(report["source_path"], data, digest), data, number)
        except (GovreportError, OSError):
            return None

    def _bytes(self, report: dict[str, Any]) -> bytes | None:
        if self._members is None:
            found = walk(self._archive) if self._archive else []
            self._members = {member.path: member for member in found if member.status is None}
        member = self._members.get(report["source_path"])
        return member.read() if member else None
