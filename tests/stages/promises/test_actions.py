"""Verb, object, actor, target, term and frequency of promised actions, each kind with what looks alike. Sentences are
made up, in the shapes that plans of counties and townships show."""

from typing import Any

import pytest

import extractor

PLAN = "青禾镇2024年法治政府建设工作计划\n一、主要任务\n（一）夯实基础\n"


def actions(sentence: str) -> list[dict[str, Any]]:
    return extractor.extract(PLAN + sentence + "\n").to_rows()["actions"]


def pairs(sentence: str) -> list[tuple[str | None, str | None]]:
    return [(row["verb"], row["object"]) for row in actions(sentence)]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        # verbs whole
        ("组织开展案卷评查。", [("组织开展", "案卷评查")]),
        ("推动建立联席机制。", [("推动建立", "联席机制")]),
        ("调整完善权责清单。", [("调整完善", "权责清单")]),
        ("学习贯彻会议精神。", [("学习贯彻", "会议精神")]),
        ("编制完成事项目录。", [("编制完成", "事项目录")]),
        ("鼓励、支持律师下乡。", [("鼓励、支持", "律师下乡")]),
        ("建立和完善台账制度。", [("建立和完善", "台账制度")]),
        ("梳理并公布证明事项。", [("梳理并公布", "证明事项")]),
        ("加强和创新基层治理。", [("加强和创新", "基层治理")]),
        ("坚持稳中求进工作总基调。", [("坚持", "稳中求进工作总基调")]),
        ("坚持实事求是原则。", [("坚持", "实事求是原则")]),
        ("坚持好中选优。", [("坚持", "好中选优")]),
        ("抓实案卷评查。", [("抓实", "案卷评查")]),
        ("解决好群众难题。", [("解决好", "群众难题")]),
        # nouns that look like second verbs
        ("推进项目建设。", [("推进", "项目建设")]),
        ("推进编制资源下沉。", [("推进", "编制资源下沉")]),
        ("加强监督检查。", [("加强", "监督检查")]),
        ("完善监督机制。", [("完善", "监督机制")]),
        ("完善与创新相适应的规则。", [("完善", "与创新相适应的规则")]),
        # 把, 将: what is acted on stands before the verb
        ("把普法工作作为重要任务。", [("作为", "普法工作")]),
        ("坚持把调解摆在首位。", [("摆在", "调解")]),
        ("将许可事项全部纳入清单管理。", [("全部纳入", "许可事项")]),
        ("将依法设定的事项列入目录。", [("列入", "依法设定的事项")]),
        ("把道德规范和行业规范结合起来。", [("结合起来", "道德规范和行业规范")]),
        ("把好法制审核关口。", [("把好", "法制审核关口")]),
        ("将加强案卷评查。", [("加强", "案卷评查")]),
        ("推动将法律服务纳入实事项目。", [("纳入", "法律服务")]),
        ("逐步将乡镇执法人员纳入统一管理。", [("纳入", "乡镇执法人员")]),
        ("要将学习成效转化为工作实效。", [("转化为", "学习成效")]),
        ("确保把惠民政策落到实处。", [("落到实处", "惠民政策")]),
        ("把编制资源向一线倾斜。", [("倾斜", "编制资源")]),
        ("将矛盾化解在基层、化解在萌芽状态。", [("化解在", "矛盾")]),
        ("将由县级实施的事项纳入清单。", [("纳入", "由县级实施的事项")]),
        ("推动将来的合作。", [("推动", "将来的合作")]),
        # 为, 对, 向
        ("为企业发展提供法律服务。", [("提供", "法律服务")]),
        ("为完成年度任务、推进改革等提供保障。", [("提供", "保障")]),
        ("向村民免费发放读本。", [("免费发放", "读本")]),
        ("对各村进行排查。", [("排查", "各村")]),
        ("对新录用人员开展岗前培训。", [("开展", "岗前培训")]),
        ("加强对法律顾问的管理。", [("加强", "对法律顾问的管理")]),
        # where, with whom, by what order
        ("在政府网站上公布清单。", [("公布", "清单")]),
        ("会同县直有关部门开展检查。", [("开展", "检查")]),
        ("按程序在县政府门户网站公布。", [("公布", None)]),
        # coordination
        ("制定工作方案并组织实施考核办法。", [("制定", "工作方案"), ("组织实施", "考核办法")]),
        ("编制事项清单并向社会公开。", [("编制", "事项清单"), ("公开", None)]),
        ("完善管理制度、健全运行机制。", [("完善", "管理制度"), ("健全", "运行机制")]),
        ("完善登记、查询等制度。", [("完善", "登记、查询等制度")]),
        ("推进严格执法、规范司法。", [("推进", "严格执法、规范司法")]),
        ("坚持优化组织结构、理顺部门关系。", [("坚持", "优化组织结构、理顺部门关系")]),
        ("推行一并办理、合并受理。", [("推行", "一并办理、合并受理")]),
        ("走出一条防控风险、实现共治的新路子。", [("走出", "一条防控风险、实现共治的新路子")]),
        ("公开相关配套政策。", [("公开", "相关配套政策")]),
        # no verb, no action
        ("完善台账，公开成为常态。", [("完善", "台账")]),
        ("使机构设置更加科学，完善台账。", [("完善", "台账")]),
    ],
)
def test_verb_and_object(sentence: str, wanted: list[tuple[str, str | None]]) -> None:
    assert pairs(sentence) == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("新建调解室3个、法治广场1个。", [("新建", "调解室3个", 3.0), ("新建", "法治广场1个", 1.0)]),
        ("开展培训4次和宣讲12场。", [("开展", "培训4次", 4.0), ("开展", "宣讲12场", 12.0)]),
        (
            "办结率达到98%、满意率达到95%。",
            [(None, "办结率达到98%", 98.0), (None, "满意率达到95%", 95.0)],
        ),
        ("建设甲、乙两村示范点3个。", [("建设", "甲、乙两村示范点3个", 3.0)]),
        ("新建调解室3个，招录人员5名。", [("新建", "调解室3个", 3.0), ("招录", "人员5名", 5.0)]),
    ],
)
def test_two_targets_in_one_clause_are_two_actions(sentence: str, wanted: list[tuple[str | None, str, float]]) -> None:
    assert [(row["verb"], row["object"], row["target_value"]) for row in actions(sentence)] == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("将12家企业纳入监管名单。", ("纳入", "12家企业", 12.0)),
        ("把办结率提高到98%以上。", ("提高到", "办结率", 98.0)),
        ("将办理时限由15天压缩至5天以内。", ("压缩至", "办理时限", 5.0)),
        ("将审批时间压缩50%以上。", ("压缩", "审批时间", 50.0)),
        ("为500名老年人提供免费体检。", ("提供", "免费体检", 500.0)),
        ("为村民提供咨询，全年不少于100人次。", ("提供", "咨询", 100.0)),
        ("年内培训不少于4次。", ("培训", None, 4.0)),
        ("示范乡镇达到5个。", (None, "示范乡镇达到5个", 5.0)),
        ("建成示范乡镇5个。", ("建成", "示范乡镇5个", 5.0)),
        ("把普法作为重点。", ("作为", "普法", None)),
    ],
)
def test_what_is_disposed_of_and_how_much_is_promised(
    sentence: str, wanted: tuple[str, str | None, float | None]
) -> None:
    (row,) = actions(sentence)
    assert (row["verb"], row["object"], row["target_value"]) == wanted


