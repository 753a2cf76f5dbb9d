"""The written rule of the comparison: parts of tables, units, disputed values; coverage and losing rows printed."""

from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main
from extractor.corpus.collection import Collection
from extractor.corpus.comparison import compare

CATALOGUE = [{"key": "cases", "label": "案件", "unit": "件"}]


def cell_of(archive: Any, *rows: tuple[str, float, dict[str, Any]]) -> dict[str, Any]:
    """The one cell of a report with these rows (quote, value, columns)."""
    archive.report("a", "。".join(quote for quote, _, _ in rows), region="青山镇", report_year=2021)
    for quote, value, columns in rows:
        unit = columns.pop("unit", "件")
        archive.measure("a", quote, value, unit, indicator="cases", name=quote.rstrip("0123456789件起"), **columns)
    (cell,) = compare(Collection(archive.tables, archive.texts.__getitem__), CATALOGUE)[1]
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
