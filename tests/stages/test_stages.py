"""Tables of cases, in our own words, for each stage."""

import pytest

import extractor
from extractor.datamodel.claims import Claims
from extractor.datamodel.document import Document
from extractor.datamodel.records import RECORDS, Indicator, Section
from extractor.datamodel.vocabulary import NumeralClass
from extractor.errors import GovreportError
from extractor.pipeline import build_context, check_order, run_stage
from extractor.reading import describe
from extractor.stages import STAGES, Context, Progress, Stage


def _indicators(text: str, heading: str = "一、工作成效") -> list[tuple[str | None, str | None, float, str | None]]:
    found = extractor.extract(f"{heading}\n{text}")
    return [(i.subject, i.name, float(i.value), i.unit) for i in found.indicators]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("编发公报24期。", [(None, "编发公报", 24, "期")]),
        ("聘用3名律师。", [(None, "聘用律师", 3, "名")]),
        ("全镇接入53个部门2261项事项。", [(None, "接入部门", 53, "个"), (None, "接入事项", 2261, "项")]),
        ("发放资料近3500份，图书近800册。", [(None, "发放资料", 3500, "份"), (None, "发放图书", 800, "册")]),
        ("接收工单6280件，按时办结率100%。", [(None, "接收工单", 6280, "件"), ("接收工单", "按时办结率", 100, "%")]),
        ("受理纠纷312起，调解成功306起。", [(None, "受理纠纷", 312, "起"), ("纠纷", "调解成功", 306, "起")]),
        (
            "小麦播种、收获机械化率分别达到65%和55%。",
            [(None, "小麦播种机械化率", 65, "%"), (None, "小麦收获机械化率", 55, "%")],
        ),
        ("有农户1072户3895人。", [(None, "农户", 1072, "户"), (None, "农户", 3895, "人")]),
        ("受理办件1.41万件，同比增长11.9%。", [(None, "受理办件", 14100, "件"), (None, "受理办件同比增长", 11.9, "%")]),
        ("申请数量较去年下降12.3%。", [(None, "申请数量较去年下降", -12.3, "%")]),
        ("全年未发生行政复议案件。", [(None, "行政复议案件", 0, None)]),
        ("培训学时不低于60学时。", [(None, "培训学时", 60, "学时")]),
        ("三分之一的村建成示范村。", [(None, "村建成示范村", 33.3333, "%")]),
    ],
)
def test_names_values_and_units(text: str, rows: list[tuple[str | None, str | None, float, str | None]]) -> None:
    found = _indicators(text)
    assert [(s, n, u) for s, n, _, u in found] == [(s, n, u) for s, n, _, u in rows]
    assert [v for *_, v, _ in found] == pytest.approx([v for *_, v, _ in rows], rel=1e-4)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("坚持四个意识。", "slogan"),
        ("拨打12345热线。", "phone"),
        ("召开第135次常务会议。", "ordinal"),
        ("依据第三十五条处理。", "law_article"),
        ("2021年12月召开会议。", "date"),
        ("围绕6个方面开展工作。", "slogan"),
        ("统一安排部署。", "idiom"),
        ("在10个工作日内答复。", "deadline"),
        ("成百上千群众参加。", "vague"),
        ("每两年评选表彰。", "frequency"),
        ("采取一些措施。", "idiom"),
        ("坚持一包到底。", "idiom"),
        ("十万人口死亡率下降。", "name"),
    ],
)
def test_numerals_that_measure_nothing_have_their_class(text: str, kind: str) -> None:
    found = extractor.extract(f"（前言）{text}")
    assert found.indicators == ()
    assert {numeral.kind for numeral in found.numerals} == {NumeralClass(kind)}


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("接待700余人次", "over"),
        ("发放近800册", "under"),
        ("约8.5亿元", "about"),
        ("配比不少于5%", "at_least"),
        ("面积300亩以上", "at_least"),
        ("控制在5%以内", "at_most"),
        ("超过12万次", "over"),
        ("办结19件", "exact"),
        # 约, 近, 不足 and 突破 are also parts of words and nouns
        ("预约300人次", "exact"),
        ("节约120万元", "exact"),
        ("费用约120万元", "about"),
        ("查找不足12个", "exact"),
        ("到场不足10人", "under"),
        ("实现技术突破3项", "exact"),
        ("产值突破100亿元", "over"),
    ],
)
def test_approximations_on_either_side(text: str, approx: str) -> None:
    assert [i.approx.value for i in extractor.extract(f"全年{text}。").indicators] == [approx]


