"""Openings (句首): what stands before the verb of a clause of a promise: list marker, term, means, actor.

Comes in: the folded text of a clause. Goes out: where the verb begins, and the words of term, means and actor. Refuses
an actor that is the writer (我镇, 我们) or that is no noun for a body or people.
"""

from dataclasses import dataclass, replace

import regex

from extractor.stages.promises.predicates import ActionGrammar, predicate_of

ITEM = regex.compile(
    r"(?<![一-龥0-9])(?:[一二三四五六七八九十]{1,2}[是要]|\([0-9一二三四五六七八九十]{1,2}\)|[①-⑳]|[0-9]{1,2}[.、](?![0-9]))"
)
_END = regex.compile(r"[,。;:!?、\s]+$")
# who speaks and when, before the promise: 下一步我镇(将)
_SELF = regex.compile(
    r"(?:(?:下一?步|今后|接下来|明年|新的一年|20[0-9]{2}年|今年)(?:里|中|的工作中)?,?)?"
    r"(?:我们|[我本](?:镇|乡|街道|县|区|市|局|所|办|委|单位|院|厅|省|州|旗|村|社区)|全[镇乡县区市局省](?:上下)?)?"
)
# 并以此为基础; 全县普法工作要坚持…: what is planned is no actor
_JOINS = regex.compile(
    r"(?:并且?|同时)(?=以|通过|依托|在|于|由|按|到)|[^,。;要将]{2,24}工作(?=(?:要(?!求)|将(?!来)|应当?|须)[^,。;]{4})"
)
# nouns as well: without a word between, 司法所|调解… may be a name
_NOUNS_TOO = regex.compile(
    r"建设|管理|服务|监督|检查|宣传|培训|调解|治理|改革|发展|保障|组织|规划|创新|公开|监管|审批|审查|整治|排查|化解|维护|执法|工作|联系|评议|评估|安置|研究|教育|调处|应用|采购|分析|学习|信访|审核|核查|处理|处置|考核"
)
_SUBJECT = 30
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the verb begins, and what was said before it; None what was not."""

    start: int = 0
    actor: str | None = None
    means: str | None = None
    term: str | None = None


def opening_of(text: str, grammar: ActionGrammar) -> Opening:
    """What stands before the verb of the clause."""
    found = Opening(_itself(text, grammar))
    for _ in range(_ROUNDS):
        following = _next(text, found, grammar)
        if following.start == found.start:
            break
        found = following
    return found


def _next(text: str, found: Opening, grammar: ActionGrammar) -> Opening:
    rest = text[found.start :]
    joins = _JOINS.match(rest)
    if joins:
        return replace(found, start=found.start + joins.end())
    term = grammar.match("term", rest)
    if term:
        return replace(found, start=found.start + term.end(), term=(found.term or "") + term[0])
    means = grammar.match("means", rest)
    if means:
        end = _verb_within(means["means"] or means[0], means.end() >= len(rest), grammar)
        if end and rest.startswith("在"):
            # where, not with what
            return replace(found, start=found.start + end)
        return replace(found, start=found.start + (end or means.end()), means=_END.sub("", rest[: end or means.end()]))
    actor = grammar.match("actor", rest)
    if actor and not grammar.opens(rest):
        return replace(found, start=found.start + actor.end(), actor=actor["actor"].removeprefix("由"))
    end = _subject_end(rest, grammar)
    if end:
        subject = grammar.match("subject", rest[:end])
        return replace(found, start=found.start + end, actor=subject["actor"] if subject else None)
    return found


def _subject_end(text: str, grammar: ActionGrammar) -> int:
    """Where a subject ends that the verb follows: 司法所|定期开展评查; 0 without one."""
    if text[:1] in ("使", "让", "令") or grammar.opens(text) or predicate_of(text, grammar) is not None:
        return 0
    for end in range(2, min(_SUBJECT, len(text) - 2)):
        if not grammar.match("subject", text[:end]):
            continue
        rest = text[end:]
        modal = regex.match(r"(?:要(?!求)|将|应当?|须|负责)", rest)
        at = modal.end() if modal else 0
        term = grammar.match("term", rest[at:])
        at += term.end() if term else 0
        sure = at > 0 or not _NOUNS_TOO.match(rest) or grammar.match("serial", rest)
        if sure and grammar.opens(rest[at:]) and len(rest) - at > 2:
            return end
    return 0


def _itself(text: str, grammar: ActionGrammar) -> int:
    """Length of what names the writer and the time, if the promise follows; else 0."""
    named = _SELF.match(text)
    at = named.end() if named else 0
    return at if at and grammar.opens(text[at:]) else 0


# what names a means as a whole: 依托网络平台, 通过座谈等形式; 根据 has words of its own (根据工作实际)
_MEANS_END = regex.compile(
    r"(?:等|形式|方式|方法|手段|途径|渠道|载体|平台|机制|体系|契机|优势|作用|基础上?|[中下]|建设|系统|力量|资源|模式|机会|[0-9]+次|机遇|制度|会议|"
    r"活动|阵地|站点?|中心|队伍|网络)$"
)
_GROUNDS = ("根据", "按照", "依据", "结合", "针对")
_GROUNDS_END = regex.compile(
    r"(?:要求|原则|部署|规定|精神|情况|实际|特点|需要|需求|问题|意见|方案|办法|通知|文件|目标|重点|制度|安排|标准|条例|清单|等|[中下])$"
)


def _verb_within(means: str, whole: bool, grammar: ActionGrammar) -> int | None:
    """Where in a clause that opens with a means its verb begins (根据特点|确定内容); None if all of it is means."""
    text = _END.sub("", means)
    ends = _GROUNDS_END if text.startswith(_GROUNDS) else _MEANS_END
    if not whole or ends.search(text) or text.startswith("以"):
        return None
    for word in grammar.tokens.cut(text)[2:]:
        verb = grammar.opening.match(text, word.start)
        behind = text[verb.end() :] if verb else ""
        if verb and len(behind) > 1 and "的" not in behind and not behind.startswith(("和", "、", "与")):
            return word.start
    return None
