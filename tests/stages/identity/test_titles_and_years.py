"""Titles, issuers, years and days of publication as pages of the genre write them, in our own words."""

from datetime import date

import pytest

import extractor

BODY = "\n一、主要举措和成效\n全镇开展宣传4次。"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("首页 > 政务公开 > 年度报告\n青禾镇2021年法治政府建设年度报告", "青禾镇2021年法治政府建设年度报告"),
        ("政务公开 >> 工作报告\n青禾镇2021年度工作总结", "青禾镇2021年度工作总结"),
        ("当前位置：首页 » 工作报告\n青禾镇2021年度工作总结", "青禾镇2021年度工作总结"),
        ("工作报告\n\n青禾镇2021年法治政府建设情况报告", "青禾镇2021年法治政府建设情况报告"),
        ("[法治政府建设年度报告]\n青禾镇2021年度工作总结", "青禾镇2021年度工作总结"),
        ("组配分类：法治政府建设年度工作报告\n青禾镇2021年度工作总结", "青禾镇2021年度工作总结"),
        ("| 标题：青禾镇人民政府关于2021年度工作的报告 | |\n| 主题分类： | |", "青禾镇人民政府关于2021年度工作的报告"),
        ("标  题：青禾镇2021年度工作总结", "青禾镇2021年度工作总结"),
        ("- 1 -\n青禾镇人民政府\n2021年法治政府建设年度报告", "青禾镇人民政府2021年法治政府建设年度报告"),
        (
            "青禾县人民政府办公室\n关于印发青禾县2021年度工作安排的通知",
            "青禾县人民政府办公室关于印发青禾县2021年度工作安排的通知",
        ),
        ("青禾县罗河镇人民政府2024年\n政府信息公开工作年度报告", "青禾县罗河镇人民政府2024年政府信息公开工作年度报告"),
        (
            "青禾县人民政府办公室\n关于印发青禾县2021年度\n法治工作安排的通知",
            "青禾县人民政府办公室关于印发青禾县2021年度法治工作安排的通知",
        ),
        # an item of a list, a heading that lost its number
        ("本年度报告由六部分组成。\n- 总体情况", None),
        ("2024年政府工作报告 （摘登）", "2024年政府工作报告 （摘登）"),
        # only what kind of text it is: better than nothing
        ("法治政府建设年度报告", "法治政府建设年度报告"),
        ("这是一段正文，没有标题。", None),
    ],
)
def test_title(head: str, title: str | None) -> None:
    assert extractor.extract(head + BODY).identity.title == title


@pytest.mark.parametrize(
    ("head", "report", "plan"),
    [
        # the day of the page is not the year of the report
        ("今天是：2019年10月31日\n2020年青禾镇法治政府建设情况报告\n2020年，工作有序。", 2020, None),
        ("今天是：2019年10月31日\n青禾镇工作报告\n2020年，青禾镇工作有序。", 2020, None),
        ("青禾镇法治政府建设年度报告\n发布日期：2022-01-20", 2021, None),
        ("青禾镇法治政府建设情况\n发布日期：2022-06-20", 2022, None),
        # a work report is named by the year in which it is read out
        ("2026年政府工作报告\n各位代表：过去一年，工作有序。", 2025, 2026),
        ("青禾县2026年政府工作报告\n各位代表：我代表县人民政府报告工作。", 2025, 2026),
        ("2025年政府工作报告\n2025年工作回顾：工作有序。", 2025, None),
        # the session at which it was read out, whatever the page calls it
        (
            "2024年青禾县政府工作报告\n2023年1月5日在青禾县第十七届人民代表大会第三次会议上\n各位代表：报告工作。",
            2022,
            None,
        ),
        ("——2025 年 3 月 30 日在青禾县第十五届人民代表大会\n六次会议上\n各位代表：我代表县政府报告工作。", 2024, None),
        (
            "青禾市政府工作报告（2022年1月13日 张三）\n——2022年1月13日在青禾市第十七届人民代表大会第一次会议上",
            2021,
            None,
        ),
        ("2025年青禾镇法治政府建设报告\n2025年3月1日在青禾县人民代表大会的会场外开展宣传。", 2025, None),
        ("2024年政府工作报告 （摘登）\n各位代表：过去一年，工作有序。", 2023, 2024),
        ("青禾区人民政府工作报告（2023年）\n一、2022年工作回顾\n2022年，工作有序。", 2022, None),
        ("青禾区人民政府工作报告（2023年）\n各位代表：过去一年，工作有序。", 2022, 2023),
        ("青禾省应急部门（2024年第1号）：青禾省应急部门2023年工作报告", 2023, None),
        # a plan's own year, though its title is cited and its chapters are plan
        ("关于印发《青禾县2025年工作要点》的通知\n2025年，全县坚持稳中求进。\n一、扩大投资\n完善制度。", 2025, 2025),
        ("青禾镇2021年法治政府建设工作要点", 2021, 2021),
        ("青禾镇2021年度政务公开工作总结及2022年工作计划", 2021, 2022),
    ],
)
def test_years(head: str, report: int, plan: int | None) -> None:
    identity = extractor.extract(head + BODY).identity
    assert (identity.report_year, identity.plan_year) == (report, plan)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("青禾镇2021年工作总结\n日期：2022-01-20" + BODY, date(2022, 1, 20)),
        ("青禾镇2021年工作总结\n时间：2022-01-20  浏览次数：" + BODY, date(2022, 1, 20)),
        ("青禾镇2021年工作总结\n发布日期：\n2022年1月20日" + BODY, date(2022, 1, 20)),
        ("青禾镇2021年工作总结\n更新时间：2022/01/20 11:30:01" + BODY, date(2022, 1, 20)),
        ("青禾镇2021年工作总结" + BODY + "\n青禾镇人民政府\n2022年1月20日", date(2022, 1, 20)),
        ("青禾镇2021年工作总结\n2022-01-20 15:53 来源：青禾日报" + BODY, date(2022, 1, 20)),
        # a day in the text is no day of publication
        ("青禾镇2021年工作总结" + BODY + "\n2021年3月1日起施行办法，2021年4月2日召开会议。", None),
        ("青禾镇2021年工作总结\n会议时间安排在2021年3月1日。" + BODY, None),
    ],
)
def test_published(text: str, day: date | None) -> None:
    assert extractor.extract(text).identity.published == day


