"""Do the tests bite? `python bench/mutants.py [count] [--seed 0] [--only extractor/tables]`: small changes to the program.

Each mutant changes one thing in one file of stages, corpus, reading or tables: a comparison, a negation, a constant by
one, `and` for `or`, a statement left out. The tests that mirror its folder are run in a copy of the checkout until the
first failure: a mutant is killed by a failure, or by taking thrice as long. Goes out: a line for each survivor, to be
looked at by people, and the share killed.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("stages", "corpus", "reading", "tables")
_SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_LONGEST = 300.0


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Nodes that can be changed, and how."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPS:
            yield node, "comparison"
        elif isinstance(node, ast.BoolOp):
            yield node, "and for or"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not left out"
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            yield node, "test negated"
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield node, "one more"
        elif isinstance(node, ast.FunctionDef) and len(node.body) > 1:
            yield node, "a statement left out"


def changed(node: ast.AST, how: str, draw: random.Random) -> None:
    """Change the node in place."""
    if isinstance(node, ast.Compare):
        node.ops[0] = _SWAPS[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.Not()
        node.operand = ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1
    elif isinstance(node, ast.FunctionDef):
        # the docstring is no statement
        first = 1 if ast.get_docstring(node) is not None else 0
        if len(node.body) > first + 1:
            node.body[draw.randrange(first, len(node.body))] = ast.Pass()


def mutant(path: Path, draw: random.Random) -> tuple[str, str] | None:
    """Source of a mutant, and what was done to it; None for a file in which nothing can be changed."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = list(places(tree))
    if not found:
        return None
    node, how = draw.choice(found)
    line = getattr(node, "lineno", 0)
    before = ast.dump(deepcopy(tree))
    changed(node, how, draw)
    if ast.dump(tree) == before:
        return None
    ast.fix_missing_locations(tree)
    return ast.unparse(tree), f"line {line}: {how}: {ast.unparse(node).splitlines()[0][:80]}"


def tests_of(path: Path) -> Path:
    """The folder of tests that mirrors the file's, or the nearest above it."""
    folder = ROOT / "tests" / path.relative_to(ROOT / "extractor").parent
    while not folder.is_dir():
        folder = folder.parent
    return folder.relative_to(ROOT)


def tried(copy: Path, tests: Path, seconds: float) -> tuple[bool, float]:
    """Whether the tests pass in the copy, and the seconds they took."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(tests)]
    start = time.monotonic()
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return False, seconds
    return done.returncode == 0, time.monotonic() - start


def main() -> None:
    """Print survivors and the share of killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    draw = random.Random(options.seed)
    files = sorted(path for package in _PACKAGES for path in (ROOT / "extractor" / package).rglob("*.py"))
    files = [path for path in files if options.only in str(path)]
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "checkout")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        usual: dict[Path, float] = {}
        killed = made = 0
        while made < options.count:
            path = draw.choice(files)
            one, tests = mutant(path, draw), tests_of(path)
            if one is None:
                continue
            if tests not in usual:
                passed, usual[tests] = tried(copy, tests, _LONGEST)
                if not passed:
                    sys.exit(f"{tests} fails without a mutant")
            source, what = one
            made += 1
            target = copy / path.relative_to(ROOT)
            target.write_text(source, encoding="utf-8")
            survived, _ = tried(copy, tests, 3 * usual[tests] + 10)
            shutil.copyfile(path, target)
            killed += not survived
            if survived:
                print(f"survived: {path.relative_to(ROOT)} {what}", flush=True)
        print(f"{killed} of {made} killed, {100 * killed / max(made, 1):.0f} %")


if __name__ == "__main__":
    main()
