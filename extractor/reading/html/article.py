"""The main text of a web page: which block holds it, which lines around and in it are the page's furniture.

Comes in: the tree and its lines. Goes out: the lines of the article, and how many were left out for which reason. The
containers that publishing systems of government sites use are asked first; one that is empty or holds only a part is
not believed: then the block is taken that holds the running text. No sentence is left out for a word in it: furniture
is a line that is nothing else.
"""

from collections import Counter
from dataclasses import dataclass, field

import regex

from extractor.reading.html.lines import HtmlLine
from extractor.reading.html.tree import Node, Text

# names of the block into which publishing systems put an article's text
_CONTAINERS = frozenset(
    "trs_editor trs_editor_view trs_ueditor trs_view custom_unionstyle ucap-content pages_content zoom "  # noqa: SIM905
    "ivs_content vsb_content vsb_content_2 vsb_content_4 vsb_newscontent v_news_content wp_articlecontent "
    "article-content article_content articlecontent article-con article_con artcontent article-body articlebody "
    "news_content newscontent news-content content_text text_content textcontent xl_content xxgk_content "
    "xxgkcontent gkcontent detail-content detail_content detailcontent contentbox contenttext con_text contxt "
    "zw_content zhengwen maintext fontzoom infocontent info_content info_cont bt_content bt-content arc_cont "
    "arccont easysite-news-text j-fontcontent cont_txt main-txt view-content doccontent content_body "
    "content articlebox article".split()
)
_PROSE = regex.compile(r"[。；！？]")
_HEADING = regex.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}(?:部分|章))"
)
_FURNITURE_LARGEST = 400
_TOOL = (
    r"字体(?:大小)?|字号|文字大小|特大|[大中小]号?|默认|标准|放大|缩小|\+|[aA][+-]|打印(?:本页|本文|此页|文章|页面|正文)?|"
    r"关闭(?:窗口|本页|此页|页面)?|(?:我要)?分享(?:到|至|本文|本页)?|一键分享|微信(?:好友|扫一扫)?|(?:新浪|腾讯)?微博|QQ(?:空间|好友)?|"
    r"朋友圈|人人网|豆瓣(?:网)?|百度贴吧|更多|(?:我要)?收藏(?:本页|本文)?|复制链接|下载(?:文字版|图片版|本页)?|导出|(?:我要)?纠错|"
    r"返回(?:顶部|首页|列表|上一页)?|顶部|TOP|无障碍(?:阅读|浏览)?|(?:语音)?播报|朗读|保存(?:本页)?|点赞|评论|"
    r"(?:浏览|阅读|访问|点击|查看|浏览量|点击量|阅读量|访问量)(?:次数|数|率|量|人次)?[:：]?[0-9,，-]*次?|[0-9]+次|次"
)
_TOOLS = regex.compile(rf"(?i)(?:(?:{_TOOL})|[：:|｜/\s【】\[\]（）()·、>丨\xa0\u3000])+")
# words that alone make a line a tool bar; 大, 中, 下载 are none
_TOOL_SIGN = regex.compile(
    r"字体|字号|文字大小|打印|关闭|分享|朋友圈|收藏|纠错|返回|顶部|(?i:top)|无障碍|播报|(?:浏览|阅读|访问|点击)(?:次数|数|量|率|人次)|浏览[:：]|保存本页|复制链接"
)
_PLACE = regex.compile(
    r"(?:您?(?:现在|当前|目前)?(?:的|所在的?)?位置|您?当前(?:所在)?(?:的)?位置|您所在的位置)[是为]?[:：].{0,160}|"
    r"(?:当前位置|您现在的位置).{0,160}|(?:网站)?首页(?:[>＞»›/→\-]+[^>＞»›。，；]{1,24}){1,8}"
)
_TURN = regex.compile(r"[\[【<《]?(?:上|下)一(?:篇|条|页|则)[\]】>》]?[:：]?.{0,100}")
_CODE = regex.compile(
    r"(?:请?(?:用|使用)?(?:手机|微信|支付宝))?[^。；，]{0,10}(?:扫一扫|扫描|扫码)[^。；，]{0,24}|[^。；，]{0,12}二维码[^。；，]{0,4}|扫一扫[^。；]{0,36}"
)
_RELATED = regex.compile(
    r"[\[【]?(?:相关(?:文章|新闻|阅读|链接|信息|稿件|报道|文件|推荐|内容|解读)|推荐阅读|热点(?:推荐|新闻|文章)|延伸阅读|友情链接|"
    r"最新(?:文章|信息|发布)|热门(?:文章|推荐)|为您推荐|网站链接)[\]】]?[:：]?(?:更多)?[>＞+»]*"
)
_FOOT_SIGN = regex.compile(r"网站标识码|ICP备|公网安备|(?i:copyright)|©")
_FOOT_WORD = regex.compile(
    r"版权所有|建议使用.{0,30}(?:浏览器|分辨率)|网站地图|网站声明|隐私(?:声明|政策)|网站支持(?i:ipv6)|(?:维护|技术支持)(?:单位)?[:：]"
)
_FOOT_PART = regex.compile(
    r"(?:主办|承办|协办|维护|技术支持|运维|建设)(?:单位)?[:：]|(?:地址|邮编|邮政编码|联系电话|电话|传真|邮箱|网址)[:：]|关于我们|联系我们|站点地图|网站(?:首页|纠错|建设)"
)
_CREDIT = regex.compile(
    r"[\[【（(]?(?:责任编辑|责编|编辑|审核|校对|初审|复审|终审|信息来源|稿件来源|来源|作者|供稿|撰稿|录入)(?:人)?[:：][^。]{0,40}[\]】）)]?"
)
_ATTACHMENT = regex.compile(r"附件|\.(?:docx?|wps|ofd|pdf|xlsx?|zip|rar|7z|et)\b|^\s*[0-9]{1,2}\s*[.、．]")
_HEAD_LINES = 25


