"""Web pages: encodings, main text, fields, tables whose characters keep their place, pages that are refused."""

import random
from hashlib import sha256
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.datamodel.document import Document
from extractor.errors import PageShell, ReadingError, UnknownEncoding
from extractor.reading import describe, read
from extractor.reading.html.tree import parse

NUMBER = "甲府发〔2022〕1号"
BODY = [
    "一、主要做法",
    "全年共办理案件12件，办结率达到98.5%。",
    "二、存在问题",
    "一些窗口打印材料不规范，把经验分享到基层还不够，关闭窗口的情况仍有发生。",
    "当前位置靠后的指标有3项，浏览次数不高的栏目有2个。",
    "三、下一步打算",
    "2022年，将继续完善制度，主办单位为镇司法所，办公电话向社会公开。",
]


def reading(page: str | bytes, name: str = "a.html") -> Document:
    data = page.encode() if isinstance(page, str) else page
    return read(describe(name, data, sha256(data).hexdigest()), data)


def article(paragraphs: list[str]) -> str:
    return "".join(f"<p>　　{text}</p>" for text in paragraphs)


def page(body: str, *, fields: str = "", container: str = 'class="TRS_Editor"', head: str = "") -> str:
    return f"""<html><head>{head}<title>甲镇2021年法治政府建设情况报告-乙县人民政府网</title></head><body>
<ul class="nav"><li><a>首页</a></li><li><a>政务公开</a></li></ul><div>您现在的位置：<a>首页</a> &gt; <a>公开</a> &gt; 正文</div>
<div class="main"><h1>甲镇2021年法治政府建设情况报告</h1>{fields}<div>【字体：<a>大</a> <a>中</a> <a>小</a>】 分享到：<a>微信</a></div>
<div {container}>{body}</div><p>扫一扫在手机打开当前页</p><p>【打印本页】　【关闭窗口】</p>
<h3>相关文章</h3><ul><li><a>甲镇2020年报告，案件9件</a> 2021-01-02</li><li><a>乙镇2020年报告</a></li></ul></div>
<div>主办单位：乙县人民政府　电话：021-12345678</div><div>网站标识码：3100000001　沪ICP备12345号</div></body></html>"""


@pytest.mark.parametrize(
    "container",
    ['class="TRS_Editor"', 'id="UCAP-CONTENT"', 'id="zoom"', 'class="view pages_content"', 'class="x1"', ""],
)
def test_the_article_is_read_and_nothing_around_it(container: str) -> None:
    document = reading(page(article(BODY), container=container))
    assert document.text.split("\n")[-len(BODY) :] == BODY
    rest = document.text.split("\n")[: -len(BODY)]
    assert rest in ([], ["甲镇2021年法治政府建设情况报告"])
    assert any("left out" in warning for warning in document.warnings)


def test_an_empty_container_is_not_believed() -> None:
    body = '<div id="zoom"></div><div class="inner">' + article(BODY) + "</div>"
    assert reading(page(body, container="")).text.endswith("\n".join(BODY))


@pytest.mark.parametrize("cut", [2, 4, 5])
def test_a_container_that_holds_a_part_is_not_believed(cut: int) -> None:
    body = f'<div class="TRS_Editor">{article(BODY[:cut])}</div><div class="more">{article(BODY[cut:])}</div>'
    assert reading(page(body, container='class="outer"')).text.endswith("\n".join(BODY))


