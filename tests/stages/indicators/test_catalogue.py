"""The catalogue of indicators: every example and counterexample, priorities, overlays, malformed entries."""

from pathlib import Path
from typing import Any

import pytest

from extractor.errors import RuleFault
from extractor.rules import load
from extractor.stages.indicators.catalogue import Catalogue, catalogue_of

KNOWLEDGE = load()
CATALOGUE = catalogue_of(KNOWLEDGE)
ENTRY = """[[indicator]]
key = "{key}"
label = "甲"
theme = "信访"
units = ["件"]
priority = {priority}
pattern = "{pattern}"
"""


@pytest.mark.parametrize("entry", KNOWLEDGE.catalogue, ids=lambda entry: entry["key"])
def test_an_entry_recognises_its_examples_and_only_these(entry: dict[str, Any]) -> None:
    assert entry["examples"]
    assert entry["counterexamples"]
    for example in entry["examples"]:
        found = CATALOGUE.find(*example.split("|"))
        assert found is not None, example
        assert found.key == entry["key"], example
    for example in entry["counterexamples"]:
        found = CATALOGUE.find(*example.split("|"))
        assert found is None or found.key != entry["key"], example


@pytest.mark.parametrize("entry", KNOWLEDGE.catalogue, ids=lambda entry: entry["key"])
def test_no_name_matches_two_entries_unless_priority_says_so(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        best, *others = CATALOGUE.fitting(*example.split("|"))
        assert all(other.priority < best.priority for other in others), example


def test_the_catalogue_is_wide_and_every_entry_complete() -> None:
    assert len(KNOWLEDGE.catalogue) >= 200
    assert len({entry["theme"] for entry in KNOWLEDGE.catalogue}) >= 15
    for entry in KNOWLEDGE.catalogue:
        assert {"label_en", "unit", "dimension", "stock"} <= set(entry), entry["key"]
        assert entry["unit"] in entry["units"], entry["key"]
    labels = [entry["label"] for entry in KNOWLEDGE.catalogue]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("name", "unit"),
    [("种植面积", "亩"), ("受理", "件"), ("党员", "名"), ("增长", "%"), ("", "件"), ("信访事项", "亩")],
)
def test_a_name_outside_the_catalogue_gets_no_key(name: str, unit: str) -> None:
    assert CATALOGUE.find(name, unit) is None


def test_of_a_name_with_a_subject_the_name_must_take_part() -> None:
    assert CATALOGUE.find("受理矛盾纠纷 另册登记", "件", len("受理矛盾纠纷")) is None


def two(folder: Path, first: int, second: int) -> Catalogue:
    text = ENTRY.format(key="one", priority=first, pattern="甲乙丙") + ENTRY.format(
        key="two", priority=second, pattern="甲乙"
    )
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return catalogue_of(load(folder))


def test_two_entries_of_one_priority_give_none(tmp_path: Path) -> None:
    assert two(tmp_path, 0, 0).find("甲乙丙", "件") is None


def test_the_higher_priority_wins(tmp_path: Path) -> None:
    found = two(tmp_path, 1, 0).find("甲乙丙", "件")
    assert found is not None
    assert found.key == "one"


@pytest.mark.parametrize(("line", "word"), [("colour = 1", "colour"), ("", "compile")])
def test_a_malformed_entry_is_named(tmp_path: Path, line: str, word: str) -> None:
    text = ENTRY.format(key="bad", priority=0, pattern="(" if not line else "甲") + line + "\n"
    (tmp_path / "catalogue.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleFault, match="bad") as caught:
        catalogue_of(load(tmp_path))
    assert word in str(caught.value)
