"""govreport evaluate GOLD… [--tables OUT]"""

from pathlib import Path
from typing import Any

import click

from extractor.cli.options import knowledge_options, print_table, put, tell


@click.command(epilog="Example: govreport evaluate gold/ --quiet")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--tables", "out", type=click.Path(path_type=Path), help="Score these tables instead of extracting anew.")
@click.option("-q", "--quiet", is_flag=True, help="No misses and extras.")
@click.option("--at-least", type=float, help="Exit 4 if any F1 is below this.")
@knowledge_options
def command(
    gold: tuple[Path, ...],
    out: Path | None,
    quiet: bool,
    at_least: float | None,
    patterns: Path | None,
    divisions: Path | None,
    area: str | None,
) -> int:
    """Precision, recall and F1 per kind, with misses (-) and extras (+)."""
    from extractor.errors import MissingPath
    from extractor.evaluation.evaluate import evaluate

    for path in gold:
        if not path.exists():
            raise MissingPath("no such gold", where=str(path), remedy="name gold files or folders")
    rows_for = _stored(out) if out else _extracted(patterns, divisions, area)
    found = evaluate(list(gold), rows_for)
    lowest = 1.0
    for folder, scores in found.by_folder().items():
        put(f"{folder.name}")
        names = ["kind", "hits", "misses", "extras", "precision", "recall", "f1"]
        table = scores.table()
        print_table(names, [[_rounded(row[name]) for name in names] for row in table])
        lowest = min([lowest, *(row["f1"] for row in table if row["f1"] is not None)])
        if not quiet:
            for kind in scores.tallies:
                for sign, slips in (("-", scores[kind].misses), ("+", scores[kind].extras)):
                    for slip in slips:
                        put(f"{sign} {kind} {slip}")
    if at_least is not None and lowest < at_least:
        tell(f"lowest F1 {lowest:.3f} is below {at_least:g}")
        return 4
    return 0


def _rounded(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else value


def _extracted(patterns: Path | None, divisions: Path | None, area: str | None) -> Any:
    import extractor

    def rows_for(path: Path) -> tuple[dict[str, list[dict[str, Any]]], str]:
        found = extractor.extract_file(path, patterns=patterns, divisions=divisions, area=area)
        return found.to_rows(), found.document.text

    return rows_for


def _stored(out: Path) -> Any:
    from hashlib import sha256

    from extractor.tables.rows import PER_REPORT
    from extractor.tables.store import Store

    store = Store(out)
    tables = {name: store.rows(name) for name in PER_REPORT}

    def rows_for(path: Path) -> tuple[dict[str, list[dict[str, Any]]], str]:
        report_id = sha256(path.read_bytes()).hexdigest()[:16]
        mine = {name: [r for r in rows if r["report_id"] == report_id] for name, rows in tables.items()}
        if not mine["reports"]:
            store.find_report(report_id)
        return mine, store.text_of(report_id)

    return rows_for
