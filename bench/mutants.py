"""Do the tests bite? `python bench/mutants.py .coverage [--count 300] [--seed 0] [--only extractor/tables]`.

Comes in: which test passes through which line, from `coverage run -m pytest -q -p no:xdist tests` (of the package
`coverage`) with `dynamic_context = test_function` and `source = extractor`. Each mutant changes one thing in one file of
stages, corpus, reading or tables: a comparison, a negation, a constant by one, `and` for `or`, a statement left out.
The tests that pass through its line (through its file, for what is computed once on import) are run in a copy of the
checkout, those that pass through least first, until the first failure: a mutant is killed by a failure, or by a test
that does not come back. What no test passes through survives. Goes out: a line for each survivor, to be looked at by
people, and the share killed.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("stages", "corpus", "reading", "tables")
_SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
# a group of tests takes seconds; one that waits for ever is a kill
_LONGEST = 240.0
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?::[^\s\[]+)", re.MULTILINE)
# tests of one mutant: those after them pass through half the program, and would be run by CI only
_MOST_TESTS = 60


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


def mutant(path: Path, draw: random.Random) -> tuple[str, int, str] | None:
    """Source of a mutant, the line and what was done to it; None for a file in which nothing can be changed."""
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
    return ast.unparse(tree), line, f"{how}: {ast.unparse(node).splitlines()[0][:80]}"


class Passing:
    """Which tests pass through which lines."""

    def __init__(self, data_file: Path) -> None:
        data = CoverageData(str(data_file))
        data.read()
        self._lines: dict[Path, dict[int, list[str]]] = {}
        self._width: Counter[str] = Counter()
        modules = {path.stem: path.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")}
        for measured in data.measured_files():
            known = self._lines[Path(measured).relative_to(ROOT)] = {}
            for line, contexts in data.contexts_by_lineno(measured).items():
                tests = [f"{modules[module]}::{'::'.join(names)}" for module, *names in
                         (context.split(".") for context in contexts) if module in modules]  # fmt: skip
                known[line] = tests
                self._width.update(tests)

    def tests(self, path: Path, line: int) -> list[str]:
        """Tests of a line, the most special ones first; of the whole file where the line is run on import."""
        known = self._lines.get(path, {})
        found = set(known.get(line, ())) or {test for tests in known.values() for test in tests}
        return sorted(found, key=lambda test: (self._width[test], test))[:_MOST_TESTS]


class Checkout:
    """A copy of the program in which one file at a time is another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        self._sound: dict[str, bool] = {}

    def killed(self, path: Path, source: str, tests: list[str]) -> bool:
        """Whether one of the tests fails with that source of the file, or none comes back; tests that fail with any
        source do not count."""
        while tests:
            (self.folder / path).write_text(source, encoding="utf-8")
            failed = self._first_failure(tests)
            shutil.copyfile(ROOT / path, self.folder / path)
            if failed is None:
                return False
            if failed not in self._sound:
                self._sound[failed] = not failed or self._first_failure([failed]) is None
            if self._sound[failed]:
                return True
            tests = [test for test in tests if test != failed]
        return False

    def _first_failure(self, tests: list[str]) -> str | None:
        """The function that fails first; `` where nothing can be run, or none comes back."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            return ""
        if done.returncode == 0:
            return None
        named = _FAILED.search(done.stdout)
        return named[1] if named else ""


def main() -> None:
    """Print survivors and the share of killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passing", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    draw, passing = random.Random(options.seed), Passing(options.passing)
    files = sorted(path for package in _PACKAGES for path in (ROOT / "extractor" / package).rglob("*.py"))
    files = [path.relative_to(ROOT) for path in files if options.only in str(path)]
    with tempfile.TemporaryDirectory() as temporary:
        checkout = Checkout(Path(temporary, "checkout"))
        dead = made = 0
        while made < options.count:
            path = draw.choice(files)
            one = mutant(ROOT / path, draw)
            if one is None:
                continue
            source, line, what = one
            tests = passing.tests(path, line)
            ended = checkout.killed(path, source, tests)
            made, dead = made + 1, dead + ended
            if not ended:
                print(f"survived {len(tests)} tests: {path}:{line}: {what}", flush=True)
            print(f"{dead} of {made} killed", file=sys.stderr, flush=True)
        print(f"{dead} of {made} killed, {100 * dead / max(made, 1):.0f} %")


if __name__ == "__main__":
    main()
