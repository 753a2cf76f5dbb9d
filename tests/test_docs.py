"""The documents: what is drawn from the code is drawn anew, what they name exists, links lead somewhere."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

_LINK = re.compile(r"\]\(([^)#:\s]+)(#[\w-]+)?\)")
# a path of ours between backquotes: docs/x.md, extractor/a/b.py, stages/base.py, patterns/x.toml
_PATH = re.compile(r"`((?:[\w<>.-]+/)+[\w.<>-]*|[\w-]+\.(?:md|cfg|toml|svg))(?:::\w+)?`")
PAGES = (
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{name}" for name in ("architecture.md", "tables.md", "how-a-place-is-found.md")),
)


@pytest.fixture(scope="module")
def make(root: Path) -> ModuleType:
    """docs/make.py."""
    spec = importlib.util.spec_from_file_location("docs_make", root / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "maker"), [("tables.md", "tables"), ("audit.md", "audit"), ("floors.svg", "floors")])
def test_what_is_drawn_from_the_code_is_up_to_date(root: Path, make: ModuleType, name: str, maker: str) -> None:
    assert (root / "docs" / name).read_text(encoding="utf-8") == getattr(make, maker)(), "run make docs"


def test_the_picture_shows_every_package_inside_the_frame(root: Path) -> None:
    picture = ElementTree.parse(root / "docs" / "floors.svg").getroot()
    shown = " ".join(node.text or "" for node in picture.iter("{http://www.w3.org/2000/svg}text"))
    packages = {path.stem for path in (root / "extractor").iterdir() if (path / "__init__.py").is_file()}
    assert [name for name in packages if not re.search(rf"\b{name}\b", shown)] == []
    width, height = (float(picture.attrib[name]) for name in ("width", "height"))
    for box in picture.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, wide, high = (float(box.attrib.get(name, 0)) for name in ("x", "y", "width", "height"))
        assert x + wide <= width
        assert y + high <= height


def test_links_and_paths_lead_somewhere(root: Path) -> None:
    pages = [*(root / page for page in PAGES), *(root / "docs").glob("*.md")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target, anchor in _LINK.findall(text):
            assert (page.parent / target).exists(), (page.name, target)
            heading = anchor.removeprefix("#")
            linked = (page.parent / target).read_text(encoding="utf-8").lower() if heading else ""
            assert not heading or f"# {heading}\n" in linked, (page.name, anchor)
    for page in ("CONTRIBUTING.md", "docs/architecture.md"):
        for path in _PATH.findall((root / page).read_text(encoding="utf-8")):
            if "<" not in path:
                # packages are named from extractor/ on, or within the wing that the text speaks of
                held = [root, root / "docs", root / "extractor", root / "extractor/corpus", root / "extractor/tables"]
                near = [base / path for base in held]
                assert any(at.exists() or at.with_suffix(".py").exists() for at in near), (page, path)


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "CONTRIBUTING.md"])
def test_running_text_fits_an_editor(root: Path, page: str) -> None:
    text = re.sub(r"^```.*?^```$", "", (root / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert [line for line in text.splitlines() if len(line) > 120 and not line.startswith("|")] == []


def test_contributing_is_short_and_its_targets_exist(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake (\w+)\b", text))
    assert targets >= {"run", "check", "test", "score", "diff", "docs"}
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_glossary_is_in_order_and_says_each_term_once(root: Path) -> None:
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Glossary")[2]
    terms = re.findall(r"^\| ([a-z][^|]*) \|", text, re.MULTILINE)[1:]
    assert len(terms) >= 30
    assert terms == sorted(set(terms), key=str.lower)
