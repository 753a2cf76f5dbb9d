"""A client of the desk for tests: asks the application without a socket."""

from pathlib import Path

from starlette.testclient import TestClient

from extractor.desk.app import make_app
from extractor.desk.desk import Desk
from extractor.desk.guard import names_of

HERE = "http://127.0.0.1:8765"
TOKEN = "the-token-of-this-run"


def client_of(folder: Path, archive: Path | None = None) -> TestClient:
    """A browser without a window."""
    desk = Desk(folder, archive=[archive] if archive else [])
    return TestClient(make_app(desk, names_of("127.0.0.1"), token=TOKEN), base_url=HERE, follow_redirects=False)
