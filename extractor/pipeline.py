"""The conductor: a Document through STAGES in order; out comes an Extraction."""

from dataclasses import replace
from pathlib import Path

from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document
from extractor.datamodel.extraction import Extraction
from extractor.datamodel.span import Span
from extractor.errors import GovreportError
from extractor.rules import load
from extractor.rules.gazetteer import load_gazetteer
from extractor.stages import STAGES, Context, Progress, Stage
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


def check_order(stages: tuple[Stage, ...]) -> None:
    """Raise GovreportError if a stage needs what no earlier stage makes."""
    made: set[str] = set()
    for stage in stages:
        missing = set(stage.needs) - made
        if missing:
            raise GovreportError(
                f"stage {stage.name} needs {sorted(missing)[0]}, which no earlier stage makes",
                remedy="correct the order in extractor/stages/__init__.py",
            )
        made.add(stage.makes)


def run_stage(stage: Stage, document: Document, so_far: Progress, context: Context) -> None:
    """Run one stage and put its records and claims into `so_far`."""
    records = stage.run(document, so_far, context)
    setattr(so_far, stage.makes, records)
    if isinstance(records, tuple):
        for record in records:
            so_far.claims.add(getattr(record, "claims", ()))


def extract_document(document: Document, context: Context, stages: tuple[Stage, ...] = STAGES) -> Extraction:
    """All records of a document; the same document and context give equal records."""
    so_far = Progress(Claims(len(document.text)))
    for stage in stages:
        run_stage(stage, document, so_far, context)
    return finish(document, so_far, context.knowledge.version)


def account_of_name(document: Document, context: Context, span: Span) -> list[str]:
    """Why the numbers whose values stand in `span` are named as they are: lines for people."""
    so_far = Progress(Claims(len(document.text)))
    for stage in STAGES:
        if stage.makes == "indicators":
            break
        run_stage(stage, document, so_far, context)
    return account.account_of_name(document, so_far, context, span)


def finish(document: Document, so_far: Progress, patterns_version: str) -> Extraction:
    """The Extraction of what the stages have made, with its warnings."""
    extraction = Extraction(
        document=document,
        identity=so_far.identity,
        sections=so_far.sections,
        citations=so_far.citations,
        expressions=so_far.expressions,
        indicators=so_far.indicators,
        commitments=so_far.commitments,
        actions=so_far.actions,
        problems=so_far.problems,
        numerals=so_far.numerals,
        patterns_version=patterns_version,
    )
    warnings = list(document.warnings)
    if extraction.unexplained:
        warnings.append(f"{extraction.unexplained} numerals unexplained")
    if not any(section.level > 0 for section in extraction.sections):
        warnings.append("no headings found")
    return replace(extraction, warnings=tuple(warnings))
