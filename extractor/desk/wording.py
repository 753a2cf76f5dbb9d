"""Wording: what a page says, in Chinese or English.

Chinese comes from `languages/zh_desk.txt` and `zh.txt`; values of closed sets have their own lines there.
"""

import re

from extractor.languages import chinese_of_pages

LANGUAGES = ("zh", "en")
_KEY = re.compile("[a-z]+(?:_[a-z]+)+")
_SWITCH = {"True": "yes", "False": "no"}


def worded(text: object, language: str) -> str:
    """The English text in the language; values that nobody has put into another stay.

    >>> worded("Reports", "zh"), worded("Reports", "en")
    ('报告', 'Reports')
    """
    words = "" if text is None else str(text)
    if language == "zh":
        return chinese_of_pages(words)
    return _SWITCH.get(words) or (words.replace("_", " ") if _KEY.fullmatch(words) else words)
