"""Distinct cited documents out of citation rows; each citation learns its document's id.

Comes in: a Collection and a look-up of law titles. Goes out: rows of `documents` and document ids by
citation id. One document is one number; without a number, one normalised title. A title without
number joins the numbered document of that very title when the reports of the county know only one
such number, and when no year can be confused: the title names its year, or is that of a lasting
rule (…办法), or the reports are of one year. A bare short form (《条例》) stands for the one document
cited earlier in the same report whose title ends in it, else for itself in that report alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from extractor.corpus.agreement import document_number
from extractor.corpus.agreement import title as normal_title
from extractor.corpus.collection import Collection, Row, place

# the kinds of documents (文种) that a report uses as a short name for the one it means
# fmt: off
SHORT_FORMS = frozenset({
    "条例", "规划", "方案", "办法", "规定", "意见", "通知", "纲要", "细则", "决定", "要点",
    "计划", "规则", "标准", "制度", "清单", "实施方案", "实施意见", "实施办法", "工作方案",
    "工作要点", "暂行条例", "若干规定", "暂行办法", "指导意见", "实施细则", "实施纲要",
})
# fmt: on
_STATE = "中华人民共和国"
# a title with a year of its own, or of a rule that stays in force over the years
_LASTING = re.compile(r"(?:19|20)\d\d|(?:办法|规定|条例|规则|细则|规划|纲要|制度|规程)(?:\(.*\))?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def find_documents(
    collection: Collection, law_title: Callable[[str], str | None] = lambda _: None
) -> tuple[list[Row], dict[str, str]]:
    """Rows of `documents`, by id, and document id of each citation that names a document.

    `law_title(title)` gives the registered title of a law, None for anything else.
    """
    citations = [row for report in collection.reports for row in collection.rows("citations", report["report_id"])]
    keys = _keys(collection, citations)
    mentions: defaultdict[str, list[Row]] = defaultdict(list)
    for row in citations:
        key = keys.get(row["citation_id"])
        if key is not None:
            mentions[key].append(row)
    originals = {report["report_id"] for report in collection.originals}
    rows = [_document(key, found, originals, law_title) for key, found in mentions.items()]
    rows.sort(key=lambda row: row["document_id"])
    return rows, {citation: document_id(key) for citation, key in keys.items()}


def document_id(key: str) -> str:
    """Stable id of a document: the same number or title gives the same id in any archive."""
    return "D" + sha256(key.encode("utf-8")).hexdigest()[:12]


def title_key(title: str | None) -> str:
    """Title for comparison: folded, no white space, no 《》, one kind of dash, without the state's name."""
    return re.sub("[—~-]+", "-", normal_title(title)).removeprefix(_STATE)


def _keys(collection: Collection, citations: Sequence[Row]) -> dict[str, str]:
    """Citation id → key of its document; citations with neither number nor title have none."""
    scopes = {report["report_id"]: _scope(report) for report in collection.reports}
    numbers_of: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row in citations:
        if row.get("number") and row.get("title"):
            title = title_key(row["title"])
            number = document_number(row["number"])
            numbers_of[_where(scopes[row["report_id"]], title)].add(number)
    keys: dict[str, str] = {}
    known: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in citations:
        title = title_key(row.get("title"))
        earlier = known[row["report_id"]]
        numbers = numbers_of.get(_where(scopes[row["report_id"]], title), set())
        key = _key(row, title, numbers, earlier)
        if key is None:
            continue
        keys[row["citation_id"]] = key
        if title and title not in SHORT_FORMS:
            earlier[title] = key
    return keys


def _scope(report: Mapping[str, Any]) -> tuple[str | None, int | None]:
    code = report.get("division_code")
    return (code[:6] if code else place(report), report.get("report_year"))


def _where(scope: tuple[str | None, int | None], title: str) -> tuple[Any, ...]:
    """Within what a title without number may be taken for a numbered document of that title."""
    county, year = scope
    return (county, title) if _LASTING.search(title) else (county, title, year)


def _key(row: Row, title: str, numbers: set[str], earlier: Mapping[str, str]) -> str | None:
    if row.get("number"):
        return f"number:{document_number(row['number'])}"
    if not title:
        return None
    if title in SHORT_FORMS:
        meant = {key for known, key in earlier.items() if known.endswith(title)}
        return meant.pop() if len(meant) == 1 else f"title:{row['report_id']}:{title}"
    return f"number:{next(iter(numbers))}" if len(numbers) == 1 else f"title:{title}"


def _document(
    key: str,
    mentions: Sequence[Row],
    originals: set[str],
    law_title: Callable[[str], str | None],
) -> Row:
    full = [row["title"] for row in mentions if title_key(row.get("title")) not in SHORT_FORMS]
    title = most_common(full) or most_common(row.get("title") for row in mentions)
    years = [row["year"] for row in mentions if row.get("year") is not None]
    return {
        "document_id": document_id(key),
        "title": title,
        "number": most_common(row.get("number") for row in mentions),
        "kind": most_common(row.get("kind") for row in mentions),
        "issuer": most_common(row.get("issuer") for row in mentions),
        "year": most_common(years) if years else year_of_title(title),
        "registry_match": law_title(title_key(title)) if title else None,
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
