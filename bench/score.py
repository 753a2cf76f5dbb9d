"""Scores of the working tree on all gold: `python bench/score.py [-v] [GOLD…]`.

Comes in: gold files or folders; without any, ../shared/gold and corpora/sample/gold. Goes out: a
table per folder on stdout, with -v every miss and extra. A stage that is not there or that fails
is named on stderr and counts as having found nothing.
"""

import argparse
import importlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.corpus.evaluate import Scores, evaluate

_STAGES = {
    "sections": "find_sections",
    "identity": "find_identity",
    "citations": "find_citations",
    "expressions": "find_expressions",
    "scan": "scan",
    "indicators": "find_indicators",
    "commitments": "find_commitments",
    "actions": "find_actions",
    "problems": "find_problems",
    "ledger": "account_for_numerals",
}
_told: set[str] = set()


def _tell(what: str) -> None:
    """Say it once on stderr."""
    if what not in _told:
        _told.add(what)
        print(what, file=sys.stderr)


def _stand_in(module: str, **names: Any) -> None:
    """Put an empty module in place of one that cannot be imported."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    if path.exists():
        return
    _tell(f"missing: {module}")
    stub = ModuleType(module)
    for name, value in names.items():
        setattr(stub, name, value)
    sys.modules[module] = stub


def _prepare() -> None:
    from extractor.datamodel.records import Identity

    _stand_in("extractor.rules.gazetteer", Gazetteer=object, load_gazetteer=lambda *_: None)
    for module, function in _STAGES.items():
        nothing: Any = Identity() if module == "identity" else ()
        _stand_in(f"extractor.stages.{module}", **{function: lambda *_, it=nothing: it})


def _document(path: Path) -> Any:
    try:
        reading = importlib.import_module("extractor.reading")
        from hashlib import sha256

        data = path.read_bytes()
        return reading.read(reading.describe(str(path), data, sha256(data).hexdigest()), data)
    except Exception as fault:
        _tell(f"reading: {fault!r} → plain text")
        from extractor.datamodel.document import Document, SourceFile

        text = path.read_text(encoding="utf-8")
        return Document(text, SourceFile(path.name, "0" * 64, len(text), "text/plain"))


def _rows(document: Any, context: Any, show: bool) -> dict[str, list[dict[str, Any]]]:
    from extractor.datamodel.claims import Claims
    from extractor.pipeline import finish, run_stage
    from extractor.stages import STAGES, Progress

    so_far = Progress(Claims(len(document.text)))
    for stage in STAGES:
        try:
            run_stage(stage, document, so_far, context)
        except Exception as fault:
            _tell(f"stage {stage.name} on {document.source.path}: {fault!r}")
            if show:
                traceback.print_exc()
    extraction = finish(document, so_far, context.knowledge.version)
    try:
        return dict(importlib.import_module("extractor.tables.rows").rows_of(extraction))
    except Exception as fault:
        _tell(f"tables.rows: {fault!r} → rows made here")
        return _plain_rows(extraction)


def _plain_rows(extraction: Any) -> dict[str, list[dict[str, Any]]]:
    """Rows straight from the records, until tables/ can make them."""
    quote = extraction.document.quote

    def row(kind: str, at: int, record: Any) -> dict[str, Any]:
        values = {name: getattr(record, name) for name in record.__slots__}
        span = values.get("span")
        if span:
            values |= {"char_start": span.start, "char_end": span.end, "quote": quote(span)}
        return values | {f"{kind}_id": at}

    tables = {
        f"{kind}s": [row(kind, at, r) for at, r in enumerate(getattr(extraction, f"{kind}s"), 1)]
        for kind in ("section", "citation", "indicator", "commitment", "action")
    }
    for action in tables["actions"]:
        action["commitment_id"] = action["commitment"]
    tables["reports"] = [row("report", 1, extraction.identity)]
    return tables


def _print(name: str, scores: Scores, verbose: bool) -> None:
    print(f"\n{name}")
    print(f"  {'kind':<16}{'hits':>6}{'miss':>6}{'extra':>6}{'P':>8}{'R':>8}{'F1':>8}")
    for row in scores.table():
        figures = "".join(
            f"{row[key]:8.3f}" if row[key] is not None else f"{'–':>8}" for key in ("precision", "recall", "f1")
        )
        print(f"  {row['kind']:<16}{row['hits']:>6}{row['misses']:>6}{row['extras']:>6}{figures}")
    if verbose:
        for kind in scores.tallies:
            for sign, slips in (("-", scores[kind].misses), ("+", scores[kind].extras)):
                for slip in slips:
                    print(f"  {kind} {sign} {slip}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="list misses and extras")
    parser.add_argument("-t", "--traceback", action="store_true", help="show why a stage failed")
    parser.add_argument("-k", "--kind", action="append", help="only these kinds")
    options = parser.parse_args(arguments)
    places = (ROOT.parent / "shared" / "gold", ROOT / "corpora" / "sample" / "gold")
    paths = options.gold or [place for place in places if place.is_dir()]
    _prepare()
    from extractor.pipeline import build_context

    context = build_context()

    def rows_for(path: Path) -> tuple[dict[str, list[dict[str, Any]]], str]:
        document = _document(path)
        return _rows(document, context, options.traceback), document.text

    found = evaluate(paths, rows_for)
    folders = found.by_folder()
    for folder, scores in folders.items():
        if options.kind:
            scores = Scores({kind: scores[kind] for kind in options.kind})
        name = folder.name if folder.name != "gold" else f"{folder.parent.name}/gold"
        _print(name, scores, options.verbose)


if __name__ == "__main__":
    main()
