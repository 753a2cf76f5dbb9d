"""What a page holds and does not show: by styles, off the screen, struck out; and what only looks hidden."""

import pytest
from test_html import BODY, article, page, reading

from extractor.errors import PageShell


def shown(inner: str, style: str) -> bool:
    head = f"<style>{style}</style>"
    document = reading(page(article(BODY) + inner, head=head))
    if "901件" not in document.text:
        assert any("characters left out" in one for one in document.warnings if one[0].isdigit())
    return "901件" in document.text


@pytest.mark.parametrize(
    ("style", "inner"),
    [
        (".hid{display:none}", '<p class="hid">受理投诉901件。</p>'),
        ("#a1 , .b { visibility : hidden }", '<p id="a1">受理投诉901件。</p>'),
        ("div.c > p{opacity:0}", '<div class="c"><p>受理投诉901件。</p></div>'),
        (".o p{opacity:0.0 !important}", '<div class="o"><div><p style="opacity:1">受理投诉901件。</p></div></div>'),
        (".far{position:absolute;left:-9999px}", '<p class="far">受理投诉901件。</p>'),
        (".in{text-indent:-999em}", '<p class="in">受理投诉901件。</p>'),
        (".tiny{font-size:0.1px}", '<p>共<span class="tiny">受理投诉901件。</span></p>'),
        (".sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}", '<p class="sr">受理901件。</p>'),
        ("@media screen{.m{display:none}}", '<p class="m">受理投诉901件。</p>'),
        ("/* .x{ */.y{display:none}/* } */", '<p class="y">受理投诉901件。</p>'),
        ("", '<p style="opacity:0">受理投诉901件。</p>'),
        ("", '<p style="position:fixed;top:-5000px">受理投诉901件。</p>'),
        ("", "<p>共<del>受理投诉901件，</del>检查7次。</p>"),
        ("", "<p>共<s>受理投诉901件，</s>检查7次。</p>"),
        ("", '<p>共<span style="text-decoration: line-through red">受理投诉901件，</span>检查7次。</p>'),
        (".a{display:block}.a{display:none}", '<p class="a">受理投诉901件。</p>'),
    ],
)  # fmt: skip
def test_what_is_not_seen_is_left_out_and_counted(style: str, inner: str) -> None:
    assert not shown(inner, style)


@pytest.mark.parametrize(
    ("style", "inner"),
    [
        (".hid{display:none}", '<p class="hidden">受理投诉901件。</p>'),
        (".tab{display:none}.tab.on{display:block}", '<p class="tab on">受理投诉901件。</p>'),
        (".a:hover{display:none}", '<p class="a">受理投诉901件。</p>'),
        ("p[lang]{display:none}", "<p>受理投诉901件。</p>"),
        ("@media print{.a{display:none}}", '<p class="a">受理投诉901件。</p>'),
        ("@media (max-width:600px){.a{display:none}}", '<p class="a">受理投诉901件。</p>'),
        (".b .a{display:none}", '<p class="a">受理投诉901件。</p>'),
        ("ul>p{display:none}", '<div class="ul"><p>受理投诉901件。</p></div>'),
        # the middle of the page, and a block that holds its floats
        (".w{position:relative;left:50%;margin-left:-500px}", '<div class="w"><p>受理投诉901件。</p></div>'),
        (".c{overflow:hidden;height:1%}", '<div class="c"><p>受理投诉901件。</p></div>'),
        (".c{overflow:hidden;*height:1px}", '<div class="c"><p>受理投诉901件。</p></div>'),
        (".s{font-size:0.9em}", '<p class="s">受理投诉901件。</p>'),
        (".n{display:none}", '<p class="n" style="display:block">受理投诉901件。</p>'),
        ("", "<p>共<ins>受理投诉901件，</ins>检查7次。</p>"),
    ],
)
def test_what_only_looks_hidden_stays(style: str, inner: str) -> None:
    assert shown(inner, style)


def test_a_style_for_print_hides_nothing() -> None:
    head = '<style media="print">p{display:none}</style>'
    assert "办理案件12件" in reading(page(article(BODY), head=head)).text


@pytest.mark.parametrize(
    "script",
    [
        '<script>document.getElementById("c").innerHTML="<p>一、主要举措</p>";</script>',
        "<script>$.get('/x.json',function(d){$('#c').html(d)})</script>",
        '<script src="/app.js"></script>',
    ],
)
def test_a_page_of_which_a_script_writes_all_but_the_title_is_a_shell(script: str) -> None:
    title = "青禾镇2021年法治政府建设年度报告"
    body = f'<title>{title}</title><h1>{title}</h1><div id="c"></div>{script}'
    with pytest.raises(PageShell):
        reading(f"<html><body>{body}</body></html>")


def test_a_short_page_with_text_of_its_own_is_no_shell() -> None:
    text = "一、主要举措"
    found = reading(f"<html><body><h1>报告</h1><p>{text}</p><p>办理案件十二件次以上</p><script>a.innerHTML=1</script>")
    assert text in found.text


def test_a_sheet_of_many_rules_and_a_deep_page_take_no_time() -> None:
    rules = "".join(f".a{at} .b div .c{at}{{display:none}}" for at in range(3000))
    deep = '<div class="b c1">' * 3000 + "<p>全年办理案件12件，办结率为98%。</p>"
    assert "12件" in reading(f"<style>{rules}</style>{deep}").text
