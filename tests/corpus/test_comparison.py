"""The written rule of the comparison: parts of tables, units, disputed values; coverage and losing rows printed."""

from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main
from extractor.corpus.collection import Collection
from extractor.corpus.comparison import compare

CATALOGUE = [{"key": "cases", "label": "案件", "unit": "件"}]


def cell_of(
    archive: Any, *rows: tuple[str, float, dict[str, Any]], entries: list[dict[str, str]] = CATALOGUE
) -> dict[str, Any]:
    """The one cell of a report with these rows (quote, value, columns)."""
    archive.report("a", "。".join(quote for quote, _, _ in rows), region="青山镇", report_year=2021)
    for quote, value, columns in rows:
        unit = columns.pop("unit", "件")
        columns = {"name": quote.rstrip("0123456789件起"), **columns}
        archive.measure("a", quote, value, unit, indicator="cases", **columns)
    (cell,) = compare(Collection(archive.tables, archive.texts.__getitem__), entries)[1]
    return cell


def test_text_against_table_is_disputed(archive: Any) -> None:
    cell = cell_of(archive, ("办理案件52件", 52.0, {}), ("案件51件", 51.0, {"source": "table"}))
    assert (cell["value"], cell["chosen_by"], cell["disputed"]) == (52.0, "text", cell["not_chosen"])


@pytest.mark.parametrize(
    "other", [{"source": "table"}, {"part_of": "x", "value": 7.0}, {"role": "target", "value": 60.0}]
)
def test_equal_values_parts_and_targets_are_no_dispute(archive: Any, other: dict[str, Any]) -> None:
    value = other.pop("value", 52.0)
    cell = cell_of(archive, ("办理案件52件", 52.0, {}), (f"案件{value:g}件", value, other))
    assert cell["value"] == 52.0
    assert cell["not_chosen"]
    assert cell["disputed"] is None


def test_villages_of_a_table_are_not_the_value_but_its_total_is(archive: Any) -> None:
    table = {"source": "table"}
    rows = [("东村案件3件", 3.0, {**table}), ("西村案件4件", 4.0, {**table}), ("合计案件7件", 7.0, {**table})]
    cell = cell_of(archive, *rows)
    assert (cell["value"], cell["state"]) == (7.0, "reported")
    assert len(cell["not_chosen"].split()) == 2


def test_villages_without_a_total_leave_the_cell_empty_and_are_listed(archive: Any) -> None:
    rows = [("东村案件3件", 3.0, {"source": "table"}), ("西村案件4件", 4.0, {"source": "table"})]
    cell = cell_of(archive, *rows)
    assert (cell["value"], cell["state"]) == (None, "not_reported")
    assert len(cell["not_chosen"].split()) == 2


def test_the_unit_of_the_catalogue_goes_first(archive: Any) -> None:
    cell = cell_of(archive, ("案件9起", 9.0, {"unit": "起"}), ("办理案件12件", 12.0, {}))
    assert (cell["value"], cell["chosen_by"], cell["disputed"]) == (12.0, "unit", None)


PATTERN = [{**CATALOGUE[0], "pattern": "办案"}]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("unsure", "sure"),
    [
        pytest.param({"name_margin": 0.0}, {"name_margin": 1.0}, id="two-readings-as-good"),
        pytest.param({"name_margin": 0.02}, {}, id="clear-and-without-a-rival"),
        pytest.param({"name_margin": 0.0}, {"source": "table"}, id="a-table-has-no-reading"),
        pytest.param({"name_margin": 0.0}, {"unit": "起"}, id="rather-in-another-unit"),
        pytest.param({"name_margin": 0.0}, {"approx": "over"}, id="rather-inexact"),
        pytest.param({"name": "结", "subject": "办案"}, {"name_margin": 0.3}, id="key-by-what-it-leans-on"),
        pytest.param({"name": None, "subject": "办案"}, {}, id="no-words-of-its-own"),
    ],
)
def test_an_uncertain_key_never_displaces_a_certain_one(
    archive: Any, unsure: dict[str, Any], sure: dict[str, Any], turned: bool
) -> None:
    rows = [("办案52件", 52.0, unsure), ("办案51件", 51.0, sure)]
    cell = cell_of(archive, *(reversed(rows) if turned else rows), entries=PATTERN)
    assert (cell["value"], cell["chosen_by"], cell["lost_by"]) == (51.0, "certain", "certain")
    assert cell["disputed"] is None


@pytest.mark.parametrize("words", [{"name": "办案"}, {"name": "案", "verb": "办"}, {"name_margin": 0.05}])
def test_own_words_and_a_clear_reading_make_a_key_certain(archive: Any, words: dict[str, Any]) -> None:
    cell = cell_of(archive, ("办案52件", 52.0, words), ("办案51件", 51.0, {}), entries=PATTERN)
    assert (cell["value"], cell["chosen_by"]) == (52.0, "first")


def test_an_uncertain_key_counts_where_it_is_alone(archive: Any) -> None:
    cell = cell_of(archive, ("办案52件", 52.0, {"name_margin": 0.0}), entries=PATTERN)
    assert (cell["value"], cell["chosen_by"], cell["lost_by"]) == (52.0, "only", None)


def test_each_row_that_lost_is_shown_by_the_rule_that_set_it_aside(archive: Any) -> None:
    rows: list[tuple[str, float, dict[str, Any]]] = [
        ("案件52件", 52.0, {}),
        ("案件53件", 53.0, {}),
        ("案件60件", 60.0, {"role": "target"}),
        ("案件20件", 20.0, {"period": "上半年"}),
        ("案件50件", 50.0, {"approx": "over"}),
        ("案件40件", 40.0, {"year": 2020}),
        ("案件41件", 41.0, {"role": "baseline"}),
        ("东村案件3件", 3.0, {"source": "table"}),
        ("西村案件4件", 4.0, {"source": "table"}),
    ]
    cell = cell_of(archive, *rows)
    quotes = {row["indicator_id"]: row["quote"] for row in archive.tables["indicators"]}
    lost = zip(cell["not_chosen"].split(), cell["lost_by"].split(), strict=True)
    assert {(quotes[row], why) for row, why in lost} == {
        ("案件53件", "first"),
        ("案件60件", "actual"),
        ("案件20件", "annual_total"),
        ("案件50件", "exact"),
        ("案件40件", "year"),
        ("案件41件", "baseline"),
        ("东村案件3件", "table_part"),
        ("西村案件4件", "table_part"),
    }
    assert len(cell["disputed"].split()) == 1


@pytest.mark.parametrize(("flag", "words"), [("--coverage", "not_applicable"), ("--losing", "verdict")])
def test_coverage_and_losing_rows_are_printed(
    flag: str, words: str, sample_tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["compare", str(sample_tables), flag])
    assert not left.value.code
    lines = capsys.readouterr().out.splitlines()
    assert words in lines[0]
    assert len(lines) > 1
