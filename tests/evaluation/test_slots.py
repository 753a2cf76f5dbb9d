"""Scores of slots and keys: null agrees only with null, second readings count, edges 了 and 的 do not."""

from typing import Any

import pytest

from extractor.evaluation.slots import score_keys, score_slots


def _pair(gold: dict[str, Any], row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"verb": None, "object": None, "subject": None, **gold}, row


@pytest.mark.parametrize(
    ("gold", "row", "right"),
    [
        ({"verb": "发放", "object": "手册"}, {"verb": "发放", "object": "手册"}, True),
        ({"verb": "发放", "object": "“三色”手册"}, {"verb": "发放了", "object": '"三色"手册'}, True),
        ({"verb": "发放", "object": "手册"}, {"verb": "发放", "object": "宣传手册"}, False),
        ({"verb": "发放", "object": "手册"}, {"verb": "发放", "object": "手册", "subject": "宣传"}, False),
        ({"object": "合格率", "also": {"subject": ["培训"]}}, {"object": "合格率", "subject": "培训"}, True),
        ({"verb": "学法", "also": {"object": [None]}, "object": "法律"}, {"verb": "学法"}, True),
    ],
)
def test_a_row_is_named_exactly_when_verb_object_and_subject_agree(
    gold: dict[str, Any], row: dict[str, Any], right: bool
) -> None:
    tally = score_slots([_pair(gold, row)], "x")["named_exactly"]
    assert (tally.hits, len(tally.misses)) == (int(right), int(not right))


def test_entries_without_slots_are_not_judged() -> None:
    assert score_slots([({"name": "手册"}, {"verb": "发放"})], "x") == {}


@pytest.mark.parametrize(
    ("gold", "found", "figures"),
    [
        ({"key": "a"}, "a", (1, 0, 0)),
        ({"key": "a"}, None, (0, 1, 0)),
        ({"key": "a"}, "b", (0, 1, 1)),
        ({"key": None}, "b", (0, 0, 1)),
        ({"key": None, "key_alt": ["b"]}, "b", (0, 0, 0)),
        ({}, "b", (0, 0, 0)),
    ],
)
def test_keys(gold: dict[str, Any], found: str | None, figures: tuple[int, int, int]) -> None:
    tally = score_keys([(gold, {"indicator": found})], "x")
    assert (tally.hits, len(tally.misses), len(tally.extras)) == figures
