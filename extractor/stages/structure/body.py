"""Body (正文): the sentences outside headings, each with what it speaks of.

Comes in: a document with its sections. Goes out: spans of sentences with their innermost section and the
kind of speech: that of the section, but behind 下一步,… to the end of the part it is a plan, and under a
heading for both (存在的问题和下一步打算) each sentence is told apart. Refuses tables, signatures and who is
responsible for what.
"""

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.extraction import innermost, section_of
from extractor.datamodel.records import Section
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import SectionKind
from extractor.stages.structure.duties import find_duties, without_duties
from extractor.stages.structure.kinds import lacks
from extractor.text.sentences import sentences, trimmed

_MARKS = " 。;,、:"
_SHORTEST = 5
_LIST_LEVEL = 4
# a list item of that many characters is a sentence, whatever follows
_LONG_ITEM = 30
# 3.建立清单制度,明确…职责权限。 is a sentence though more follows on its line
_LONG_TITLE = 20
# 加强组织领导。 alone is a heading; a heading without a body is a sentence only when it says more
_SAYS_MORE = 12
# who signs and when: no sentence
_SIGNATURE = regex.compile(
    r"[^,。;]{2,30}(?:政府|办事处|委员会|办公室|局|厅|院|中心)|(?:20[0-9]{2}|二[〇零]..)年[^,。]{1,8}日|[^,。]{0,12}(?:[特专]此报告|请审阅)。?"
)
_TURN = regex.compile(r"^(?:下一?步|下一?阶段|今后|接下来|明年|新的一年)(?!的?工作中(?:还|仍)?存在)")
# 结合上述不足,我们将…; what names no shortcoming of the text itself (针对执法力量不足问题,组织…) may tell of the past
_ANSWER = regex.compile(
    r"^(?:为此|对此|(?:针对|结合|围绕|聚焦|根据|对照|面对|对于|鉴于)(?:上述|以上|上面|前述|这些|此类|存在的?|现存的?)"
    r"[^,。;]{0,14}(?:问题|不足|情况|短板|差距|薄弱环节|困难)[^,。;]{0,4})[,:]"
)
# 2025年,我镇将从以下方面改进: among shortcomings, whoever speaks of what is to be done about them
_WILL = regex.compile(
    r"^(?:[^,。;:]{0,24},)?[^,。;:]{0,16}(?<![已现即必势便拟名干武健])[将要](?=(?:在[^,。;]{1,30})?(?:从|采取|重点|着重|着力|进一步|继续|不断|"
    r"持续|认真|切实|严格|大力|积极|全面|深入|加强|加大|加快|做好|抓好|推进|完善|健全|强化|努力|以问题为导向|坚持|围绕|改进|按照))"
)
# among shortcomings, what a label says up to the next: 存在问题:… 整改措施:… 整改情况:…
_LABEL = regex.compile(
    r"(?P<plan>(?:整改|改进|解决|应对|下一?步|今后)(?:的)?(?:工作)?(?:措施|举措|目标|打算|计划|思路|对策|方向|办法)|对策(?:建议)?)\ ?:|"
    r"(?P<problems>(?:存在的?|主要)?(?:问题|不足)(?:表现|描述|及原因)?|具体表现|原因分析)\ ?:|"
    r"(?P<rectification>整改(?:落实|完成)?(?:情况|进展|结果|成效)|目前进展)\ ?:"
)
_ITEM = regex.compile(r"\ ?(?:[一二三四五六七八九十]{1,2}是|[0-9]{1,2}[.、]|\([0-9一二三四五六七八九十]{1,2}\))")
_TOLD = regex.compile(r"已(?!经济|故)|了(?![解却断结])")
# what was reached, among shortcomings: it is neither lacking nor planned
_REACHED = regex.compile(
    r"已(?!经济|故|成为)|取得(?:了|的)?[^,。;]{0,16}(?:成[效绩果]|进展|进步)|先后|累计|(?<![公总])共(?=[0-9])|组织开展了|完成了|制定了|建立了"
)


def spoken(document: Document, sections: tuple[Section, ...]) -> list[tuple[Span, Section | None, SectionKind]]:
    """Sentences outside headings in text order, each with its innermost section and what it speaks of."""
    view, found = document.view, []
    bodies, turned = _body_sentences(document, sections), 0
    turns = [span.start for span, section in bodies if _turns(span.slice(view), section)]
    admitted: set[Span] = set()
    labelled: tuple[int, SectionKind] = (0, SectionKind.OTHER)
    for span, section in bodies:
        kind = section.kind if section else SectionKind.OTHER
        label = _LABEL.match(view, span.start, span.end) if _among_problems(section) else None
        if label:
            labelled = _outer(sections, span).end, SectionKind(label.lastgroup or "")
            item = _ITEM.match(view, label.end(), span.end)
            span = _stripped(view, Span(item.end() if item else label.end(), span.end))
        if span.start in turns:
            turned = max(turned, _reach(view, sections, span))
        if span.length < _SHORTEST:
            continue
        if span.start < labelled[0]:
            kind = labelled[1]
        elif span.start < turned:
            kind = SectionKind.PLAN
        elif kind is SectionKind.PROBLEMS and not (section and section.among) and _only_reached(span.slice(view)):
            kind = SectionKind.ACHIEVEMENTS
        elif section is not None and section.among:
            whole = _outer(sections, span)
            later = any(whole.start <= turn < whole.end and turn > span.start for turn in turns)
            kind = _kind_among(span.slice(view), section.among, later=later, admitted=whole in admitted)
            if kind is SectionKind.PROBLEMS:
                admitted.add(whole)
        found.append((span, section, kind))
    return found


