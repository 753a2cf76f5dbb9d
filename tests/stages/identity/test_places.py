"""Places: a division code only where the text singles one division out; 200 made-up heads without one wrong code."""

import random
from collections.abc import Iterator
from functools import lru_cache

import pytest

import extractor
from extractor.pipeline import build_context
from extractor.rules.gazetteer import Division
from extractor.stages.base import Context
from extractor.stages.identity.place_names import mentions, short

BODY = "一、主要举措和成效\n开展宣传4次。"
PLAIN = "坚持依法行政,各项工作有序推进。"


@lru_cache
def context() -> Context:
    return build_context()


def names_in(text: str) -> list[str]:
    return [mention.name for mention in mentions(text, context().gazetteer, context().tokens)]


@pytest.mark.parametrize(
    "text",
    [
        "会同县级部门开展检查",
        "市委和县委的部署",
        "完成县级清单",
        "清单县级公布",
        "维护社会长治久安",
        "大方向正确",
        "大方得体",
        "会同县公安局开展联合执法",
        "组织全区市场监管",
        "各乡镇建成区市容",
        "召开党委会、组织村民议事会",
        "在县委和县政府的领导下",
        "推进县域治理,建成县级平台",
        "推进老城区改造和新城区建设,扩大城区面积",
    ],
)
def test_words_that_hold_a_name_are_none(text: str) -> None:
    assert names_in(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("大方县人民政府", ["大方县"]),
        ("会同县人民政府2021年法治政府建设年度报告", ["会同县"]),
        ("2021年,会同县在市委的领导下", ["会同县"]),
        ("和县县委、县政府", ["和县"]),
        ("中共大兴区委", ["大兴区"]),
        ("上海市人民政府办公厅", ["上海市"]),
        ("罗店镇党委、罗店镇党政班子", ["罗店镇", "罗店镇"]),
        ("2021年,团结镇坚持依法行政", ["团结镇"]),
        ("上海市宝山区罗店镇人民政府", ["上海市", "宝山区", "罗店镇"]),
        ("河南省洛阳市老城区", ["河南省", "洛阳市", "老城区"]),
        ("河北省廊坊市城区", ["河北省", "廊坊市"]),
        ("贵州省黔东南苗族侗族自治州凯里市大风洞镇", ["贵州省", "黔东南苗族侗族自治州", "凯里市", "大风洞镇"]),
    ],
)
def test_names_are_found_by_words(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_nearly_all_registered_names_are_found_in_a_title() -> None:
    """Over the whole registry, so that no rule is true of a few names only."""
    gazetteer = context().gazetteer
    names = [
        one.name
        for division in every_division("county")
        for one in (division, *gazetteer.children(division.code))
        if one.name[-1] in "镇乡道区县市旗" and not one.is_collective
    ][::7]
    missed = [name for name in names if name not in names_in(f"{name}人民政府2021年法治政府建设年度报告")]
    assert len(names) > 4000
    assert len(missed) / len(names) < 0.005, missed


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("宝山区", "宝山"),
        ("和县", "和县"),
        ("楚雄彝族自治州", "楚雄"),
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区", "内蒙古"),
        ("龙胜各族自治县", "龙胜"),
    ],
)
def test_short_names(name: str, bare: str) -> None:
    assert short(name) == bare


def every_division(level: str) -> list[Division]:
    gazetteer = context().gazetteer
    found = [one for province in PROVINCES for one in below(province)]
    assert gazetteer.division("310113") in found
    return [one for one in found if one.level == level]


PROVINCES = [f"{code}0000" for code in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
                                       *range(61, 66))]  # fmt: skip


def below(code: str) -> Iterator[Division]:
    for child in context().gazetteer.children(code):
        yield child
        if child.level != "county":
            yield from below(child.code)


def _townships(rng: random.Random, *, shared: bool) -> Iterator[Division]:
    counties = every_division("county")
    while True:
        children = context().gazetteer.children(rng.choice(counties).code)
        towns = [one for one in children if one.name[-1] in "镇乡" and len(one.name) > 2]
        if towns:
            town = rng.choice(towns)
            if (len(context().gazetteer.named(town.name)) > 1) is shared:
                yield town


