"""How an archive of any size fares: `python bench/scale.py 1000 10000 [--workers 2] [--kills 50] [--keep FOLDER]`.

Comes in: sizes. Archives are made by corpora/generator (the same seed, the same bytes). Goes out, for each size: files
a second, seconds of each step, peak memory of the process tree, sizes, the share of a second run on the unchanged
archive. With --kills the first size is killed (the whole group, kill -9) at so many random moments: see kills.py.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_STEPS = (
    "plan",
    "extract",
    "documents",
    "tables",
    "comparison",
    "fulfilment",
    "overlaps",
    "boilerplate",
    "audit",
    "formats",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--formats", default="parquet,csv,duckdb,xlsx")
    parser.add_argument("--keep", type=Path, help="folder for archives and tables; a temporary one if not given")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary)
        lasted = {}
        for size in options.sizes:
            archive = place / f"archive-{size}"
            if not archive.is_dir():
                subprocess.run([sys.executable, ROOT / "corpora/generator/generate.py", archive, str(size)], check=True)
            lasted[size] = measure(archive, place / f"tables-{size}", size, options)
        if options.kills:
            from kills import campaign

            size = options.sizes[0]
            archive = place / f"archive-{size}"
            whole = place / f"tables-{size}"
            campaign(lambda out: command(archive, out, options), whole, lasted[size], place, options.kills)


def command(archive: Path, out: Path, options: argparse.Namespace) -> list[str]:
    """The run."""
    made = [
        sys.executable,
        "-m",
        "extractor",
        "extract",
        str(archive / "reports"),
        "-o",
        str(out),
        "-q",
        "--no-progress",
    ]
    return [
        *made,
        "--divisions",
        str(archive / "divisions.csv"),
        "-j",
        str(options.workers),
        "--formats",
        options.formats,
    ]


def measure(archive: Path, out: Path, size: int, options: argparse.Namespace) -> dict[str, float]:
    """One run, and one more on the unchanged archive; seconds of each step of the first."""
    first, status = timed(archive, out, options)
    again, _ = timed(archive, out, options)
    steps: dict[str, float] = status["steps"]
    print(f"{size} files, {options.workers} workers: {first:.0f} s, {status['files_per_second']} files/s of extraction")
    print("  seconds: " + ", ".join(f"{name} {steps.get(name, 0):.1f}" for name in _STEPS))
    merge = sum(seconds for name, seconds in steps.items() if name not in ("plan", "extract"))
    print(f"  merge {1000 * merge / size:.1f} ms a file; peak memory {status['peak_memory'] / 2**20:.0f} MB")
    print(f"  archive {bytes_of(archive) / 2**20:.0f} MB, tables {bytes_of(out) / 2**20:.0f} MB, of them shards "
          f"{bytes_of(out / '.govreport') / 2**20:.0f} MB")  # fmt: skip
    print(f"  again, unchanged: {again:.1f} s, {100 * again / first:.1f} % of the first run", flush=True)
    return steps


def timed(archive: Path, out: Path, options: argparse.Namespace) -> tuple[float, dict[str, Any]]:
    """Seconds and report of a run."""
    start = time.monotonic()
    subprocess.run(command(archive, out, options), cwd=ROOT, stderr=subprocess.DEVNULL, check=False)
    took = time.monotonic() - start
    return took, json.loads((out / ".govreport" / "status.json").read_text(encoding="utf-8"))


def bytes_of(folder: Path) -> int:
    """Bytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
