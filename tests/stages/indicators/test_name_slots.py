"""What a name is made of: verb, object, actor, scope, subject of the last number, in our own words.

Each line stands for a shape of NAMING.md; `-` is null. The second list holds texts that look alike and are not.
"""

import pytest

import extractor

_HEAD = "2021年工作报告\n一、工作成效\n"


def _slots(text: str) -> tuple[str, ...]:
    row = extractor.extract(_HEAD + text).indicators[-1]
    return tuple(slot or "-" for slot in (row.verb, row.object, row.actor, row.scope, row.subject))


@pytest.mark.parametrize(
    ("text", "verb", "object_", "actor", "scope", "subject"),
    [
        # verb and object, with what is no part of them
        ("截至12月底，各村网格员在全镇共排查安全隐患27处。", "排查", "安全隐患", "各村网格员", "全镇", "-"),
        ("修订村规民约18份。", "修订", "村规民约", "-", "-", "-"),
        ("听取法治建设工作汇报4次。", "听取", "法治建设工作汇报", "-", "-", "-"),
        ("集中修订完善制度12项。", "修订完善", "制度", "-", "-", "-"),
        ("聘用3名执业律师。", "聘用", "执业律师", "-", "-", "-"),
        ("联系财政局、民政局等6个单位。", "联系", "单位", "-", "-", "-"),
        # a rate has no verb, an act that is counted no object
        ("按时办结率达99%。", "-", "按时办结率", "-", "-", "-"),
        ("开展联合执法12次。", "开展", "联合执法", "-", "-", "-"),
        ("联合执法12次。", "联合执法", "-", "-", "-", "-"),
        # before a support verb any noun is who does it, and an office is a body
        ("老年大学组织普法宣传12次。", "组织", "普法宣传", "老年大学", "-", "-"),
        ("县普法办开展“送法进校园”活动12场。", "开展", "“送法进校园”活动", "县普法办", "-", "-"),
        ("“法律明白人”开展法治宣讲20场。", "开展", "法治宣讲", "-", "-", "-"),
        # what one goes by is none of the act, what is demanded of others is
        ("按要求开展培训12次。", "开展", "培训", "-", "-", "-"),
        ("按照上级要求建成站点5个。", "建成", "站点", "-", "-", "-"),
        ("按照工作需要聘请顾问3名。", "聘请", "顾问", "-", "-", "-"),
        ("按规定办结事项30件。", "办结", "事项", "-", "-", "-"),
        ("根据计划安排资金20万元。", "安排", "资金", "-", "-", "-"),
        # who acts: never the body itself, nor a district
        ("我镇发放手册300册。", "发放", "手册", "-", "-", "-"),
        ("组织党员干部参观展馆2次。", "参观", "展馆", "党员干部", "-", "-"),
        ("召开镇长办公会专题研究信访事项7次。", "研究", "信访事项", "镇长办公会", "-", "-"),
        ("宿城区受理申请28件。", "受理", "申请", "-", "宿城区", "-"),
        # what is counted is not what the verb governs
        ("35个部门入驻大厅窗口。", "入驻大厅窗口", "部门", "-", "-", "-"),
        ("为22家规上企业配备专属联络员。", "配备专属联络员", "规上企业", "-", "-", "-"),
        ("对原有5件规章制度进行清理。", "清理", "规章制度", "-", "-", "-"),
        # leaning
        ("受理投诉35件，办结30件。", "办结", "-", "-", "-", "投诉"),
        ("受理投诉35件，办结率100%。", "-", "办结率", "-", "-", "受理投诉"),
        ("开展讲座12期，覆盖干部860人次。", "覆盖", "干部", "-", "-", "开展讲座"),
        ("接待群众700人次，其中老年人120人次。", "-", "老年人", "-", "-", "接待群众"),
        ("不予公开35件，占4.3%。", "占", "-", "-", "-", "不予公开"),
        ("组织专题学习，累计开展9次。", "开展", "-", "-", "-", "专题学习"),
        ("司法所开展“民法典进社区”宣讲，参与群众120人次。", "参与", "群众", "-", "-", "“民法典进社区”宣讲"),
        ("开展义诊5场，参加志愿服务300人次。", "参加", "志愿服务", "-", "-", "-"),
        ("开展“禁毒”宣传，受教育群众200人。", "-", "受教育群众", "-", "-", "“禁毒”宣传"),
        ("常态化开展“送法下乡”，累计15场次。", "开展", "“送法下乡”", "-", "-", "-"),
        ("县党校举办“法治大讲堂”培训，参训率100%。", "-", "参训率", "-", "-", "“法治大讲堂”培训"),
        ("发放传单900份、手册300册。", "发放", "手册", "-", "-", "-"),
        ("公开信息75条，其中，市级47条、甲区28条。", "公开", "信息", "-", "甲区", "-"),
        # changes
        ("办理时限由15天缩短为5天。", "-", "办理时限", "-", "-", "-"),
        ("受理办件800件，同比增长12.3%。", "-", "办件", "-", "-", "-"),
        # said together
        ("参训率和合格率均达100%。", "-", "合格率", "-", "-", "-"),
        ("投诉率从2019年的2.8%降到去年的1.5%。", "-", "投诉率", "-", "-", "-"),
        ("补助标准由上年末的240元提高到年底的280元。", "-", "补助标准", "-", "-", "-"),
        ("甲村收入5万元、乙村收入3万元，分别增长5%和6%。", "-", "乙村收入", "-", "-", "-"),
        # what says how before a verb describes before a noun
        ("全镇基本医疗保险参保率98%。", "-", "基本医疗保险参保率", "-", "全镇", "-"),
        ("新增高效节水灌溉面积300亩。", "新增", "高效节水灌溉面积", "-", "-", "-"),
        ("列入异常名录12家。", "列入", "异常名录", "-", "-", "-"),
        # acts said together; before 的 they only describe
        ("取消和下放审批事项31项。", "取消和下放", "审批事项", "-", "-", "-"),
        ("取消和调整的审批事项达51项。", "-", "取消和调整的审批事项", "-", "-", "-"),
        # a verb inside what is counted
        ("完成2100人次农民工技能提升培训任务。", "完成", "农民工技能提升培训任务", "-", "-", "-"),
        ("安排1000万元专项奖补资金。", "安排", "专项奖补资金", "-", "-", "-"),
        ("形成甲县告知承诺事项清单21项。", "形成", "甲县告知承诺事项清单", "-", "-", "-"),
        ("教育经费支出120万元。", "-", "教育经费支出", "-", "-", "-"),
        ("取消许可事项498项，占原有许可事项的69.3%。", "占", "许可事项", "-", "-", "取消许可事项"),
        # who and what, though the dictionary calls them verbs
        ("现有人民调解组织98个。", "-", "现有人民调解组织", "-", "-", "-"),
        ("司法所组织专题学习8次。", "组织", "专题学习", "司法所", "-", "-"),
        ("为受援对象挽回损失36万元。", "挽回", "损失", "-", "-", "-"),
        ("返乡人员达到54人。", "-", "返乡人员", "-", "-", "-"),
        ("共化解矛盾纠纷29件。", "化解", "矛盾纠纷", "-", "-", "-"),
        ("开展有效劝导22次。", "开展", "有效劝导", "-", "-", "-"),
        ("研讨交流6场。", "研讨交流", "-", "-", "-", "-"),
        ("整改不规范问题7项。", "整改", "不规范问题", "-", "-", "-"),
        ("配备执法人员4名，其中持证执法人员3名。", "-", "持证执法人员", "-", "-", "配备执法人员"),
        ("人均培训学时60学时。", "-", "人均培训学时", "-", "-", "-"),
        ("基础养老金每人每月增加5元。", "-", "基础养老金", "-", "-", "-"),
        ("公共服务清单中的14项已完成承接。", "-", "公共服务清单", "-", "-", "-"),
        # brackets are one piece, a list before 等 is none of what is counted
        ("对18个县（市、区）政府、32个部门开展考核。", "开展考核", "部门", "-", "-", "-"),
        ("街道干部讲解了民法典、调解法等7场专题讲座。", "讲解", "专题讲座", "街道干部", "-", "-"),
        # negations belong to their verb
        ("办理申请9件，不予公开2件。", "不予公开", "-", "-", "-", "申请"),
    ],
)
def test_slots(text: str, verb: str, object_: str, actor: str, scope: str, subject: str) -> None:
    assert _slots(text) == (verb, object_, actor, scope, subject)


