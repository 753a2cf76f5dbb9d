"""Plain text made from PDF: breaks at the margin, page numbers between, numbers cut from what they count."""

from hashlib import sha256

import pytest
import regex
from renderers import plain_text

from extractor.reading import describe, read

UNIT = regex.compile(r"[!-~]+|[《“（〔「]*.[，。、；：！？》”）〕」％…]*")


def text_of(written: str) -> str:
    data = written.encode()
    return read(describe("a.txt", data, sha256(data).hexdigest()), data).text


def across(text: str) -> float:
    return sum(1.0 if char >= "\u2000" else 0.5 for char in text)


def wrapped(paragraph: str, width: int, *, by_number: bool, indent: str) -> list[str]:
    """Lines as a program breaks them: where the next word has no room, or after so many characters."""
    if by_number:
        return [paragraph[at : at + width] for at in range(0, len(paragraph), width)]
    lines = [indent]
    for unit in UNIT.findall(paragraph):
        if across(lines[-1]) + across(unit) > width and lines[-1].strip():
            lines.append("")
        lines[-1] += unit
    return lines


@pytest.mark.parametrize("width", [24, 30, 38, 45, 60])
@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("number", ["- {} -", "{}", "第{}页"])
@pytest.mark.parametrize("by_number", [True, False])
def test_paragraphs_come_back(width: int, indent: str, number: str, by_number: bool) -> None:
    made: list[str] = []
    for paragraph in plain_text().split("\n"):
        for line in wrapped(paragraph, width, by_number=by_number, indent=indent):
            made.append(line)
            if len(made) % 24 == 21:
                made += ["", number.format(len(made) // 24 + 1), ""]
    wanted, found = plain_text().split("\n"), [line.strip() for line in text_of("\n".join(made)).split("\n")]
    assert len([line for line in wanted if line in found]) >= len(wanted) - 2


@pytest.mark.parametrize(
    "cut",
    ["全年共办理各类案件26⏎件，办结24件。", "支持率达到90.⏎5%以上，好于上年。", "（详见附件二中的说明⏎）全年办结。",
     "按《青石县管理办法⏎》执行，办结率提高。", "参加人员共计达到1200⏎余人次，好于上年。", "出台《⏎青石县管理办法》两项。",
     "各项工作好于上年，自201⏎8年起逐年提高。", "全年平稳有序，共受理1⏎2件。", "落实《工作要点》（青政发〔20⏎21〕5号）的要求。"],
)  # fmt: skip
def test_what_no_line_ends_or_begins_with_goes_on(cut: str) -> None:
    assert text_of(cut.replace("⏎", "\n")) == cut.replace("⏎", "")


@pytest.mark.parametrize(
    "kept",
    ["索引号：113300018-121249\n公开方式：主动公开", "受理\n12\n件", "青石镇人民政府\n2022年1月20日",
     "一、主要做法\n12.5%的村完成", "甲村\n1\n乙村\n2\n丙村\n3", "（一）总体情况。\n全年平稳。",
     "联系人：王小满，电话：0717-4567\n2023年1月5日", "受理、办结各类案件合计 12\n2023年"],
)  # fmt: skip
def test_lines_of_their_own_stay(kept: str) -> None:
    assert text_of(kept) == kept


def test_page_numbers_count_on_and_numbers_of_rows_do_not() -> None:
    page = "\n".join(["全年各项工作平稳有序推进，制度建设取得明显成效，群众评价好于上年，" + "又" * 3] * 12)
    assert "\n7\n" not in text_of(f"{page}\n7\n{page}\n8\n{page}")
    assert "\n7\n" in text_of(f"{page}\n7\n{page}\n19\n{page}")