def heads() -> Iterator[tuple[str, str, str | None]]:
    """Kind, text and the code that the text gives; None where it leaves the place open."""
    rng = random.Random(16)
    shared, alone = _townships(rng, shared=True), _townships(rng, shared=False)
    counties = [one for one in every_division("county") if one.name[-1] in "县" and len(one.name) > 2]
    words = [
        "会同县级部门开展联合执法",
        "按照市委和县委的部署",
        "完成县级清单编制",
        "清单县级公布",
        "维护社会长治久安",
        "坚持大方向",
    ]
    for _ in range(40):
        town = next(shared)
        yield "namesake without its county", f"{town.name}2021年法治政府建设年度报告\n2021年,我镇{PLAIN}\n{BODY}", None
    for _ in range(40):
        town = next(shared)
        county = context().gazetteer.line(town.code)[-2]
        text = f"{county.name}{town.name}2021年法治政府建设年度报告\n{PLAIN}\n{BODY}"
        yield "namesake with its county", text, town.code
    for _ in range(30):
        place = rng.choice(["我县", "我镇", "我局", "全县"])
        text = f"2021年法治政府建设年度报告\n2021年,{place}{rng.choice(words)},{rng.choice(words)}。\n{BODY}"
        yield "words that hold names", text, None
    for _ in range(30):
        city = rng.choice([one for one in every_division("city") if one.name.endswith("市")])
        children = [one.name for one in context().gazetteer.children(city.code) if not one.is_collective]
        listed = "、".join(rng.sample(children, min(3, len(children))))
        yield (
            "city that lists its counties",
            f"{city.name}2021年法治政府建设情况报告\n全市各项工作推进,{listed}等地获评先进。\n{BODY}",
            city.code,
        )
    for _ in range(30):
        town, county = next(alone), rng.choice(counties)
        text = f"{county.name}{town.name}2021年法治政府建设年度报告\n{PLAIN}\n{BODY}"
        right = county == context().gazetteer.line(town.code)[-2]
        yield "town under a county that is not its own", text, town.code if right else None
    for _ in range(30):
        county = rng.choice(counties)
        text = f"一、工作成效\n2021年,我镇落实《{county.name}法治政府建设实施方案》。\n二、下一步打算\n继续努力。"
        yield "headless cut of a town that cites its county", text, None


def test_no_wrong_code_of_200_heads_and_a_recall_of_nine_in_ten() -> None:
    wrong, given, due = [], 0, 0
    for kind, text, code in heads():
        found = extractor.extract(text).identity
        if found.division_code is not None and found.division_code != code:
            wrong.append((kind, found.division_code, text[:60]))
        due += code is not None
        given += code is not None and found.division_code == code
    assert wrong == []
    assert given / due >= 0.9


@pytest.mark.parametrize(
    ("text", "region", "code"),
    [
        # 县委 rules out the namesake under a city's district or a county-level city
        ("2024年,宁安镇在县委、县政府的领导下坚持依法行政。现将情况报告如下:\n" + BODY, "宁安镇", "640521100"),
        # one document of its own: 我县 cites no other county
        ("一、成效\n2018年,我县贯彻《桃源县法治政府建设实施方案》。\n二、下一步\n我县继续努力。", "桃源县", "430725"),
        # documents of its own, and counties below it
        (
            "2018年,在市委的领导下,我市贯彻《武汉市法治政府建设实施方案》。制发《武汉市2018年工作计划》,各区分工负责。\n"
            + BODY,
            "武汉市",
            "420100",
        ),
        # a county-level city cites its prefecture too
        ("2018年,我市贯彻《武汉市法治政府建设实施方案》和《武汉市2018年工作计划》。\n" + BODY, None, None),
        # a document of the city does not make the city the issuer
        ("2021年,我镇落实《广州市法治政府建设实施方案》。\n" + BODY, None, None),
        # a county named in passing does not report
        ("全省各项工作推进,会同县人民政府获评先进。\n" + BODY, None, None),
        # the subject of the sentence behind the lead-in
        ("2020年,在区委、区政府的领导下,宝山区罗店镇坚持依法行政。\n" + BODY, "罗店镇", "310113101"),
        # prefectures and counties of a people by their short names
        ("阿坝州2021年法治政府建设工作情况报告\n全州坚持依法行政。\n" + BODY, "阿坝州", "513200"),
        ("三都县2021年法治政府建设年度报告\n全县坚持依法行政。\n" + BODY, "三都县", "522732"),
        # the congress that hears the report is the place's own
        (
            "政府工作报告\n——在桃源县第十八届人民代表大会第五次会议上\n各位代表:现在,我代表县人民政府报告工作。\n"
            + BODY,
            "桃源县",
            "430725",
        ),
        ("2021年,我们邀请桃源县第十八届人民代表大会代表视察。\n" + BODY, None, None),
        # a county that the registry does not know stands before the town
        ("乙县罗店镇2021年法治政府建设年度报告\n按照宝山区部署推进。\n" + BODY, "罗店镇", None),
    ],
)
def test_evidence_by_where_it_stands(text: str, region: str | None, code: str | None) -> None:
    identity = extractor.extract(text).identity
    assert (identity.region, identity.division_code) == (region, code)


def test_an_open_place_is_told_with_its_candidates() -> None:
    extraction = extractor.extract("罗店镇2021年法治政府建设年度报告\n我镇各项工作推进。\n" + BODY)
    (warning,) = (line for line in extraction.warnings if line.startswith("place undecided"))
    assert "上海市宝山区罗店镇" in warning
    assert "浙江省金华市婺城区罗店镇" in warning


def test_codes_of_cities_and_provinces_have_six_digits() -> None:
    found = [
        extractor.extract(f"{name}人民政府2021年法治政府建设情况报告\n{PLAIN}\n{BODY}").identity.division_code
        for name in ("淮安市", "新疆维吾尔自治区", "静海区")
    ]
    assert found == ["320800", "650000", "120118"]


@pytest.mark.parametrize(
    ("said", "level"), [("我镇", "township"), ("我县", "county"), ("我局", "department"), ("我市", None)]
)
def test_the_level_is_known_without_the_place(said: str, level: str | None) -> None:
    identity = extractor.extract(f"一、成效\n2021年,{said}开展宣传4次。\n二、下一步\n继续努力。").identity
    assert (identity.region, identity.region_level and identity.region_level.value) == (None, level)
