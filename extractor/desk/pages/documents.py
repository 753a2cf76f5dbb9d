"""Document: what it is, who cites it, how and when."""

from extractor.desk.desk import Context, Desk, PageView
from extractor.desk.drawings import bars
from extractor.errors import UnknownRow

# citing rows on one page; the list of citations has the rest
_SHOWN = 60


def document_page(desk: Desk, view: PageView, document_id: str) -> tuple[str, Context]:
    """One distinct cited document; raises UnknownRow."""
    ask = desk.database
    found = ask.row("SELECT * FROM documents WHERE document_id = ?", [document_id])
    if found is None:
        raise UnknownRow(f"no document {document_id}", where=str(ask.folder), remedy="see the list of documents")
    cited = "FROM citations t JOIN reports r USING (report_id) WHERE t.document_id = ?"
    years = ask.rows(
        f"SELECT r.report_year AS year, count(DISTINCT t.report_id) AS n {cited} AND r.report_year IS NOT NULL "
        "GROUP BY 1 ORDER BY 1",
        [document_id],
    )
    listed = view.link("/citations", {"document_id": document_id})
    return "document.html", {
        "document": found,
        "columns": [(*view.column("documents", name), name, value) for name, value in found.items() if value is not None],
        "years": years,
        "picture": bars([(str(row["year"]), row["n"], view.number(row["n"]), listed) for row in years]),
        "relations": ask.rows(
            f"SELECT t.relation AS relation, count(*) AS n {cited} GROUP BY 1 ORDER BY n DESC, 1 NULLS LAST LIMIT 20",
            [document_id],
        ),
        "titles": ask.rows(
            f"SELECT t.title AS title, count(*) AS n {cited} AND t.title IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10",
            [document_id],
        ),
        "citations": ask.rows(
            "SELECT t.*, r.region AS region, r.county AS county, r.division_code AS division_code, "
            f"r.report_year AS report_year {cited} ORDER BY r.report_year DESC NULLS LAST, t.report_id, t.char_start "
            f"LIMIT {_SHOWN}",
            [document_id],
        ),
        "shown": _SHOWN,
    }  # fmt: skip
