"""Figures as people write them, words of every page in Chinese, text of strangers made visible."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from extractor.corpus.audit import CHECKS
from extractor.datamodel import vocabulary
from extractor.desk.figures import figure, number
from extractor.desk.listings import LISTINGS
from extractor.desk.marks import lines_of
from extractor.desk.pages.lists import FACET_LABELS
from extractor.desk.wording import worded
from extractor.languages import chinese_of_pages as chinese
from extractor.languages.visible import visible

HAN = re.compile("[一-龥]")
# what a page shows by name, of the closed sets
_SHOWN = (
    vocabulary.RegionLevel,
    vocabulary.Role,
    vocabulary.CitationKind,
    vocabulary.Strength,
    vocabulary.SourceStatus,
    vocabulary.Severity,
    vocabulary.Verdict,
    vocabulary.Approximation,
    vocabulary.Dimension,
    vocabulary.IssuerRelation,
    vocabulary.Confidence,
)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (36000.0, "3.6万", "36,000"),
        (9999.0, "9999", "9,999"),
        (10001.0, "1.0001万", "10,001"),
        (350_000_000_000.0, "3500亿", "350,000,000,000"),
        (98.5, "98.5", "98.5"),
        (0.0, "0", "0"),
        (-68_000_000.0, "-6800万", "-68,000,000"),
        (None, "", ""),
    ],
)
def test_numbers_are_written_as_people_write_them_and_lose_nothing(value: float | None, zh: str, en: str) -> None:
    assert (number(value), number(value, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("row", "zh"),
    [
        ({"value": 98.5, "unit": "%"}, "98.5%"),
        ({"value": 120_000_000.0, "unit": "元"}, "1.2亿元"),
        ({"value": 5.0, "unit": "个百分点", "role": "change"}, "+5个百分点"),
        ({"value": 300.0, "unit": "人", "approx": "about"}, "约300人"),
        ({"value": 3.0, "value_low": 3.0, "value_high": 5.0, "unit": "场"}, "3–5场"),
        ({"value": 12.0, "unit": None}, "12"),
        ({"value": None, "unit": "件"}, ""),
    ],
)
def test_a_figure_has_its_unit_range_and_approximation(row: dict[str, object], zh: str) -> None:
    assert figure(row) == zh


def words_of_pages(root: Path) -> set[str]:
    found = set()
    for path in (root / "extractor" / "desk").rglob("*"):
        if path.suffix in (".html", ".py"):
            found.update(re.findall(r"\bsay\(\s*\"([^\"]+)\"", path.read_text(encoding="utf-8")))
            found.update(re.findall(r"\bsay\(\s*'([^']+)'", path.read_text(encoding="utf-8")))
    for listing in LISTINGS:
        found |= {listing.title, *(cell.header for cell in listing.cells), *(f"by {name}" for name in listing.orders)}
    return (found | set(FACET_LABELS.values())) - {"by "}


def test_every_word_of_a_page_is_chinese(root: Path) -> None:
    words = words_of_pages(root)
    assert len(words) > 90
    assert sorted(word for word in words if not HAN.search(chinese(word))) == [], "add them to languages/zh_desk.txt"


@pytest.mark.parametrize("kind", _SHOWN, ids=lambda kind: kind.__name__)
def test_values_of_closed_sets_are_chinese(kind: type[StrEnum]) -> None:
    assert [value for value in kind if not HAN.search(worded(value, "zh"))] == []


def test_checks_have_chinese_names_and_english_keys_lose_their_marks() -> None:
    assert [check.id for check in CHECKS if not HAN.search(chinese(check.id))] == []
    assert worded("not_mentioned", "en") == "not mentioned"
    assert worded("2021/a_b.pdf", "en") == "2021/a_b.pdf"
    assert (worded(True, "en"), worded(True, "zh")) == ("yes", "是")


@pytest.mark.parametrize(
    ("english", "zh"),
    [
        ("the parts add up to 613, the total is 623 件", "分项相加为 613，合计为 623 件"),
        ("3 in the report on 2021, 5 now: a change of 2, not 4 件", "2021 年报告为 3，今为 5：增减为 2，而非 4 件"),
        ("《甲法》 is repealed since 2021-01-01, replaced by 《乙法》", "《甲法》已于 2021-01-01 废止，代之以《乙法》"),
        ("《甲》 is not in the registry; nothing like it is there", "《甲》不在文件库中；库中没有相近的"),
    ],
)
def test_findings_are_said_in_chinese(english: str, zh: str) -> None:
    assert chinese(english) == zh


def test_hidden_controls_are_shown() -> None:
    assert visible("a\u202eb\u2066c\x1bd\x85\ne\t") == "a⟨RIGHT-TO-LEFT OVERRIDE⟩b⟨LEFT-TO-RIGHT ISOLATE⟩c␛d␦\ne\t"


@pytest.mark.parametrize(
    ("line", "title", "shown"),
    [
        ("1、责任更加健全。召开会议5次。", "责任更加健全", [("1、责任更加健全。", 3), ("召开会议5次。", 0)]),
        ("1、责任更加健全", "责任更加健全", [("1、责任更加健全", 3)]),
        ("1、责任更加健全。", "责任更加健全", [("1、责任更加健全。", 3)]),
        # a title that was joined from two lines is not found on the first: the line stays whole
        ("1、责任更加", "责任更加健全", [("1、责任更加", 3)]),
    ],
)
def test_a_heading_ends_where_its_sentence_begins(line: str, title: str, shown: list[tuple[str, int]]) -> None:
    section = {"char_start": 0, "level": 3, "title": title, "section_id": "a-s1"}
    found = lines_of(line, [], [section])
    assert [("".join(part.text for part in made.segments), made.level) for made in found] == shown