@pytest.mark.parametrize(
    ("text", "verb", "object_"),
    [
        # words that hold a light word, a measure word or a verb stay whole
        ("签订公约18份。", "签订", "公约"),
        ("牵头开展检查12次。", "开展", "检查"),
        ("印发禁毒手册500册。", "印发", "禁毒手册"),
        ("开展送法进校园活动4场。", "开展", "送法进校园活动"),
        ("发展新业态6个。", "发展", "新业态"),
        # 等 without a number behind it leaves the phrase whole
        ("宣传《民法典》等法律法规6场。", "宣传", "《民法典》等法律法规"),
        # a new verb with its own object does not lean
        ("开展夜校9期，发放资料800份。", "发放", "资料"),
        # an audience's verb is not inherited
        ("覆盖群众380人次，领导讲课4次。", "讲课", "-"),
    ],
)
def test_what_looks_alike(text: str, verb: str, object_: str) -> None:
    assert _slots(text)[:2] == (verb, object_)


def test_two_rates_said_together_are_two_rows() -> None:
    rows = extractor.extract(_HEAD + "参训率和合格率均达100%。").indicators
    assert [row.object for row in rows] == ["参训率", "合格率"]
    assert len({row.value_span for row in rows}) == 1


def test_listed_members_are_kept() -> None:
    rows = extractor.extract(_HEAD + "联系财政局、民政局等6个单位。").indicators
    assert rows[0].members == "财政局、民政局"


def test_a_name_that_nothing_explains_is_null() -> None:
    rows = extractor.extract(_HEAD + "辖区面积88平方公里，7.3万人。").indicators
    assert rows[-1].name is None


@pytest.mark.parametrize(
    ("text", "unit", "object_"),
    [
        ("牵头12单位开展检查。", None, "单位"),
        ("新增12市场主体。", None, "市场主体"),
        ("聘请12人民调解员。", None, "人民调解员"),
        ("走访3000户家庭。", "户", "家庭"),
        ("办理案件6件次。", "件次", "案件"),
    ],
)
def test_a_measure_word_is_a_word(text: str, unit: str | None, object_: str) -> None:
    row = extractor.extract(_HEAD + text).indicators[0]
    assert (row.unit, row.object) == (unit, object_)
