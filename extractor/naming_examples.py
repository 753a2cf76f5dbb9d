"""Naming examples: every chunk rule of `patterns/naming.toml` shows texts with the slots that it must give.

Comes in: a context. Goes out: one line per fault, naming rule and text. An example reads `text → verb X, object Y`;
slots that it does not name are not looked at, `-` is null.
"""

from collections.abc import Iterator

from extractor.datamodel.document import Document
from extractor.pipeline import extract_document
from extractor.reading import describe
from extractor.stages import Context
from extractor.stages.indicators.grammar import grammar_of


def naming_faults(context: Context) -> list[str]:
    """Faults of all naming examples; empty if the rules do as they say."""
    return [
        fault
        for rule in grammar_of(context.knowledge).rules
        for fault in _faults(rule["id"], rule["examples"], context)
    ]


def _faults(rule: str, examples: list[str], context: Context) -> Iterator[str]:
    for example in examples:
        text, _, slots = example.partition(" → ")
        document = Document(f"一、成效\n{text}。\n", describe("example.txt", b"", ""))
        rows = extract_document(document, context).indicators
        if not rows:
            yield f"{rule}: example {text!r} gives no indicator"
            continue
        for slot in slots.split(", "):
            name, _, wanted = slot.partition(" ")
            found = getattr(rows[-1], name) or "-"
            if found != wanted:
                yield f"{rule}: in {text!r} {name} is {found!r}, wanted {wanted!r}"
