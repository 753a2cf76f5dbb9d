"""Who issued a cited document, where its code begins, what short forms stand for, and what the report does with it."""

import pytest

import extractor
from extractor.datamodel.records import Citation


def rows(text: str, **options: str) -> tuple[Citation, ...]:
    return extractor.extract(text, **options).citations


REPORT = "罗店镇2020年法治政府建设情况报告\n一、上海市宝山区罗店镇工作\n"


@pytest.mark.parametrize(
    ("path", "text", "issuer", "relation", "confidence"),
    [
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}印发《罗店镇投资办法》（宝罗府〔2019〕135号）",
            "上海市宝山区罗店镇人民政府",
            "own",
            "high",
            id="own",
        ),
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}印发《投资办法》（宝罗府〔2019〕135号）",
            "上海市宝山区罗店镇人民政府",
            "own",
            "medium",
            id="own-as-well-as-neighbour",
        ),
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}落实宝法治政府办〔2020〕4号",
            "上海市宝山区法治政府办",
            "superior",
            "medium",
            id="office-of-county",
        ),
        pytest.param(
            "罗店镇.txt", f"{REPORT}落实国办发〔2020〕4号", "国务院办公厅", "superior", "certain", id="centre"
        ),
        pytest.param(
            "罗店镇.txt",
            f"{REPORT}落实沪委办发〔2020〕4号",
            "中共上海市委办公厅",
            "party",
            "high",
            id="party",
        ),
        pytest.param(
            "罗店镇.txt", f"{REPORT}参照浙政办发〔2020〕4号", "浙江省人民政府办公厅", "other", "medium", id="other"
        ),
        pytest.param("罗店镇.txt", f"{REPORT}参照甲乙丙〔2020〕4号", None, None, None, id="unknown-stays-null"),
        pytest.param("x.txt", "参照甲府发〔2020〕4号", None, None, None, id="no-place-no-issuer"),
        pytest.param(
            "镇巴县.txt",
            "镇巴县2024年法治政府建设情况报告\n落实镇政发〔2024〕7号",
            "陕西省汉中市镇巴县人民政府",
            "own",
            "high",
            id="a-county-called-town",
        ),
    ],
)
def test_issuer_codes_are_decoded_or_left_unknown(
    path: str, text: str, issuer: str | None, relation: str | None, confidence: str | None
) -> None:
    (citation,) = rows(text, name=path)
    assert (citation.issuer, citation.issuer_relation, citation.issuer_confidence) == (issuer, relation, confidence)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("由县司法局牵头起草甲司发〔2021〕1号", "甲司发", id="verb"),
        pytest.param("严格遵守甲政规〔2021〕1号", "甲政规", id="phrase"),
        pytest.param("区委办宝委办〔2021〕1号", "宝委办", id="office"),
        pytest.param("财政部财办〔2021〕1号", "财办", id="ministry"),
        pytest.param("县委县政府联合下发甲发〔2021〕1号", "甲发", id="bodies-and-verb"),
        pytest.param("统计督查函〔2021〕1号", "统计督查函", id="verb-inside-the-code"),
        pytest.param("审改办函〔2021〕1号", "审改办函", id="office-behind-a-verb-is-of-the-code"),
        pytest.param("某县政府办发〔2021〕1号", "某县政府办发", id="no-code-without-a-place"),
        pytest.param("宝法治政府办〔2021〕1号", "宝法治政府办", id="government-inside-the-code"),
        pytest.param("城管执法〔2021〕1号", "城管执法", id="all-of-it"),
    ],
)
def test_a_code_begins_behind_the_words_of_the_sentence(text: str, code: str) -> None:
    assert [c.issuer_code for c in rows(text)] == [code]


