"""What the audit writes: pages for people, SARIF, tables; which checks run."""

import csv
import json
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from extractor.cli import main
from extractor.corpus.audit import CHECKS
from extractor.tables.store import Store


def call(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    return int(stop.value.code or 0)


@pytest.fixture
def out(sample_tables: Path, tmp_path: Path) -> Path:
    """The sample's tables, to be written into."""
    shutil.copytree(sample_tables, tmp_path / "out", ignore=shutil.ignore_patterns(".govreport"))
    return tmp_path / "out"


def written(out: Path, form: str, *arguments: str) -> str:
    path = out.parent / f"audit.{form}"
    assert call("audit", out, "--format", form, "-o", path, *arguments) == 0
    return path.read_text(encoding="utf-8")


def test_sarif_has_the_structure_of_2_1_0(out: Path) -> None:
    log = json.loads(written(out, "sarif"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [check.id for check in CHECKS]
    assert all(rule["fullDescription"]["text"] for rule in rules)
    assert len(run["results"]) == len(Store(out).rows("findings")) > 0
    paths = {row["source_path"]: row["report_id"] for row in Store(out).rows("reports")}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["kind"] in {"fail", "review", "open", "pass"}
        assert (result["level"] == "none") == (result["kind"] != "fail")
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"].isascii()
        text = Store(out).text_of(paths[unquote(place["artifactLocation"]["uri"])])
        region = place["region"]
        start = region["charOffset"]
        assert text[start : start + region["charLength"]] == region["snippet"]["text"]


def test_a_dismissed_finding_is_suppressed_in_sarif(out: Path) -> None:
    finding = Store(out).rows("findings")[0]["finding_id"]
    assert call("review", out, finding, "--dismiss", "--comment", "口径不同") == 0
    (run,) = json.loads(written(out, "sarif"))["runs"]
    held = {result["properties"]["finding_id"]: result.get("suppressions") for result in run["results"]}
    assert held.pop(finding) == [{"kind": "external", "status": "accepted", "justification": "口径不同"}]
    assert set(held.values()) == {None}


class _Page(HTMLParser):
    """Open tags at the end, tags and text met, addresses of other files."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.outside += [value for name, value in attrs if name in {"src", "href"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)


def test_the_page_is_whole_and_needs_nothing_from_outside(out: Path) -> None:
    text = written(out, "html")
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert page.outside == []
    assert "script" not in page.tags
    assert page.marked == [row["quote"] for row in _by_page(out)]


def _by_page(out: Path) -> list[dict[str, Any]]:
    return Store(out).rows("findings")


def test_markdown_csv_and_json_hold_every_finding(out: Path) -> None:
    ids = [row["finding_id"] for row in Store(out).rows("findings")]
    markdown = written(out, "md")
    assert all(f"`{each}`" in markdown for each in ids)
    assert [row["finding_id"] for row in csv.DictReader(written(out, "csv").splitlines())] == ids
    held = json.loads(written(out, "json"))
    assert [row["finding_id"] for row in held["findings"]] == ids
    verdicts = {row["id"]: row["verdict"] for row in held["checks"]}
    assert verdicts["arithmetic.parts_and_total"] == "fail"
    assert verdicts["arithmetic.stated_twice"] == "pass"
    assert verdicts["registry.not_found"] == "not_assessable"


def test_the_same_audit_gives_the_same_bytes_and_leaves_the_tables(out: Path) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    assert written(out, "html") == written(out, "html")
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_only_and_disable_choose_what_runs(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored = Store(out).rows("findings")
    held = json.loads(written(out, "json", "--only", "citation.number_marks"))
    assert {row["check"] for row in held["findings"]} == {row["id"] for row in held["checks"]}
    held = json.loads(written(out, "json", "--disable", "citation.number_marks"))
    assert "citation.number_marks" not in {row["id"] for row in held["checks"]}
    # findings of checks that did not run stay in the table
    assert Store(out).rows("findings") == stored
    assert call("audit", out, "--only", "nonsense") == 2
    capsys.readouterr()
    assert call("audit", "--explain", "citation.number_marks") == 0
    assert capsys.readouterr().out.startswith("citation.number_marks (info)\n")


def test_registry_and_required_documents_reach_every_table(out: Path) -> None:
    lists = out.parent
    (lists / "registry.csv").write_text(
        "number,title,issuer,date,status\n青府发〔2021〕12号,青禾县法治政府建设实施方案（2021—2025年）,,,\n",
        encoding="utf-8",
    )
    (lists / "required.txt").write_text("法治政府建设实施纲要（2021—2025年）\n", encoding="utf-8")
    written(out, "csv", "--registry", str(lists / "registry.csv"), "--required", str(lists / "required.txt"))
    store = Store(out)
    checks = {row["check"] for row in store.rows("findings")}
    assert {"registry.not_found", "registry.disagrees"} <= checks
    _, rows = store.query("select count(*) from findings")
    assert rows[0][0] == len(store.rows("findings"))
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["finding_id"] for row in csv.DictReader(lines)] == [
            row["finding_id"] for row in store.rows("findings")
        ]
