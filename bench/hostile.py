"""Hostile files against the whole way from the file to the rows: `python bench/hostile.py [floods|bombs] [--sizes 250,500,1000] [--only NAME]`.

Floods are texts of one thing over and over (digits, 万, brackets, spaces …) at growing sizes in kB: the time must grow
no faster than they do. Bombs are files that unfold: each is refused within 2 s and 500 MB. Every case has a
process of its own, whose seconds of the processor and peak of memory are measured and which is ended after a minute;
what is read to its end may take 20 s and 1 GB. Goes out: a table,
exit status 1 if a case is beyond its bound. `--stages` tells the seconds of each stage of a flood.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from hostile_files import BOMBS

# what is written over and over; the head makes it a report
FLOODS = {
    "digit": "1", "zero": "0", "万": "万", "1万": "1万", "亿": "亿", "一": "一", "十": "十", "百分之": "百分之", "%": "%", "1%": "1%",
    "digits and points": "1.", "digits and commas": "1,", "1、": "1、", "1-": "1-", "1/": "1/", "（": "（", "(": "(", "）": "）",
    "（1）": "（1）", "（一）": "（一）", "《": "《", "》": "》", "《》": "《》", "《甲": "《甲", "〈": "〈", "〔": "〔", "〔2021〕": "〔2021〕",
    "〔2021〕1号": "〔2021〕1号", "甲发〔": "甲发〔", "“": "“", "”": "”", "“”": "“”", "space": " ", "wide space": "\u3000", "tab": "\t",
    "line end": "\n", "line of one": "1\n", "line of 一、": "一、\n", "line of 甲": "甲\n", "no width": "\u200b", "radical": "⼀", "private": "\ue000",
    "、": "、", "，": "，", "。": "。", "；": "；", "：": "：", "——": "——", "…": "…", "①": "①", "第": "第", "第一": "第一", "年": "年",
    "2021年": "2021年", "1月": "1月", "号": "号", "的": "的", "和": "和", "县": "县", "镇": "镇", "一是": "一是", "零": "零", "无": "无", "将": "将",
    "latin": "a", "甲": "甲", "件": "件", "12件": "12件", "件，": "件，", "政府": "政府", "同比": "同比", "增长": "增长", "根据": "根据",
    "根据《": "根据《", "其中": "其中", "元": "元", "元/": "元/", "开展": "开展", "开展活动12次，": "开展活动12次，", "办结案件12件。": "办结案件12件。",
    "责任单位：": "责任单位：", "截至": "截至", "surrogate": "𠀀", "combining": "\u0301", "crlf": "\r\n",
}  # fmt: skip
_HEAD = "青禾镇2021年法治政府建设工作报告\n一、工作成效\n"
# of a refused file, of one that is read
_BOUNDS = ((2.0, 500.0), (20.0, 1000.0))
# nothing, no text, no Chinese: known when all was read
_READ = ("read", "skipped", "E201", "E205", "E208")
_PATIENCE = 600
# four times the text may take so many times as long: clocks on a shared machine waver
_GROWTH = 6.0
# a time below this is told by the start of things, not by the flood
_SMALL = 0.5


def flood(unit: str, kilobytes: int) -> str:
    """A report of that size in UTF-8 which is the unit over and over."""
    return _HEAD + unit * (kilobytes * 1000 // len(unit.encode()))


def apart(work: Callable[[], str]) -> tuple[str, float, float]:
    """Outcome, seconds and peak megabytes of work in a process of its own."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        resource.setrlimit(resource.RLIMIT_CPU, (_PATIENCE, _PATIENCE))
        try:
            outcome = work()
        except MemoryError:
            outcome = "MemoryError"
        except BaseException as fault:  # what must not happen is what is looked for
            outcome = f"FAULT {type(fault).__name__}: {fault}"[:200].replace("\n", " ")
        os.write(theirs, outcome.encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as answers:
        said = answers.read().decode()
    _, _, used = os.wait4(child, 0)
    outcome = said or "ended by the clock or by the system"
    return outcome, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def extracted(name: str, data: bytes, context: Any) -> str:
    """What becomes of a file: what `extract` does with it, from the file to the rows."""
    from extractor.reading.archives.walk import walk
    from extractor.runs.work import extract_member

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        said = set()
        for member in walk([path]):
            if member.status is not None:
                said.add((member.detail or "")[1:5] if (member.detail or "").startswith("[") else member.status.value)
                continue
            result = extract_member(member, "0" * 16, context)
            said.add((result.detail or "")[1:5] if result.detail else "read")
            if result.detail and "[E000]" in result.detail:
                return f"FAULT {result.detail}"
    return ", ".join(sorted(said)) or "nothing"


def timed_stages(text: str, context: Any) -> str:
    """Seconds of each stage."""
    from extractor.datamodel.claims import Claims
    from extractor.pipeline import run_stage
    from extractor.reading import describe, read
    from extractor.stages import STAGES, Progress

    data, took, start = text.encode(), {}, time.monotonic()
    document = read(describe("a.txt", data, sha256(data).hexdigest()), data)
    took["read"] = time.monotonic() - start
    so_far = Progress(Claims(len(document.text)))
    for stage in STAGES:
        start = time.monotonic()
        run_stage(stage, document, so_far, context)
        took[stage.name] = time.monotonic() - start
    return ", ".join(f"{name} {seconds:.2f}" for name, seconds in took.items() if seconds > 0.1)


def floods(sizes: Sequence[int], names: Sequence[str], context: Any, *, stages: bool) -> Iterator[bool]:
    """Print a line a flood; True for each that is within bounds."""
    print(f"{'flood':<24}" + "".join(f"{size:>7} kB" for size in sizes) + "   growth")
    for name in names:
        took, said = [], ""
        for size in sizes:
            text = flood(FLOODS[name], size)
            outcome, seconds, _ = apart(lambda text=text: extracted("a.txt", text.encode(), context))
            took.append(seconds)
            said = outcome if outcome.startswith(("FAULT", "ended", "Memory")) else said
        growth = took[-1] / max(took[0], 0.001)
        fine = not said and (took[-1] < _SMALL or growth < _GROWTH / 4 * sizes[-1] / sizes[0])
        print(
            f"{name:<24}" + "".join(f"{s:>10.2f}" for s in took) + f"{growth:>9.1f} {'' if fine else '!'} {said}",
            flush=True,
        )
        if stages and not fine:
            print("    " + apart(lambda text=text: timed_stages(text, context))[0], flush=True)
        yield fine


def bombs(names: Sequence[str], context: Any) -> Iterator[dict[str, Any]]:
    """What became of each bomb."""
    for name in names:
        file, make = BOMBS[name]
        data = make()
        outcome, seconds, megabytes = apart(lambda file=file, data=data: extracted(file, data, context))
        most_seconds, most_megabytes = _BOUNDS[any(word in outcome for word in _READ)]
        fine = (
            seconds <= most_seconds
            and megabytes <= most_megabytes
            and not outcome.startswith(("FAULT", "ended", "Memory"))
        )
        yield {
            "name": name,
            "bytes": len(data),
            "outcome": outcome,
            "seconds": seconds,
            "megabytes": megabytes,
            "fine": fine,
        }


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", choices=("floods", "bombs"))
    parser.add_argument("--sizes", default="250,500,1000")
    parser.add_argument("--only", action="append")
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--json", action="store_true", help="a JSON line a bomb")
    options = parser.parse_args()
    from extractor.pipeline import build_context
    from extractor.runs.work import extract_member  # noqa: F401  loaded once, before processes are forked

    os.environ["GOVREPORT_OCR"] = "0"
    context = build_context()
    # what is loaded when it is first needed
    apart_warm(context)
    fine = True
    if options.kind != "floods":
        for row in bombs([n for n in BOMBS if n in (options.only or BOMBS)], context):
            fine &= row["fine"]
            mark = "" if row["fine"] else " !"
            line = f"{row['name']:<44}{row['bytes']:>10} B {row['seconds']:>7.2f} s {row['megabytes']:>6.0f} MB  {row['outcome']}{mark}"
            print(json.dumps(row) if options.json else line, flush=True)
    if options.kind != "bombs":
        sizes = [int(size) for size in options.sizes.split(",")]
        fine &= all(
            [*floods(sizes, [n for n in FLOODS if n in (options.only or FLOODS)], context, stages=options.stages)]
        )
    return 0 if fine else 1


def apart_warm(context: Any) -> None:
    """Read one file of each kind here, so that the processes inherit what was loaded."""
    for path in sorted((ROOT / "corpora/sample/reports/2021").iterdir()):
        extracted(path.name, path.read_bytes(), context)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
