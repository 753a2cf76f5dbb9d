"""Quantities: units that are also words, bounds, ranges, sums, halves, currencies."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.datamodel.claims import Claims
from extractor.datamodel.folding import fold
from extractor.errors import RuleFault
from extractor.pipeline import build_context
from extractor.stages.quantities.quantities import Quantity, find_quantities
from extractor.text.units import Units

UNITS = build_context().units


def quantities(text: str) -> list[Quantity]:
    view = fold(text)
    return find_quantities(view, Claims(len(view)), UNITS, ())


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("5cm", "5", "厘米"),
        ("168公分", "168", "厘米"),
        ("250m", "250", "米"),
        ("12km²", "12", "平方公里"),
        ("30m3", "30", "立方米"),
        ("2.3千克", "2.3", "公斤"),
        ("三千克", "3", "公斤"),
        ("50kg", "50", "公斤"),
        ("一百千瓦", "100", "千瓦"),
        ("一百千瓦时", "100", "千瓦时"),
        ("装机30MW", "30", "兆瓦"),
        ("5兆瓦", "5", "兆瓦"),
        ("三十两", "30", "两"),
        ("两万两白银", "20000", "两"),
        ("五吨", "5", "吨"),
        ("三亩半", "3.5", "亩"),
        ("十五斤半", "15.5", "斤"),
        ("两米半", "2.5", "米"),
        ("两个半小时", "2.5", "小时"),
        # measure words that are also words: at the end of a clause, or before what they measure
        ("17门法治课程", "17", "门"),
        ("课程17门。", "17", "门"),
        ("感谢信12封，", "12", "封"),
        ("电话300通。", "300", "通"),
        ("巡查5轮次，", "5", "轮"),
        ("鱼苗3万尾。", "30000", "尾"),
        ("三天半", "3.5", "天"),
        ("两个半月", "2.5", "个月"),
        ("三又二分之一倍", "3.5", "倍"),
        ("0.25个百分点", "0.25", "个百分点"),
        ("2.4   个 百分点", "2.4", "个百分点"),
        ("人民币 50元", "50", "元"),
        ("￥300万", "3000000", "元"),
        ("$20", "20", "美元"),
        ("500万人民币", "5000000", "元"),
        ("50元6角三分", "50.63", "元"),
        ("两美元又三美分", "2.03", "美元"),
        ("十块五毛", "10.5", None),
        ("5306亿台币", "530600000000", "新台币"),
        ("花费三块。", "3", "元"),
        ("得90分", "90", "分"),
        ("7600多万重量箱", "76000000", "重量箱"),
        ("30分钱", "0.3", "元"),
        ("零下15℃", "-15", "℃"),
        ("负13.5千米", "-13.5", "公里"),
        ("存储5GB", "5", "GB"),
        ("3000户家庭", "3000", "户"),
        ("完成12项目标任务", "12", "项"),
        ("受理5个案件", "5", "个"),
        ("12名单位负责人", "12", "名"),
        ("组建3支队伍", "3", "支"),
        ("开设5门课程", "5", "门"),
    ],
)
def test_value_and_unit(text: str, value: str, base: str | None) -> None:
    found = quantities(text)
    if base is None:
        # 块 without a word of paying is a measure word, 五毛 then stands alone
        assert found[0].base == "块"
        return
    assert [(q.value, q.base) for q in found] == [(Decimal(value), base)]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("2020年两会", ["年", None]),
        # a measure word that begins a noun is none: 户籍, 项目, 部门, 场所, 个体户, 支部, 名单
        ("1.2万户籍人口", [None]),
        ("引进12项目", [None]),
        ("联合12部门", [None]),
        ("检查30场所", [None]),
        ("登记40个体工商户", [None]),
        ("慰问12支部", [None]),
        ("三块展板", ["块"]),
        ("花费力气建成三块展板", ["块"]),
        ("三分之一", ["%"]),
        ("五分钱", ["元"]),
        ("三角地", [None]),
        ("12mb", [None]),
        ("三天半夜", ["天"]),
        ("三个半决赛", ["个"]),
        ("¥300件", ["件"]),
    ],
)
def test_words_that_only_look_like_units(text: str, bases: list[str | None]) -> None:
    found = quantities(text)
    assert [q.base for q in found] == bases
    assert all(q.value == q.value.to_integral_value() or q.base in ("%", "元") for q in found)


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("大于等于5%", "at_least"),
        ("大于或者等于30", "at_least"),
        ("不小于30", "at_least"),
        ("至少有10次", "at_least"),
        ("审核人员不少于执法人员总数的5%", "at_least"),
        ("支出不超过上年预算的90%", "at_most"),
        ("持证人员占执法人员总数的60%", "exact"),
        (">= 5%", "at_least"),
        ("小于等于5%", "at_most"),
        ("不高于5%", "at_most"),
        ("至多3个", "at_most"),
        ("未超过30件", "at_most"),
        ("< = 100", "at_most"),
        ("不足30件", "under"),
        ("170之下", "under"),
        ("170之上", "over"),
        ("不止30件", "over"),
        ("占比过20%", "over"),
        ("开过20次会", "exact"),
        ("通过20项", "exact"),
        ("经过3年", "exact"),
        ("约有300人", "about"),
        ("等于1535", "exact"),
        ("1000以上", "at_least"),
    ],
)
def test_bounds(text: str, approx: str) -> None:
    assert [q.approx.value for q in quantities(text)] == [approx]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5-20%", 5, 20),
        ("5%到20%之间", 5, 20),
        ("10000与20000之间", 10000, 20000),
        ("6.5%-7%", Decimal("6.5"), 7),
        ("3-5万元", 30000, 50000),
        ("七八百万元", 7_000_000, 8_000_000),
        ("二三十人", 20, 30),
        ("一两年", 1, 2),
    ],
)
def test_ranges(text: str, low: Decimal, high: Decimal) -> None:
    assert [(q.low, q.high, q.value) for q in quantities(text)] == [(low, high, low)]


@pytest.mark.parametrize("text", ["10件与20件", "10件和20人之间"])
def test_two_numbers_without_between_are_no_range(text: str) -> None:
    assert all(q.high is None for q in quantities(text))


def test_a_list_of_small_coins_is_money() -> None:
    assert [(q.value, q.base) for q in quantities("提高3分、5分和1毛钱")] == [
        (Decimal("0.03"), "元"),
        (Decimal("0.05"), "元"),
        (Decimal("0.1"), "元"),
    ]
    assert [q.base for q in quantities("扣3分、5分和1处")] == ["分", "分", "处"]


def test_escapes_of_a_web_address_are_no_shares() -> None:
    text = "网址http://a.example.cn/q?x=issn%280024%2d9114%29&y=(3%20)见附件,满意率99%。"
    rows = extractor.extract(text).to_rows()["indicators"]
    assert [row["quote"][-3:] for row in rows] == ["99%"]


def test_a_broken_condition_of_a_unit_is_named() -> None:
    with pytest.raises(RuleFault):
        Units(("两 两 1 other 两(?=",))


@given(
    st.text(
        alphabet="一二三十百千万亿两半个元角分块斤年月天小时%.,-~至到之间约近超过0123456789又折成以上 $人民币",
        max_size=50,
    )
)
def test_quantities_stay_inside_the_text_and_apart(text: str) -> None:
    view = fold(text)
    found = quantities(text)
    assert all(0 <= q.span.start <= q.core.start < q.core.end <= q.span.end <= len(view) for q in found)
    numerals = sorted(q.numeral for q in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(numerals))


@given(
    st.text(alphabet="完成培训覆盖一二三十百万两半个元件人次%.,0123456789约近超过以上。\n", max_size=60).filter(
        str.strip
    )
)
def test_a_quote_is_a_slice_of_the_text(text: str) -> None:
    extraction = extractor.extract("一、工作" + text)
    rows = extraction.to_rows()
    for table in ("indicators", "numerals"):
        for row in rows[table]:
            assert row["quote"] == extraction.document.text[row["char_start"] : row["char_end"]]
