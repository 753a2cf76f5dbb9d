"""The contract of TABLES.md as data: tables, columns, types, Chinese labels, descriptions, keys.

Tables of records follow from the record classes (datamodel/records.py); tables about files, reports and archives stand
here, one line per column: name, type (string, integer, number, boolean, date; with ? where null is possible), Chinese
label, description | example | unit. Everything that writes or describes a table reads it here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.datamodel.columns import Column, RecordTable, columns_of
from extractor.datamodel.records import RECORDS


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: what one row is, its columns in order, its primary key, and the letter of its row ids if it has any."""

    name: str
    label: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    letter: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def quoted(self) -> bool:
        """True if each row stands at a place of a kept text and says what stands there."""
        return {"report_id", "quote", "char_start", "char_end"} <= set(self.names)


def _column(line: str) -> Column:
    """One column from its line."""
    head, *more = (part.strip() for part in line.split(" | "))
    name, kind, label, description = head.split(maxsplit=3)
    example, unit = (*more, "", "")[:2]
    return Column(name, kind.removesuffix("?"), label, description, example, unit or None, nullable=kind.endswith("?"))


def _table(name: str, label: str, description: str, key: str, columns: str, letter: str | None = None) -> TableSchema:
    parsed = tuple(_column(line) for line in columns.splitlines() if line)
    return TableSchema(name, label, description, parsed, tuple(key.split()), letter)


_PLACE = """quote string? 原文 the evidence: equals text[char_start:char_end]; null where a row has no place | 调处矛盾纠纷536起
char_start integer? 起 first code point in the kept text; null without a place | 444 | code points
char_end integer? 止 behind the last code point; null without a place | 454 | code points
page integer? 页 1-based page on which the row starts; null for formats without pages | 3 | page
"""
_COMPARED = """division_code string? 区划代码 code of the statistics bureau; null if not settled | 990101101
region string? 地区 the place that reports; null if not settled | 青禾镇
county string? 区县 county of the place; null if not settled | 青禾县
report_year integer? 报告年度 year reported on; null if not stated | 2021 | year
"""
_PLACED = {
    column.name: column
    for column in map(
        _column,
        (
            "report_id string 报告编号 the report | 51317e816fef15f8",
            "section_id string? 章节编号 the innermost section; null outside any | 51317e816fef15f8-s5",
            "quote string 原文 the evidence: equals text[char_start:char_end] | 调处矛盾纠纷536起",
            "char_start integer 起 first code point in the kept text | 444 | code points",
            "char_end integer 止 behind the last code point | 454 | code points",
            "page integer? 页 1-based page on which the row starts; null for formats without pages | 3 | page",
        ),
    )
}


def schema_of(kind: type) -> TableSchema:
    """The schema of a record class: its id, where it belongs, its fields, its place."""
    table: RecordTable = vars(kind)["TABLE"]
    own = {column.name: column for column in columns_of(kind).values()}
    known = _PLACED | own
    head: tuple[str, ...] = table.first
    if table.id:
        known[table.id] = Column(
            table.id,
            "string",
            table.id_label,
            f"<report_id>-{table.letter}<ordinal>",
            f"51317e816fef15f8-{table.letter}1",
            nullable=False,
        )
        head = (table.id, *head)
    names = (*head, *(name for name in own if name not in head), *table.last)
    columns = tuple(known[name] for name in names)
    return TableSchema(table.name, table.label, table.description, columns, table.key or head[:1], table.letter)


