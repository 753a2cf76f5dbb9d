"""govreport show OUT REPORT"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.options import FOLDER, put

if TYPE_CHECKING:
    from extractor.tables.schema import TableSchema


@click.command(epilog="Example: govreport show tables/ 青禾镇-2021")
@FOLDER
@click.argument("report")
def command(out: Path, report: str) -> int:
    """Print a readable digest of one report (id, path, title, or place-year)."""
    from extractor.tables.store import Store

    store = Store(out)
    row = store.find_report(report)
    put(row["title"] or row["source_path"])
    place = " ".join(filter(None, (row["province"], row["city"], row["county"], row["region"])))
    put(f"{place or '地区未定'}  区划代码 {row['division_code'] or '未定'}  报告机关 {row['issuer'] or '未定'}")
    put(f"报告年度 {row['report_year'] or '未定'}  计划年度 {row['plan_year'] or '无'}  来源 {row['source_path']}")
    if row["warnings"]:
        put(f"提示 {row['warnings']}")
    for schema in store.schemas:
        if schema.letter:
            mine = [r for r in store.rows(schema.name) if r["report_id"] == row["report_id"]]
            _print(schema, mine)
    return 0


def _print(schema: "TableSchema", rows: list[dict[str, Any]]) -> None:
    """One table's rows below its Chinese label: as its own line says them, else id and quote."""
    line_of = _LINES.get(schema.name, lambda r: f"{_short(r[schema.key[0]])}  {r['quote']}")
    lines = [line for line in map(line_of, rows) if line]
    if lines:
        put(f"\n{schema.label}（{len(lines)}）")
        for line in lines:
            put("  " + line.replace("\n", ""))


def _short(row_id: str) -> str:
    """The row id without the report's, which stands above."""
    return row_id.rpartition("-")[2]


def _heading(row: dict[str, Any]) -> str | None:
    indent = "  " * max(row["level"] - 1, 0)
    return f"{indent}{row['marker'] or ''}{row['title'] or '（前言）'}" if row["level"] < 4 else None


def _indicator(row: dict[str, Any]) -> str:
    name = "·".join(filter(None, (row["subject"], row["name"]))) or "（无名）"
    sign = {"over": "＞", "under": "＜", "at_least": "≥", "at_most": "≤", "about": "≈"}.get(row["approx"], "")
    value = f"{sign}{row['value']:.10g}{row['unit'] or ''}"
    if row["value_high"] is not None:
        value = f"{row['value_low']:.10g}—{row['value_high']:.10g}{row['unit'] or ''}"
    role = "" if row["role"] == "actual" else f"  [{row['role']}]"
    page = f"  第{row['page']}页" if row["page"] else ""
    return f"{_short(row['indicator_id']):>5}  {name}  {value}{role}{page}"


def _citation(row: dict[str, Any]) -> str:
    title = f"《{row['title']}》" if row["title"] else ""
    return f"{_short(row['citation_id']):>5}  {title}{row['number'] or ''}"


def _finding(row: dict[str, Any]) -> str:
    return f"{row['severity']}  {row['message']}"


_LINES: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "sections": _heading,
    "indicators": _indicator,
    "citations": _citation,
    "findings": _finding,
}
