"""Promises over an archive: near copies, shares, problems that come back, tracking."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.corpus.derive import derive
from extractor.corpus.likeness.minhash import ALIKE, jaccard
from extractor.corpus.likeness.passages import passages
from extractor.corpus.likeness.standings import Standings
from extractor.corpus.promises.tracking import summarise

CODE = "990101101"


def derived(archive: Any) -> dict[str, list[dict[str, Any]]]:
    return derive(archive.tables, archive.texts.__getitem__, ())


def township(archive: Any, name: str, text: str, year: int, code: str = CODE) -> Any:
    return archive.report(name, text, division_code=code, region="青山镇", county="青山县", report_year=year)


# --- near copies


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("全镇认真落实各项法治建设工作任务并定期组织专题研究", "全镇认真落实各项法治建设工作任务并每季组织专题研究", True, id="a-word-changed"),
        pytest.param("全镇认真落实各项法治建设工作任务并定期组织专题研究", "全镇扎实认真落实各项法治建设工作任务并定期组织专题研究", True, id="a-word-put-in"),
        pytest.param("全镇认真落实各项法治建设工作任务并定期组织专题研究", "各村广泛开展民法典宣传活动并向群众发放宣传资料", False, id="other-words"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", [CODE, "990101102"], ids=["own-report-before", "another-place"])
def test_a_sentence_nearly_copied_is_an_overlap(archive: Any, old: str, new: str, found: bool, code: str) -> None:
    township(archive, "a", old + "。", 2020)
    township(archive, "b", new + "。", 2021, code)
    rows = derived(archive)["overlaps"]
    assert bool(rows) is found
    if found:
        assert (rows[0]["report_id"], rows[0]["other_report_id"]) == ("b", "a")
        assert ALIKE <= rows[0]["similarity"] < 1
        assert rows[0]["same_issuer"] is (code == CODE)


_WORDING = st.text(st.sampled_from("法治政府建设推进落实执法普法调解"), min_size=15, max_size=40)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(_WORDING, max_size=4), max_size=5), st.integers(1, 3))
def test_near_wordings_are_earlier_and_alike(reports: list[list[str]], parts: int) -> None:
    whole, spread = (_standings(reports, count) for count in (1, parts))
    for at in range(len(reports)):
        assert whole.of_report(at) == spread.of_report(at)
        assert list(whole.near_of_report(at)) == list(spread.near_of_report(at))
        for here, (near, alike) in zip(whole.of_report(at), whole.near_of_report(at), strict=True):
            assert whole.at(here.first).wording == here.wording
            if near >= 0:
                there = whole.at(near)
                assert there.number < here.number and there.report != here.report
                assert alike == jaccard(there.wording, here.wording) >= ALIKE


def _standings(reports: list[list[str]], parts: int) -> Standings:
    made = Standings(parts)
    for wordings in reports:
        made.add(passages("。".join(wordings)))
    made.settle()
    return made


def test_shares_count_both_sides_of_a_copy(archive: Any) -> None:
    copied = "全镇认真落实各项法治建设工作任务。"
    township(archive, "a", copied, 2020)
    township(archive, "b", copied + "本年新设法治广场一处，群众喜闻乐见。", 2021, "990101102")
    shares = {row["part_id"]: row for row in derived(archive)["boilerplate"] if row["part"] == "report"}
    assert (shares["a"]["share"], shares["a"]["own_share"]) == (1.0, 0.0)
    assert shares["b"]["shared_chars"] == len(copied)
    assert 0.4 < shares["b"]["share"] < 0.6


def test_one_report_alone_has_no_share(archive: Any) -> None:
    township(archive, "a", "全镇认真落实各项法治建设工作任务。", 2020)
    assert derived(archive)["boilerplate"] == []


# --- problems


def problem(archive: Any, report: str, quote: str, theme: str | None = None) -> Any:
    return archive.row("problems", report, quote, theme=theme)


def test_a_problem_that_comes_back_names_the_earlier_one(archive: Any) -> None:
    township(archive, "a", "部分干部法治思维树得不够牢。", 2020)
    township(archive, "b", "一些干部法治思维树得还不够牢。执法装备配备滞后。", 2021)
    first = problem(archive, "a", "部分干部法治思维树得不够牢。")
    problem(archive, "b", "一些干部法治思维树得还不够牢。")
    problem(archive, "b", "执法装备配备滞后。")
    rows = derived(archive)["problems"]
    assert [row["recurring"] for row in rows] == [None, True, False]
    assert [row["earlier_problem_id"] for row in rows] == [None, first["problem_id"], None]


def test_a_problem_is_linked_to_the_plan_that_answers_it(archive: Any) -> None:
    township(archive, "a", "执法装备配备滞后。补齐执法装备配备短板。广泛开展民法典宣传活动。", 2020)
    problem(archive, "a", "执法装备配备滞后。")
    answer = archive.row("commitments", "a", "补齐执法装备配备短板。")
    archive.row("commitments", "a", "广泛开展民法典宣传活动。")
    (row,) = derived(archive)["problems"]
    assert row["answered_by"] == answer["commitment_id"]
    assert row["recurring"] is None


# --- tracking


def test_summary_counts_measurable_promises_and_answers() -> None:
    tables: dict[str, list[dict[str, Any]]] = {
        "reports": [
            {"report_id": "a", "region": "青山镇", "issuer": None, "division_code": CODE, "report_year": 2020},
            {"report_id": "b", "region": "青山镇", "issuer": None, "division_code": CODE, "report_year": 2021},
        ],
        "commitments": [
            {"report_id": "a", "strength": strength} for strength in ("measurable", "general", "specific", "general")
        ],
        "fulfilment": [
            {"promise_report_id": "a", "report_id": "b", "outcome": outcome}
            for outcome in ("fulfilled", "reported", "repeated", "not_mentioned", "partly")
        ],
    }
    (row,) = summarise(tables)
    assert (row["year"], row["next_year"], row["commitments"], row["actions"]) == (2020, 2021, 4, 5)
    assert (row["measurable_share"], row["answered_share"]) == (0.25, 0.6)
    assert [row[o] for o in ("fulfilled", "partly", "reported", "repeated", "not_mentioned")] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("verb", "object_", "approx", "target", "later", "value", "unit", "outcome"),
    [
        pytest.param("控制", "信访事项在10件以内", "at_most", 10.0, "信访事项控制在8件。", 8.0, "件", "fulfilled", id="ceiling-kept"),
        pytest.param("控制", "信访事项在10件以内", "at_most", 10.0, "信访事项控制在12件。", 12.0, "件", "partly", id="ceiling-broken"),
        pytest.param(None, "城镇调查失业率5.5%左右", "about", 5.5, "城镇调查失业率5.3%。", 5.3, "%", "fulfilled", id="less-is-better"),
        pytest.param("压减", "一般性支出5%以上", "at_least", -5.0, "一般性支出压减6%。", -6.0, "%", "fulfilled", id="larger-cut"),
    ],
)  # fmt: skip
def test_bounds_decide_what_is_kept(
    archive: Any, verb: str | None, object_: str, approx: str, target: float, later: str, value: float, unit: str,
    outcome: str,
) -> None:  # fmt: skip
    quote = f"{verb or ''}{object_}。"
    township(archive, "a", quote, 2020)
    commitment = archive.row("commitments", "a", quote)
    archive.tables["actions"].append(
        {
            "commitment_id": commitment["commitment_id"], "ordinal": 1, "report_id": "a", "verb": verb, "object": object_,
            "target_value": target, "target_unit": unit, "target_approx": approx,
            "quote": quote[:-1], "char_start": 0, "char_end": len(quote) - 1,
        }
    )  # fmt: skip
    township(archive, "b", later + "\n" + "其他各项工作都有进展。\n" * 5, 2021)
    archive.measure("b", later[-1 - len(f"{abs(value):g}{unit}") : -1], value, unit)
    (row,) = derived(archive)["fulfilment"]
    assert row["outcome"] == outcome
    assert (row["promise_report_id"], row["promise_quote"]) == ("a", quote[:-1])
    assert archive.texts["a"][row["promise_char_start"] : row["promise_char_end"]] == row["promise_quote"]


def test_what_the_later_report_plans_itself_fulfils_nothing(archive: Any) -> None:
    township(archive, "a", "新建法律服务工作室3个。", 2020)
    commitment = archive.row("commitments", "a", "新建法律服务工作室3个。")
    archive.tables["actions"].append(
        {"commitment_id": commitment["commitment_id"], "ordinal": 1, "report_id": "a", "verb": "新建",
         "object": "法律服务工作室3个", "target_value": 3.0, "target_unit": "个", "target_approx": "exact"}
    )  # fmt: skip
    township(archive, "b", "今年拟新建法律服务工作室5个。\n" + "其他各项工作都有进展。\n" * 5, 2021)
    archive.row("commitments", "b", "今年拟新建法律服务工作室5个。")
    archive.measure("b", "5个", 5.0, "个")
    (row,) = derived(archive)["fulfilment"]
    assert (row["outcome"], row["rule"]) == ("repeated", "fulfilment.promised_again")
