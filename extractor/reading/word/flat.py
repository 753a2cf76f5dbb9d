"""A Word package written as one XML file (`pkg:package`, as .xml or .doc): the same parts as a zip, for the reader.

Comes in: bytes. Goes out: bytes of a DOCX. Parts that are XML are written anew, others are unpacked from base64. Refuses
what is no XML, has a document type, or is beyond the bound.
"""

import base64
import binascii
import zipfile
from io import BytesIO

from extractor.datamodel.document import SourceFile
from extractor.errors import DamagedFile, TooLarge
from extractor.reading.word.package import TAG_LIMIT, XML_LIMIT, parsed, serialised

_SPACE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_REMEDY = "open it in Word and save it as DOCX"


def unflattened(source: SourceFile, data: bytes) -> bytes:
    """The DOCX that the file holds; raises DamagedFile, TooLarge."""
    # pictures as text make most of such a file
    if len(data) > 4 * XML_LIMIT or data.count(b"<") > TAG_LIMIT:
        raise TooLarge(
            f"more than {4 * XML_LIMIT // 2**20} MB or {TAG_LIMIT:,} tags in one XML file",
            where=source.path,
            remedy="split the document; a report is far smaller",
        )
    root = parsed(data, "the file", where=source.path, huge=True)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as parts:
        taken: set[str] = set()
        for part in root:
            name = (part.get(f"{_SPACE}name") or "").lstrip("/") if isinstance(part.tag, str) else ""
            if not name or name in taken or len(part) == 0:
                continue
            taken.add(name)
            held = part[0]
            if held.tag == f"{_SPACE}xmlData" and len(held):
                parts.writestr(name, serialised(held[0]))
            elif held.tag == f"{_SPACE}binaryData":
                parts.writestr(name, _unpacked(source, name, held.text or ""))
    return made.getvalue()


def _unpacked(source: SourceFile, name: str, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError) as fault:
        raise DamagedFile(f"{name} cannot be unpacked", where=source.path, remedy=_REMEDY) from fault
