"""Files that unfold, nest or point elsewhere: each small, made anew. BOMBS: name → (file name, function that makes it)."""

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEXT = "全年办结案件12件。"
_MEGA = 1 << 20


def zipped(members: Mapping[str, bytes], **named: int) -> bytes:
    """A zip of the members."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, **named) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return raw.getvalue()


def big(name: str, megabytes: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with one member of zeros, written by parts."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", method) as made, made.open(name, "w", force_zip64=True) as stream:
        for _ in range(megabytes):
            stream.write(bytes(_MEGA))
    return raw.getvalue()


def word(body: str, head: str = "", **parts: str) -> bytes:
    """A Word file of that body; `head` stands before its root."""
    members = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>",
        **parts,
    }  # fmt: skip
    return zipped({name: text.encode() for name, text in members.items()})


def paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def nested(depth: int, width: int = 1, inner: bytes = b"x", name: str = "a.txt") -> bytes:
    """Zips in zips."""
    data = zipped({name: inner})
    for _ in range(depth):
        data = zipped({f"{at}.zip": data for at in range(width)})
    return data


def overlapping(count: int) -> bytes:
    """A zip whose entries all lie on the same packed bytes: little on disk, much when unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(20 * _MEGA)) + packer.flush()
    check = zlib.crc32(bytes(20 * _MEGA))
    sizes = struct.pack("<LLL", check, len(packed), 20 * _MEGA)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 5, 0) + b"a.txt"
    central = b"".join(
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
        + struct.pack("<HHHHHLL", 9, 0, 0, 0, 0, 0, 0) + b"%05d.txt" % at
        for at in range(count)
    )  # fmt: skip
    start = len(local) + len(packed)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, count, count, len(central), start, 0)
    return local + packed + central + end


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar of the members."""
    raw = BytesIO()
    with tarfile.open(fileobj=raw, mode=mode) as made:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, BytesIO(data))
    return raw.getvalue()


def linked() -> bytes:
    """A tar of links and devices that lead outside."""
    raw = BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as made:
        for name, kind, target in (
            ("a.txt", tarfile.SYMTYPE, "/etc/passwd"),
            ("b.txt", tarfile.LNKTYPE, "../../etc/passwd"),
            ("c.txt", tarfile.CHRTYPE, ""),
            ("d.txt", tarfile.FIFOTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            made.addfile(info)
    return raw.getvalue()


def sparse(gigabytes: int) -> bytes:
    """A tar whose member says that it is huge and holds nothing."""
    head = bytearray(tarfile.TarInfo("a.txt").tobuf(tarfile.GNU_FORMAT))
    head[156:157] = b"S"
    head[386:398], head[398:410] = b"%011o\0" % (gigabytes << 30), b"%011o\0" % 0
    head[483:495] = b"%011o\0" % (gigabytes << 30)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + bytes(1024)


def squeezed(opener: Callable[..., bytes], megabytes: int) -> bytes:
    """Zeros, packed."""
    return opener(bytes(megabytes * _MEGA))


def seven(members: Mapping[str, bytes]) -> bytes:
    """A 7z of the members; nothing without its library."""
    try:
        import py7zr
    except ImportError:
        return b"7z\xbc\xaf\x27\x1c"
    raw = BytesIO()
    with py7zr.SevenZipFile(raw, "w") as made:
        for name, data in members.items():
            made.writestr(data, name)
    return raw.getvalue()


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from one."""
    made, places = b"%PDF-1.5\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        count, table, count, root, len(made))  # fmt: skip


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(data, 9)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (more, len(packed), packed)


def page(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    """A PDF of one page; the content is object 4, what it needs from 5 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % resources,
        content,
        *more,
    )


def twice_packed(megabytes: int) -> bytes:
    """A page whose content was packed twice: zeros pack a million times smaller."""
    packed = zlib.compress(zlib.compress(b" " * (megabytes * _MEGA), 9), 9)
    return page(b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(packed), packed))


def forms(levels: int, times: int) -> bytes:
    """Forms that show forms: `times` to the power of `levels` texts."""
    made = []
    for level in range(levels):
        inner = b"/F Do " * times if level + 1 < levels else b"BT /A 9 Tf 9 9 Td (1) Tj ET"
        resources = (
            b"/XObject<</F %d 0 R>>" % (6 + level)
            if level + 1 < levels
            else b"/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
        )
        made.append(stream(inner, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>" % resources))
    return page(stream(b"/F Do " * times), b"/XObject<</F 5 0 R>>", *made)


def pages(count: int) -> bytes:
    """A PDF of so many times the same page."""
    kids = b"3 0 R " * count
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def circle() -> bytes:
    """A page tree that holds itself."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>")


