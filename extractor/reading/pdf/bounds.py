"""What a PDF unfolds to, before it is opened: pdfium unpacks streams and forms in forms without a bound of its own.

Comes in: bytes. Goes out: nothing, or TooLarge. Pictures are left alone (they are unpacked only to be looked at), and so
are streams packed by other means than Flate, and those of a locked file.
"""

import zlib
from collections.abc import Iterator

import regex

from extractor.datamodel.document import SourceFile
from extractor.errors import TooLarge

# of a page's marks, a font, a form
_MEGABYTES = 32
_STREAM_BYTES = _MEGABYTES * 1024 * 1024
# Flate packs no more than that many times smaller
_RATIO = 1032
_EXPANDED = 20_000
_DICTIONARY = 4000
_SHOWN_BYTES = 1 << 20
_CHUNK = 1 << 16
_OBJECT = regex.compile(rb"([0-9]{1,9})\s+[0-9]{1,5}\s+obj\b")
_FLATE = regex.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = regex.compile(rb"/Subtype\s*/Image\b")
_FORM = regex.compile(rb"/Subtype\s*/Form\b")
_NAMED = regex.compile(rb"/([^\s/<>\[\]()]{1,60})\s+([0-9]{1,9})\s+[0-9]{1,5}\s+R\b")
_SHOWS = regex.compile(rb"/([^\s/<>\[\]()]{1,60})\s+Do\b")


def check_bounds(source: SourceFile, data: bytes) -> None:
    """Raise TooLarge for a stream, or forms in forms, that would unfold beyond any report."""
    forms: dict[int, dict[int, int]] = {}
    for number, head, start, end in _streams(data):
        if _IMAGE.search(head):
            continue
        filters = len(_FLATE.findall(head))
        if filters and (end - start) * _RATIO**filters > _STREAM_BYTES:
            size = sum(len(part) for part in _unpacked(data, start, end, filters, _STREAM_BYTES + 1))
            if size > _STREAM_BYTES:
                raise _too_large(source, f"a stream beyond {_MEGABYTES} MB when unpacked")
        if _FORM.search(head):
            shown = b"".join(_unpacked(data, start, end, filters, _SHOWN_BYTES)) if filters else data[start:end]
            names = {name: int(at) for name, at in _NAMED.findall(head)}
            forms[number] = _counted(shown, names)
    if any(sum(inner.values()) > 1 for inner in forms.values()) and _most_expanded(forms) > _EXPANDED:
        raise _too_large(source, f"forms that show forms more than {_EXPANDED} times")


def _too_large(source: SourceFile, what: str) -> TooLarge:
    return TooLarge(what, where=source.path, remedy="print it to a new PDF")


def _streams(data: bytes) -> Iterator[tuple[int, bytes, int, int]]:
    """Object number, dictionary, and where the packed bytes begin and end."""
    at = 0
    while (mark := data.find(b"stream", at)) >= 0:
        at = mark + 6
        before = data[max(mark - _DICTIONARY, 0) : mark]
        opened = before.rfind(b" obj")
        found = _OBJECT.search(before, max(before.rfind(b"\n", 0, max(opened - 20, 0)), opened - 20, 0))
        if opened < 0 or found is None:
            continue
        start = mark + 6
        start += 2 if data.startswith(b"\r\n", start) else 1
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        yield int(found[1]), before[found.end() :], start, end
        at = end + 9


def _unpacked(data: bytes, start: int, end: int, filters: int, most: int) -> Iterator[bytes]:
    """Unpacked parts of a stream, no more than about `most` bytes; nothing more behind a fault."""
    parts: Iterator[bytes] = (data[at : min(at + _CHUNK, end)] for at in range(start, end, _CHUNK))
    for _ in range(filters):
        parts = _inflated(parts)
    seen = 0
    for part in parts:
        yield part
        seen += len(part)
        if seen >= most:
            return


def _inflated(parts: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.decompressobj()
    for part in parts:
        left = part
        # behind the end of the stream zlib may keep a tail that it never takes
        while left and not packer.eof:
            try:
                yield packer.decompress(left, _CHUNK)
            except zlib.error:
                return
            left = packer.unconsumed_tail


def _counted(shown: bytes, names: dict[bytes, int]) -> dict[int, int]:
    """How many times a form shows which others."""
    found: dict[int, int] = {}
    for name in _SHOWS.findall(shown):
        if name in names:
            found[names[name]] = found.get(names[name], 0) + 1
    return found


def _most_expanded(forms: dict[int, dict[int, int]]) -> int:
    """Forms that must be drawn for the one that unfolds most; one that shows itself is drawn no second time."""
    known: dict[int, int] = {}
    for first in forms:
        waiting, entered = [first], {first}
        while waiting:
            number = waiting[-1]
            inner = [other for other in forms.get(number, {}) if other not in known and other not in entered]
            if inner:
                waiting += inner
                entered.update(inner)
                continue
            waiting.pop()
            known[number] = min(
                1 + sum(times * known.get(other, 0) for other, times in forms.get(number, {}).items()), 1 << 60
            )
    return max(known.values(), default=0)
