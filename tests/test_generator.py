"""The generated archive: the same bytes from the same seed, readable, and with what a real archive has."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from extractor.runs.batch import Options, run
from extractor.tables.store import Store


@pytest.fixture(scope="module")
def generate(root: Path) -> ModuleType:
    """corpora/generator/generate.py."""
    folder = str(root / "corpora" / "generator")
    sys.path.insert(0, folder)
    try:
        import generate
    finally:
        sys.path.remove(folder)
    return generate  # type: ignore[no-any-return]


def test_the_same_seed_gives_the_same_bytes(generate: ModuleType, tmp_path: Path) -> None:
    made = []
    for name, jobs in (("a", 1), ("b", 2)):
        assert generate.generate(tmp_path / name, 260, jobs=jobs) == 260
        files = (path for path in (tmp_path / name).rglob("*") if path.is_file())
        made.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert made[0] == made[1]
    assert len({path.suffix for path in made[0]}) >= 5


def test_a_generated_archive_has_what_the_questions_ask_for(generate: ModuleType, tmp_path: Path) -> None:
    generate.generate(tmp_path / "in", 40)
    run([tmp_path / "in" / "reports"], tmp_path / "out", Options(divisions=tmp_path / "in" / "divisions.csv"))
    store = Store(tmp_path / "out")
    reports = store.rows("reports")
    assert len(reports) >= 35
    assert sum(report["division_code"] is not None for report in reports) >= 0.9 * len(reports)
    for table in ("documents", "fulfilment", "overlaps", "problems", "boilerplate"):
        assert len(store.rows(table)) >= 30, table
    assert {row["outcome"] for row in store.rows("fulfilment")} >= {"fulfilled", "partly"}
