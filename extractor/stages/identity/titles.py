"""The title of a report (标题) among the lines of a page: breadcrumbs, menus and labels above it are none.

Comes in: a document and its sections. Goes out: the title as written, lines joined, and its span; null if no line is one.
"""

from dataclasses import dataclass

import regex

from extractor.datamodel.document import Document
from extractor.datamodel.records import Section
from extractor.datamodel.span import Span
from extractor.text.sentences import trimmed

# a title stands among the first lines of a document
_FIRST_LINES = 14
_LONGEST_TITLE = 90
_KINDS = r"报告|总结|情况|通报|汇报|要点|计划|方案|规划|意见|办法|通知|简介|安排|公报|年报|谋划|打算|思路"
_TITLE_END = regex.compile(rf"(?:(?:{_KINDS})(?:的(?:通知|函|公告|报告|请示))?)(?:\ ?\([^()]{{1,20}}\))?$")
_DOCUMENT_LINE = regex.compile(r"(?:政府|委员会|党委|党工委|办公室|办事处|管委会|局|厅|院|部|法院|中心|支队|大队)$")
_NAMES_ISSUER = regex.compile(r"[一-龥]{2,24}(?:政府|委员会|办公室|办事处|局|厅|院|中心)(?=20|二[〇零]|关于)")
# 首页 > 政务公开 > 年度报告; 当前位置:…; 政务公开 >> 报告
_BREADCRUMB = regex.compile(r"首\ ?页|(?:当前|所在|现在)的?位置|>|»|›")
# a label and its value, or a line in brackets
_LABEL = regex.compile(r"^[|\ ]*[一-龥\ ]{2,8}\ ?:|\[[^\[\]]{2,12}\]\ *$|^\[[^\[\]]{2,12}\]")
# 标题:…: the one label that says a title
_NAMED = regex.compile(r"^[|\ ]*(?:标\ *题|名\ *称|(?:文件|信息|公文)(?:名称|标题))\ *[:|]\ *")
# - 总体情况: an item of a list, or a heading that lost its number
_ITEM = regex.compile(r"[-•·○●]\ |(?:总体|基本|主要|有关)情况$")
# a heading of a menu: what it is about is not said
_BARE = regex.compile(rf"(?:(?:法治政府建设|政府信息公开|政务公开|信息公开|政府|法治|工作|年度|统计)*(?:{_KINDS}))")
_TELLS = regex.compile(r"20[0-9]{2}|二[〇零]|[省市区县州旗盟镇乡局厅委院办]|街道|关于")


@dataclass(frozen=True, slots=True)
class Title:
    """The title as written, and where it stands in the text; `span` is null if only the file's own fields name it."""

    text: str
    span: Span | None


def find_title(document: Document, sections: tuple[Section, ...]) -> Title | None:
    """The first line of the beginning that is a whole title; else one that says only what kind of text it is."""
    first = next((s.heading.start for s in sections if s.level > 0), len(document.text))
    lines = [line for line in document.lines() if line.start < first][:_FIRST_LINES]
    bare: Title | None = None
    for index, line in enumerate(lines):
        text = _title_text(document.view, line)
        if text is None:
            continue
        above = _without_marks(document.view, lines[index - 1]) if index else None
        start = text.start
        if above is not None and _goes_on(document.view, above, text):
            start = above.start
            first_line = _without_marks(document.view, lines[index - 2]) if index > 1 else None
            if first_line and _opens(document.view, first_line, above):
                start = first_line.start
        span = Span(start, text.end)
        title = Title(_joined(document.quote(span)), span)
        if _TELLS.search(span.slice(document.view)) and not _BARE.fullmatch(span.slice(document.view)):
            return title
        bare = bare or title
    stated = document.metadata.get("title")
    return Title(stated, None) if stated else bare


def _title_text(view: str, line: Span) -> Span | None:
    """Where the title stands on that line; None if the line is none."""
    line = _without_marks(view, line)
    text = line.slice(view)
    named = _NAMED.match(text)
    if named:
        behind = trimmed(view, Span(line.start + named.end(), line.end))
        line = _without_marks(view, Span(behind.start, line.start + len(text.rstrip(" |"))))
        text = line.slice(view)
    elif _BREADCRUMB.search(text) or _LABEL.search(text):
        return None
    if _ITEM.match(text):
        return None
    is_title = 0 < line.length <= _LONGEST_TITLE and "。" not in text and _TITLE_END.search(text)
    return line if is_title else None


def _without_marks(view: str, line: Span) -> Span:
    line = trimmed(view, line)
    head = regex.match(r"[#\ ]+", view[line.start : line.end])
    return Span(line.start + head.end(), line.end) if head else line


def _goes_on(view: str, above: Span, text: Span) -> bool:
    """True if the title began on the line above: the issuer's name, or a phrase without an end."""
    written, below = above.slice(view), text.slice(view)
    if (
        not 3 <= len(written) <= 50
        or regex.search(r"[。:;!|]|[0-9]{4}-|〔|星期", written)
        or _BREADCRUMB.search(written)
    ):
        return False
    if _TITLE_END.search(written) or view[above.end : text.start].strip():
        return False
    if _DOCUMENT_LINE.search(written):
        # 某局 above 某局2021年报告 is the name of the site
        return not below.startswith(written) and _NAMES_ISSUER.match(below) is None
    return (
        len(below) < 12 or written.startswith("关于") or regex.search(r"[一-龥]20[0-9]{2}年度?$", written) is not None
    )


def _opens(view: str, first: Span, above: Span) -> bool:
    """True for the body on a line of its own above 关于印发…, whose end stands on a third line."""
    written = first.slice(view)
    return (
        above.slice(view).startswith("关于")
        and 3 <= len(written) <= 50
        and _DOCUMENT_LINE.search(written) is not None
        and not view[first.end : above.start].strip()
    )


def _joined(text: str) -> str:
    return regex.sub(r"\s*\n\s*", "", text).strip()
