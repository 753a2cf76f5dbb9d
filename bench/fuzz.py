"""Mutated files of a format against its reader: no crash, no hang, no memory beyond 1 GiB, no stray exception.

Comes in: `python bench/fuzz.py pdf|ofd|docx|html|mhtml|txt|zip|tgz|7z [count] [first seed]`. Each seed gives one mutation of one sample
file (bytes flipped, cut, doubled, numbers blown up, dictionary words inserted; members of a zip are mutated inside).
A worker process reads them under a limit of memory; silence for 20 s of its processor time is a hang, its death a crash. Goes out: counts by
outcome, the seeds of all faults, exit status 1 if there is one. Recognition is off: it is no part of parsing.
"""

import gzip
import os
import random
import re
import resource
import selectors
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from processes import processor_seconds

ROOT = Path(__file__).resolve().parent.parent
_SILENCE = 20.0
_MEMORY = 1 << 30
_WORDS = {
    "pdf": (b"/Kids", b"/Length", b"/Count", b"/Rotate 90", b"/MediaBox[0 0 1e9 1e9]", b"endobj", b"stream", b"R", b"<<", b">>", b"/ToUnicode"),
    "docx": (b"<w:p>", b"</w:p>", b"<w:tbl>", b'w:val="-1"', b"<!DOCTYPE a>", b"&amp;", b'w:gridSpan w:val="99999"'),
    "html": (b"<table>", b"</td>", b"<td colspan=99999>", b"<script>", b"<!--", b"\xff\xfe", b"&#x110000;", b"<div>" * 200,
             b"<ol reversed>", b"<ol type=a start=-1>", b"<li>", b"<li value=99999>", b"</ol>", b"<style>ol{list-style:none"),
    "mhtml": (b"boundary=", b"\n--", b"Content-Type: text/html\n\n", b"=E4=", b"base64", b"<div>" * 50, b"charset=utf-16"),
    "zip": (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"../", b"\x00" * 4, b".zip"),
    "tgz": (b"ustar", b"\x00" * 512, b"\x1f\x8b", b"../", b"77777777777", b"\x80\xff\xff\xff", b"L", b"x"),
    "7z": (b"7z\xbc\xaf", b"\xff" * 8, b"\x00" * 4, b"\x17\x06"),
    "ofd": (b"<ofd:TextObject>", b"</ofd:TextCode>", b'DeltaX="g 999999999 1e99"', b'CTM="nan 0 0 inf 0 0"', b"<!DOCTYPE a>", b"&a;",
            b'Boundary="0 0 0 0"', b"M 0 0 L nan 1e300", b"<ofd:Page>", b'Size="1e308"'),
    "txt": (b"\xff\xfe", b"\x00", b"\r\r\n", b"\xa1\xa1", b"\xef\xbb\xbf"),
}  # fmt: skip
ARCHIVES = ("zip", "tgz", "7z")
_NUMBER = re.compile(rb"[0-9]+")


def samples(kind: str) -> list[bytes]:
    """Files to start from: the sample archive's, and one rendered here."""
    sys.path.insert(0, str(ROOT / "bench"))
    from renderers import PRODUCERS, word_docx
    from renderers_word import lists_docx

    found = [path.read_bytes() for path in sorted((ROOT / "corpora/sample/reports").rglob(f"*.{kind}"))]
    if kind == "pdf":
        # Chromium's and LibreOffice's too, where they are on the machine
        made = [produce() for suffix, produce in PRODUCERS.values() if suffix == "pdf"]
        found += [data for data in made if data is not None]
    if kind == "docx":
        found += [word_docx(), lists_docx(everything=True)]
    if kind == "ofd":
        from renderers_word import small_ofd

        found.append(small_ofd())
    if kind == "html":
        from reading_html import pages

        found += list(pages().values())
    if kind in ("mhtml", *ARCHIVES):
        from reading_html import archives, as_mhtml, pages

        found += [as_mhtml(page) for page in pages().values()] if kind == "mhtml" else archives(kind)
    return found


def mutated(data: bytes, kind: str, chance: random.Random) -> bytes:
    """One mutation, the same for the same state of `chance`."""
    if kind in ("docx", "ofd") and chance.random() < 0.8:
        return _inside(data, kind, chance)
    if kind == "tgz" and chance.random() < 0.8:
        # a byte changed in the compressed stream ends it; the tar inside is what is to be tried
        return gzip.compress(mutated(gzip.decompress(data), "tar", chance), 1, mtime=0)
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(max(len(made), 1))
        what = chance.randrange(6)
        if what == 0 and made:
            made[at % len(made)] = chance.randrange(256)
        elif what == 1:
            del made[at : at + chance.randrange(1, 400)]
        elif what == 2:
            made[at:at] = made[at : at + chance.randrange(1, 400)]
        elif what == 3:
            made[at:at] = chance.choice(_WORDS["tgz" if kind == "tar" else kind])
        elif what == 4:
            found = _NUMBER.search(bytes(made), at)
            if found:
                made[found.start() : found.end()] = chance.choice(
                    (b"0", b"-1", b"65536", b"2147483648", b"999999999999")
                )
        elif what == 5 and chance.random() < 0.1:
            del made[at:]
    return bytes(made)