@pytest.mark.parametrize(
    ("heading", "text", "roles"),
    [
        ("一、工作成效", "办理案件12件，同比下降5%。", ["actual", "change"]),
        ("一、工作成效", "站点由8个增至12个。", ["baseline", "actual"]),
        ("一、2021年工作安排", "新建调解室3个。", ["target"]),
        ("一、工作成效", "力争到2025年建成示范村5个。", ["target"]),
    ],
)
def test_roles(heading: str, text: str, roles: list[str]) -> None:
    found = extractor.extract(f"2020年工作报告\n{heading}\n{text}")
    assert [indicator.role.value for indicator in found.indicators] == roles


def test_parts_know_their_total() -> None:
    found = extractor.extract("受理纠纷623件，其中物业纠纷208件，邻里纠纷173件；调解成功609件。")
    assert [indicator.part_of for indicator in found.indicators] == [None, 1, 1, None]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("根据《要点》（宝法治政府办〔2020〕4号）", "宝法治政府办〔2020〕4号"),
        ("根据某府发[2020]4号文件", "某府发〔2020〕4号"),
        ("按照沪绿容规备字(2010)3号", "沪绿容规备字〔2010〕3号"),
        ("国办发„2009‟3号", "国办发〔2009〕3号"),
        ("城住字〔84〕第 678 号", "城住字〔1984〕678号"),
        ("（沪府令 39 号）", "沪府令39号"),
        ("国务院令第711号", "国务院令711号"),
        ("贯彻中办发2022年22号文件", "中办发〔2022〕22号"),
        ("国務院国發〔〕33號", "国発"),
        ("依据和政发﹝2021﹞3号", "和政发〔2021〕3号"),
        ("按照GB/T 9704—2012排版", "GB/T9704-2012"),
    ],
)
def test_document_numbers_in_every_shape(text: str, number: str) -> None:
    found = [citation.number for citation in extractor.extract(text + "执行。").citations if citation.number]
    if number == "国発":
        assert len(found) == 1
        assert found[0].endswith("〔〕33号")
    else:
        assert found == [number]


def test_a_number_pairs_with_the_title_before_or_behind_it() -> None:
    text = "落实《甲办法》（沪府〔2017〕420号）《乙通知》（沪发〔2018〕5号），国家发展和改革委员会令第16号《丙规定》。"
    found = [(c.title, c.number) for c in extractor.extract(text).citations]
    assert found == [
        ("甲办法", "沪府〔2017〕420号"),
        ("乙通知", "沪发〔2018〕5号"),
        ("丙规定", "国家发展和改革委员会令16号"),
    ]


def test_a_document_number_is_never_a_count_or_a_date() -> None:
    found = extractor.extract("制定《办法》（宝罗府〔2019〕135号）。")
    assert found.indicators == ()
    assert {numeral.kind for numeral in found.numerals} == {NumeralClass.DOCUMENT_NUMBER}


