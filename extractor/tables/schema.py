"""The contract of TABLES.md as data: tables, columns, types, Chinese labels, descriptions, keys.

One line per column: name, type (string, integer, number, boolean, date), Chinese label, description.
Everything that writes or describes a table reads it here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` is a Frictionless type."""

    name: str
    type: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: what one row is, its columns in order, its primary key."""

    name: str
    label: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


def _table(name: str, label: str, description: str, key: str, columns: str) -> TableSchema:
    parsed = tuple(Column(*line.split(maxsplit=3)) for line in columns.splitlines() if line)
    return TableSchema(name, label, description, parsed, tuple(key.split()))


_PLACE = """quote string 原文 the evidence: equals text[char_start:char_end]
char_start integer 起 first code point in the kept text
char_end integer 止 behind the last code point
page integer 页 1-based page on which the quote starts; null for formats without pages
"""
_COMPARED = """division_code string 区划代码 code of the statistics bureau; null if not settled
region string 地区 the place that reports
county string 区县 county of the place
report_year integer 报告年度 year reported on
"""

SCHEMAS: tuple[TableSchema, ...] = (
    _table(
        "sources",
        "来源文件",
        "a file met in the archive",
        "source_path",
        """
source_path string 路径 relative to the archive root, a.zip!/b.pdf inside archives
sha256 string 校验和 SHA-256 of the bytes; null for a file that was not opened
bytes integer 字节数 size; null for a file that was not opened
media_type string 类型 what the bytes are
encoding string 编码 Python's name of the encoding of a text; null otherwise
report_id string 报告编号 the report the file gave or duplicates; null if none
status string 状态 extracted, duplicate, failed, skipped
detail string 说明 code, finding and remedy of a failure; reason of a skip; original of a duplicate
""",
    ),
    _table(
        "reports",
        "报告",
        "a distinct report",
        "report_id",
        """
report_id string 报告编号 first 16 hex digits of the SHA-256 of the file's bytes
source_path string 路径 the file the report was read from
title string 标题 as written, lines joined
issuer string 报告机关 the body that reports
region string 地区 the place that reports, as registered
region_level string 级别 township, county, city, province, national, department
division_code string 区划代码 code of the statistics bureau; null if not settled
county string 区县 county above or of the place
city string 市州 city above or of the place
province string 省份 province above or of the place
report_year integer 报告年度 year reported on
plan_year integer 计划年度 year planned for; null if the report plans nothing
published date 发布日期 as the file or the text states it
page_count integer 页数 null for formats without pages
char_count integer 字数 code points of the kept text
text_origin string 文本来源 native or ocr
same_as string 同一报告 report_id of an earlier report that is the same in another file
warnings string 提示 separated by semicolons
extractor_version string 程序版本 version of govreport
patterns_version string 规则版本 fingerprint of all pattern files
""",
    ),
    _table(
        "sections",
        "章节",
        "a heading and its body",
        "section_id",
        """
section_id string 章节编号 <report_id>-s<ordinal>
report_id string 报告编号 the report
parent_id string 上级章节 the section it lies in; null at the top
level integer 层级 1 一、 2 （一） 3 1. 4 （1） or 一是; 0 the preamble
ordinal string 序号 2.1.3
marker string 标号 as written
title string 标题 as written, without marker and closing mark
kind string 类别 achievements, problems, leadership, plan, rectification, other
rule string 规则 id of the rule that found the heading
char_start integer 起 first code point of the marker in the kept text
char_end integer 止 behind the last code point of the body
page integer 页 1-based page on which the section starts
""",
    ),
    _table(
        "indicators",
        "指标",
        "a number that measures something",
        "indicator_id",
        """
indicator_id string 指标编号 <report_id>-i<ordinal>
report_id string 报告编号 the report
section_id string 章节编号 the innermost section
indicator string 目录键 key of the catalogue; null if unmatched
label string 目录名 Chinese label of the catalogue; null if unmatched
theme string 主题 theme of the catalogue; null if unmatched
name string 名称 the phrase as written that says what is counted
verb string 动作 what was done, without adverbs; null for a rate or an amount
object string 对象 the noun phrase that is counted or measured; null for an act that is itself counted
actor string 施事 who did it; null for the reporting body itself
scope string 范围 where, or in which part of the whole
subject string 所属 what the row leans on: the noun phrase or row before it
members string 成员 the list before 等N个
name_rule string 命名规则 the shape of clause that placed verb and object
name_margin number 命名余量 how clearly it won over the next reading, 0 to 1
value number 数值 in the base unit
value_low number 下限 lower end of a range
value_high number 上限 upper end of a range
value_text string 数字原文 the numeral as written
unit string 单位 base unit; null for a bare number
unit_text string 单位原文 as written
dimension string 量纲 count, money, ratio, area, length, duration, points, other
approx string 约数 exact, about, over, under, at_least, at_most
role string 性质 actual, target, change (signed), baseline
period string 时段 as written; null if not said
year integer 年度 the year meant
cumulative boolean 累计 true for a stock, false for a flow
part_of string 属于 indicator_id of the total that it breaks down
source string 出处 text or table
rule string 规则 id of the rule that gave the row
"""
        + _PLACE,
    ),
    _table(
        "numerals",
        "数字台账",
        "a numeral of the text, accounted for",
        "report_id char_start",
        """
