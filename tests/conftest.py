"""Shared fixtures: where the real reports and gold lie, and the score tables at the end of a run."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from extractor.evaluation.evaluate import Scores
from extractor.tables.rows import PER_REPORT
from extractor.tables.schema import BY_NAME

# no clock on a shared machine, and the same cases in every run: a red CI must be red again on the next
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
# what the tests expect is said in English, whatever the locale of the machine
os.environ["GOVREPORT_LANG"] = "en"
ROOT = Path(__file__).resolve().parent.parent
_SCORES = pytest.StashKey[dict[str, Scores]]()


class ArchiveOfRows:
    """Merged tables of made-up reports: each row is placed by its quote in the report's text."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ("sources", *PER_REPORT)}

    def report(self, name: str, text: str, **columns: Any) -> str:
        """A report whose id is its name; township and year from columns."""
        self.texts[name] = text
        self.tables["reports"].append(
            {
                "report_id": name,
                "source_path": f"{name}.txt",
                "division_code": None,
                "issuer": None,
                "region": None,
                "region_level": "township",
                "county": None,
                "report_year": None,
                "published": None,
                "same_as": None,
                **columns,
            }
        )
        return name

    def row(self, table: str, report_id: str, quote: str, **columns: Any) -> dict[str, Any]:
        """A row at the first place of its quote that no earlier row of the table starts at."""
        rows = self.tables[table]
        taken = {row["char_start"] for row in rows if row["report_id"] == report_id}
        start = self.texts[report_id].index(quote)
        while start in taken:
            start = self.texts[report_id].index(quote, start + 1)
        ordinal = 1 + sum(row["report_id"] == report_id for row in rows)
        row = {
            "report_id": report_id,
            f"{table.removesuffix('s')}_id": f"{report_id}-{BY_NAME[table].letter}{ordinal}",
            "quote": quote,
            "char_start": start,
            "char_end": start + len(quote),
            "page": None,
            **columns,
        }
        rows.append(row)
        return row

    def cite(
        self,
        report_id: str,
        quote: str,
        title: str | None = None,
        number: str | None = None,
        **columns: Any,
    ) -> dict[str, Any]:
        """A citation; code and year are taken from a number of the usual form."""
        code, _, rest = (number or "").partition("〔")
        base = {
            "title": title,
            "number": number,
            "number_text": number,
            "issuer_code": code or None,
            "issuer": None,
            "year": int(rest[:4]) if rest[:4].isdigit() else None,
            "kind": "normative_document",
            "relation": None,
        }
        return self.row("citations", report_id, quote, **{**base, **columns})

    def measure(
        self, report_id: str, quote: str, value: float | None, unit: str | None, **columns: Any
    ) -> dict[str, Any]:
        """An exact, actual indicator of the text."""
        digits = "".join(mark for mark in quote if mark in "0123456789.,")
        base = {
            "indicator": None,
            "label": None,
            "name": None,
            "subject": None,
            "value": value,
            "value_low": None,
            "value_high": None,
            "value_text": digits,
            "unit": unit,
            "approx": "exact",
            "role": "actual",
            "period": None,
            "year": None,
            "cumulative": False,
            "part_of": None,
            "source": "text",
        }
        return self.row("indicators", report_id, quote, **{**base, **columns})


@pytest.fixture
def archive() -> ArchiveOfRows:
    """An empty archive of rows to be filled by the test."""
    return ArchiveOfRows()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sample_tables(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, extracted; nobody may write into it."""
    from extractor.runs.batch import Options, run

    out = tmp_path_factory.mktemp("sample") / "out"
    sample = root / "corpora" / "sample"
    run([sample / "reports"], out, Options(divisions=sample / "divisions.csv"), workers=1)
    return out


@pytest.fixture
def copy_of_sample(sample_tables: Path, tmp_path: Path) -> Path:
    """Tables of the sample that a test may write into."""
    return Path(shutil.copytree(sample_tables, tmp_path / "out"))


@pytest.fixture(scope="session")
def client(sample_tables: Path, root: Path) -> Any:
    """A client of the desk over the sample; it writes nothing."""
    from asking import client_of

    return client_of(sample_tables, root / "corpora" / "sample" / "reports")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, gold and registries beside the checkout; skips without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not on this machine: real reports and gold are not shipped")
    return folder


@pytest.fixture(scope="session")
def print_scores(pytestconfig: pytest.Config) -> Callable[[str, Scores], None]:
    """Call it with a name and scores: the table is printed below the test summary."""
    scores = pytestconfig.stash.setdefault(_SCORES, {})
    return scores.__setitem__


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the collected score tables, so that every run shows where extraction stands."""
    for name, scores in terminalreporter.config.stash.get(_SCORES, {}).items():
        terminalreporter.section(f"scores on {name}")
        terminalreporter.write_line(f"{'kind':<16}{'hits':>6}{'miss':>6}{'extra':>6}{'P':>8}{'R':>8}{'F1':>8}")
        for row in scores.table():
            figures = "".join(
                f"{row[key]:8.3f}" if row[key] is not None else f"{'–':>8}" for key in ("precision", "recall", "f1")
            )
            terminalreporter.write_line(
                f"{row['kind']:<16}{row['hits']:>6}{row['misses']:>6}{row['extras']:>6}{figures}"
            )
