"""`govreport catalogue suggest`: clusters of names without a key, and stubs that work as an overlay."""

from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main
from extractor.corpus.suggestions import find_clusters, stub
from extractor.rules import load
from extractor.stages.indicators.catalogue import catalogue_of


def row(report: str, name: str | None, unit: str | None = "次", **columns: Any) -> dict[str, Any]:
    base = {"report_id": report, "indicator_id": f"{report}-i1", "indicator": None, "subject": None, "role": "actual"}
    return {**base, "name": name, "unit": unit, "dimension": "count", "quote": f"{name}3{unit}", **columns}


def test_spellings_of_one_name_are_one_cluster() -> None:
    rows = [row("a", "巡河护林"), row("b", "开展“巡河”护林"), row("c", "巡河护林"), row("c", "慰问老人")]
    (cluster,) = find_clusters(rows)
    assert cluster.phrases[0] == "巡河护林"
    assert len(cluster.phrases) == 2
    assert cluster.reports == 3


@pytest.mark.parametrize(
    "other",
    [
        row("b", "巡河护林", "人"),
        row("b", "巡河护林", role="change"),
        row("b", "巡河护林", indicator="known"),
        row("b", None),
        row("a", "巡河护林"),
    ],
)
def test_other_units_changes_keyed_rows_and_one_report_make_no_cluster(other: dict[str, Any]) -> None:
    assert find_clusters([row("a", "巡河护林"), other]) == []


def test_a_stub_laid_over_gives_its_names_the_key(tmp_path: Path) -> None:
    rows = [row("a", "巡河(护林)+C"), row("b", "巡河(护林)+C", subject="林长制")]
    clusters = find_clusters(rows, least=1)
    text = "\n".join(stub(cluster, ordinal) for ordinal, cluster in enumerate(clusters, 1))
    (tmp_path / "catalogue.toml").write_text(text, encoding="utf-8")
    catalogue = catalogue_of(load(tmp_path))
    for ordinal, cluster in enumerate(clusters, 1):
        for phrase in cluster.phrases:
            entry = catalogue.find(phrase, "次")
            assert entry is not None
            assert entry.key == f"mine_{ordinal}"
    assert "a-i1" in text


def test_the_command_prints_stubs_with_evidence(sample_tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["catalogue", "suggest", str(sample_tables), "--most", "2"])
    assert not left.value.code
    printed = capsys.readouterr()
    assert printed.out.count("[[indicator]]") == 2
    assert "indicators have a key" in printed.err
