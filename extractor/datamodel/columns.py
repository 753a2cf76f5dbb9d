"""Columns: what a record's field looks like as a column of its table.

A record class says with `TABLE` what its table is, and with `column(…)` at each field that people read what its
column is: Chinese label, description, an example, a unit. Type and null follow from the annotation. Everything that
writes, reads, describes or prints a table takes it from here, so a new column stands in one line.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, get_args

_KEY = "column"
# Frictionless names of types
_TYPES: Mapping[type, str] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    float: "number",
    Decimal: "number",
    date: "date",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` is a Frictionless type, `example` one value as it is written in a CSV."""

    name: str
    type: str
    label: str
    description: str
    example: str = ""
    unit: str | None = None
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class RecordTable:
    """The table of a record class.

    `letter` stands in its row ids (<report_id>-<letter><ordinal>), which the column `id` holds; None for rows that
    are called by other columns. `first` and `last` are the columns before and behind those of the fields: id,
    report_id, section_id, quote, char_start, char_end, page, or names of fields that stand out of their order.
    """

    name: str
    label: str
    description: str
    id: str | None = None
    id_label: str = ""
    letter: str | None = None
    key: tuple[str, ...] = ()
    first: tuple[str, ...] = ("report_id", "section_id")
    last: tuple[str, ...] = ("quote", "char_start", "char_end", "page")


def column(
    label: str,
    description: str,
    example: str,
    default: Any = MISSING,
    *,
    name: str | None = None,
    unit: str | None = None,
    refers: str | None = None,
    nullable: bool | None = None,
) -> Any:
    """A field that is a column. `name` where the column is called otherwise than the field; `refers` names the table
    whose row the field's ordinal is: the column holds that row's id. `nullable` where empty text becomes null."""
    spec = {"label": label, "description": description, "example": example, "unit": unit}
    return field(default=default, metadata={_KEY: spec, "name": name, "refers": refers, "nullable": nullable})


def columns_of(kind: type[Any]) -> dict[str, Column]:
    """Field name → column, for the fields of a record class that are columns, in their order."""
    return {one.name: _column(one) for one in fields(kind) if _KEY in one.metadata}


def references_of(kind: type[Any]) -> dict[str, str]:
    """Field name → the table whose ordinals the field holds."""
    return {one.name: one.metadata["refers"] for one in fields(kind) if one.metadata.get("refers")}


def _column(one: Any) -> Column:
    stated = get_args(one.type) if isinstance(one.type, UnionType) else (one.type,)
    nullable = one.metadata["nullable"]
    return Column(
        one.metadata["name"] or one.name,
        "string" if one.metadata["refers"] else _type_of(next(kind for kind in stated if kind is not type(None))),
        **one.metadata[_KEY],
        nullable=type(None) in stated if nullable is None else nullable,
    )


def _type_of(annotation: type) -> str:
    return "string" if issubclass(annotation, Enum) else _TYPES[annotation]
