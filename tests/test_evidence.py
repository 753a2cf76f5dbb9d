"""The contract on any text: quotes are slices, every numeral is accounted for once, nothing crashes."""

import itertools
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractor
from extractor.errors import ReadingError

_ARABIC = regex.compile(r"[0-9０-９]+")
_PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "一是",
        "第三条",
        "2021年",
        "全年",
        "共",
        "累计",
        "受理",
        "调处",
        "矛盾纠纷",
        "各类",
        "案件",
        "536起",
        "98.5%",
        "约",
        "近",
        "余",
        "以上",
        "不少于",
        "3.5万",
        "两",
        "百余\n",
        "",
        "",
        "",
        "《",
        "》",
        "〔2020〕4号",
        "（",
        "）",
        "[",
        "]",
        "，",
        "。",
        "；",
        "、",
        "：",
        "其中",
        "分别",
        "同比增长",
        "下降",
        "至",
        "—",
        "～",
        "万元",
        "人次",
        "律师",
        "宝府办",
        "令第711号",
        "关于印发",
        "的通知\n",
        "",
        "",
        "",
        "将",
        "力争",
        "确保",
        "到2025年",
        "下一步",
        "工作计划",
        "存在的问题",
        "不足",
        "未发生",
        "无",
        "零",
        "“",
        "”",
        "12345",
        "021-5668",
        "/",
        "GB/T",
        "9704",
        "千分之三",
        "三分之二",
        "半",
        "一半\n",
        "",
        "",
        "",
        "二〇二一年",
        "廿",
        "○",
        "２０２１",
        "⒈",
        "①",
        "Ⅱ",
        "\u3000",
        "\t",
        "\n",
        "\r\n",
        "\u200b",
        "🈶",
        "⼀",
        "㐀",
        "abc",
        "é",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=200)


def prove(extraction: extractor.Extraction, rows: dict[str, list[dict[str, object]]]) -> None:
    """Assert what TABLES.md promises of every row."""
    text = extraction.document.text
    ids: set[object] = set()
    for table, found in rows.items():
        for row in found:
            if "quote" in row and row["quote"] is not None:
                assert row["quote"] == text[row["char_start"] : row["char_end"]], (table, row)  # type: ignore[misc]
                assert row["quote"] != "", (table, row)
            assert all(value != "" for value in row.values()), (table, row)
        key = f"{table.removesuffix('s')}_id"
        if found and key in found[0] and table != "reports":
            ids |= {row[key] for row in found}
            assert len({row[key] for row in found}) == len(found)
    assert all(row["part_of"] in ids for row in rows["indicators"] if row["part_of"] is not None)
    numerals = sorted((row["char_start"], row["char_end"]) for row in rows["numerals"])
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(numerals))  # type: ignore[operator]
    covered = {at for start, end in numerals for at in range(start, end)}  # type: ignore[call-overload]
    for digits in _ARABIC.finditer(text):
        assert set(range(*digits.span())) <= covered, (digits, text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS)
def test_any_text_keeps_the_contract(text: str) -> None:
    try:
        extraction = extractor.extract(text)
    except ReadingError:
        return
    prove(extraction, extraction.to_rows())


@settings(max_examples=60)
@given(_TEXTS)
def test_the_same_text_gives_the_same_rows(text: str) -> None:
    try:
        first = extractor.extract(text).to_rows()
    except ReadingError:
        return
    assert extractor.extract(text).to_rows() == first


def test_sample_keeps_the_contract(root: Path) -> None:
    divisions = root / "corpora" / "sample" / "divisions.csv"
    for path in sorted((root / "corpora" / "sample" / "reports").rglob("*.*")):
        extraction = extractor.extract_file(path, divisions=divisions)
        prove(extraction, extraction.to_rows())


def test_real_reports_keep_the_contract(shared: Path) -> None:
    unexplained = numerals = 0
    for path in sorted((shared / "reports").rglob("*.txt")):
        extraction = extractor.extract_file(path)
        rows = extraction.to_rows()
        prove(extraction, rows)
        numerals += len(rows["numerals"])
        unexplained += extraction.unexplained
    assert unexplained < 0.01 * numerals


@pytest.mark.parametrize("cut", [0.25, 0.5, 0.9])
def test_a_report_cut_off_anywhere_keeps_the_contract(root: Path, cut: float) -> None:
    text = (root / "corpora/sample/reports/2021/yunling-2021.wrapped.txt").read_text(encoding="utf-8-sig")
    extraction = extractor.extract(text[: int(len(text) * cut)])
    prove(extraction, extraction.to_rows())
