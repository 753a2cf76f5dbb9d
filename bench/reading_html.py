"""The report of bench/renderers.py as saved government pages: seven templates, read and compared with the plain text.

Comes in: `python bench/reading_html.py`. Goes out: a line per page on stdout: character error rate against the source
(a title that the page has only outside its article counts through its field), whether headings, indicators and
citations equal those of the plain text, the fields found, what was left out. The templates are our own, after the
habits of the publishing systems that government sites use.
"""

import base64
import gzip
import html
import tarfile
import zipfile
from collections.abc import Callable
from io import BytesIO

from renderers import TABLE, TITLE, paragraphs, plain_text

NUMBER = "青府发〔2022〕1号"
ISSUER = "青石镇人民政府"
_NAVIGATION = "".join(
    f'<li><a href="/{i}/">{name}</a></li>'
    for i, name in enumerate(("首页", "走进青石", "新闻中心", "政务公开", "办事服务", "互动交流12345", "数据发布"))
)
_PLACE = '您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a>法治政府建设</a> &gt; 正文'
_SHARE = '<div class="bdsharebuttonbox">分享到：<a>微信</a> <a>新浪微博</a> <a>QQ空间</a></div>'
_RELATED = "<h3>相关文章</h3><ul>" + "".join(
    f'<li><a href="/a{i}">青石县{y}年法治政府建设情况报告，附统计表{i}张</a><span>{y + 1}-01-2{i}</span></li>'
    for i, y in enumerate(range(2015, 2020))
) + "</ul>"  # fmt: skip
_FOOT = (
    "<p>主办单位：青石县人民政府　承办单位：青石县人民政府办公室</p><p>地址：青石县府前路1号　邮编：200000　电话：021-12345678</p>"
    "<p>网站标识码：3100000099　沪ICP备2021000099号-1　沪公网安备 31000002000999号</p>"
)


def _table(attributes: str, *, cells: str = "{}") -> str:
    rows = [f'<tr><td rowspan="2">{cells.format("类别")}</td><td colspan="2">{cells.format("受理与办结")}</td></tr>']
    for row in TABLE[1:]:
        rows.append("<tr>" + "".join(f"<td>{cells.format(cell)}</td>" for cell in row if cell) + "</tr>")
    return f"<table {attributes}><tbody>" + "\n".join(rows) + "</tbody></table>"


def _body(paragraph: Callable[[str, str], str], table: str, *, title: bool = False) -> str:
    parts = []
    for kind, text in paragraphs():
        if kind == "title" and not title:
            continue
        parts.append(table if kind == "table" else paragraph(kind, html.escape(text)))
    return "\n".join(parts)


def _trs() -> str:
    """TRS: metadata in a table of four columns, text in .TRS_Editor, a style per paragraph."""
    fields = (
        '<table class="bd1"><tr><td>索 引 号：</td><td>QS001/2022-00001</td><td>主题分类：</td><td>法治\\其他</td></tr>'
        f"<tr><td>发布机构：</td><td>{ISSUER}</td><td>发布日期：</td><td>2022年01月20日</td></tr>"
        f"<tr><td>名　　称：</td><td colspan=3>{TITLE}</td></tr>"
        f"<tr><td>文　　号：</td><td>{NUMBER}</td><td>有 效 性：</td><td>有效</td></tr></table>"
    )
    body = _body(lambda kind, text: f'<p align="justify" style="text-indent: 2em">　　{text}</p>', _table("border=1"))
    return (
        f'<div class="top"><ul class="nav">{_NAVIGATION}</ul></div><div class="dqwz">{_PLACE}</div>{fields}'
        f'<h1 class="title">{TITLE}</h1><div class="fd">【字体：<a>大</a> <a>中</a> <a>小</a>】 浏览次数：1,234次</div>{_SHARE}'
        f'<div class="TRS_Editor"><style>.TRS_Editor P{{line-height:2}}</style>{body}</div>'
        f'<div>【打印本页】 【关闭窗口】</div><div class="xgwz">{_RELATED}</div><div class="footer">{_FOOT}</div>'
    )