report_id string 报告编号 the report
char_start integer 起 first code point in the kept text
char_end integer 止 behind the last code point
quote string 原文 the numeral: equals text[char_start:char_end]
class string 类别 what became of it; unexplained if nothing did
indicator_id string 指标编号 the indicator it is the value of; null otherwise
""",
    ),
    _table(
        "citations",
        "引文",
        "one mention of a document",
        "citation_id",
        """
citation_id string 引文编号 <report_id>-c<ordinal>
report_id string 报告编号 the report
section_id string 章节编号 the innermost section
document_id string 文件编号 the distinct document; null for newspapers, forms and letters
document_match string 归并依据 how it was told: number, title, full_title, short_form, number_of_title, similar_title
title string 标题 as written, without 《》
full_title string 全称 the title that a short form or a law's short name stands for; null where the title is full or the meaning unclear
articles string 条款 articles of a law as written, joined by ;
number string 文号 normalised: 宝罗府〔2019〕135号
number_text string 文号原文 as written
issuer_code string 机关代字 what stands before the year
issuer string 发文机关 decoded from the code or opening the title; null if unknown or ambiguous
issuer_relation string 发文关系 own, superior, party, other; null if unknown
issuer_confidence string 发文把握 certain (listed code), stated (opens the title), high (own or higher place, general office), medium (by the grammar of codes)
year integer 年份 of the number
serial integer 序号 of the number
kind string 种类 law, administrative_regulation, local_regulation, rule, normative_document, party_document, plan, judicial, standard, case, other
relation string 关系 how the report uses it; own for its own number
rule string 规则 id of the rule that gave the row
"""
        + _PLACE,
    ),
    _table(
        "documents",
        "文件",
        "a distinct cited document",
        "document_id",
        """
document_id string 文件编号 from number or title, stable
title string 标题 most frequent full title
number string 文号 normalised
kind string 种类 as in citations
issuer string 发文机关 null unless known
year integer 年份 of number or title
registry_match string 法规库标题 title (else number) in the user's registry or the table of laws; null if none
registry string 文件库 laws, or the name of the user's file
matched_by string 匹配方式 number, title, similar_title, law_title
match_score number 匹配度 1 for equal, else the similarity of the titles
registry_date string 登记日期 as registered
registry_status string 登记状态 as the user's registry says; null for laws
n_reports integer 报告数 distinct reports that cite it
n_citations integer 引用数 mentions
""",
    ),
    _table(
        "commitments",
        "承诺",
        "one sentence that promises future work",
        "commitment_id",
        """
commitment_id string 承诺编号 <report_id>-k<ordinal>
report_id string 报告编号 the report
section_id string 章节编号 the innermost section
theme string 主题 field of work; null if none
cue string 标志 the future marker; null where the section alone says so
due_year integer 到期年度 the deadline's year, else the plan year
deadline string 期限 ISO date, month or year
strength string 力度 measurable_with_deadline, measurable, specific, general
rule string 规则 id of the rule that gave the row
"""
        + _PLACE,
    ),
    _table(
        "actions",
        "举措",
        "one promised action inside a commitment",
        "commitment_id ordinal",
        """
commitment_id string 承诺编号 the commitment
ordinal integer 序号 1-based within the commitment
report_id string 报告编号 the report
actor string 责任主体 null if not named
verb string 动词 with its adverbs
object string 对象 what the verb acts on
target_value number 目标值 in the base unit
target_unit string 目标单位 base unit
target_approx string 目标约数 as in indicators
deadline string 期限 ISO date, month or year
means string 手段 what it is to be done with: 依托…, 以…为抓手; null if not said
"""
        + _PLACE,
    ),
    _table(
        "problems",
        "问题",
        "one admitted shortcoming",
        "problem_id",
        """
