"""Roles and years: what was reached, promised, set by others, started from; the year of which a number speaks."""

import pytest

import extractor

_HEAD = "青禾镇人民政府2021年法治政府建设年度报告\n一、主要举措\n"


def read(text: str) -> list[tuple[str, int | None]]:
    """(role, year) of each row."""
    return [(one.role.value, one.year) for one in extractor.extract(_HEAD + text).indicators]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # 要 of 要求 looks at no future
        ("按要求组织培训不少于3场。", [("actual", 2021)]),
        ("按照上级要求，主动公开信息达到12条。", [("actual", 2021)]),
        ("要组织培训不少于3场。", [("target", None)]),
        # what something started from, with or without a comma
        ("办理时限由15个工作日，缩短为5个工作日。", [("baseline", None), ("actual", 2021)]),
        ("审批事项从20项，精简至12项。", [("baseline", None), ("actual", 2021)]),
        ("网格员由12人，增加到15人。", [("baseline", None), ("actual", 2021)]),
        (
            "案件由2019年的12件降至8件，报销比例由50%提高到60%。",
            [("baseline", 2019), ("actual", 2021), ("baseline", None), ("actual", 2021)],
        ),
        # the years of a title or plan are its own
        ("印发《青禾镇普法规划（2021—2025年）》，发放读本300本。", [("actual", 2021)]),
        ("落实《2022年普法工作要点》，开展讲座12场。", [("actual", 2021)]),
        ("对照八五普法规划（2021-2025年）开展讲座12场。", [("actual", 2021)]),
        ("到2025年，覆盖率达到90%。", [("target", 2025)]),
        # periods end in their last year
        ("2020—2021年办理案件45件。", [("actual", 2021)]),
        ("2019年12月至2020年6月办理案件45件。", [("actual", 2020)]),
        ("2020年10月至2022年3月底，办理案件45件。", [("actual", 2022)]),
        ("至2025年覆盖率达到90%。", [("target", 2025)]),
        ("2019年以来办理案件45件。", [("actual", 2021)]),
        ("2020年办理案件45件，2021年办理50件。", [("actual", 2020), ("actual", 2021)]),
        # set by others
        ("占比达到规定的50%。", [("target", 2021)]),
        ("办结率高于省定目标90%。", [("target", 2021)]),
        ("完成年度任务的95%。", [("actual", 2021)]),
        ("按要求12个部门完成整改。", [("actual", 2021)]),
        ("完成省定12件民生实事。", [("actual", 2021)]),
        ("公开法定12个事项。", [("actual", 2021)]),
        ("按规定办理案件12件。", [("actual", 2021)]),
        # what a report of January expects is the year that is over
        ("预计完成产值90亿元，投资34亿元。", [("actual", 2021), ("actual", 2021)]),
        ("预计明年实现产值90亿元。", [("target", None)]),
        ("预计年底前建成广场3个。", [("target", None)]),
        ("争取到位资金34亿元。", [("actual", 2021)]),
        ("争取资金34亿元。", [("target", None)]),
        # among what was done a day until which is no term
        ("2021年6月底前建成广场3个。", [("actual", 2021)]),
        # 计划总结 is what was published
        ("公开计划总结信息2条。", [("actual", 2021)]),
        ("计划培训5场。", [("target", None)]),
        # what is made sure of in one phrase is none of the number of the next
        ("定期巡检，确保内容准确规范，检查栏目48个。", [("actual", 2021)]),
        ("确保办结率达到95%。", [("target", None)]),
    ],
)
def test_role_and_year(text: str, rows: list[tuple[str, int | None]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2020—2021年办理案件45件。", ["办理案件"]),
        ("2019至2021年调解纠纷45件。", ["调解纠纷"]),
        ("二〇二一年办理案件五件。", ["办理案件"]),
        ("二○二○年度走访家庭九户。", ["走访家庭"]),
        ("1. 排查隐患12处。\n2、整改隐患11处。", ["排查隐患", "整改隐患"]),
        ("一是开展培训3场；二是开展检查5次。", ["开展培训", "开展检查"]),
        # a year that is what is named stays
        ("印发2022年版手册30册。", ["印发2022年版手册"]),
    ],
)
def test_a_year_or_mark_before_a_clause_is_no_part_of_the_name(text: str, names: list[str]) -> None:
    assert [one.name for one in extractor.extract(_HEAD + text).indicators] == names


@pytest.mark.parametrize(
    ("text", "role"), [("2021年6月底前建成广场3个。", "target"), ("2021年6月底前已建成广场3个。", "actual")]
)
def test_a_term_in_what_tells_others_what_to_do_is_a_target(text: str, role: str) -> None:
    head = "青禾县人民政府办公室关于印发实施方案的通知\n一、健全机制\n"
    assert [one.role.value for one in extractor.extract(head + text).indicators] == [role]
