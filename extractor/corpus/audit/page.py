"""The audit as a page for people: Markdown, and HTML that needs no other file and no network."""

from collections import Counter, defaultdict
from html import escape

from extractor.corpus.audit.report import AuditReport, Row
from extractor.languages import chinese_of_pages

_SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_VERDICTS = {"fail": "不符", "uncertain": "存疑", "not_assessable": "无法判断", "pass": "通过"}
_REVIEWS = {"accepted": "复核：属实", "dismissed": "复核：不成立", "reopened": "复核：证据已变，重新打开"}
_TITLE = "核查报告"
_STYLE = """
:root{color-scheme:light dark;--line:#8885;--soft:#8881}
body{font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:.2rem}h2{margin-top:2.2rem;border-bottom:1px solid var(--line);font-size:1.15rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;
text-align:left;vertical-align:top}td.n{text-align:right}
article{border:1px solid var(--line);border-left:.4rem solid #999;border-radius:.3rem;padding:.5rem .9rem;margin:.8rem 0}
article.error{border-left-color:#b3261e}article.warning{border-left-color:#c77700}article.info{border-left-color:#3b6ea5}
article.dismissed{opacity:.6}p{margin:.3rem 0}blockquote{margin:.4rem 0;padding:.4rem .7rem;background:var(--soft)}
mark{background:#ffe08a;color:#000;padding:0 .1em}.meta,.where{font-size:.85rem;opacity:.8}code{font-size:.85em}
summary{cursor:pointer}
@media print{article{break-inside:avoid}}
"""


def _label(names: dict[str, str], value: object) -> str:
    return names.get(str(value), str(value))


def _by_report(report: AuditReport) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in report.findings:
        grouped[row["report_id"]].append(row)
    return grouped


def _summary(report: AuditReport) -> str:
    counts = Counter(_label(_VERDICTS, row["verdict"]) for row in report.findings)
    counted = "，".join(f"{name} {count}" for name, count in counts.items())
    files = len({row["report_id"] for row in report.findings})
    return f"{len(report.reports)} 份报告中 {files} 份有发现，共 {len(report.findings)} 条" + (
        f"（{counted}）" if counted else ""
    )


def as_html(report: AuditReport) -> str:
    """A self-contained page: findings by report with their text, then every check with its verdict."""
    parts = [
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{_TITLE}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_TITLE}</h1><p>{_summary(report)}</p>",
    ]
    for report_id, rows in _by_report(report).items():
        parts.append(f"<h2>{escape(report.title(report_id))}</h2>")
        parts.append(f'<p class="where">{escape(report.path(rows[0]))}</p>')
        parts += [_article(report, row) for row in rows]
    parts.append("<h2>检查项</h2><table><tr><th>检查</th><th>结论</th><th>数据行</th><th>发现</th><th>说明</th></tr>")
    counts = Counter(row["check"] for row in report.findings)
    for check, verdict, looked_at in report.outcomes:
        parts.append(
            f"<tr><td><code>{check.id}</code></td><td>{_label(_VERDICTS, verdict)}</td><td class=n>{looked_at}</td>"
            f"<td class=n>{counts[check.id]}</td><td>{escape(chinese_of_pages(check.docs))}</td></tr>"
        )
    return "\n".join([*parts, "</table></body></html>"]) + "\n"


def _article(report: AuditReport, row: Row) -> str:
    before, quoted, behind = (escape(part) for part in report.around(row))
    review = ""
    if row.get("review"):
        comment = f"：{row['review_comment']}" if row.get("review_comment") else ""
        review = f"<p><b>{_label(_REVIEWS, row['review'])}</b>{escape(comment)}</p>"
    text = f"<blockquote>…{before}<mark>{quoted}</mark>{behind}…</blockquote>" if quoted else ""
    page = f" · 第 {row['page']} 页" if row.get("page") else ""
    return (
        f'<article class="{row["severity"]} {row.get("review") or ""}">'
        f'<p class="meta">{_label(_SEVERITIES, row["severity"])} · {_label(_VERDICTS, row["verdict"])} · '
        f"<code>{row['check']}</code>{page}</p><p><b>{escape(chinese_of_pages(row['message']))}</b></p>{text}{review}"
        f'<p class="meta"><code>{row["finding_id"]}</code></p></article>'
    )


def as_markdown(report: AuditReport) -> str:
    """The same page as Markdown."""
    lines = [f"# {_TITLE}", "", _summary(report)]
    for report_id, rows in _by_report(report).items():
        lines += [
            "",
            f"## {_md(report.title(report_id))}",
            "",
            _code(report.path(rows[0])),
            "",
        ]
        for row in rows:
            page = f"，第 {row['page']} 页" if row.get("page") else ""
            kind = f"{_label(_SEVERITIES, row['severity'])}·{_label(_VERDICTS, row['verdict'])}"
            lines.append(
                f"- **{kind}** `{row['check']}`{page}：{_md(chinese_of_pages(row['message']))}（`{row['finding_id']}`）"
            )
            before, quoted, behind = (_md(part) for part in report.around(row))
            if quoted:
                lines.append(f"  > …{before}**{quoted}**{behind}…")
            if row.get("review"):
                lines.append(f"  {_label(_REVIEWS, row['review'])} {_md(row.get('review_comment') or '')}".rstrip())
    lines += ["", "## 检查项", "", "| 检查 | 结论 | 数据行 | 发现 |", "|---|---|---:|---:|"]
    counts = Counter(row["check"] for row in report.findings)
    for check, verdict, looked_at in report.outcomes:
        lines.append(f"| `{check.id}` | {_label(_VERDICTS, verdict)} | {looked_at} | {counts[check.id]} |")
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    """As code, which nothing in it ends."""
    return "`" + " ".join(text.split()).replace("`", "'") + "`"


def _md(text: str) -> str:
    """On one line, without marks that Markdown or HTML would take for its own."""
    flat = " ".join(text.split())
    for mark in "\\`*_<>[]|#":
        flat = flat.replace(mark, "\\" + mark)
    return flat
