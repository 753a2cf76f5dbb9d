"""The command: exit codes, messages with a stable code, what goes to stdout and what to stderr."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.cli import COMMANDS, main
from extractor.cli.help import speak


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Exit status, stdout, stderr of a call in this process."""
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return int(left.value.code or 0), printed.out, printed.err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_ends_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(capsys, command, "--help")
    assert status == 0
    assert f"Example: govreport {command}" in out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, ""),
        (["extrct"], 2, "Did you mean extract?"),
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["extract", "in"], 2, "--output"),
        (["extract", "-o", "{tmp}/out"], 2, "ARCHIVE"),
        (["extract", "{tmp}/nothing", "-o", "{tmp}/out"], 2, "[E101]"),
        (["extract", "{tmp}/no*.txt", "-o", "{tmp}/out"], 2, "[E101]"),
        (["extract", "{sample}/texts", "-o", "{sample}"], 2, "[E102]"),
        (["extract", "{sample}/texts", "-o", "{tmp}/out", "-j", "0"], 2, "--workers"),
        (["extract", "{sample}/texts", "-o", "{tmp}/out", "--patterns", "{tmp}/nothing"], 2, "[E"),
        (["extract", "{sample}/texts", "-o", "{tmp}/out", "--divisions", "{tmp}/nothing"], 2, "[E"),
        (["query", "{tmp}", "select 1"], 2, "[E101]"),
        (["query", "{out}", "select nonsense from reports"], 2, "[E104]"),
        (["query", "{out}", "delete from reports"], 2, "[E104]"),
        (["show", "{out}", "没有这份报告"], 2, "[E103]"),
        (["show", "{out}", "石桥乡"], 2, "2 reports fit"),
        (["explain", "{out}", "0123456789abcdef-i7"], 2, "[E103]"),
        (["explain", "{out}", "nonsense"], 2, "ids look like"),
        (["compare", "{out}", "--indicator", "nonsense"], 2, "[E103]"),
        (["audit", "{out}", "--check", "nonsense"], 2, "[E103]"),
        (["evaluate", "{tmp}/nothing"], 2, "[E101]"),
        (["evaluate", "{sample}/gold", "-q", "--at-least", "1.01"], 4, "is below 1.01"),
        (["verify", "{out}", "{tmp}/nothing"], 2, "[E101]"),
    ],
)
def test_wrong_use_is_told_on_stderr_with_its_code(
    arguments: list[str],
    status: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
    sample_tables: Path,
    root: Path,
    tmp_path: Path,
) -> None:
    places = {"out": sample_tables, "tmp": tmp_path, "sample": root / "corpora" / "sample"}
    got, out, err = call(capsys, *(argument.format(**places) for argument in arguments))
    assert (got, message in (err or out)) == (status, True), (got, err)
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def test_failed_files_are_listed_and_give_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("一、工作\n办结案件12件。", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    status, out, err = call(capsys, "extract", tmp_path / "in", "-o", tmp_path / "out")
    assert (status, out) == (1, "")
    assert "files: 1 extracted, 1 failed" in err
    assert "failed: [E201] b.txt: nothing" in err
    status, out, err = call(capsys, "extract", tmp_path / "in", "-o", tmp_path / "out", "--quiet")
    assert (status, err.startswith("failed: [E201] b.txt: nothing"), err.count("\n")) == (1, True, 1)


def test_query_prints_tabs_or_csv(capsys: pytest.CaptureFixture[str], sample_tables: Path) -> None:
    sql = "select region, count(*) as n from reports group by all order by all limit 1"
    assert call(capsys, "query", sample_tables, sql)[1] == "region\tn\n云岭乡\t2\n"
    assert call(capsys, "query", sample_tables, sql, "--csv")[1].replace("\r\n", "\n") == "region,n\n云岭乡,2\n"


def test_explain_knows_a_row_of_every_kind(capsys: pytest.CaptureFixture[str], sample_tables: Path) -> None:
    from extractor.tables.schema import SCHEMAS
    from extractor.tables.store import Store

    store = Store(sample_tables)
    for schema in SCHEMAS:
        rules = {}
        for row in store.rows(schema.name) if schema.letter else ():
            rules.setdefault(row.get("rule") or row.get("check"), row)
        for rule, row in rules.items():
            status, out, _ = call(capsys, "explain", sample_tables, row[schema.key[0]])
            assert (status, rule in out, "why: " in out) == (0, True, True), (schema.name, rule, out)
            assert "unknown" not in out.split("why: ")[1].split("\n")[0], rule


def test_verify_finds_an_exchanged_source(
    capsys: pytest.CaptureFixture[str], sample_tables: Path, root: Path, tmp_path: Path
) -> None:
    reports = root / "corpora" / "sample" / "reports"
    assert call(capsys, "verify", sample_tables, reports)[0] == 0
    shutil.copytree(reports, tmp_path / "reports")
    changed = next((tmp_path / "reports").rglob("青禾镇*.txt"))
    changed.write_text(changed.read_text(encoding="utf-8").replace("312", "313"), encoding="utf-8")
    status, out, err = call(capsys, "verify", sample_tables, tmp_path / "reports")
    assert status == 4
    assert changed.name in out + err


def test_doctor_and_patterns(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = call(capsys, "doctor")
    assert (status, "pdfplumber" in out) == (0, True)
    status, out, _ = call(capsys, "patterns", "list")
    assert (status, "citation.order" in out) == (0, True)
    (tmp_path / "citations.toml").write_text(
        '[[rule]]\nid = "citation.mine"\nwhy = "w"\nsource = "s"\npattern = "甲"\nexamples = ["乙"]\n'
        'counterexamples = ["丙"]\n',
        encoding="utf-8",
    )
    status, out, err = call(capsys, "patterns", "check", "--patterns", tmp_path)
    assert (status, "citation.mine" in out + err) == (4, True)


def test_traceback_only_when_asked(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "extractor"]
    plain = subprocess.run([*command, "query", str(tmp_path), "x"], capture_output=True, text=True, check=False)
    asked = subprocess.run(
        [*command, "--traceback", "query", str(tmp_path), "x"], capture_output=True, text=True, check=False
    )
    assert ("Traceback" in plain.stderr, plain.stderr.count("\n")) == (False, 1)
    assert "Traceback" in asked.stderr


def test_a_reader_that_goes_away_is_no_error(sample_tables: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "extractor", "query", str(sample_tables), "select * from numerals, range(200)"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 141


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interrupt_gives_130_and_the_run_goes_on_after(root: Path, tmp_path: Path) -> None:
    archive, out = tmp_path / "in", tmp_path / "out"
    archive.mkdir()
    text = (root / "corpora" / "sample" / "reports" / "2021" / "yunling-2021.wrapped.txt").read_text(encoding="utf-8")
    for number in range(80):
        (archive / f"{number:03}.txt").write_text(f"{text}\n{number}号", encoding="utf-8")
    command = [sys.executable, "-m", "extractor", "extract", str(archive), "-o", str(out), "-j", "2"]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # a shell that runs the tests in the background has them ignore the signal, and children inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        while not list(out.glob(".govreport/**/*.*")) and running.poll() is None:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr is not None
        err = running.stderr.read()
        assert (running.wait(), "interrupted" in err, "Traceback" in err) == (130, True, False), err
    assert not (out / "reports.parquet").exists()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "files: 80 extracted" in done.stderr


def test_settings_flag_before_variable_before_file_before_default(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(name: str, *arguments: str) -> list[str]:
        _, out, _ = call(capsys, *arguments, "config", "show")
        return next(line.split("\t")[1:] for line in out.splitlines() if line.startswith(f"{name}\t"))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "govreport").mkdir(parents=True)
    assert shown("extract.area") == ["", "default"]
    (tmp_path / "home" / "govreport" / "config.toml").write_text(
        'area = "甲"\n[audit]\noff = ["x"]\n', encoding="utf-8"
    )
    assert shown("extract.area")[0] == "甲"
    (tmp_path / "govreport.toml").write_text('area = "乙"\n[evaluate]\narea = "丙"\n', encoding="utf-8")
    assert shown("extract.area") == ["乙", "govreport.toml"]
    assert shown("evaluate.area") == ["丙", "govreport.toml"]
    assert shown("audit.off")[0] == "['x']"
    (tmp_path / "mine.toml").write_text('area = "丁"\n', encoding="utf-8")
    assert shown("extract.area", "--config", "mine.toml") == ["丁", "mine.toml"]
    monkeypatch.setenv("GOVREPORT_EXTRACT_AREA", "戊")
    assert shown("extract.area", "--config", "mine.toml") == ["戊", "GOVREPORT_EXTRACT_AREA"]


def test_settings_change_what_a_command_does(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_tables: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "citation.number_marks" in call(capsys, "audit", sample_tables)[1]
    (tmp_path / "govreport.toml").write_text('[audit]\noff = ["citation.number_marks"]\n', encoding="utf-8")
    assert "citation.number_marks" not in call(capsys, "audit", sample_tables)[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[audit]\nof = 1\n", "line 2: unknown key of → did you mean off?"),
        ("[adit]\noff = 1\n", "line 1: unknown key adit → did you mean audit?"),
        ("x = \n", "not TOML"),
    ],
)
def test_faulty_settings_are_told_with_line(
    text: str, message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "govreport.toml").write_text(text, encoding="utf-8")
    status, _, err = call(capsys, "config", "show")
    assert (status, "[E105] govreport.toml" in err, message in err) == (2, True, True), err


def test_config_init_writes_a_file_that_is_read_and_writes_over_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(capsys, "config", "init")[0] == 0
    assert call(capsys, "config", "show")[0] == 0
    assert call(capsys, "config", "init")[0] == 2
    lines = (tmp_path / "govreport.toml").read_text(encoding="utf-8").splitlines()
    live = "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines)
    (tmp_path / "govreport.toml").write_text(live, encoding="utf-8")
    # every key that is offered is known
    assert call(capsys, "config", "show")[0] == 0


def test_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> None:
    status, out, _ = call(
        capsys, "extract", root / "corpora" / "sample" / "reports", "-o", tmp_path / "out", "--dry-run"
    )
    assert (status, len(out.splitlines())) == (0, 13)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("--lang", "zh", "status"),
        ("status", "--lang", "zh"),
        ("status", "--lang=zh"),
        ("--color", "never", "--lang", "zh", "status"),
    ],
    ids=" ".join,
)
def test_options_of_the_program_may_stand_anywhere(
    capsys: pytest.CaptureFixture[str], sample_tables: Path, command: tuple[str, ...]
) -> None:
    status, out, _ = call(capsys, *command, sample_tables)
    assert (status, "状态：完成" in out) == (0, True)
    speak(None)


def test_an_indicator_is_named_by_key_or_label_and_the_nearest_are_told(
    capsys: pytest.CaptureFixture[str], sample_tables: Path
) -> None:
    by_key = call(capsys, "compare", sample_tables, "--indicator", "disputes_mediated")
    assert by_key[0] == 0
    assert call(capsys, "compare", sample_tables, "--indicator", "受理调处矛盾纠纷") == by_key
    status, _, err = call(capsys, "compare", sample_tables, "--indicator", "dispute_mediated")
    assert (status, "near to it: disputes_mediated (受理调处矛盾纠纷)" in err) == (2, True)
    status, _, err = call(capsys, "compare", sample_tables, "--indicator", "qqqq")
    assert (status, "→ all of them: govreport compare OUT --coverage" in err) == (2, True)


def test_fail_fast_stops(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    (tmp_path / "in" / "b.txt").write_text("一、工作\n办结案件12件。", encoding="utf-8")
    status, _, err = call(capsys, "extract", tmp_path / "in", "-o", tmp_path / "out", "--fail-fast", "-j", "1")
    assert (status, "failed: [E201] a.txt: nothing" in err, "--fail-fast stops here" in err) == (1, True, True)
    assert not (tmp_path / "out" / "reports.parquet").exists()


def test_standard_input_is_a_report_and_the_log_has_a_line(root: Path, tmp_path: Path) -> None:
    report = root / "corpora" / "sample" / "reports" / "2021" / "nanpu-2021.pdf"
    command = [sys.executable, "-m", "extractor", "extract", "-", "-o", tmp_path / "out", "-v"]
    with report.open("rb") as stream:
        done = subprocess.run(
            [*command, "--log-file", tmp_path / "log.jsonl"], stdin=stream, capture_output=True, text=True, check=True
        )
    assert "extracted: stdin" in done.stderr
    line = json.loads((tmp_path / "log.jsonl").read_text(encoding="utf-8"))
    assert (line["path"], line["status"]) == ("stdin", "extracted")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(capsys, "completion", shell)
    assert (status, "_GOVREPORT_COMPLETE" in out) == (0, True)
