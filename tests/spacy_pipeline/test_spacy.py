"""spaCy components: the same records as the plain path, whole or stage by stage."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import extractor
from extractor.errors import BadConfig
from extractor.stages import STAGES

TEXT = (
    "一、主要举措\n2021年，全镇共调处各类矛盾纠纷536起，调解成功率98.5%。依据《青禾县信访办法》（青府办〔2021〕12号），"
    "开展培训3场。\n二、存在问题\n一是力量不足。\n三、2022年工作安排\n2022年底前新建调解工作室4个。"
)


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    made = spacy.blank("zh")
    made.add_pipe("govreport")
    return made


def test_equals_the_plain_path(nlp: spacy.Language, root: Path) -> None:
    for text in (TEXT, (root / "corpora/sample/reports/2021/yunling-2021.wrapped.txt").read_text(encoding="utf-8")):
        plain = extractor.extract(text)
        assert nlp(plain.document.text)._.govreport == extractor.extract(plain.document.text).to_rows()


def test_equals_the_plain_path_for_a_file(root: Path) -> None:
    from extractor.spacy_pipeline.bridge import to_doc

    sample = root / "corpora" / "sample"
    nlp = spacy.blank("zh")
    nlp.add_pipe("govreport", config={"divisions": str(sample / "divisions.csv")})
    plain = extractor.extract_file(
        sample / "reports" / "2021" / "wangjiang-2021.pdf", divisions=sample / "divisions.csv"
    )
    assert nlp(to_doc(nlp, plain.document))._.govreport == plain.to_rows()


def test_stage_by_stage_equals_the_whole(nlp: spacy.Language) -> None:
    single = spacy.blank("zh")
    for stage in STAGES:
        single.add_pipe(f"govreport_{stage.name}")
    assert single(TEXT)._.govreport == nlp(TEXT)._.govreport


def test_span_groups_hold_their_quotes(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    rows = doc._.govreport
    for table in ("indicators", "citations", "commitments"):
        assert [span.text for span in doc.spans[table]] == [row["quote"] for row in rows[table]]
    assert [span.label_ for span in doc.spans["indicators"]] == ["actual", "actual", "actual", "target"]


def test_survives_bytes_and_processes(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.govreport == doc._.govreport
    assert [span.text for span in again.spans["indicators"]] == [span.text for span in doc.spans["indicators"]]
    bin_ = DocBin(store_user_data=True, docs=[doc])
    assert next(iter(bin_.get_docs(nlp.vocab)))._.govreport == doc._.govreport
    for piped in nlp.pipe([TEXT, TEXT], n_process=2):
        assert piped._.govreport == doc._.govreport


def test_wrong_order_says_what_is_missing() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("govreport_indicators")
    with pytest.raises(BadConfig, match="needs govreport_sections before it"):
        nlp(TEXT)


def test_empty_doc_has_no_rows(nlp: spacy.Language) -> None:
    rows = nlp("")._.govreport
    assert rows["indicators"] == rows["numerals"] == []