def _ucap() -> str:
    """UCAP: fields as list items, words split by inline tags, &nbsp; as indents."""
    fields = (
        f"<ul><li><b>索引号：</b>QS001</li><li><b>发文机关：</b>{ISSUER}</li><li><b>标题：</b>{TITLE}</li>"
        f"<li><b>发文字号：</b>{NUMBER}</li><li><b>成文日期：</b>2022年1月18日</li><li><b>发布日期：</b>2022年1月20日</li></ul>"
    )

    def paragraph(kind: str, text: str) -> str:
        half = len(text) // 2
        while "&" in text[max(half - 6, 0) : half + 6]:
            half += 7
        return f"<p>&nbsp;&nbsp;&nbsp;&nbsp;<span>{text[:half]}</span><font><b>{text[half:]}</b></font></p>"

    return (
        f'<div class="header"><ul>{_NAVIGATION}</ul></div><div>{_PLACE}</div><div class="content_wrap">{fields}<h2>{TITLE}</h2>'
        f'<div class="pages_content" id="UCAP-CONTENT">{_body(paragraph, _table("", cells="<p>&nbsp;{}&nbsp;</p>"))}</div>'
        f"{_SHARE}<p>扫一扫在手机打开当前页</p>{_RELATED}</div><div class='foot'>{_FOOT}</div>"
    )


def _breaks() -> str:
    """Old layout: the page in a table, the text in #zoom, one <br> chain, the fields on one line."""
    rest = _body(lambda kind, text: f"　　{text}<br>\r\n<br />", _table("cellspacing=0"))
    return (
        f"<table width=1000><tr><td><table><tr>{_NAVIGATION.replace('li>', 'td>')}</tr></table></td></tr><tr><td>{_PLACE}</td></tr>"
        f"<tr><td align=center><b>{TITLE}</b></td></tr>"
        "<tr><td>发布日期：2022-01-20 09:30　来源：青石镇党政办　字体：[大 中 小]　浏览次数：<script>document.write(88)</script></td></tr>"
        f"<tr><td id=zoom class=bt_content>{rest}</td></tr><tr><td>上一篇：<a>某报告</a></td></tr>"
        f"<tr><td>下一篇：没有了</td></tr><tr><td>{_FOOT}</td></tr></table>"
    )


def _plain_blocks() -> str:
    """No container of a known name: the title among the text, fields as a definition list."""
    fields = f"<dl><dt>索引号</dt><dd>QS001</dd><dt>发文字号：</dt><dd>{NUMBER}</dd><dt>发布机构：</dt><dd>{ISSUER}</dd></dl>"
    body = _body(lambda kind, text: f"<div><div>{text}</div></div>", _table("class=t"), title=True)
    return (
        f"<nav>{_NAVIGATION}</nav><div class=w><div>当前位置：首页 &gt; 政务公开 &gt; 详情</div>{fields}{body}"
        f"<p>[打印] [关闭]</p><p>责任编辑：张三</p>{_RELATED}</div><footer>{_FOOT}</footer>"
    )


def _form() -> str:
    """ASP.NET: the whole page in a form, entities for all characters beyond ASCII in every third paragraph."""
    turn = iter(range(10_000))

    def paragraph(kind: str, text: str) -> str:
        if next(turn) % 3 == 0:
            text = "".join(f"&#{ord(char)};" if char > "\x7f" else char for char in text)
        return f'<p class="MsoNormal"><span lang="EN-US">{text}<o:p></o:p></span>'

    return (
        f'<form id="form1" action="x.aspx"><div class="menu">{_NAVIGATION}</div><div id="bread">{_PLACE}</div><h1>{TITLE}</h1>'
        f"<p>来源：青石镇 发布时间：2022-01-20 【打印】【关闭】</p>"
        f'<div class="Article_content"><!--[if gte mso 9]><xml>a</xml><![endif]-->{_body(paragraph, _table("border=1"))}</div>'
        f"{_SHARE}{_RELATED}{_FOOT}</form>"
    )


def _in_parts() -> str:
    """The container is there, but empty; the text stands in another block; a hidden copy of the title."""
    body = _body(lambda kind, text: f"<p>{text}</p>", _table("border=1"))
    return (
        f'<ul class="nav">{_NAVIGATION}</ul><div class="position">{_PLACE}</div><h1>{TITLE}</h1><div id="zoom"></div>'
        f'<div style="display:none">{TITLE}</div><div class="box"><div class="inner">{body}</div></div>{_RELATED}{_FOOT}'
    )


