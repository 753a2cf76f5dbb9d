"""Exports: reports with their marked spans for labelling tools and trainers, and the tables as SQLite.

A span always equals its row's quote; offsets are counted as the target counts (Label Studio in UTF-16 units, the
others in code points). EXPORTS is the one list; what needs spaCy stands in `spacy_pipeline/docbin.py`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from extractor.corpus.exports.labelling import write_conll, write_doccano, write_labelstudio, write_langextract
from extractor.corpus.exports.spans import Labelled
from extractor.corpus.exports.sqlite import write_sqlite

Export = Callable[[Labelled, Path], None]
EXPORTS: Mapping[str, Export] = {
    "labelstudio": write_labelstudio,
    "doccano": write_doccano,
    "langextract": write_langextract,
    "conll": write_conll,
    "sqlite": write_sqlite,
}
