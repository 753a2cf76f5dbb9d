"""The shipped patterns: every example and counterexample, in both widths; the catalogue; overlays."""

from pathlib import Path

import pytest

from extractor.datamodel.folding import fold
from extractor.errors import MissingPath, RuleFault, RuleTimeout
from extractor.rules import load
from extractor.rules.check import check, check_rule
from extractor.rules.matching import find
from extractor.rules.schema import make_rule

KNOWLEDGE = load()
RULES = [rule for rules in KNOWLEDGE.rules.values() for rule in rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_match_and_counterexamples_do_not(rule) -> None:  # type: ignore[no-untyped-def]
    assert check_rule(rule) == []
    assert rule.examples
    assert rule.why
    assert rule.source


def test_a_rule_that_contradicts_its_examples_is_named() -> None:
    raw = {
        "id": "x.wrong",
        "pattern": "甲",
        "why": "w",
        "source": "s",
        "examples": ["乙"],
        "counterexamples": ["甲"],
    }
    faults = check_rule(make_rule(raw, group="x", file="x.toml", fragments={}))
    assert len(faults) == 2
    assert all(fault.startswith("x.wrong") for fault in faults)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"pattern": "("}, "compile"),
        ({"why": ""}, "why"),
        ({"colour": "red"}, "colour"),
        ({"pattern": "{{nothing}}"}, "nothing"),
    ],
)
def test_a_malformed_rule_names_file_rule_and_key(change: dict[str, str], word: str) -> None:
    raw = {"id": "x.y", "pattern": "甲", "why": "w", "source": "s", "examples": ["甲"], **change}
    with pytest.raises(RuleFault) as caught:
        make_rule(raw, group="x", file="x.toml", fragments={})
    assert "x.toml, rule x.y" in caught.value.detail
    assert word in caught.value.detail


def test_an_overlay_replaces_adds_and_removes(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "units.txt").write_text("罐\n-路\n", encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        '[[rule]]\nid = "zero.none"\npattern = "查无"\nwhy = "w"\nsource = "s"\nexamples = ["查无"]\n'
        '[[rule]]\nid = "mine.new"\npattern = "新规则"\nwhy = "w"\nsource = "s"\nexamples = ["新规则"]\n',
        encoding="utf-8",
    )
    knowledge = load(tmp_path)
    assert "罐" in knowledge.words("units")
    assert "路" not in knowledge.words("units")
    assert knowledge.rule("mine.new") is not None
    changed = next(rule for rule in knowledge.group("zeros") if rule.id == "zero.none")
    assert changed.pattern.search("查无")
    assert knowledge.version != KNOWLEDGE.version
    assert check(knowledge) == []


def test_a_missing_overlay_is_an_error() -> None:
    with pytest.raises(MissingPath):
        load(Path("no-such-folder"))


def test_a_catastrophic_pattern_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.rules.matching.TIME_LIMIT_SECONDS", 0.05)
    raw = {"id": "x.slow", "pattern": "(?:甲+)+乙", "why": "w", "source": "s", "examples": ["甲乙"]}
    rule = make_rule(raw, group="x", file="x.toml", fragments={})
    with pytest.raises(RuleTimeout, match=r"x\.slow"):
        list(find(rule, fold("甲" * 5000 + "丙")))
