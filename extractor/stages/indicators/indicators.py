"""Indicators (指标): numbers that measure something, with the name of what is counted.

Comes in: a document whose citations, headings and fixed expressions have claimed their numerals. Goes
out: Indicator records in text order. Refuses dates, durations without a measure, structural counts
(三个方面) and lone numerals; the ledger says what each of them is.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.extraction import section_of
from extractor.datamodel.records import Indicator, Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension, NumeralClass, Role, SectionKind
from extractor.stages.base import Context, Progress
from extractor.stages.indicators.breakdowns import link_parts
from extractor.stages.indicators.catalogue import Catalogue, catalogue_of
from extractor.stages.indicators.coordination import split_names, two_rates
from extractor.stages.indicators.leaning import Leaning
from extractor.stages.indicators.naming import Named, Namer
from extractor.stages.indicators.places import places
from extractor.stages.indicators.roles import read_role
from extractor.stages.indicators.table_cells import find_in_tables
from extractor.stages.indicators.zeros import find_zeros
from extractor.stages.quantities.quantities import Quantity
from extractor.stages.quantities.scan import Judged
from extractor.stages.structure.kinds import is_aside
from extractor.stages.structure.plan_texts import is_plan
from extractor.text.clauses import Clauses

# 在6个村, 到9个村: behind these what is counted is a place
_WHERE = frozenset(("在", "到", "于", "就", "对", "向", "为", "由", "从"))
_LISTED = regex.compile(r"(?:、|和|与|及|以及|,)(?:[达为到]+)?")


def find_indicators(document: Document, so_far: Progress, context: Context) -> tuple[Indicator, ...]:
    """All indicators of the text, in text order."""
    view = document.view
    namer, measured = namer_of(document, so_far, context)
    named = name_all(namer, measured)
    catalogue = catalogue_of(context.knowledge)
    planned = is_plan(document, so_far, context)
    indicators = [_indicator(view, one, so_far, catalogue, planned=planned) for one in named]
    zeros = find_zeros(document, so_far, context, [one.value_span for one in indicators])
    more = [*zeros, *find_in_tables(document, so_far, context)]
    together = sorted(
        [*indicators, *(catalogue.keyed(indicator) for indicator in more)],
        key=lambda indicator: (indicator.value_span, indicator.span),
    )
    return tuple(link_parts(namer.clauses, together))


def namer_of(document: Document, so_far: Progress, context: Context) -> tuple[Namer, list[Quantity]]:
    """The namer of the document, and its quantities that measure something, in text order."""
    measured = [one.quantity for one in so_far.of(Judged) if one.kind is NumeralClass.INDICATOR]
    own = frozenset(filter(None, (so_far.identity.issuer, so_far.identity.region)))
    return Namer(Clauses(document.view), measured, context, own), measured


def name_all(namer: Namer, quantities: Sequence[Quantity]) -> list[Named]:
    """Each quantity with its name; of two rates said together (参训率和合格率均为100%) two of one quantity."""
    leaning = Leaning(namer)
    named: list[Named] = []
    taken = 0
    for quantity, place in zip(quantities, places(namer.clauses, list(quantities)), strict=True):
        own = namer.name(quantity, place, taken, named[-1] if named else None)
        taken = max(taken, own.evidence.end)
        named += [leaning.lean(one, named) for one in _rates(own, namer)]
    return _tell_apart(_distribute(namer, named))


def _rates(one: Named, namer: Namer) -> list[Named]:
    if one.quantity.dimension is not Dimension.RATIO or "分别" in one.tail:
        return [one]
    rates = two_rates(one.object_words, namer.classes)
    if rates is None:
        return [one]
    return [
        replace(one, object=(name := "".join(word.text for word in words)), name=name, span=None, object_words=words)
        for words in rates
    ]


def _distribute(namer: Namer, named: list[Named]) -> list[Named]:
    """甲率、乙率分别达到65%和55%: the names are said before the numbers, in their order.

    Where only one name is said (同比分别增长8.5%、12.5%), it goes on with as many numbers before it.
    """
    view, result, at = namer.view, list(named), 0
    while at < len(result):
        first = result[at]
        if first.name is None or not ("分别" in first.tail or _shares_change(view, result, at)):
            at += 1
            continue
        group = [at]
        while group[-1] + 1 < len(result):
            gap = view[result[group[-1]].quantity.span.end : result[group[-1] + 1].quantity.span.start]
            if not _LISTED.fullmatch(gap):
                break
            group.append(group[-1] + 1)
        count = len(group)
        names = split_names(first.object_words, count, namer.classes) if first.object_words else [first.name] * count
        for index, text in zip(group, names, strict=True):
            result[index] = _of_list(result, index, first, text, count)
        at = group[-1] + 1
    return result


def _of_list(result: list[Named], index: int, first: Named, text: str, count: int) -> Named:
    """One number of a list whose words are said once."""
    one, before = result[index], index - count
    shared = replace(
        one,
        evidence=Span(first.evidence.start, one.quantity.span.end),
        rule=first.rule,
        margin=first.margin,
        listed_from=first.quantity.span.start,
        inherited_from=None,
        change=first.change,
        tail=first.tail,
        verb=first.verb,
        actor=first.actor,
        scope=first.scope,
        inherits=first.inherits,
    )
    if first.object_words:
        name = (first.verb or "") + text if first.verb else text
        whole = text == first.object
        return replace(
            shared,
            object=text,
            name=first.name if whole else name,
            span=first.span if whole else None,
            subject=first.subject,
        )
    subject, counted = first.subject, first.object
    if before >= 0 and count > 1:
        source = result[before]
        subject, counted = (source.subject if source.inherits else source.name) or source.subject, source.object
        if source.name == source.object:
            # 甲收入5万元,乙收入3万元,分别增长9%、8%: each grows for itself
            return replace(shared, name=source.name, span=None, subject=source.subject, object=counted)
        if source.inherits and source.object is None:
            subject = source.name if source.subject is None else f"{source.subject}{source.name}"
    return replace(shared, name=first.name, span=None, subject=subject, object=counted)


def _shares_change(view: str, named: list[Named], at: int) -> bool:
    """甲收入5万元,乙收入3万元,实际增长9%和8%: two changes of the two numbers before them."""
    if at < 2 or at + 1 >= len(named):
        return False
    first, second, one, other = named[at - 2 : at + 2]
    same = {each.place.sentence_start for each in (first, second, one, other)}
    return (
        len(same) == 1
        and one.change is not None
        and not one.object_words
        and one.quantity.dimension is other.quantity.dimension is Dimension.RATIO
        and first.quantity.base == second.quantity.base != one.quantity.base
        and view[one.quantity.span.end : other.quantity.span.start] in ("和", "、", "与")
    )


def _tell_apart(named: list[Named]) -> list[Named]:
    """司法所调解68件,法律服务所调解51件: rows that differ in nothing but actor or scope are named with it."""
    groups: dict[tuple[str | None, ...], list[int]] = {}
    for index, one in enumerate(named):
        if one.name is not None and one.inherited_from is None:
            groups.setdefault((one.name, one.subject, one.quantity.base), []).append(index)
    result = list(named)
    for group in groups.values():
        for slot in ("actor", "scope"):
            values = {getattr(named[index], slot) for index in group}
            if len(group) > 1 and len(values) > 1:
                for index in group:
                    result[index] = _with_prefix(result[index], getattr(named[index], slot))
                break
    return result


def _with_prefix(one: Named, prefix: str | None) -> Named:
    if prefix is None or one.name is None or one.name.startswith(prefix):
        return one
    return replace(one, name=prefix + one.name, span=None)


def _indicator(view: str, one: Named, so_far: Progress, catalogue: Catalogue, *, planned: bool) -> Indicator:
    quantity = one.quantity
    section = section_of(so_far.of(Section), quantity.span)
    kind = section.kind if section else SectionKind.OTHER
    if planned and section and section.level > 0 and not is_aside(section, so_far.of(Section)):
        kind = SectionKind.PLAN
    reading = read_role(
        view,
        quantity,
        one.listed_from or quantity.span.start,
        one.place.sentence_start,
        one.place.clause_start,
        kind,
        so_far.identity.report_year,
        so_far.identity.plan_year,
        changed=one.change is not None and bool(one.object_words) and not one.verb_words,
    )
    name, span, verb = one.name, one.span, one.verb
    if one.change and reading.role in (Role.CHANGE, Role.BASELINE):
        # what changed is neither done nor acted by anybody (NAMING.md, rule 8)
        verb = None
    if reading.role is Role.CHANGE and one.change and name != one.change and name is not None:
        name, span = name + one.change, None
    sign = Decimal(-1) if reading.negative else Decimal(1)
    unit_span = quantity.unit.span if quantity.unit else None
    entry = catalogue.entry_for(one.subject, name, reading.role, sign * quantity.value, quantity.base)
    if entry is None and one.phrase and one.phrase != name:
        entry = catalogue.entry_for(one.subject, one.phrase, reading.role, sign * quantity.value, quantity.base)
    if one.inherited_from is not None and "其中" in view[one.inherited_from : quantity.span.start]:
        # 收到12件,其中10件已答复: some of them, which are not the whole that the key means
        entry = None
    if one.verb is None and one.rule == "indicator.behind" and one.tail in _WHERE:
        # where something was done is no stock
        entry = None
    return Indicator(
        span=one.evidence,
        value_span=quantity.span,
        rule=_rule(quantity, one),
        name=name,
        name_span=span,
        value=sign * quantity.value,
        value_text=quantity.numeral.slice(view),
        unit=quantity.base,
        unit_text=unit_span.slice(view) if unit_span and unit_span.length else None,
        dimension=quantity.dimension,
        value_low=quantity.low,
        value_high=quantity.high,
        approx=quantity.approx,
        role=reading.role,
        verb=verb,
        object=one.object,
        actor=one.actor,
        scope=one.scope,
        subject=one.subject,
        members=one.members,
        name_rule=one.rule,
        name_margin=one.margin,
        period=reading.period,
        year=reading.year,
        cumulative=reading.cumulative,
        indicator=entry.key if entry else None,
        label=entry.label if entry else None,
        theme=entry.theme if entry else None,
    )


def _rule(quantity: Quantity, one: Named) -> str:
    """Which shape gave the row."""
    if quantity.low is not None:
        return "indicator.range"
    if one.name is None or one.inherited_from is not None:
        return "indicator.elided"
    if one.span is None:
        return "indicator.name_around"
    return "indicator.name_before" if one.span.end <= quantity.span.start else "indicator.name_after"
