"""Chinese: every text that people read has one, placeholders fit, what is kept in tables stays English."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from extractor import errors
from extractor.cli import COMMANDS, cli, main
from extractor.cli.help import speak
from extractor.corpus.audit import CHECKS
from extractor.corpus.reasons import reason_of
from extractor.languages import chinese, choose, say, say_detail
from extractor.rules import load
from extractor.stages.reasons import REASONS
from extractor.tables.schema import SCHEMAS
from extractor.tables.store import Store

# tables whose rows have an evidence page
EVIDENT = [schema.name for schema in SCHEMAS if schema.letter]
HAN = re.compile("[一-龥]")


@pytest.fixture
def in_chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        (None, {}, "en"),
        ("fr", {}, "en"),
    ],
)
def test_the_language_is_what_is_asked_for_else_the_locale(
    asked: str | None, environment: dict[str, str], language: str
) -> None:
    assert choose(asked, environment) == language
    choose("en", {})


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("no such file", "没有这个文件"),
        ("files: 3 extracted, 1 failed", "文件：提取 3，失败 1"),
        ("  no such file", "  没有这个文件"),
        ("3 findings in 2 reports", "2 份报告中有 3 条发现"),
        ("failed: [E201] b.txt: nothing in the file → fetch the file again",
         "失败：[E201] b.txt: 文件是空的 → 重新获取文件"),
        ("upper end of a range; null for one value", "区间上限；单个数值为空"),
        ("nothing that is known", "nothing that is known"),
        ("", ""),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("in_chinese")
def test_texts_are_said_in_chinese(english: str, other: str) -> None:
    assert say(english) == other


@pytest.mark.parametrize(
    ("detail", "other"),
    [
        (
            "[E101] C:\\报告: no such file or folder → check the path",
            "[E101] C:\\报告: 没有这个文件或文件夹 → 检查路径",
        ),
        ("[E103] no check x → known: a, b", "[E103] 没有检查 x → 可用：a, b"),
        (
            "[E105] x.toml: line 2: unknown key of → did you mean off?",
            "[E105] x.toml: 第 2 行：未知的键 of → 是不是 off？",
        ),
        ("[E999] what nobody knows", "[E999] what nobody knows"),
        ("no code", "no code"),
    ],
)
@pytest.mark.usefixtures("in_chinese")
def test_errors_keep_code_and_place(detail: str, other: str) -> None:
    assert say_detail(detail) == other


def lines(root: Path) -> list[tuple[str, str]]:
    text = (root / "extractor" / "languages" / "zh.txt").read_text(encoding="utf-8")
    return [(a, b) for a, arrow, b in (line.partition(" ⇒ ") for line in text.splitlines()) if arrow and a[0] != "#"]


def test_each_text_stands_once_and_fills_its_gaps(root: Path) -> None:
    seen: set[str] = set()
    for english, other in lines(root):
        assert english not in seen, english
        seen.add(english)
        gaps, filled = english.count("{}"), re.findall(r"\{(\d*)\}", other)
        assert len(filled) == gaps, (english, other)
        assert all(not number or 1 <= int(number) <= gaps for number in filled), (english, other)
        assert re.findall(r"\{[a-z_!]+\w*\}", english) == re.findall(r"\{[a-z_!]+\w*\}", other), english


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.usefixtures("in_chinese")
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--lang", "zh", *filter(None, [command]), "--help"])
    printed = capsys.readouterr().out
    assert "用法：" in printed
    assert f"示例：govreport {command or 'extract'}" in printed
    speak("en")
    found = import_module(f"extractor.cli.{command}").command if command else cli
    below = list(found.commands.values()) if isinstance(found, click.Group) and command else []
    for one in (found, *below):
        english = vars(one).get("_english_help") or one.help
        assert HAN.search(chinese(" ".join(english.split()))), english
        for option in one.params:
            text = vars(option).get("_english_help") or getattr(option, "help", None)
            assert not text or HAN.search(chinese(text)), text


def test_the_command_speaks_chinese_and_then_english_again(
    capsys: pytest.CaptureFixture[str], sample_tables: Path
) -> None:
    for language, shown in (("zh", "目录键\t目录名\t已报告\t为零"), ("en", "indicator\tlabel\treported\tzero")):
        with pytest.raises(SystemExit):
            main(["--lang", language, "compare", str(sample_tables), "--coverage"])
        assert capsys.readouterr().out.startswith(shown)
    with pytest.raises(SystemExit):
        main(["--lang", "zh", "query", str(sample_tables), "select region from reports limit 1"])
    # names that the user chose stay
    assert capsys.readouterr().out.startswith("region\n")
    speak("en")


@pytest.mark.parametrize(
    "wrong",
    ["compare", "nope", "compare tables --nope", "compare tables --indicato x", "compare tables --format docx",
     "compare tables --year x", "query tables a b c", "chart tables", "extract a -j 0"],
)  # fmt: skip
def test_wrong_use_is_told_in_chinese(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*wrong.split(), "--lang", "zh"])
    told = capsys.readouterr().err.split("\n错误：", 1)[1].splitlines()[0]
    # names of options and values are as they are typed
    assert re.search(r"[\u4e00-\u9fff]", told)
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,} ", re.sub(r"'[^']*'", "", told)), told
    speak(None)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_descriptions_are_chinese(schema: object) -> None:
    texts = [schema.description, *(column.description for column in schema.columns)]  # type: ignore[attr-defined]
    unsaid = [clause for text in texts if chinese(text) == text for clause in text.split("; ")]
    # a formula is the same in both
    assert [text for text in unsaid if "/" not in text] == [], "add them to extractor/languages/zh.txt"


def test_every_reason_is_chinese() -> None:
    """What evidence pages, `explain` and `audit --explain` show beside a rule's id."""
    ids = [rule.id for rules in load().rules.values() for rule in rules]
    ids += [*REASONS, *(check.id for check in CHECKS)]
    assert len(set(ids)) == len(ids) > 100
    reasons = {rule_id: reason_of(rule_id) for rule_id in ids}
    assert [one.id for one in reasons.values() if not HAN.search(one.why_zh) or one.why_zh == one.why] == [], (
        "a rule of patterns/ has why_zh, a stage or check its line in extractor/languages/zh.txt"
    )


def test_rules_of_rows_have_a_reason(sample_tables: Path) -> None:
    store = Store(sample_tables)
    named = {row.get(name) for table in EVIDENT for row in store.rows(table) for name in ("rule", "name_rule", "check")}
    assert "indicator.behind" in named
    assert [one for one in sorted(filter(None, named)) if reason_of(one).why == "no reason on record"] == []


def messages(root: Path) -> Iterator[str]:
    """What errors say and advise, as far as it stands in the code, gaps as x."""
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
    for path in (root / "extractor").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
                said = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "remedy")]
                for part in said:
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value
                    elif isinstance(part, ast.JoinedStr):
                        values = (p.value if isinstance(p, ast.Constant) else "x" for p in part.values)
                        yield "".join(map(str, values))


def test_errors_are_chinese(root: Path) -> None:
    found = list(messages(root))
    unsaid = sorted({text for text in found if not HAN.search(chinese(text))})
    assert len(found) > 150
    assert unsaid == [], "add them to extractor/languages/zh.txt"