def _lists() -> str:
    """The headings are items of lists that give them their numbers: 一、 stands nowhere in the source."""
    starts = iter(range(1, 100))

    def paragraph(kind: str, text: str) -> str:
        if kind != "h1":
            return f"<p>{text}</p>"
        item = f"<li><strong>{text.partition('、')[2]}</strong></li>"
        return f'<ol start="{next(starts)}" style="list-style-type: cjk-ideographic;">\n{item}\n</ol>'

    body = _body(paragraph, _table("border=1"))
    crumbs = "".join(f"<li><a>{name}</a></li>" for name in ("首页", "政务公开", "法治政府建设"))
    return (
        f'<ol class="breadcrumb">{crumbs}</ol><h1>{TITLE}</h1><div class="content">{body}</div>'
        f"<h3>相关文章</h3><ol><li><a>青石县2019年法治政府建设情况报告</a></li></ol>{_FOOT}"
    )


_TEMPLATES: dict[str, tuple[Callable[[], str], str, str]] = {
    "trs, utf-8": (_trs, "utf-8", "utf-8"),
    "ucap, utf-8": (_ucap, "utf-8", "utf-8"),
    "breaks, gb18030": (_breaks, "gb2312", "gb18030"),
    "blocks, gb18030": (_plain_blocks, "gbk", "gb18030"),
    "form, utf-8 said gb2312": (_form, "gb2312", "utf-8"),
    "empty #zoom, utf-16": (_in_parts, "utf-16", "utf-16"),
    "lists, utf-8": (_lists, "utf-8", "utf-8"),
    "trs, gb18030": (_trs, "gb18030", "gb18030"),
}


def pages() -> dict[str, bytes]:
    """The pages by template and encoding."""
    made = {}
    for label, (template, stated, real) in _TEMPLATES.items():
        head = (
            f'<!DOCTYPE html>\r\n<html><head><meta http-equiv="Content-Type" content="text/html; charset={stated}">\n'
            f'<title>{TITLE} - 青石县人民政府门户网站</title>\n<meta name="SiteName" content="青石县人民政府">'
            f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2022-01-20 09:30">'
            '<script>var 次数 = "2021年3件";</script></head>\n<body>'
        )
        made[label] = (head + template() + "<script>tongji(1)</script></body></html>").encode(real)
    return made


def as_mhtml(page: bytes) -> bytes:
    """The page as a browser saves it in one file."""
    lines = [
        "From: <Saved by Blink>", f"Subject: =?utf-8?B?{base64.b64encode(TITLE.encode()).decode()}?=", "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="----Part--1"', "", "------Part--1",
        "Content-Type: text/html", "Content-Transfer-Encoding: base64", "Content-Location: http://example.org/", "",
        base64.encodebytes(page).decode(), "------Part--1", "Content-Type: image/gif", "Content-Transfer-Encoding: base64", "",
        "R0lGODlhAQABAAAAACw=", "------Part--1--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def archives(kind: str) -> list[bytes]:
    """Archives to start fuzzing from: some pages, a nested archive, names in two encodings."""
    members = {f"年报/{i}.html": page[:3000] for i, page in enumerate(pages().values())}
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("内层.txt", plain_text()[:500])
    members["b.zip"] = inner.getvalue()
    raw = BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        # names marked as UTF-8, as long in GBK
        return [raw.getvalue(), raw.getvalue().replace("年报/".encode(), "年报年/".encode("gbk"))]
    if kind == "tgz":
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as tar:
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, BytesIO(data))
        return [gzip.compress(raw.getvalue(), mtime=0)]
    import py7zr

    with py7zr.SevenZipFile(raw, "w") as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return [raw.getvalue()]


def main() -> None:
    """Print a line per page."""
    from reading import _score, document_of, error_rate, records

    source = plain_text()
    wanted = records(document_of(source.encode(), "a.txt"))
    print(f"web pages: {len(source)} characters, " + ", ".join(f"{len(v)} {k}" for k, v in wanted.items()))
    files = {label: (data, "a.html") for label, data in pages().items()}
    files["trs, utf-8, mhtml"] = (as_mhtml(pages()["trs, utf-8"]), "a.mhtml")
    for label, (data, name) in files.items():
        document = document_of(data, name)
        text = document.text
        number = document.metadata.get("number")
        if number:
            text = text.removeprefix(number + "\n")
        if not text.startswith(TITLE):
            text = document.metadata.get("title", "") + "\n" + text
        found = records(document)
        if number:
            # the plain text has no head with a number
            found["citations"] = [quote for quote in found["citations"] if quote != number]
        scores = "  ".join(f"{kind} {_score(found[kind], wanted[kind]):.3f}" for kind in wanted)
        print(f"  {label:<24} CER {100 * error_rate(text, source):.3f} %  {scores}  {len(document.tables)} tables")
        print(f"    {dict(sorted(document.metadata.items()))}\n    {document.warnings}", flush=True)


if __name__ == "__main__":
    main()
