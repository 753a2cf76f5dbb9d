"""Scores of the working tree on all gold: `python bench/score.py [-v] [-k KIND] [GOLD…]`.

Comes in: gold files or folders; without any, ../shared/gold (if it is there) and corpora/sample/gold. Goes out:
a table per folder on stdout, with -v every miss and extra. A `divisions.csv` beside a folder of gold is used.
Half of gold/genre is kept unread, so that its figure tells how well the rules generalise: its slips are never listed.
"""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import extractor
from extractor.evaluation.evaluate import Scores, evaluate

ROOT = Path(__file__).resolve().parent.parent
# the half of gold/genre whose texts and slips nobody reads while rules are written
UNREAD = frozenset([*(f"c{n:02}" for n in range(8, 14)), *(f"d{n:02}" for n in range(7, 13))])
PLACES = (ROOT.parent / "shared" / "gold", ROOT / "corpora" / "sample" / "gold")


_UNREAD_HALF = "genre, the half not read"


def _group(path: Path) -> str:
    """What a gold file is printed under: its folder; of the genre, the half that it belongs to."""
    folder = path.parent
    if folder.name == "genre":
        return _UNREAD_HALF if path.stem in UNREAD else "genre, the half read"
    return folder.name if folder.name != "gold" else f"{folder.parent.name}/gold"


def _rows(path: Path, divisions: Path | None) -> tuple[dict[str, list[dict[str, Any]]], str]:
    extraction = extractor.extract_file(path, divisions=divisions)
    return extraction.to_rows(), extraction.document.text


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
    parser.add_argument("-k", "--kind", action="append", help="only these kinds")
    options = parser.parse_args(arguments)
    for place in options.gold or [place for place in PLACES if place.is_dir()]:
        beside = place.parent / "divisions.csv"
        rows_for = partial(_rows, divisions=beside if beside.is_file() else None)
        groups: dict[str, Scores] = {}
        for path, scores in evaluate([place], rows_for).by_file.items():
            name = _group(path)
            groups[name] = groups.get(name, Scores()) + scores
        for name, scores in groups.items():
            if options.kind:
                scores = Scores({kind: scores[kind] for kind in options.kind})
            _print(name, scores, options.verbose and name != _UNREAD_HALF)


if __name__ == "__main__":
    main()