def test_nested_and_broken_titles() -> None:
    found = extractor.extract("参照《<投资办法>及其配套办法》执行，学习《甲规划《乙纲要》精神。")
    assert [citation.title for citation in found.citations] == ["<投资办法>及其配套办法", "甲规划", "乙纲要"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("一、成效\n（一）服务\n1.窗口\n（1）受理\n", [(1, "成效"), (2, "服务"), (3, "窗口"), (4, "受理")]),
        (
            "成效明显。一是加强学习。全年学习。二是强化监督；三是抓好整改。",
            [(4, "加强学习"), (4, "强化监督"), (4, "抓好整改")],
        ),
        ("（一）城运中心：负责统筹协调。", [(2, "城运中心")]),
        ("包括：（1）老房；（2）危房。", [(4, "老房"), (4, "危房")]),
        ("附件：1．甲方案\n2．乙方案\n3．丙方案\n", []),
        ("成效。一、总体情况。很好。二、存在问题。较多。", [(1, "总体情况"), (1, "存在问题")]),
        ("唯一是非标准，统一要求。", []),
    ],
)
def test_headings(text: str, rows: list[tuple[int, str]]) -> None:
    found = extractor.extract("前言。\n" + text)
    assert [(section.level, section.title) for section in found.sections if section.level] == rows


def test_parts_stand_above_their_sections() -> None:
    text = "第一部分 成效\n一、服务\n好。\n第二部分 下一步工作安排\n一、服务\n加强服务。\n"
    sections = extractor.extract(text).sections
    assert [section.ordinal for section in sections] == ["1", "1.1", "2", "2.1"]
    assert [section.kind.value for section in sections] == ["achievements", "achievements", "plan", "plan"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("我镇将继续加强执法检查。", 1),
        ("已将结果报送县局。", 0),
        ("将普法工作纳入年度考核。", 0),
        ("现将情况报告如下。", 0),
        ("确保了全年安全稳定。", 0),
        ("力争用三年时间完成整治。", 1),
        ("用三年左右时间建立房屋台账。", 1),
        ("用三年时间建立了房屋台账。", 0),
        ("各村于2021年6月20日前完成排查。", 1),
        ("截止12月底，全年共调处纠纷536起。", 0),
    ],
)
def test_commitments_outside_plan_sections(text: str, count: int) -> None:
    assert len(extractor.extract(f"2020年情况报告\n一、工作成效\n{text}").commitments) == count


def test_a_plan_section_promises_with_every_sentence_and_a_signature_promises_nothing() -> None:
    text = "2020年报告\n一、2021年工作安排\n（一）抓队伍。加强培训，年底前新招2名干部。完善制度。\n\n某某镇人民政府\n2021年1月8日\n"
    found = extractor.extract(text)
    assert [found.document.quote(c.span) for c in found.commitments] == ["加强培训，年底前新招2名干部。", "完善制度。"]
    assert [c.strength.value for c in found.commitments] == ["measurable_with_deadline", "general"]
    assert next((a.verb, a.object) for a in found.actions) == ("加强", "培训")


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("一是力量不足，仅有3人；二是形式单一。", ["力量不足，仅有3人", "形式单一。"]),
        ("主要表现在：一是力量不足；二是形式单一。", ["力量不足", "形式单一。"]),
        ("力量明显不足；形式过于单一；意识有待提高。", ["力量明显不足", "形式过于单一", "意识有待提高。"]),
        ("（一）力量不足，人员偏少。（二）普法形式单一。", ["力量不足，人员偏少。", "普法形式单一"]),
        # a list of reasons within a sentence that has no semicolon stays one
        ("由于力量、经费、场地不足，形式单一。", ["由于力量、经费、场地不足，形式单一。"]),
    ],
)
def test_each_item_of_a_list_is_a_problem_of_its_own(body: str, problems: list[str]) -> None:
    found = extractor.extract(f"某镇报告\n一、成效\n学法4次。\n二、存在的问题\n{body}\n三、下一步打算\n加强学习培训。")
    assert [found.document.quote(p.span) for p in found.problems] == problems


def test_problems_leave_out_the_lead_in() -> None:
    found = extractor.extract("一、存在的问题\n工作还存在一些不足。执法力量薄弱，人员偏少。宣传方式单一。")
    assert [found.document.quote(p.span) for p in found.problems] == ["执法力量薄弱，人员偏少。", "宣传方式单一。"]


