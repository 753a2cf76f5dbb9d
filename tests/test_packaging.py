"""A built wheel, installed into an environment that has only the libraries, does the job."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # a copy: building leaves traces in the source folder
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    if not listed:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.split("\0")):
        if not name.startswith(("tests/", "corpora/")) and (root / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((root / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, source],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("govreport-*.whl"))


def test_wheel_holds_code_and_patterns_alone(wheel: Path, root: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    patterns = {path.name for path in (root / "patterns").rglob("*.toml")}
    assert patterns
    assert {Path(name).name for name in names if name.endswith(".toml")} == patterns
    assert not [name for name in names if name.startswith(("tests/", "corpora/", "bench/"))]
    assert any(name.endswith("py.typed") for name in names)


def test_installed_wheel_does_the_job(wheel: Path, root: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", wheel], check=True, capture_output=True)
    # the libraries come from this environment, the program from the wheel: the checkout is not on the path
    site = next((tmp_path / "env").rglob("site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    blocked = f"import sys; sys.meta_path = [f for f in sys.meta_path if '__editable__' not in str(f)]; sys.path = [p for p in sys.path if p != {str(root)!r}]\n"
    (site / "zz_block.pth").write_text(blocked, encoding="utf-8")
    where = subprocess.run(
        [python, "-c", "import extractor; print(extractor.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(tmp_path), where.stdout
    command = tmp_path / "env" / "bin" / "govreport"
    sample = root / "corpora" / "sample"
    for arguments in (
        ["patterns", "check"],
        ["doctor"],
        ["extract", sample / "reports", "-o", tmp_path / "out", "--divisions", sample / "divisions.csv"],
    ):
        done = subprocess.run([command, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert "12 extracted" in done.stderr
