"""Vague and broken numbers in clauses: their value, bounds and approximation; what looks alike and counts nothing."""

from decimal import Decimal

import pytest

import extractor
from extractor.datamodel.vocabulary import NumeralClass

_HEAD = "青禾镇人民政府2021年法治政府建设年度报告\n一、主要举措\n"
Row = tuple[int | str, str | None, int | None, str]


def read(text: str) -> list[tuple[Decimal | None, str | None, Decimal | None, str]]:
    """(value, unit, upper end, approximation) of each row."""
    found = extractor.extract(_HEAD + text).indicators
    return [(one.value, one.unit, one.value_high, one.approx.value) for one in found]


def classes(text: str) -> list[NumeralClass]:
    """Classes of the numerals of the text, without those of its head."""
    found = extractor.extract(_HEAD + text).numerals
    return [numeral.kind for numeral in found if numeral.span.start >= len(_HEAD)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("接待群众近百人次。", [(100, "人次", None, "under")]),
        ("服务企业近千家。", [(1000, "家", None, "under")]),
        ("举办讲座上百场，印发手册上万份。", [(100, "场", None, "at_least"), (10000, "份", None, "at_least")]),
        ("挽回损失上亿元。", [(100_000_000, "元", None, "at_least")]),
        ("走访商户超百户。", [(100, "户", None, "over")]),
        ("接受咨询百余次。", [(100, "次", None, "over")]),
        ("发放折页数千份。", [(1000, "份", 10_000, "at_least")]),
        ("化解纠纷数十起，走访几百户。", [(10, "起", 100, "at_least"), (100, "户", 1000, "at_least")]),
        ("调处邻里纠纷三五起。", [(3, "起", 5, "exact")]),
        ("每组安排三五人。", [(3, "人", 5, "exact")]),
        ("平均耗时1个半，工期1个半月。", [("1.5", "个", None, "exact"), ("1.5", "个月", None, "exact")]),
        ("最高浏览量9万+。", [(90000, None, None, "over")]),
        ("短视频播放1.3w次。", [(13000, "次", None, "exact")]),
        ("新建调解室20所以上。", [(20, "所", None, "at_least")]),
        ("培育志愿队12支左右。", [(12, "支", None, "about")]),
        ("处罚案件 1 2 件，罚款 3 . 5 万元。", [(12, "件", None, "exact"), (35000, "元", None, "exact")]),
        ("整改隐患 1 0 8 处。", [(108, "处", None, "exact")]),
        # the bound stands before the verb
        ("每季度至少组织1次学习。", [(1, "次", None, "at_least")]),
        ("全年最多开展2次检查。", [(2, "次", None, "at_most")]),
        # what a limit was cut to is no day of the month
        ("办理时限从法定20日压缩到承诺7日。", [(20, "天", None, "exact"), (7, "天", None, "exact")]),
        ("审批由20天压缩为3天。", [(20, "天", None, "exact"), (3, "天", None, "exact")]),
    ],
)
def test_bounds_and_values(text: str, rows: list[Row]) -> None:
    assert read(text) == [
        (Decimal(value), unit, None if high is None else Decimal(high), approx) for value, unit, high, approx in rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        "服务百姓，千方百计解决难题。",
        "网上百姓留言、会上千言万语都要重视。",
        "群众三五成群参加。",
        "浏览:76次",
        "来源:办公室 点击:88次",
        "【阅读量：306】",
        "关爱0—6岁儿童和60至69周岁老人。",
        "满意度超过全县87%的乡镇。",
        "传达县委八届十三次全会和五届六次会议精神。",
        "县政府召开八届第14次常务会议。",
    ],
)
def test_no_row(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("浏览:76次", NumeralClass.PAGE),
        ("点击次数:88次", NumeralClass.PAGE),
        ("关爱0—6岁儿童。", NumeralClass.THRESHOLD),
        ("传达县委八届十三次全会精神。", NumeralClass.NAME),
        ("县第九届人大三次会议。", NumeralClass.NAME),
        ("得分超过87%的乡镇。", NumeralClass.ORDINAL),
        ("学习十九届二中、三中、四中和五中全会精神。", NumeralClass.NAME),
        ("县政府八届常务会议。", NumeralClass.ORDINAL),
        ("地址：八一路56号。", NumeralClass.ADDRESS),
        ("结合“3·15”和“12.4”开展宣传。", NumeralClass.DATE),
        ("贯彻党的二十大关于法治的部署。", NumeralClass.NAME),
        ("县乡两级联动、三级响应。", NumeralClass.ORDINAL),
        ("索引号 | 002400778/2022-00487 |", NumeralClass.IDENTIFIER),
        ("电话：0578—2090823。", NumeralClass.PHONE),
        ("报告由六个部分组成。", NumeralClass.SLOGAN),
        ("三亚市与六安市。", NumeralClass.NAME),
        ("评定五星级单位和三星级单位，二审行政案件。", NumeralClass.ORDINAL),
        ("医院东院区二期开诊。", NumeralClass.ORDINAL),
        ("通过三个层次的学习。", NumeralClass.SLOGAN),
        ("[ 索引号 ] 11500230008600000A/2026-00009 [ 发文字号 ]", NumeralClass.IDENTIFIER),
        ("四个季度均有进展。", NumeralClass.DURATION),
        ("行政中心7号楼406室，大厦1609室。", NumeralClass.ADDRESS),
        ("更新时间:2021-03-29 11:30:08", NumeralClass.DATE),
        ("报告上一年度工作情况。", NumeralClass.DATE),
        ("属于三类内部事务信息", NumeralClass.NAME),
        ("每半年听取一次汇报，召开一次会议。", NumeralClass.FREQUENCY),
        # the cell of a table that was lost, or the number of a page
        ("规章\n12\n规范性文件", NumeralClass.UNEXPLAINED),
        ("工作扎实推进。\n12\n后文接着说明有关情况。", NumeralClass.PAGE),
    ],
)
def test_classes_of_what_counts_nothing(text: str, kind: NumeralClass) -> None:
    assert set(classes(text)) == {kind}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("网站浏览量：76次。", [76]),
        ("公众号点击量为880次。", [880]),
        ("为0—6岁儿童建档320份。", [320]),
        ("培训覆盖超过87%的乡镇。", [87]),
        ("连续举办五届，召开六次会议。", [5, 6]),
    ],
)
def test_counted_all_the_same(text: str, values: list[int]) -> None:
    assert [value for value, *_ in read(text)] == values


def test_the_own_name_of_a_place_holds_no_number() -> None:
    found = extractor.extract("五里桥镇人民政府2021年法治政府建设年度报告\n一、主要举措\n五里桥镇走访三个镇。")
    kinds = [(found.document.quote(one.span), one.kind) for one in found.numerals if one.span.start > 10]
    assert kinds[-2:] == [("五", NumeralClass.NAME), ("三", NumeralClass.INDICATOR)]
    # 九镇 is a town, and nine towns
    assert NumeralClass.NAME not in classes("走访九镇群众。")
