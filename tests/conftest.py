"""Shared fixtures: where the real reports and gold lie, and the score tables at the end of a run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.corpus.evaluate import Scores

ROOT = Path(__file__).resolve().parent.parent
_SCORES = pytest.StashKey[dict[str, Scores]]()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


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
        terminalreporter.write_line(
            f"{'kind':<16}{'hits':>6}{'miss':>6}{'extra':>6}{'P':>8}{'R':>8}{'F1':>8}"
        )
        for row in scores.table():
            figures = "".join(
                f"{row[key]:8.3f}" if row[key] is not None else f"{'–':>8}"
                for key in ("precision", "recall", "f1")
            )
            terminalreporter.write_line(
                f"{row['kind']:<16}{row['hits']:>6}{row['misses']:>6}{row['extras']:>6}{figures}"
            )
