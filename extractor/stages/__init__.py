"""STAGES: the one place where a stage is registered; order is the order of running."""

from extractor.stages import (
    actions,
    citations,
    commitments,
    expressions,
    identity,
    indicators,
    ledger,
    problems,
    scan,
    sections,
)
from extractor.stages.base import Context, Progress, Stage

__all__ = ["STAGES", "Context", "Progress", "Stage"]

STAGES: tuple[Stage, ...] = (
    Stage("sections", "sections", (), sections.find_sections),
    Stage("identity", "identity", ("sections",), identity.find_identity),
    Stage("citations", "citations", ("identity", "sections"), citations.find_citations),
    Stage("expressions", "expressions", ("citations", "sections"), expressions.find_expressions),
    Stage("quantities", "quantities", ("sections", "citations", "expressions"), scan.scan),
    Stage(
        "indicators",
        "indicators",
        ("identity", "sections", "quantities"),
        indicators.find_indicators,
    ),
    Stage(
        "commitments",
        "commitments",
        ("identity", "sections", "citations", "indicators"),
        commitments.find_commitments,
    ),
    Stage("actions", "actions", ("commitments", "indicators", "identity"), actions.find_actions),
    Stage("problems", "problems", ("sections", "commitments"), problems.find_problems),
    Stage(
        "ledger",
        "numerals",
        ("sections", "citations", "expressions", "quantities", "indicators"),
        ledger.account_for_numerals,
    ),
)
