"""Small Word files out of a few lines of XML, for tests."""

import zipfile
from hashlib import sha256
from io import BytesIO

from extractor.datamodel.document import Document
from extractor.reading import describe, read

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": _W,
        "r": _R,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "hdr",
    "footer": "ftr",
    "comments": "comments",
}
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">{}</cp:coreProperties>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def members(body: str, *, core: str | None = None, **parts: str) -> dict[str, str]:
    """Parts of a file by name: `body` and further parts are the XML inside their roots."""
    links, made = "", {}
    for kind, inner in parts.items():
        links += f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>'
        made[f"word/{kind}.xml"] = f"<w:{_ROOTS[kind]} {_SPACES}>{inner}</w:{_ROOTS[kind]}>"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    made["[Content_Types].xml"] = _types([*parts])
    made["_rels/.rels"] = (
        f'<Relationships xmlns="{relations}"><Relationship Id="a" Type="{_R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    made["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{relations}">{links}</Relationships>'
    made["word/document.xml"] = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
    if core is not None:
        made["docProps/core.xml"] = _CORE.format(core)
    return made


def _types(kinds: list[str]) -> str:
    """The list of content types; we do not read it, LibreOffice does."""
    of_word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    names = {"document": "document.main", **{kind: kind for kind in kinds}}
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{of_word}.{kind}+xml"/>'
            for name, kind in names.items()
        )
        + "</Types>"
    )


def packed(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    """A zip of the parts."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return raw.getvalue()


def word(body: str, *, core: str | None = None, **parts: str) -> bytes:
    """A DOCX."""
    return packed(members(body, core=core, **parts))


def reading(data: bytes, name: str = "a.docx") -> Document:
    """The document of a file."""
    return read(describe(name, data, sha256(data).hexdigest()), data)


def p(*inner: str, properties: str = "") -> str:
    """A paragraph: text that is no XML becomes a run."""
    runs = "".join(
        part if part.startswith("<") else f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in inner
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(inner: str, properties: str = "") -> str:
    """A run of XML, or of text."""
    content = inner if inner.startswith("<") else f"<w:t>{inner}</w:t>"
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def in_list(list_id: int, level: int = 0) -> str:
    """Paragraph properties that number it."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(at: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def abstract(name: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: int, of: int, overrides: str = "") -> str:
    """A list that uses an abstract one."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def tc(*blocks: str, properties: str = "") -> str:
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{''.join(b if b.startswith('<') else p(b) for b in blocks)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def check_offsets(document: Document) -> None:
    """Kept characters lead to raw places in order, each to its own; what was dropped is where no character stands."""
    offsets = document.offsets
    assert offsets is not None
    raw = [place for place in offsets.raw if place >= 0]
    assert len(offsets.raw) == len(document.text)
    assert len(set(raw)) == len(raw)
    dropped = [(one.raw_start, one.raw_end) for one in offsets.repairs if one.kind in ("dropped", "joined")]
    assert not any(start <= place < end for place in raw for start, end in dropped)


MARK_GONE = "<w:rPr><w:del/></w:rPr>"
CHINESE = abstract(
    1,
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3.", '<w:suff w:val="space"/>'),
    level(3, "decimalEnclosedCircle", "%4"),
)


def ole(stream: str, *, locked_text: bool = False) -> bytes:
    """An OLE file of one stream: header, directory, the head of a Word document."""
    head = bytearray(OLE.ljust(512, b"\0"))
    head[30:32], head[48:52] = (9).to_bytes(2, "little"), (0).to_bytes(4, "little")
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = bytearray(name.ljust(64, b"\0") + len(name).to_bytes(2, "little")).ljust(128, b"\0")
    entry[116:120] = (1).to_bytes(4, "little")
    fib = b"\xec\xa5".ljust(10, b"\0") + (0x0100 if locked_text else 0).to_bytes(2, "little")
    return bytes(head + entry.ljust(512, b"\0") + fib.ljust(512, b"\0"))