@pytest.mark.parametrize(
    ("path", "text", "issuer"),
    [
        pytest.param("x.txt", "印发《云山镇细则》（云政发〔2021〕2号）", None, id="shared-place-unknown"),
        pytest.param("x.txt", "参见鲁教函〔2021〕2号", None, id="place-unknown"),
        pytest.param("x.txt", "参见沪府发〔2021〕2号", None, id="one-character-without-a-place"),
        pytest.param("罗店镇.txt", f"{REPORT}参照云政办发〔2021〕2号", None, id="shared-though-place-known"),
        pytest.param(
            "罗店镇.txt", f"{REPORT}参照浙政发〔2021〕2号", "浙江省人民政府", id="no-city-or-county-begins-so"
        ),
        pytest.param("罗店镇.txt", f"{REPORT}落实沪府发〔2021〕2号", "上海市人民政府", id="own-province"),
    ],
)
def test_one_character_names_no_issuer_where_the_place_is_unknown_or_shared(
    path: str, text: str, issuer: str | None
) -> None:
    assert rows(text, name=path)[-1].issuer == issuer


def test_the_title_goes_before_the_code_where_both_name_an_issuer() -> None:
    (citation,) = rows("《云泽省人民政府办公厅关于乙事的意见》（云政办发〔2020〕45号）")
    assert (citation.issuer, citation.issuer_confidence) == ("云泽省人民政府办公厅", "stated")


def test_a_short_form_stands_for_what_was_introduced_last() -> None:
    text = "《甲办法》（以下简称《办法》）第三条。《办法》。《乙办法》（以下简称“办法”）。《办法》。"
    assert [c.full_title for c in rows(text)] == [None, "甲办法", "甲办法", None, "乙办法"]


def test_a_short_form_with_two_meanings_stands_for_none() -> None:
    assert rows("落实《甲条例》《乙条例》，按照《条例》")[-1].full_title is None


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("贯彻落实《甲办法》（甲府〔2020〕1号）、《乙办法》", "贯彻落实"),
        ("根据新修订的《甲办法》", "根据"),
        ("落实国务院印发的《甲办法》", "落实"),
        ("对《甲办法》进行修订", "修订"),
        ("将《甲办法》予以废止", "废止"),
        ("组织学习《关于完善乙事的通知》《甲办法》", "学习"),
        ("《甲办法》施行", None),
        ("负责撰写《甲办法》", "撰写"),
        ("多次修改《甲办法》", "修改"),
        ("通过召开座谈会宣讲《甲办法》", "宣讲"),
        ("通过召开座谈会等形式，组织了《甲办法》座谈", None),
        ("通过《甲办法》宣传栏开展活动", None),
        ("会议通过了《甲办法》", "通过"),
        ("贯彻甲局制定的《乙办法》和丙局印发的《甲办法》", "贯彻"),
        ("甲局制定的《乙办法》和丙局印发的《甲办法》", "印发"),
        ("甲局制定的《甲办法》", "制定"),
        ("对《乙条例》、《甲办法》等法规的制定开展了意见征集", "意见征集"),
        ("培养研究生《甲办法》", None),
        ("按照《甲条例》（以下简称《条例》）的规定和《乙通知》规定，编制报告。", "按照"),
        ("根据《甲条例》和乙局关于印发《丙格式》的通知要求，编制报告。", "根据"),
        ("关于印发《丙格式》的通知", "印发"),
        ("按照上级要求，落实甲局制定的《甲条例》和《乙通知》。", "落实"),
    ],
)
def test_relation_is_what_the_report_does_with_the_document(text: str, relation: str | None) -> None:
    assert rows(text)[-1].relation == relation


def test_a_number_in_its_field_of_the_head_is_the_documents_own() -> None:
    head = "发布机构 青禾县人民政府 文  号 青政发〔2021〕6号\n青禾县人民政府关于2021年工作的报告\n"
    (own,) = rows(head + "一、成效\n开展宣传4次。")
    assert (own.number, own.relation, own.title) == ("青政发〔2021〕6号", "own", "青禾县人民政府关于2021年工作的报告")


def test_a_number_behind_other_words_is_cited() -> None:
    text = "青禾县人民政府关于2021年工作的报告\n根据文件青政发〔2021〕6号\n一、成效\n开展宣传4次。"
    assert [row.relation for row in rows(text)] == ["根据"]
