"""The ledger (数字台账): every numeral of the text with its class; nothing is silently dropped.

Comes in: all that other stages have claimed. Goes out: one Numeral per numeral, in text order. A class
must be right to count: what fits nothing is UNEXPLAINED and shows in the report's warnings.
"""

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Indicator, Numeral
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import NumeralClass
from extractor.stages.base import Context, Progress
from extractor.stages.quantities.grids import grid_of, unit_cells
from extractor.stages.quantities.quantities import find_ratios
from extractor.stages.quantities.scan import Judged
from extractor.text.dates import find_dates
from extractor.text.numerals import find_numerals

_LINE_MARKER = regex.compile(r"(?m)^[\ #]*[\((]?[一二三四五六七八九十0-9]{1,3}\ ?[、.)\)]")


def account_for_numerals(document: Document, so_far: Progress, context: Context) -> tuple[Numeral, ...]:
    """One Numeral for each numeral of the text."""
    view = document.view
    owners = {at: index for index, at in _indicator_starts(so_far)}
    marked = _Marks(len(view))
    for found in _LINE_MARKER.finditer(view):
        marked.add(Span(*found.span()), NumeralClass.HEADING)
    for span in find_dates(view):
        marked.add(span, NumeralClass.DATE)
    for span in find_ratios(view):
        marked.add(span, NumeralClass.RATIO)
    for table in document.tables:
        for span in grid_of(view, table, context.units).running:
            marked.add(span, NumeralClass.ORDINAL)
        for span in unit_cells(view, table, context.units):
            marked.add(span, NumeralClass.NAME)
    for judged in so_far.of(Judged):
        # an accepted quantity is claimed by its indicator; here the refused ones get their class
        if judged.kind is not NumeralClass.INDICATOR:
            marked.add(judged.quantity.core, judged.kind)
    numerals = []
    for token in find_numerals(view):
        kind = so_far.claims.owner(token.span)
        if kind is None:
            kind = marked.of(token.span)
        if kind is None or kind is NumeralClass.UNEXPLAINED:
            kind = NumeralClass.VAGUE if token.vague else NumeralClass.UNEXPLAINED
        indicator = None
        if kind is NumeralClass.INDICATOR:
            indicator = next((owners[at] for at in range(*token.span) if at in owners), None)
        numerals.append(Numeral(span=token.span, kind=kind, indicator=indicator))
    return tuple(numerals)


def _indicator_starts(so_far: Progress) -> list[tuple[int, int]]:
    return [
        (ordinal, at)
        for ordinal, indicator in enumerate(so_far.of(Indicator), 1)
        for at in range(indicator.value_span.start, indicator.value_span.end)
    ]


class _Marks:
    """Classes by place; the first that comes stays."""

    def __init__(self, length: int) -> None:
        self._kinds: list[NumeralClass | None] = [None] * length

    def add(self, span: Span, kind: NumeralClass) -> None:
        for at in range(span.start, span.end):
            self._kinds[at] = self._kinds[at] or kind

    def of(self, span: Span) -> NumeralClass | None:
        return next((kind for kind in self._kinds[span.start : span.end] if kind), None)
