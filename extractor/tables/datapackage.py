"""datapackage.json: the tables described for Frictionless and for people."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.datamodel.columns import Column
from extractor.languages import chinese
from extractor.tables.references import references_of_table, values_allowed
from extractor.tables.schema import TableSchema


def describe_tables(schemas: Sequence[TableSchema], kind: str = "csv") -> dict[str, Any]:
    """The descriptor; the resources are the files of that kind (`csv`, or `parquet` where no CSV is written)."""
    return {
        "profile": "tabular-data-package",
        "name": "govreport",
        "title": "Tables extracted by govreport",
        "version": __version__,
        "resources": [_resource(schema, kind, {each.name for each in schemas}) for schema in schemas],
    }


def write_datapackage(schemas: Sequence[TableSchema], path: Path, kind: str = "csv") -> None:
    """Write the descriptor."""
    text = json.dumps(describe_tables(schemas, kind), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


# how a resource of that kind is to be read
_KINDS = {
    "csv": {"encoding": "utf-8-sig", "format": "csv", "mediatype": "text/csv"},
    "parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
}


def _resource(schema: TableSchema, kind: str, held: set[str]) -> dict[str, Any]:
    keys = _foreign_keys(schema, held)
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "title": schema.label,
        "description": f"One row is {schema.description}.",
        "description@zh": f"每行是{chinese(schema.description)}。",
        "path": f"{schema.name}.{kind}",
        **_KINDS[kind],
        "schema": {
            "fields": [_field(schema, column) for column in schema.columns],
            "missingValues": [""],
            **({"primaryKey": list(schema.key)} if _keyed(schema) else {}),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _foreign_keys(schema: TableSchema, held: set[str]) -> list[dict[str, Any]]:
    """References to tables of this package; a table that refers to itself is called by an empty name."""
    return [
        {"fields": [column], "reference": {"resource": "" if table == schema.name else table, "fields": [key]}}
        for column, table, key in references_of_table(schema)
        if table in held
    ]


def _field(schema: TableSchema, column: Column) -> dict[str, Any]:
    allowed = values_allowed(schema, column.name)
    constraints = {**({} if column.nullable else {"required": True}), **({"enum": list(allowed)} if allowed else {})}
    return {
        "name": column.name,
        "type": column.type,
        "title": column.label,
        "description": column.description,
        "description@zh": chinese(column.description),
        **({"example": column.example} if column.example else {}),
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
        **({"trueValues": ["true"], "falseValues": ["false"]} if column.type == "boolean" else {}),
    }


def _keyed(schema: TableSchema) -> bool:
    # a place that is not settled has a null in its key, which Frictionless does not allow
    return not schema.name.startswith("comparison")