@pytest.mark.parametrize(
    ("sentence", "deadline", "frequency"),
    [
        ("年内创建示范村。", "2024", None),
        ("年底前完成轮训。", "2024", None),
        ("6月底前完成轮训。", "2024-06", None),
        ("2025年上半年编制目录。", "2025-06-30", None),
        ("三季度前完成评查。", "2024-09-30", None),
        ("每季度开展一次评查。", None, "每季度"),
        ("每年至少组织两次轮训。", None, "每年"),
        ("每半年向社会公布名单。", None, "每半年"),
        ("开展评查每月不少于1次。", None, "每月"),
        ("全年开展普法活动。", None, None),
        ("明年开展普法活动。", None, None),
        ("培养年轻干部。", None, None),
    ],
)
def test_until_when_and_how_often(sentence: str, deadline: str | None, frequency: str | None) -> None:
    (row,) = actions(sentence)
    assert (row["deadline"], row["frequency"]) == (deadline, frequency)


@pytest.mark.parametrize(
    ("sentence", "actor", "verb"),
    [
        ("司法所定期排查隐患。", "司法所", "定期排查"),
        ("司法所组织开展评查。", "司法所", "组织开展"),
        ("各村法律顾问每季度开展一次讲座。", "各村法律顾问", "开展"),
        ("县司法局和各乡镇要健全机制。", "县司法局和各乡镇", "健全"),
        ("由综合执法队牵头完善台账。", "综合执法队", "完善"),
        ("我镇将完善台账。", None, "完善"),
        ("我们要完善台账。", None, "完善"),
        ("加强部门协作。", None, "加强"),
        ("全镇普法工作要坚持问题导向。", None, "坚持"),
        ("完善司法所建设机制。", None, "完善"),
    ],
)
def test_the_subject_before_the_verb_is_the_actor(sentence: str, actor: str | None, verb: str) -> None:
    (row,) = actions(sentence)
    assert (row["actor"], row["verb"]) == (actor, verb)


@pytest.mark.parametrize(
    ("sentence", "means", "verb"),
    [
        ("根据案件特点确定评查方式，提高质量。", "根据案件特点", "确定"),
        ("利用赶集日宣传民法典。", "利用赶集日", "宣传"),
        ("通过座谈、走访等形式征求意见。", "通过座谈、走访等形式", "征求"),
        ("依托公共法律服务体系建设，壮大队伍。", "依托公共法律服务体系建设", "壮大"),
        ("在党委领导下，健全机制。", "在党委领导下", "健全"),
    ],
)
def test_means_end_where_the_verb_begins(sentence: str, means: str, verb: str) -> None:
    row = actions(sentence)[0]
    assert (row["means"], row["verb"]) == (means, verb)


def test_labels_among_shortcomings_part_what_is_lacking_from_what_is_to_be_done() -> None:
    text = (
        "青禾镇人民政府2023年度法治政府建设工作报告\n一、存在的不足\n（一）宣传形式单一。宣传内容较为陈旧，覆盖不够。\n"
        "整改措施：一是创新宣传形式。二是把普法纳入考核。责任单位：普法办。整改时限：2024年6月底前。\n"
        "（二）队伍薄弱。持证率不高。\n改进措施：1.组织考证；2.积极争取编制，充实基层力量。\n整改情况：已招录2人。\n"
    )
    rows = extractor.extract(text).to_rows()
    assert [row["quote"] for row in rows["commitments"]] == [
        "创新宣传形式。",
        "把普法纳入考核。",
        "组织考证；",
        "积极争取编制，充实基层力量。",
    ]
    assert [row["quote"] for row in rows["problems"]] == ["宣传内容较为陈旧，覆盖不够。", "持证率不高。"]
    assert [row["actor"] for row in rows["actions"]] == ["普法办", "普法办", None, None, None]
    assert [row["deadline"] for row in rows["actions"]] == ["2024-06", "2024-06", None, None, None]
