"""Labelling: files of Label Studio, doccano, langextract, and CoNLL columns.

Comes in: labelled texts. Goes out: one file; for Label Studio also the labelling configuration beside it.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.corpus.exports.spans import KINDS, Labelled, LabelledText, utf16_offsets

_COLOURS = {"indicator": "#1f6fb2", "citation": "#8a4fae", "commitment": "#1d7a4c", "problem": "#b45a00"}
_META = ("report_id", "source_path", "title", "county", "region", "division_code", "report_year")


def write_labelstudio(labelled: Labelled, path: Path) -> None:
    """Tasks with predictions to correct; Label Studio counts as its browser does, in UTF-16 units."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("[")
        for number, text in enumerate(labelled.texts()):
            stream.write(",\n" if number else "\n")
            json.dump(_task(text), stream, ensure_ascii=False)
        stream.write("\n]\n")
    labels = "\n".join(
        f'    <Label value="{KINDS[table]}" background="{_COLOURS[KINDS[table]]}"/>' for table in labelled.tables
    )
    config = f'<View>\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'
    path.with_suffix(".xml").write_text(config, encoding="utf-8")


def _task(text: LabelledText) -> dict[str, Any]:
    at = utf16_offsets(text.text)
    result = [
        {
            "id": span.id,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": at[span.start], "end": at[span.end], "text": span.quote, "labels": [span.label]},
            "meta": {"text": [f"{name}: {value}" for name, value in span.attributes.items()]},
        }
        for span in text.spans
    ]
    predictions = [{"model_version": f"govreport {__version__}", "result": result}]
    return {"data": {"text": text.text, **_meta(text)}, "predictions": predictions}


def write_doccano(labelled: Labelled, path: Path) -> None:
    """JSON lines of text and [start, end, label]; let the project allow overlapping spans."""
    _write_lines(
        path,
        (
            {
                "text": text.text,
                "label": [[span.start, span.end, span.label] for span in text.spans],
                **_meta(text),
            }
            for text in labelled.texts()
        ),
    )


def write_langextract(labelled: Labelled, path: Path) -> None:
    """JSON lines of annotated documents, as `langextract.io` reads and `langextract.visualize` shows them."""
    _write_lines(
        path,
        (
            {
                "document_id": text.report["report_id"],
                "text": text.text,
                "extractions": [
                    {
                        "extraction_class": span.label,
                        "extraction_text": span.quote,
                        "char_interval": {"start_pos": span.start, "end_pos": span.end},
                        "alignment_status": "match_exact",
                        "extraction_index": number,
                        "group_index": number,
                        "description": None,
                        "attributes": {"id": span.id, **{name: str(value) for name, value in span.attributes.items()}},
                    }
                    for number, span in enumerate(text.spans, 1)
                ],
            }
            for text in labelled.texts()
        ),
    )


def write_conll(labelled: Labelled, path: Path) -> None:
    """A character a line, a column of B-, I-, O for each kind, so that kinds may overlap; an empty line ends a line of
    the text. White space is left out. Of two overlapping spans of one kind the first and longer one stands."""
    names = [KINDS[table] for table in labelled.tables]
    with path.open("w", encoding="utf-8") as stream:
        for text in labelled.texts():
            stream.write(f"# report_id = {text.report['report_id']}\n# columns = char {' '.join(names)}\n")
            tags = [_tags(text, name) for name in names]
            held = False
            for at, mark in enumerate(text.text):
                if mark == "\n" and held:
                    stream.write("\n")
                    held = False
                elif not mark.isspace():
                    stream.write("\t".join([mark, *(column[at] for column in tags)]) + "\n")
                    held = True
            stream.write("\n")


def _tags(text: LabelledText, label: str) -> list[str]:
    tags = ["O"] * len(text.text)
    end = 0
    for span in text.spans:
        if span.label != label or span.start < end:
            continue
        tags[span.start : span.end] = [f"B-{label}", *[f"I-{label}"] * (span.end - span.start - 1)]
        end = span.end
    return tags


def _meta(text: LabelledText) -> dict[str, Any]:
    return {name: text.report[name] for name in _META if text.report.get(name) is not None}


def _write_lines(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for each in objects:
            stream.write(json.dumps(each, ensure_ascii=False) + "\n")
