"""Distinct cited documents out of citation rows; each citation learns its document's id.

Comes in: a Collection and a Registry. Goes out: rows of `documents`; by citation id the document's id and how
it was matched (Links). One document is one number; without a number, one normalised title (the state's name,
width and dashes do not count; other differences as `similar` allows, threshold 0.95, never across years). A title without
number joins the numbered document of that very title when the reports of the county know only one
such number, and when no year can be confused: the title names its year, or is that of a lasting
rule (…办法), or the reports are of one year. A bare short form (《条例》) stands for the one document
cited earlier in the same report whose title ends in it, else for itself in that report alone.
Newspapers, forms and letters in 《》 are no documents and have no row.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from extractor.corpus.collection import Collection, Row, place
from extractor.corpus.likeness.similar_titles import same_titles
from extractor.corpus.registry import Registry
from extractor.corpus.spill import RowBuckets
from extractor.stages.citations.citations import NO_DOCUMENT
from extractor.stages.citations.titles import SHORT_FORMS
from extractor.text.comparable import document_number, title_key

__all__ = ["SHORT_FORMS", "Links", "document_id", "find_documents", "most_common", "year_of_title"]

# a title with a year of its own, or of a rule that stays in force over the years
_LASTING = re.compile(r"(?:19|20)\d\d|(?:办法|规定|条例|规则|细则|规划|纲要|制度|规程)(?:\(.*\))?$")
# columns of a citation that tell of its document
_OF_MENTION = ("report_id", "title", "full_title", "number", "kind", "issuer", "year")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Links:
    """Document and way of telling of each citation that names a document.

    How: `number`; `title`; `full_title` (a short form resolved in the report); `short_form` (a general word that
    only one earlier title ends in); `number_of_title` (its title has one number nearby); `similar_title`.
    """

    def __init__(self) -> None:
        # one text a report: a hundred thousand reports have a million citations
        self._held: dict[str, str] = {}

    def add(self, report_id: str, citation_id: str, document: str, how: str) -> None:
        """Keep one."""
        line = f"{citation_id.removeprefix(report_id)} {document} {how}"
        held = self._held.get(report_id)
        self._held[report_id] = line if held is None else f"{held}|{line}"

    def of(self, report_id: str) -> dict[str, tuple[str, str]]:
        """Citation id → document id and how it was matched, for a report."""
        lines = (line.split(" ") for line in self._held.get(report_id, "").split("|") if line)
        return {report_id + rest: (document, how) for rest, document, how in lines}

    def fill(self, rows: Iterable[Row]) -> list[Row]:
        """Citations of one report with `document_id` and `document_match`."""
        filled, known = [], None
        for row in rows:
            known = self.of(row["report_id"]) if known is None else known
            id_, how = known.get(row["citation_id"], (None, None))
            filled.append({**row, "document_id": id_, "document_match": how})
        return filled


def find_documents(collection: Collection, registry: Registry | None = None) -> tuple[Iterator[Row], Links]:
    """Rows of `documents`, by id, and the document of each citation that names one.

    One county is gone through at a time: what a title may stand for is settled within it. Mentions wait in buckets by
    document, so that neither the archive's citations nor its documents are held at once.
    """
    links = Links()
    mentions = RowBuckets(collection.parts, collection.scratch)
    counties: defaultdict[str | None, list[Row]] = defaultdict(list)
    for report in collection.reports:
        counties[_scope(report)[0]].append(report)
    for reports in counties.values():
        citations = [row for report in reports for row in collection.rows("citations", report["report_id"])]
        keys = _keys(reports, [row for row in citations if row.get("rule") != NO_DOCUMENT])
        for row in citations:
            if row["citation_id"] in keys:
                key, how = keys[row["citation_id"]]
                id_ = document_id(key)
                links.add(row["report_id"], row["citation_id"], id_, how)
                bucket = int(id_[1:9], 16) * mentions.count >> 32
                mentions.add(bucket, {"key": key, **{name: row.get(name) for name in _OF_MENTION}})
    return _documents(mentions, {report["report_id"] for report in collection.originals}, registry or Registry()), links


def _documents(mentions: RowBuckets, originals: set[str], registry: Registry) -> Iterator[Row]:
    """A row per document, by id: buckets follow each other in the order of ids."""
    for bucket in range(mentions.count):
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in mentions.read(bucket):
            found[row["key"]].append(row)
        rows = [_document(key, rows, originals, registry) for key, rows in found.items()]
        yield from sorted(rows, key=lambda row: row["document_id"])


def document_id(key: str) -> str:
    """Stable id of a document: the same number or title gives the same id in any archive."""
    return "D" + sha256(key.encode("utf-8")).hexdigest()[:12]


def _keys(reports: Iterable[Row], citations: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """Citation id → key of its document and how it was matched; citations that name nothing have none."""
    scopes = {report["report_id"]: _scope(report) for report in reports}
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
    """Key of the document and how it was matched; None for a citation without number and title."""
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
