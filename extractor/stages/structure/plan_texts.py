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
from extractor.stages.structure.reported import PLAN_TITLE, is_plan_title

# documents that tell others what to do: their 工作任务 promises nothing of the writer's own
_DIRECTIVE_TITLE = regex.compile(r"(?:方案|意见|办法|细则|规定|通知|规程|规则|制度)(?:\([^)]*\))?$")
# titles of what accounts for itself; others leave it to the sentences
_ACCOUNT_TITLE = regex.compile(
    r"报告|汇报|总结|年报|述[职法]|情况|简介|概况|通报|公告|公示|通知|办法|细则|规定|规程|规则|制度|函$"
)
_PROGRAMME_TITLE = regex.compile(
    r"(?:方案|意见|措施|任务|规划|纲要)(?:分工)?(?:\([^)]*\))?》?(?:\([^)]*\))?(?:的通知)?$"
)
_ACCOUNTS = (SectionKind.PROBLEMS, SectionKind.RECTIFICATION)
# 主要措施 may head what was done or what is to be done
_DONE = regex.compile(r"成[效绩果]|情况|总结|回顾|完成|做法|亮点|经验|进展|概况")
# so many sentences tell what kind of text they make, fewer only if some of them speak of the future in so many words
_FEWEST_ORDERS, _FEWEST_WITH_MARK = 6, 4
_MOST_ORDERS = 0.5
# 加强…, 推进… without a word of the future may also be an account
_MOST_UNMARKED = 0.7
_FEW_TOLD = 0.1
_FEW_DIRECTED = 0.25
# what only an account of things done holds
_COUNTS = regex.compile(r"(?<![公总])共(?=[0-9一二三四五六七八九十百])|累计|截[至止]|同比|荣获|[全上]年共")
# 开展培训12次: a count without a word of the future
_COUNTED = regex.compile(r"[0-9][0-9,]*余?(?:次|场|件|起|份|期|人次|篇|幅|名|条|人)")
_TELLS = regex.compile(r"已(?!经济|故)|了(?![解却断结])|取得|得到(?!进一步|有效|全面|显著|明显)|目前|现有|以来|位于")
_DIRECTS = regex.compile(
    r"应当|必须|须(?!知)|不得|^各(?:级|地|单位|部门|区县|村居|乡镇|镇街)|(?:^|,)应(?=[按采及在将由建做加严])|"
    r"(?:单位|部门|责任人|负责人|人员|企业|机关|街道|乡镇|居村|村居|政府)[^,。;]{0,8}?(?:要(?!求)|应(?![急用对])|须)"
)
_MARKS = regex.compile(
    r"^[^,。;]{0,30}?(?<![需主重必])要(?![求点件素务闻])|力争|(?<![^,。;至])到(?:20[0-9]{2}年|[“\"]?十[三四五六]五)|(?:今年|明年|年)[内底末]|20[0-9]{2}年[^,。;]{0,8}[底末]?前"
)


def is_plan(document: Document, so_far: Progress, context: Context) -> bool:
    """True if all sections promise: the title says so, or a cut of a plan, which bears no title, only orders."""
    named = _named(document, so_far)
    if PLAN_TITLE.search(named):
        return is_plan_title(named)
    programme = _PROGRAMME_TITLE.search(named) is not None
    if (not programme and _ACCOUNT_TITLE.search(named)) or any(map(_accounts, so_far.of(Section))):
        return False
    texts = [body.slice(document.view) for body, _, _ in spoken(document, so_far.of(Section))]
    return _only_orders(texts, context, programme=programme)


def is_directive(document: Document, so_far: Progress) -> bool:
    """True for a title that tells others what to do."""
    named = _named(document, so_far)
    return not PLAN_TITLE.search(named) and bool(_DIRECTIVE_TITLE.search(named))


def _named(document: Document, so_far: Progress) -> str:
    return document.metadata.get("title", so_far.identity.title or "")


def _accounts(section: Section) -> bool:
    """True for a section that looks back or admits."""
    if section.kind is SectionKind.ACHIEVEMENTS:
        return _DONE.search(section.title or "") is not None
    return section.kind in _ACCOUNTS


def _only_orders(texts: list[str], context: Context, *, programme: bool) -> bool:
    """True for a text of orders that gives no account of what was done and seldom tells what is.

    At least half of the sentences say what is to be done: they open with the verb of an undertaking, adverbs and
    means aside, or speak of the future. A report of as many sentences says 了, 已 or 共 somewhere. `programme`: the title
    speaks of the future (方案).
    """
    marked = int(programme) + sum(_MARKS.search(text) is not None for text in texts)
    if len(texts) < (_FEWEST_WITH_MARK if marked else _FEWEST_ORDERS) or any(_COUNTS.search(text) for text in texts):
        return False
    if not marked and any(_COUNTED.search(text) for text in texts):
        return False
    reported = sum(_TELLS.search(text) is not None for text in texts)
    directed = sum(_DIRECTS.search(text) is not None for text in texts)
    # a plan may say once where matters stand
    few = max(_FEW_TOLD * len(texts), min(marked - 1, 1)) if marked else 0
    if reported > few or directed > _FEW_DIRECTED * len(texts):
        return False
    most = _MOST_ORDERS if marked else _MOST_UNMARKED
    return sum(_orders(text, context) for text in texts) >= most * len(texts)


def _orders(text: str, context: Context) -> bool:
    """True for a sentence one of whose first two clauses opens with a verb of an undertaking."""
    rules = {rule.id: rule.pattern for rule in context.knowledge.group("actions")}
    verbs = tuple(context.knowledge.words("action_verbs"))
    if _MARKS.search(text):
        return True
    for clause in text.split(",", 2)[:2]:
        adverb = rules["action.adverb"].match(clause)
        if clause[adverb.end() if adverb else 0 :].startswith(verbs) or clause.startswith(verbs):
            return True
    return False
