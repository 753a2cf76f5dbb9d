"""The sample archive: every promise and problem planted in it is classed by the very action that holds it."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.tables.store import Store


@pytest.fixture(scope="module")
def tables(sample_tables: Path) -> dict[str, list[dict[str, Any]]]:
    store = Store(sample_tables)
    return {
        name: store.rows(name)
        for name in ("reports", "commitments", "fulfilment", "problems", "boilerplate", "actions")
    }


@pytest.fixture(scope="module")
def planted(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "corpora/sample/planted.json").read_text(encoding="utf-8"))
    return found


def outcome(tables: dict[str, list[dict[str, Any]]], words: str) -> str:
    """Outcome of the one action that shares most characters with the planted words."""
    commitment = next(row for row in tables["commitments"] if words in row["quote"])
    start = commitment["char_start"] + commitment["quote"].index(words)
    rows = [row for row in tables["fulfilment"] if row["commitment_id"] == commitment["commitment_id"]]
    best = max(
        rows,
        key=lambda r: min(r["promise_char_end"], start + len(words)) - max(r["promise_char_start"], start),
    )
    return str(best["outcome"])


def test_every_kept_promise_is_fulfilled(tables: dict[str, list[dict[str, Any]]], planted: dict[str, Any]) -> None:
    assert {words: outcome(tables, words) for _, words, _ in planted["kept"]} == {
        words: "fulfilled" for _, words, _ in planted["kept"]
    }


def test_no_broken_promise_is_fulfilled(tables: dict[str, list[dict[str, Any]]], planted: dict[str, Any]) -> None:
    found = {words: outcome(tables, words) for _, words, _ in planted["broken"]}
    assert set(found.values()) <= {"partly", "repeated", "not_mentioned"}, found


def test_copied_problems_come_back(tables: dict[str, list[dict[str, Any]]], planted: dict[str, Any]) -> None:
    for _, later, words in planted["copied"]:
        back = [row for row in tables["problems"] if words in row["quote"] and row["recurring"]]
        assert back, (later, words)
        assert all(row["earlier_problem_id"] for row in back)


def test_shares_are_shares_of_parts_that_exist(tables: dict[str, list[dict[str, Any]]]) -> None:
    reports = {row["report_id"] for row in tables["reports"]}
    assert {row["part_id"] for row in tables["boilerplate"] if row["part"] == "report"} == reports
    for row in tables["boilerplate"]:
        assert 0 <= row["shared_chars"] <= row["chars"]
        assert row["share"] is None or 0 <= row["own_share"] <= row["share"] <= 1


def test_every_planted_promise_names_both_sides(tables: dict[str, list[dict[str, Any]]]) -> None:
    quotes = {(row["commitment_id"], row["ordinal"]): row["quote"] for row in tables["actions"]}
    for row in tables["fulfilment"]:
        assert row["promise_quote"] == quotes[row["commitment_id"], row["ordinal"]]
        assert (row["quote"] is None) == (row["outcome"] == "not_mentioned")
