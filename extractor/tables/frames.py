"""Frames: rows as pandas DataFrames with the contract's columns and types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from extractor.datamodel.extraction import Extraction
from extractor.tables.rows import rows_of
from extractor.tables.schema import BY_NAME, TableSchema

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: dict[str, Any] = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "string",
}


def frame_of(rows: Sequence[Mapping[str, Any]], schema: TableSchema) -> "pd.DataFrame":
    """A DataFrame with all columns of the schema; nulls are pandas.NA."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            column.name: pd.Series([row.get(column.name) for row in rows], dtype=_DTYPES[column.type])
            for column in schema.columns
        }
    )
    for column in schema.columns:
        if column.type == "date":
            frame[column.name] = pd.to_datetime(frame[column.name], format="%Y-%m-%d")
    return frame


@dataclass(frozen=True, slots=True)
class FramedExtraction(Extraction):
    """An Extraction that can give its tables."""

    @classmethod
    def framed(cls, extraction: Extraction) -> "FramedExtraction":
        """The same extraction with `to_rows` and `to_frames`."""
        return cls(**{field.name: getattr(extraction, field.name) for field in fields(extraction)})

    def to_rows(self) -> dict[str, list[dict[str, Any]]]:
        """Table name → rows, columns as in TABLES.md."""
        return rows_of(self)

    def to_frames(self) -> "dict[str, pd.DataFrame]":
        """Table name → DataFrame, columns as in TABLES.md."""
        return {name: frame_of(rows, BY_NAME[name]) for name, rows in rows_of(self).items()}
