"""Listing: one page of a list, its facets, and all of it as a stream of CSV or JSON.

Comes in: a Listing and the query of an address. Goes out: rows behind a key, counts of each facet, an iterator of
text. Values of the address are bound; names that the listing does not know are refused.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from extractor.desk.database import Database, Row
from extractor.desk.listings import Listing
from extractor.errors import BadQuery
from extractor.tables.writers.csv import cell

PAGE = 50
_FACET_VALUES = 24
# of a facet: rows where the column is null
NOTHING = "-"
# words of an address that are no filter
_OWN = frozenset(("after", "order", "q", "show"))


@dataclass(slots=True)
class Asked:
    """What an address asks of a list: filters by name, words to search for, order, the key it goes on behind."""

    filters: dict[str, str] = field(default_factory=dict)
    words: str = ""
    order: str = ""
    after: list[Any] | None = None

    def query(self, **changes: str | None) -> dict[str, str]:
        """The query of an address like this one: without the key, with the changes (None takes away)."""
        base: dict[str, str | None] = {**self.filters, "q": self.words or None, "order": self.order or None, **changes}
        return {name: value for name, value in base.items() if value is not None}


def asked_of(listing: Listing, query: Mapping[str, str]) -> Asked:
    """The question of an address; raises BadQuery for what the list does not know."""
    known = {*listing.facets, *listing.asked}
    unknown = set(query) - known - _OWN
    if unknown:
        raise BadQuery(f"no filter {sorted(unknown)[0]}", remedy="known: " + ", ".join(sorted(known)))
    asked = Asked({name: query[name] for name in known if query.get(name)}, query.get("q", "").strip())
    asked.order = query.get("order", "")
    if asked.order and asked.order not in listing.orders:
        raise BadQuery(f"no order {asked.order}", remedy="known: " + ", ".join(listing.orders))
    if query.get("after"):
        asked.after = _key(query["after"], len(_order(listing, asked)))
    return asked


def _key(text: str, length: int) -> list[Any]:
    try:
        key = json.loads(text)
    except ValueError:
        key = None
    if not isinstance(key, list) or len(key) != length or not all(isinstance(part, str | int | float) for part in key):
        raise BadQuery("no place to go on behind", remedy="begin at the first page")
    return key


def _order(listing: Listing, asked: Asked) -> tuple[str, ...]:
    return listing.orders[asked.order or next(iter(listing.orders))]


def _where(listing: Listing, asked: Asked) -> tuple[str, list[Any]]:
    parts, values = ["TRUE"], []
    expressions = {**listing.facets, **listing.asked}
    for name, value in asked.filters.items():
        if value == NOTHING:
            parts.append(f"({expressions[name]}) IS NULL")
        else:
            parts.append(f"CAST({expressions[name]} AS VARCHAR) = ?")
            values.append(value)
    for word in asked.words.split()[:8] if listing.search else ():
        parts.append(f"contains({listing.search}, ?)")
        values.append(word)
    return " AND ".join(parts), values


def page_of(database: Database, listing: Listing, asked: Asked, most: int = PAGE) -> tuple[list[Row], str | None]:
    """The rows of one page, and the key of the next; None on the last."""
    where, values = _where(listing, asked)
    order = _order(listing, asked)
    if asked.after is not None:
        where += f" AND ({', '.join(order)}) > ({', '.join('?' * len(order))})"
        values += asked.after
    keys = ", ".join(f"{expression} AS key_{at}" for at, expression in enumerate(order))
    ordered = ", ".join(order)
    sql = f"SELECT {listing.columns}, {keys} FROM {listing.source} WHERE {where} ORDER BY {ordered} LIMIT {most + 1}"
    rows = database.rows(sql, values)
    more = len(rows) > most
    rows = rows[:most]
    key = [rows[-1][f"key_{at}"] for at in range(len(order))] if more else None
    return rows, None if key is None else json.dumps([_bare(part) for part in key], ensure_ascii=False)


def _bare(value: Any) -> Any:
    """A part of a key as JSON has it: a DECIMAL as a float."""
    return value if isinstance(value, str | int | float) else float(value)


def facets_of(database: Database, listing: Listing, asked: Asked) -> tuple[int, dict[str, list[tuple[Any, int]]]]:
    """Rows in all, and for each facet its values with their counts, the most frequent first: one pass over the rows."""
    where, values = _where(listing, asked)
    names = list(listing.facets)
    if not names:
        return int(database.value(f"SELECT count(*) FROM {listing.source} WHERE {where}", values)), {}
    columns = ", ".join(f"{expression} AS f{at}" for at, expression in enumerate(listing.facets.values()))
    sets = ", ".join(f"(f{at})" for at in range(len(names)))
    labels = ", ".join(f"f{at}" for at in range(len(names)))
    sql = (
        f"SELECT {labels}, grouping({labels}) AS which, count(*) AS n FROM (SELECT {columns} FROM {listing.source} "
        f"WHERE {where}) GROUP BY GROUPING SETS ({sets}, ()) ORDER BY n DESC"
    )
    total, found = 0, {name: [] for name in names}  # type: tuple[int, dict[str, list[tuple[Any, int]]]]
    for row in database.rows(sql, values):
        # grouping() has a bit for each label, set where the label takes no part
        grouped = [at for at in range(len(names)) if not row["which"] >> (len(names) - 1 - at) & 1]
        if not grouped:
            total = int(row["n"])
        elif len(found[names[grouped[0]]]) < _FACET_VALUES:
            found[names[grouped[0]]].append((row[f"f{grouped[0]}"], int(row["n"])))
    return total, found


def streamed(database: Database, listing: Listing, asked: Asked, form: str) -> Iterator[str]:
    """All rows of the list, not one page: `csv` or `json`, by parts."""
    where, values = _where(listing, asked)
    sql = f"SELECT {listing.columns} FROM {listing.source} WHERE {where} ORDER BY {', '.join(_order(listing, asked))}"
    names, parts = database.parts(sql, values)
    return csv_parts(names, parts) if form == "csv" else json_parts(names, parts)


def csv_parts(names: Sequence[str], parts: Iterator[Sequence[Sequence[Any]]]) -> Iterator[str]:
    """Lines of a CSV that Excel opens; cells that look like formulas are made harmless."""
    yield "\ufeff" + _lines([names])
    for part in parts:
        yield _lines([[cell(value) for value in row] for row in part])


def _lines(rows: Sequence[Sequence[Any]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def json_parts(names: Sequence[str], parts: Iterator[Sequence[Sequence[Any]]]) -> Iterator[str]:
    """A JSON array of objects, one a line."""
    opened = "["
    for part in parts:
        lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_plain) for row in part)
        yield opened + "\n" + ",\n".join(lines)
        opened = ","
    yield "[]\n" if opened == "[" else "\n]\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)
