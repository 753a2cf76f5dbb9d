"""What a text says that it is (报告自述): whether it reports on a year that is over, and on which.

Comes in: the view of a document. Goes out: a flag, a year. Refuses years of the day of publication and of cited titles.
"""

import regex

_HEAD_CHARS = 1500
# 现将我镇2021年度工作情况报告如下; 现公布青禾镇2021年政府信息公开工作年度报告
_SUMS_UP = regex.compile(
    r"现[^。;\n]{0,60}?(?:(?P<year>20[0-9]{2})年)?[^。;\n]{0,60}(?:(?:报告|汇报|总结|通报|公布)(?:如下|于后)|年度报告)"
    r"|(?:编制|形成)(?:了?本报告|而成)"
)
# a line of its own: 青禾镇2021年度法治政府建设情况报告
_TITLE = regex.compile(
    r"(?m)^[^。;:,\n]{0,40}?(?:(?P<year>20[0-9]{2})\ ?年|年度)[^。;:,\n]{0,30}(?:报告|总结|汇报|(?:建设|工作)情况)(?:的报告)?(?:\([^()\n]{1,12}\))?\ *$"
)
# 2021年,在…领导下,某局…提供了保障。: a first sentence that tells of a year, without a word of what is to be done
_OPENS = regex.compile(
    r"^\s*20[0-9]{2}\ ?年(?:以来)?,(?:(?!要(?![求素点闻])|将(?![习]|其|法)|力争|必须)[^。\n]){2,260}?(?:领导下|指导下|坚持|围绕|按照)"
    r"(?:(?!要(?![求素点闻])|力争|必须)[^。\n]){0,260}。"
)
_NO_REPORT = regex.compile(
    r"(?m)^[^。;:,\n]{2,60}(?:要点|计划|方案|规划|意见|办法|细则|政府工作报告|解读)(?:的通知)?\ *$"
)
_CITED = regex.compile(r"《[^》]*》")


def reports(view: str) -> bool:
    """True for a text that sums up what was done: its title or its first sentences say so."""
    head = view[:_HEAD_CHARS]
    return (_SUMS_UP.search(head) or _TITLE.search(head) or _OPENS.search(head)) is not None and _NO_REPORT.search(
        head
    ) is None


def reported_year(view: str) -> int | None:
    """The year that the title or the sentence that sums up names; null where neither does."""
    head = _CITED.sub("", view[:_HEAD_CHARS])
    for pattern in (_TITLE, _SUMS_UP):
        found = pattern.search(head)
        if found and found["year"]:
            return int(found["year"])
    return None
