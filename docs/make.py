"""Draws what the documentation takes from the code: `python docs/make.py` (`make docs`).

Comes in: the tables' schema, the checks of the audit and the import contracts of setup.cfg. Goes out: docs/tables.md,
the list in docs/audit.md and docs/floors.svg; tests/test_docs.py holds them equal to what is made here.
"""

import ast
import configparser
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from textwrap import wrap

from extractor.corpus.audit import CHECKS
from extractor.datamodel.columns import Column
from extractor.tables.schema import SCHEMAS, TableSchema, comparison_schema

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
# pixels of the picture
_WIDTH, _HEAD, _LINE, _WING, _GAP, _PAD, _LETTER = 1060, 28, 18, 24, 8, 12, 7


def main() -> None:
    """Write the three files."""
    (DOCS / "tables.md").write_text(tables(), encoding="utf-8")
    (DOCS / "audit.md").write_text(audit(), encoding="utf-8")
    (DOCS / "floors.svg").write_text(floors(), encoding="utf-8")


# --- tables


def tables() -> str:
    """docs/tables.md: every table with every column."""
    parts = [
        "# The tables",
        "Made by `make docs` from the schema (`extractor/datamodel/records.py`, `extractor/tables/schema.py`): change it "
        "there.\nWhere a description says nothing of null, the column is never null. Offsets count code points of the "
        "kept text; values\nare in base units (元, %, 万 and 亿 folded).",
        *map(_table, SCHEMAS),
        _table(comparison_schema((), ())),
        "Behind these columns `comparison` has one for each indicator of the catalogue, named by its key: the value in its "
        "base unit, null unless reported.",
    ]
    return "\n\n".join(parts) + "\n"


def _table(schema: TableSchema) -> str:
    head = f"## {schema.name} {schema.label}\n\nA row is {schema.description}. Key: {', '.join(f'`{name}`' for name in schema.key)}."
    lines = ["| column | 中文名 | type | unit | null | example | what it says |", "|---|---|---|---|---|---|---|"]
    return head + "\n\n" + "\n".join(lines + [_row(column) for column in schema.columns])


def _row(column: Column) -> str:
    says, absent = _parted(column)
    cells = (f"`{column.name}`", column.label, column.type, column.unit or "", absent, f"`{column.example}`", says)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _parted(column: Column) -> tuple[str, str]:
    """What the column says, and when it is null."""
    clauses = column.description.split("; ")
    absent = [clause for clause in clauses if clause.startswith("null")]
    says = "; ".join(clause for clause in clauses if clause not in absent)
    return says or column.label, "; ".join(clause.removeprefix("null ") for clause in absent) or "never"


# --- checks


def audit() -> str:
    """docs/audit.md as it is, its list of checks anew."""
    before, heading, rest = (DOCS / "audit.md").read_text(encoding="utf-8").partition("## The checks\n\n")
    made = [f"- `{check.id}` ({check.severity}): {check.docs}" for check in CHECKS]
    behind = rest[rest.index("\n## ") :]
    lines = (part for line in made for part in wrap(line, 120, subsequent_indent="  ", break_on_hyphens=False))
    return before + heading + "\n".join(lines) + "\n" + behind


# --- floors


def floors() -> str:
    """docs/floors.svg: the packages floor by floor, as the import contract orders them, each with what it is for."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    wings = {
        section["containers"].removeprefix("extractor."): _layers(section)
        for name, section in setup.items()
        if name.startswith("importlinter:contract:") and section.get("containers", "") != "extractor"
        if section.get("type") == "layers"
    }
    house = _layers(setup["importlinter:contract:floors"])
    drawn: list[str] = []
    top = 54
    for floor in house:
        width = (_WIDTH - 2 * _PAD - _GAP * (len(floor) - 1)) // len(floor)
        heights = [_height(package, width, wings) for package in floor]
        for at, package in enumerate(floor):
            drawn += _package(package, _PAD + at * (width + _GAP), top, width, max(heights), wings)
        top += max(heights) + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{top + 4}" '
        f'font-family="sans-serif" font-size="13">\n'
        f'<rect width="{_WIDTH}" height="{top + 4}" fill="#ffffff"/>\n'
        f'<text x="{_PAD}" y="24" font-size="17" font-weight="bold">The floors of extractor/</text>\n'
        f'<text x="{_PAD}" y="42" fill="#555555">A package imports only what lies below it; those side by side do not know '
        "each other (setup.cfg, lint-imports).</text>\n" + "\n".join(drawn) + "\n</svg>\n"
    )


def _layers(section: configparser.SectionProxy) -> list[list[str]]:
    lines = section["layers"].strip().splitlines()
    return [[package.strip() for package in line.split("|")] for line in lines]


def _height(package: str, width: int, wings: dict[str, list[list[str]]]) -> int:
    """Name, purpose, wings, one below the other."""
    return _HEAD + _LINE * len(_purpose(package, width)) + (_WING + _GAP // 2) * len(wings.get(package, ())) + _GAP


def _package(package: str, x: int, y: int, width: int, height: int, wings: dict[str, list[list[str]]]) -> Iterator[str]:
    yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="#eef3fa" stroke="#7f94b3"/>'
    yield f'<text x="{x + _PAD}" y="{y + 20}" font-weight="bold">{package}</text>'
    top = y + _HEAD
    for line in _purpose(package, width):
        yield _text(line, x + _PAD, top + 11)
        top += _LINE
    for layer in wings.get(package, ()):
        yield (
            f'<rect x="{x + _PAD}" y="{top}" width="{width - 2 * _PAD}" height="{_WING}" rx="3" fill="#ffffff" '
            'stroke="#b6c3d6"/>'
        )
        yield _text("  |  ".join(layer), x + 2 * _PAD, top + 16, "#222222")
        top += _WING + _GAP // 2


def _text(text: str, x: int, y: int, colour: str = "#444444") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}">{escape(text)}</text>'


def _purpose(package: str, width: int) -> list[str]:
    """The first sentence of the package's docstring, in lines that fit."""
    path = ROOT / "extractor" / package
    source = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    first = " ".join((ast.get_docstring(ast.parse(source)) or "").split()).split(". ")[0].rstrip(".")
    head, colon, rest = first.partition(": ")
    # "Runs: an archive becomes tables" below the name `runs`
    said = rest if colon and head.lower() == package.replace("_", " ") else first
    return wrap(said, (width - 2 * _PAD) // _LETTER)


if __name__ == "__main__":
    sys.exit(main())
