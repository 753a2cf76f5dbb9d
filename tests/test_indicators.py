"""Tables of cases for names, subjects, parts and roles, in our own words; each line stands for a shape of reports."""

import pytest

import extractor


def rows(text: str, *, head: str = "2021年工作报告\n一、工作成效\n") -> list[tuple[str | None, float, str | None]]:
    """Name, value, unit of each indicator."""
    found = extractor.extract(head + text).indicators
    return [(i.name, float(i.value) if i.value is not None else 0.0, i.unit) for i in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 以上 belongs to the noun
        ("组织12名科级以上干部参训。", [("组织科级以上干部参训", 12, "名")]),
        # 行为 is a noun, 为 a light word
        ("查处违法行为60余起。", [("查处违法行为", 60, "起")]),
        ("参训人员为90人次。", [("参训人员", 90, "人次")]),
        # a number behind 电话 is a count, if a measure word follows
        ("接听咨询电话14094次。", [("接听咨询电话", 14094, "次")]),
        # a bracket inside the noun
        ("走访全镇9个村（社区）。", [("走访村(社区)", 9, "个")]),
        # 使 and 把 are no part of a rate's name
        ("使标准化调委会占比达90%。", [("标准化调委会占比", 90, "%")]),
        ("把案件办结率提高到95%。", [("案件办结率", 95, "%")]),
        # what stands before 的基础上 is one number, what follows another
        ("在原有13个调委会的基础上又增设4个“夜间”调解室。", [("调委会", 13, "个"), ("增设“夜间”调解室", 4, "个")]),
        # numbers of one verb are told apart by their actors
        (
            "司法助理员调解50件，法律服务所调解60件。",
            [("司法助理员调解", 50, "件"), ("法律服务所调解", 60, "件")],
        ),
        ("当年新建文化广场2个，新增绿地30亩。", [("新建文化广场", 2, "个"), ("新增绿地", 30, "亩")]),
        ("四级网格全年受理诉求500件。", [("受理诉求", 500, "件")]),
        # classes and catchwords are no counts
        ("调委会40个，其中一类占80%。", [("调委会", 40, "个"), ("一类占", 80, "%")]),
        ("健全决策、执法等6大工作体系。", []),
        ("坚持4个“必须”，共建6个“说事”议事亭。", [("建“说事”议事亭", 6, "个")]),
    ],
)
def test_names(text: str, expected: list[tuple[str | None, float, str | None]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("调处纠纷53件。其中重大4件，一般49件；成功49件。", [None, 1, 1, None]),
        ("调处纠纷53件，其中村调委会40件。其余已移交。", [None, 1]),
        ("调处纠纷53件。办结率98%。其中重大4件。", [None, None, None]),
        # of two totals, the one that the parts add up to
        ("排查纠纷53件，化解50件，其中重大4件，一般49件。", [None, None, 1, 1]),
        ("排查纠纷53件，化解50件。其中重大4件，一般46件。", [None, None, 2, 2]),
        ("排查纠纷53件，化解50件。其中重大4件。", [None, None, 1]),
        ("排查纠纷53件，化解50件，其中重大4件。", [None, None, 2]),
    ],
)
def test_parts(text: str, parts: list[int | None]) -> None:
    assert [i.part_of for i in extractor.extract("一、成效\n" + text).indicators] == parts


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("调处纠纷53件。其中邻里16件，财产1件；调解成功率92%。", "调处纠纷"),
        ("接待来访30次，当场解答25次。", None),
    ],
)
def test_subject_of_the_last(text: str, subject: str | None) -> None:
    assert extractor.extract("一、成效\n" + text).indicators[-1].subject == subject


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("制定设施更新计划，安装喷淋15万个。", "actual"),
        ("其中“青南计划”1名，大学生计划2名。", "actual"),
        ("计划新建调解室3个。", "target"),
        ("计划3年内培训300人。", "target"),
        ("计划生育家庭奖励20户。", "actual"),
    ],
)
def test_plans_and_verbs_of_planning(text: str, role: str) -> None:
    found = extractor.extract("2021年工作报告\n一、工作成效\n" + text).indicators
    assert {i.role.value for i in found} == {role}
