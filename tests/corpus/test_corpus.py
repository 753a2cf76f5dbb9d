"""Questions over many reports: documents, comparison, sameness, overlaps, fulfilment."""

import random
from typing import Any

import pytest

from extractor.corpus.collection import Collection
from extractor.corpus.derive import derive
from extractor.corpus.documents import document_id, year_of_title
from extractor.corpus.likeness.passages import passages

PLAN = "《青山县法治工作要点》"


def derived(archive: Any, catalogue: Any = ()) -> dict[str, list[dict[str, Any]]]:
    return derive(archive.tables, archive.texts.__getitem__, catalogue)


def township(archive: Any, name: str, text: str, year: int = 2020, code: str = "990101101") -> Any:
    return archive.report(name, text, division_code=code, region="青山镇", county="青山县", report_year=year)


# --- documents


def test_mentions_of_one_number_are_one_document_under_its_usual_title(archive: Any) -> None:
    for name, title in (("a", "甲办法"), ("b", "甲办法"), ("c", "甲办法（试行）")):
        archive.report(name, f"据《{title}》", division_code=f"99010110{name}", report_year=2020)
        archive.cite(name, f"《{title}》", title, "青府发〔2019〕3号")
    tables = derived(archive)
    (document,) = tables["documents"]
    assert (document["title"], document["n_reports"], document["n_citations"]) == ("甲办法", 3, 3)
    assert {row["document_id"] for row in tables["citations"]} == {document["document_id"]}
    assert document["document_id"] == document_id("number:青府发〔2019〕3号")


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        pytest.param(("甲镇投资办法", 2020), ("甲镇投资办法", 2021), True, id="lasting-rule"),
        pytest.param(("2020年工作要点", 2020), ("2020年工作要点", 2021), True, id="year-in-title"),
        pytest.param(("法治工作通报", 2020), ("法治工作通报", 2020), True, id="same-year"),
        pytest.param(("法治工作通报", 2020), ("法治工作通报", 2021), False, id="other-year"),
        pytest.param(("2020年工作要点", 2020), ("2021年工作要点", 2021), False, id="other-title"),
    ],
)
def test_a_title_without_number_joins_its_numbered_document_within_its_year(
    archive: Any, first: tuple[str, int], second: tuple[str, int], merged: bool
) -> None:
    for name, (title, year) in (("a", first), ("b", second)):
        township(archive, name, f"按照《{title}》", year)
        archive.cite(name, f"《{title}》", title, "青府发〔2020〕3号" if name == "a" else None)
    assert len(derived(archive)["documents"]) == (1 if merged else 2)


def test_a_title_with_two_numbers_is_left_apart_from_both(archive: Any) -> None:
    for name, number in (("a", "甲府〔2020〕1号"), ("b", "乙府〔2020〕2号"), ("c", None)):
        township(archive, name, "按照《投资办法》", 2020)
        archive.cite(name, "《投资办法》", "投资办法", number)
    assert len(derived(archive)["documents"]) == 3


def test_a_short_form_stands_for_the_one_document_it_can_mean(archive: Any) -> None:
    township(archive, "a", "《甲镇投资条例》，后称《条例》，又《条例》")
    archive.cite("a", "《甲镇投资条例》", "甲镇投资条例")
    archive.cite("a", "《条例》", "条例")
    township(archive, "b", "《条例》", code="990101102")
    archive.cite("b", "《条例》", "条例")
    tables = derived(archive)
    ids = [row["document_id"] for row in tables["citations"]]
    assert ids[0] == ids[1] != ids[2]
    titles = {row["document_id"]: row["title"] for row in tables["documents"]}
    assert titles[ids[0]] == "甲镇投资条例"


def test_a_citation_without_number_and_title_has_no_document(archive: Any) -> None:
    township(archive, "a", "有关文件")
    archive.cite("a", "有关文件")
    tables = derived(archive)
    assert tables["documents"] == []
    assert tables["citations"][0]["document_id"] is None