@pytest.mark.parametrize(
    "line",
    [
        "打印店整治共检查12家。",
        "开展“分享到村”活动8场。",
        "（一）关闭窗口服务不规范的网点3个",
        "扫描二维码缴费的居民达1200人。",
        "首页栏目更新36次，浏览次数12万次。",
        "上一条禁令以来，查处案件5件。",
        "版权所有人投诉7件，均已办结。",
        "主办单位：镇司法所，承办单位：各村居，共举办活动6场。",
    ],
)
def test_report_content_with_a_word_of_furniture_stays(line: str) -> None:
    for container in ('class="TRS_Editor"', 'class="x1"'):
        for place in (1, len(BODY)):
            body = [*BODY[:place], line, *BODY[place:]]
            assert line in reading(page(article(body), container=container)).text.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "您当前的位置：首页 > 政务公开 > 法治政府",
        "当前位置：首页»公开",
        "首页>政务公开>法治政府建设",
        "【字体：大 中 小】 打印 关闭",
        "字号：[ 大 中 小 ] 浏览次数：1234次",
        "分享到：微信 新浪微博 QQ空间",
        "扫一扫在手机打开当前页",
        "上一篇：甲镇召开会议",
        "下一条：没有了",
    ],
)
def test_furniture_inside_the_article_is_left_out_and_counted(line: str) -> None:
    document = reading(page(article([line, *BODY, line])))
    assert document.text.split("\n")[-len(BODY) :] == BODY
    assert line not in document.text
    assert any(warning.startswith("lines left out of the article: 2 ") for warning in document.warnings)


def test_menus_beside_the_paragraphs_are_left_out_but_attachments_stay() -> None:
    menu = "<ul>" + "".join(f"<li><a>{name}</a></li>" for name in ("首页", "政务公开", "办事服务12345")) + "</ul>"
    files = "<p><a>附件1：统计表</a></p><p><a>甲镇年报.pdf</a></p><p><a>年报（文字版）</a></p>"
    document = reading(f"<body>{menu}{article(BODY)}{files}</body>")
    assert document.text == "\n".join([*BODY, "附件1：统计表", "甲镇年报.pdf", "年报（文字版）"])
    assert reading(f"<body>{menu}{article(BODY)}{menu}</body>").text == "\n".join(BODY)


FIELDS = {
    "table of four": "<table><tr><td>索 引 号：</td><td>AB/1</td><td>主题分类：</td><td>法治</td></tr>"
    f"<tr><td>发布机构：</td><td>甲镇人民政府</td><td>发布日期：</td><td>2022-01-05</td></tr>"
    f"<tr><td>文　号：</td><td>{NUMBER}</td><td>有效性：</td><td>无</td></tr></table>",
    "table of two": "<table><tr><th>索引号</th><td>AB/1</td></tr><tr><th>发布机构</th><td>甲镇人民政府</td></tr>"
    f"<tr><th>发文字号</th><td>{NUMBER}</td></tr><tr><th>发布日期</th><td>2022-01-05</td></tr><tr><th>有效性</th><td></td></tr></table>",
    "definition list": "<dl><dt>索引号：</dt><dd>AB/1</dd><dt>发布机构</dt><dd>甲镇人民政府</dd>"
    f"<dt>发文字号：</dt><dd>{NUMBER}</dd><dt>发布日期：</dt><dd>2022-01-05</dd></dl>",
    "list": "<ul><li><b>索引号：</b>AB/1</li><li><b>发文机关：</b>甲镇人民政府</li>"
    f"<li><b>发文字号：</b>{NUMBER}</li><li><b>发布日期：</b>2022-01-05</li><li><b>标题：</b>无</li></ul>",
    "one line": f"<p>索引号：AB/1　发布机构：甲镇人民政府　文号：{NUMBER}　发布日期：2022-01-05　浏览次数：12</p>",
    "boxed": f"<p>[ 索引号 ] AB/1 [ 发布机构 ] 甲镇人民政府 [ 发文字号 ] {NUMBER} [ 发布日期 ] 2022-01-05</p>",
}


