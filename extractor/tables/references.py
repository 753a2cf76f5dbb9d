"""References and closed sets of the tables: which column holds the key of which table, which values a column may hold.

Comes in: a schema. Goes out: what the data package and SQLite say of keys. The rule is the column's name: a column
called like the key of another table refers to it; columns called otherwise are listed.
"""

from collections.abc import Mapping
from enum import StrEnum

from extractor.datamodel import vocabulary as words
from extractor.tables.schema import SCHEMAS, TableSchema

_KEYS = {schema.key[0]: schema.name for schema in SCHEMAS if len(schema.key) == 1 and schema.key[0].endswith("_id")}
_NAMED = {
    ("reports", "same_as"): "report_id",
    ("sections", "parent_id"): "section_id",
    ("indicators", "part_of"): "indicator_id",
    ("problems", "earlier_problem_id"): "problem_id",
    ("fulfilment", "promise_report_id"): "report_id",
    ("overlaps", "other_report_id"): "report_id",
}
_CLOSED: Mapping[tuple[str, str], type[StrEnum]] = {
    ("sources", "status"): words.SourceStatus,
    ("reports", "region_level"): words.RegionLevel,
    ("reports", "text_origin"): words.TextOrigin,
    ("sections", "kind"): words.SectionKind,
    ("indicators", "dimension"): words.Dimension,
    ("indicators", "approx"): words.Approximation,
    ("indicators", "role"): words.Role,
    ("numerals", "class"): words.NumeralClass,
    ("citations", "kind"): words.CitationKind,
    ("citations", "issuer_relation"): words.IssuerRelation,
    ("citations", "issuer_confidence"): words.Confidence,
    ("documents", "kind"): words.CitationKind,
    ("commitments", "strength"): words.Strength,
    ("actions", "target_approx"): words.Approximation,
    ("findings", "severity"): words.Severity,
    ("findings", "verdict"): words.Verdict,
}


def references_of_table(schema: TableSchema) -> list[tuple[str, str, str]]:
    """Column, table it refers to, key there; a table's own key is no reference."""
    found = []
    for column in schema.names:
        key = _NAMED.get((schema.name, column), column)
        table = _KEYS.get(key)
        if table is not None and (schema.name, column) != (table, key):
            found.append((column, table, key))
    return found


def values_allowed(schema: TableSchema, column: str) -> tuple[str, ...]:
    """The values of a closed column; empty where any text may stand."""
    return tuple(_CLOSED.get((schema.name, column), ()))
