"""What the words and the place of a heading make of its section, and where headings hide. Sentences are made up."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

import extractor

TITLE = "青禾镇2021年法治政府建设年度报告\n"


def kinds(body: str) -> list[tuple[str, str]]:
    rows = extractor.extract(TITLE + body).to_rows()["sections"]
    return [(row["title"], row["kind"]) for row in rows if row["level"] > 0]


def headings(body: str) -> list[tuple[int, str]]:
    rows = extractor.extract(TITLE + body).to_rows()["sections"]
    return [(row["level"], row["title"]) for row in rows if row["level"] > 0]


def quotes(body: str, table: str) -> list[str]:
    return [row["quote"] for row in extractor.extract(TITLE + body).to_rows()[table]]


@pytest.mark.parametrize(
    ("heading", "children"),
    [
        pytest.param(
            "做法、成效及存在问题",
            [
                ("成效", "achievements"),
                ("存在问题", "problems"),
                ("改进措施", "plan"),
                ("规范执法行为", "achievements"),
            ],
            id="done-and-lacking",
        ),
        pytest.param(
            "成效和存在的问题",
            [("主要成绩", "achievements"), ("不足之处", "problems"), ("宣传力度不够", "problems")],
            id="done-and-lacking-and",
        ),
        pytest.param(
            "存在的主要问题及改进情况",
            [("存在问题", "problems"), ("整改情况", "rectification"), ("队伍力量薄弱", "problems")],
            id="lacking-and-mended",
        ),
        pytest.param(
            "问题及下一步打算",
            [("主要问题", "problems"), ("下一步打算", "plan"), ("强化队伍建设", "plan")],
            id="lacking-and-planned",
        ),
        pytest.param(
            "2021年工作总结和2022年工作计划",
            [("2021年工作完成情况", "achievements"), ("2022年工作安排", "plan")],
            id="done-and-planned",
        ),
    ],
)
def test_a_heading_for_several_kinds_passes_none_on(heading: str, children: list[tuple[str, str]]) -> None:
    body = "".join(f"（{'一二三四'[at]}）{title}\n我镇有关内容如前所述。\n" for at, (title, _) in enumerate(children))
    assert kinds(f"一、{heading}\n{body}")[1:] == children


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        pytest.param("主要举措和成效", "achievements", id="two-words-of-one-kind"),
        pytest.param("存在的不足和原因", "problems", id="lacking-and-why"),
        pytest.param("着力解决突出问题和短板", "achievements", id="who-deals-with-problems-admits-none"),
        pytest.param("聚焦群众反映的突出问题，提升效能", "achievements", id="aims-at-problems"),
        pytest.param("突出问题专项整治", "achievements", id="problems-dealt-with"),
        pytest.param("督察反馈问题整改情况", "rectification", id="mended"),
    ],
)
def test_one_kind_is_not_two(heading: str, kind: str) -> None:
    assert kinds(f"一、{heading}\n（一）加强学习\n内容如前所述。\n") == [(heading, kind), ("加强学习", kind)]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param("存在的主要问题", "problems", id="lacking"),
        pytest.param("工作中还存在的不足和困难", "problems", id="lacking-at-length"),
        pytest.param("下一步工作打算", "plan", id="ahead"),
        pytest.param("2022年重点工作安排", "plan", id="ahead-by-year"),
        pytest.param("2021年重点工作", "achievements", id="a-year-alone-is-not-ahead"),
        pytest.param("补齐普法短板", "achievements", id="a-measure"),
        pytest.param("下一步工作基础更加坚实", "achievements", id="more-is-said"),
    ],
)
def test_below_what_was_done_only_a_heading_that_says_nothing_else_turns(title: str, kind: str) -> None:
    assert kinds(f"一、2021年工作开展情况\n（一）规范执法\n全年检查5次。\n（二）{title}\n内容如前所述。\n")[2] == (
        title,
        kind,
    )


def test_thematic_headings_before_the_shortcomings_are_achievements_by_their_place() -> None:
    body = (
        "一、强化组织保障\n成立专班。\n二、镇情概况\n辖区有村12个。\n三、聚力法治宣传\n（一）阵地建设\n建成广场2处。\n"
        "四、存在的问题\n力量不足。\n五、下一步打算\n加强培训。\n"
    )
    assert [kind for _, kind in kinds(body)] == [
        "achievements",
        "other",
        "achievements",
        "achievements",
        "problems",
        "plan",
    ]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param("青禾镇2021年法治政府建设年度报告\n", "achievements", id="a-report-by-its-title"),
        pytest.param("2021年，工作有序。现将全年工作情况报告如下：\n", "achievements", id="it-sums-up"),
        pytest.param("青禾镇2021年法治政府建设工作要点\n", "plan", id="a-plan"),
        pytest.param("关于《青禾镇2021年法治政府建设年度报告》的解读\n", "other", id="about-a-report"),
        pytest.param("各村要提高认识。\n", "other", id="nothing-said"),
        pytest.param(
            "2021年，在县委的领导下，青禾镇扎实推进各项任务，取得成效。\n", "achievements", id="it-opens-as-one"
        ),
        pytest.param("2021年，在县委的领导下，全镇要坚持依法行政。\n", "other", id="it-opens-as-a-plan"),
    ],
)
def test_thematic_headings_of_a_report_that_is_cut_are_achievements(head: str, kind: str) -> None:
    rows = extractor.extract(head + "一、强化组织保障\n成立专班。\n二、聚力法治宣传\n建成广场。\n").to_rows()[
        "sections"
    ]
    assert [row["kind"] for row in rows if row["level"] > 0] == [kind, kind]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("2021年主要工作", "achievements"),
        ("2021年重点工作", "achievements"),
        ("2022年主要工作", "plan"),
        ("2022年重点工作", "plan"),
        ("2022年工作安排", "plan"),
    ],
)
def test_a_year_alone_is_held_against_the_year_of_the_report(heading: str, kind: str) -> None:
    assert kinds(f"一、{heading}\n加强普法宣传。\n")[0][1] == kind


def test_headings_on_one_line_that_is_cut_before_the_second() -> None:
    body = "现将情况报告如下：一、规范决策,提升效能(一)完善程序,落实制度。全年审查合同3份。"
    assert headings(body) == [(1, "规范决策,提升效能"), (2, "完善程序,落实制度")]
    runs_on = "现报告如下：一、基本情况2021年，我镇有序推进。二、主要做法（一）加强公开一是完善制度。二是丰富方式。"
    assert headings(runs_on)[:3] == [(1, "基本情况"), (1, "主要做法"), (2, "加强公开一是完善制度")]
    assert headings("工作有序。一、二季度开展宣传4次。") == []


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param(
            "（一）提升服务效能1.优化办事流程。全年办理3件。\n2.强化监督。开展检查5次。\n",
            [(2, "提升服务效能"), (3, "优化办事流程"), (3, "强化监督")],
            id="first-item-on-the-heading-line",
        ),
        pytest.param(
            "（二）公开渠道1、门户网站：每周更新信息。\n",
            [(2, "公开渠道"), (3, "门户网站")],
            id="a-label-on-the-heading-line",
        ),
        pytest.param("（一）完成附件1、附件2的填报\n", [(2, "完成附件1、附件2的填报")], id="no-item-but-a-number"),
        pytest.param(
            "（一）夯实思想根基一是抓好学习，组织领学。二是抓好宣传。\n",
            [(2, "夯实思想根基"), (4, "抓好学习，组织领学"), (4, "抓好宣传")],
            id="first-is-item-on-the-heading-line",
        ),
        pytest.param("（一）标准统一是基础，要求明确。\n", [(2, "标准统一是基础，要求明确")], id="no-item-but-a-word"),
        pytest.param(
            "1.落实方案（青禾府〔2021〕3号）2.规范流程，落实责任〔牵头单位：司法所〕3.强化监督\n",
            [(3, "落实方案（青禾府〔2021〕3号）"), (3, "规范流程，落实责任〔牵头单位：司法所〕"), (3, "强化监督")],
            id="behind-brackets",
        ),
        pytest.param(
            "（一）加强学习\n二）规范执法\n(三强化普法\n",
            [(2, "加强学习"), (2, "规范执法"), (2, "强化普法")],
            id="half-a-bracket",
        ),
        pytest.param("（一）加强学习\n(二季度完成整改5处\n", [(2, "加强学习")], id="no-half-bracket-but-a-quarter"),
        pytest.param("二）规范执法\n三）强化普法\n", [], id="half-brackets-count-on-only"),
        pytest.param(
            "一是深化政务公开，更新信息。\n（一）规范执法\n",
            [(4, "深化政务公开，更新信息"), (2, "规范执法")],
            id="is-alone-opens-a-line",
        ),
    ],
)
def test_headings_on_other_lines_with_lost_brackets_and_alone(body: str, wanted: list[tuple[int, str]]) -> None:
    assert headings(body) == wanted


@given(st.lists(st.integers(min_value=2, max_value=60), min_size=2, max_size=6))
def test_an_item_of_any_length_opens_a_section(lengths: list[int]) -> None:
    items = [f"推进第{at}项，" + "开展宣传，" * length + "形成氛围" for at, length in enumerate(lengths)]
    text = "".join(f"{'一二三四五六'[at]}是{item}。" for at, item in enumerate(items))
    assert headings(f"一、主要举措\n（一）深化学习\n{text}\n")[2:] == [(4, item) for item in items]


def test_a_heading_of_a_whole_sentence_is_still_the_sentence() -> None:
    long = "推进执法规范化，" + "开展案卷评查，" * 14 + "确保合格率达到95%以上"
    assert quotes(f"一、下一步打算\n（一）{long}。\n（二）加强培训。\n", "commitments")[0] == f"{long}。"


@pytest.mark.parametrize(
    ("body", "lacking", "promised"),
    [
        pytest.param(
            "一、成效和存在的问题\n全年组织学法12次。法治氛围明显改善。但也存在宣传不够深入的问题。部分干部讲法能力偏弱。\n",
            ["但也存在宣传不够深入的问题。", "部分干部讲法能力偏弱。"],
            [],
            id="done-then-lacking",
        ),
        pytest.param(
            "一、存在的主要问题及改进情况\n公开内容不够丰富。今年以来我镇组织了培训，更新了目录。\n",
            ["公开内容不够丰富。"],
            [],
            id="lacking-then-mended",
        ),
        pytest.param(
            "一、存在的主要问题及改进情况\n一是力量不足。二是今年新招3人，力量增强。下一步，我镇将组织轮训。\n",
            ["力量不足。"],
            ["下一步，我镇将组织轮训。"],
            id="items-and-a-turn",
        ),
    ],
)
def test_sentences_under_a_mixed_heading_are_told_apart(body: str, lacking: list[str], promised: list[str]) -> None:
    assert (quotes(body, "problems"), quotes(body, "commitments")) == (lacking, promised)


def _flush_left(lines: list[str]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    page = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1)
    page.setFont("STSong-Light", 12)
    for at, line in enumerate(lines):
        page.drawString(80, 760 - 24 * at, line)
    page.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("items", "titles"),
    [
        pytest.param(
            [
                f"{n}.深入推进{word}全年共开展活动12次"
                for n, word in enumerate(["基层调解工作", "执法监督工作", "法治宣传工作", "合同审查工作"], 1)
            ],
            4,
            id="points",
        ),
        pytest.param([f"（{n}）持续加强村居法律顾问全年共解答咨询{n}35件" for n in (1, 2, 3, 4)], 4, id="brackets"),
        pytest.param(
            ["（一）全镇持续推进综合行政执法规范化建设的比例比上年提高了", "2.5个百分点，群众对此普遍表示满意。"],
            1,
            id="a-decimal-goes-on",
        ),
    ],
)
def test_items_flush_left_in_a_pdf_are_lines_of_their_own(tmp_path: Path, items: list[str], titles: int) -> None:
    path = tmp_path / "flush.pdf"
    path.write_bytes(_flush_left(["青禾镇人民政府2021年法治政府建设年度报告", "一、主要举措", *items]))
    rows = extractor.extract_file(path).to_rows()["sections"]
    assert len([row for row in rows if row["level"] > 1]) == titles


PLANNED = "一、发展基础\n上年建成广场1个。\n二、夯实工作基础\n（一）总结推广经验\n推广经验。\n三、重点举措\n完善制度。\n四、附则\n由司法局负责解释。\n"


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("青禾县2024年法治政府建设工作计划\n", ["achievements", "plan", "plan", "plan", "other"]),
        ("关于印发《青禾县2024年工作要点》的通知\n", ["achievements", "plan", "plan", "plan", "other"]),
        ("青禾县“十四五”法治建设规划（2021—2025年）\n", ["achievements", "plan", "plan", "plan", "other"]),
        ("青禾县2023年工作总结和2024年工作计划\n", ["achievements", "other", "other", "achievements", "other"]),
        ("首页>规划计划\n青禾县法治工作\n", ["achievements", "other", "other", "achievements", "other"]),
        ("规划计划\n青禾县法治工作\n", ["achievements", "other", "other", "achievements", "other"]),
    ],
)
def test_a_title_that_says_plan_makes_all_chapters_plan_but_the_past_and_the_end(head: str, wanted: list[str]) -> None:
    rows = extractor.extract(head + PLANNED).to_rows()
    assert [row["kind"] for row in rows["sections"] if row["level"] > 0] == wanted


def test_what_a_plan_says_of_the_past_is_no_commitment() -> None:
    rows = extractor.extract("青禾县2024年法治政府建设工作计划\n" + PLANNED).to_rows()
    assert [row["quote"] for row in rows["commitments"]] == ["推广经验。", "完善制度。"]