def image(side: int) -> bytes:
    """A page that is one huge picture."""
    return page(
        stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
        b"/XObject<</I 5 0 R>>",
        stream(
            bytes(_MEGA),
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (side, side),
        ),
    )


def texts(count: int) -> bytes:
    """A page with so many letters."""
    font = b"/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return page(stream(b"BT /A 9 Tf 9 9 Td " + b"(11111111) Tj " * (count // 8) + b"ET"), font)


def rules(count: int) -> bytes:
    """A page with so many lines across each other."""
    lines = b"".join(
        b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (at % 595, at % 595, at % 842, at % 842) for at in range(count)
    )
    return page(stream(lines))


def billion_laughs() -> str:
    """Entities of entities."""
    made = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    return f"<!DOCTYPE x [{made}]>"


def ofd(main: str, **parts: str) -> bytes:
    """An OFD whose document is `main`."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    root = f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    members = {"OFD.xml": root, "Doc_0/Document.xml": main.replace("<ofd:Document", f"<ofd:Document {space}"), **parts}
    return zipped({name: text.encode() for name, text in members.items()})


def html(body: str) -> bytes:
    """A web page."""
    return f"<html><head><meta charset=utf-8></head><body>{body}<p>{_TEXT}</p></body></html>".encode()


def mhtml(depth: int) -> bytes:
    """Parts in parts."""
    made = "Content-Type: text/html; charset=utf-8\n\n<p>" + _TEXT
    for at in range(depth):
        made = f'Content-Type: multipart/related; boundary="b{at}"\n\n--b{at}\n{made}\n--b{at}--\n'
    return ("MIME-Version: 1.0\n" + made).encode()


_CELLS = "<w:tbl>" + "<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc>' * 50 + "</w:tr>"
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip: 300 MB of zeros in a member": ("a.zip", lambda: big("a.txt", 300)),
    "zip: 200 MB of zeros, bzip2": ("a.zip", lambda: big("a.txt", 200, zipfile.ZIP_BZIP2)),
    "zip: 200 MB of zeros, lzma": ("a.zip", lambda: big("a.txt", 200, zipfile.ZIP_LZMA)),
    "zip: ten deep": ("a.zip", lambda: nested(10)),
    "zip: 16 in each of 16 in each of 16": ("a.zip", lambda: nested(3, 16, bytes(_MEGA))),
    "zip: 2000 entries on the same bytes": ("a.zip", lambda: overlapping(2000)),
    "zip: 100,000 empty members": ("a.zip", lambda: zipped({f"{at}.bin.png": b"" for at in range(100_000)})),
    "zip: members that point outside": ("a.zip", lambda: zipped({"../../a.txt": b"1", "/etc/b.txt": b"1", "C:\\c.txt": b"1"})),
    "zip: a member larger than it says": ("a.zip", lambda: big("a.txt", 100).replace(struct.pack("<Q", 100 * _MEGA), struct.pack("<Q", 99))),
    "tar: links, a device, a pipe": ("a.tar", linked),
    "tar: a sparse member of 7 GB": ("a.tar", lambda: sparse(7)),
    "tar.gz: 300 MB of zeros": ("a.tar.gz", lambda: tarred({"a.txt": bytes(300 * _MEGA)}, "w:gz")),
    "tar.xz: 300 MB of zeros": ("a.tar.xz", lambda: squeezed(lambda d: lzma.compress(d, preset=0), 300)),
    "tar.bz2: 100 MB of zeros": ("a.tar.bz2", lambda: squeezed(bz2.compress, 100)),
    "gz: 300 MB of zeros": ("a.txt.gz", lambda: squeezed(gzip.compress, 300)),
    "gz in gz: 300 MB of zeros": ("a.txt.gz.gz", lambda: gzip.compress(squeezed(gzip.compress, 300))),
    "7z: 300 MB of zeros": ("a.7z", lambda: seven({"a.txt": bytes(300 * _MEGA)})),
    "7z: members of one name": ("a.7z", lambda: seven({f"{at}.txt": b"1" * 99 for at in range(2000)})),
    "docx: 300 MB of spaces in its text": ("a.docx", lambda: word(" " * (300 * _MEGA))),
    "docx: a billion laughs": ("a.docx", lambda: word(paragraph("&a9;"), billion_laughs())),
    "docx: an entity that is /etc/passwd": ("a.docx", lambda: word(paragraph("&e;"), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')),
    "docx: a document type from elsewhere": ("a.docx", lambda: word(paragraph(_TEXT), '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">')),
    "docx: 100,000 deep": ("a.docx", lambda: word("<w:sdt><w:sdtContent>" * 50_000 + paragraph("甲") + "</w:sdtContent></w:sdt>" * 50_000)),
    "docx: cells over 999,999 columns": ("a.docx", lambda: word(_CELLS * 20 + "</w:tbl>" * 20)),
    "docx: 900,000 empty paragraphs": ("a.docx", lambda: word("<w:p/>" * 900_000 + paragraph(_TEXT))),
    "docx: 2,000,000 empty paragraphs": ("a.docx", lambda: word("<w:p/>" * 2_000_000)),
    "flat docx: a billion laughs": ("a.xml.doc", lambda: (
        '<?xml version="1.0"?>' + billion_laughs()
        + '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">&a9;</pkg:package>').encode()),
    "pdf: 1 GB of content, packed twice": ("a.pdf", lambda: twice_packed(1024)),
    "pdf: 200 MB of content": ("a.pdf", lambda: page(stream(b"q Q " * (50 * _MEGA)))),
    "pdf: forms in forms, ten to the ninth": ("a.pdf", lambda: forms(9, 10)),
    "pdf: 1,000,000 pages": ("a.pdf", lambda: pages(1_000_000)),
    "pdf: a page tree that holds itself": ("a.pdf", circle),
    "pdf: a picture of 60,000 by 60,000": ("a.pdf", lambda: image(60_000)),
    "pdf: a page of 2,000,000 letters": ("a.pdf", lambda: texts(2_000_000)),
    "pdf: 100,000 lines across each other": ("a.pdf", lambda: rules(50_000)),
    "ofd: 300 MB of spaces": ("a.ofd", lambda: ofd(" " * (300 * _MEGA))),
    "ofd: a billion laughs": ("a.ofd", lambda: ofd(billion_laughs() + "<ofd:Document>&a9;</ofd:Document>")),
    "ofd: 1,000,000 pages": ("a.ofd", lambda: ofd(
        "<ofd:Document><ofd:Pages>" + '<ofd:Page BaseLoc="p"/>' * 500_000 + "</ofd:Pages></ofd:Document>")),
    "html: 1,000,000 open blocks": ("a.html", lambda: html("<div>" * 1_000_000)),
    "html: 200,000 tables in tables": ("a.html", lambda: html("<table><tr><td>" * 200_000)),
    "html: a cell over 2,000,000,000 columns": ("a.html", lambda: html(
        "<table>" + "<tr><td colspan=2000000000 rowspan=2000000000>甲</td></tr>" * 1000 + "</table>")),
    "html: 200,000 attributes": ("a.html", lambda: html("<p " + "".join(f"a{at}=1 " for at in range(200_000)) + ">")),
    "html: 1,000,000 open comments": ("a.html", lambda: html("<!-" * 1_000_000)),
    "html: 2,000,000 less-than": ("a.html", lambda: html("<" * 2_000_000)),
    "html: 500,000 closing tags of nothing": ("a.html", lambda: html("</b></i>" * 250_000)),
    "html: 4,000 rules by 20,000 blocks": ("a.html", lambda: html(
        "<style>" + "".join(f".a{at} .b .c .d {{display:none}}" for at in range(4000)) + "</style>" + "<div class='d c b'>甲</div>" * 20_000)),
    "html: 300,000 entities without end": ("a.html", lambda: html("&#x4e00" * 300_000)),
    "html: 19 MB of one word": ("a.html", lambda: html("甲" * (6 * _MEGA))),
    "mhtml: 2,000 parts in parts": ("a.mht", lambda: mhtml(2000)),
    "mhtml: 100,000 boundaries": ("a.mht", lambda: (
        b'Content-Type: multipart/related; boundary="b"\n\n' + b"--b\nContent-Type: text/html\n\n<p>1\n" * 100_000)),
    "txt: 30 MB": ("a.txt", lambda: _TEXT.encode() * (_MEGA)),
    "txt: 19 MB": ("a.txt", lambda: _TEXT.encode() * (19 * _MEGA // len(_TEXT.encode()))),
}  # fmt: skip
