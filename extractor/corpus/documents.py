"""Distinct cited documents out of citation rows; each citation learns its document's id.

Comes in: a Collection and a Registry. Goes out: rows of `documents`; by citation id the document's id and how
it was told (MATCHES). One document is one number; without a number, one normalised title (the state's name,
width and dashes do not count; other differences as `similar` allows, threshold 0.95, never across years). A title without
number joins the numbered document of that very title when the reports of the county know only one
such number, and when no year can be confused: the title names its year, or is that of a lasting
rule (…办法), or the reports are of one year. A bare short form (《条例》) stands for the one document
cited earlier in the same report whose title ends in it, else for itself in that report alone.
Newspapers, forms and letters in 《》 are no documents and have no row.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from extractor.corpus.collection import Collection, Row, place
from extractor.corpus.likeness.similar_titles import same_titles
from extractor.corpus.registry import Registry
from extractor.stages.citations.citations import NO_DOCUMENT
from extractor.stages.citations.titles import SHORT_FORMS
from extractor.text.comparable import document_number, title_key

__all__ = ["SHORT_FORMS", "document_id", "find_documents", "most_common", "year_of_title"]

# a title with a year of its own, or of a rule that stays in force over the years
_LASTING = re.compile(r"(?:19|20)\d\d|(?:办法|规定|条例|规则|细则|规划|纲要|制度|规程)(?:\(.*\))?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def find_documents(
    collection: Collection, registry: Registry | None = None
) -> tuple[list[Row], dict[str, str], dict[str, str]]:
    """Rows of `documents`, by id; document id of each citation that names a document; how it was told.

    How: `number`; `title`; `full_title` (a short form resolved in the report); `short_form` (a general word that
    only one earlier title ends in); `number_of_title` (its title has one number nearby); `similar_title`.
    """
    citations = [row for report in collection.reports for row in collection.rows("citations", report["report_id"])]
    keys = _keys(collection, [row for row in citations if row.get("rule") != NO_DOCUMENT])
    mentions: defaultdict[str, list[Row]] = defaultdict(list)
    for row in citations:
        if row["citation_id"] in keys:
            mentions[keys[row["citation_id"]][0]].append(row)
    originals = {report["report_id"] for report in collection.originals}
    registry = registry or Registry()
    rows = [_document(key, found, originals, registry) for key, found in mentions.items()]
    rows.sort(key=lambda row: row["document_id"])
    ids = {citation: document_id(key) for citation, (key, _) in keys.items()}
    return rows, ids, {citation: how for citation, (_, how) in keys.items()}


def document_id(key: str) -> str:
    """Stable id of a document: the same number or title gives the same id in any archive."""
    return "D" + sha256(key.encode("utf-8")).hexdigest()[:12]


def _keys(collection: Collection, citations: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """Citation id → key of its document and how it was told; citations that name nothing have none."""
    scopes = {report["report_id"]: _scope(report) for report in collection.reports}
    numbers_of: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row in citations:
        if row.get("number") and row.get("title"):
            where = _where(scopes[row["report_id"]], title_key(row["title"]))
            numbers_of[where].add(document_number(row["number"]))
    other_writings = _other_writings(citations, scopes)
    keys: dict[str, tuple[str, str]] = {}
    known: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in citations:
        written = title_key(row.get("full_title") or row.get("title"))
        scope = scopes[row["report_id"]]
        title = other_writings.get(_where(scope, written), written)
        match = _matched(row, written, title, numbers_of.get(_where(scope, title), set()), known[row["report_id"]])
        if match is None:
            continue
        keys[row["citation_id"]] = match
        if written and written not in SHORT_FORMS:
            known[row["report_id"]][written] = match[0]
    return keys


def _other_writings(
    citations: Sequence[Row], scopes: Mapping[str, tuple[str | None, int | None]]
) -> dict[tuple[Any, ...], str]:
    """For a title at its place (and in its year) the title of which it is another writing."""
    groups: defaultdict[tuple[Any, ...], dict[str, tuple[bool, int]]] = defaultdict(dict)
    places: dict[tuple[tuple[Any, ...], str], tuple[Any, ...]] = {}
    for row in citations:
        title = title_key(row.get("full_title") or row.get("title"))
        if not title or title in SHORT_FORMS:
            continue
        where = _where(scopes[row["report_id"]], title)
        group = (where[0], *where[2:])
        numbered, count = groups[group].get(title, (False, 0))
        groups[group][title] = (numbered or bool(row.get("number")), count + 1)
        places[group, title] = where
    return {
        places[group, title]: other for group, titles in groups.items() for title, other in same_titles(titles).items()
    }


def _scope(report: Mapping[str, Any]) -> tuple[str | None, int | None]:
    code = report.get("division_code")
    return (code[:6] if code else place(report), report.get("report_year"))


def _where(scope: tuple[str | None, int | None], title: str) -> tuple[Any, ...]:
    """Within what a title without number may be taken for a numbered document of that title."""
    county, year = scope
    return (county, title) if _LASTING.search(title) else (county, title, year)


def _matched(
    row: Row, written: str, title: str, numbers: set[str], earlier: Mapping[str, str]
) -> tuple[str, str] | None:
    """Key of the document and how it was told; None for a citation without number and title."""
    if row.get("number"):
        return f"number:{document_number(row['number'])}", "number"
    if not title:
        return None
    if title in SHORT_FORMS:
        meant = {key for known, key in earlier.items() if known.endswith(title)}
        return (meant.pop(), "short_form") if len(meant) == 1 else (f"title:{row['report_id']}:{title}", "title")
    if row.get("full_title") and written in earlier:
        return earlier[written], "full_title"
    how = "similar_title" if title != written else "full_title" if row.get("full_title") else "title"
    if len(numbers) == 1:
        return f"number:{next(iter(numbers))}", "number_of_title" if how == "title" else how
    return f"title:{title}", how


def _document(
    key: str,
    mentions: Sequence[Row],
    originals: set[str],
    registry: Registry,
) -> Row:
    full = [row.get("full_title") or row["title"] for row in mentions if row.get("title")]
    full = [title for title in full if title_key(title) not in SHORT_FORMS]
    title = most_common(full) or most_common(row.get("title") for row in mentions)
    years = [row["year"] for row in mentions if row.get("year") is not None]
    number = most_common(row.get("number") for row in mentions)
    match = registry.match(number, title)
    entry = match.entry if match else None
    return {
        "document_id": document_id(key),
        "title": title,
        "number": number,
        "kind": most_common(row.get("kind") for row in mentions),
        "issuer": most_common(row.get("issuer") for row in mentions),
        "year": most_common(years) if years else year_of_title(title),
        "registry_match": (entry.title or entry.number) if entry else None,
        "registry": entry.registry if entry else None,
        "matched_by": match.how if match else None,
        "match_score": match.score if match else None,
        "registry_date": entry.date if entry else None,
        "registry_status": entry.status if entry else None,
        "n_reports": len({row["report_id"] for row in mentions} & originals),
        "n_citations": sum(row["report_id"] in originals for row in mentions),
    }


def most_common(values: Iterable[Any]) -> Any:
    """The value that occurs most often, of equals the smallest; None if there is none."""
    counts = Counter(value for value in values if value is not None)
    if not counts:
        return None
    return min(counts, key=lambda value: (-counts[value], str(value)))


def year_of_title(title: str | None) -> int | None:
    """The one year that a title names (2020年…要点); None for none, several or a span of years."""
    years = set(_YEAR.findall(title or ""))
    return int(years.pop()) if len(years) == 1 else None
