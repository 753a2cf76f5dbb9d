"""What makes a text or a stretch of it a plan, who is responsible for what, and what is no shortcoming. Sentences are
made up, in the shapes that plans and reports of counties and townships show."""

from typing import Any

import pytest

import extractor

TITLE = "青禾镇人民政府2023年度法治政府建设工作报告\n"
DONE = "一、主要举措和成效\n（一）加强学习。全年组织学法12次。\n"


def tables(text: str) -> dict[str, list[dict[str, Any]]]:
    return extractor.extract(text).to_rows()


def quotes(text: str, table: str = "commitments") -> list[str]:
    return [row["quote"] for row in tables(text)[table]]


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("预计完成产值90亿元，增长8%。", False),
        ("预计17个村全年收入1300万元。", False),
        ("预计2024年完成示范村5个。", True),
        ("预计将新建示范村5个。", True),
    ],
)
def test_what_is_expected_of_the_year_that_is_over_is_no_promise(sentence: str, promised: bool) -> None:
    assert bool(quotes(TITLE + "一、主要成效\n" + sentence + "\n")) is promised


@pytest.mark.parametrize(
    ("text", "promises", "actor", "deadline"),
    [
        pytest.param(
            "加强案卷评查，规范办案。\n责任单位：县司法局、各有关部门，乡镇按职责分工分别负责。\n",
            ["加强案卷评查，规范办案。"],
            "县司法局、各有关部门，乡镇",
            None,
            id="line-of-its-own",
        ),
        pytest.param(
            "加强案卷评查。〔牵头单位：县司法局；配合单位：县委编办〕\n",
            ["加强案卷评查。"],
            "县司法局",
            None,
            id="hexagonal-brackets-and-who-helps",
        ),
        pytest.param(
            "加强案卷评查。【责任单位：县司法局，完成时限：2024年6月底前】\n",
            ["加强案卷评查。"],
            "县司法局",
            "2024-06",
            id="term-in-square-brackets",
        ),
        pytest.param(
            "加强案卷评查（责任单位：县司法局；完成时限：9月底）。\n",
            ["加强案卷评查"],
            "县司法局",
            "2024-09",
            id="inside",
        ),
        pytest.param(
            "加强案卷评查。（县司法局、县委编办牵头，县直各部门按职责分工负责）\n",
            ["加强案卷评查。"],
            "县司法局、县委编办",
            None,
            id="no-label",
        ),
        pytest.param(
            "加强案卷评查。\n牵头单位：县司法局\n配合单位：县直各部门\n完成时限：年底前\n",
            ["加强案卷评查。"],
            "县司法局",
            "2024",
            id="three-lines",
        ),
        pytest.param("加强案卷评查。\n完成时限：长期坚持\n", ["加强案卷评查。"], None, None, id="no-term-at-all"),
        pytest.param(
            "加强案卷评查。明确责任单位：由各站所认领。\n",
            ["加强案卷评查。", "明确责任单位：由各站所认领。"],
            None,
            None,
            id="a-sentence-about-responsible-units-is-a-promise",
        ),
        pytest.param(
            "加强案卷评查（含自查）。\n", ["加强案卷评查（含自查）。"], None, None, id="other-brackets-name-nobody"
        ),
    ],
)
def test_who_is_responsible_is_a_field_of_the_promise_above(
    text: str, promises: list[str], actor: str | None, deadline: str | None
) -> None:
    rows = tables(f"青禾县2024年法治政府建设工作计划\n一、规范执法\n（一）评查案卷\n{text}（二）其他\n")
    assert [row["quote"] for row in rows["commitments"]] == promises
    assert rows["commitments"][0]["deadline"] == deadline
    assert rows["actions"][0]["actor"] == actor
    assert rows["problems"] == []


def test_items_that_are_only_a_heading_and_a_duty_are_promises() -> None:
    text = (
        "青禾县2024年普法工作要点\n一、深化学习\n（一）组织巡回宣讲，开展进村活动。（责任单位：县普法办）\n"
        "（二）办好学法夜校。（责任单位：县委党校）\n（三）加强协作\n健全联席机制。\n"
    )
    assert quotes(text) == ["组织巡回宣讲，开展进村活动。", "办好学法夜校。", "健全联席机制。"]
    assert [row["actor"] for row in tables(text)["actions"]] == ["县普法办", "县普法办", "县委党校", None]


@pytest.mark.parametrize(
    "turn",
    [
        "结合上述不足，我们将从三个方面改进。",
        "针对以上问题，我镇将采取措施。",
        "2024年，我镇将从以下几方面改进：",
        "在2024年的工作中，我办将进一步加以改进。",
        "下一步，我们将对症施策。",
        "对照存在的短板，镇党委将逐项整改。",
    ],
)
def test_who_turns_to_what_is_to_be_done_plans(turn: str) -> None:
    text = f"{TITLE}{DONE}二、存在的不足\n执法力量薄弱，持证人员偏少。\n{turn}充实执法队伍。开展岗前培训。\n"
    assert quotes(text)[-2:] == [
        "充实执法队伍。" if not turn.endswith("：") else f"{turn}充实执法队伍。",
        "开展岗前培训。",
    ]
    assert quotes(text, "problems") == ["执法力量薄弱，持证人员偏少。"]


