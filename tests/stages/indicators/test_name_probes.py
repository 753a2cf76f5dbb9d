"""Probes: one frame, one word exchanged, over the commonest words of jieba's dictionary.

Nobody can tune to them; each frame states the share that must be right. Words that cannot stand in the place (工作 as a
verb with an object, 全部 as a thing) are in the lists as the dictionary gives them, and count as wrong.
"""

from collections.abc import Callable

import pytest
from jieba import get_module_res

from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document
from extractor.pipeline import build_context, run_stage
from extractor.reading import describe
from extractor.stages import STAGES, Context, Progress
from extractor.stages.indicators.indicators import name_all, namer_of

_SHARE = 0.95
_MOST = 300


@pytest.fixture(scope="module")
def context() -> Context:
    return build_context()


@pytest.fixture(scope="module")
def commonest() -> Callable[[set[str]], list[str]]:
    """The commonest words of two syllables or more with one of the tags."""
    entries = [line.decode().split() for line in get_module_res("dict.txt")]

    def find(tags: set[str]) -> list[str]:
        words = [(-int(count), word) for word, count, tag in entries if tag in tags and len(word) > 1]
        return [word for _, word in sorted(words)[:_MOST]]

    return find


def _named(text: str, context: Context) -> tuple[str | None, str | None, str | None] | None:
    document = Document(f"一、成效\n{text}。\n", describe("probe.txt", b"", ""))
    so_far = Progress(Claims(len(document.text)))
    for stage in STAGES:
        if stage.makes == "indicators":
            break
        run_stage(stage, document, so_far, context)
    named = name_all(*namer_of(document, so_far, context))
    return (named[-1].verb, named[-1].object, named[-1].quantity.base) if named else None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("frame", "tags", "wanted"),
    [
        ("执法队{}物品18件", "v vn", ("{}", "物品", "件")),
        ("全年共{}企业45家", "v vn", ("{}", "企业", "家")),
        ("通过网格员上门{}老人18户", "v vn", ("{}", "老人", "户")),
        ("在辖区主要路段{}车辆18辆", "v vn", ("{}", "车辆", "辆")),
        ("举办{}培训班6期", "n", ("举办", "{}培训班", "期")),
        ("修订{}18份", "n", ("修订", "{}", "份")),
        ("走访18个{}", "n", ("走访", "{}", "个")),
        ("排查12{}", "n", ("排查", "{}", None)),
    ],
)
def test_probe(
    frame: str,
    tags: str,
    wanted: tuple[str, str, str | None],
    context: Context,
    commonest: Callable[[set[str]], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = commonest(set(tags.split()))
    verb, object_, unit = wanted
    wrong = {
        word: found
        for word in words
        if (found := _named(frame.format(word), context)) != (verb.format(word), object_.format(word), unit)
    }
    share = 1 - len(wrong) / len(words)
    with capsys.disabled():
        print(f"\n  probe {frame}: {share:.3f} of {len(words)}")
    assert share >= _SHARE, wrong
