"""Titles as keys: the form in which titles of documents are compared."""

import re

from extractor.corpus.agreement import title as normal_title

_STATE = "中华人民共和国"


def title_key(title: str | None) -> str:
    """Title for comparison: folded, no white space, no 《》, one kind of dash, without the state's name."""
    return re.sub("[—~-]+", "-", normal_title(title)).removeprefix(_STATE)
