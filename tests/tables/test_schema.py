"""The schema: columns of records follow from their fields; what it says of nulls and examples is true."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, get_args

import pytest

from extractor.datamodel.columns import RecordTable, column, columns_of
from extractor.datamodel.records import RECORDS
from extractor.datamodel.span import Span
from extractor.datamodel.vocabulary import NumeralClass, Role
from extractor.tables.datapackage import describe_tables
from extractor.tables.schema import SCHEMAS, TableSchema, schema_of
from extractor.tables.store import Store

EVERY = [pytest.param(schema, id=schema.name) for schema in SCHEMAS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A made-up kind of record."""

    TABLE: ClassVar = RecordTable("awards", "荣誉", "an honour won", "award_id", "荣誉编号", "a", last=("char_start",))

    span: Span
    giver: str | None = column("授予机关", "null if not said", "县委", None)
    year: int = column("年份", "of the award", "2021")
    worth: Decimal | None = column("奖金", "null without one", "5000", None, unit="元")
    role: Role = column("性质", "as in indicators", "actual", Role.ACTUAL)
    total: int | None = column("总数", "null if of none", "x-i1", None, name="total_id", refers="indicators")


def test_columns_follow_from_the_fields() -> None:
    schema = schema_of(Award)
    assert [(one.name, one.type, one.nullable, one.unit) for one in schema.columns] == [
        ("award_id", "string", False, None),
        ("report_id", "string", False, None),
        ("section_id", "string", True, None),
        ("giver", "string", True, None),
        ("year", "integer", False, None),
        ("worth", "number", True, "元"),
        ("role", "string", False, None),
        ("total_id", "string", True, None),
        ("char_start", "integer", False, "code points"),
    ]
    assert (schema.key, schema.letter, schema.quoted) == (("award_id",), "a", False)


@pytest.mark.parametrize("schema", EVERY)
def test_nulls_are_where_the_schema_says(schema: TableSchema, sample_tables: Path) -> None:
    rows = Store(sample_tables).rows(schema.name)
    for one in schema.columns:
        assert one.nullable or all(row[one.name] is not None for row in rows), one.name
        # a reader must learn what the absence of a value means
        assert one.nullable == ("null" in one.description), one


@pytest.mark.parametrize("schema", EVERY)
def test_examples_are_values_of_their_column(schema: TableSchema) -> None:
    readers = {
        "integer": int,
        "number": float,
        "boolean": {"true": 1, "false": 0}.__getitem__,
        "date": str,
        "string": str,
    }
    for one in schema.columns:
        assert one.example, one.name
        readers[one.type](one.example)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_closed_sets_are_described_whole(kind: type[Any]) -> None:
    for one in fields(kind):
        values = next((part for part in (get_args(one.type) or (one.type,)) if issubclass(part, StrEnum)), None)
        if values is not None and one.name in columns_of(kind):
            described = columns_of(kind)[one.name]
            assert described.example in set(values)
            # the numerals' classes and what says "as in indicators" stand elsewhere
            if values is not NumeralClass and "as in" not in described.description:
                assert [value for value in values if value not in described.description] == []


def test_letters_of_row_ids_are_told_apart() -> None:
    letters = [schema.letter for schema in SCHEMAS if schema.letter]
    assert len(letters) == len(set(letters))


def test_the_package_says_what_is_required() -> None:
    (schema,) = (one for one in SCHEMAS if one.name == "indicators")
    (resource,) = describe_tables([replace(schema, columns=schema.columns[:4])])["resources"]
    fields = resource["schema"]["fields"]
    assert fields[0]["constraints"] == {"required": True}
    assert "constraints" not in fields[3]
    assert fields[3]["example"] == "disputes_mediated"