@pytest.mark.parametrize(
    "told",
    [
        "针对执法力量不足的问题，我镇已招录人员6名。",
        "一年来，我镇法治建设取得了一定成效。",
        "对上年指出的问题，先后制定了清单，已全部销号。",
        "如不及时整改，将影响执法效果。",
    ],
)
def test_what_was_done_about_shortcomings_is_no_plan(told: str) -> None:
    text = f"{TITLE}{DONE}二、存在的不足\n{told}宣传形式单一。村民参与度不高。\n"
    assert quotes(text) == []
    assert quotes(text, "problems")[-2:] == ["宣传形式单一。", "村民参与度不高。"]


@pytest.mark.parametrize(
    "heading", ["存在的问题及下一步打算", "存在问题及改进情况", "存在的主要问题和改进措施", "不足之处与下一步工作安排"]
)
def test_the_past_under_a_mixed_heading_is_neither(heading: str) -> None:
    text = f"{TITLE}{DONE}二、{heading}\n今年我镇先后开展培训，取得了明显成效。执法力量薄弱。下一步，我镇将充实队伍。\n"
    assert quotes(text) == ["下一步，我镇将充实队伍。"]
    assert quotes(text, "problems") == ["执法力量薄弱。"]


@pytest.mark.parametrize(
    ("lead", "kept"),
    [
        ("存在以下问题：", False),
        ("主要表现为以下几个方面：", False),
        ("虽然取得了进步，但仍存在一些问题和不足，主要表现在以下三方面：", False),
        ("对照上级要求，还有一定差距。", False),
        ("主要有以下几点。", False),
        ("宣传内容还不够丰富，服务意识等方面还存在诸多问题和不足。", True),
        ("干部作风不实等问题仍然存在。", True),
    ],
)
def test_lead_ins_are_no_shortcomings(lead: str, kept: bool) -> None:
    found = quotes(f"{TITLE}{DONE}二、存在的主要问题\n{lead}\n1.执法力量薄弱。持证人员偏少。\n", "problems")
    assert (lead in found) is kept
    assert "持证人员偏少。" in found


def test_a_heading_that_admits_in_a_sentence_is_a_shortcoming() -> None:
    text = f"{TITLE}{DONE}二、存在的主要问题\n1、执法力量薄弱，队伍建设还需加强。工作人员身兼多职。\n2、普法工作。形式单一。\n"
    assert quotes(text, "problems") == ["执法力量薄弱，队伍建设还需加强", "工作人员身兼多职。", "形式单一。"]


CUT = (
    "二、健全社会规范\n坚持德法并举，强化规则意识。\n（七）完善立法。健全基层治理方面的制度。{more}推进行业章程建设，引导成员自律。\n"
    "（八）促进共建。要加大投入。倡导文明风尚，革除陋习。到2030年，基本形成共建格局。\n"
)


@pytest.mark.parametrize(
    ("more", "plan"),
    [
        pytest.param("", True, id="orders"),
        pytest.param("各级机关应当带头。", True, id="now-and-then-others-are-told"),
        pytest.param("今年底前，修订管理细则。", True, id="this-year"),
        pytest.param("全年累计调处纠纷36件。", False, id="counted"),
        pytest.param("目前已建成站点，取得成效。配备了人员。", False, id="told"),
    ],
)
def test_a_plan_without_its_head_is_a_plan_when_its_sentences_say_so(more: str, plan: bool) -> None:
    rows = tables(CUT.format(more=more))
    found = [row["quote"] for row in rows["commitments"]]
    assert ("倡导文明风尚，革除陋习。" in found) is plan
    assert {row["due_year"] for row in rows["commitments"]} <= {None, 2030}


def test_an_account_without_its_head_is_none() -> None:
    text = "（一）加强学习。组织全员学法。邀请专家授课。\n（二）规范执法。推行执法公示。开展案卷评查。\n（三）化解纠纷。完善调解网络。排查隐患。\n"
    assert quotes(text + "四、存在的不足\n力量薄弱。\n") == []


def test_the_lead_of_a_plan_that_demands_is_a_promise_and_its_reasons_are_none() -> None:
    text = (
        "青禾县2024年法治政府建设工作安排\n为推进依法行政，根据上级部署，制定本安排。\n"
        "今年全县工作要坚持问题导向，推动各项任务落实。\n一、规范决策\n健全合法性审查机制。\n"
    )
    assert quotes(text) == ["今年全县工作要坚持问题导向，推动各项任务落实。", "健全合法性审查机制。"]
