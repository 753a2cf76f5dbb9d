"""The package of a Word file: a zip of XML parts, found by their relations, unpacked within bounds.

Comes in: bytes of DOCX, DOCM, DOTX or DOTM, transitional or strict. Goes out: parts as lxml elements whose names are
those of the transitional standard. Only parts that are asked for are unpacked; pictures never are. Refuses what is
damaged, locked, beyond the bound, or declares a document type (entities). The only module that imports lxml.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from extractor.datamodel.document import SourceFile
from extractor.errors import DamagedFile, EncryptedFile, TooLarge

# of unpacked XML in all parts read: a tree takes half a kilobyte for each element, however small it is in the file
XML_LIMIT = 32 * 1024 * 1024
TAG_LIMIT = 1_000_000
_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_NAMES = {
    "w": f"{_TRANSITIONAL}wordprocessingml/2006/main",
    "r": f"{_TRANSITIONAL}officeDocument/2006/relationships",
    "m": f"{_TRANSITIONAL}officeDocument/2006/math",
    "a": f"{_TRANSITIONAL}drawingml/2006/main",
    "c": f"{_TRANSITIONAL}drawingml/2006/chart",
    "dgm": f"{_TRANSITIONAL}drawingml/2006/diagram",
    "mc": f"{_TRANSITIONAL}markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "dc": "http://purl.org/dc/elements/1.1/",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_MAIN = "word/document.xml"
_REMEDY = "fetch it again, or open and save it in Word"


@cache
def named(name: str) -> str:
    """The full name of `w:p`, as lxml writes it.

    >>> named("w:p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


_VAL = named("w:val")
_TYPE = "Type"


def value(element: Any, name: str) -> str | None:
    """The attribute w:val of the child `name`; None if there is no such child, `` for one without the attribute."""
    child = element.find(named(name)) if element is not None else None
    return None if child is None else child.get(_VAL, "")


def number(text: str | None) -> int | None:
    """The integer that the text is; None for anything else, and for what no document counts.

    >>> number("12"), number("-1"), number("x"), number("99999999999")
    (12, -1, None, None)
    """
    try:
        found = int(text or "")
    except ValueError:
        return None
    return found if abs(found) < 1_000_000_000 else None


def is_on(element: Any, name: str) -> bool | None:
    """Whether the switch `name` among the children is on; None if it is not there."""
    switch = value(element, name)
    return None if switch is None else switch not in ("0", "false", "off", "none")


class Package:
    """An opened file; `part` gives one XML part, `related` the names of those the document refers to."""

    def __init__(self, source: SourceFile, data: bytes) -> None:
        """Raises DamagedFile, EncryptedFile, TooLarge."""
        self._where = source.path
        self._unpacked = self._tags = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as fault:
            raise self._damaged(f"the DOCX cannot be opened ({type(fault).__name__})") from fault
        # Word minds neither case nor the slash of Windows
        self._entries = {self._plain(entry.filename): entry for entry in self._zip.infolist()}
        self.damaged: list[str] = []
        self.main = self._main()
        self._relations = self._related(self.main)

    def document(self) -> Any:
        """The main part; raises DamagedFile if it is missing or broken."""
        root = self._part(self.main)
        if root is None:
            raise self._damaged("the DOCX holds no document")
        return root

    def part(self, kind: str) -> Any:
        """The part of that kind (styles, numbering, footnotes …); None without it, or if it is broken, which
        `damaged` then tells."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> Iterator[Any]:
        """All parts of that kind: headers and footers are many."""
        for name in self.names(kind):
            root = self._tolerated(name)
            if root is not None:
                yield root

    def names(self, kind: str) -> list[str]:
        """Names of the parts of that kind."""
        found = [target for relation, target in self._relations.values() if relation.rpartition("/")[2] == kind]
        return list(dict.fromkeys(found))

    def related(self, relation: str) -> Any:
        """The part behind a relation id of the main part; None without it."""
        found = self._relations.get(relation)
        return self._tolerated(found[1]) if found else None

    def embedded(self, relation: str) -> tuple[str, bytes] | None:
        """Name and bytes of the part behind a relation id of the main part; None without it."""
        found = self._relations.get(relation)
        data = self._bytes(found[1]) if found else None
        return None if found is None or data is None else (found[1], data)

    def properties(self) -> Any:
        """The core properties; None without them."""
        return self._tolerated("docprops/core.xml")

    def _main(self) -> str:
        relations = self._related("")
        named_main = [target for relation, target in relations.values() if relation.endswith("/officeDocument")]
        return next((name for name in named_main if name in self._entries), _MAIN)

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part by id: (kind as a URL, name of the part)."""
        folder, name = posixpath.split(part)
        root = self._tolerated(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for child in root if root is not None else ():
            target, relation = child.get("Target"), child.get(_TYPE)
            if target and relation and child.get("TargetMode") != "External":
                whole = target if target.startswith("/") else posixpath.join("/", folder, target)
                found[child.get("Id", "")] = (relation, self._plain(posixpath.normpath(whole)))
        return found

    @staticmethod
    def _plain(name: str) -> str:
        return name.replace("\\", "/").lstrip("/").lower()

    def _tolerated(self, name: str) -> Any:
        try:
            return self._part(name)
        except DamagedFile:
            self.damaged.append(name)
            return None

    def _part(self, name: str) -> Any:
        data = self._bytes(name)
        return None if data is None else parsed(data, name, where=self._where)

    def _bytes(self, name: str) -> bytes | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.flag_bits & 0x1:
            raise EncryptedFile(
                "the parts of the DOCX are locked", where=self._where, remedy="save it without a password"
            )
        bytes_left = XML_LIMIT - self._unpacked
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(bytes_left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
            raise self._damaged(f"{name} cannot be unpacked ({type(fault).__name__})") from fault
        except Exception as fault:
            # lzma and bz2 raise errors of their own
            raise self._damaged(f"{name} cannot be unpacked ({type(fault).__name__})") from fault
        self._tags += data.count(b"<")
        if len(data) > bytes_left or self._tags > TAG_LIMIT:
            raise TooLarge(
                f"more than {XML_LIMIT // 2**20} MB or {TAG_LIMIT:,} tags of text and formatting when unpacked",
                where=self._where,
                remedy="split the document; a report is far smaller",
            )
        self._unpacked += len(data)
        return data

    def _damaged(self, what: str) -> DamagedFile:
        return DamagedFile(what, where=self._where, remedy=_REMEDY)


def parsed(data: bytes, name: str, *, where: str, huge: bool = False) -> Any:
    """The root of a part, with transitional names; `huge`: texts beyond 10 MB and any depth too. Raises DamagedFile,
    TooLarge."""
    # lxml takes a while to load: only a Word file pays for it
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=huge,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        if "depth" in str(fault):
            raise TooLarge(
                f"{name} is nested deeper than any document", where=where, remedy="copy its text into a new one"
            ) from fault
        raise DamagedFile(f"{name} is no XML ({type(fault).__name__})", where=where, remedy=_REMEDY) from fault
    if root.getroottree().docinfo.doctype:
        raise DamagedFile(f"{name} declares a document type, which Word files never do", where=where, remedy=_REMEDY)
    if isinstance(root.tag, str) and root.tag.startswith("{" + _STRICT):
        _made_transitional(root)
    return root


def serialised(element: Any) -> bytes:
    """An element as a part of its own."""
    from lxml import etree

    return bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=True))


def _made_transitional(root: Any) -> None:
    """Give elements and attributes of a strict document the names of the transitional standard."""
    made: dict[str, str] = {}

    def renamed(name: str) -> str:
        if name not in made:
            space, _, local = name[1:].partition("}")
            kind, _, rest = space.removeprefix(_STRICT).partition("/")
            made[name] = f"{{{_TRANSITIONAL}{kind}/2006/{rest}}}{local}"
        return made[name]

    start = "{" + _STRICT
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(start):
            element.tag = renamed(element.tag)
        for name, text in list(element.attrib.items()):
            if name.startswith(start):
                del element.attrib[name]
                element.set(renamed(name), text)
