"""The sentence that sums up (现将…报告如下): what it speaks of and which year; one reader for all stages."""

import pytest

from extractor.stages.structure.reported import reported_year, reports, sums_up


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        ("现将我镇2021年度法治工作情况报告如下:", "我镇2021年度法治工作情况", 2021),
        ("根据要求,现就青禾镇2022年依法行政情况汇报如下。", "青禾镇2022年依法行政情况", 2022),
        ("结合实际现将有关情况通报如下:", "有关情况", None),
        ("现将《甲镇规划(2021年)》落实情况,报告如下:", "《甲镇规划(2021年)》落实情况", None),
        ("现公布甲镇2023年政府信息公开工作年度报告。", "甲镇2023年政府信息公开工作", 2023),
    ],
)
def test_what_the_sentence_sums_up(text: str, words: str, year: int | None) -> None:
    found = sums_up(text)
    assert found is not None
    assert (found.words, found.year, found.several) == (words, year, False)
    assert reports(text)


@pytest.mark.parametrize(
    "text",
    ["现将甲镇2019年以来的工作报告如下:", "现将2019至2021年工作总结如下:", "现就近三年执法情况汇报如下:"],
)
def test_a_stretch_of_years_has_no_year(text: str) -> None:
    found = sums_up(text)
    assert found is not None
    assert (found.year, found.several) == (None, True)
    assert reported_year(text) is None


@pytest.mark.parametrize("text", ["实现2021年目标。报告如下:", "发现甲厂问题后报告如下", "现有干部20名。总结如下:"])
def test_what_sums_nothing_up(text: str) -> None:
    assert sums_up(text) is None


def test_the_title_tells_the_year_before_the_sentence() -> None:
    assert reported_year("甲镇2021年度工作报告\n现将甲镇2020年工作报告如下:") == 2021
