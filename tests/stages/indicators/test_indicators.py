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
        # light words that only begin a longer one
        ("受理即办件40件，现场宣传6次。", [("受理即办件", 40, "件"), ("现场宣传", 6, "次")]),
        ("设置展板12块，如期整改5处。", [("设置展板", 12, "块"), ("整改", 5, "处")]),
        # a district is where it was counted, no part of the name
        ("城镇新增就业90人。", [("新增就业", 90, "人")]),
        ("青禾镇新增就业90人。", [("新增就业", 90, "人")]),
        # brackets inside a noun, and such as speak of the number
        ("召开党委（扩大）会议5次。", [("召开党委(扩大)会议", 5, "次")]),
        ("办结行政许可（备案）事项12件。", [("办结行政许可(备案)事项", 12, "件")]),
        # the value before what it measures
        ("将餐饮业现行10%的税率降至9%。", [("税率", 10, "%"), ("税率", 9, "%")]),
        ("执行15%的优惠税率。", [("执行优惠税率", 15, "%")]),
        # 将 marks an object, a change leads somewhere
        ("将审批时限由9个工作日压缩至5个工作日。", [("审批时限", 9, "个工作日"), ("审批时限", 5, "个工作日")]),
        ("人均学习年限从8年提高到10年。", [("人均学习年限", 8, "年"), ("人均学习年限", 10, "年")]),
        ("办理时限由法定15日压缩至5日。", [("办理时限", 15, "天"), ("办理时限", 5, "天")]),
        ("办结率比上年提高二点一个百分点。", [("办结率比上年提高", 2.1, "个百分点")]),
        ("计划开展法治活动12场次，计划投资50万元。", [("开展法治活动", 12, "场次"), ("计划投资", 500000, "元")]),
        # how the work is divided is no part of what is counted
        ("明确10大类37项重点工作。", [("明确重点工作", 37, "项")]),
        ("细化6个方面、32项任务。", [("细化任务", 32, "项")]),
        # what is excepted
        ("接收申请23件，除2件结转下年外，其余均已答复。", [("接收申请", 23, "件"), ("结转", 2, "件")]),
        # words that begin or end like a light word stay whole
        ("及时化解矛盾12起。", [("化解矛盾", 12, "起")]),
        ("促成和解案件6件。建成和谐社区3个。", [("促成和解案件", 6, "件"), ("建成和谐社区", 3, "个")]),
        ("了解情况5次，与会人员30人。", [("了解情况", 5, "次"), ("与会人员", 30, "人")]),
        ("及格率达80%。", [("及格率", 80, "%")]),
        ("审核通过23件，共下达9份。", [("审核通过", 23, "件"), ("下达", 9, "份")]),
        ("下达12份整改通知。", [("下达整改通知", 12, "份")]),
        ("窗口预约300人次，新签约12个。", [("窗口预约", 300, "人次"), ("新签约", 12, "个")]),
        ("文书送达12份，传达会议精神5次。", [("文书送达", 12, "份"), ("传达会议精神", 5, "次")]),
        ("原有12个站点，所有9个村完成改造。", [("站点", 12, "个"), ("村完成改造", 9, "个")]),
        # what is done with things that 对 names stands behind them
        ("对重点区域的4处违建进行拆除。", [("违建拆除", 4, "处")]),
        # how a rate stood, and what is done with it, are no part of a name
        ("年度法治考试合格率持续保持100%。", [("法治考试合格率", 100, "%")]),
        ("形成审批事项清单204项并对外公布。", [("形成审批事项清单", 204, "项")]),
        ("今年来开展法治活动5场次。", [("开展法治活动", 5, "场次")]),
        ("将全县27个部门纳入改革。", [("部门纳入改革", 27, "个")]),
        # 到 ends a verb
        ("共收到12件信访件。", [("收到信访件", 12, "件")]),
        ("公开范围扩大到12类信息。", [("公开范围", 12, "类")]),
        # one in Chinese counts where a verb has its object, not in one by one
        ("收到政府信息公开申请一件，已办理完毕。", [("收到政府信息公开申请", 1, "件")]),
        ("发现安全隐患一处，已整改到位。", [("发现安全隐患", 1, "处")]),
        ("做到发现一件、查处一件。", []),
        ("及时整改一处，通报一处。", []),
        # a verb before the second number governs that one
        ("安排60万元专项资金支持4个项目。", [("安排专项资金", 600000, "元"), ("支持项目", 4, "个")]),
        ("财政补助由每人每年38元提高到42元。", [("财政补助", 38, "元"), ("财政补助", 42, "元")]),
        ("贷款增速要高于40%，会议纪要12份。", [("贷款增速", 40, "%"), ("会议纪要", 12, "份")]),
        # who has them is no part of the name
        ("全镇共有调解组织14个。", [("调解组织", 14, "个")]),
        ("辖区现有企业120家。", [("企业", 120, "家")]),
        ("筹建共有产权住房30套。", [("筹建共有产权住房", 30, "套")]),
        # how it was done is no part of what was done
        ("通过讲座、微信等方式开展培训12场。", [("开展培训", 12, "场")]),
        ("依托政务服务平台办理事项120件。", [("办理事项", 120, "件")]),
        ("搭建线上平台3个。", [("搭建线上平台", 3, "个")]),
        # plans and round figures are no part of names, or no counts
        ("拟安排资金50万元。", [("安排资金", 500000, "元")]),
        ("统筹好两个大局，凝聚亿万群众力量，发挥两个积极性。", []),
        ("贯彻二十届历次全会精神，连续举办五届文化节。", [("举办文化节", 5, "届")]),
        ("坚持4个“必须”，共建6个“说事”议事亭。", [("共建“说事”议事亭", 6, "个")]),
    ],
)
def test_names(text: str, expected: list[tuple[str | None, float, str | None]]) -> None:
    assert rows(text) == expected


