"""STAGES: the one place where a stage is registered; order is the order of running."""

from extractor.stages.base import Context, Progress, Stage
from extractor.stages.citations.citations import find_citations
from extractor.stages.identity.identity import find_identity
from extractor.stages.indicators.indicators import find_indicators
from extractor.stages.promises.actions import find_actions
from extractor.stages.promises.commitments import find_commitments
from extractor.stages.promises.problems import find_problems
from extractor.stages.quantities.expressions import find_expressions
from extractor.stages.quantities.ledger import account_for_numerals
from extractor.stages.quantities.scan import scan
from extractor.stages.structure.sections import find_sections

__all__ = ["STAGES", "Context", "Progress", "Stage"]

STAGES: tuple[Stage, ...] = (
    Stage("sections", "sections", (), find_sections),
    Stage("identity", "identity", ("sections",), find_identity),
    Stage("citations", "citations", ("identity", "sections"), find_citations),
    Stage("expressions", "expressions", ("citations", "sections"), find_expressions),
    Stage("quantities", "quantities", ("sections", "citations", "expressions"), scan),
    Stage(
        "indicators",
        "indicators",
        ("identity", "sections", "quantities"),
        find_indicators,
    ),
    Stage(
        "commitments",
        "commitments",
        ("identity", "sections", "citations", "indicators"),
        find_commitments,
    ),
    Stage("actions", "actions", ("commitments", "indicators", "identity"), find_actions),
    Stage("problems", "problems", ("sections", "commitments"), find_problems),
    Stage(
        "ledger",
        "numerals",
        ("sections", "citations", "expressions", "quantities", "indicators"),
        account_for_numerals,
    ),
)
