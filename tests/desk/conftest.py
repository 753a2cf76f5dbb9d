"""The desk over the sample: a client that asks the application, a copy that decisions may be written into."""

import shutil
from pathlib import Path

import pytest
from asking import client_of
from starlette.testclient import TestClient


@pytest.fixture(scope="session")
def client(sample_tables: Path, root: Path) -> TestClient:
    """Asks about the sample; writes nothing."""
    return client_of(sample_tables, root / "corpora" / "sample" / "reports")


@pytest.fixture
def copy_of_sample(sample_tables: Path, tmp_path: Path) -> Path:
    """Tables of the sample that a test may write into."""
    shutil.copytree(sample_tables, tmp_path / "out")
    return tmp_path / "out"