SCHEMAS: tuple[TableSchema, ...] = (
    _table(
        "sources",
        "来源文件",
        "a file met in the archive",
        "source_path",
        """
source_path string 路径 relative to the archive root, a.zip!/b.pdf inside archives | 2021/南浦街道.zip!/报告.pdf
sha256 string? 校验和 SHA-256 of the bytes; null for a file that was not opened | 613eccf250e4375b9f90…
bytes integer? 字节数 size; null for a file that was not opened | 41400 | bytes
media_type string? 类型 what the bytes are; null for a file that was not opened | application/pdf
encoding string? 编码 Python's name of the encoding of a text; null for what is no text | gb18030
report_id string? 报告编号 the report the file gave or duplicates; null if none | 613eccf250e4375b
status string 状态 extracted, duplicate, failed, skipped | extracted
detail string? 说明 code, finding and remedy of a failure; reason of a skip; original of a duplicate; null for a file that was read | [E201] b.txt: nothing in the file
""",
    ),
    _table(
        "reports",
        "报告",
        "a distinct report",
        "report_id",
        """
report_id string 报告编号 first 16 hex digits of the SHA-256 of the file's bytes | 51317e816fef15f8
source_path string 路径 the file the report was read from | 2022/nanpu-2022.htm
title string? 标题 as written, lines joined; null if none is found | 南浦街道2022年度法治政府建设情况报告
issuer string? 报告机关 the body that reports; null if not stated | 南浦街道办事处
region string? 地区 the place that reports, as registered; null if not settled | 南浦街道
region_level string? 级别 township, county, city, province, national, department; null if not settled | township
division_code string? 区划代码 code of the statistics bureau; null if not settled | 990101002
county string? 区县 county above or of the place; null if none or not settled | 青禾县
city string? 市州 city above or of the place; null if none or not settled | 望川市
province string? 省份 province above or of the place; null if none or not settled | 云泽省
report_year integer? 报告年度 year reported on; null if not stated | 2022 | year
plan_year integer? 计划年度 year planned for; null if the report plans nothing | 2023 | year
published date? 发布日期 as the file or the text states it; null if it does not | 2023-01-28
page_count integer? 页数 null for formats without pages | 4 | pages
char_count integer 字数 code points of the kept text | 2626 | code points
text_origin string 文本来源 native or ocr | native
same_as string? 同一报告 report_id of an earlier report that is the same in another file; null if none | 454b9579cadf0be4
warnings string? 提示 separated by semicolons; null without any | 1 numerals unexplained
extractor_version string 程序版本 version of govreport | 0.1.0
patterns_version string 规则版本 fingerprint of all pattern files | 73dec4adea4d
""",
    ),
    *map(schema_of, RECORDS),
    _table(
        "places",
        "位置",
        "a line of a row's evidence on a page, in points from the top left",
        "row_id page x0 top",
        """
row_id string 行编号 the row; of a numeral <report_id>-n<char_start>, of an action <commitment_id>-a<ordinal> | 51317e816fef15f8-i1
page integer 页 1-based page | 3 | page
x0 number 左 left edge | 72.0 | points
top number 上 upper edge | 120.5 | points
x1 number 右 right edge | 300.25 | points
bottom number 下 lower edge | 134.0 | points
""",
    ),
    _table(
        "documents",
        "文件",
        "a distinct cited document",
        "document_id",
        """
document_id string 文件编号 from number or title, stable | D44e915376136
title string? 标题 most frequent full title; null where only its number is cited | 中华人民共和国反有组织犯罪法
number string? 文号 normalised; null if never cited with one | 石府发〔2022〕14号
kind string 种类 as in citations | law
issuer string? 发文机关 null unless known | 石桥乡人民政府
year integer? 年份 of number or title; null if neither has one | 2022 | year
registry_match string? 法规库标题 title (else number) in the user's registry or the table of laws; null if none | 反有组织犯罪法
registry string? 文件库 laws, or the name of the user's file; null without a match | laws
matched_by string? 匹配方式 number, title, similar_title, law_title; null without a match | law_title
match_score number? 匹配度 1 for equal, else the similarity of the titles; null without a match | 1.0 | 0 to 1
registry_date string? 登记日期 as registered; null without a match or date | 2021-12-24
registry_status string? 登记状态 as the user's registry says; null for laws | 现行有效
n_reports integer 报告数 distinct reports that cite it | 2 | reports
n_citations integer 引用数 mentions | 3 | citations
""",
    ),
    _table(
        "fulfilment",
        "兑现",
        "one promised action and what the next report says of it",
        "commitment_id ordinal report_id",
        """
commitment_id string 承诺编号 the commitment | 51317e816fef15f8-k2
ordinal integer 序号 of the action | 1
report_id string 报告编号 the later report | fdde71dc541dbb7a
outcome string 结果 fulfilled, partly, reported, repeated, not_mentioned | fulfilled
score number 相似度 share of the action's words that the passage holds | 0.75 | 0 to 1
rule string 规则 what decided | fulfilment.silent
promise_report_id string 承诺报告 the earlier report | f882b03efbb993c5
promise_quote string 承诺原文 the action as promised | 新建调解工作室4个
promise_char_start integer 承诺起 first code point in the earlier report's kept text | 2265 | code points
promise_char_end integer 承诺止 behind the last code point | 2283 | code points
"""
        + _PLACE,
    ),
    _table(
        "overlaps",
        "雷同",
        "a passage that stands in two reports",
        "report_id char_start other_report_id other_char_start",
        """
report_id string 报告编号 the later report, by path | 51317e816fef15f8
char_start integer 起 first code point in the kept text | 2558 | code points
char_end integer 止 behind the last code point | 2626 | code points
other_report_id string 另一报告 the earlier report | 454b9579cadf0be4
other_char_start integer 另一起 first code point there | 2470 | code points
other_char_end integer 另一止 behind the last code point there | 2538 | code points
similarity number 相似度 1 for word for word | 1.0 | 0 to 1
same_issuer boolean 同一机关 true if both reports come from one place | false
changed_numbers string? 改动数字 old→new, separated by semicolons; null if none changed | 4→2
""",
    ),
    _table(
        "boilerplate",
        "雷同比例",
        "how much of a report, section or commitment stands in another report",
        "report_id part part_id",
        """
report_id string 报告编号 the report | 613eccf250e4375b
part string 部分 report, section, commitment | section
part_id string 部分编号 report_id, section_id or commitment_id | 613eccf250e4375b-s11
chars integer 字数 code points other than white space | 203 | code points
shared_chars integer 雷同字数 those that stand, word for word or nearly, in another report | 130 | code points
share number? 雷同比例 shared_chars / chars; null for an empty part | 0.6404 | 0 to 1
own_share number? 沿用比例 share that stands in the place's own report before; null for an empty part | 0.25 | 0 to 1
""",
    ),
    _table(
        "findings",
        "核查发现",
        "something an auditor should look at",
        "finding_id",
        """
finding_id string 发现编号 <report_id>-f<ordinal> | 613eccf250e4375b-f1
check string 检查 id of the check | citation.number_marks
severity string 严重度 error, warning, info | info
verdict string 判定 pass, fail, uncertain, not_assessable | fail
review string? 复核 accepted, dismissed, or reopened where the evidence changed since; null if nobody decided | dismissed
review_comment string? 复核意见 the reviewer's comment, after a reopening with the old decision; null if nobody decided | 两处口径不同
report_id string 报告编号 the report | 613eccf250e4375b
document_id string? 文件编号 the document concerned; null if none | D13c559b36df5
message string 说明 what was found | the parts add up to 613, the total is 623 件
evidence string? 证据 ids of the rows that prove it; null for a report as a whole | 613eccf250e4375b-c3
subject string? 对象 what it is about, without values: finds reviews whose evidence changed; null for a report as a whole | 各类矛盾纠纷
evidence_key string 证据指纹 digest of check, quote and values: reviews hold as long as it stays | 6aa1f6be0214b814
"""
        + _PLACE,
        "f",
    ),
    _table(
        "comparison_long",
        "比较（长表）",
        "a place, year and catalogue indicator",
        "region division_code report_year indicator",
        _COMPARED
        + """
indicator string 目录键 key of the catalogue | hotline_resolution_rate
label string 目录名 Chinese label | 热线按时办结率
value number? 数值 in the base unit; null unless reported | 98.5 | column unit
unit string? 单位 base unit; null for a bare number or where nothing is reported | %
state string 状态 reported, zero, not_reported, not_applicable, unreadable | reported
report_id string 报告编号 the report of the value | fbe4e3aa69c46bbd
indicator_id string? 指标编号 the row of the value; null where nothing is reported | 51317e816fef15f8-i2
role string? 性质 as in indicators; null where nothing is reported | actual
chosen_by string? 取舍规则 what decided between several values; null where nothing is reported | annual_total
not_chosen string? 落选 indicator_ids that lost; null if none | 72259414d71fbf60-i28
lost_by string? 落选原因 the rule that set each of not_chosen aside, in the same order; null if none | table_part
disputed string? 有争议 those of not_chosen that say another value on the same footing: text against table, two totals; null if none | 16f0b4daea360c77-i38
""",
    ),
)
BY_NAME: Mapping[str, TableSchema] = {schema.name: schema for schema in SCHEMAS}


def comparison_schema(catalogue: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> TableSchema:
    """`comparison`: a row per place and year, a column per catalogue indicator, in the order of the
    catalogue; keys that rows carry beyond it come after, in theirs."""
    head = tuple(map(_column, _COMPARED.splitlines()))
    labels = {entry["key"]: str(entry.get("label") or entry["key"]) for entry in catalogue}
    for key in dict.fromkeys(key for row in rows for key in row):
        if key not in {column.name for column in head}:
            labels.setdefault(key, key)
    columns = tuple(
        Column(key, "number", label, f"value of {key} in its base unit; null unless reported", "98.5")
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
