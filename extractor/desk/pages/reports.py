"""Report and evidence: the text with everything that was read in it, and one row with its place and its reason."""

from typing import Any

from extractor.corpus.reasons import Reason, reason_of
from extractor.desk.desk import Context, Desk, PageView
from extractor.desk.marks import KINDS, lines_of, marks_of
from extractor.errors import UnknownRow
from extractor.tables.schema import SCHEMAS
from extractor.text.sentences import sentences

_LETTERS = {schema.letter: schema for schema in SCHEMAS if schema.letter}
_AROUND = 400
# columns whose values are words of ours
_CLOSED = frozenset(("role", "approx", "dimension", "kind", "strength", "source", "severity", "verdict", "review",
                     "issuer_relation", "issuer_confidence", "document_match"))  # fmt: skip


def report_page(desk: Desk, view: PageView, report_id: str) -> tuple[str, Context]:
    """The report with its outline, its text in lanes, its marks in order; raises UnknownRow."""
    report = _report(desk, report_id)
    ask = desk.database
    rows = {
        table: ask.rows(f"SELECT * FROM {table} WHERE report_id = ? ORDER BY char_start", [report_id])
        for table in KINDS.values()
    }
    sections = ask.rows("SELECT * FROM sections WHERE report_id = ? ORDER BY char_start, level", [report_id])
    marks = marks_of(rows)
    return "report.html", {
        "report": report,
        "sections": [row for row in sections if row["level"]],
        "lines": lines_of(desk.store.text_of(report_id), marks, sections),
        "marks": marks,
        "kinds": [(kind, _TITLES[kind], sum(mark.kind == kind for mark in marks)) for kind in KINDS],
        "others": ask.rows(
            "SELECT report_id, report_year, title FROM reports WHERE region = ? AND report_id <> ? "
            "AND division_code IS NOT DISTINCT FROM ? ORDER BY report_year LIMIT 20",
            [report["region"], report_id, report["division_code"]],
        ),
    }


_TITLES = {"i": "Indicators", "c": "Citations", "k": "Commitments", "p": "Problems", "f": "Findings"}


def evidence_page(desk: Desk, view: PageView, row_id: str) -> tuple[str, Context]:
    """One row: its sentence, its rule and why, its page; raises UnknownRow."""
    table, row = row_of(desk, row_id)
    report = _report(desk, row["report_id"])
    rule = row.get("rule") or row.get("check")
    return "evidence.html", {
        "row_id": row_id,
        "table": table,
        "title": _LETTERS[row_id.rpartition("-")[2][0]].label if view.language == "zh" else table,
        "row": row,
        "report": report,
        "around": _around(desk, row),
        "reason": reason_of(rule, desk.patterns) if rule else None,
        "name_reason": _name_reason(desk, row),
        "columns": [(*view.column(table, name), name, value) for name, value in row.items() if value is not None],
        "closed": _CLOSED,
        "related": _related(desk, row_id, row),
        "page": page_with_places(desk, report, row_id, row),
    }


def row_of(desk: Desk, row_id: str) -> tuple[str, dict[str, Any]]:
    """Table and row of a row id; raises UnknownRow."""
    report_id, _, rest = row_id.rpartition("-")
    schema = _LETTERS.get(rest[:1]) if report_id and rest[1:].isdigit() else None
    found = desk.database.row(f"SELECT * FROM {schema.name} WHERE {schema.key[0]} = ?", [row_id]) if schema else None
    if schema is None or found is None:
        raise UnknownRow(
            f"no row {row_id}", where=str(desk.database.folder), remedy="ids look like 0123456789abcdef-i7"
        )
    return schema.name, found


def _report(desk: Desk, report_id: str) -> dict[str, Any]:
    found = desk.report(report_id)
    if found is None:
        raise UnknownRow(f"no report {report_id}", where=str(desk.database.folder), remedy="see the list of reports")
    return found


def _around(desk: Desk, row: dict[str, Any]) -> tuple[str, str, str] | None:
    """The sentence before, within and behind the quote; what is longer is cut."""
    start, end = row.get("char_start"), row.get("char_end")
    if start is None or end is None:
        return None
    text = desk.store.text_of(row["report_id"])
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    behind = text.find("\n", end)
    right = min(behind if behind >= 0 else len(text), end + _AROUND)
    spans = sentences(text, left, right)
    first = next((span.start for span in spans if span.end > start), left)
    last = next((span.end for span in reversed(spans) if span.start < end), right)
    return text[min(first, start) : start], text[start:end], text[end : max(last, end)]


def _name_reason(desk: Desk, row: dict[str, Any]) -> Reason | None:
    return reason_of(row["name_rule"], desk.patterns) if row.get("name_rule") else None


def _related(desk: Desk, row_id: str, row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Why, id and quote of rows that belong to this one: totals, parts, actions, proofs."""
    ask = desk.database
    found: list[tuple[str, str, str]] = []
    if row.get("part_of"):
        found += [("part of", r["indicator_id"], r["quote"]) for r in ask.rows(
            "SELECT indicator_id, quote FROM indicators WHERE indicator_id = ?", [row["part_of"]])]  # fmt: skip
    if "indicator_id" in row:
        found += [("its part", r["indicator_id"], r["quote"]) for r in ask.rows(
            "SELECT indicator_id, quote FROM indicators WHERE report_id = ? AND part_of = ? ORDER BY char_start",
            [row["report_id"], row_id])]  # fmt: skip
    for other in str(row.get("evidence") or "").split()[:20] if "finding_id" in row else ():
        try:
            found.append(("proof", other, row_of(desk, other)[1].get("quote") or ""))
        except UnknownRow:
            continue
    for other in str(row.get("answered_by") or "").split(";")[:5] if "problem_id" in row else ():
        try:
            found.append(("answered by", other.strip(), row_of(desk, other.strip())[1].get("quote") or ""))
        except UnknownRow:
            continue
    return found


def page_with_places(desk: Desk, report: dict[str, Any], row_id: str, row: dict[str, Any]) -> Context | None:
    """The page of the row as a picture, and the rectangles of its lines; None without page or archive."""
    if row.get("page") is None:
        return None
    places = (
        desk.database.rows("SELECT * FROM places WHERE row_id = ? ORDER BY page, top, x0", [row_id])
        if desk.database.has("places")
        else []
    )
    number = places[0]["page"] if places else row["page"]
    picture = desk.images.picture(report, number)
    if picture is None:
        return {"number": number, "picture": None, "archive": desk.images.archive}
    here = [place for place in places if place["page"] == number]
    return {"number": number, "picture": picture, "archive": True, "places": here}