@dataclass(slots=True)
class Article:
    """The lines of the article, and how many lines of which furniture were left out of it; `outside`: characters of
    the page around it. `first`, `last`: source positions between which it stands."""

    lines: list[HtmlLine]
    first: int
    last: int
    left_out: Counter[str] = field(default_factory=Counter)
    outside: int = 0


def find_article(root: Node, lines: list[HtmlLine]) -> Article:
    """The article among the lines of the page."""
    _believe(lines)
    prose = [line for line in lines if is_prose(line)]
    counted = prose or [line for line in lines if not line.furniture and line.linked < len(line.text) / 2]
    weights = _weights(root, counted)
    headings = [line for line in lines if _is_heading(line) and line.linked < len(line.text) / 2]
    node = _chosen(root, weights, _weights(root, headings), [*prose, *headings])
    own = list(node.texts())
    first, last = (own[0].at, own[-1].at) if own else (0, -1)
    inside = [line for line in lines if first <= line.at <= last]
    made = Article([], first, last)
    made.outside = sum(len(line.text) for line in lines) - sum(len(line.text) for line in inside)
    made.lines = _without_furniture(inside, made.left_out, listed=bool(prose))
    return made


def is_prose(line: HtmlLine) -> bool:
    """True for running text: it has stops, or is long with commas; no link, no row, no furniture."""
    text = line.text
    if line.cells or line.furniture is not None or line.linked > len(text) / 2:
        return False
    if not (_PROSE.search(text) or (len(text) >= 20 and regex.search("[，,]", text))):
        return False
    return _reason(text) is None and not _is_foot(text)


def opens(line: HtmlLine) -> bool:
    """True for a line with which the content itself begins: running text or a numbered heading."""
    return is_prose(line) or _is_heading(line)


def _is_heading(line: HtmlLine) -> bool:
    """True for a numbered heading; the number of its list makes none of a link."""
    return bool(_HEADING.match(line.text if _is_linked(line) else line.shown))


def _is_foot(text: str) -> bool:
    return bool(_FOOT_SIGN.search(text)) or bool(_FOOT_WORD.search(text) and not _PROSE.search(text))


def _believe(lines: list[HtmlLine]) -> None:
    """A block named as furniture that holds running text, or much text, is none."""
    sizes: Counter[int] = Counter()
    for line in lines:
        if line.furniture is not None:
            prose = line.linked < len(line.text) / 2 and _PROSE.search(line.text) and not _is_foot(line.text)
            heavy = prose and _reason(line.text) is None and len(line.text) >= 12
            sizes[id(line.furniture)] += _FURNITURE_LARGEST if heavy else max(len(line.text) - line.linked, 0)
    for line in lines:
        if line.furniture is not None and sizes[id(line.furniture)] >= _FURNITURE_LARGEST:
            line.furniture = None


def _weights(root: Node, lines: list[HtmlLine]) -> dict[int, int]:
    """Characters of these lines below each node, by id of the node."""
    counted = {id(text) for line in lines for text in line.sources}
    weights: dict[int, int] = {}
    for node in reversed(list(root.nodes())):
        weights[id(node)] = sum(
            (len(child.text) if id(child) in counted else 0) if isinstance(child, Text) else weights[id(child)]
            for child in node.children
        )
    return weights


def _chosen(root: Node, weights: dict[int, int], headings: dict[int, int], content: list[HtmlLine]) -> Node:
    dense = _dense(root, weights, headings)
    held = [node for node in dense.nodes() if weights[id(node)] and _is_container(node)]
    if not held:
        return dense
    most = max(weights[id(node)] for node in held)
    best = [node for node in held if weights[id(node)] == most][-1]
    inside = {id(text) for text in best.texts()}
    around = {id(text) for text in dense.texts()} - inside
    missing = [line for line in content if id(line.sources[0]) in around]
    lost = sum(len(line.text) for line in missing)
    if lost > 0.1 * most or any(_is_heading(line) for line in missing):
        return dense
    return best


