"""Indicators (指标): numbers that measure something, with the name of what is counted.

Comes in: a document whose citations, headings and fixed expressions have claimed their numerals. Goes
out: Indicator records in text order. Refuses dates, durations without a measure, structural counts
(三个方面) and lone numerals; the ledger says what each of them is.
"""

import itertools
from dataclasses import replace
from decimal import Decimal

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.extraction import section_of
from extractor.datamodel.records import Indicator
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import Dimension, NumeralClass, SectionKind
from extractor.stages.base import Context, Progress
from extractor.stages.indicators.breakdowns import link_parts
from extractor.stages.indicators.candidates import CHANGED, Name
from extractor.stages.indicators.catalogue import Catalogue, catalogue_of
from extractor.stages.indicators.clauses import Clauses, Place, places
from extractor.stages.indicators.coordination import split_names
from extractor.stages.indicators.ellipsis import GOES_ON, Named, Words, inherit, topic
from extractor.stages.indicators.roles import read_role
from extractor.stages.indicators.table_cells import find_in_tables
from extractor.stages.indicators.zeros import find_zeros
from extractor.stages.quantities.quantities import Quantity
from extractor.stages.structure.plan_texts import is_plan

_SUBJECT_END = regex.compile(
    r"(?:镇|乡|区|县|市|省|街道|村|社区|政府|全国|我国|我省|我市|我区|我县|我镇|全省|全市|全区|全县|全镇|地区|单位|部门|中心|平台|网站|公司)$"
)
_ACTOR = regex.compile(r"(?:^|[,;。:、]|其中|由)?((?!其中)[一-龥]{2,14})(?:共|累计|分别|先后)?$")
# 走访全镇9个村: where, not what
_SCOPE = regex.compile(
    r"(?<=[一-龥])(?:全(?:镇|乡|区|县|市|省|州|街道|辖区)|辖区内?|(?:所)?辖区域内|域内|境内|所辖)的?$"
)
# 对重点区域的4处违建进行拆除: what is done stands behind
_OBJECT_OF = regex.compile(r"[对向给]")
# 除2件结转下年外,其余已办结
_EXCEPTED = regex.compile("除(.{2,}?)(?:之|以)?外")
_SEPARATELY = regex.compile(r"分别")
_LISTED = regex.compile(r"(?:、|和|与|及|以及|,)(?:[达为到]+)?")


def find_indicators(document: Document, so_far: Progress, context: Context) -> tuple[Indicator, ...]:
    """All indicators of the text, in text order."""
    view = document.view
    measured = [one.quantity for one in so_far.quantities if one.kind is NumeralClass.INDICATOR]
    clauses = Clauses(view)
    named = _name_all(clauses, measured, places(clauses, measured), Words.of(context))
    catalogue = catalogue_of(context.knowledge)
    planned = is_plan(document, so_far, context)
    indicators = [_indicator(view, one, so_far, catalogue, planned=planned) for one in named]
    zeros = find_zeros(document, so_far, context, [one.value_span for one in indicators])
    more = [*zeros, *find_in_tables(document, so_far, context)]
    together = sorted(
        [*indicators, *(catalogue.keyed(indicator) for indicator in more)],
        key=lambda indicator: (indicator.value_span, indicator.span),
    )
    return tuple(link_parts(clauses, together))


def _name_all(clauses: Clauses, quantities: list[Quantity], where: list[Place], words: Words) -> list[Named]:
    view = clauses.view
    named: list[Named] = []
    taken = 0
    for quantity, place in zip(quantities, where, strict=True):
        left_span = Span(max(place.left.start, min(taken, place.left.end)), place.left.end)
        left = words.phrases.left(view, left_span)
        right = words.phrases.right(view, place.right, before_number=place.before_number)
        if quantity.span.end < place.right.start:
            right = None
        one = _join(view, quantity, place, left, right, words)
        one = inherit(clauses, one, named, words)
        taken = max(taken, one.evidence.end)
        named.append(one)
    return _tell_apart(view, _distribute(view, named, words), words)


def _join(view: str, quantity: Quantity, place: Place, left: Name, right: Span | None, words: Words) -> Named:
    """The name from what stands left and right of the number."""
    span = quantity.span
    if quantity.dimension is Dimension.RATIO:
        attributed = words.phrases.attributed(view, left, place.right)
        if attributed is not None:
            start = left.span.start if left.span else span.start
            return Named(quantity, place, attributed, None, Span(start, span.end), left.verb, left.tail)
    introduced = bool(left.tail.strip()) or quantity.span.start < quantity.numeral.start
    told = introduced and view.startswith("的", place.right.start)
    if left.text and right is not None and (quantity.dimension is Dimension.RATIO or told):
        # 收入超过5万元的家庭: what is measured stands before
        right = None
    if left.text is None or left.span is None:
        if right is None:
            return Named(quantity, place, None, None, span, None, left.tail)
        evidence = Span(span.start, right.end)
        return Named(quantity, place, right.slice(view), right, evidence, None, left.tail)
    evidence = Span(left.span.start, span.end)
    if right is None:
        return Named(quantity, place, left.text, left.span, evidence, left.verb, left.tail)
    whole = Span(left.span.start, right.end)
    text = right.slice(view)
    excepted = _EXCEPTED.fullmatch(left.text + text)
    if excepted:
        return Named(quantity, place, excepted[1], None, whole, left.verb, left.tail)
    scope = _SCOPE.search(left.text)
    if scope and words.phrases.is_verb(left.text[: scope.start()]):
        # 将全县27个部门的…: 将 marks an object
        lead = left.text[: scope.start()].removeprefix("将").removeprefix("把")
        return Named(quantity, place, lead + text, None, whole, left.verb, left.tail)
    if words.phrases.is_verb(left.text) or words.phrases.ends_with_verb(left.text):
        return Named(quantity, place, left.text + text, None, whole, left.verb or left.text, left.tail)
    if left.verb is None and (
        _SUBJECT_END.search(left.text) or left.tail.strip() in ("有", "共有", "原有", "现有", "所有", "为")
    ):
        return Named(quantity, place, text, right, Span(span.start, right.end), None, left.tail)
    if words.phrases.is_verb(text) and not _OBJECT_OF.match(left.text):
        return Named(quantity, place, left.text, left.span, evidence, left.verb, left.tail)
    if left.verb is not None:
        return Named(quantity, place, left.text, left.span, evidence, left.verb, left.tail)
    return Named(quantity, place, left.text + text, None, whole, None, left.tail)


