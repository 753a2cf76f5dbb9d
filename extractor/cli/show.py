"""govreport show OUT REPORT"""

from pathlib import Path
from typing import Any

import click

from extractor.cli.options import FOLDER


@click.command(epilog="Example: govreport show tables/ 青禾镇-2021")
@FOLDER
@click.argument("report")
def command(out: Path, report: str) -> int:
    """Print a readable digest of one report (id, path, title, or place-year)."""
    from extractor.tables.store import Store

    store = Store(out)
    row = store.find_report(report)
    click.echo(row["title"] or row["source_path"])
    place = " ".join(filter(None, (row["province"], row["city"], row["county"], row["region"])))
    click.echo(f"{place or '地区未定'}  区划代码 {row['division_code'] or '未定'}  报告机关 {row['issuer'] or '未定'}")
    click.echo(
        f"报告年度 {row['report_year'] or '未定'}  计划年度 {row['plan_year'] or '无'}  来源 {row['source_path']}"
    )
    if row["warnings"]:
        click.echo(f"提示 {row['warnings']}")
    mine = {
        table: [r for r in store.rows(table) if r["report_id"] == row["report_id"]]
        for table in ("sections", "indicators", "citations", "commitments", "problems", "findings")
    }
    _section(
        "章节",
        [
            f"{'  ' * max(r['level'] - 1, 0)}{r['marker'] or ''}{r['title'] or '（前言）'}"
            for r in mine["sections"]
            if r["level"] < 4
        ],
    )
    _section("指标", [_indicator(r) for r in mine["indicators"]])
    _section("引文", [_citation(r) for r in mine["citations"]])
    _section("承诺", [f"{r['commitment_id'].rpartition('-')[2]}  {r['quote']}" for r in mine["commitments"]])
    _section("问题", [f"{r['problem_id'].rpartition('-')[2]}  {r['quote']}" for r in mine["problems"]])
    _section("核查发现", [f"{r['severity']}  {r['message']}" for r in mine["findings"]])
    return 0


def _section(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"\n{title}（{len(lines)}）")
        for line in lines:
            click.echo("  " + line.replace("\n", ""))


def _indicator(row: dict[str, Any]) -> str:
    name = "·".join(filter(None, (row["subject"], row["name"]))) or "（无名）"
    sign = {"over": "＞", "under": "＜", "at_least": "≥", "at_most": "≤", "about": "≈"}.get(row["approx"], "")
    value = f"{sign}{row['value']:.10g}{row['unit'] or ''}"
    if row["value_high"] is not None:
        value = f"{row['value_low']:.10g}—{row['value_high']:.10g}{row['unit'] or ''}"
    role = "" if row["role"] == "actual" else f"  [{row['role']}]"
    page = f"  第{row['page']}页" if row["page"] else ""
    return f"{row['indicator_id'].rpartition('-')[2]:>5}  {name}  {value}{role}{page}"


def _citation(row: dict[str, Any]) -> str:
    title = f"《{row['title']}》" if row["title"] else ""
    return f"{row['citation_id'].rpartition('-')[2]:>5}  {title}{row['number'] or ''}"
