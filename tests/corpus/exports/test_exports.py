"""Exports: every span is its quote as the target counts, keys hold, and the real programs read what is written."""

import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin

from extractor.cli import main
from extractor.corpus.exports import EXPORTS
from extractor.corpus.exports.spans import KINDS, Labelled
from extractor.errors import BadConfig
from extractor.runs.batch import run
from extractor.spacy_pipeline.docbin import write_docbin
from extractor.tables.store import Store


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Labelled:
    """A report with characters beyond the basic plane before its spans, and one that overlaps."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "a.txt").write_text(
        "𠮷山镇2022年法治政府建设报告\n一、主要做法\n2022年，𠮷山镇调处矛盾纠纷536起，调解成功率98.5%。\n"
        "二、2023年工作安排\n2023年底前新建调解室4个。依据《信访工作责任制实施细则》（青府办〔2021〕12号）开展培训3场。\n",
        encoding="utf-8",
    )
    run([folder / "a.txt"], folder / "out", workers=1)
    return Labelled(Store(folder / "out"))


@pytest.fixture
def written(labelled: Labelled, tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Every export, by name."""
    paths = {name: tmp_path / f"export.{name}" for name in EXPORTS}
    for name, export in EXPORTS.items():
        export(labelled, paths[name])
    yield paths


def quotes(labelled: Labelled) -> list[str]:
    return [span.quote for text in labelled.texts() for span in text.spans]


# doccano's own reader cannot be called without its server (Django, a database): its JSONL takes `text` and `label`
def test_spans_in_code_points(labelled: Labelled, written: dict[str, Path]) -> None:
    (line,) = written["doccano"].read_text(encoding="utf-8").splitlines()
    made = json.loads(line)
    assert [made["text"][start:end] for start, end, _ in made["label"]] == quotes(labelled)
    (line,) = written["langextract"].read_text(encoding="utf-8").splitlines()
    document = json.loads(line)
    for each in document["extractions"]:
        place = each["char_interval"]
        assert document["text"][place["start_pos"] : place["end_pos"]] == each["extraction_text"]
    assert len(quotes(labelled)) >= 5


def test_label_studio_counts_as_a_browser_does(labelled: Labelled, written: dict[str, Path]) -> None:
    (task,) = json.loads(written["labelstudio"].read_text(encoding="utf-8"))
    units = task["data"]["text"].encode("utf-16-le")
    results = task["predictions"][0]["result"]
    for result in results:
        value = result["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    assert [result["value"]["text"] for result in results] == quotes(labelled)
    # two characters of two units stand before the first indicator
    first = next(result["value"] for result in results if result["value"]["labels"] == ["indicator"])
    assert first["start"] == task["data"]["text"].index(first["text"]) + 2


def test_columns_of_conll_rebuild_every_quote(labelled: Labelled, written: dict[str, Path]) -> None:
    lines = written["conll"].read_text(encoding="utf-8").splitlines()
    names = lines[1].removeprefix("# columns = char ").split()
    assert names == list(KINDS.values())
    found: dict[str, list[str]] = {name: [] for name in names}
    for line in lines:
        if not line or line.startswith("# "):
            continue
        mark, *tags = line.split("\t")
        for name, tag in zip(names, tags, strict=True):
            if tag.startswith("B-"):
                found[name].append(mark)
            elif tag.startswith("I-"):
                found[name][-1] += mark
    for text in labelled.texts():
        assert found["indicator"] == [s.quote for s in text.spans if s.label == "indicator"]
        assert found["commitment"] == ["".join(s.quote.split()) for s in text.spans if s.label == "commitment"]


def test_spacy_reads_the_docbin(labelled: Labelled, tmp_path: Path) -> None:
    write_docbin(labelled, tmp_path / "a.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("zh").vocab)
    assert [span.text for span in doc.spans["sc"]] == quotes(labelled)
    assert {span.label_ for span in doc.spans["indicator"]} == {"indicator"}
    ends = [(entity.start, entity.end) for entity in doc.ents]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))


@pytest.mark.slow
def test_spacy_trains_on_the_docbin(labelled: Labelled, tmp_path: Path) -> None:
    from spacy.training import Example
    from spacy.util import fix_random_seed

    # the weights begin at random: some beginnings get worse before they get better
    fix_random_seed(0)
    write_docbin(labelled, tmp_path / "a.spacy")
    nlp = spacy.blank("zh")
    nlp.add_pipe("ner")
    docs = list(DocBin().from_disk(tmp_path / "a.spacy").get_docs(nlp.vocab))
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    nlp.initialize(lambda: examples)
    losses = [nlp.update(examples)["ner"] for _ in range(20)]
    assert min(losses[1:]) < losses[0]


def test_sqlite_holds_every_row_and_its_references_hold(
    labelled: Labelled, sample_tables: Path, tmp_path: Path
) -> None:
    EXPORTS["sqlite"](Labelled(Store(sample_tables)), tmp_path / "a.sqlite")
    store = Store(sample_tables)
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection:
        for schema in store.schemas:
            count = connection.execute(f'SELECT count(*) FROM "{schema.name}"').fetchone()[0]
            assert count == len(store.rows(schema.name)), schema.name
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE sql LIKE '%FOREIGN KEY%'").fetchone()[0]
        assert tables >= 8
        code = connection.execute("SELECT typeof(division_code) FROM reports").fetchone()[0]
        assert code == "text"


def test_the_command_chooses_tables_and_names_its_file(sample_tables: Path, tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", str(sample_tables), "--to", "doccano", "--table", "citations", "-o", str(tmp_path / "a.jsonl")])
    assert not left.value.code
    assert "written" in capsys.readouterr().err
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {label for line in lines for _, _, label in line["label"]} == {"citation"}
    with pytest.raises(BadConfig):
        list(Labelled(Store(sample_tables), ("numerals",)).texts())


def test_langextract_reads_it(written: dict[str, Path]) -> None:
    # its 34 packages (four of a cloud's) are not worth a place in dev.lock: passed with 1.7.1 laid beside by hand
    library = pytest.importorskip("langextract")
    (document,) = library.io.load_annotated_documents_jsonl(written["langextract"])
    for each in document.extractions:
        interval = each.char_interval
        assert document.text[interval.start_pos : interval.end_pos] == each.extraction_text


def test_label_studio_takes_its_configuration_and_predictions(written: dict[str, Path]) -> None:
    # it wants an older NumPy and OpenCV than the program's, so dev.lock cannot hold it: passed with 2.1.2 laid beside
    library = pytest.importorskip("label_studio_sdk.label_interface")
    interface = library.LabelInterface(written["labelstudio"].with_suffix(".xml").read_text(encoding="utf-8"))
    (task,) = json.loads(written["labelstudio"].read_text(encoding="utf-8"))
    assert interface.validate_prediction(task["predictions"][0])


@pytest.mark.filterwarnings("ignore")
def test_datasette_serves_the_sqlite_file(written: dict[str, Path]) -> None:
    import asyncio

    from datasette.app import Datasette

    async def ask() -> Any:
        desk = Datasette([str(written["sqlite"])])
        await desk.invoke_startup()
        answer = await desk.client.get(f"/{written['sqlite'].stem}/indicators.json?_shape=array")
        return answer.json()

    assert {row["unit"] for row in asyncio.run(ask())} >= {"起", "%"}
