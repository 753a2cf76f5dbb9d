"""SQL: a question of the reader's own, under the limits of Store.query, and the columns that it may name."""

from typing import Any

from extractor.desk.desk import Context, Desk, PageView
from extractor.errors import GovreportError
from extractor.languages import chinese_detail
from extractor.tables.schema import SCHEMAS

SECONDS = 10.0
_SHOWN = 500
_EXAMPLES = (
    ("Values of one indicator by place", "SELECT region, report_year, value, unit, quote FROM v_indicators\n"
     "WHERE indicator = 'disputes_mediated' AND role = 'actual' ORDER BY value DESC"),
    ("Most cited documents", "SELECT title, number, n_reports FROM documents ORDER BY n_reports DESC LIMIT 20"),
    ("Promises nobody answered", "SELECT promise_report_id, promise_quote FROM fulfilment\n"
     "WHERE outcome = 'not_mentioned' LIMIT 50"),
)  # fmt: skip


def sql_page(desk: Desk, view: PageView, sql: str) -> tuple[str, Context]:
    """The box, and the answer if something was asked."""
    names: list[str] = []
    rows: list[Any] = []
    fault, total = None, 0
    if sql.strip():
        try:
            names, found = desk.store.query(sql, seconds=SECONDS)
            total, rows = len(found), list(found[:_SHOWN])
        except GovreportError as problem:
            fault = problem.detail if view.language == "en" else chinese_detail(problem.detail)
    return "sql.html", {
        "sql": sql,
        "names": names,
        "rows": rows,
        "total": total,
        "shown": len(rows),
        "fault": fault,
        "seconds": SECONDS,
        "examples": _EXAMPLES,
        "schemas": [schema for schema in SCHEMAS if desk.database.has(schema.name)],
    }
