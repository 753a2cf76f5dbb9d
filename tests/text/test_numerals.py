"""Numerals and shares: shapes of the language, counterexamples, and what holds of any string."""

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.datamodel.folding import fold
from extractor.datamodel.vocabulary import Approximation
from extractor.text.chinese_numerals import CHINESE, read_chinese
from extractor.text.numerals import chinese_value, find_numerals
from extractor.text.shares import find_shares

_PLAIN, _FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def spelled(number: int, figures: str = _PLAIN, two: bool = False) -> str:
    """A whole number below 10^16 in Chinese, by the rules of the grammar books; `two` writes 两 before 千 万 亿."""
    if number == 0:
        return figures[0]
    out = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        head, number = divmod(number, scale) if name else (number, 0)
        if not head:
            continue
        if out and head < (1000 if scale < 10**8 else 10**8):
            out += figures[0]
        out += (spelled(head, figures, two) if head >= 10**4 else _section(head, figures, two)) + name
        if number and number < scale // 10 and not out.endswith(figures[0]) and number >= 1000 and scale == 10**8:
            # 一亿零五千: the gap is said once
            out += figures[0] if number < 10**4 else ""
    return out.replace(figures[0] * 2, figures[0])


def _section(number: int, figures: str, two: bool) -> str:
    scales = "千百十" if figures is _PLAIN else "仟佰拾"
    out, gap = "", False
    for value, name in zip((1000, 100, 10, 1), [*scales, ""], strict=True):
        figure = number // value % 10
        if not figure:
            gap = bool(out)
            continue
        written = "两" if two and figure == 2 and value == 1000 else figures[figure]
        out += (figures[0] if gap else "") + written + name
        gap = False
    return out


@given(st.integers(0, 10**16 - 1))
@example(1_500_000_000_000)
@example(4569_8311_4872_5382)
@example(100_000_012)
def test_a_spelled_number_is_read_back(number: int) -> None:
    for text in (spelled(number), spelled(number, two=True), spelled(number, _FORMAL)):
        assert chinese_value(text) == number, text


@given(st.integers(0, 10**16 - 1))
def test_a_spelled_number_is_found_whole(number: int) -> None:
    text = "共" + spelled(number) + "件"
    assert [(n.span.slice(text), n.value) for n in find_numerals(text)] == [(text[1:-1], number)]


@given(st.integers(1, 9999), st.integers(1, 9), st.integers(1, 9), st.integers(0, 9))
def test_arabic_figures_mix_with_scales(head: int, thousands: int, hundreds: int, ones: int) -> None:
    text = f"{head}万{thousands}千{hundreds}百" + (f"零{ones}" if ones else "")
    (numeral,) = find_numerals(text)
    assert numeral.value == head * 10**4 + thousands * 1000 + hundreds * 100 + ones


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", "万", "亿", "万亿", "百万", "千亿"]))
def test_a_figure_times_its_scale(number: Decimal, scale: str) -> None:
    (numeral,) = find_numerals(f"为{number}{scale}元")
    factor = {"": 0, "万": 4, "亿": 8, "万亿": 12, "百万": 6, "千亿": 11}[scale]
    assert numeral.value == number.scaleb(factor)


_ALPHABET = CHINESE + "0123456789.,%-点分之又折成半负几余多来数两兆 ~件元个万k/^e"


@given(st.text(alphabet=_ALPHABET, max_size=60) | st.text(max_size=60))
def test_no_numeral_is_read_twice_and_none_is_empty(text: str) -> None:
    view = fold(text)
    for spans in ([n.span for n in find_numerals(view)], [s.span for s in find_shares(view)]):
        assert all(0 <= span.start < span.end <= len(view) for span in spans)
        assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


@given(st.text(alphabet=CHINESE + "0123456789 ", min_size=1, max_size=40))
def test_a_reading_never_goes_beyond_its_run(run: str) -> None:
    reading = read_chinese(run)
    assert 0 <= reading.end <= len(run)
    assert reading.high is None or (reading.value is not None and reading.value < reading.high)


