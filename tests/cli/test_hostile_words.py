"""What a file says never steers a terminal, a table, a page or a spreadsheet; nothing asks the network."""

import csv
import json
import socket
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main
from extractor.cli.options import print_table, put_file
from extractor.languages.visible import visible
from extractor.runs.batch import Options, run
from extractor.tables.store import Store

ESCAPE, BIDI = "\x1b]0;owned\x07\x1b[2J\x9b31m", "\u202e\u2066"
TEXT = (
    "青禾镇2021年法治政府建设工作报告\n一、工作成效<script>alert(1)</script>|`a`|[b](javascript:c)\n"
    f"办结案件{ESCAPE}12件，培训3场。{BIDI}\n化解=cmd|'/C calc'!A0矛盾5起，完成率为[red]130%[/red]。\n"
    "办结案件12件，其中信访案件15件。\n"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    archive = folder / "in"
    archive.mkdir()
    (archive / "=1+1<b>\x1b[31m\u202e.txt").write_text(TEXT, encoding="utf-8")
    run([archive], folder / "out", workers=1)
    return folder / "out"


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    assert left.value.code == 0
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_commands_show_controls_as_marks(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = Store(out).rows("reports")[0]["report_id"]
    rows = Store(out).rows("indicators")
    assert set(Store(out).text_of(report)) >= set("\x1b\x07\x9b\u202e\u2066")
    for command in (
        ["show", out, report],
        ["explain", out, report],
        *(["explain", out, row["indicator_id"]] for row in rows),
        ["query", out, "select source_path, quote from indicators join reports using (report_id)"],
        ["query", out, "select 1 as \"\x1b[31m\""],
        ["audit", out],
    ):  # fmt: skip
        printed = said(capsys, *command)
        assert not set(printed) & set("\x1b\x07\x9b\u202e\u2066"), command
    with pytest.raises(SystemExit):
        main(["show", str(out), "\x1b[31m\u202e"])
    assert not set(capsys.readouterr().err) & set("\x1b\u202e")


def test_marks_of_markup_stay_in_a_table_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_table(["[bold]a"], [["[red]130%[/red] [/]"], ["\x1b[31m"]], as_named=True)
    put_file("a\x1b\r\n")
    printed = capsys.readouterr().out
    assert "[red]130%[/red] [/]" in printed
    assert "[bold]a" in printed
    assert "␛[31m" in printed
    assert printed.endswith("a␛\r\n")


def test_files_in_a_pipe_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    put_file("a\x1b\n")
    assert capsys.readouterr().out == "a\x1b\n"


@pytest.mark.parametrize("text", ["", "甲\t乙\n", "1,280件\r\n", "🙂𠀀"])
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_pages_of_the_audit_hold_no_markup_of_files(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = said(capsys, "audit", out, "--format", "html")
    assert "<script" not in page
    assert "<b>\x1b" not in page
    marked = said(capsys, "audit", out, "--format", "md").split("## 检查项")[0]
    assert "<script" not in marked
    assert "[b](" not in marked
    found = json.loads(said(capsys, "audit", out, "--format", "sarif").rpartition("}\n")[0] + "}")
    for result in found["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert not set(place["artifactLocation"]["uri"]) & set(" <>\x1b\u202e")


def test_no_cell_is_a_formula(out: Path) -> None:
    import openpyxl

    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(StringIO(stream.read())) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell], path.name
    for sheet in openpyxl.load_workbook(out / "govreport.xlsx"):
        assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_nothing_asks_the_network(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def watched(*arguments: Any, **_: Any) -> None:
        asked.append(arguments)
        raise OSError("no network")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, watched)
    monkeypatch.setattr(socket, "getaddrinfo", watched)
    monkeypatch.setattr(socket, "create_connection", watched)
    # what other files name: pictures, frames, styles, schemas
    page = (
        '<html><head><link rel=stylesheet href="http://127.0.0.1:9/a.css"><base href="http://127.0.0.1:9/"></head><body>'
        '<img src="http://127.0.0.1:9/a.png"><p>青禾镇2021年工作报告</p><p>办结案件12件。</p></body></html>'
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    sample = root / "corpora" / "sample"
    summary = run(
        [sample / "reports", tmp_path / "a.html"],
        tmp_path / "out",
        Options(divisions=sample / "divisions.csv"),
        workers=1,
    )
    assert summary.files["extracted"] > 10
    assert asked == []