@pytest.mark.parametrize("layout", FIELDS, ids=str)
@pytest.mark.parametrize("inside", [True, False])
def test_fields_are_read_in_every_layout_and_the_number_stays_in_the_text(layout: str, inside: bool) -> None:
    body = article(BODY)
    written = page(FIELDS[layout] + body) if inside else page(body, fields=FIELDS[layout])
    document = reading(written)
    expected = {"index": "AB/1", "issuer": "甲镇人民政府", "number": NUMBER, "published": "2022-01-05"}
    assert {name: document.metadata.get(name) for name in expected} == expected
    assert "validity" not in document.metadata
    assert document.metadata["title"] == "甲镇2021年法治政府建设情况报告"
    assert document.text == "\n".join([NUMBER, *BODY])
    assert document.offsets is not None
    at = document.offsets.raw_position(0)
    assert at is not None
    assert written[at:].startswith(NUMBER)


def test_the_number_of_the_head_is_a_citation() -> None:
    import extractor

    document = reading(page(article(BODY), fields=FIELDS["table of four"]))
    from extractor.pipeline import build_context, extract_document

    found = extract_document(document, build_context())
    assert NUMBER in [document.quote(citation.span) for citation in found.citations]
    assert extractor.__version__


def test_meta_and_a_source_line_give_fields_apart_from_the_issuer() -> None:
    head = '<meta name="ArticleTitle" content="甲镇年报"><meta name="PubDate" content="2022-01-07 10:00"><meta name="SiteName" content="乙县">'
    fields = "<div>2022-01-05 10:20　来源：甲镇党政办　浏览次数：123 次 字体：【大 中 小】 打印</div>"
    document = reading(page(article(BODY), fields=fields, head=head))
    assert document.metadata["source"] == "甲镇党政办"
    assert document.metadata["title"] == "甲镇年报"
    assert document.metadata["site"] == "乙县"
    assert document.metadata["published"] == "2022-01-05 10:20"
    assert "issuer" not in document.metadata


def test_a_table_of_data_is_no_block_of_fields() -> None:
    table = "<table><tr><th>名称</th><th>来源</th><th>日期</th></tr><tr><td>甲项目</td><td>市级</td><td>3月</td></tr></table>"
    document = reading(page(table + article(BODY)))
    assert "名称\t来源\t日期\n甲项目\t市级\t3月\n一、主要做法" in document.text
    assert "source" not in document.metadata


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>甲<br><br>乙<br/>丙。</p>", ["甲", "乙", "丙。"]),
        ("<p>&nbsp;&nbsp;&emsp;全&#12295;年&ensp;12件。</p>", ["全〇年\u200212件。"]),
        ("<p><span>办</span><b>结</b><font>12</font>件。</p>", ["办结12件。"]),
        ("<span><p>甲。</p>乙。<p>丙。</span>", ["甲。", "乙。", "丙。"]),
        ("<p>甲\n   乙 A\nB 12。</p>", ["甲乙 A B 12。"]),
        ("<p>面积10m<sup>2</sup>，注<sup>1</sup>。</p>", ["面积10m²，注¹。"]),
        ("<p><ruby>乡<rp>(</rp><rt>xiāng</rt><rp>)</rp></ruby>镇。</p>", ["乡镇。"]),
        ("<p>甲。</p><!-- 乙。 --><script>丙。</script><style>丁</style><p style='display: none'>戊。</p>", ["甲。"]),
        ("<![if !x]><p>甲。</p><![endif]><p>5<6，a&b。</p>", ["甲。", "5<6，a&b。"]),
        ('<p style="a>甲。</p><p style="b">乙。</p>', ["甲。", "乙。"]),
        ('<p title="a > b" id="c">甲。</p>', ["甲。"]),
        ("<pre>甲。\n乙。</pre>", ["甲。", "乙。"]),
        ("<table><tr><td><p>甲。</p><p>乙。</p></td></tr></table>", ["甲。", "乙。"]),
        # breaks in a cell are those of a narrow column, but two numbers stay two
        (
            "<table><tr><td>调解<br>纠纷<td>12<br>34<tr><td><p>总计<p>件<td><p>5</p>\n<p>60件</p></table><p>甲。",
            ["调解纠纷\t12 34", "总计件\t5 60件", "甲。"],
        ),
        ("<table><tr><td>1</td><td>2</div><tr><td>3<td>4</table><p>甲。", ["1\t2", "3\t4", "甲。"]),
        (
            "<table><caption>表一</caption><tr><td>甲</td><td>\n 乙 </td></tr></table><p>甲。",
            ["表一", "甲\t乙", "甲。"],
        ),
        (
            "<table><tr><td><table><tr><td>1</td><td>2</td></tr></table></td><td>甲。</td></tr></table>",
            ["1\t2", "甲。"],
        ),
    ],
)
def test_paragraphs(body: str, lines: list[str]) -> None:
    assert reading(f"<html><body><div id=zoom>{body}</div></body></html>").text.split("\n") == lines


