"""What the working tree changes in the tables: `python bench/rows_diff.py [--since REV] [--rows N] [ARCHIVE…]`.

Every text at hand (../shared/reports if it is there, and the sample archive) is extracted twice: by the code and
patterns of a revision (the last tag; without tags the commit this branch left main at) and by those of the working
tree. Goes out: per archive the counts and rows of `govreport diff`; paste them into the note of every change of
extraction. Of the half of the genre's texts that is kept unread only counts are printed.
"""

import argparse
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from score import UNREAD

from extractor.corpus.differences.differences import TableDifference, differences, headline
from extractor.tables.store import Store

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpora" / "sample"
PLACES = (ROOT.parent / "shared" / "reports", SAMPLE / "reports")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", nargs="*", type=Path)
    parser.add_argument("--since", help="revision to compare with")
    parser.add_argument("--rows", type=int, default=10, help="rows shown per table and change (10)")
    options = parser.parse_args(arguments)
    since = options.since or last_release()
    print(f"rows against {since}")
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        unpack(since, before)
        for archive in options.archive or [place for place in PLACES if place.is_dir()]:
            made = [extract(code, archive, Path(folder)) for code in (before, ROOT)]
            show(archive, *map(Store, made), options.rows)


def last_release() -> str:
    """The last tag; without tags where this branch left main; on main itself the commit before."""
    tag = _git("describe", "--tags", "--abbrev=0", check=False)
    base = _git("merge-base", "HEAD", "main", check=False)
    if tag or not base:
        return tag or "HEAD"
    changed = base != _git("rev-parse", "HEAD") or _git("status", "--porcelain", "--", "extractor", "patterns")
    return base if changed else f"{base}~1"


def _git(*arguments: str, check: bool = True) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=check)
    return done.stdout.strip()


def unpack(revision: str, folder: Path) -> None:
    """Code and patterns of a revision, as files."""
    packed = subprocess.run(
        ["git", "archive", revision, "extractor", "patterns"], cwd=ROOT, capture_output=True, check=True
    )
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as tar:
        tar.extractall(folder, filter="data")


def extract(code: Path, archive: Path, folder: Path) -> Path:
    """Tables of the archive, made by the code that stands in `code`."""
    out = folder / f"{code.name}-{archive.resolve().parent.name}"
    command = [sys.executable, "-m", "extractor", "extract", str(archive.resolve()), "-o", str(out), "--quiet"]
    if archive.resolve() == SAMPLE / "reports":
        command += ["--divisions", str(SAMPLE / "divisions.csv")]
    # python -m takes the package of the current folder before the one that is installed
    done = subprocess.run(command, cwd=code, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return out


def show(archive: Path, old: Store, new: Store, most: int) -> None:
    """Counts per table that differs, then rows."""
    paths = {row["report_id"]: row["source_path"] for store in (old, new) for row in store.rows("reports")}
    print(f"\n{archive}: {len(paths)} reports")
    for table in filter(None, differences(old, new)):
        print(
            f"{table.table}: {table.before} → {table.after}, {len(table.gained)} gained, {len(table.lost)} lost, "
            f"{len(table.changed)} changed" + (f" ({table.columns})" if table.columns else "")
        )
        for line in _lines(table, paths, most):
            print(f"  {line}")


def _lines(table: TableDifference, paths: dict[str, str], most: int) -> Iterable[str]:
    hidden = {report for report, path in paths.items() if Path(path).stem in UNREAD and "genre" in Path(path).parts}
    for sign, rows in (("+", table.gained), ("-", table.lost)):
        read = [row for row in rows if row.get("report_id") not in hidden]
        for row in read[:most]:
            yield f"{sign} {paths.get(str(row.get('report_id')))} {headline(row)}  {row.get('quote') or ''}"
    for change in [one for one in table.changed if one.new.get("report_id") not in hidden][:most]:
        told = (f"{name}: {before} → {after}" for name, (before, after) in change.columns.items())
        yield f"~ {paths.get(str(change.new.get('report_id')))} {change.new.get('quote') or headline(change.new)}  {'; '.join(told)}"


if __name__ == "__main__":
    main()
