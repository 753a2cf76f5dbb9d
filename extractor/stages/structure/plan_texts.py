"""Texts that are plans as a whole (工作要点, 工作计划), and those that tell others what to do (方案, 意见).

Comes in: a document with its sections and identity. Goes out: yes or no. Refuses to call a text a plan that tells
of anything done.
"""

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Section
from extractor.datamodel.vocabulary import SectionKind
from extractor.stages.base import Context, Progress
from extractor.stages.structure.body import spoken

_PLAN_TITLE = regex.compile(r"(?:要点|计划|安排|规划)(?:\([^)]*\))?(?:的通知)?$")
# documents that tell others what to do: their 工作任务 promises nothing of the writer's own
_DIRECTIVE_TITLE = regex.compile(r"(?:方案|意见|办法|细则|规定|通知|规程|规则|制度)(?:\([^)]*\))?$")
_NO_ACCOUNT = (SectionKind.OTHER, SectionKind.PLAN)
_FEWEST_ORDERS = 8
_MOST_ORDERS = 0.5
_TELLS = regex.compile(
    r"已(?!经济|故)|了(?![解却断结])|(?<![公总])共(?![同建享治管商])|累计|截[至止]|同比|荣获|取得|得到|先后|目前|现有|以来|位于|应当|须|不得|各(?:级|地|单位|部门|区县|村居)"
)


def is_plan(document: Document, so_far: Progress, context: Context) -> bool:
    """True if all sections promise: the title says so, or a cut of a plan, which bears no title, only orders."""
    named = _named(document, so_far)
    if _PLAN_TITLE.search(named):
        return True
    if named or so_far.identity.report_year is not None:
        return False
    if any(section.kind not in _NO_ACCOUNT for section in so_far.of(Section)):
        return False
    texts = [body.slice(document.view) for body, _, _ in spoken(document, so_far.of(Section))]
    return _only_orders(texts, context)


def is_directive(document: Document, so_far: Progress) -> bool:
    """True for a title that tells others what to do."""
    named = _named(document, so_far)
    return not _PLAN_TITLE.search(named) and bool(_DIRECTIVE_TITLE.search(named))


def _named(document: Document, so_far: Progress) -> str:
    return document.metadata.get("title", so_far.identity.title or "")


def _only_orders(texts: list[str], context: Context) -> bool:
    """True for a text of orders that tells of nothing done and nothing there: at least 8 sentences, most
    of which open with the verb of an undertaking. A report of as many sentences says 了, 已 or 共 somewhere."""
    if len(texts) < _FEWEST_ORDERS or any(_TELLS.search(text) for text in texts):
        return False
    verbs = tuple(context.knowledge.words("action_verbs"))
    return sum(text.startswith(verbs) for text in texts) >= _MOST_ORDERS * len(texts)
