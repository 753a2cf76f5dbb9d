"""The sample archive: golden tables, files built anew, what was planted in it."""

import csv
import io
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractor.tables.store import Store

GOLDEN = Path(__file__).parent / "golden"
# `GOVREPORT_RENEW_GOLDEN=1 make test` writes them anew: read the diff before committing it
RENEW = "GOVREPORT_RENEW_GOLDEN" in os.environ


@pytest.fixture(scope="module")
def store(sample_tables: Path) -> Store:
    return Store(sample_tables)


@pytest.fixture(scope="module")
def planted(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "corpora/sample/planted.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def build(root: Path) -> ModuleType:
    """corpora/sample/build.py."""
    folder = str(root / "corpora" / "sample")
    sys.path.insert(0, folder)
    try:
        import build
    finally:
        sys.path.remove(folder)
    return build  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def names(build: ModuleType, store: Store) -> dict[str, str]:
    """report_id → name in planted.json."""
    by_path = {path: name for name, path in build.FILES.items()}
    return {row["report_id"]: by_path[row["source_path"]] for row in store.rows("reports")}


@pytest.mark.parametrize("table", ["sections", "indicators", "citations", "commitments"])
def test_golden_tables(table: str, sample_tables: Path) -> None:
    written = (sample_tables / f"{table}.csv").read_bytes().decode("utf-8-sig")
    golden = GOLDEN / f"{table}.csv"
    if RENEW:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(written.encode())
    kept = golden.read_bytes().decode()
    # rows first: a difference is then shown as a row
    assert list(csv.reader(io.StringIO(written))) == list(csv.reader(io.StringIO(kept)))
    assert written == kept


def test_files_are_built_anew_byte_by_byte(
    build: ModuleType, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, path in (("HERE", tmp_path), ("REPORTS", tmp_path / "reports"), ("GOLD", tmp_path / "gold")):
        monkeypatch.setattr(build, name, path)
    (tmp_path / "gold").mkdir()
    build.main()
    sample = root / "corpora" / "sample"
    for folder in ("reports", "gold"):
        made = {path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / folder).rglob("*.*")}
        kept = {path.relative_to(sample): path.read_bytes() for path in (sample / folder).rglob("*.*")}
        assert made.keys() == kept.keys()
        assert [name for name in made if made[name] != kept[name]] == []
    assert (tmp_path / "SOURCES.csv").read_bytes() == (sample / "SOURCES.csv").read_bytes()


def test_audit_finds_what_was_planted_and_nothing_else(
    store: Store, planted: dict[str, Any], names: dict[str, str]
) -> None:
    found = {(row["check"], names[row["report_id"]]) for row in store.rows("findings")}
    expected = [(entry["check"], set(entry["reports"])) for entry in planted["inconsistent"]]
    for check, reports in expected:
        assert any(check == name and report in reports for name, report in found), (check, reports)
    for name, report in found:
        assert any(name == check and report in reports for check, reports in expected), (name, report)


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [("kept", {"fulfilled"}), ("broken", {"partly", "not_mentioned", "repeated"})],
)
def test_promises_kept_and_broken(
    kind: str, outcomes: set[str], store: Store, planted: dict[str, Any], names: dict[str, str]
) -> None:
    commitments = store.rows("commitments")
    fulfilment = store.rows("fulfilment")
    for report, words, later in planted[kind]:
        promised = [row for row in commitments if names[row["report_id"]] == report and words in row["quote"]]
        assert len(promised) == 1, (report, words)
        became = [
            row["outcome"]
            for row in fulfilment
            if row["commitment_id"] == promised[0]["commitment_id"] and names[row["report_id"]] == later
        ]
        assert outcomes & set(became), (report, words, became)


def test_copied_passages_are_found(store: Store, planted: dict[str, Any], names: dict[str, str]) -> None:
    overlaps = store.rows("overlaps")
    for earlier, later, words in planted["copied"]:
        assert any(
            {names[row["report_id"]], names[row["other_report_id"]]} == {earlier, later}
            and words in store.text_of(row["report_id"])[row["char_start"] : row["char_end"]]
            for row in overlaps
        ), (earlier, later, words)


def test_sample_is_as_hard_as_promised(root: Path, store: Store) -> None:
    reports = store.rows("reports")
    assert len(reports) >= 12
    assert len({row["division_code"] for row in reports}) >= 6
    assert {row["report_year"] for row in reports} == {2021, 2022}
    assert all(2500 <= row["char_count"] <= 6000 for row in reports), [row["char_count"] for row in reports]
    suffixes = {path.suffix for path in (root / "corpora/sample/reports").rglob("*.*")}
    assert suffixes >= {".txt", ".html", ".docx", ".pdf"}
