"""The house: what is written by hand in two places agrees, files stay small, importing stays light."""

import ast
import configparser
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.stages import STAGES
from extractor.tables.schema import BY_NAME

_TABLE_LINE = re.compile(r"^\| `(\w+)` \|[^|]*\| (.*) \|$")


@pytest.fixture(scope="module")
def setup(root: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(root / "setup.cfg", encoding="utf-8")
    return parser


def test_every_package_is_listed(root: Path, setup: configparser.ConfigParser) -> None:
    listed = set(setup["options"]["packages"].split())
    there = {".".join(path.parent.relative_to(root).parts) for path in (root / "extractor").rglob("__init__.py")} | {
        "extractor.patterns"
    }
    assert listed == there


def test_every_stage_has_its_component(setup: configparser.ConfigParser) -> None:
    lines = setup["options.entry_points"]["spacy_factories"].split("\n")
    listed = {line.split("=")[0].strip() for line in lines if line}
    assert listed == {"govreport"} | {f"govreport_{stage.name}" for stage in STAGES}


def test_no_file_is_long(root: Path) -> None:
    long = {
        path.name: count
        for folder in ("extractor", "tests", "bench", "corpora")
        for path in (root / folder).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def _sources(root: Path, *folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in (root / folder).rglob("*.py"):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_no_assert_outside_tests(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, tree in _sources(root, "extractor", "bench", "corpora", "docs")
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
    ]
    assert not found, "raise an error of errors.py that says what to do"


def test_one_public_class_name_means_one_thing(root: Path) -> None:
    named: dict[str, list[str]] = {}
    for path, tree in _sources(root, "extractor"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(str(path.relative_to(root)))
    assert {name: paths for name, paths in named.items() if len(paths) > 1} == {}


def test_patterns_hold_no_python(root: Path) -> None:
    assert not list((root / "patterns").rglob("*.py"))


def test_tables_have_the_columns_of_the_contract(shared: Path) -> None:
    seen = 0
    for line in (shared / "TABLES.md").read_text(encoding="utf-8").splitlines():
        found = _TABLE_LINE.match(line)
        if not found or found[1] not in BY_NAME:
            continue
        seen += 1
        # names stand before explanations in brackets
        names = {part.strip(" `") for part in re.split(r", (?![^(]*\))", re.sub(r"\([^()]*\)", "", found[2]))}
        names = {name for name in names if re.fullmatch(r"[a-z_0-9]+", name)}
        assert names <= set(BY_NAME[found[1]].names), found[1]
    assert seen >= 12


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, extractor; "
        "print(sorted({'jieba', 'pandas', 'pdfplumber', 'spacy', 'duckdb', 'regex', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_readme_names_commands_and_targets_that_exist(root: Path) -> None:
    from extractor.cli import COMMANDS

    text = (root / "README.md").read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"^\$? ?govreport (\w+)", text, re.MULTILINE))
    assert commands == set(COMMANDS)
    for target in set(re.findall(r"\bmake (\w+)\b", text)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_path_of_one_machine_is_in_the_project(root: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?<![\w.])/(?:work|home|root|opt)/\w|https?://[^ )]*(?:pypi|simple)/")
    for name in listed.splitlines():
        path = root / name
        if path.suffix in {".py", ".toml", ".cfg", ".md", ".lock", ".txt", ".ipynb", ".json"} or name == "Makefile":
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                assert not pattern.search(line) or "pattern = re.compile" in line, f"{name}:{number}"
