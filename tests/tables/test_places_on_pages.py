"""places: where each row stands on its pages, line by line, and that verify proves it."""

from array import array
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extractor.cli import main
from extractor.datamodel.document import Document, Page, Rectangle, SourceFile
from extractor.datamodel.offsets import OffsetMap
from extractor.datamodel.span import Span
from extractor.runs.batch import Options, run
from extractor.runs.verification import verify
from extractor.tables.rows import PER_REPORT, row_id_of
from extractor.tables.store import Store

SOURCE = SourceFile("a.pdf", "0" * 64, 1, "application/pdf")
Box = tuple[float, float, float, float]
NONE: Box = (0.0, 0.0, 0.0, 0.0)


def laid(
    text: str, boxes: list[Box], pages: tuple[int, ...] = (0,), strays: tuple[tuple[int, int, int], ...] = ()
) -> Document:
    """A document of that text, a box per character; `pages` are the places at which pages begin."""
    ends = [*pages[1:], len(text)]
    offsets = OffsetMap(array("q", range(len(text))), (), array("f", [side for box in boxes for side in box]), strays)
    made = tuple(Page(at, Span(a, b)) for at, (a, b) in enumerate(zip(pages, ends, strict=True), 1))
    return Document(text, SOURCE, made, offsets)


def at(column: float, line: float, high: float = 10) -> Box:
    return (10 * column, 20 * line - high, 10 * column + 10, 20 * line)


@pytest.mark.parametrize(
    ("text", "boxes", "places"),
    [
        ("办案12", [at(1, 1), at(2, 1), at(3, 1), at(4, 1)], [Rectangle(1, 10, 10, 50, 20)]),
        # over a line break, with a character that stands in no source between
        ("办 案", [at(40, 1), NONE, at(1, 2)], [Rectangle(1, 400, 10, 410, 20), Rectangle(1, 10, 30, 20, 40)]),
        # a raised mark is on its line
        ("m2件", [at(1, 1), (20, 8, 25, 15), at(2.5, 1)], [Rectangle(1, 10, 8, 35, 20)]),
        # beside each other, in two columns
        ("左右", [at(1, 1), at(30, 1)], [Rectangle(1, 10, 10, 20, 20), Rectangle(1, 300, 10, 310, 20)]),
    ],
)
def test_a_rectangle_for_each_line(text: str, boxes: list[Box], places: list[Rectangle]) -> None:
    assert list(laid(text, boxes).places_of(Span(0, len(text)))) == places


def test_pages_of_a_paragraph_and_of_a_row_that_a_break_cuts() -> None:
    boxes = [at(1, 40), at(2, 40), at(1, 1), at(2, 1)]
    assert [place.page for place in laid("甲乙丙丁", boxes, (0, 2)).places_of(Span(0, 4))] == [1, 2]
    cut = laid("甲乙丙丁", boxes, strays=((2, 3, 2),))
    assert [place.page for place in cut.places_of(Span(0, 4))] == [1, 2, 1]


def test_no_pages_no_places() -> None:
    assert Document("甲", SOURCE).places_of(Span(0, 1)) == ()


@pytest.fixture(scope="module")
def out(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places") / "out"
    run([root / "corpora/sample/reports/2021"], folder, Options(), workers=1)
    return folder


def test_every_row_of_a_report_with_pages_has_a_place(out: Path) -> None:
    store = Store(out)
    placed = {row["row_id"] for row in store.rows("places")}
    paged = {row["report_id"] for row in store.rows("reports") if row["page_count"]}
    assert paged
    for table in PER_REPORT[1:-1]:
        for row in store.rows(table):
            assert (row_id_of(table, row) in placed) == (row["report_id"] in paged), (table, row)


def test_verify_proves_places_and_finds_those_that_are_moved(out: Path, root: Path) -> None:
    reports = [root / "corpora/sample/reports/2021"]
    proof = verify(out, reports)
    assert proof.places > 300
    assert proof.faults == []
    path = out / "places.parquet"
    held = pq.read_table(path)
    rows = held.to_pylist()
    rows[0] = {**rows[0], "top": rows[0]["top"] + 30, "bottom": rows[0]["bottom"] + 30}
    rows.pop(5)
    pq.write_table(held.from_pylist(rows, schema=held.schema), path)
    try:
        assert len(verify(out, reports).faults) == 2
    finally:
        pq.write_table(held, path)


def test_explain_prints_where_a_row_stands(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = next(row for row in Store(out).rows("places") if "-i" in row["row_id"])
    with pytest.raises(SystemExit) as done:
        main(["explain", str(out), wanted["row_id"]])
    assert done.value.code == 0
    assert f"page {wanted['page']}: x {wanted['x0']} to {wanted['x1']}" in capsys.readouterr().out


def test_a_finding_stands_where_the_rows_stand_that_prove_it(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(out)
    paged = {row["report_id"] for row in store.rows("reports") if row["page_count"]}
    findings = [row for row in store.rows("findings") if row["quote"] and row["report_id"] in paged]
    assert findings
    for finding in findings:
        places = store.places_of(finding["finding_id"])
        assert {place["page"] for place in places if place["row_id"].startswith(finding["report_id"])} >= {
            finding["page"]
        }
    with pytest.raises(SystemExit):
        main(["explain", str(out), findings[0]["finding_id"]])
    assert f"page {findings[0]['page']}: x " in capsys.readouterr().out
