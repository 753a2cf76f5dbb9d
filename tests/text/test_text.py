"""Language facts: numerals, units, dates, sentences."""

import itertools
from decimal import Decimal
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.datamodel.folding import fold
from extractor.text.dates import find_dates
from extractor.text.numerals import chinese_value, find_numerals
from extractor.text.sentences import clauses, sentences
from extractor.text.tokens import Tokens

_DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A whole number below 10^8 in Chinese, written out anew for the test."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if rest and rest < 1000 else ""
        return spelled(number // 10_000) + "万" + gap + (spelled(rest) if rest else "")
    out, zero = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return out or "零"


@given(st.integers(0, 99_999_999))
def test_spelled_numbers_are_read_back(number: int) -> None:
    assert chinese_value(spelled(number)) == number


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("6,280件", ["6280"]),
        ("2020,罗店镇", ["2020"]),
        ("5.66万亿元", ["5660000000000.00"]),
        ("700余万元", ["7000000"]),
        ("6百余篇", ["600"]),
        ("1万3千人", ["13000"]),
        ("两万余人次", ["20000"]),
        ("三点五", ["3.5"]),
        ("1.2亿千瓦", ["120000000.0"]),
        ("二十一万五千元", ["215000"]),
        ("一万三", ["13000"]),
        # thousands parted by a space, and numbers that only stand side by side
        ("4 598件", ["4598"]),
        ("共12 345 678人", ["12345678"]),
        ("投入1 234.5万元", ["12345000"]),
        ("2020 100件", ["2020", "100"]),
        ("第3 100件", ["3", "100"]),
        ("附件1 200份", ["1", "200"]),
        ("12 30人", ["12", "30"]),
        ("1 234", ["1", "234"]),
    ],
)
def test_numerals_of_all_shapes(text: str, values: list[str]) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize("text", ["若干", "亿万"])
def test_vague_numerals_have_no_value(text: str) -> None:
    assert [(numeral.value, numeral.vague) for numeral in find_numerals(text)] == [(None, True)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("截至2020年12月底", ["2020年12月"]),
        ("2021年6月20日前", ["2021年6月20日"]),
        ("1月至3月", ["1月至3月"]),
        ("二〇二二年一月十八日", ["二〇二二年一月十八日"]),
        ("2021—2025年", ["2021—2025年"]),
        ("历时3个月", []),
        ("工期4年", []),
        # a limit and what it is cut to are lengths of time, the day on which something ends is none
        ("办结时限由15日压缩至5日", []),
        ("审批从二十日缩短为三日", []),
        ("由10日延长至15日", []),
        ("活动延长至15日", ["15日"]),
        ("12月5日压缩到位", ["12月5日"]),
    ],
)
def test_dates_and_what_is_none(text: str, dates: list[str]) -> None:
    view = fold(text)
    assert [span.slice(text) for span in find_dates(view)] == dates


@given(st.text(alphabet="甲乙，。；！？：“”《》（）\n1,3 ", max_size=60))
def test_sentences_and_clauses_never_lose_or_repeat_text(text: str) -> None:
    view = fold(text)
    for cut in (sentences, clauses):
        spans = cut(view)
        assert spans == sorted(spans)
        assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
        kept = "".join(span.slice(view) for span in spans)
        assert sorted(kept.replace(" ", "").replace("\n", "")) == sorted(view.replace(" ", "").replace("\n", ""))


@given(st.text(max_size=80))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(
    st.lists(
        st.sampled_from(
            [*"办结率2020年a.b-，“”\r\n 　", "矛盾纠纷", "调解", "12345", "法律顾问", "\r\n", "人民政府", "𠮷"]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=60)
)
def test_words_are_those_of_jieba(text: str) -> None:
    tokens = _tokens()
    own = [(token.text, token.start, token.end) for token in tokens.cut(text)]
    assert own == list(tokens._tokenizer.tokenize(text, HMM=False))


@lru_cache(maxsize=1)
def _tokens() -> Tokens:
    return Tokens(["法律顾问 n", "公开率 n"])