def _is_container(node: Node) -> bool:
    return node.tag in ("article", "main") or any(name in _CONTAINERS for name in node.names)


def _dense(root: Node, weights: dict[int, int], headings: dict[int, int]) -> Node:
    """Go down while one child holds nearly all running text and every numbered heading."""
    node = root
    while True:
        children = [child for child in node.children if isinstance(child, Node)]
        best = max(children, key=lambda child: weights[id(child)], default=None)
        # a paragraph or a row is no article
        if best is None or best.tag in ("p", "tr", "span", "ul", "ol", "font", "li", "b", "strong"):
            return node
        if headings[id(best)] < headings[id(node)] or weights[id(best)] < 0.85 * max(weights[id(node)], 1):
            return node
        if best.tag in ("table", "tbody", "td", "tr") and not any(_is_layout(child) for child in best.nodes()):
            return node
        node = best


def _is_layout(node: Node) -> bool:
    return node.tag in ("p", "div", "table")


def _reason(text: str) -> str | None:
    """Which furniture a line is, by its words alone; None for a line of text."""
    bare = regex.sub(r"[\s\u3000]+", "", text)
    if not bare or len(bare) > 200:
        return None
    if _PLACE.fullmatch(bare) and not _PROSE.search(bare):
        return "breadcrumb"
    if _TOOLS.fullmatch(bare) and _TOOL_SIGN.search(bare):
        return "page tools"
    if _CODE.fullmatch(bare) and len(bare) <= 40 and not regex.search(r"[0-9]+(?:个|次|人|万|项|件)", bare):
        return "QR code"
    if _TURN.fullmatch(bare) and not _PROSE.search(bare):
        return "neighbouring pages"
    return None


def _without_furniture(lines: list[HtmlLine], left_out: Counter[str], *, listed: bool) -> list[HtmlLine]:
    ends = [index for index, line in enumerate(lines) if is_prose(line) or line.cells]
    last = ends[-1] if ends else -1
    foot = next((i for i, line in enumerate(lines) if i > last and _is_foot(line.text)), len(lines))
    start = next((i for i, line in enumerate(lines) if opens(line) or line.cells), len(lines))
    kept: list[HtmlLine] = []
    related = False
    for index, line in enumerate(lines):
        reason = "named furniture" if line.furniture is not None else None
        if not line.cells:
            reason = reason or _reason(line.text)
            linked = _is_linked(line) and not _ATTACHMENT.search(line.text)
            if related and linked:
                reason = reason or "related pages"
            elif _RELATED.fullmatch(line.text.replace(" ", "")) and listed and _links_follow(lines, index):
                related, reason = True, "related pages"
            else:
                related = False
            if listed and reason is None and _is_menu(lines, index, start, last):
                reason = "navigation"
            if index > last and listed and reason is None:
                reason = _tail(line, index, foot)
        if reason is None:
            kept.append(line)
        else:
            left_out[reason] += 1
    return _once_titled(kept, left_out)


def _links_follow(lines: list[HtmlLine], index: int) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is None or _is_linked(following)


def _is_menu(lines: list[HtmlLine], index: int, start: int, last: int) -> bool:
    """Links before the content begins, or three and more in a row behind it; attachments are none."""
    if start <= index <= last or not _is_menu_line(lines[index]):
        return False
    if index < start:
        return True
    low = high = index
    while low - 1 > max(last, index - 3) and _is_menu_line(lines[low - 1]):
        low -= 1
    while high + 1 < min(len(lines), low + 3) and _is_menu_line(lines[high + 1]):
        high += 1
    return high - low >= 2


def _is_menu_line(line: HtmlLine) -> bool:
    return (
        not line.cells
        and line.text != ""
        and line.linked >= 0.9 * len(line.text.replace(" ", ""))
        and not _ATTACHMENT.search(line.text)
    )


def _is_linked(line: HtmlLine) -> bool:
    """A link, perhaps with the date of what it leads to."""
    return line.text != "" and line.linked >= 0.6 * len(line.text)


def _tail(line: HtmlLine, index: int, foot: int) -> str | None:
    """Furniture behind the last running text."""
    if _is_foot(line.text) or (abs(index - foot) <= 8 and _FOOT_PART.search(line.text)):
        return "site footer"
    if _CREDIT.fullmatch(line.text.replace(" ", "")):
        return "credits"
    return None


def _once_titled(lines: list[HtmlLine], left_out: Counter[str]) -> list[HtmlLine]:
    """A page prints its title up to three times: the first stays."""
    seen: set[str] = set()
    kept = []
    for index, line in enumerate(lines):
        bare = regex.sub(r"\s+", "", line.text)
        if index < _HEAD_LINES and not line.cells and len(bare) >= 8 and not opens(line):
            if bare in seen:
                left_out["repeated title"] += 1
                continue
            seen.add(bare)
        kept.append(line)
    return kept
