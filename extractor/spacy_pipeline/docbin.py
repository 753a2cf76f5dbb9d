"""DocBin: reports with their spans for training in spaCy.

A token is a character, so that every span is one: `doc.spans[label]` by kind, `doc.spans["sc"]` all of them (spancat's
own key), `doc.ents` those that do not overlap, the longest first (ner).
"""

from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.util import filter_spans

from extractor.corpus.exports.spans import Labelled


def write_docbin(labelled: Labelled, path: Path) -> None:
    """Write a `.spacy` file: `spacy train config.cfg --paths.train FILE`."""
    nlp = spacy.blank("zh")
    kept = DocBin(store_user_data=True)
    for text in labelled.texts():
        doc = nlp.make_doc(text.text)
        made = []
        for span in text.spans:
            found = doc.char_span(span.start, span.end, label=span.label, alignment_mode="expand")
            if found is not None:
                made.append(found)
        doc.spans["sc"] = made
        for label in dict.fromkeys(span.label_ for span in made):
            doc.spans[label] = [span for span in made if span.label_ == label]
        doc.ents = filter_spans(made)
        doc.user_data["report_id"] = text.report["report_id"]
        kept.add(doc)
    kept.to_disk(path)
