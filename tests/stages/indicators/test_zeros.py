"""Zero statements: what did not happen is a row of value 0, each thing its own; denials of other kinds are none."""

import pytest

import extractor

_HEAD = "青禾镇人民政府2021年法治政府建设年度报告\n一、主要举措\n"


def zeros(text: str) -> list[tuple[str | None, str | None]]:
    """(name, key) of the rows of value 0."""
    found = extractor.extract(_HEAD + text).indicators
    return [(one.name, one.indicator) for one in found if one.value == 0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本年度无申请。", ["申请"]),
        ("2021年无依申请公开事项。", ["依申请公开事项"]),
        ("全年无诉讼、无复议案件。", ["诉讼", "复议案件"]),
        ("实现零上访、零事故、零投诉。", ["上访", "事故", "投诉"]),
        ("保持零败诉，零纠错。", ["败诉", "纠错"]),
        ("实现安全生产零事故、行政执法零投诉。", ["事故", "投诉"]),
        ("我镇未发生一起重大火灾。", ["重大火灾"]),
        ("全年未出现一例行政败诉案件。", ["行政败诉案件"]),
        ("行政诉讼无一例败诉，无一起越级上访。", ["败诉", "越级上访"]),
        ("政务公开工作没有收取费用。", ["费用"]),
        ("不存在信息公开收费的情况。", ["信息公开收费"]),
        ("未因信息公开被申请行政复议、提起行政诉讼。", ["因信息公开被申请行政复议、提起行政诉讼"]),
        ("全年行政诉讼案件为零。", ["行政诉讼案件"]),
    ],
)
def test_what_did_not_happen_is_zero(text: str, names: list[str]) -> None:
    assert [name for name, _ in zeros(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "全年未收到信息公开申请。",
        "全年未收到和处理政府信息公开申请。",
        "2021年未出现依申请公开和不予公开政府信息的情况。",
        "年内未收到公民、法人提出的政府信息公开申请。",
        "2021年无依申请公开事项。",
    ],
)
def test_no_requests_is_a_count_of_requests_and_none_of_what_was_published(text: str) -> None:
    assert [key for _, key in zeros(text)] == ["info_requests_received"]


@pytest.mark.parametrize(
    "text",
    [
        "力争实现零事故、零投诉。",
        "确保全年无重大安全事故。",
        "局面未发生变化。",
        "建设无障碍环境，零距离服务群众。",
        "部分事项未及时公开信息。",
        "群众无需申请，无法受理的一次告知。",
        "实现“零上访”目标。",
        "登记二〇二零案件线索。",
    ],
)
def test_no_zero(text: str) -> None:
    assert zeros(text) == []


def test_what_a_zero_belongs_to_is_its_subject() -> None:
    found = extractor.extract(_HEAD + "实现安全生产零事故。").indicators
    assert [(one.subject, one.name) for one in found] == [("安全生产", "事故")]
