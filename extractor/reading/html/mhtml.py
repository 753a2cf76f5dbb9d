"""Pages saved with their parts in one file (MHTML, .mht): the parts that are pages.

Comes in: bytes. Goes out: the decoded HTML parts with the charset that each states, the page's own first. Raises
DamagedFile.
"""

import email
import email.errors
import email.policy
from dataclasses import dataclass
from email.message import Message

from extractor.datamodel.document import SourceFile
from extractor.errors import ArchiveLimit, DamagedFile

# a saved page nests two or three deep; the standard library's parser calls itself per level
_MULTIPARTS = 50


@dataclass(frozen=True, slots=True)
class Part:
    """A page among the parts: its bytes and the charset that its header states."""

    data: bytes
    charset: str | None


def parts_of(source: SourceFile, data: bytes) -> list[Part]:
    """The HTML parts: the one that the file names as its start, then the larger before the smaller."""
    if data.lower().count(b"boundary=") > _MULTIPARTS:
        raise ArchiveLimit("too many parts inside parts", where=source.path, remedy="save the page again, as HTML")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        found = [Part(_payload(part), part.get_content_charset()) for part in pages]
        start = _start(message, pages)
    except (email.errors.MessageError, ValueError, LookupError, TypeError, AttributeError) as fault:
        raise DamagedFile(f"not a saved page ({fault})", where=source.path, remedy="save the page again") from fault
    if not any(part.data.strip() for part in found):
        raise DamagedFile("no page among the parts", where=source.path, remedy="save the page again, as HTML")
    first = found.pop(start)
    return [part for part in (first, *sorted(found, key=lambda part: -len(part.data))) if part.data.strip()]


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _start(message: Message, pages: list[Message]) -> int:
    wanted = message.get_param("start")
    for index, part in enumerate(pages):
        if isinstance(wanted, str) and (part.get("Content-ID") or "").strip() == wanted.strip():
            return index
    return 0