def _distribute(view: str, named: list[Named], words: Words) -> list[Named]:
    """甲率、乙率分别达到65%和55%: the names are said before the numbers, in their order.

    Where only one name is said (同比分别增长8.5%、12.5%), it goes on with as many numbers before it.
    """
    result, at = list(named), 0
    while at < len(result):
        first = result[at]
        said = first.name is not None and bool(
            _SEPARATELY.search(view, first.place.clause_start, first.quantity.span.start)
        )
        if not said and not _shares_change(view, result, at):
            at += 1
            continue
        assert first.name is not None
        group = [at]
        while group[-1] + 1 < len(result):
            gap = view[result[group[-1]].quantity.span.end : result[group[-1] + 1].quantity.span.start]
            if not _LISTED.fullmatch(gap):
                break
            group.append(group[-1] + 1)
        name = _SEPARATELY.sub("", first.name)
        names = split_names(name, len(group), words.context.tokens)
        for index, text in zip(group, names, strict=True):
            one = result[index]
            before = index - len(group)
            subject = None if text != name else first.subject
            if text == name and GOES_ON.match(text) and before >= 0 and len(group) > 1:
                subject = topic(result[before], words)
            result[index] = replace(
                one,
                name=text,
                span=first.span if text == first.name else None,
                evidence=Span(first.evidence.start, one.quantity.span.end),
                subject=subject,
                listed_from=first.quantity.span.start,
                inherited_from=None,
            )
        at = group[-1] + 1
    return result


def _shares_change(view: str, named: list[Named], at: int) -> bool:
    """甲收入5万元,乙收入3万元,实际增长9%和8%: two changes of the two numbers before them."""
    if at < 2 or at + 1 >= len(named):
        return False
    first, second, one, other = named[at - 2 : at + 2]
    same = {each.place.sentence_start for each in (first, second, one, other)}
    return (
        len(same) == 1
        and one.name is not None
        and bool(CHANGED.fullmatch(one.name))
        and one.quantity.dimension is other.quantity.dimension is Dimension.RATIO
        and first.quantity.base == second.quantity.base != one.quantity.base
        and view[one.quantity.span.end : other.quantity.span.start] in ("和", "、", "与")
    )


def _tell_apart(view: str, named: list[Named], words: Words) -> list[Named]:
    """司法助理员调解5068件,法律服务所调解5551件: of two numbers whose names are one verb, the actor before the
    verb belongs to the name."""
    result = list(named)
    for first, second in itertools.pairwise(range(len(named))):
        one, other = named[first], named[second]
        if one.name != other.name or one.quantity.base != other.quantity.base or one.name is None:
            continue
        if one.place.sentence_start != other.place.sentence_start or not words.phrases.is_verb(one.name):
            continue
        whole = [_with_actor(view, each) for each in (one, other)]
        if all(whole) and whole[0] != whole[1]:
            for index, span in zip((first, second), whole, strict=True):
                assert span is not None
                result[index] = replace(
                    named[index],
                    name=span.slice(view),
                    span=span,
                    evidence=Span(span.start, named[index].quantity.span.end),
                    subject=None,
                )
    return result


def _with_actor(view: str, one: Named) -> Span | None:
    """The verb with what stands before it in its clause; None without an actor."""
    if one.span is None or one.span.start < one.place.left.start:
        return None
    actor = _ACTOR.search(view, one.place.left.start, one.span.start)
    return Span(actor.start(1), one.span.end) if actor else None


def _indicator(view: str, one: Named, so_far: Progress, catalogue: Catalogue, *, planned: bool) -> Indicator:
    quantity = one.quantity
    section = section_of(so_far.sections, quantity.span)
    kind = section.kind if section else SectionKind.OTHER
    if planned and section and section.level > 0:
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
    )
    sign = Decimal(-1) if reading.negative else Decimal(1)
    unit_span = quantity.unit.span if quantity.unit else None
    entry = catalogue.entry_for(one.subject, one.name, reading.role, sign * quantity.value, quantity.base)
    if one.inherited_from is not None and "其中" in view[one.inherited_from : quantity.span.start]:
        # 收到12件,其中10件已答复: some of them, which are not the whole that the key means
        entry = None
    return Indicator(
        span=one.evidence,
        value_span=quantity.span,
        rule=_rule(quantity, one),
        name=one.name,
        name_span=one.span,
        value=sign * quantity.value,
        value_text=quantity.numeral.slice(view),
        unit=quantity.base,
        unit_text=unit_span.slice(view) if unit_span and unit_span.length else None,
        dimension=quantity.dimension,
        value_low=quantity.low,
        value_high=quantity.high,
        approx=quantity.approx,
        role=reading.role,
        subject=one.subject,
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
    elided = one.inherited_from is not None
    if one.name is None or elided or (one.span is not None and not one.span.overlaps(one.evidence)):
        return "indicator.elided"
    if one.span is None:
        return "indicator.name_around"
    return "indicator.name_before" if one.span.end <= quantity.span.start else "indicator.name_after"
