"""Which encoding the bytes of a text are in, and the text itself.

Comes in: bytes. Goes out: Python's name of the encoding; the text, with what was found amiss. The bytes decide, not
what the page says of itself. Some stray bytes do not lose a file: up to one in a thousand becomes U+FFFD, is seen in
the text and counted; beyond that the file is refused.
"""

from functools import lru_cache

import regex

from extractor.datamodel.document import SourceFile
from extractor.errors import NotText, UnknownEncoding

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_STATED = regex.compile(
    rb"(?i)<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([a-z0-9_\-]{2,20})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-z0-9_\-]{2,20})"
)
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode": "utf-16",
}
_BAD_SHARE = 1000
_CONTROL_SHARE = 0.02
_PUNCTUATION = frozenset("，。、；：（）《》“”‘’！？—…〔〕【】％·　\xa0〈〉０１２３４５６７８９")
_SAMPLE = 40_000
# none of these bytes is ever a part of a longer character of GB18030
_STRETCH = regex.compile(rb"([<>\r\n\t =\"&;]+)")
_LONGEST_STRETCH = 2000
_MOST_STRETCHES = 20


def encoding_of(data: bytes, stated: str | None = None) -> str | None:
    """Python's name of the encoding in which the bytes are text; None if there is none.

    A byte order mark decides, then UTF-8 (some stray bytes allowed), then what the page or `stated` says if that
    gives everyday Chinese, then UTF-16 without a mark, then GB18030, then the best guess of charset-normalizer,
    then GB18030 with some stray bytes.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name if _decodes(data, name) or _nearly(data, name) else None
    zeros = b"\x00" in data[:4096]
    if not zeros and (_decodes(data, "utf-8") or _is_torn_utf8(data)):
        return "utf-8"
    declared = family(stated) if stated else stated_encoding(data)
    if declared and not zeros and _decodes(data, declared) and _everyday(data, declared) > 0.7:
        return declared
    if zeros:
        wide = [n for n in ("utf-16-le", "utf-16-be") if _decodes(data, n) or _nearly(data, n)]
        return next((n for n in wide if _is_text(data, n)), None)
    if _decodes(data, "gb18030") and _is_text(data, "gb18030") and _everyday(data, "gb18030") > 0.5:
        return "gb18030"
    guess = _guess(data)
    if guess is None and _nearly(data, "gb18030") and _everyday(data, "gb18030") > 0.7:
        return "gb18030"
    if guess is None and _decodes(data, "gb18030") and _is_text(data, "gb18030"):
        return "gb18030"
    return guess


def stated_encoding(data: bytes) -> str | None:
    """What a page says in `<meta>` or its XML declaration, by family: gb2312 and gbk are gb18030."""
    found = _STATED.search(data[:4096].replace(b"\x00", b""))
    return family((found[1] or found[2]).decode("ascii")) if found else None


def family(name: str) -> str:
    """The encoding under which a name's texts are read.

    >>> family("GB2312"), family("UTF-8")
    ('gb18030', 'utf-8')
    """
    name = name.lower()
    return _FAMILIES.get(name, name)


def decoded(source: SourceFile, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of the bytes and what was amiss; raises UnknownEncoding, NotText."""
    if source.encoding is None:
        if data.count(b"\x00") > len(data) // 100 or _control(data.decode("latin-1")):
            raise NotText("binary bytes, not text", where=source.path, remedy="check what the file really is")
        raise UnknownEncoding(
            "text in no encoding that we know (tried UTF-8, UTF-16, GB18030, Big5), or with more than 1 byte in "
            f"{_BAD_SHARE} damaged",
            where=source.path,
            remedy="save the file as UTF-8",
        )
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(source.encoding)
    except UnicodeDecodeError:
        repair = _resynchronised(data) if source.encoding == "gb18030" else None
        text, bad = repair or _replaced(data, source.encoding)
        notes = (f"{bad} damaged places in the bytes, U+FFFD in the text",)
    if _control(text):
        raise NotText("binary bytes, not text", where=source.path, remedy="check what the file really is")
    return text, notes


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError, AssertionError):
        return False
    # codecs that give no text, such as base64, are none of a page
    return not encoding.startswith(
        ("utf-7", "utf7", "idna", "punycode", "raw", "unicode_escape", "undefined", "charmap")
    )


