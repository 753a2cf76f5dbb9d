"""The bridge: records ↔ Doc.

What stages have made rides along in `doc.user_data` as bytes, so that `to_bytes`, `DocBin` and
`nlp.pipe(n_process=2)` work; people read it through extensions and span groups. Character offsets stay
the truth: a span that does not end at a token is widened to the tokens that hold it.
"""

import pickle
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document, SourceFile
from extractor.datamodel.extraction import Extraction
from extractor.pipeline import finish
from extractor.stages import STAGES, Progress, Stage
from extractor.tables.rows import rows_of

_KEY = "govreport"


@dataclass(frozen=True, slots=True)
class State:
    """A document and what has been made of it so far."""

    document: Document
    so_far: Progress
    patterns_version: str


def to_doc(nlp: Language, document: Document) -> Doc:
    """A Doc of the document's text that remembers file and pages; ready for `nlp(doc)`."""
    doc = nlp.make_doc(document.text)
    store(doc, State(document, Progress(Claims(len(document.text))), ""))
    return doc


def state_of(doc: Doc) -> State:
    """The state of the Doc; a new one for a Doc that no component has seen."""
    kept = doc.user_data.get(_KEY)
    if kept is not None:
        state: State = pickle.loads(kept)
        return state
    data = doc.text.encode("utf-8")
    source = SourceFile("text.txt", sha256(data).hexdigest(), len(data), "text/plain", "utf-8")
    return State(Document(doc.text, source), Progress(Claims(len(doc.text))), "")


def store(doc: Doc, state: State) -> None:
    """Keep the state in the Doc."""
    doc.user_data[_KEY] = pickle.dumps(state, protocol=5)


def extraction_of(doc: Doc) -> Extraction:
    """The Extraction of what components have made."""
    state = state_of(doc)
    return finish(state.document, state.so_far, state.patterns_version)


def group_of(stage: Stage[Any]) -> str:
    """The name of what a stage makes: its table's, else its own."""
    table = getattr(stage.makes, "TABLE", None)
    return table.name if table else stage.name


def extension(stage: Stage[Any]) -> str:
    """The name of the Doc extension with the stage's records."""
    return f"govreport_{group_of(stage)}"


def show_spans(doc: Doc, stage: Stage[Any], state: State) -> None:
    """Put the records of one stage into `doc.spans[…]`, labelled by kind, with their row id."""
    if "span" not in {one.name for one in fields(stage.makes)}:
        return
    group, records = group_of(stage), state.so_far.of(stage.makes)
    spans = []
    for ordinal, record in enumerate(records, 1):
        label = str(getattr(record, "kind", "") or getattr(record, "role", "") or group)
        span = doc.char_span(
            record.span.start, record.span.end, label=label, alignment_mode="expand", span_id=str(ordinal)
        )
        if span is not None:
            spans.append(span)
    doc.spans[group] = SpanGroup(doc, name=group, spans=spans)


def _rows(doc: Doc) -> dict[str, list[dict[str, Any]]]:
    return rows_of(extraction_of(doc))


def set_extensions() -> None:
    """`doc._.govreport`: table → rows; `doc._.govreport_<stage>`: the records of one stage."""
    Doc.set_extension("govreport", getter=_rows, force=True)
    Doc.set_extension("govreport_extraction", getter=extraction_of, force=True)
    for stage in STAGES:
        Doc.set_extension(
            extension(stage),
            getter=lambda doc, kind=stage.makes: state_of(doc).so_far.of(kind),
            force=True,
        )
