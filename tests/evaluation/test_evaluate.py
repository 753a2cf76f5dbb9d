"""The scorer: perfect rows score 1, each kind of slip is counted once and where it belongs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import BadConfig, MissingPath
from extractor.evaluation import agreement
from extractor.evaluation.evaluate import KINDS, Scores, evaluate, score
from extractor.evaluation.gold import Gold, PlainText, find_gold, locate
from extractor.evaluation.slots import SLOTS
from extractor.text import comparable

TEXT = (
    "一、工作成效\n"
    "（一）政务服务\n全年受理热线工单6280件，按时办结率100%。发放资料近3500份，图书近3500册。\n"
    "落实《青山县法治工作要点》（青法办〔2020〕4号）。\n"
    "二、下步打算\n加强队伍建设，到2021年底前建成法律顾问室3个。继续做好普法宣传。\n三、不足\n执法力量薄弱。普法形式单一。\n"
)
GOLD: dict[str, Any] = {
    "report": {"region": "青山镇", "level": "township", "year": 2020, "issuer": None},
    "headings": [
        {"level": 1, "title": "工作成效"},
        {"level": 2, "title": "政务服务"},
        {"level": 1, "title": "下步打算"},
        {"level": 1, "title": "不足"},
    ],
    "problems": [{"quote": "执法力量薄弱。"}, {"quote": "普法形式单一。"}],
    "titles": ["青山县法治工作要点"],
    "citations": [{"title": "青山县法治工作要点", "number": "青法办〔2020〕4号", "issuer_code": "青法办"}],
    "indicators": [
        {"name": "受理热线工单", "quote": "受理热线工单6280件", "value": 6280, "unit": "件"},
        {"name": "按时办结率", "quote": "按时办结率100%", "value": 100, "unit": "%"},
        {"name": "发放资料", "quote": "近3500份", "value": 3500, "unit": "份", "approx": "近"},
    ],
    "optional_indicators": [{"name": "发放图书", "quote": "近3500册", "value": 3500, "unit": "册", "approx": "近"}],
    "commitments": [
        {
            "quote": "到2021年底前建成法律顾问室3个",
            "actions": [{"verb": "建成", "object": "法律顾问室3个"}],
        }
    ],
}


def gold(content: Mapping[str, Any] = GOLD) -> Gold:
    return Gold(Path("gold/a.json"), Path("a.txt"), content)


def placed(quote: str, **columns: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"quote": quote, "char_start": start, "char_end": start + len(quote), **columns}


def indicator(quote: str, value: float, unit: str | None, name: str, **columns: Any) -> Any:
    base = {"subject": None, "approx": "exact", "role": "actual", "part_of": None}
    return placed(quote, value=value, unit=unit, name=name, **{**base, **columns})


def right_rows() -> dict[str, list[dict[str, Any]]]:
    return {
        "reports": [{"region": "青山镇", "region_level": "township", "report_year": 2020}],
        "sections": [
            {"level": 0, "title": ""},
            {"level": 1, "title": "工作成效"},
            {"level": 2, "title": "政务服务"},
            {"level": 1, "title": "下步打算"},
            {"level": 1, "title": "不足"},
        ],
        "citations": [
            placed(
                "《青山县法治工作要点》（青法办〔2020〕4号）",
                title="青山县法治工作要点",
                number="青法办〔2020〕4号",
            )
        ],
        "indicators": [
            indicator("受理热线工单6280件", 6280.0, "件", "受理热线工单", indicator_id="i1"),
            indicator("按时办结率100%", 100.0, "%", "按时办结率", indicator_id="i2"),
            indicator("发放资料近3500份", 3500.0, "份", "发放资料", indicator_id="i3", approx="under"),
        ],
        "commitments": [
            placed("加强队伍建设，到2021年底前建成法律顾问室3个。", commitment_id="k1"),
        ],
        "actions": [{"commitment_id": "k1", "verb": "建成", "object": "法律顾问室3个"}],
        "problems": [placed("执法力量薄弱。"), placed("普法形式单一")],
    }


def figures(scores: Scores, kind: str) -> tuple[int, int, int]:
    tally = scores[kind]
    return tally.hits, len(tally.misses), len(tally.extras)


def test_right_rows_score_one_in_every_kind() -> None:
    table = score(right_rows(), TEXT, gold()).table()
    assert {row["kind"] for row in table} == set(KINDS) - {"parts", *SLOTS, "named_exactly", "keys"}
    assert {row["f1"] for row in table} == {1.0}


def test_no_rows_miss_everything_and_invent_nothing() -> None:
    for row in score({}, TEXT, gold()).table():
        assert (row["hits"], row["extras"], row["f1"]) == (0, 0, 0.0), row["kind"]


@pytest.mark.parametrize(
    ("table", "at", "change", "kind", "expected"),
    [
        pytest.param("sections", 2, {"level": 1}, "headings", (3, 1, 1), id="heading-level"),
        pytest.param("citations", 0, {"number": "法办〔2020〕4号"}, "numbers", (0, 1, 1), id="code"),
        pytest.param("citations", 0, {"title": "工作要点"}, "pairs", (0, 1, 0), id="pair"),
        pytest.param("citations", 0, {"title": "工作要点"}, "titles", (0, 1, 1), id="title"),
        pytest.param("indicators", 0, {"unit": "个"}, "indicators", (2, 1, 1), id="unit"),
        pytest.param("indicators", 0, {"value": 6281.0}, "indicators", (2, 1, 1), id="value"),
        pytest.param("indicators", 1, {"name": "全年"}, "names", (2, 1, 1), id="name"),
        pytest.param("indicators", 1, {"name": "全年"}, "indicators", (3, 0, 0), id="name-alone"),
        pytest.param("indicators", 2, {"approx": "exact"}, "approximations", (2, 1, 1), id="approx"),
        pytest.param("indicators", 2, {"role": "target"}, "roles", (2, 1, 1), id="role"),
        pytest.param("problems", 1, {"char_start": 0, "char_end": 4}, "problems", (1, 1, 1), id="problem"),
        pytest.param("actions", 0, {"object": "队伍"}, "actions", (0, 1, 1), id="object"),
        pytest.param("reports", 0, {"region": "红石镇"}, "identity", (2, 1, 1), id="wrong-place"),
        pytest.param("reports", 0, {"region": None}, "identity", (2, 1, 0), id="no-place"),
    ],
)
def test_one_wrong_column_costs_one_miss_and_one_extra(
    table: str, at: int, change: dict[str, Any], kind: str, expected: tuple[int, int, int]
) -> None:
    rows = right_rows()
    rows[table][at].update(change)
    assert figures(score(rows, TEXT, gold()), kind) == expected


def test_headings_out_of_order_are_not_all_right() -> None:
    rows = right_rows()
    rows["sections"].reverse()
    assert figures(score(rows, TEXT, gold()), "headings") == (1, 3, 3)


def test_an_optional_indicator_counts_neither_way_and_excuses_only_itself() -> None:
    rows = right_rows()
    rows["indicators"].append(indicator("图书近3500册", 3500.0, "册", "图书", indicator_id="i4"))
    assert figures(score(rows, TEXT, gold()), "indicators") == (3, 0, 0)
    rows["indicators"].append(indicator("图书近3500册", 3500.0, "册", "图书", indicator_id="i5"))
    assert figures(score(rows, TEXT, gold()), "indicators") == (3, 0, 1)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        pytest.param("到2021年底前建成法律顾问室3个", (1, 0, 0), id="the-clause"),
        pytest.param("加强队伍建设，到2021年底前建成法律顾问室3个。", (1, 0, 0), id="its-sentence"),
        pytest.param("建成法律顾问室3个。继续做好普法宣传。", (0, 1, 1), id="runs-into-the-next"),
        pytest.param("法律顾问室3个", (0, 1, 1), id="a-scrap-of-it"),
        pytest.param("继续做好普法宣传。", (0, 1, 1), id="another-sentence"),
    ],
)
def test_a_commitment_is_right_within_its_sentence(quote: str, expected: tuple[int, int, int]) -> None:
    rows = {"commitments": [placed(quote, commitment_id="k1")]}
    assert figures(score(rows, TEXT, gold()), "commitments") == expected


def test_parts_need_the_link_to_the_right_total() -> None:
    content = {**GOLD, "indicators": [dict(entry) for entry in GOLD["indicators"]]}
    content["indicators"][1]["part_of"] = 0
    rows = right_rows()
    assert figures(score(rows, TEXT, gold(content)), "parts") == (0, 1, 0)
    rows["indicators"][1]["part_of"] = "i1"
    assert figures(score(rows, TEXT, gold(content)), "parts") == (1, 0, 0)
    rows["indicators"][1]["part_of"] = "i3"
    assert figures(score(rows, TEXT, gold(content)), "parts") == (0, 1, 1)
    rows["indicators"][2]["part_of"] = "i1"
    assert figures(score(rows, TEXT, gold(content)), "parts") == (0, 1, 2)


@pytest.mark.parametrize(
    ("name", "subject", "wanted", "right"),
    [
        pytest.param("法律图书", "发放", "发放法律图书", True, id="verb-in-the-subject"),
        pytest.param("法律图书", None, "发放法律图书", True, id="most-of-it"),
        pytest.param("法治讲座", None, "党政领导班子参加的法治讲座", False, id="head-noun-only"),
        pytest.param("占地", None, "占地", True, id="two-characters"),
        pytest.param("该项目占用了大量地皮", None, "占地", False, id="two-characters-apart"),
        pytest.param(
            "全年各部门共同努力之下所接收的“12345”热线工单的总数量" * 2,
            None,
            "接收“12345”热线工单",
            False,
            id="buried-in-a-sentence",
        ),
        pytest.param(None, None, "热线工单", False, id="no-name"),
    ],
)
def test_a_name_is_right_when_it_holds_most_of_the_words(
    name: str | None, subject: str | None, wanted: str, right: bool
) -> None:
    assert agreement.same_name({"name": name, "subject": subject}, wanted) is right


@pytest.mark.parametrize(
    ("row", "entry", "right"),
    [
        ({"value": 33.333, "unit": "%"}, {"value": 0.3333, "unit": "ratio"}, True),
        ({"value": 0.333333, "unit": "ratio"}, {"value": 0.3333, "unit": "ratio"}, True),
        ({"value": 1.0, "unit": "%"}, {"value": 0.3333, "unit": "ratio"}, False),
        ({"value": 23e6, "unit": None}, {"value": 23000000, "unit": None}, True),
        ({"value": 23e6, "unit": "次"}, {"value": 23000000, "unit": None}, False),
        (
            {"value": 12500, "value_low": 5000.0, "value_high": 20000.0, "unit": "元"},
            {"value": 5000, "value_high": 20000, "unit": "元"},
            True,
        ),
        (
            {"value": 5000.0, "unit": "元"},
            {"value": 5000, "value_high": 20000, "unit": "元"},
            False,
        ),
        ({"value": None, "unit": "元"}, {"value": 0, "unit": "元"}, False),
    ],
)
def test_quantities_agree_in_base_units(row: dict[str, Any], entry: dict[str, Any], right: bool) -> None:
    assert agreement.same_quantity(row, entry) is right


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("闵府办发（2021）18号", "闵府办发〔2021〕18号"),
        ("沪绿容﹝2020﹞ 372 号", "沪绿容〔2020〕372号"),
        ("城住字〔84〕第 678 号", "城住字〔1984〕678号"),
        ("某府发[2020]第4号", "某府发〔2020〕4号"),
        ("中华人民共和国国家发展和改革委员会令第16号", "国家发展和改革委员会令16号"),
    ],
)
def test_document_numbers_are_compared_in_one_form(written: str, normal: str) -> None:
    assert comparable.document_number(written) == normal


def test_a_repeated_quote_is_located_in_text_order_or_at_its_start() -> None:
    text = PlainText("全镇3 人，\n其中3人；另有3人。")
    quote = {"quote": "3人"}
    assert [span and span.start for span in locate([quote, quote, quote], text)] == [2, 9, 14]
    assert locate([{"quote": "3人", "start": 15}], text)[0] == (14, 16)
    assert locate([{"quote": "4人"}], text) == [None]


def test_folder_scores_are_micro_averages(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "reports").mkdir()
    for name in ("a", "b"):
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(GOLD), encoding="utf-8")
        (tmp_path / "reports" / f"{name}.txt").write_text(TEXT, encoding="utf-8")

    def rows_for(path: Path) -> tuple[dict[str, list[dict[str, Any]]], str]:
        return (right_rows() if path.stem == "a" else {}), path.read_text(encoding="utf-8")

    found = evaluate([tmp_path / "gold"], rows_for)
    assert figures(found.total, "indicators") == (3, 3, 0)
    assert found.total["indicators"].f1 == pytest.approx(2 / 3)
    assert list(found.by_folder()) == [tmp_path / "gold"]


def test_gold_without_a_text_and_bad_gold_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(MissingPath):
        find_gold([path])
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(BadConfig):
        find_gold([path])
    path.write_text('{"report": {}}', encoding="utf-8")
    with pytest.raises(MissingPath):
        find_gold([path])
