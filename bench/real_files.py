"""What reading makes of files that someone has: a folder of anything in, one line a file and a summary out.

Comes in: `python bench/real_files.py FOLDER [--slow SECONDS]`. Goes out, for each file that can be read: time per page,
share of letters that pdftotext (PDF) or LibreOffice (Word) gives and we do not, unexplained numerals, warnings; for
others the error. Last a summary with the most memory used; exit status 1 if anything fails with what is no error of
ours. Nothing of a file's text is printed. Tools that are not on the machine are left out.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from extractor.reading.assemble import mapped

_SECONDS = 120


def other_text(path: Path) -> str | None:
    """The text that pdftotext or LibreOffice gives; None without the tool, or where it has none for the format."""
    suffix = path.suffix.lower()
    if suffix == ".pdf" and shutil.which("pdftotext"):
        return _printed(["pdftotext", "-enc", "UTF-8", str(path), "-"])
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if suffix in (".doc", ".docx", ".rtf", ".odt", ".wps") and office:
        with tempfile.TemporaryDirectory() as folder:
            profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
            _printed(
                [
                    office,
                    profile,
                    "--headless",
                    "--convert-to",
                    "txt:Text (encoded):UTF8",
                    "--outdir",
                    folder,
                    str(path),
                ]
            )
            made = Path(folder, f"{path.stem}.txt")
            return made.read_text(encoding="utf-8", errors="replace") if made.is_file() else None
    return None


def _printed(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def lost_share(ours: str, theirs: str) -> float:
    """Share of their letters that we lack, each as often as it stands there (running heads are among them).

    >>> lost_share("甲乙", "甲乙丙甲")
    0.5
    """
    wanted = Counter(char for char in map(mapped, theirs) if char.isalnum())
    missing = wanted - Counter(char for char in ours if char.isalnum())
    return sum(missing.values()) / max(sum(wanted.values()), 1)


def tried(member: Any, context: Any) -> dict[str, Any]:
    """What came of one file."""
    from hashlib import sha256

    from extractor.datamodel.vocabulary import NumeralClass
    from extractor.errors import GovreportError
    from extractor.pipeline import extract_document
    from extractor.reading import describe, read

    start = time.perf_counter()
    try:
        data = member.read()
        document = read(describe(member.path, data, sha256(data).hexdigest()), data)
        read_in = time.perf_counter() - start
        extraction = extract_document(document, context)
    except GovreportError as fault:
        return {"outcome": fault.code}
    except Exception as fault:
        return {"outcome": f"CRASH {type(fault).__name__}: {fault}"[:120].replace("\n", " ")}
    numerals = [one.kind for one in extraction.numerals]
    return {
        "outcome": "read",
        "pages": max(len(document.pages), 1),
        "seconds": read_in,
        "text": document.text,
        "numerals": len(numerals),
        "unexplained": sum(kind is NumeralClass.UNEXPLAINED for kind in numerals),
        "warnings": len(extraction.warnings),
    }


def main() -> int:
    """Print a line for each file and the summary."""
    from extractor.pipeline import build_context
    from extractor.reading.archives.walk import walk

    folder = Path(sys.argv[1])
    slow = float(sys.argv[sys.argv.index("--slow") + 1]) if "--slow" in sys.argv else 1.0
    context, outcomes, losses = build_context(), Counter[str](), []
    totals: Counter[str] = Counter()
    for member in walk([folder]):
        if member.status is not None:
            outcomes[f"{member.status.value}"] += 1
            continue
        made = tried(member, context)
        outcomes[made["outcome"].partition(":")[0]] += 1
        if made["outcome"] != "read":
            print(f"{made['outcome']:<10} {member.path}", flush=True)
            continue
        each = made["seconds"] / made["pages"]
        path = folder / member.path
        theirs = other_text(path) if path.is_file() else None
        loss = None if theirs is None else lost_share(made["text"], theirs)
        losses += [] if loss is None else [loss]
        totals.update({name: made[name] for name in ("pages", "numerals", "unexplained")})
        print(
            f"{1000 * each:8.1f} ms/page{' SLOW' if each > slow else ''}  {made['pages']:>4} pages  "
            f"lost {'  –  ' if loss is None else f'{100 * loss:5.2f}'} %  {made['unexplained']:>3} of {made['numerals']} "
            f"numerals unexplained  {made['warnings']} warnings  {member.path}",
            flush=True,
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(", ".join(f"{count} {name}" for name, count in outcomes.most_common()))
    print(f"{totals['pages']} pages, {totals['unexplained']} of {totals['numerals']} numerals unexplained, ", end="")
    print(f"lost {100 * sum(losses) / max(len(losses), 1):.2f} % in the mean of {len(losses)} files, {memory:.0f} MB")
    return 1 if any(name.startswith("CRASH") for name in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