@pytest.mark.parametrize(
    ("title", "year"),
    [("2020年要点", 2020), ("纲要（2021-2025年）", None), ("办法", None), (None, None)],
)
def test_only_a_single_year_is_the_year_of_a_title(title: str | None, year: int | None) -> None:
    assert year_of_title(title) == year


# --- sameness

BODY = "".join(f"本镇第{mark}项工作按计划完成并通过验收。\n" for mark in "甲乙丙丁戊己庚辛壬癸子丑")


def test_the_same_text_in_another_frame_is_the_earlier_report_by_path(archive: Any) -> None:
    township(archive, "b", "首页 > 政务公开\n" + BODY)
    township(archive, "a", BODY)
    same = {row["report_id"]: row["same_as"] for row in derived(archive)["reports"]}
    assert same == {"a": None, "b": "a"}


@pytest.mark.parametrize("other", ["year", "place", "figures"])
def test_like_reports_of_other_year_place_or_figures_are_not_the_same(archive: Any, other: str) -> None:
    figures = "".join(f"受理{mark}类事项1{n}件并全部办结。\n" for n, mark in enumerate("甲乙丙丁戊"))
    township(archive, "a", figures)
    changed = figures.replace("件", "0件") if other == "figures" else figures
    code = "990101102" if other == "place" else "990101101"
    township(archive, "b", changed, 2021 if other == "year" else 2020, code)
    assert [row["same_as"] for row in derived(archive)["reports"]] == [None, None]


# --- comparison

CATALOGUE = [
    {"key": "cases", "label": "案件", "unit": "件"},
    {"key": "permits", "label": "许可", "unit": "件", "levels": ["county"]},
    {"key": "visits", "label": "信访", "unit": "件"},
]


def cells(tables: Any) -> dict[str, dict[str, Any]]:
    return {row["indicator"]: row for row in tables["comparison_long"]}


def test_silence_zero_and_not_applicable_are_told_apart(archive: Any) -> None:
    township(archive, "a", "信访0件")
    archive.measure("a", "信访0件", 0.0, "件", indicator="visits")
    found = cells(derived(archive, CATALOGUE))
    assert {key: cell["state"] for key, cell in found.items()} == {
        "cases": "not_reported",
        "permits": "not_applicable",
        "visits": "zero",
    }
    assert found["cases"]["value"] is None


def test_a_masked_value_and_a_failed_file_are_unreadable(archive: Any) -> None:
    township(archive, "a", "案件**件")
    archive.measure("a", "案件**件", None, "件", indicator="cases")
    archive.tables["sources"].append({"source_path": "青山镇/2021年.pdf", "status": "failed"})
    tables = derived(archive, CATALOGUE)
    states = {(row["report_year"], row["indicator"]): row["state"] for row in tables["comparison_long"]}
    assert states[2020, "cases"] == states[2021, "cases"] == "unreadable"
    assert states[2020, "visits"] == "not_reported"
    assert [row["report_year"] for row in tables["comparison"]] == [2020, 2021]


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        pytest.param({"role": "target"}, {}, "actual", id="actual-before-target"),
        pytest.param({"part_of": "a-i9"}, {}, "annual_total", id="total-before-part"),
        pytest.param({"period": "上半年"}, {}, "annual_total", id="year-before-half"),
        pytest.param({"source": "table"}, {}, "text", id="text-before-table"),
        pytest.param({"approx": "about"}, {}, "exact", id="exact-before-about"),
        pytest.param({"source": "table"}, {"approx": "over"}, "text", id="text-decides-first"),
    ],
)
def test_of_several_values_the_written_rule_decides(
    archive: Any, first: dict[str, Any], second: dict[str, Any], rule: str
) -> None:
    township(archive, "a", "案件3件，案件5件")
    loser = archive.measure("a", "案件3件", 3.0, "件", indicator="cases", **first)
    winner = archive.measure("a", "案件5件", 5.0, "件", indicator="cases", **second)
    cell = cells(derived(archive, CATALOGUE))["cases"]
    assert (cell["value"], cell["chosen_by"]) == (5.0, rule)
    assert (cell["indicator_id"], cell["not_chosen"]) == (
        winner["indicator_id"],
        loser["indicator_id"],
    )