def _replaced(data: bytes, encoding: str) -> tuple[str, int]:
    text = data.decode(encoding, errors="replace")
    return text, text.count("\ufffd")


def _resynchronised(data: bytes) -> tuple[str, int]:
    """GB18030 with damaged places. One byte too many or too few shifts all pairs behind it, up to the next mark:
    in such a stretch the byte is left out that brings back the most characters of everyday use."""
    parts = []
    left = _MOST_STRETCHES
    for part in _STRETCH.split(data):
        try:
            parts.append(part.decode("gb18030"))
        except UnicodeDecodeError:
            parts.append(_best_cut(part) if left > 0 else part.decode("gb18030", errors="replace"))
            left -= 1
    text = "".join(parts)
    return text, text.count("\ufffd")


def _best_cut(part: bytes) -> str:
    choices = [part.decode("gb18030", errors="replace")]
    if len(part) <= _LONGEST_STRETCH:
        for at in range(len(part)):
            before, behind = part[:at], part[at + 1 :]
            choices.append(before.decode("gb18030", errors="replace") + "\ufffd" + behind.decode("gb18030", "replace"))
    common = _common()
    return max(choices, key=lambda text: sum(c in common or c in _PUNCTUATION for c in text) - 3 * text.count("\ufffd"))


def _nearly(data: bytes, encoding: str) -> bool:
    """True if no more than one byte in a thousand (but one, in a short text) is damaged."""
    _, bad = _replaced(data, encoding)
    return bad <= max(1, len(data) // _BAD_SHARE)


def _is_torn_utf8(data: bytes) -> bool:
    """UTF-8 with some stray bytes: no other encoding gives that many whole sequences by chance."""
    text, bad = _replaced(data[:_SAMPLE] if len(data) > 50 * _SAMPLE else data, "utf-8")
    whole = sum(char > "\x7f" for char in text) - bad
    return bad <= max(1, len(data) // _BAD_SHARE) and whole >= 10 * bad and _nearly(data, "utf-8")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The 3,755 characters of everyday use: level one of GB 2312."""
    return frozenset(
        char
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
        for char in bytes((high, low)).decode("gb2312", errors="ignore")
    )


def _everyday(data: bytes, encoding: str) -> float:
    """Share of everyday characters and marks among those beyond ASCII; 0 if there are none."""
    text = data[:_SAMPLE].decode(encoding, errors="ignore")
    beyond = [char for char in text if char > "\x7f"]
    common = _common()
    return sum(char in common or char in _PUNCTUATION for char in beyond) / len(beyond) if beyond else 0.0


def _is_text(data: bytes, encoding: str) -> bool:
    """Chinese of everyday use, hardly a control character: not what binary bytes give by chance."""
    text = data[:20000].decode(encoding, errors="ignore")
    if not text:
        return False
    odd = sum(1 for c in text if (c < " " and c not in "\n\r\t\f") or 0xE000 <= ord(c) <= 0xF8FF)
    common = sum(1 for c in text if "一" <= c <= "鿿" or c.isascii() or c in "，。、；：（）《》“”　")
    return odd <= len(text) / 100 and common >= 0.9 * len(text)


def _control(text: str) -> bool:
    sample = text[:20000]
    odd = sum(1 for char in sample if char < " " and char not in "\n\r\t\f")
    return odd > _CONTROL_SHARE * len(sample)


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_isolation=["big5", "utf_16", "utf_32", "hz", "big5hkscs"]).best()
    if best is None or not _decodes(data, best.encoding) or not _is_text(data, best.encoding):
        return None
    return str(best.encoding)
