"""The only module that imports jieba: a private tokenizer with the words of patterns/, loaded on first use."""

import logging
from collections.abc import Iterable
from functools import cached_property
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    import jieba

# jieba's own division: no word crosses the edge of a block
_BLOCK = regex.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


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
    def _loaded(self) -> "tuple[jieba.Tokenizer, dict[str, str]]":
        """jieba's tokenizer with our words, and the part of speech of each word.

        The dictionary is read in one pass, and kept nowhere: jieba's own cache is a marshalled file that is trusted as
        it lies there (a changed one changes every table), and reading it takes half of the time that this takes.
        """
        # jieba costs a second to load; it is loaded by the first report, not by --help
        import jieba
        from jieba import get_module_res

        jieba.setLogLevel(logging.WARNING)
        with get_module_res(jieba.DEFAULT_DICT_NAME if hasattr(jieba, "DEFAULT_DICT_NAME") else "dict.txt") as lines:
            frequencies, tags, total = _parse(lines.read().decode("utf-8"))
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
        for entry in self._words:
            text, _, tag = entry.partition(" ")
            tokenizer.add_word(text, tag=tag or None)
            # the product of frequencies must not outweigh a word that we name
            tokenizer.suggest_freq(text, tune=True)
            if tag:
                tags[text] = tag
        return tokenizer, tags

    @property
    def _tokenizer(self) -> "jieba.Tokenizer":
        return self._loaded[0]

    @cached_property
    def _tags(self) -> dict[str, str]:
        return self._loaded[1]

    @cached_property
    def _dictionary(self) -> tuple[dict[str, int], dict[str, float], float]:
        """Frequencies (0 marks the beginning of longer words), log probabilities (filled as words are
        met), and the log of the total."""
        return self._tokenizer.FREQ, {}, log(self._tokenizer.total)

    def cut(self, text: str) -> list[Token]:
        """The words of `text` in order; they cover it without gaps.

        >>> [token.text for token in Tokens().cut("发放宣传资料")]
        ['发放', '宣传', '资料']
        """
        tags = self._tags
        found, start = [], 0
        for end in self._ends(text):
            word = text[start:end]
            found.append(Token(word, start, end, tags.get(word, "x")))
            start = end
        return found

    def tag_of(self, word: str, text: str) -> str | None:
        """The part of speech of a word of the text; None if no word of it is that one.

        >>> Tokens().tag_of("和县", "市委和县委")
        """
        if word not in text:
            return None
        # no word crosses the edge of a block: only those that hold it need be cut
        blocks = (block[0] for block in _BLOCK.finditer(text) if word in block[0])
        return next((token.tag for block in blocks for token in self.cut(block) if token.text == word), None)

    def _ends(self, text: str) -> list[int]:
        """Where words end. The same words as jieba's `tokenize(text, HMM=False)` (a test compares them),
        in one loop: jieba takes three passes, which short phrases pay for."""
        ends: list[int] = []
        at = 0
        for block in _BLOCK.finditer(text):
            start, end = block.span()
            if at < start:
                ends += _singly(text, at, start)
            self._cut_block(text, start, end, ends)
            at = end
        if at < len(text):
            ends += _singly(text, at, len(text))
        return ends

    def _cut_block(self, text: str, start: int, end: int, ends: list[int]) -> None:
        frequencies, weights, total = self._dictionary
        # from the end: the best score of each tail, and where its first word stops
        scores = [0.0] * (end - start + 1)
        stops = [0] * (end - start)
        for first in range(end - start - 1, -1, -1):
            best, best_stop = -inf, first + 1
            stop = first + 1
            while stop <= end - start:
                word = text[start + first : start + stop]
                weight = weights.get(word)
                if weight is None:
                    frequency = frequencies.get(word)
                    if frequency is None:
                        break
                    weight = weights[word] = log(frequency) - total if frequency else -inf
                if weight != -inf:
                    score = weight + scores[stop]
                    if score >= best:
                        best, best_stop = score, stop
                stop += 1
            scores[first] = best if best != -inf else scores[first + 1] - total
            stops[first] = best_stop
        at, alone = 0, False
        while at < end - start:
            stop = stops[at]
            joins = stop - at == 1 and text[start + at] in _LATIN
            if joins and alone:
                # letters and digits that are no words stay together: 12345
                ends[-1] = start + stop
            else:
                ends.append(start + stop)
            alone = joins
            at = stop


def _parse(dictionary: str) -> tuple[dict[str, int], dict[str, str], int]:
    """Frequencies (0 for what only begins words), parts of speech, and the sum of frequencies.

    >>> _parse("法治 10 n\\n法治化 2 vn\\n")[0]
    {'法治': 10, '法': 0, '法治化': 2}
    """
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    known = frequencies.setdefault
    for line in dictionary.splitlines():
        word, count, tag = line.split(" ")
        frequency = int(count)
        frequencies[word] = frequency
        tags[word] = tag
        total += frequency
        for end in range(1, len(word)):
            known(word[:end], 0)
    return frequencies, tags, total


def _singly(text: str, start: int, end: int) -> list[int]:
    """Ends of what stands between blocks: each character by itself, a line break of two as one."""
    return [at + 1 for at in range(start, end) if text[at : at + 2] != "\r\n"]