@pytest.mark.parametrize("columns", [{"role": "change"}, {"role": "baseline"}, {"year": 2019}])
def test_changes_baselines_and_other_years_are_never_the_value(archive: Any, columns: dict[str, Any]) -> None:
    township(archive, "a", "案件3件")
    archive.measure("a", "案件3件", 3.0, "件", indicator="cases", **columns)
    assert cells(derived(archive, CATALOGUE))["cases"]["state"] == "not_reported"


def test_comparison_has_one_row_per_place_and_year_and_one_column_per_key(archive: Any) -> None:
    for name, year in (("a", 2021), ("b", 2020)):
        township(archive, name, "案件3件", year)
        archive.measure(name, "案件3件", 3.0, "件", indicator="own_key")
    rows = derived(archive, CATALOGUE)["comparison"]
    assert [(row["report_year"], row["own_key"], row["cases"]) for row in rows] == [
        (2020, 3.0, None),
        (2021, 3.0, None),
    ]


# --- overlaps


def test_a_copied_passage_is_found_with_its_changed_numbers(archive: Any) -> None:
    old = "全镇上下认真落实各项法治建设工作任务。全年共化解矛盾纠纷120起、调解90件。"
    new = "全镇上下认真落实各项法治建设工作任务。全年共化解矛盾纠纷156起、调解90件。"
    township(archive, "a", f"甲。{old}", 2020)
    township(archive, "b", f"乙乙。{new}尾。", 2021)
    (row,) = derived(archive)["overlaps"]
    text = archive.texts["b"][row["char_start"] : row["char_end"]]
    other = archive.texts["a"][row["other_char_start"] : row["other_char_end"]]
    assert (row["report_id"], text) == ("b", new)
    assert (row["other_report_id"], other) == ("a", old)
    assert row["changed_numbers"] == "120→156"
    assert row["same_issuer"] is True
    assert 0.9 < row["similarity"] < 1


def test_short_sentences_and_repetition_within_a_report_are_no_overlap(archive: Any) -> None:
    long = "本镇认真落实各项法治建设工作任务并取得成效。"
    township(archive, "a", f"成绩显著。{long}{long}", 2020)
    township(archive, "b", "成绩显著。", 2021)
    assert derived(archive)["overlaps"] == []


def test_overlaps_grow_with_the_number_of_reports_not_its_square(archive: Any) -> None:
    for n in range(60):
        township(archive, f"r{n:02}", "各村居认真落实上级部署的法治建设任务。", 2020, f"9901{n:05}")
    assert len(derived(archive)["overlaps"]) == 59


def test_wording_leaves_out_width_marks_and_numbers() -> None:
    left, right = passages("共收件６,280件（含网上）。"), passages("共收件17件(含网上)")
    assert left[0].wording == right[0].wording
    assert (left[0].numbers, right[0].numbers) == (("6280",), ("17",))


# --- fulfilment


def promised(archive: Any, later: str, kind: str = "achievements", **target: Any) -> dict[str, Any]:
    text = "二、下步打算\n新建公共法律服务工作室3个。"
    township(archive, "a", text, 2020)
    commitment = archive.row("commitments", "a", "新建公共法律服务工作室3个。")
    archive.tables["actions"].append(
        {
            "report_id": "a",
            **{name: commitment[name] for name in ("commitment_id", "quote", "char_start", "char_end")},
            "ordinal": 1,
            "verb": "新建",
            "object": "公共法律服务工作室",
            "target_value": None,
            "target_unit": None,
            **target,
        }
    )
    township(archive, "b", f"{later}\n" + "其他各项工作都有进展。\n" * 5, 2021)
    archive.row("sections", "b", later, kind=kind, parent_id=None)
    if "4个" in later or "2个" in later:
        value = 4.0 if "4个" in later else 2.0
        archive.measure("b", f"{value:g}个", value, "个")
    (row,) = derived(archive)["fulfilment"]
    return row


