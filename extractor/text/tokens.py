"""The only door to jieba: a private tokenizer with the words of patterns/, loaded on first use."""

import logging
import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import jieba


class Token(NamedTuple):
    """A word with its place (code points of the cut text) and the dictionary's part of speech.

    `tag` is `x` for what the dictionary does not know.
    """

    text: str
    start: int
    end: int
    tag: str


class Tokens:
    """Cuts Chinese text into words; equal text gives equal words on every machine."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(words)

    @cached_property
    def _tokenizer(self) -> "jieba.Tokenizer":
        # jieba costs a second to load; it is loaded by the first report, not by --help
        import jieba

        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        # jieba's default cache is a fixed name in the shared temporary folder, which another
        # user may own (jieba issues 26, 903) or have planted
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "govreport"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tokenizer.tmp_dir = str(folder)
        except OSError:
            tokenizer.tmp_dir = None
        tokenizer.initialize()
        for word in self._words:
            text, _, tag = word.partition(" ")
            tokenizer.add_word(text, tag=tag or None)
            # the product of frequencies must not outweigh a word that we name
            tokenizer.suggest_freq(text, tune=True)
        return tokenizer

    @cached_property
    def _tags(self) -> dict[str, str]:
        import jieba
        from jieba import get_module_res

        tags: dict[str, str] = {}
        with get_module_res(jieba.DEFAULT_DICT_NAME if hasattr(jieba, "DEFAULT_DICT_NAME") else "dict.txt") as lines:
            for line in lines:
                word, _, tag = line.decode("utf-8").strip().split(" ")
                tags[word] = tag
        for entry in self._words:
            text, _, tag = entry.partition(" ")
            if tag:
                tags[text] = tag
        return tags

    def cut(self, text: str) -> list[Token]:
        """The words of `text` in order; they cover it without gaps.

        >>> [token.text for token in Tokens().cut("发放宣传资料")]
        ['发放', '宣传', '资料']
        """
        tags = self._tags
        return [
            Token(word, start, end, tags.get(word, "x"))
            for word, start, end in self._tokenizer.tokenize(text, HMM=False)
        ]
