"""Comparable forms: texts, titles and document numbers folded so that only what differs in sense differs.

Comes in: a text as written, or None. Goes out: the normal form, empty for None. Punctuation width, white space and
bracket shape never decide.
"""

import re

from extractor.datamodel.folding import fold

_QUOTE_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"'})
_BRACKETED_YEAR = re.compile(r"[〔(\[„「](\d{2}|\d{4})[〕)\]‟」]")
_NOT_A_WORD = re.compile(r"[^\w%]")
_STATE = "中华人民共和国"


def plain(text: str | None) -> str:
    """Folded, without white space, straight quotation marks: the form in which texts are compared.

    >>> plain("“三项制度” （试行）")
    '"三项制度"(试行)'
    """
    return re.sub(r"\s+", "", fold(text or "").translate(_QUOTE_MARKS))


def title(text: str | None) -> str:
    """A heading's or a document's title for comparison: no 《》, no closing mark, no bullet.

    >>> title("——工作目标：")
    '工作目标'
    """
    form = plain(text).lstrip("—-").rstrip("。;:,.")
    return form[1:-1] if form.startswith("《") and form.endswith("》") else form


def title_key(text: str | None) -> str:
    """Title for comparison: folded, no white space, no 《》, one kind of dash, without the state's name."""
    return re.sub("[—~-]+", "-", title(text)).removeprefix(_STATE)


def document_number(text: str | None) -> str:
    """Normal form of a document number: 〔〕, four-digit year, without 第, 中华人民共和国 and spaces.

    >>> document_number("城住字（84）第 678 号")
    '城住字〔1984〕678号'
    """
    form = plain(text).replace("第", "").removeprefix("中华人民共和国")
    return _BRACKETED_YEAR.sub(lambda found: f"〔{_four_digits(found[1])}〕", form)


def _four_digits(year: str) -> str:
    if len(year) == 4:
        return year
    # document numbers with two-digit years went out of use in the 1990s
    return ("20" if int(year) < 30 else "19") + year


def words(name: str | None) -> str:
    """The name without white space and punctuation."""
    return _NOT_A_WORD.sub("", plain(name))