@pytest.mark.parametrize(
    ("later", "kind", "target", "outcome", "rule"),
    [
        pytest.param("新建公共法律服务工作室4个。", "achievements", 3.0, "fulfilled", "target_met",
                     id="target-met"),
        pytest.param("新建公共法律服务工作室2个。", "achievements", 3.0, "partly", "target_missed",
                     id="target-missed"),
        pytest.param("公共法律服务工作室全部建成。", "achievements", None, "fulfilled", "done",
                     id="done"),
        pytest.param("推进公共法律服务工作室运行。", "achievements", None, "reported", "mentioned",
                     id="mentioned"),
        pytest.param("公共法律服务工作室作用发挥还不够。", "problems", None, "partly", "still_short",
                     id="still-a-problem"),
        pytest.param("新建公共法律服务工作室。", "plan", None, "repeated", "promised_again",
                     id="promised-again"),
        pytest.param("积极开展消防安全检查。", "achievements", None, "not_mentioned", "silent",
                     id="silent"),
    ],
)  # fmt: skip
def test_an_action_meets_its_answer_a_year_later(
    archive: Any, later: str, kind: str, target: float | None, outcome: str, rule: str
) -> None:
    row = promised(archive, later, kind, target_value=target, target_unit="个" if target else None)
    assert (row["outcome"], row["rule"]) == (outcome, f"fulfilment.{rule}")
    if outcome == "not_mentioned":
        assert (row["quote"], row["char_start"]) == (None, None)
    else:
        assert archive.texts["b"][row["char_start"] : row["char_end"]] == row["quote"] == later


def test_reports_two_years_apart_answer_nothing(archive: Any) -> None:
    promised(archive, "新建公共法律服务工作室。")
    archive.tables["reports"][1]["report_year"] = 2022
    assert derived(archive)["fulfilment"] == []


# --- all together


def test_the_order_of_reports_changes_nothing(archive: Any) -> None:
    for n in range(6):
        text = f"落实{PLAN}。全年共受理各类案件总计{n}件，全部按期办结并回访。"
        township(archive, f"r{n}", text, 2020 + n % 2, f"99010110{n // 2}")
        archive.cite(f"r{n}", PLAN, "青山县法治工作要点", f"青府发〔2020〕{n % 2 + 1}号")
        archive.measure(f"r{n}", f"{n}件", float(n), "件", indicator="cases")
    first = derived(archive, CATALOGUE)
    made = ("documents", "comparison", "comparison_long", "overlaps", "findings")
    assert all(first[name] for name in made)
    for rows in archive.tables.values():
        random.Random(7).shuffle(rows)
    second = derived(archive, CATALOGUE)
    for name in made:
        assert second[name] == first[name], name


def test_the_tables_that_come_in_stay_as_they_are(archive: Any) -> None:
    township(archive, "a", f"落实{PLAN}")
    archive.cite("a", PLAN, "青山县法治工作要点")
    before = {name: [dict(row) for row in rows] for name, rows in archive.tables.items()}
    derived(archive)
    assert archive.tables == before


def test_a_page_is_known_only_between_rows_of_one_page(archive: Any) -> None:
    township(archive, "a", "甲0123456789乙0123456789丙")
    for mark, page in (("甲", 1), ("乙", 1), ("丙", 2)):
        archive.row("sections", "a", mark, page=page)
    collection = Collection(archive.tables, archive.texts.__getitem__)
    assert [collection.page_of("a", at) for at in (3, 15, 30)] == [1, None, 2]
