"""Commitments, actions and problems in the shapes in which reports write them. Sentences are made up, in
the patterns that yearly reports of townships of several provinces show."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor

TITLE = "青禾镇人民政府2023年度法治政府建设工作报告\n"
DONE = "一、主要举措和成效\n（一）加强学习。全年组织学法12次，确保了干部学法全覆盖。将普法工作纳入年度考核。\n"


def tables(body: str) -> dict[str, list[dict[str, Any]]]:
    return extractor.extract(TITLE + DONE + body).to_rows()


def quotes(body: str, table: str = "commitments") -> list[str]:
    return [row["quote"] for row in tables(body)[table]]


@pytest.mark.parametrize(
    ("body", "promised", "lacking"),
    [
        pytest.param(
            "二、存在的问题和下一步打算\n（一）存在问题。一是执法力量不足，持证人员偏少。二是普法形式单一，参与度不高。\n"
            "（二）下一步打算。一是充实执法队伍，组织人员考证。二是创新普法形式，力争全年开展活动20场。",
            ["充实执法队伍，组织人员考证。", "创新普法形式，力争全年开展活动20场。"],
            ["执法力量不足，持证人员偏少。", "普法形式单一，参与度不高。"],
            id="one-heading-for-both-with-parts",
        ),
        pytest.param(
            "二、存在的不足及下一步工作\n虽然有了进步，但还存在宣传不够深入等问题。\n下一步，我镇将加大宣传力度。持续开展送法进村。",
            ["下一步，我镇将加大宣传力度。", "持续开展送法进村。"],
            ["虽然有了进步，但还存在宣传不够深入等问题。"],
            id="one-heading-for-both-without-parts",
        ),
        pytest.param(
            "二、存在的问题及改进措施\n（一）执法力量薄弱。目前持证人员偏少。组织全员报考执法证。",
            ["组织全员报考执法证。"],
            ["目前持证人员偏少。"],
            id="each-problem-with-its-measure",
        ),
        pytest.param(
            "二、存在问题\n1.执法人员少。目前持证人员仅6名，力量不足。下一步将积极争取编制，招录2名人员。\n2.其他。群众参与度不高。",
            ["下一步将积极争取编制，招录2名人员。"],
            ["目前持证人员仅6名，力量不足。", "群众参与度不高。"],
            id="next-step-within-a-problem",
        ),
        pytest.param(
            "二、存在的主要问题\n法治意识有待加强。\n针对上述问题，我们将采取以下措施：加强培训，补齐装备。定期开展检查。",
            ["针对上述问题，我们将采取以下措施：加强培训，补齐装备。", "定期开展检查。"],
            ["法治意识有待加强。"],
            id="measures-behind-the-problems",
        ),
        pytest.param(
            "二、问题整改情况\n（一）执法不规范问题。已制定清单，整改已完成。下一步将长期坚持，定期评查案卷。\n"
            "（二）责任落实问题。我镇专题研究，明确了分管领导。",
            ["下一步将长期坚持，定期评查案卷。"],
            [],
            id="rectification-tells-done-from-planned",
        ),
        pytest.param(
            "二、2024年工作计划\n（一）规范执法。全面落实执法公示，合格率达到95%以上。（责任单位：综合执法队）\n特此报告。",
            ["全面落实执法公示，合格率达到95%以上。"],
            [],
            id="who-is-responsible-is-no-promise",
        ),
        pytest.param(
            "二、下一步工作安排\n（一）强化普法，持续开展送法进村，确保规划收官。\n（二）加强组织领导。\n（三）夯实基础。建成工作室2个。",
            ["强化普法，持续开展送法进村，确保规划收官。", "建成工作室2个。"],
            [],
            id="a-heading-without-body-is-the-sentence",
        ),
        pytest.param(
            "二、今后努力方向\n今年是规划的收官之年，任务十分繁重。随着项目落地，预计带动就业200人。我们要不断提升治理水平。",
            ["我们要不断提升治理水平。"],
            [],
            id="forecasts-and-framing-promise-nothing",
        ),
        pytest.param(
            "（二）规范决策。将重大事项列入议程，将评估结果作为依据。已将案卷移交，将审批时限压缩3天，确保了合法合规。",
            [],
            [],
            id="object-marker-and-past",
        ),
        pytest.param(
            "（二）规范决策。制度执行有力。下一步，将做好两项工作。一是健全台账，逐件登记。二是开展评查，通报结果。",
            ["下一步，将做好两项工作。", "健全台账，逐件登记。", "开展评查，通报结果。"],
            [],
            id="next-step-with-a-list-outside-plan-sections",
        ),
    ],
)
def test_promises_and_problems_are_told_apart(body: str, promised: list[str], lacking: list[str]) -> None:
    assert quotes(body) == promised
    assert quotes(body, "problems") == lacking


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        pytest.param(
            "以案卷评查为抓手，规范执法行为，合格率达到95%以上。",
            [("规范", "执法行为", "以案卷评查为抓手", None, None), (None, "合格率达到95%以上", None, None, 95.0)],
            id="means-in-a-clause-of-its-own-and-a-bare-target",
        ),
        pytest.param(
            "由司法所牵头，年底前完成顾问续聘。",
            [("完成", "顾问续聘", None, "司法所", None)],
            id="actor-in-a-clause-of-its-own",
        ),
        pytest.param(
            "创新普法形式，开展活动20场。",
            [("创新", "普法形式", None, None, None), ("开展", "活动20场", None, None, 20.0)],
            id="no-complement-inside-a-word",
        ),
        pytest.param(
            "到2025年，建成示范村3个。",
            [("建成", "示范村3个", None, None, 3.0)],
            id="a-term-alone-is-no-action",
        ),
        pytest.param(
            "落实执法公示。（责任单位：综合执法队；完成时限：6月底）",
            [("落实", "执法公示", None, "综合执法队", None)],
            id="actor-in-brackets-behind",
        ),
    ],
)
def test_actions_hold_verb_object_means_actor_and_target(
    sentence: str, wanted: list[tuple[str | None, str, str | None, str | None, float | None]]
) -> None:
    rows = tables(f"二、2024年工作计划\n（一）夯实基础。{sentence}")["actions"]
    assert [(r["verb"], r["object"], r["means"], r["actor"], r["target_value"]) for r in rows] == wanted


def test_each_list_item_keeps_its_own_term_and_actor() -> None:
    rows = tables(
        "二、下一步安排\n重点抓好三件事：一是加强业务培训；二是由司法所牵头，2024年6月底前完成续聘；三是深化普法宣传。"
    )["actions"]
    found = {row["object"]: (row["actor"], row["deadline"]) for row in rows}
    assert found["业务培训"] == (None, None)
    assert found["续聘"] == ("司法所", "2024-06")
    assert found["普法宣传"] == (None, None)


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        pytest.param("2024年6月底前建成示范村3个。", "measurable_with_deadline", id="number-and-term"),
        pytest.param("建成示范村3个。", "measurable", id="number"),
        pytest.param("2024年6月底前完成修订。", "measurable", id="term"),
        pytest.param("制定执法案卷评查办法。", "specific", id="something-to-look-for"),
        pytest.param("不断提升依法行政水平。", "general", id="neither"),
    ],
)
def test_strength_follows_the_written_rule(sentence: str, strength: str) -> None:
    (row,) = tables(f"二、2024年工作计划\n（一）夯实基础。{sentence}")["commitments"]
    assert row["strength"] == strength


ORDERS = [
    "推进消防站选址。", "建成训练基地1处。", "完善巡查机制。", "组建志愿队伍20支。", "优化编组编队。", "开展专题培训。",
    "落实备勤制度。", "推动设施改造。", "探索评价体系。",
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentences", "plan"),
    [
        pytest.param(ORDERS, True, id="orders-alone"),
        pytest.param([*ORDERS, "累计开展演练12次。"], False, id="something-is-told"),
        pytest.param(
            [*ORDERS, "各单位应当报送方案。", "责任人要签字。", "企业须公示。", "不得瞒报。"],
            False,
            id="others-are-directed",
        ),
        pytest.param(ORDERS[:5], False, id="too-few-to-tell"),
        pytest.param(
            ["开展培训12次。" if order.startswith("开展") else order for order in ORDERS], False, id="counted"
        ),
    ],
)
def test_a_cut_without_title_that_only_orders_is_a_plan(sentences: list[str], plan: bool) -> None:
    body = "12.加强基础设施。" + "".join(sentences)
    assert bool(extractor.extract(body).to_rows()["commitments"]) is plan


def test_orders_under_a_heading_of_achievements_are_no_plan() -> None:
    assert extractor.extract("一、主要举措和成效\n" + "".join(ORDERS)).to_rows()["commitments"] == []


_PIECES = st.sampled_from(
    ["一是", "二是", "（一）", "下一步，", "存在问题和下一步打算", "\n", "。", "；", "：", "，", "将", "年底前", "（责任单位：某所）",
     "加强培训", "以案释法为抓手", "到2025年", "3场", "不足", "针对上述问题，", "由司法所牵头", "已完成", "二、", "（", "《"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=30))
def test_any_run_of_pieces_gives_quotes_that_stand_in_the_text(pieces: list[str]) -> None:
    extraction = extractor.extract(TITLE + "".join(pieces))
    text, rows = extraction.document.text, extraction.to_rows()
    for table in ("commitments", "actions", "problems"):
        for row in rows[table]:
            assert text[row["char_start"] : row["char_end"]] == row["quote"]
    spans = {row["commitment_id"]: (row["char_start"], row["char_end"]) for row in rows["commitments"]}
    for row in rows["actions"]:
        start, end = spans[row["commitment_id"]]
        assert start <= row["char_start"] < row["char_end"] <= end
    starts = [row["char_start"] for row in rows["commitments"]]
    assert starts == sorted(set(starts))
