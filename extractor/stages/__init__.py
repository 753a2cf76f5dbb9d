"""STAGES: the one place where a stage is registered; order is the order of running."""

from typing import Any

from extractor.datamodel.records import (
    Action,
    Citation,
    Commitment,
    Expression,
    Identity,
    Indicator,
    Numeral,
    Problem,
    Section,
)
from extractor.stages.base import Context, Progress, Stage
from extractor.stages.citations.citations import find_citations
from extractor.stages.identity.identity import find_identity
from extractor.stages.indicators.indicators import find_indicators
from extractor.stages.promises.actions import find_actions
from extractor.stages.promises.commitments import find_commitments
from extractor.stages.promises.problems import find_problems
from extractor.stages.quantities.expressions import find_expressions
from extractor.stages.quantities.ledger import account_for_numerals
from extractor.stages.quantities.scan import Judged, scan
from extractor.stages.structure.sections import find_sections

__all__ = ["STAGES", "Context", "Progress", "Stage"]

STAGES: tuple[Stage[Any], ...] = (
    Stage("sections", Section, (), find_sections),
    Stage("identity", Identity, (Section,), find_identity),
    Stage("citations", Citation, (Identity, Section), find_citations),
    Stage("expressions", Expression, (Identity, Citation, Section), find_expressions),
    Stage("quantities", Judged, (Section, Citation, Expression), scan),
    Stage("indicators", Indicator, (Identity, Section, Judged), find_indicators),
    Stage("commitments", Commitment, (Identity, Section, Citation, Indicator), find_commitments),
    Stage("actions", Action, (Commitment, Indicator, Identity), find_actions),
    Stage("problems", Problem, (Section, Commitment), find_problems),
    Stage("ledger", Numeral, (Section, Citation, Expression, Judged, Indicator), account_for_numerals),
)
