"""Distinct documents and registries: what joins, what never joins, how a match was found."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.corpus.derive import derive
from extractor.corpus.likeness.similar_titles import same_titles, similarity
from extractor.corpus.registry import Registry, RegistryEntry, load_registry
from extractor.errors import BadConfig, MissingPath
from extractor.rules import load
from extractor.rules.gazetteer import load_gazetteer
from extractor.runs.batch import Options, run
from extractor.tables.store import Store

RULE = "青山县安全生产责任制实施办法"


def cited(archive: Any, *titles: str, year: int = 2020, numbers: tuple[str | None, ...] = ()) -> list[dict[str, Any]]:
    for at, title in enumerate(titles):
        name = f"r{at}"
        archive.report(
            name, f"《{title}》", division_code=f"9901011{at:02}", county="青山县", region="镇", report_year=year
        )
        archive.cite(name, f"《{title}》", title, numbers[at] if numbers else None)
    tables = derive(archive.tables, archive.texts.__getitem__)
    return [{**row, "documents": len(tables["documents"])} for row in tables["citations"]]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param(RULE, "青山县安全生产责任制的实施办法", True, id="light-word"),
        pytest.param("青山县安全生产和消防责任实施办法", "青山县安全生产与消防责任实施办法", True, id="和-与"),
        pytest.param(
            "青山县落实安全生产和消防工作责任制实施办法",
            "青山县落实安全生产和消防工责任制实施办法",
            True,
            id="one-lost",
        ),
        pytest.param("青山县2020年安全生产工作要点", "青山县2021年安全生产工作要点", False, id="years"),
        pytest.param("青山县第一批安全生产检查事项清单", "青山县第二批安全生产检查事项清单", False, id="numerals"),
        pytest.param("青山县安全生产春季检查工作方案", "青山县安全生产秋季检查工作方案", False, id="exchanged"),
        pytest.param(
            "罗店镇落实安全生产和消防工作责任制办法", "罗镇落实安全生产和消防工作责任制办法", False, id="place"
        ),
        pytest.param(
            "青山县行政审批和服务事项不予公开目录管理办法",
            "青山县行政审批和服务事项予公开目录管理办法",
            False,
            id="sense",
        ),
        pytest.param("安全生产办法", "安全产办法", False, id="short"),
    ],
)
def test_titles_are_one_only_if_nothing_that_matters_differs(left: str, right: str, same: bool) -> None:
    assert bool(similarity(left, right)) is same
    assert similarity(left, right) == similarity(right, left)


@given(
    st.text("青山县安全生产和的责任制办法2019年", max_size=30),
    st.text("青山县安全生产和的责任制办法2019年", max_size=30),
)
def test_similarity_is_symmetric_and_whole_for_the_same(left: str, right: str) -> None:
    assert similarity(left, left) == 1
    assert similarity(left, right) == similarity(right, left)
    assert similarity(left, right) == 0 or similarity(left, right) >= 0.95


def test_other_writings_of_a_title_are_one_document(archive: Any) -> None:
    rows = cited(archive, RULE, RULE, "青山县安全生产责任制的实施办法")
    assert len({row["document_id"] for row in rows}) == 1
    assert [row["document_match"] for row in rows] == ["title", "title", "similar_title"]


def test_another_writing_joins_the_numbered_document(archive: Any) -> None:
    rows = cited(archive, RULE, "青山县安全生产责任制的实施办法", numbers=("青府发〔2019〕3号", None))
    assert len({row["document_id"] for row in rows}) == 1


def test_plans_of_two_years_stay_two_documents(archive: Any) -> None:
    rows = cited(archive, "青山县2020年安全生产工作要点", "青山县2021年安全生产工作要点")
    assert rows[0]["documents"] == 2


def test_two_candidates_are_refused() -> None:
    lost = "青山县落实安全生产消防工作责任办法"
    one, two = "青山县落实安全生产消防工作责任人办法", "青山县落实安全生产消防工作责任书办法"
    assert same_titles({lost: (False, 1), one: (False, 2)}) == {lost: one}
    assert same_titles({lost: (False, 1), one: (False, 2), two: (False, 3)}) == {}


def test_a_newspaper_is_no_document(archive: Any) -> None:
    archive.report("a", "《人民日报》", division_code="990101101", report_year=2020)
    archive.cite("a", "《人民日报》", "人民日报", rule="citation.no_document")
    tables = derive(archive.tables, archive.texts.__getitem__)
    assert tables["documents"] == []
    assert tables["citations"][0]["document_id"] is None


# --- registries

ENTRIES = (
    RegistryEntry("mine", "青府发〔2019〕3号", RULE, "青山县人民政府", "2019-05-01", "在用"),
    RegistryEntry("mine", None, "青山县法治政府建设规划（2021—2025年）", None, None, "在用"),
    RegistryEntry("mine", "青府发〔2020〕7号", "青山县重名办法", None, None, None),
    RegistryEntry("mine", "青府发〔2021〕7号", "青山县重名办法", None, None, None),
)


@pytest.mark.parametrize(
    ("number", "title", "how", "found"),
    [
        pytest.param("青府发〔2019〕3号", None, "number", RULE, id="number"),
        pytest.param("青府发(2019)第3号", "别的名称", "number", RULE, id="number-goes-first"),
        pytest.param(None, "青山县法治政府建设规划(2021-2025年)", "title", ENTRIES[1].title, id="title"),
        pytest.param(None, "青山县安全生产责任制的实施办法", "similar_title", RULE, id="similar"),
        pytest.param(None, "中华人民共和国行政处罚法", "law_title", "行政处罚法", id="law"),
        pytest.param(None, "青山县法治政府建设规划（2016—2020年）", None, None, id="other-years"),
        pytest.param("青府发〔2018〕9号", RULE, None, None, id="other-number"),
        pytest.param(None, "青山县重名办法", None, None, id="two-entries"),
        pytest.param("青府发〔2021〕7号", "青山县重名办法", "number", "青山县重名办法", id="number-decides"),
        pytest.param(None, None, None, None, id="nothing"),
    ],
)
def test_a_match_says_how_it_was_found(
    number: str | None, title: str | None, how: str | None, found: str | None
) -> None:
    match = Registry(ENTRIES, load_gazetteer(load())).match(number, title)
    assert (match.how if match else None, match.entry.title if match else None) == (how, found)


def test_a_registry_may_lack_columns_and_cells(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("title,number\n甲办法,\n,\n,甲府〔2020〕1号\n", encoding="utf-8-sig")
    assert load_registry(table) == (
        RegistryEntry("mine.csv", None, "甲办法"),
        RegistryEntry("mine.csv", "甲府〔2020〕1号"),
    )


def test_a_registry_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingPath, match="--registry"):
        load_registry(tmp_path / "none.csv")
    table = tmp_path / "mine.csv"
    table.write_text("name\n甲办法\n", encoding="utf-8")
    with pytest.raises(BadConfig, match="neither number nor title"):
        load_registry(table)
    table.write_bytes("title\n甲办法\n".encode("gb18030"))
    with pytest.raises(BadConfig, match="UTF-8"):
        load_registry(table)


def test_extraction_matches_documents_with_the_registry(tmp_path: Path) -> None:
    report, table = tmp_path / "report.txt", tmp_path / "mine.csv"
    report.write_text(f"报告\n一、落实《{RULE}》（青府发〔2019〕3号），学习行政处罚法。\n", encoding="utf-8")
    table.write_text(f"number,title,status\n青府发〔2019〕3号,{RULE},在用\n", encoding="utf-8")
    run([report], tmp_path / "out", Options(registries=(table,), bare_laws=True), workers=1)
    rows = Store(tmp_path / "out").rows("documents")
    assert {r["title"]: (r["registry"], r["matched_by"], r["registry_status"]) for r in rows} == {
        "中华人民共和国行政处罚法": ("laws", "law_title", None),
        RULE: ("mine.csv", "number", "在用"),
    }
