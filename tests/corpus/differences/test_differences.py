"""Row differences: rows are matched by place, over moved texts and renumbered ids; what did not change is not told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.cli import main
from extractor.corpus.differences.alignment import Alignment
from extractor.corpus.differences.differences import TableDifference, differences
from extractor.corpus.differences.matching import by_place
from extractor.runs.batch import Options, run
from extractor.tables.store import Store

Extracted = Callable[[str, dict[str, str]], Store]
TEXT = (
    "青禾镇2021年法治政府建设年度报告\n一、主要工作\n全镇调处矛盾纠纷536起，开展培训3场。\n"
    "按照《青禾县信访办法》（青府办〔2021〕12号）办结信访件40件。\n二、存在问题\n执法力量不足。\n"
    "三、下一步工作\n2022年底前新建调解工作室4个。\n"
)


@pytest.fixture
def extracted(tmp_path: Path) -> Extracted:
    """Makes the tables of texts, by name of their files."""

    def make(name: str, texts: dict[str, str]) -> Store:
        archive = tmp_path / name / "in"
        archive.mkdir(parents=True)
        for path, text in texts.items():
            (archive / path).write_text(text, encoding="utf-8")
        run([archive], tmp_path / name / "out", Options(), workers=1)
        return Store(tmp_path / name / "out")

    return make


def differing(old: Store, new: Store) -> dict[str, TableDifference]:
    return {one.table: one for one in differences(old, new) if one}


def test_a_text_moved_by_a_line_changes_no_row_of_its_body(extracted: Extracted) -> None:
    old = extracted("old", {"a.txt": TEXT})
    new = extracted("new", {"a.txt": TEXT.replace("一、主要工作\n", "一、主要工作\n镇村干部各司其职。\n")})
    found = differing(old, new)
    # the file itself is another: other bytes, more characters, and the shares of what is long
    assert set(found) <= {"sources", "reports", "boilerplate"}
    assert not any(one.gained or one.lost for one in found.values())


def test_an_indicator_more_renumbers_the_others_and_changes_only_itself(extracted: Extracted) -> None:
    old = extracted("old", {"a.txt": TEXT})
    new = extracted("new", {"a.txt": TEXT.replace("全镇调处", "排查隐患7处。全镇调处")})
    found = differing(old, new)
    assert [(row["value"], row["unit"]) for row in found["indicators"].gained] == [(7.0, "处")]
    assert (found["indicators"].lost, found["indicators"].changed) == ([], [])
    assert [row["quote"] for row in found["numerals"].gained] == ["7"]
    assert (found["numerals"].lost, found["numerals"].changed) == ([], [])


def test_another_number_is_a_change_and_not_a_loss(extracted: Extracted) -> None:
    old = extracted("old", {"a.txt": TEXT})
    new = extracted("new", {"a.txt": TEXT.replace("536起", "541起").replace("〔2021〕12号", "〔2021〕13号")})
    found = differing(old, new)
    (change,) = found["indicators"].changed
    assert change.columns["value"] == (536.0, 541.0)
    assert not found["indicators"].gained + found["indicators"].lost
    (cited,) = found["citations"].changed
    assert cited.columns["number"] == ("青府办〔2021〕12号", "青府办〔2021〕13号")


def test_reports_that_came_and_went(extracted: Extracted) -> None:
    other = TEXT.replace("青禾", "石桥").replace("536", "77")
    found = differing(extracted("old", {"a.txt": TEXT}), extracted("new", {"b.txt": other}))
    assert [row["source_path"] for row in found["reports"].gained] == ["b.txt"]
    assert [row["source_path"] for row in found["reports"].lost] == ["a.txt"]
    assert {77.0, 3.0, 40.0, 4.0} == {row["value"] for row in found["indicators"].gained}


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param([(0, 4)], [(0, 4)], [(0, 0)], id="same span"),
        pytest.param([(2, 6)], [(0, 6)], [(0, 0)], id="a name that grew"),
        pytest.param([(0, 4), (5, 9)], [(5, 9)], [(1, 0)], id="one went"),
        pytest.param([(0, 4)], [(4, 8)], [], id="neighbours are two"),
        pytest.param([(0, 2)], [(0, 40)], [], id="a word is not the paragraph around it"),
        pytest.param([(0, 40), (0, 9), (9, 40)], [(0, 40), (9, 40)], [(0, 0), (2, 1)], id="nested"),
        pytest.param([(3, 3)], [(3, 3)], [(0, 0)], id="empty"),
    ],
)
def test_rows_are_matched_by_place(
    old: list[tuple[int, int]], new: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    ours, theirs = ([{"char_start": a, "char_end": b} for a, b in side] for side in (old, new))

    def place(row: object) -> tuple[int, int]:
        return row["char_start"], row["char_end"]  # type: ignore[index]

    expected = [(ours[a], theirs[b]) for a, b in pairs]
    assert by_place(ours, theirs, place, place) == expected


_PIECES = st.lists(st.sampled_from(["调处", "纠纷", "，", "。", "\n", "12", "件", "培训"]), max_size=30).map("".join)


@given(_PIECES, _PIECES, _PIECES)
def test_what_stands_in_both_texts_keeps_its_place(before: str, kept: str, added: str) -> None:
    quote = f"。独一无二{kept}的句子。"
    old, new = before + quote, added + before + quote
    start = old.index("独一无二")
    carried = Alignment(old, new).place(start, len(old) - 1)
    assert new[slice(*carried)] == quote[1:-1]


@given(_PIECES, _PIECES, st.integers(0, 40), st.integers(0, 40))
def test_every_place_stays_inside_the_new_text(old: str, new: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(old)), min(other, len(old))))
    if start < len(old):
        first, last = Alignment(old, new).place(start, end)
        assert 0 <= first <= last
        assert last <= len(new) + 1


def test_the_command_prints_counts_and_rows(extracted: Extracted, capsys: pytest.CaptureFixture[str]) -> None:
    old = extracted("old", {"a.txt": TEXT})
    new = extracted("new", {"a.txt": TEXT.replace("536起", "541起")})

    def call(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(["diff", str(old.folder), str(new.folder), *arguments])
        return int(left.value.code or 0), capsys.readouterr().out

    assert call("--exit-code")[0] == 4
    status, out = call("--table", "indicators")
    assert (status, "indicators\t4\t4\t0\t0\t1\t" in out) == (0, True)
    assert "value\t536\t541\t" in out
    assert "536" not in call("--table", "indicators", "--summary")[1]
    lines = [json.loads(line) for line in call("--table", "indicators", "--json")[1].splitlines()]
    assert {(line["column"], line["before"], line["after"]) for line in lines} >= {("value", 536.0, 541.0)}
    assert call("--table", "nonsense")[0] == 2
    with pytest.raises(SystemExit) as left:
        main(["diff", str(old.folder), str(old.folder), "--exit-code"])
    assert left.value.code == 0
