"""Each check of the audit with cases in which it must speak and cases in which it must be silent."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor.corpus.audit import CHECKS, Audited, audit, check_named, findings_of
from extractor.corpus.audit.required import load_required
from extractor.corpus.collection import Collection
from extractor.corpus.registry import Registry, RegistryEntry
from extractor.errors import BadConfig, MissingPath, UnknownRow
from extractor.languages import chinese_of_pages
from extractor.rules import load
from extractor.rules.first_in_force import load_first_in_force
from extractor.rules.gazetteer import load_gazetteer
from extractor.rules.repeals import load_repeals


def audited(archive: Any, **lists: Any) -> Audited:
    known = {"first_in_force": load_first_in_force(), **lists}
    return Audited(Collection(archive.tables, archive.texts.__getitem__), load_repeals(), **known)


def verdicts(archive: Any, check: str, **lists: Any) -> list[str]:
    found = list(findings_of(check_named(check), audited(archive, **lists)))
    unsaid = [row["message"] for row in found if chinese_of_pages(row["message"]) == row["message"]]
    assert unsaid == [], "add them to extractor/languages/zh_desk.txt"
    return [row["verdict"] for row in found]


def township(archive: Any, name: str, text: str, year: int = 2020, **columns: Any) -> None:
    base = {"division_code": "990101101", "region": "青山镇", "county": "青河县", "report_year": year}
    archive.report(name, text, **{**base, **columns})


def cited(archive: Any, title: str | None, number: str | None = None, year: int = 2020, **columns: Any) -> None:
    name = f"r{len(archive.texts)}"
    text = f"《{title}》（{number}）"
    township(archive, name, text, year)
    archive.cite(name, text, title, number, **columns)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([("甲镇防汛办法", "甲府〔2020〕1号"), ("甲镇选举细则", "甲府〔2020〕1号")], ["fail"], id="two-titles"),
        pytest.param([("甲镇防汛办法", "甲府〔2020〕1号"), ("甲镇防汛办法（试行）", "甲府〔2020〕1号")], [], id="bracket"),
        pytest.param([("甲镇防汛办法", "甲府〔2020〕1号"), ("甲镇选举细则", "甲府〔2020〕2号")], [], id="two-numbers"),
    ],
)  # fmt: skip
def test_number_with_two_titles(archive: Any, pairs: list[tuple[str, str]], expected: list[str]) -> None:
    for title, number in pairs:
        cited(archive, title, number)
    assert verdicts(archive, "citation.number_with_two_titles") == expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([("甲县2020年要点", "甲府〔2020〕6号"), ("甲县2020年要点", "甲府〔2020〕16号")], ["fail"], id="fail"),
        pytest.param([("甲县防汛通知", "甲府〔2019〕6号"), ("甲县防汛通知", "甲府〔2020〕6号")], ["uncertain"], id="anew"),
        pytest.param([("甲县防汛通知", "甲府〔2020〕6号"), ("甲县防汛通知", "甲委〔2020〕9号")], [], id="other-body"),
        pytest.param([("甲县2020年要点", "甲府〔2020〕6号"), ("甲县2020年要点", "甲府〔2020〕6号")], [], id="same"),
    ],
)  # fmt: skip
def test_title_with_two_numbers(archive: Any, pairs: list[tuple[str, str]], expected: list[str]) -> None:
    for title, number in pairs:
        cited(archive, title, number)
    assert verdicts(archive, "citation.title_with_two_numbers") == expected


# check, title, number, year of the report, other columns, verdicts
SINGLE: list[tuple[str, str, str | None, int, dict[str, Any], list[str]]] = [
    ("citation.number_malformed", "甲", "甲府〔2020〕012号", 2020, {"number_text": "甲府〔2020〕012号"}, ["fail"]),
    ("citation.number_malformed", "甲", "甲府〔2020〕12号", 2020, {}, []),
    ("citation.number_malformed", "甲", "国务院令711号", 2020, {}, []),
    ("citation.number_marks", "甲", "甲府〔2020〕1号", 2020, {"number_text": "甲府[2020]1号"}, ["fail"]),
    ("citation.number_marks", "甲", "甲府〔2020〕1号", 2020, {"number_text": "甲府﹝2020﹞1号"}, []),
    ("citation.later_than_report", "甲", "甲府〔2023〕1号", 2020, {}, ["fail"]),
    ("citation.later_than_report", "甲", "甲府〔2021〕1号", 2020, {}, ["uncertain"]),
    ("citation.later_than_report", "甲", "甲府〔2020〕1号", 2020, {}, []),
    ("citation.title_year_against_number", "甲县2018年工作要点", "甲府〔2020〕1号", 2020, {}, ["fail"]),
    ("citation.title_year_against_number", "甲县2021年工作要点", "甲府〔2020〕9号", 2020, {}, []),
    ("citation.repealed_law", "中华人民共和国合同法", None, 2022, {}, ["fail"]),
    ("citation.repealed_law", "信访条例", None, 2022, {}, ["uncertain"]),
    ("citation.repealed_law", "中华人民共和国合同法", None, 2020, {}, []),
    ("citation.repealed_law", "中华人民共和国合同法", None, 2022, {"relation": "废止"}, []),
    ("citation.not_yet_in_force", "中华人民共和国民法典", None, 2018, {"relation": "依据"}, ["fail"]),
    ("citation.not_yet_in_force", "民法典", None, 2020, {"relation": "落实"}, ["uncertain"]),
    ("citation.not_yet_in_force", "民法典", None, 2020, {"relation": "学习"}, []),
    ("citation.not_yet_in_force", "民法典", None, 2021, {"relation": "依据"}, []),
    ("citation.issuer_code_misfit", "中共青河县委员会关于加强党建的意见", "青府发〔2020〕1号", 2020, {}, ["fail"]),
    ("citation.issuer_code_misfit", "中共青河县委员会关于加强党建的意见", "青委发〔2020〕1号", 2020, {}, []),
    ("citation.issuer_code_misfit", "青河县人民政府关于防汛的通知", "青委〔2020〕1号", 2020, {}, ["fail"]),
    ("citation.issuer_code_misfit", "青河县人民政府关于防汛的通知", "青政发〔2020〕1号", 2020, {}, []),
    ("citation.issuer_code_misfit", "国务院关于加强法治政府建设的意见", "青府〔2010〕33号", 2020, {}, ["fail"]),
    ("citation.issuer_code_misfit", "国务院关于加强法治政府建设的意见", "国发〔2010〕33号", 2020, {}, []),
    ("citation.issuer_code_misfit", "本镇防汛通知", "白府〔2020〕3号", 2020, {"relation": "own"}, ["uncertain"]),
    ("citation.issuer_code_misfit", "本镇防汛通知", "青府〔2020〕3号", 2020, {"relation": "own"}, []),
    ("citation.issuer_code_misfit", "本镇防汛通知", "白府〔2020〕3号", 2020, {"relation": "落实"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("check", "title", "number", "year", "columns", "expected"), SINGLE)
def test_one_citation(
    archive: Any, check: str, title: str, number: str | None, year: int, columns: dict[str, Any], expected: list[str]
) -> None:
    cited(archive, title, number, year, **columns)
    assert verdicts(archive, check) == expected


REGISTRY = Registry(
    (
        RegistryEntry("mine", "甲府〔2020〕1号", "甲县防汛工作办法"),
        RegistryEntry("mine", "甲府〔2020〕2号", "甲县选举工作细则", status="失效"),
    ),
    load_gazetteer(load()),
)


@pytest.mark.parametrize(
    ("check", "title", "number", "expected"),
    [
        ("registry.not_found", "甲县防汛工作规定", "甲府〔2020〕7号", ["uncertain"]),
        ("registry.not_found", "甲县防汛工作办法", None, []),
        ("registry.not_found", "办法", None, []),
        ("registry.not_found", "中华人民共和国行政处罚法", None, []),
        ("registry.disagrees", "甲县消防工作细则", "甲府〔2020〕1号", ["fail"]),
        ("registry.disagrees", "甲县防汛工作办法", "甲府〔2020〕9号", ["fail"]),
        ("registry.disagrees", "甲县防汛工作办法（试行）", "甲府〔2020〕1号", []),
        ("registry.no_longer_valid", "甲县选举工作细则", None, ["uncertain"]),
        ("registry.no_longer_valid", "甲县防汛工作办法", None, []),
    ],
)
def test_registry(archive: Any, check: str, title: str, number: str | None, expected: list[str]) -> None:
    cited(archive, title, number)
    assert verdicts(archive, check, registry=REGISTRY) == expected
    assert verdicts(archive, check) == []


def test_the_nearest_registered_title_is_shown(archive: Any) -> None:
    cited(archive, "甲县防汛工作规定", "甲府〔2020〕7号")
    (row,) = findings_of(check_named("registry.not_found"), audited(archive, registry=REGISTRY))
    assert "nearest: 《甲县防汛工作办法》甲府〔2020〕1号" in row["message"]
    assert REGISTRY.closest("完全无关的东西") is None


def test_required_documents(archive: Any) -> None:
    cited(archive, "中华人民共和国行政处罚法")
    wanted = (
        RegistryEntry("w", None, "行政处罚法"),
        RegistryEntry("w", "甲府〔2020〕1号"),
        RegistryEntry("w", None, "行政复议法"),
    )
    rows = findings_of(check_named("completeness.required_not_cited"), audited(archive, required=wanted))
    assert [row["subject"] for row in rows] == ["甲府号", "行政复议法"]
    assert [row["verdict"] for row in rows] == ["fail", "fail"]


@pytest.mark.parametrize(("townships", "without", "expected"), [(4, 1, 1), (4, 2, 0), (4, 0, 0), (3, 1, 0)])
def test_cited_by_all_others(archive: Any, townships: int, without: int, expected: int) -> None:
    archive.tables["documents"] = [{"document_id": "D1", "title": "甲县办法", "number": None}]
    for n in range(townships):
        township(archive, f"r{n}", "落实《甲县办法》", division_code=f"99010110{n}")
        if n >= without:
            archive.cite(f"r{n}", "《甲县办法》", "甲县办法", document_id="D1")
    assert len(verdicts(archive, "completeness.cited_by_all_others")) == expected


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        ("受理纠纷10件，邻里4件，物业5件。", (10, 4, 5), ["fail"]),
        ("受理纠纷10件，邻里4件，物业6件。", (10, 4, 6), []),
        ("受理纠纷10件，其中邻里4件，物业5件。", (10, 4, 5), []),
        ("受理纠纷10件，其中邻里4件，物业8件。", (10, 4, 8), ["uncertain"]),
        ("受理纠纷10件，其中邻里4件，物业15件。", (10, 4, 15), ["fail"]),
    ],
)
def test_parts_and_total(archive: Any, text: str, figures: tuple[int, ...], expected: list[str]) -> None:
    township(archive, "a", text)
    quotes = [f"{name}{value}件" for name, value in zip(("纠纷", "邻里", "物业"), figures, strict=True)]
    total = archive.measure("a", quotes[0], float(figures[0]), "件", name="受理纠纷")
    for quote, value in zip(quotes[1:], figures[1:], strict=True):
        archive.measure("a", quote, float(value), "件", name=quote[:2], part_of=total["indicator_id"])
    assert verdicts(archive, "arithmetic.parts_and_total") == expected


@pytest.mark.parametrize(("share", "expected"), [("33.9", ["fail"]), ("32.0", []), ("32.1", [])])
def test_share_of_count(archive: Any, share: str, expected: list[str]) -> None:
    township(archive, "a", f"答复申请805件，其中公开258件，占{share}%。")
    total = archive.measure("a", "答复申请805件", 805.0, "件", name="答复申请")
    archive.measure("a", "公开258件", 258.0, "件", name="公开", part_of=total["indicator_id"])
    archive.measure("a", f"占{share}%", float(share), "%", name="占", value_text=share)
    assert verdicts(archive, "arithmetic.share_of_count") == expected


@pytest.mark.parametrize(
    ("first", "second", "name", "expected"),
    [
        ("调解矛盾纠纷5件。", "调解矛盾纠纷7件。", "调解矛盾纠纷", ["uncertain"]),
        ("调解矛盾纠纷5件。", "调解矛盾纠纷5件。", "调解矛盾纠纷", []),
        ("调解矛盾纠纷5件。", "今明两年调解矛盾纠纷7件。", "调解矛盾纠纷", []),
        ("城镇和农村住房5件、", "城镇和农村住房7件。", "城镇和农村住房", []),
    ],
)
def test_stated_twice(archive: Any, first: str, second: str, name: str, expected: list[str]) -> None:
    township(archive, "a", first + second)
    for quote, value in ((first, 5.0), (second, float(second[-3]))):
        archive.measure("a", quote[quote.index(name) : -1], value, "件", name=name)
    assert verdicts(archive, "arithmetic.stated_twice") == expected


@pytest.mark.parametrize(("tabled", "expected"), [(5.0, []), (7.0, ["fail"])])
def test_text_against_table(archive: Any, tabled: float, expected: list[str]) -> None:
    township(archive, "a", f"案件5件。表：案件{tabled:g}件")
    archive.measure("a", "案件5件", 5.0, "件", indicator="cases")
    archive.measure("a", f"案件{tabled:g}件", tabled, "件", indicator="cases", source="table")
    assert verdicts(archive, "arithmetic.text_against_table") == expected


@pytest.mark.parametrize(
    ("text", "change", "unit", "expected"),
    [
        ("调解矛盾纠纷120件，同比增长20%。", 20.0, "%", []),
        ("调解矛盾纠纷120件，同比增长30%。", 30.0, "%", ["uncertain"]),
        ("调解矛盾纠纷120件，比上年增加20件。", 20.0, "件", []),
        ("调解矛盾纠纷120件，比上年增加25件。", 25.0, "件", ["uncertain"]),
        ("调解矛盾纠纷120件，环境评分增长30%。", 30.0, "%", []),
    ],
)
def test_change_against_last_year(archive: Any, text: str, change: float, unit: str, expected: list[str]) -> None:
    township(archive, "a", "调解矛盾纠纷100件。", 2020)
    archive.measure("a", "调解矛盾纠纷100件", 100.0, "件", name="调解矛盾纠纷")
    township(archive, "b", text, 2021)
    archive.measure("b", "调解矛盾纠纷120件", 120.0, "件", name="调解矛盾纠纷")
    archive.measure("b", text[text.index("，") + 1 : -1], change, unit, role="change", name="增长")
    assert verdicts(archive, "arithmetic.change_against_last_year") == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("案件办结率", 120.0, ["fail"]),
        ("案件办结率", 100.0, []),
        ("群众满意率", 985.0, ["fail"]),
        ("年度任务完成率", 120.0, []),
        ("收入增长率", 150.0, []),
    ],
)
def test_share_above_all(archive: Any, name: str, value: float, expected: list[str]) -> None:
    quote = f"{name}{value:g}%"
    township(archive, "a", f"{quote}。")
    archive.measure("a", quote, value, "%", name=name)
    assert verdicts(archive, "plausibility.share_above_all") == expected


@pytest.mark.parametrize(
    ("before", "now", "unit", "expected"),
    [
        (12.0, 120000.0, "份", ["uncertain"]),
        (120000.0, 12.0, "份", ["uncertain"]),
        (12.0, 1100.0, "份", []),
        (9.0, 900.0, "份", []),
        (10.0, 1000.0, "份", ["uncertain"]),
        (0.0, 120000.0, "份", []),
        (12.0, 120000.0, "册", []),
    ],
)
def test_leap(archive: Any, before: float, now: float, unit: str, expected: list[str]) -> None:
    for name, year, value, measured in (("a", 2020, before, "份"), ("b", 2021, now, unit)):
        quote = f"发放资料{value:g}{measured}"
        township(archive, name, quote, year)
        archive.measure(name, quote, value, measured, indicator="publicity_leaflets")
    assert verdicts(archive, "plausibility.leap") == expected


def test_quotes_and_numerals(archive: Any) -> None:
    township(archive, "a", "案件3件")
    archive.measure("a", "案件3件", 3.0, "件")["quote"] = "案件4件"
    archive.row("numerals", "a", "3", **{"class": "unexplained"})
    assert verdicts(archive, "quote.mismatch") == ["fail"]
    assert verdicts(archive, "numeral.unexplained") == ["not_assessable"]
    archive.tables["indicators"][0]["quote"] = "案件3件"
    archive.tables["numerals"][0]["class"] = "indicator"
    assert verdicts(archive, "quote.mismatch") == verdicts(archive, "numeral.unexplained") == []


def test_a_check_that_is_off_finds_nothing(archive: Any) -> None:
    cited(archive, "甲", "甲府〔2023〕1号")
    assert [row["check"] for row in audit(audited(archive))] == ["citation.later_than_report"]
    assert audit(audited(archive), off={"citation.later_than_report"}) == []


def test_every_check_has_its_own_id() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    with pytest.raises(UnknownRow):
        check_named("nonsense")


def test_lists_are_read_and_faults_reported(tmp_path: Path) -> None:
    registry = tmp_path / "r.csv"
    registry.write_text("title,number\n甲县办法,甲府〔2020〕1号\n", encoding="utf-8-sig")
    assert load_required(registry) == (RegistryEntry("r.csv", "甲府〔2020〕1号", "甲县办法"),)
    plain = tmp_path / "l.txt"
    plain.write_text("# 必引\n《行政处罚法》\n甲府[2020]1号\n", encoding="utf-8")
    assert load_required(plain) == (RegistryEntry("l.txt", None, "行政处罚法"), RegistryEntry("l.txt", "甲府[2020]1号"))
    registry.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadConfig):
        load_required(registry)
    with pytest.raises(MissingPath):
        load_required(tmp_path / "none.csv")


def test_first_days_in_force_are_days() -> None:
    assert load_first_in_force()["民法典"] == date(2021, 1, 1)
