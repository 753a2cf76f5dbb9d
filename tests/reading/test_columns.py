"""Tables in plain text: cells set apart by tabs, bars or spaces; and what only looks like columns."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.datamodel.document import Document
from extractor.reading import describe, read

HEAD = "青禾镇2023年法治政府建设年度报告\n一、主要成效\n全年办结案件12件。\n"
ROWS = [["项目", "2022年", "2023年"], ["调处矛盾纠纷（起）", "132", "1,150"], ["办结率", "98.2%", "无"]]


def document_of(written: str) -> Document:
    data = written.encode()
    return read(describe("a.txt", data, sha256(data).hexdigest()), data)


def cells_of(document: Document) -> list[list[tuple[int, str]]]:
    return [
        [(cell.column, document.text[cell.span.start : cell.span.end]) for cell in table.cells]
        for table in document.tables
    ]


def wanted(rows: list[list[str]]) -> list[tuple[int, str]]:
    return [(column, cell) for row in rows for column, cell in enumerate(row)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", ["\t", "  ", "　　", "     "])
def test_rows_of_cells_are_a_table(between: str, end: str) -> None:
    written = HEAD + "\n".join(between.join(row) for row in ROWS) + "\n二、不足\n机制还不健全。"
    document = document_of(written.replace("\n", end))
    assert cells_of(document) == [wanted(ROWS)]
    assert document.text.endswith("\n二、不足\n机制还不健全。")


@pytest.mark.parametrize("rule", ["| --- | ---: | :---: |", "|---|---|---|"])
def test_markdown_tables_lose_their_rule(rule: str) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in ROWS]
    document = document_of(HEAD + "\n".join([lines[0], rule, *lines[1:]]))
    assert cells_of(document) == [wanted(ROWS)]
    assert "---" not in document.text


def test_empty_cells_of_tabbed_rows_keep_their_column() -> None:
    document = document_of(HEAD + "项目\t上年\t本年\n走访（户）\t\t30\n调处（起）\t12\t14")
    assert cells_of(document)[0][3:6] == [(0, "走访（户）"), (1, ""), (2, "30")]


@pytest.mark.parametrize(
    "prose",
    [
        "目录\n一、总体情况\t1\n二、主要成效\t3\n三、存在的问题\t7",  # contents
        "主要领导  张青山\n分管领导  李禾田\n联系人  王小满",  # names
        "办结案件  12件\n调处纠纷  30起\n走访农户  44户",  # a first row of figures is no head
        "项目  数量\n调处纠纷  30起",  # one row is no table
        "会议  次数\n召开了会议。  3\n开展了宣传。  4",  # sentences
        "　　全年平稳。\n　　办结12件。\n　　调处3起。",  # indents
    ],
)
def test_what_only_looks_like_columns_stays(prose: str) -> None:
    document = document_of(HEAD + prose)
    assert not document.tables
    assert "".join(document.text.split()) == "".join((HEAD + prose).split())


@given(
    st.lists(
        st.sampled_from(["", "全年办结12件，", "一、成效", "甲  乙", "项目\t数", "走访\t3", "| a | 1 |"]), max_size=9
    )
)
def test_line_ends_do_not_matter(lines: list[str]) -> None:
    texts = {document_of("青禾镇工作报告\n" + end.join(lines)).text for end in ("\n", "\r\n", "\r")}
    assert len(texts) == 1
