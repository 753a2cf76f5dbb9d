"""The fields that a page states beside its text: title, document number, dates, issuer, source and others.

Comes in: the tree, its lines, the article. Goes out: fields by name, and the lines that held them. A field stands in
`<meta>` (names of the standard for government sites) or in a block at the head of the page, in one of four layouts: a
table of labels and values, a definition list, a list item per field, one line of them all. Labels without a value, or
with 无, give no field.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.reading.html.article import opens
from extractor.reading.html.lines import HtmlCell, HtmlLine
from extractor.reading.html.tree import Node

_META = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published",
    "publishdate": "published",
    "publisheddate": "published",
    "article:published_time": "published",
    "firstpublishedtime": "published",
    "contentsource": "source",
    "sitename": "site",
    "keywords": "keywords",
    "author": "author",
}
# label → field; a strong label makes a block one of metadata
_STRONG = {
    "索引号": "index", "信息索引号": "index", "信息索引": "index", "发文字号": "number", "文号": "number", "公文号": "number", "文件编号": "number",
    "发文号": "number", "发布文号": "number", "发布机构": "issuer", "发文机关": "issuer", "发文机构": "issuer", "发文单位": "issuer",
    "发布单位": "issuer", "公开机构": "issuer", "公开主体": "issuer", "制发机关": "issuer", "制发单位": "issuer", "信息公开责任部门": "issuer",
    "发布日期": "published", "发布时间": "published", "公开日期": "published", "公开时间": "published", "公布日期": "published",
    "发文日期": "written", "发文时间": "written", "成文日期": "written", "成文时间": "written", "生成日期": "written", "生成时间": "written",
    "印发日期": "written", "主题分类": "theme", "信息分类": "theme", "内容分类": "theme", "体裁分类": "form", "公文种类": "form", "有效性": "validity",
    "时效性": "validity", "效力状态": "validity", "公开方式": "access", "公开形式": "access", "公开范围": "access", "公开类别": "access",
    "公开时限": "access", "服务对象": "audience", "组配分类": "theme", "信息来源": "source", "实施日期": "in_force", "生效日期": "in_force",
    "废止日期": "repealed", "失效日期": "repealed", "废止时间": "repealed",
}  # fmt: skip
_WEAK = {
    "名称": "title", "标题": "title", "信息名称": "title", "文件名称": "title", "来源": "source", "文章来源": "source", "稿件来源": "source",
    "时间": "published", "日期": "published", "更新时间": "updated", "更新日期": "updated", "作者": "author", "主题词": "keywords",
    "关键词": "keywords", "关键字": "keywords", "内容概述": "summary", "信息内容": "summary", "编辑": "", "责任编辑": "", "审核": "", "语种": "",
    "浏览次数": "", "浏览量": "", "浏览": "", "点击数": "", "点击量": "", "点击次数": "", "点击率": "", "阅读次数": "", "阅读量": "", "阅读": "",
    "访问量": "", "访问次数": "", "字体": "", "字号": "", "字体大小": "", "文字大小": "", "分享到": "", "分享": "", "打印": "", "关闭": "",
}  # fmt: skip
_LABELS = {**_STRONG, **_WEAK}
_SPACED = "|".join(r"[\s\u3000]*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
_GAP = r"[\s\u3000\xa0]"
# 索引号：…, [ 索引号 ] …, 【索引号】…
_LABEL = regex.compile(
    rf"(?:^|(?<=[\s\u3000\xa0|｜；;）)\]】>]))(?:(?P<label>{_SPACED}){_GAP}*[:：]|[\[【]{_GAP}*(?P<boxed>{_SPACED}){_GAP}*[\]】]{_GAP}*[:：]?)"
)
_TOOLS_BEHIND = regex.compile(rf"(?:{_GAP}|[|｜【\[（(])*(?:字体|字号|打印|关闭|分享|浏览次数|我要纠错|收藏).*$")
_LEADING_DATE = regex.compile(
    r"20[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?[\s\u3000\xa0|｜]*"
)
_NOTHING = regex.compile(r"(?:无|暂无|空|没有|[-—－/\\]*|null|undefined)?")
_DATE = regex.compile(r"[12][0-9]{3}.?[-/.年]")
_NUMBERED = regex.compile(r"[〔﹝\[（(【]?\s*(?:[12][0-9]{3}|[0-9]{2})\s*[〕﹞\]）)】]?.{0,6}号|第.{0,4}[0-9]+.{0,2}号")
_LONGEST = 200
_NEAR = 4


@dataclass(slots=True)
class Fields:
    """Fields by name; `lines`: ids of the lines that hold nothing else; `numbers`: the document numbers as written,
    each as a line of its own."""

    values: dict[str, str] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    numbers: list[HtmlLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Stated:
    label: str
    value: str
    strong: bool
    lines: tuple[int, ...]
    shown: HtmlLine | None


def read_fields(root: Node, lines: Sequence[HtmlLine], first: int, last: int) -> Fields:
    """The fields of the page; the article stands between the source positions `first` and `last`."""
    made = Fields()
    head = _head(lines, first, last)
    found = _stated(head)
    strong = [index for index, one in enumerate(found) if one.strong]
    for index, one in enumerate(found):
        # 来源：… alone is a field only beside others
        if not one.strong and not any(abs(index - other) <= _NEAR for other in strong) and not _together(found, index):
            continue
        made.lines.update(one.lines)
        name = _LABELS[one.label]
        value = one.value.strip()
        if not name or _NOTHING.fullmatch(value) or (name in ("published", "written") and not _DATE.search(value)):
            continue
        if name == "number" and one.shown is not None and _NUMBERED.search(value):
            made.numbers.append(one.shown)
        made.values.setdefault(name, value)
    _add_meta(root, made.values)
    if "published" not in made.values and "written" in made.values:
        made.values["published"] = made.values["written"]
    title = _title_of(root)
    if title:
        made.values.setdefault("title", title)
    return made


def _head(lines: Sequence[HtmlLine], first: int, last: int) -> list[tuple[int, HtmlLine]]:
    """Lines before the content begins, with their places."""
    made = []
    for index, line in enumerate(lines):
        if not line.cells and opens(line) and first <= line.at <= last and not _segments(line):
            break
        made.append((index, line))
    return made


def _stated(head: Sequence[tuple[int, HtmlLine]]) -> list[_Stated]:
    found: list[_Stated] = []
    tables: dict[int, list[tuple[int, HtmlLine]]] = {}
    for index, line in head:
        if line.cells and line.table is not None:
            tables.setdefault(line.table, []).append((index, line))
    done: set[int] = set()
    skip = -1
    for place, (index, line) in enumerate(head):
        if line.cells and line.table is not None:
            if line.table not in done:
                done.add(line.table)
                found += _of_table(tables[line.table])
        elif index > skip:
            following = head[place + 1] if place + 1 < len(head) else None
            stated = _of_line(index, line, following)
            found += stated
            skip = max((at for one in stated for at in one.lines), default=skip)
    return found


def _of_table(rows: Sequence[tuple[int, HtmlLine]]) -> list[_Stated]:
    """Fields of a table whose cells are by turns labels and values; none if it is one of data."""
    found: list[_Stated] = []
    rest = 0
    for _, line in rows:
        cells = [cell for cell in line.cells if cell.pieces]
        at = 0
        while at < len(cells):
            label = _label(cells[at].text)
            segments = _segments(HtmlLine(cells[at].pieces, sources=line.sources))
            if label is not None:
                value = _value_of(line.cells, cells[at])
                known = value is None or _label(value.text) is not None
                text = "" if value is None or known else value.text
                shown = HtmlLine(value.pieces, sources=line.sources) if value is not None and text else None
                found.append(_Stated(label, text, label in _STRONG, (), shown))
                at += 1 if known else 2
            elif segments:
                found += [_Stated(s.label, s.value, s.strong, (), s.shown) for s in segments]
                at += 1
            else:
                rest += 1
                at += 1
    strong = {one.label for one in found if one.strong}
    if len(strong) < 2 or rest > len(found) or sum(bool(one.value) for one in found) < 1:
        return []
    places = tuple(index for index, _ in rows)
    return [_Stated(one.label, one.value, one.strong, places, one.shown) for one in found]


def _value_of(cells: Sequence[HtmlCell], label: HtmlCell) -> HtmlCell | None:
    """The cell right of a label; None for an empty one."""
    place = next(index for index, cell in enumerate(cells) if cell is label)
    following = cells[place + 1] if place + 1 < len(cells) else None
    return following if following is not None and following.pieces else None


def _label(text: str) -> str | None:
    bare = regex.sub(r"[\s\u3000\xa0:：\[\]【】]", "", text)
    return bare if bare in _LABELS else None


def _of_line(index: int, line: HtmlLine, following: tuple[int, HtmlLine] | None) -> list[_Stated]:
    alone = _label(line.text)
    ended = regex.search(r"[:：\]】]\s*$", line.text) is not None
    if alone is not None and following is not None and (ended or alone in _STRONG) and not following[1].cells:
        # a label and its value on lines of their own, as <dt> and <dd>
        value = following[1]
        if _label(value.text) is not None or _segments(value) or len(value.text) > _LONGEST:
            return [_Stated(alone, "", alone in _STRONG, (index,), None)]
        return [_Stated(alone, value.text, alone in _STRONG, (index, following[0]), value.part(0, len(value.text)))]
    return [_Stated(s.label, s.value, s.strong, (index,), s.shown) for s in _segments(line)]


def _segments(line: HtmlLine) -> list[_Stated]:
    """Fields of a line that is made of nothing else; none for any other line."""
    text = line.text
    if line.cells or len(text) > 3 * _LONGEST or not any(mark in text for mark in ":：[【"):
        return []
    dated = _LEADING_DATE.match(text)
    start = dated.end() if dated else 0
    found = list(_LABEL.finditer(text, start))
    if not found or found[0].start() != start:
        return []
    made = []
    if dated:
        made.append(_Stated("时间", text[:start], False, (), None))
    for one, following in zip(found, [*found[1:], None], strict=True):
        label = regex.sub(r"[\s\u3000]", "", one["label"] or one["boxed"])
        end = following.start() if following else len(text)
        value = text[one.end() : end].rstrip("\xa0\u3000 |｜；;[【")
        value = _TOOLS_BEHIND.sub("", value)
        low = one.end() + len(value) - len(value.lstrip("\xa0\u3000 "))
        high = one.end() + len(value)
        if high - low > _LONGEST or regex.search(r"[。！？]", value):
            return []
        made.append(_Stated(label, text[low:high], label in _STRONG, (), line.part(low, high)))
    return made


def _together(found: Sequence[_Stated], index: int) -> bool:
    """True if another field stands on the same line."""
    return any(other is not found[index] and other.lines == found[index].lines for other in found)


def _add_meta(root: Node, values: dict[str, str]) -> None:
    """Fields of `<meta>`; the page's own title counts more than what a block calls 名称."""
    named: dict[str, str] = {}
    for node in root.nodes():
        if node.tag == "meta":
            name = (node.attributes.get("name") or node.attributes.get("property") or "").strip().lower()
            content = node.attributes.get("content", "").strip()
            if name in _META and content:
                named.setdefault(_META[name], content)
    if "title" in named:
        values["title"] = named.pop("title")
    for name, content in named.items():
        values.setdefault(name, content)


def _title_of(root: Node) -> str | None:
    for tag in ("h1", "title"):
        node = root.find(tag)
        if node is not None:
            text = regex.sub(r"\s+", " ", node.text()).strip()
            # a page title carries the site's name behind a dash or a bar
            text = regex.split(r"\s*[-_|—–]{1,2}\s*(?=[^-_|—–]*(?:网|政府|门户|平台)[^-_|—–]*$)", text)[0]
            if len(text) >= 6:
                return text
    return None
