"""The conductor: a Document through STAGES in order; out comes an Extraction."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document
from extractor.datamodel.extraction import Extraction
from extractor.datamodel.records import Identity, Indicator
from extractor.datamodel.span import Span
from extractor.errors import GovreportError
from extractor.rules import load
from extractor.rules.gazetteer import load_gazetteer
from extractor.stages import STAGES, Context, Progress, Stage
from extractor.stages.identity import identity
from extractor.stages.indicators import account
from extractor.text.tokens import Tokens
from extractor.text.units import Units


def build_context(
    *,
    patterns: Path | None = None,
    divisions: Path | None = None,
    area: str | None = None,
    bare_laws: bool = False,
) -> Context:
    """What a process needs once: rules, gazetteers, tokeniser.

    `patterns` overlays rules, `divisions` (CSV: code, name, parent) overlays the divisions table,
    `area` (code or name) settles ambiguous places, `bare_laws` finds laws that are named without 《》.
    """
    knowledge = load(patterns)
    tokens = Tokens(knowledge.words("words"))
    return Context(
        knowledge=knowledge,
        gazetteer=load_gazetteer(knowledge, divisions),
        tokens=tokens,
        units=Units(knowledge.words("units"), tokens),
        area=area,
        bare_laws=bare_laws,
    )


def check_order(stages: tuple[Stage[Any], ...]) -> None:
    """Raise GovreportError if a stage needs what no earlier stage makes."""
    made: set[type] = set()
    for stage in stages:
        missing = sorted(kind.__name__ for kind in set(stage.needs) - made)
        if missing:
            raise GovreportError(
                f"stage {stage.name} needs {missing[0]} records, which no earlier stage makes",
                remedy="correct the order in extractor/stages/__init__.py",
            )
        made.add(stage.makes)


def run_stage(stage: Stage[Any], document: Document, so_far: Progress, context: Context) -> None:
    """Run one stage on what it may see of `so_far`, and put its records and claims there."""
    so_far.add(stage.makes, stage.run(document, so_far.view(stage), context))


def extract_document(document: Document, context: Context, stages: tuple[Stage[Any], ...] = STAGES) -> Extraction:
    """All records of a document; the same document and context give equal records."""
    so_far = Progress(Claims(len(document.text)))
    for stage in stages:
        run_stage(stage, document, so_far, context)
    return finish(document, so_far, context.knowledge.version)


def account_of_name(document: Document, context: Context, span: Span) -> list[str]:
    """Why the numbers whose values stand in `span` are named as they are: lines for people."""
    return account.account_of_name(document, _before(Indicator, document, context), context, span)


def account_of_place(document: Document, context: Context) -> list[str]:
    """Why the report is given to its place: candidates, evidence and margin, as lines for people."""
    return identity.account_of_place(document, _before(Identity, document, context), context)


def _before(kind: type, document: Document, context: Context) -> Progress:
    """What the stages before the one that makes `kind` give."""
    so_far = Progress(Claims(len(document.text)))
    for stage in STAGES:
        if stage.makes is kind:
            break
        run_stage(stage, document, so_far, context)
    return so_far


def finish(document: Document, so_far: Progress, patterns_version: str) -> Extraction:
    """The Extraction of what the stages have made, with its warnings."""
    extraction = Extraction(document, dict(so_far.made), patterns_version=patterns_version)
    warnings = list(document.warnings)
    if extraction.unexplained:
        warnings.append(f"{extraction.unexplained} numerals unexplained")
    if not any(section.level > 0 for section in extraction.sections):
        warnings.append("no headings found")
    if extraction.identity.undecided:
        warnings.append(f"place undecided: {extraction.identity.undecided}")
    return replace(extraction, warnings=tuple(warnings))