problem_id string 问题编号 <report_id>-p<ordinal>
report_id string 报告编号 the report
section_id string 章节编号 the innermost section
theme string 主题 field of work; null if none
recurring boolean 反复 true if an earlier report of the place admits it too; null if not compared
earlier_problem_id string 前次问题 the problem of the earlier report; null unless recurring
answered_by string 对应承诺 commitment_ids of the same report that answer it, best first, separated by semicolons
rule string 规则 id of the rule that gave the row
"""
        + _PLACE,
    ),
    _table(
        "fulfilment",
        "兑现",
        "one promised action and what the next report says of it",
        "commitment_id ordinal report_id",
        """
commitment_id string 承诺编号 the commitment
ordinal integer 序号 of the action
report_id string 报告编号 the later report
outcome string 结果 fulfilled, partly, reported, repeated, not_mentioned
score number 相似度 share of the action's words that the passage holds
rule string 规则 what decided
promise_report_id string 承诺报告 the earlier report
promise_quote string 承诺原文 the action as promised
promise_char_start integer 承诺起 first code point in the earlier report's kept text
promise_char_end integer 承诺止 behind the last code point
"""
        + _PLACE,
    ),
    _table(
        "overlaps",
        "雷同",
        "a passage that stands in two reports",
        "report_id char_start other_report_id other_char_start",
        """
report_id string 报告编号 the later report, by path
char_start integer 起 first code point in the kept text
char_end integer 止 behind the last code point
other_report_id string 另一报告 the earlier report
other_char_start integer 另一起 first code point there
other_char_end integer 另一止 behind the last code point there
similarity number 相似度 1 for word for word
same_issuer boolean 同一机关 true if both reports come from one place
changed_numbers string 改动数字 old→new, separated by semicolons
""",
    ),
    _table(
        "boilerplate",
        "雷同比例",
        "how much of a report, section or commitment stands in another report",
        "report_id part part_id",
        """
report_id string 报告编号 the report
part string 部分 report, section, commitment
part_id string 部分编号 report_id, section_id or commitment_id
chars integer 字数 code points other than white space
shared_chars integer 雷同字数 those that stand, word for word or nearly, in another report
share number 雷同比例 shared_chars / chars
own_share number 沿用比例 share that stands in the place's own report before
""",
    ),
    _table(
        "findings",
        "核查发现",
        "something an auditor should look at",
        "finding_id",
        """
finding_id string 发现编号 <report_id>-f<ordinal>
check string 检查 id of the check
severity string 严重度 error, warning, info
verdict string 判定 pass, fail, uncertain, not_assessable
review string 复核 accepted, dismissed, or reopened where the evidence changed since; null if nobody decided
review_comment string 复核意见 the reviewer's comment; after a reopening with the old decision
report_id string 报告编号 the report
document_id string 文件编号 the document concerned; null if none
message string 说明 what was found
evidence string 证据 ids of the rows that prove it
subject string 对象 what it is about, without values: finds reviews whose evidence changed
evidence_key string 证据指纹 digest of check, quote and values: reviews hold as long as it stays
"""
        + _PLACE,
    ),
    _table(
        "comparison_long",
        "比较（长表）",
        "a place, year and catalogue indicator",
        "region division_code report_year indicator",
        _COMPARED
        + """
indicator string 目录键 key of the catalogue
label string 目录名 Chinese label
value number 数值 in the base unit; null unless reported
unit string 单位 base unit
state string 状态 reported, zero, not_reported, not_applicable, unreadable
report_id string 报告编号 the report of the value
indicator_id string 指标编号 the row of the value
role string 性质 as in indicators
chosen_by string 取舍规则 what decided between several values
not_chosen string 落选 indicator_ids that lost
disputed string 有争议 those of not_chosen that say another value on the same footing: text against table, two totals
""",
    ),
)
BY_NAME: Mapping[str, TableSchema] = {schema.name: schema for schema in SCHEMAS}


def comparison_schema(catalogue: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> TableSchema:
    """`comparison`: a row per place and year, a column per catalogue indicator, in the order of the
    catalogue; keys that rows carry beyond it come after, in theirs."""
    head = tuple(Column(*line.split(maxsplit=3)) for line in _COMPARED.splitlines())
    labels = {entry["key"]: str(entry.get("label") or entry["key"]) for entry in catalogue}
    for key in dict.fromkeys(key for row in rows for key in row):
        if key not in {column.name for column in head}:
            labels.setdefault(key, key)
    columns = tuple(
        Column(key, "number", label, f"value of {key} in its base unit; null unless reported")
        for key, label in labels.items()
    )
    return TableSchema(
        "comparison", "比较", "a place and year", head + columns, ("region", "division_code", "report_year")
    )


def all_schemas(
    catalogue: Sequence[Mapping[str, Any]], tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[TableSchema, ...]:
    """Every table of a written folder, in order."""
    return (*SCHEMAS, comparison_schema(catalogue, tables.get("comparison", ())))
