"""Milliseconds per report of each stage, and the whole as a ratio to `jieba.lcut` of the same text.

Comes in: the sample archive, and ../shared/reports where it is there. Goes out: a table on stdout. Both sides run in
this process, one after the other, several rounds, in processor time; the best round counts, since the machine is shared.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_ROUNDS = 3


def _best(work: Callable[[], Any]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def _each(documents: list[Any], work: Callable[[Any], Any]) -> None:
    for document in documents:
        work(document)


def main() -> None:
    """Print the table."""
    import jieba

    from extractor.datamodel.claims import Claims
    from extractor.pipeline import build_context, extract_document, run_stage
    from extractor.reading import describe, read
    from extractor.stages import STAGES, Progress

    context = build_context(divisions=ROOT / "corpora" / "sample" / "divisions.csv")
    for folder in (ROOT / "corpora" / "sample" / "reports", ROOT.parent / "shared" / "reports"):
        files = sorted(path for path in folder.rglob("*.*") if path.is_file())
        if not files:
            continue
        documents = []
        start = time.process_time()
        for path in files:
            data = path.read_bytes()
            documents.append(read(describe(path.name, data, sha256(data).hexdigest()), data))
        reading = time.process_time() - start
        # both dictionaries are loaded before anything is timed
        jieba.lcut("预热")
        for document in documents:
            extract_document(document, context)
        count, chars = len(documents), sum(len(document.text) for document in documents)
        print(f"{folder.parent.name}/{folder.name}: {count} reports, {chars} characters")
        print(f"  {'reading':<14}{1000 * reading / count:9.2f} ms per report")
        for stage in STAGES:
            best = float("inf")
            for _ in range(_ROUNDS):
                total = 0.0
                for document in documents:
                    so_far = Progress(Claims(len(document.text)))
                    for earlier in STAGES[: STAGES.index(stage)]:
                        run_stage(earlier, document, so_far, context)
                    begun = time.process_time()
                    run_stage(stage, document, so_far, context)
                    total += time.process_time() - begun
                best = min(best, total)
            print(f"  {stage.name:<14}{1000 * best / count:9.2f} ms per report")
        whole = _best(partial(_each, documents, lambda document: extract_document(document, context)))
        words = _best(partial(_each, documents, lambda document: jieba.lcut(document.text)))
        print(f"  {'whole':<14}{1000 * whole / count:9.2f} ms per report")
        print(f"  {'jieba.lcut':<14}{1000 * words / count:9.2f} ms per report")
        print(f"  ratio of the whole to jieba.lcut: {whole / words:.2f}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