@pytest.mark.parametrize(
    "piece",
    [
        "一",
        "万",
        "一万",
        "1",
        "1,",
        "1,111",
        "1 ",
        "一 ",
        "百分之",
        "三又",
        "点五",
        "1.",
        "负",
        "九",
        "几万",
        "1万",
        "半",
        "1/",
        "零",
        "1^",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    # of the processor, not of the clock: other work on the machine must not count
    def seconds(size: int) -> float:
        view = piece * (size // len(piece))
        find_numerals.cache_clear()
        best = float("inf")
        for _ in range(5):
            find_numerals.cache_clear()
            read_chinese.cache_clear()
            start = time.process_time()
            find_numerals(view)
            find_shares(view)
            best = min(best, time.process_time() - start)
        return best

    short, long = seconds(2_000), seconds(16_000)
    # eight times the text; a square would take 64 times the time
    assert long < 30 * short + 0.02


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一万五千亿", [15 * 10**11]),
        ("五十千克", [50]),
        ("五百三千", [500, 3000]),
        ("一百零十万", [1_100_000]),
        ("一万零十二", [10_012]),
        ("四万万", [400_000_000]),
        ("五兆六十二亿", [5_006_200_000_000]),
        ("五兆瓦", [5]),
        ("壹千零五十", [1050]),
        ("拾六万", [160_000]),
        ("壹佰零伍万", [1_050_000]),
        ("廿一", [21]),
        ("卅", [30]),
        ("三亿五", [350_000_000]),
        ("1千零1", [1001]),
        ("2千零30万", [20_300_000]),
        ("1亿2000万元", [120_000_000]),
        ("3万5000元", [35_000]),
        ("人口3万2021年", [30_000, 2021]),
        ("1600 万元", [16_000_000]),
        ("2019十大", [2019, 10]),
        ("2020百强", [2020, 100]),
        ("增长.5", [5]),
        ("增长 .5", [Decimal("0.5")]),
        ("2e5", [200_000]),
        ("10^4", [10_000]),
        ("负3.9%", [Decimal("-3.9")]),
        ("零下15℃", [-15]),
        ("零下十五度", [-15]),
        ("担负三项任务", [3]),
        ("减负10项", [10]),
        ("3胜2负1平", [3, 2, 1]),
        ("6.5%-7%", [Decimal("6.5"), 7]),
        ("三十两", [30]),
        ("两两结对", [None]),
        ("十四五", [None]),
        ("队伍、大陆、收拾", []),
        ("万", []),
        ("三点五亿", [350_000_000]),
        ("三点五十分", [3, 50]),
        ("十几万多亿", [10**13]),
        ("一百零几万", [1_000_000]),
        ("一 百 五 十 个", [150]),
        ("一 二 三", [1, 2, 3]),
        ("20 30", [20, 30]),
        ("１２３，４５６", [123_456]),
        ("兩貳萬", [None]),
    ],
)
def test_shapes_of_numerals(text: str, values: list[Decimal | None]) -> None:
    assert [numeral.value for numeral in find_numerals(fold(text))] == values


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("二三十", 20, 30),
        ("七八百", 700, 800),
        ("三四百万", 3_000_000, 4_000_000),
        ("十七八岁", 17, 18),
        ("三四个", 3, 4),
        ("三五年", 3, 5),
        ("一两年", 1, 2),
        ("两三千", 2000, 3000),
        ("一万三四千", 13_000, 14_000),
    ],
)
def test_two_neighbouring_figures_are_a_range(text: str, low: int, high: int) -> None:
    assert [(n.value, n.high) for n in find_numerals(text)] == [(low, high)]


@pytest.mark.parametrize("text", ["二〇二三", "一二三产业", "五四", "二三产业", "一两银子", "十四五规划"])
def test_other_figures_are_none(text: str) -> None:
    assert all(numeral.high is None for numeral in find_numerals(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("数百名", 100, 1000),
        ("数千户", 1000, 10_000),
        ("几十个", 10, 100),
        ("好几百人", 100, 1000),
        ("几百万元", 1_000_000, 10_000_000),
        ("三五起", 3, 5),
        ("三五人", 3, 5),
        ("七八份", 7, 8),
        ("二十二三宗", 22, 23),
    ],
)
def test_a_number_without_its_figure_has_bounds(text: str, low: int, high: int) -> None:
    assert [(n.value, n.high) for n in find_numerals(text)] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # letters of a justified line stand apart
        ("办理案件 1 2 件", ["12"]),
        ("罚款 3 . 5 万元", ["35000"]),
        ("收入2 0 9 0 元", ["2090"]),
        ("整改率 1 0 0 %", ["100"]),
        # cells, markers and lists do so too
        ("甲村 1 2 3", ["1", "2", "3"]),
        ("第1 2件", ["1", "2"]),
        ("附件1 2份", ["1", "2"]),
        ("\n1 2件", ["1", "2"]),
        ("12 3件", ["12", "3"]),
        # 人数百余人: 数 ends a word
        ("参训人数百余人", ["100"]),
        ("点击1.3w次", ["13000"]),
        ("发放25k份", ["25000"]),
    ],
)
def test_figures_apart_and_short_steps(text: str, values: list[str]) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize("text", ["若干", "亿万家庭", "成百上千"])
def test_what_names_no_value_is_vague(text: str) -> None:
    assert [(n.value, n.vague) for n in find_numerals(text)][:1] == [(None, True)]


@pytest.mark.parametrize("text", ["700余万", "十几亿", "三十万多亿", "二十来万"])
def test_a_little_more_is_over(text: str) -> None:
    assert [n.approx for n in find_numerals(text)] == [Approximation.OVER]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("百分之1,111", ["1111"]),
        ("百分之五十五点五", ["55.5"]),
        ("佰分之五", ["5"]),
        ("千分之二", ["0.2"]),
        ("负百分之五", ["-5"]),
        ("五百分之2.2", ["0.44"]),
        ("四分之一", ["25"]),
        ("三又二分之一", ["3.5"]),
        ("1 3/5", ["1.6"]),
        ("10成", ["100"]),
        ("八点五成", ["85"]),
        ("三成五", ["35"]),
        ("提高半成", ["5"]),
        ("九折,八五折,85折,8.5折,八点五折", ["90", "85", "85", "85", "85"]),
        ("打对折", ["50"]),
        ("半个百分点", ["0.5"]),
        ("四分之一个百分点", ["0.25"]),
        ("减少一半,3人", ["50"]),
        ("半成品", []),
        ("三成立", []),
        ("印制三折页", []),
        ("一波三折", []),
        ("2020/11/30", []),
        ("过半成员", []),
        ("4/3", []),
        ("三百分", []),
    ],
)
def test_shapes_of_shares(text: str, values: list[str]) -> None:
    assert [share.value for share in find_shares(fold(text))] == [Decimal(value) for value in values]
