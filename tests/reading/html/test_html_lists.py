"""Web pages: numbers of lists that only a browser shows, and lists that show none."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.datamodel.document import Document
from extractor.reading import describe, read


def reading(body: str) -> Document:
    data = f"<html><body><div id=zoom>{body}</div></body></html>".encode()
    return read(describe("a.html", data, sha256(data).hexdigest()), data)


def ordered(attributes: str, *items: str) -> str:
    return f"<ol {attributes}>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (ordered("", "甲。", "乙。"), ["1. 甲。", "2. 乙。"]),
        ("<ol><li>甲。<li>乙。</ol><p>丙。", ["1. 甲。", "2. 乙。", "丙。"]),
        (ordered("start=9", "甲。", "乙。"), ["9. 甲。", "10. 乙。"]),
        (ordered("start=-1", "甲。", "乙。", "丙。"), ["-1. 甲。", "0. 乙。", "1. 丙。"]),
        (ordered("start=' 3x'", "甲。"), ["3. 甲。"]),
        (ordered("start=x", "甲。"), ["1. 甲。"]),
        (ordered("start=99999999999", "甲。"), ["1. 甲。"]),
        (ordered("reversed", "甲。", "<ol><li>乙。</ol>", "丙。"), ["3. 甲。", "2. 1. 乙。", "1. 丙。"]),
        (ordered("reversed start=2", "甲。", "乙。", "丙。"), ["2. 甲。", "1. 乙。", "0. 丙。"]),
        ("<ol><li>甲。<li value=7>乙。<li>丙。</ol>", ["1. 甲。", "7. 乙。", "8. 丙。"]),
        (ordered("type=a start=26", "甲。", "乙。"), ["z. 甲。", "aa. 乙。"]),
        (ordered("type=A", "甲。"), ["A. 甲。"]),
        (ordered("type=i start=4", "甲。"), ["iv. 甲。"]),
        (ordered("type=I start=0", "甲。", "乙。"), ["0. 甲。", "I. 乙。"]),
        ("<ol><li type=a>甲。<li>乙。<li type=disc>丙。</ol>", ["a. 甲。", "2. 乙。", "丙。"]),
        # a list inside a list counts for itself; the item around goes on
        ("<ol><li>甲。<ol type=a><li>乙。<li>丙。</ol><li>丁。</ol>", ["1. 甲。", "a. 乙。", "b. 丙。", "2. 丁。"]),
        ("<ol><li>甲。</li><ol><li>乙。</li></ol><li>丙。</li></ol>", ["1. 甲。", "1. 乙。", "2. 丙。"]),
        ("<ol><li>甲。<ul><li>乙。</ul><li>丙。</ol>", ["1. 甲。", "乙。", "2. 丙。"]),
        # one item, several lines: the number stands before the first
        (
            "<ol><li><p></p><p>　&nbsp;<b>甲。</b></p><p>乙。</p><li>丙<br>丁。</ol>",
            ["1. 甲。", "乙。", "2. 丙", "丁。"],
        ),
        ("<ol><li>  \n &#12295;号。</ol>", ["1. 〇号。"]),
        ("<ol><li>12件。<li>2021年3件。</ol>", ["1. 12件。", "2. 2021年3件。"]),
        # an empty item has no line, but is counted; a hidden one is not
        (
            "<ol><li>甲。<li><img src=a.png><li>乙。<li style='display:none'>丙。<li>丁。</ol>",
            ["1. 甲。", "3. 乙。", "4. 丁。"],
        ),
        ("<ol><li style='display:block'>甲。<li>乙。</ol>", ["甲。", "1. 乙。"]),
        ("<ol><li><div><ol><li>甲。</ol></div><li>乙。</ol>", ["1. 1. 甲。", "2. 乙。"]),
        ("<ol><div><li>甲。</div><li>乙。</ol>", ["1. 甲。", "2. 乙。"]),
        # bullets, items of no list
        ("<ul><li>甲。<li value=3>乙。</ul><li>丙。", ["甲。", "乙。", "丙。"]),
        ("<ul style='list-style-type:decimal'><li>甲。</ul>", ["1. 甲。"]),
        ("<ol><li><sup>1</sup>甲。</ol>", ["1. 1甲。"]),
        ("<pre><ol><li>甲。\n乙。</ol></pre>", ["1. 甲。", "乙。"]),
    ],
)
def test_a_list_shows_its_numbers(body: str, lines: list[str]) -> None:
    assert reading(body).text.split("\n") == lines


@pytest.mark.parametrize(
    ("style", "label"),
    [
        ("decimal", "12. "),
        ("decimal-leading-zero", "12. "),
        ("lower-alpha", "l. "),
        ("UPPER-LATIN", "L. "),
        ("lower-roman", "xii. "),
        ("upper-roman", "XII. "),
        ("cjk-ideographic", "十二、"),
        ("simp-chinese-informal", "十二、"),
        ("trad-chinese-informal", "十二、"),
        ("simp-chinese-formal", "壹拾贰、"),
        ("cjk-decimal", "一二、"),
        ("cjk-earthly-branch", "亥、"),
        ("lower-roman !important", "xii. "),
        ("no-such-style", "12. "),
        ("none", ""),
        ("disc", ""),
        ("'- '", ""),
        ("inherit", "12. "),
    ],
)
@pytest.mark.parametrize(
    "written", ["list-style-type:{}", "color:red; LIST-STYLE : {}; margin:0", "list-style:none; list-style:{}"]
)
def test_an_inline_style_counts(style: str, label: str, written: str) -> None:
    style = written.format(style)
    assert reading(f'<ol start=12 style="{style}"><li>甲。</ol>').text == f"{label}甲。"
    assert reading(f'<ol start=12 type=1><li style="{style}">甲。</ol>').text == f"{label}甲。"


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        ("ul, ol, li { list-style: none }", False),
        ("*{margin:0;list-style:none}", False),
        ("/* x */ body OL > li{color:red;list-style-type:none}", False),
        ("ol{list-style:decimal}ol li{list-style:none outside}", False),
        ("ol{list-style:none} ol{list-style:decimal}", True),
        # rules for other elements, for some lists only, for print; rules that never end
        ("ul li{list-style:none}", True),
        (".nav li, #menu ol, .TRS_Editor{list-style:none}", True),
        ("@media print{ol{list-style:none} p{x:y}} p{a:b}", True),
        ("/* ol{list-style:none} */", True),
        ("ol{list-style:none", True),
        ("ol{list-style-image:none}", True),
    ],
)
def test_a_style_sheet_that_takes_the_numbers_from_all_lists_counts(sheet: str, shown: bool) -> None:
    body = f"<style>{sheet}</style>" + ordered("", "甲。")
    assert reading(body).text == ("1. 甲。" if shown else "甲。")
    assert reading(body.replace("<li>", "<li style='list-style:cjk-decimal'>")).text == "一、甲。"


def test_the_parts_of_a_style_in_one() -> None:
    assert reading('<ol style="list-style: url(a.png) outside none"><li>甲。</ol>').text == "甲。"
    assert reading('<ol style="list-style: inside cjk-decimal"><li>甲。</ol>').text == "一、甲。"
    assert reading('<ol type=A style="list-style: inside"><li>甲。</ol>').text == "甲。"
    assert reading('<ol type=A style="list-style:"><li>甲。</ol>').text == "A. 甲。"


@pytest.mark.parametrize(
    "item",
    [
        "一、主要做法", "十二．主要做法", "（一）主要做法", "(3) 主要做法", "1、主要做法", "1.主要做法", "１．主要做法", "1. 5项制度",
        "2.2021年，全年12件", "3）主要做法", "①主要做法", "⑴主要做法", "⒈主要做法", "㈠主要做法", "a. 主要做法", "B、主要做法", "iv.主要做法",
        "Ⅱ、主要做法", "1.2 主要做法", "第一，加强学习", "第三条 主要做法", "【一】主要做法", "<b>一</b><span>、</span>主要做法", "　　&nbsp;一、主要做法",
    ],
)  # fmt: skip
def test_a_number_written_out_is_not_written_again(item: str) -> None:
    document = reading(ordered("", item, "主要做法。"))
    first, second = document.text.split("\n")
    assert not first.startswith("1. ") or first.endswith("5项制度")
    assert second == "2. 主要做法。"
    assert "1 list numbers set into the text" in document.warnings


@pytest.mark.parametrize(
    "item",
    [
        "一般程序案件12件", "十项制度", "1.5亿元投入", "3.2万人次参加", "12件案件", "2021年度", "（2021）甲法字1号案", "〔2021〕5号文件", "第三产业",
        "第一季度办结12件", "一、二级公路养护", "一、二、三类事项", "1、2号楼改造", "a类企业3家", "e.g.举例", "Ⅱ级响应3次", "百日攻坚行动", "十堰市",
        "12:30开会", "1：500地形图", "（一般）案件",
    ],
)  # fmt: skip
def test_an_item_that_only_begins_like_a_number_gets_its_own(item: str) -> None:
    assert reading(ordered("", item)).text == f"1. {item}"


def test_numbers_are_counted_and_have_no_place_in_the_source() -> None:
    document = reading(ordered("style='list-style:cjk-ideographic'", "主要做法", "2、存在问题", "全年办结12件。"))
    assert document.text == "一、主要做法\n2、存在问题\n三、全年办结12件。"
    assert document.warnings == ("2 list numbers set into the text",)
    assert document.offsets is not None
    places = [document.offsets.raw_position(at) for at in range(len(document.text))]
    assert [char for char, place in zip(document.text, places, strict=True) if place is None] == list("一、\n\n三、")
    assert not reading("<ul><li>甲。</ul>").warnings


def test_a_cell_holds_a_list() -> None:
    document = reading(
        "<table><tr><td>职责</td><td><ol><li>甲12</li><li>乙</li><li>（三）丙</li></ol></td></tr>"
        "<tr><td>&nbsp;<ol start=5><li>丁</ol></td><td>2</td></tr></table><p>完。"
    )
    assert document.text == "职责\t1. 甲12 2. 乙（三）丙\n5. 丁\t2\n完。"
    assert [document.quote(cell.span) for cell in document.tables[0].cells][1] == "1. 甲12 2. 乙（三）丙"
    assert "3 list numbers set into the text" in document.warnings


def test_the_number_of_an_item_that_is_a_table_is_no_part_of_a_cell() -> None:
    document = reading("<ol><li>甲。<li><table><tr><td>类别</td><td>3</td></tr></table><li>乙。</ol>")
    assert document.text == "1. 甲。\n2.\n类别\t3\n3. 乙。"


def test_a_heading_numbered_by_its_list_is_a_heading() -> None:
    """It opens the content: a menu stands before it, and it is no part of the menu."""
    head = "<ol style='list-style:cjk-ideographic'><li><a href='#a'>主要做法</a>和成效</li></ol>"
    document = reading(f"<ul><li><a>首页</a></ul>{head}<p>全年共办理案件12件，办结率达到98.5%。</p>")
    assert document.text == "一、主要做法和成效\n全年共办理案件12件，办结率达到98.5%。"


@pytest.mark.parametrize("name", ["class=breadcrumb", "class=nav", "", "style='list-style:cjk-ideographic'"])
def test_a_list_that_leads_elsewhere_stays_left_out(name: str) -> None:
    menu = f"<ol {name}>" + "".join(f"<li><a href='/'>{t}</a></li>" for t in ("首页", "公开", "法治政府")) + "</ol>"
    prose = "<p>全年共办理案件12件，办结率达到98.5%。</p>"
    assert reading(f"{menu}{prose}{menu}").text == "全年共办理案件12件，办结率达到98.5%。"


_TAG = st.sampled_from(
    ["<ol>", "</ol>", "<ol reversed>", "<ul>", "</ul>", "<li>", "</li>", "<li value=3>", "<p>", "<br>", "<ol type=a start=3>",
     "<table><tr><td>", "<td>", "</table>", "<ol style='list-style:cjk-decimal'>", "<li style='display:none'>"]
)  # fmt: skip
_BLANK = " \n\xa0　"
_WORDS = st.text(st.sampled_from(list("甲乙12、.（） \n\xa0　")), max_size=6)


@given(st.lists(st.tuples(_TAG, _WORDS), max_size=14))
def test_lists_lose_and_change_no_character_of_the_source(parts: list[tuple[str, str]]) -> None:
    document = reading("<p>前文。</p>" + "".join(tag + text for tag, text in parts) + "</table></ol><p>后文。</p>")
    source = "<html><body><div id=zoom><p>前文。</p>" + "".join(tag + text for tag, text in parts)
    assert document.offsets is not None
    kept = ""
    for at, char in enumerate(document.text):
        raw = document.offsets.raw_position(at)
        if raw is not None and raw < len(source):
            assert source[raw] == char or (char == " " and source[raw] in "\n \xa0")
            kept += char
    if not any("none" in tag for tag, _ in parts):
        wanted = "前文。" + "".join(text for _, text in parts)
        assert [char for char in kept if char not in _BLANK] == [char for char in wanted if char not in _BLANK]