def test_some_of_what_was_counted_have_its_name_but_not_its_key() -> None:
    found = extractor.extract("2021年工作报告\n一、工作成效\n收到12件信息公开申请，其中10件已经答复。").indicators
    assert [(i.name, i.indicator) for i in found] == [
        ("收到信息公开申请", "info_requests_received"),
        ("答复", None),
    ]
    assert found[1].subject == "信息公开申请"


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


def test_a_part_is_not_what_the_catalogue_knows_as_the_whole() -> None:
    rows = extractor.extract("一、成效\n主动公开政府信息314条,其中政策信息公开12条、回复留言9条。").indicators
    assert [row.indicator for row in rows[:2]] == ["info_published", None]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("调处纠纷53件。其中邻里16件，财产1件；调解成功率92%。", "调处纠纷"),
        ("接待来访30次，当场解答25次。", None),
        ("城镇新增就业90人，城镇失业率3%。", None),
        ("组织会前学法12次，常务会议研究法治工作2次。", None),
        # the verb said once is its own, not what it leans on
        ("审查合同78份、规范性文件3件。", None),
        ("升级改造综治中心1个、警务室3间。", None),
        ("网上信访7件次，来访9批。", None),
        ("公开信息9条，其中通过网站公开5条、公众号公开4条。", "公开信息"),
        ("配备法律顾问12名，覆盖率100%。", "配备法律顾问"),
        ("甲村收入5万元、乙村收入3万元，分别增长5%和6%。", None),
        ("甲村收入5万元、乙村收入3万元，实际增长5%和6%。", None),
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
        ("办结率将提升至98%。", "target"),
        ("将办理时限压缩至5个工作日。", "actual"),
        ("将进一步提升办结率至98%。", "target"),
        ("将建成文化广场3个。", "target"),
        # 原则上 sets a norm; 应对 and 主要 set none
        ("审核人员原则上不少于执法人员的5%。", "target"),
        ("有效应对挑战，保持稳定，案件达51件。", "actual"),
        ("将12件案件移送司法机关。", "actual"),
        ("将法治宣传送进9个村。", "actual"),
    ],
)
def test_plans_and_verbs_of_planning(text: str, role: str) -> None:
    found = extractor.extract("2021年工作报告\n一、工作成效\n" + text).indicators
    assert {i.role.value for i in found} == {role}


def test_a_baseline_has_the_year_that_is_stated() -> None:
    found = extractor.extract(
        "2021年工作报告\n一、成效\n案件由2019年的12件降至8件，报销比例由50%提高到60%。"
    ).indicators
    assert [(i.role.value, i.year) for i in found] == [
        ("baseline", 2019),
        ("actual", 2021),
        ("baseline", None),
        ("actual", 2021),
    ]


def test_a_cut_of_a_plan_that_only_orders_has_targets() -> None:
    orders = "".join(
        f"{verb}调解组织{at}个。" for at, verb in enumerate(["新建", "完善", "开展", "推进", "加强"] * 2, 2)
    )
    assert {i.role.value for i in extractor.extract(f"一、组织\n{orders}").indicators} == {"target"}
    assert {i.role.value for i in extractor.extract(f"一、组织\n{orders}已新建9个。").indicators} == {"actual"}


def test_chapters_behind_the_plan_are_plan() -> None:
    text = "2021年工作报告\n一、2021年工作回顾\n办案5件。\n二、2022年工作打算\n办案6件。\n三、{}\n办案7件。"
    kinds = [
        extractor.extract(text.format(head)).sections[-1].kind.value
        for head in ("深入推进依法行政工作", "其他需要报告的事项", "存在的主要问题")
    ]
    assert kinds == ["plan", "other", "problems"]