@pytest.mark.parametrize(
    ("text", "issuer", "level"),
    [
        ("2020年，在区委的领导下，宝山区罗店镇坚持依法行政。现将情况报告如下：" + BODY, "罗店镇人民政府", "township"),
        (
            "2021年，在区委的领导下，区水务局坚持依法行政，落实《静海区法治政府建设实施方案》。\n一、成效\n我区开展宣传4次。",
            "静海区水务局",
            "department",
        ),
        ("2021年，在县水务局的指导下，罗店镇坚持依法行政。\n一、成效\n我镇开展宣传4次。", "罗店镇人民政府", "township"),
        ("2021年静海区水务局法治政府建设情况报告" + BODY, "静海区水务局", "department"),
        (
            "静海区2021年法治政府建设情况报告\n2021年，我局坚持依法行政。\n一、成效\n我局开展宣传4次。",
            None,
            "department",
        ),
        ("2021年静海区法治政府建设情况报告\n全区工作有序。\n一、成效\n开展宣传4次。", "静海区人民政府", "county"),
        (
            "友谊路街道2021年法治政府建设年度报告\n街道工作有序。\n一、成效\n开展宣传4次。",
            "友谊路街道办事处",
            "township",
        ),
    ],
)
def test_issuer_and_level(text: str, issuer: str | None, level: str) -> None:
    identity = extractor.extract(text).identity
    assert (identity.issuer, identity.region_level and identity.region_level.value) == (issuer, level)


@pytest.mark.parametrize(
    ("text", "issuer", "level"),
    [
        ("青禾县卫生健康委2021年度法治政府建设情况报告", "青禾县卫生健康委", "department"),
        ("2021年，工作有序。现将2021年度青禾县教育局法治政府建设情况报告如下：", "青禾县教育局", "department"),
        ("青禾县人民法院\n主任、各位委员：\n我院自去年起开展回顾。", "青禾县人民法院", "department"),
        ("现公布青禾县教育局2021年度政府信息公开工作年度报告。", "青禾县教育局", "department"),
        ("现向社会公布2021年青禾县教育局政府信息公开工作年度报告。", "青禾县教育局", "department"),
        ("按照吉林市部署，我办编制了年度报告。我办发布公文19件。", None, "department"),
        # the name of a site above a text that speaks for a place
        ("青禾县司法局\n青禾镇2021年工作总结\n我镇工作有序。", None, "township"),
        # a district speaks of its province's ranks
        ("全县工作有序，获评全省先进、全省优秀，全省考核第一。", None, "county"),
        ("全省工作有序，我县获评先进。", None, "county"),
    ],
)
def test_issuer_that_stands_elsewhere(text: str, issuer: str | None, level: str | None) -> None:
    identity = extractor.extract(text + BODY.replace("全镇", "")).identity
    assert (identity.issuer if issuer else None, identity.region_level) == (issuer, level)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021年以来，青禾镇工作有序。", 2021),
        ("2018年以来，我院工作有序。现将2018年以来的工作情况报告如下：", None),
        ("（一）机构设置\n" + "工作机制健全。" * 30 + "\n2019年制定制度3项。\n2021年，印发通知。", None),
    ],
)
def test_a_report_on_several_years_has_none(text: str, year: int | None) -> None:
    assert extractor.extract(text + BODY).identity.report_year == year