def test_spanning_cells_take_their_place() -> None:
    table = "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2<tr><td>3<td colspan=x>4<td>5</table>"
    (found,) = reading(table + "<p>完。").tables
    assert [(c.row, c.column, c.row_span, c.column_span) for c in found.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip


_CELL = st.text(st.sampled_from(list("甲乙12 \n\t\xa0（件）")), max_size=8)
_MARK = st.sampled_from(
    ["", "<b>", "</b>", "<br>", "&nbsp;", "&#12295;", "&amp;", "<!-- x -->", "<p>", "<sup>2</sup>", "&x"]
)


@given(
    st.lists(
        st.lists(st.lists(st.tuples(_CELL, _MARK), min_size=1, max_size=4), min_size=2, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_each_character_of_a_page_has_its_place_in_the_source(rows: list[list[list[tuple[str, str]]]]) -> None:
    table = "".join("<tr>" + "".join(f"<td>{''.join(a + b for a, b in cell)}</td>" for cell in row) for row in rows)
    written = f"<p>前文\n 一。</p><table>\n{table}</table><p>后文 &lt;12&gt; 件。</p>"
    document = reading(written)
    assert document.offsets is not None
    for at, char in enumerate(document.text):
        raw = document.offsets.raw_position(at)
        if raw is None:
            # between cells, lines, and two numbers of a cell
            assert char in "\t\n "
        elif written[raw] == "&" and char != "&":
            assert unescape(written[raw : written.index(";", raw) + 1]) == char
        else:
            assert (
                written[raw] == char
                or (char == "²" and written[raw] == "2")
                or (char == " " and written[raw] in "\n\t")
            )
    for found in document.tables:
        for cell in found.cells:
            assert document.quote(cell.span) == document.quote(cell.span).strip()


@given(st.text(st.sampled_from(list("<>/!-='\"&;# abptdr甲。\n")), max_size=60))
def test_any_markup_gives_a_tree_with_right_places(source: str) -> None:
    for text in parse(source).texts():
        if text.whole:
            assert source[text.at] == "&"
        else:
            assert source[text.at : text.at + len(text.text)] == text.text


@pytest.mark.parametrize("tag", ["div", "span", "b", "table><tr><td", "ul><li", "font", "blockquote"])
def test_deep_nesting_is_read(tag: str) -> None:
    assert reading(f"<{tag}>" * 3000 + "全年办结12件。").text == "全年办结12件。"


@pytest.mark.parametrize(
    ("stated", "real", "noted"),
    [
        ("gb2312", "gb18030", False),
        ("gbk", "utf-8", True),
        ("utf-8", "gb18030", True),
        ("iso-8859-1", "gb18030", True),
        ("utf-8", "utf-16", True),
        ("utf-16", "utf-16", False),
        ("gb2312", "utf-16-le", True),
        ("utf-8", "utf-8-sig", False),
        ("big5", "utf-8", True),
    ],
)
def test_the_bytes_decide_what_the_page_says_wrongly_is_noted(stated: str, real: str, noted: bool) -> None:
    written = page(article(["二〇二一年，王䶮同志镕基工程12件。", *BODY]), head=f'<meta charset="{stated}">')
    document = reading(written.encode(real))
    assert document.text.startswith("二〇二一年，王䶮同志镕基工程12件。\n一、主要做法")
    assert any(warning.startswith("the page says") for warning in document.warnings) is noted


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("seed", range(8))
def test_a_stray_byte_does_not_lose_the_page(encoding: str, seed: int) -> None:
    chance = random.Random(seed)
    written = page(article(BODY * 12), head=f'<meta charset="{encoding}">')
    data = bytearray(written.encode(encoding))
    places = [at for at in range(len(data)) if data[at] == ord("<")][60:90]
    data[chance.choice(places) : 0] = b""
    at = chance.choice(places)
    data[at:at] = b"\xff"
    document = reading(bytes(data))
    assert any("1 damaged places" in warning for warning in document.warnings)
    assert document.text.count("\ufffd") == 1
    assert document.text.replace("\ufffd", "").replace("\n", "") == "".join(BODY * 12)
    text = ("\n".join(BODY * 12)).encode(encoding)
    middle = text.index(b"\n", len(text) // 2)
    plain = reading(text[:middle] + b"\xff" + text[middle:], "a.txt")
    assert plain.text.count("\ufffd") == 1


def test_too_many_stray_bytes_are_refused() -> None:
    data = page(article(BODY * 12)).encode("gb18030").replace(b"</p>", b"\xff\xff\x81</p>")
    with pytest.raises(UnknownEncoding, match="1 byte in 1000"):
        reading(data)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "<html><frameset cols='20%,80%'><frame src='menu.htm'><frame src='body.htm'></frameset></html>",
            "frameset.*body.htm",
        ),
        ("<body><a href=/>首页</a><iframe src='content_1.html'></iframe></body>", "inner frame.*content_1.html"),
        ("<body><div id='app'></div><script src='app.js'></script></body>", "script"),
        (
            "<body><noscript>请启用JavaScript后浏览本网站</noscript><div id=app>加载中</div><script>a()</script></body>",
            "script",
        ),
        ("<body><p>青石镇年报</p><embed src='report.pdf' type='application/pdf'></body>", "report.pdf"),
    ],
)
def test_a_shell_is_refused_with_a_remedy(source: str, words: str) -> None:
    with pytest.raises(PageShell, match=words) as caught:
        reading(source)
    assert caught.value.code == "E212"
    assert "→" in caught.value.detail


def test_a_page_beside_whose_text_a_frame_stands_is_read() -> None:
    body = article(BODY) + "<iframe src='share.html'></iframe><noscript>请启用JavaScript</noscript>"
    assert reading(page(body)).text == "\n".join(BODY)


def test_a_text_hidden_until_a_script_shows_it_is_read() -> None:
    body = f"<div id=zoom style='display:none'>{article(BODY * 3)}</div><div>加载中</div>"
    document = reading(f"<body>{body}</body>")
    assert document.text == "\n".join(BODY * 3)
    assert any("hidden" in warning for warning in document.warnings)


def mhtml(parts: list[tuple[str, bytes]]) -> bytes:
    import base64

    made = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n'
    for kind, data in parts:
        made += f"--XX\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        made += base64.encodebytes(data) + b"\r\n"
    return made + b"--XX--\r\n"


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a"])
def test_a_page_saved_with_its_parts_is_read(name: str) -> None:
    data = mhtml([('text/html; charset="gb2312"', page(article(BODY)).encode("gb18030")), ("image/gif", b"GIF89a")])
    assert reading(data, name).text == "\n".join(BODY)


def test_of_a_saved_frameset_the_frame_is_read() -> None:
    frames = b"<frameset><frame src='cid:1'><frame src='cid:2'></frameset>"
    data = mhtml([("text/html", frames), ("text/html", b"<a>x</a>"), ("text/html", page(article(BODY)).encode())])
    assert reading(data, "a.mht").text == "\n".join(BODY)


@pytest.mark.parametrize("data", [b"no such thing", b"Content-Type: multipart/related; boundary=a\n\n--a\n" * 60])
def test_a_broken_saved_page_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadingError):
        reading(data, "a.mht")
