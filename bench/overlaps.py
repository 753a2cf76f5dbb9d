"""How long overlaps and their shares take at N reports: `python bench/overlaps.py [N]` (10,000 if not given).

Synthesised reports, not real ones: 5,000 places (N/2), two years each, 60 sentences a report: a third from
a stock of 400 that all share (some with words or numbers changed), a sixth taken from the place's own
report of the year before with new numbers, the rest made of words drawn at random. Goes out: seconds,
rows and peak memory on stdout.
"""

import random
import resource
import sys
import time
from typing import Any

from extractor.corpus.collection import Collection
from extractor.corpus.likeness.boilerplate import find_boilerplate
from extractor.corpus.likeness.overlaps import find_overlaps

_WORDS = [
    "加强",
    "推进",
    "完善",
    "规范",
    "开展",
    "落实",
    "行政",
    "执法",
    "普法",
    "宣传",
    "调解",
    "纠纷",
    "矛盾",
    "化解",
    "法律",
    "顾问",
    "服务",
    "群众",
    "干部",
    "培训",
    "制度",
    "机制",
    "监督",
    "考核",
    "村居",
    "网格",
    "信访",
    "公开",
    "信息",
    "合同",
    "审查",
    "决策",
    "程序",
    "队伍",
    "建设",
    "治理",
    "示范",
    "平台",
    "案件",
    "台账",
    "专项",
    "整治",
    "安全",
    "生产",
    "环境",
    "土地",
    "农村",
    "社区",
    "学校",
    "企业",
    "法治",
    "责任",
    "清单",
    "权力",
    "运行",
    "评估",
    "风险",
    "排查",
    "联动",
    "联席",
]
_SENTENCES = 60


def _sentence(draw: random.Random) -> str:
    return "".join(draw.choices(_WORDS, k=draw.randint(9, 22))) + f"{draw.randint(1, 999)}件。"


def _changed(draw: random.Random, sentence: str) -> str:
    """With a new number, and now and then a word put in."""
    body = sentence.rstrip("0123456789件。")
    at = draw.randrange(len(body) // 2) * 2
    word = draw.choice(_WORDS) if draw.random() < 0.3 else ""
    return f"{body[:at]}{word}{body[at:]}{draw.randint(1, 999)}件。"


def texts(count: int) -> list[str]:
    """Reports of `count` // 2 places, this year's behind last year's; the same for the same count."""
    draw = random.Random(20)
    stock = [_sentence(draw) for _ in range(400)]
    made: list[list[str]] = []
    for at in range(count):
        before = made[at - 1] if at % 2 else []
        copied = [_changed(draw, s) for s in draw.sample(before, min(len(before), _SENTENCES // 6))]
        common = [_changed(draw, s) if draw.random() < 0.5 else s for s in draw.sample(stock, _SENTENCES // 3)]
        fresh = [_sentence(draw) for _ in range(_SENTENCES - len(copied) - len(common))]
        sentences = [*copied, *common, *fresh]
        draw.shuffle(sentences)
        made.append(sentences)
    return ["\n".join(sentences) for sentences in made]


def main() -> None:
    """Print time, rows and memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    made = texts(count)
    reports: list[dict[str, Any]] = [
        {
            "report_id": f"r{at:06}",
            "source_path": f"{at:06}.txt",
            "issuer": f"{at // 2}镇",
            "report_year": 2021 + at % 2,
        }
        for at in range(count)
    ]
    tables: dict[str, list[dict[str, Any]]] = {"reports": reports}
    collection = Collection(tables, lambda report_id: made[int(report_id[1:])])
    start = time.perf_counter()
    tables["overlaps"] = list(find_overlaps(collection))
    found = time.perf_counter()
    shares = list(find_boilerplate(collection))
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{count} synthesised reports, {sum(map(len, made)):,} characters")
    print(
        f"overlaps {found - start:.0f} s, {len(tables['overlaps']):,} rows; shares {end - found:.0f} s, {len(shares):,} rows"
    )
    print(f"peak memory {peak:.1f} GiB")


if __name__ == "__main__":
    main()