def _kind_among(text: str, among: tuple[SectionKind, ...], *, later: bool, admitted: bool) -> SectionKind:
    """What a sentence below a heading for several kinds speaks of. `later`: a sentence behind it turns to the
    future; `admitted`: one before it in its section told of something lacking."""
    reached = next((kind for kind in among if kind not in (SectionKind.PROBLEMS, SectionKind.PLAN)), None)
    if SectionKind.PROBLEMS not in among:
        return reached or SectionKind.PLAN
    if reached is None:
        if not lacks(text) and _REACHED.search(text):
            return SectionKind.ACHIEVEMENTS
        return SectionKind.PROBLEMS if later or lacks(text) else SectionKind.PLAN
    admits = lacks(text) and not _TOLD.search(text)
    first = among[0] is SectionKind.PROBLEMS
    return SectionKind.PROBLEMS if admits or (admitted and not first) else reached


def _among_problems(section: Section | None) -> bool:
    return section is not None and (section.kind is SectionKind.PROBLEMS or SectionKind.PROBLEMS in section.among)


def _only_reached(text: str) -> bool:
    """True for a sentence among shortcomings that only tells of success."""
    return _REACHED.search(text) is not None and not lacks(text) and "但" not in text


def _body_sentences(document: Document, sections: tuple[Section, ...]) -> list[tuple[Span, Section | None]]:
    """Sentences outside headings, each with its innermost section; the title of a list item written
    as a sentence (一是加强学习,…) belongs to the body."""
    view, duties = document.view, find_duties(document.view)
    # who is responsible is no body of a heading, and what somebody is responsible for is a sentence
    blanked = _blanked(view, [duty.span for duty in duties])
    tasks = {duty.scope.end for duty in duties}
    cuts = sorted(
        section.heading
        for at, section in enumerate(sections)
        if section.level > 0
        if section.level < 2 or not any(section.heading.end + at in tasks for at in range(3))
        if _is_title(blanked, section, sections[at + 1] if at + 1 < len(sections) else None)
    )
    markers = {section.span.start: section.marker_span.end for section in sections if section.marker_span}
    spans: list[tuple[Span, Section | None]] = []
    at = 0
    for cut in [*cuts, Span(len(view), len(view))]:
        whole = sentences(view, at, cut.start)
        for span in (part for sentence in whole for part in without_duties(sentence, duties)):
            span = _stripped(view, Span(markers.get(span.start, span.start), span.end))
            if span.length < _SHORTEST or _in_table(document, span) or _SIGNATURE.fullmatch(span.slice(view)):
                continue
            spans.append((span, section_of(sections, span)))
        at = max(at, cut.end)
    return spans


def _blanked(view: str, spans: list[Span]) -> str:
    for start, end in spans:
        view = view[:start] + " " * (end - start) + view[end:]
    return view


def _is_title(view: str, section: Section, following: Section | None) -> bool:
    """False for a heading that is itself the sentence: a list item that goes on (;), that is long, or
    that has nothing below it and is written as a sentence."""
    behind = view[section.heading.end : section.heading.end + 1]
    item = section.level >= _LIST_LEVEL
    goes_on = "," in section.heading.slice(view)
    if section.level >= 3 and (
        behind == ";"
        or view[section.heading.end - 1] == ";"
        or (item and behind in ("。", "") and len(section.title) > _LONG_ITEM)
    ):
        return False
    line_end = view.find("\n", section.heading.end)
    line_end = len(view) if line_end < 0 else line_end
    if section.level >= 3 and goes_on and behind == "。" and len(section.title) >= _LONG_TITLE:
        return False
    sentence = goes_on or len(section.title) >= _SAYS_MORE
    if item and (sentence if behind == "。" else goes_on and not view[section.heading.end : line_end].strip(" 。;")):
        return False
    if following is not None and following.level > section.level:
        return True
    stop = following.span.start if following else len(view)
    below = view[section.heading.end : stop].strip(" \n。;,.")
    if below and not _LABEL.match(below):
        return True
    written = behind in ("。", ";") and (item or len(section.title) >= _SAYS_MORE)
    return not (written or goes_on)


def _turns(text: str, section: Section | None) -> bool:
    """True for a sentence from which on the text speaks of the future."""
    if _TOLD.search(text):
        return False
    answers = _among_problems(section) and (_ANSWER.match(text) or _WILL.match(text))
    return _TURN.match(text) is not None or bool(answers)


def _reach(view: str, sections: tuple[Section, ...], span: Span) -> int:
    """Where the plan that opens with the sentence ends: with its list item, unless it stands below the
    list or opens a list of its own (…下一步,一是…)."""
    at = innermost(sections, span.start)
    if at is None:
        return len(view)
    section = sections[at - 1]
    line_start = view.rfind("\n", 0, span.start) + 1
    if section.level < _LIST_LEVEL:
        return section.span.end
    below = not view[line_start : span.start].strip()
    opens = at < len(sections) and sections[at].ordinal.rpartition(".")[2] == "1"
    return _outer(sections, span).end if below or opens else section.span.end


def _outer(sections: tuple[Section, ...], span: Span) -> Span:
    """The innermost section above list items around the span."""
    at = innermost(sections, span.start)
    section = sections[at - 1] if at is not None else None
    while section is not None and section.level >= _LIST_LEVEL and section.parent is not None:
        section = sections[section.parent - 1]
    return section.span if section is not None else span


def _in_table(document: Document, span: Span) -> bool:
    return any(table.span.overlaps(span) for table in document.tables)


def _stripped(view: str, span: Span) -> Span:
    span = trimmed(view, span)
    start = span.start
    while start < span.end and view[start] in _MARKS:
        start += 1
    return Span(start, span.end)
