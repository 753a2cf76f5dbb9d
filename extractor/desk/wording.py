"""Wording: what a page says, in Chinese or English, and text of strangers made visible.

Chinese comes from `languages/zh_desk.txt` and `zh.txt`; values of closed sets have their own lines there.
"""

import re
import unicodedata

from extractor.languages import chinese_of_pages

LANGUAGES = ("zh", "en")
# controls of direction hide what a text says: shown by name instead
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_KEY = re.compile("[a-z]+(?:_[a-z]+)+")
_SWITCH = {"True": "yes", "False": "no"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def said(text: object, language: str) -> str:
    """The English text in the language; values that nobody has put into another stay.

    >>> said("Reports", "zh"), said("Reports", "en")
    ('报告', 'Reports')
    """
    words = "" if text is None else str(text)
    if language == "zh":
        return chinese_of_pages(words)
    return _SWITCH.get(words) or (words.replace("_", " ") if _KEY.fullmatch(words) else words)


def harmless(text: str) -> str:
    """The text with control characters and controls of direction as visible marks.

    >>> harmless("甲\u202e乙\x07")
    '甲⟨RIGHT-TO-LEFT OVERRIDE⟩乙␇'
    """
    text = _BIDI.sub(lambda found: f"⟨{unicodedata.name(found[0])}⟩", text)
    return _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 0x20 else "␦", text)
