"""The examples of both READMEs are run: commands on the tables of the sample archive, Python in a fresh process."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


READMES = {"en": "README.md", "zh": "README.zh.md"}


def blocks(root: Path, kind: str, language: str = "en") -> list[tuple[str, str]]:
    """Code blocks of a kind, each with the text block right behind it."""
    text = (root / READMES[language]).read_text(encoding="utf-8")
    return [(body, shown or "") for found, body, shown in _BLOCK.findall(text) if found == kind]


def commands(body: str) -> list[tuple[str, str]]:
    """Command and shown output of each `$ …` line."""
    return [tuple(part.partition("\n")[::2]) for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]]


def fits(shown: str, printed: str) -> bool:
    """True if the lines are the same, `…` standing for any lines."""
    lines = ("(?:.*\n)*" if line == "…" else re.escape(line + "\n") for line in shown.splitlines())
    return re.fullmatch("".join(lines), printed) is not None


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\nc\n", "a\nb\n", False),
        ("a.\n", "ab\n", False),
    ],
)
def test_fits(shown: str, printed: str, same: bool) -> None:
    assert fits(shown, printed) is same


@pytest.mark.parametrize("language", READMES)
def test_commands_print_what_the_readme_shows(root: Path, tmp_path: Path, language: str) -> None:
    (tmp_path / "corpora").symlink_to(root / "corpora")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "110"}
    env["GOVREPORT_LANG"] = language
    seen = 0
    page = _BLOCK.findall((root / "docs" / "how-a-place-is-found.md").read_text(encoding="utf-8"))
    also = [(body, shown) for _, body, shown in page] if language == "en" else []
    for body, _ in blocks(root, "console", language) + also:
        for line, shown in commands(body):
            done = subprocess.run(shlex.split(line), cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
            assert done.returncode == 0, (line, done.stderr)
            assert fits(shown, done.stdout + done.stderr), (line, done.stdout, done.stderr)
            seen += 1
    assert seen >= 10


def test_both_languages_show_the_same_commands_and_code(root: Path) -> None:
    shown = [[line for body, _ in blocks(root, "console", one) for line, _ in commands(body)] for one in READMES]
    assert shown[0] == shown[1]
    assert blocks(root, "python", "en") == blocks(root, "python", "zh")


@pytest.mark.parametrize("number", [0, 1])
def test_python_prints_what_the_readme_shows(root: Path, number: int) -> None:
    code, shown = blocks(root, "python")[number]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == shown
