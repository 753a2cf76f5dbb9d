"""What reading costs and loses: one report by four producers, as text and as pictures; speed beside other tools.

Comes in: `python bench/reading.py [text] [word] [ocr] [speed] [memory]`, all without arguments. Goes out: tables on stdout: character
error rate against the source, whether headings, indicators and citations equal those of the plain text, recognition
at 200 dpi (clean; noise and 1° of skew), milliseconds per page beside pdftotext and pdfplumber, peak memory of files with 20 and with 400 pages. `word`: the same for
Word files whose numbers are list formatting, for what LibreOffice makes of them, and characters per second beside
python-docx.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from renderers import PRODUCERS, plain_text, word_docx
from renderers_word import converted, lists_docx

_ROUNDS = 5


def document_of(data: bytes, name: str) -> Any:
    """The Document of a file."""
    from extractor.reading import describe, read

    return read(describe(name, data, sha256(data).hexdigest()), data)


def error_rate(text: str, source: str) -> float:
    """Edit distance per character of the source; white space and tabs count as nothing, line breaks do not."""
    from rapidfuzz.distance import Levenshtein

    def bare(value: str) -> str:
        return "".join(char for char in value if char not in " \t\u3000")

    return float(Levenshtein.distance(bare(text), bare(source)) / len(bare(source)))


def records(document: Any) -> dict[str, list[Any]]:
    """What the stages find, by what a table shows of it."""
    from extractor.pipeline import build_context, extract_document
    from extractor.tables.rows import rows_of

    rows = rows_of(extract_document(document, build_context()))
    return {
        "headings": [row["title"] for row in rows["sections"]],
        # a table is read as a table where there is one: its rows have no like in the plain text
        "indicators": [
            (row["name"], row["value"], row["unit"])
            for row in rows["indicators"]
            if "\t" not in _line_at(document.text, row["char_start"])
        ],
        "citations": [row["quote"] for row in rows["citations"]],
    }


def _line_at(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : len(text) if end < 0 else end]


def _score(found: list[Any], wanted: list[Any]) -> float:
    """F1 of two lists as multisets."""
    rest, hit = list(wanted), 0
    for item in found:
        if item in rest:
            rest.remove(item)
            hit += 1
    return 2 * hit / max(len(found) + len(wanted), 1)


def _compared(label: str, document: Any, source: str, wanted: dict[str, list[Any]], note: str = "") -> None:
    found = records(document)
    scores = "  ".join(f"{name} {_score(found[name], wanted[name]):.3f}" for name in wanted)
    print(f"  {label:<24} CER {100 * error_rate(document.text, source):.3f} %  {scores}  {note}", flush=True)


def _plain(files: dict[str, bytes]) -> None:
    source = plain_text()
    html_like = document_of(source.encode(), "a.txt")
    wanted = records(html_like)
    print(f"text: {len(source)} characters, " + ", ".join(f"{len(v)} {k}" for k, v in wanted.items()))
    for label, data in files.items():
        document = document_of(data, f"a.{PRODUCERS[label][0]}")
        # a table gives rows of its own: the plain text has it as lines
        _compared(label, document, source, wanted, f"{len(document.pages)} pages, {len(document.tables)} tables")


def _word(files: dict[str, bytes]) -> None:
    source = plain_text()
    wanted = records(document_of(source.encode(), "a.txt"))
    print(f"word: {len(source)} characters, " + ", ".join(f"{len(v)} {k}" for k, v in wanted.items()))
    made: dict[str, tuple[str, bytes | None]] = {
        "typed numbers": ("docx", word_docx()),
        "list numbers": ("docx", lists_docx()),
        **{f"LibreOffice .{suffix}": (suffix, converted(suffix)) for suffix in ("docx", "doc", "rtf", "odt")},
    }
    for label, (suffix, data) in made.items():
        if data is None:
            print(f"  {label}: not on this machine, left out")
            continue
        start = time.perf_counter()
        document = document_of(data, f"a.{suffix}")
        _compared(label, document, source, wanted, f"{time.perf_counter() - start:.2f} s")
    _word_speed()


def _word_speed() -> None:
    """Characters per second of a long file, beside paragraphs and cells as python-docx gives them."""
    import docx

    data = lists_docx(times=40)

    def plain() -> str:
        opened = docx.Document(BytesIO(data))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])

    length = len(document_of(data, "a.docx").text)
    ours, theirs = _best(lambda: document_of(data, "a.docx")), _best(plain)
    print(
        f"  {length} characters: govreport {length / ours / 1e6:.2f} million per second, "
        f"python-docx {length / theirs / 1e6:.2f} ({theirs / ours:.1f} ×)"
    )


def scanned(data: bytes, *, degraded: bool, pages: int | None = None) -> bytes:
    """The PDF as pictures at 200 dpi; `degraded`: noise and 1° of skew (a fixed seed)."""
    import numpy
    import pypdfium2
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    noise = numpy.random.default_rng(7)
    raw = BytesIO()
    canvas = Canvas(raw, invariant=1)
    with pypdfium2.PdfDocument(data) as pdf:
        for page in list(pdf)[:pages]:
            width, height = page.get_size()
            image = page.render(scale=200 / 72, grayscale=True).to_pil()
            if degraded:
                image = image.rotate(1, fillcolor=255, resample=Image.Resampling.BICUBIC)
                plane = numpy.asarray(image, dtype="float32") + noise.normal(0, 25, image.size[::-1])
                image = Image.fromarray(plane.clip(0, 255).astype("uint8"))
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(image), 0, 0, width, height)
            canvas.showPage()
    canvas.save()
    return raw.getvalue()


def _ocr(files: dict[str, bytes]) -> None:
    source = plain_text()
    wanted = records(document_of(source.encode(), "a.txt"))
    print("recognition at 200 dpi")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for label, data in files.items():
            if PRODUCERS[label][0] != "pdf":
                continue
            for degraded in (False, True):
                start = time.perf_counter()
                document = document_of(scanned(data, degraded=degraded), "a.pdf")
                each = (time.perf_counter() - start) / len(document.pages)
                name = f"{label}, {'degraded' if degraded else 'clean'}"
                _compared(name, document, source, wanted, f"{each:.1f} s per page; {document.warnings[0]}")


def _best(work: Callable[[], Any]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _speed(files: dict[str, bytes]) -> None:
    import pdfplumber

    print("milliseconds per page (best of 5; pdftotext with its start)")
    for label, data in files.items():
        if PRODUCERS[label][0] != "pdf":
            continue
        with tempfile.NamedTemporaryFile(suffix=".pdf") as stream:
            stream.write(data)
            stream.flush()
            pages = len(document_of(data, "a.pdf").pages)

            def plumbed() -> None:
                with pdfplumber.open(BytesIO(data)) as pdf:  # noqa: B023
                    for page in pdf.pages:
                        page.extract_text()

            ours, theirs = _best(lambda: document_of(data, "a.pdf")), _best(plumbed)  # noqa: B023
            line = f"  {label:<14} {pages} pages  govreport {1000 * ours / pages:7.2f}  pdfplumber "
            line += f"{1000 * theirs / pages:7.2f} ({theirs / ours:.1f} ×)"
            if shutil.which("pdftotext"):
                poppler = _best(lambda: subprocess.run(["pdftotext", stream.name, "-"], capture_output=True))
                line += f"  pdftotext {1000 * poppler / pages:7.2f} (ours {ours / poppler:.2f} × of it)"
            print(line, flush=True)


_PEAK = """
import resource, sys
from hashlib import sha256
from pathlib import Path
from extractor.reading import describe, read
data = Path(sys.argv[1]).read_bytes()
read(describe("a.pdf", data, sha256(data).hexdigest()), data)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _memory(files: dict[str, bytes]) -> None:
    """Peak memory of a process that reads one file, of few pages and of many."""
    print("peak memory of a process that reads one file")
    for label, data in files.items():
        if PRODUCERS[label][0] != "pdf":
            continue
        few, many = (_peak_of(_of_pages(data, count)) for count in (20, 400))
        print(f"  {label:<12} 20 pages {few / 1024:6.0f} MB  400 pages {many / 1024:6.0f} MB  "
              f"a page {(many - few) / 380:6.0f} kB")  # fmt: skip


def _of_pages(data: bytes, count: int) -> bytes:
    """The file's pages over and over, so many."""
    from pypdfium2 import PdfDocument

    source, made, raw = PdfDocument(data), PdfDocument.new(), BytesIO()
    # in one call: fonts are taken over once
    made.import_pages(source, [number % len(source) for number in range(count)])
    made.save(raw)
    return raw.getvalue()


def _peak_of(data: bytes) -> int:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
        command = [sys.executable, "-c", _PEAK, file.name]
        return int(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)


def main() -> None:
    """Print the tables asked for."""
    asked = sys.argv[1:] or ["text", "word", "speed", "memory", "ocr"]
    files = {}
    for label, (_, produce) in PRODUCERS.items():
        data = produce()
        if data is None:
            print(f"{label}: not on this machine, left out")
        else:
            files[label] = data
    if "keep" in asked:
        for label, data in files.items():
            Path(f"{label}.{PRODUCERS[label][0]}").write_bytes(data)
    for name, show in (("text", _plain), ("word", _word), ("speed", _speed), ("memory", _memory), ("ocr", _ocr)):
        if name in asked:
            show(files)


if __name__ == "__main__":
    main()
