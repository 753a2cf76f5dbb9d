"""The notebooks run from beginning to end in their folder, and what stands in them is what comes out.

GOVREPORT_RENEW_GOLDEN=1 writes what comes out into the notebooks; look at their pictures before committing.
"""

import base64
import os
import shutil
import struct
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
RENEW = os.environ.get("GOVREPORT_RENEW_GOLDEN") == "1"
# figures of training depend on the machine's arithmetic
VARIES = "varies"


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_gives_what_stands_in_it(
    path: Path, sample_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a notebook extracts the sample into the temporary folder: what is there already need not be read again
    shutil.copytree(sample_tables, tmp_path / "govreport-sample")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    made = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        made, timeout=600, record_timing=False, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert sum(bool(cell.outputs) for cell in code) >= 3
    if RENEW:
        nbformat.write(made, path)
        return
    for was, now in zip(kept.cells, made.cells, strict=True):
        if now.cell_type == "code":
            compare = kinds if VARIES in now.metadata.get("tags", ()) else shown
            assert compare(was) == compare(now), now.source


def shown(cell: Any) -> list[Any]:
    """What a reader sees: text, and of a picture its size (packed by another library it has other bytes)."""
    found: list[Any] = []
    for output in cell.outputs:
        if output.output_type == "stream":
            found.append(output.text)
        elif "image/png" in output.data:
            found.append(struct.unpack(">II", base64.b64decode(output.data["image/png"])[16:24]))
        else:
            found.append(output.data["text/plain"])
    return found


def kinds(cell: Any) -> list[Any]:
    """Only what is shown, not what it says."""
    return [sorted(output.get("data", {"text": None})) for output in cell.outputs]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_uses_the_public_names_alone(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    lines = [line for cell in notebook.cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    assert not [line for line in lines if "extractor." in line and line.lstrip().startswith(("from", "import"))]
    pictures = [output for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    assert any({"image/png", "image/svg+xml"} & set(output.data) for output in pictures)