class TestIdentity:
    """罗店镇 alone is four places: what names the county decides."""

    @pytest.mark.parametrize(
        ("text", "name", "area", "code"),
        [
            ("罗店镇人民政府2020年工作报告\n很好。", "a.txt", None, None),
            ("宝山区罗店镇人民政府2020年工作报告\n很好。", "a.txt", None, "310113101"),
            ("罗店镇人民政府2020年工作报告\n按照宝山区部署推进。", "a.txt", None, "310113101"),
            ("罗店镇人民政府2020年工作报告\n很好。", "宝山区/a.txt", None, "310113101"),
            ("罗店镇人民政府2020年工作报告\n很好。", "a.txt", "宝山区", "310113101"),
            ("罗店镇人民政府2020年工作报告\n很好。", "a.txt", "3307", "330702100"),
        ],
    )
    def test_division_code(self, text: str, name: str, area: str | None, code: str | None) -> None:
        identity = extractor.extract(text, name=name, area=area).identity
        assert identity.region == "罗店镇"
        assert identity.division_code == code
        assert identity.report_year == 2020

    @pytest.mark.parametrize("area", ["50", "500000", "重庆市", "重庆"])
    def test_an_area_is_named_by_code_or_name(self, area: str) -> None:
        identity = extractor.extract("永安镇2020年工作报告\n很好。", area=area).identity
        assert identity.division_code == "500231105"

    def test_a_department_is_one(self) -> None:
        identity = extractor.extract("青浦区水务局2021年法治政府建设情况报告\n2021年很好。").identity
        assert (identity.issuer, identity.region_level) == ("青浦区水务局", "department")

    def test_a_report_without_title_says_its_year_where_it_begins_to_report(self) -> None:
        text = "县委依法治县委员会：\n青禾镇认真落实《2020年工作要点》要求。现将{}2021年度工作情况{}如下：\n一、成效\n学法4次。"
        for whose, verb in (("", "报告"), ("我镇", "总结"), ("青禾镇", "汇报")):
            assert extractor.extract(text.format(whose, verb)).identity.report_year == 2021
        assert extractor.extract("青禾镇落实《2020年工作要点》。\n一、成效\n学法4次。").identity.report_year is None

    def test_plan_year_follows_the_heading(self) -> None:
        identity = extractor.extract("某地报告\n2020年，工作有序。\n一、2021年工作安排\n加强。").identity
        assert (identity.report_year, identity.plan_year) == (2020, 2021)


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("青禾镇2021年工作总结", 2),
        ("青禾镇2022年工作要点", 2),
        ("青禾镇房屋排查工作方案", 1),
        ("关于加强青禾镇垃圾治理的通知", 1),
    ],
)
def test_directives_tell_others_what_to_do(title: str, count: int) -> None:
    text = f"{title}\n一、2022年工作任务\n各村全面摸清房屋底数，完善台账资料。\n各村于2022年6月底前完成排查。\n"
    assert len(extractor.extract(text).commitments) == count


def test_no_stage_needs_what_a_later_one_makes() -> None:
    check_order(STAGES)
    with pytest.raises(GovreportError, match="no earlier stage makes"):
        check_order(STAGES[::-1])


def test_every_record_with_a_table_is_made_by_one_stage() -> None:
    made = [stage.makes for stage in STAGES]
    assert set(RECORDS) <= set(made)
    assert len(made) == len(set(made))


def test_a_stage_sees_only_what_it_needs() -> None:
    def peek(document: Document, so_far: Progress, context: Context) -> tuple[Indicator, ...]:
        assert so_far.of(Section)
        return so_far.of(Indicator)

    data = "一、工作\n办结案件12件。".encode()
    document, context = Document(data.decode(), describe("a.txt", data, "")), build_context()
    so_far = Progress(Claims(len(document.text)))
    run_stage(STAGES[0], document, so_far, context)
    with pytest.raises(GovreportError, match="stage nosy reads Indicator records without needing them"):
        run_stage(Stage("nosy", Indicator, (Section,), peek), document, so_far, context)
    run_stage(Stage("open", Indicator, (Section, Indicator), peek), document, so_far, context)
