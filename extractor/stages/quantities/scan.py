"""The scan (数量扫描): every quantity outside claimed text, with its verdict.

Comes in: a document whose citations, headings and fixed expressions have claimed their numerals. Goes out:
Judged quantities in text order, for the stages that name and account for them. Tables are left to `cells`.
"""

from dataclasses import dataclass

from extractor.datamodel.document import Document
from extractor.datamodel.vocabulary import NumeralClass
from extractor.stages.base import Context, Progress
from extractor.stages.quantities.quantities import Quantity, find_quantities
from extractor.stages.quantities.verdicts import judge
from extractor.text.dates import find_dates


@dataclass(frozen=True, slots=True)
class Judged:
    """A quantity and what its numeral is: INDICATOR, or the class that refuses it."""

    quantity: Quantity
    kind: NumeralClass


def scan(document: Document, so_far: Progress, context: Context) -> tuple[Judged, ...]:
    """All quantities of free text, in text order."""
    view = document.view
    tables = [table.span for table in document.tables]
    found = find_quantities(view, so_far.claims, context.units, find_dates(view), context.tokens)
    return tuple(
        Judged(quantity, judge(view, quantity, context.tokens))
        for quantity in found
        if not any(quantity.span.overlaps(table) for table in tables)
    )