def _inside(data: bytes, kind: str, chance: random.Random) -> bytes:
    """A zip with one member mutated: mostly a part that is read, half of the time so that it stays XML."""
    raw = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        names = old.namelist()
        read = [
            name
            for name in names
            if name.lower().endswith(("document.xml", "styles.xml", "numbering.xml", ".rels", "content.xml"))
        ]
        chosen = chance.choice(read if chance.random() < 0.8 else names)
        for name in names:
            content = old.read(name)
            if name == chosen and chance.random() < 0.5 and name.endswith((".xml", ".rels")):
                content = _other_tree(content, chance)
            elif name == chosen:
                for _ in range(3):
                    at = chance.randrange(max(len(content), 1))
                    content = content[:at] + chance.choice(_WORDS[kind]) + content[at + chance.randrange(60) :]
            new.writestr(name, content)
    return raw.getvalue()


def _other_tree(content: bytes, chance: random.Random) -> bytes:
    """Well-formed XML with elements taken out, doubled, moved, renamed, or given other values."""
    from copy import deepcopy

    from lxml import etree

    root = etree.fromstring(content)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(chance.choice((1, 2, 4, 16, 64))):
        one, other = chance.choice(elements), chance.choice(elements)
        parent, what = one.getparent(), chance.randrange(6)
        if what == 0 and parent is not None:
            parent.remove(one)
        elif what == 1 and parent is not None and len(one) < 50:
            parent.append(deepcopy(one))
        elif what == 2 and other is not root and one not in other.iterdescendants() and one is not other:
            one.append(other)
        elif what == 3:
            one.tag = other.tag
        elif what == 4 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(("0", "-1", "9" * 12, "", "true", "甲", "%9%1")))
        elif what == 5:
            one.text = chance.choice(("甲" * 3000, "\n\n", "1" * 500, None))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def work(kind: str, first: int, last: int) -> None:
    """Read mutations `first` to `last`; a line per seed on stdout: what came of it."""
    from hashlib import sha256

    from extractor.errors import ReadingError
    from extractor.reading import describe, read

    starts = samples(kind)
    # address space: libraries reserve more than they use; 1 GiB above what the start took
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + _MEMORY, used + _MEMORY))
    for seed in range(first, last):
        chance = random.Random(seed)
        data = mutated(chance.choice(starts), kind, chance)
        print(f"start {seed}", flush=True)
        try:
            if kind in ARCHIVES:
                outcome = _unpacked(kind, data)
            else:
                document = read(describe(f"a.{kind}", data, sha256(data).hexdigest()), data)
                outcome = "document" if document.text else "FAULT empty"
        except ReadingError as fault:
            outcome = fault.code
        except Exception as fault:  # what must not happen is what is looked for
            outcome = f"FAULT {type(fault).__name__}: {fault}"[:200].replace("\n", " ")
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > used + _MEMORY:
            outcome = "FAULT memory"
        print(f"end {outcome}", flush=True)


def _unpacked(kind: str, data: bytes) -> str:
    """Walk an archive and read each member: all or some of them read, or none."""
    from extractor.errors import ReadingError
    from extractor.reading.archives.walk import walk

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a.{kind}")
        path.write_bytes(data)
        read = refused = 0
        for member in walk([path]):
            try:
                read += member.status is None and len(member.read()) >= 0
                refused += member.status is not None
            except ReadingError:
                refused += 1
    return "all read" if read and not refused else "some read" if read else "refused"


def _run(kind: str, first: int, last: int, counts: Counter[str], faults: list[str]) -> int:
    """One worker until it ends or is ended; the seed to go on with."""
    command = [sys.executable, __file__, "--worker", kind, str(first), str(last)]
    environment = {**os.environ, "GOVREPORT_OCR": "0", "PYTHONPATH": str(ROOT)}
    seed = first - 1
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as worker,
        selectors.DefaultSelector() as waiting,
    ):
        answers = worker.stdout
        if answers is None:
            sys.exit("the worker has no output")
        os.set_blocking(answers.fileno(), False)
        waiting.register(answers, selectors.EVENT_READ)
        rest, open_seed = b"", False
        heard = 0.0
        while True:
            if not waiting.select(_SILENCE):
                if processor_seconds(worker.pid) - heard < _SILENCE:
                    # it waits for the machine
                    continue
                worker.kill()
                faults.append(f"{seed}: HANG")
                return seed + 1
            chunk = answers.read()
            if not chunk:
                break
            heard = processor_seconds(worker.pid)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                word, _, value = line.decode().partition(" ")
                if word == "start":
                    seed, open_seed = int(value), True
                elif word == "end":
                    open_seed = False
                    counts[value.split(":")[0]] += 1
                    if value.startswith("FAULT"):
                        faults.append(f"{seed}: {value}")
        if worker.wait() != 0 and open_seed:
            faults.append(f"{seed}: CRASH {worker.returncode}")
            return seed + 1
        if worker.returncode != 0 and seed < first:
            raise SystemExit("the worker does not start")
    return seed + 1


def main() -> int:
    """Run the fuzzing; print what came of it."""
    if sys.argv[1] == "--worker":
        work(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
        return 0
    kind = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    counts: Counter[str] = Counter()
    faults: list[str] = []
    start, seed = time.monotonic(), first
    while seed < first + count:
        seed = _run(kind, seed, min(seed + 2000, first + count), counts, faults)
    minutes = (time.monotonic() - start) / 60
    print(f"{kind}: {count} files in {minutes:.1f} min: " + ", ".join(f"{n} {k}" for k, n in counts.most_common()))
    print(f"{len(faults)} faults")
    for fault in faults[:40]:
        print(f"  seed {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
