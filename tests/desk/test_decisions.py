"""Decisions: written as `govreport review` writes them, seen at once, taken back, taken into the tables at the end."""

import csv
import shutil
from pathlib import Path

import pytest
from asking import HERE, TOKEN, client_of

from extractor.cli import main
from extractor.corpus.audit.reviews import load_reviews
from extractor.tables.store import Store


def decide(folder: Path, finding: str, decision: str, **values: str) -> int:
    body = {"token": TOKEN, "decision": decision, "comment": "", **values}
    return client_of(folder).post(f"/findings/{finding}", data=body).status_code


def lines(folder: Path) -> list[dict[str, str]]:
    with (folder / "reviews.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_file_is_the_one_that_the_command_writes(copy_of_sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(copy_of_sample, other)
    finding = Store(copy_of_sample).rows("findings")[0]["finding_id"]
    assert decide(copy_of_sample, finding, "dismissed", comment="=计了两次", reviewer="王") == 303
    with pytest.raises(SystemExit) as left:
        main(["review", str(other), finding, "--dismiss", "--comment", "=计了两次", "--reviewer", "王"])
    assert not left.value.code
    mine, theirs = lines(copy_of_sample), lines(other)
    for line in (*mine, *theirs):
        line.pop("reviewed_at")
    assert mine == theirs
    assert (copy_of_sample / "reviews.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_a_decision_is_seen_at_once_and_taken_back(copy_of_sample: Path) -> None:
    client = client_of(copy_of_sample)
    finding = Store(copy_of_sample).rows("findings")[0]["finding_id"]
    for decision, seen in (("accepted", "accepted"), ("dismissed", "dismissed"), ("withdrawn", None)):
        answer = client.post(
            f"/findings/{finding}",
            data={"token": TOKEN, "decision": decision, "comment": "看过"},
            headers={"accept": "application/json"},
        )
        assert answer.json()["review"] == seen
        row = next(r for r in client.get("/findings.json").json() if r["finding_id"] == finding)
        assert row["review"] == seen
    assert [review.decision for review in load_reviews(copy_of_sample)] == ["accepted", "dismissed", "withdrawn"]


def test_what_the_command_decides_meanwhile_is_seen(copy_of_sample: Path) -> None:
    client = client_of(copy_of_sample)
    finding = Store(copy_of_sample).rows("findings")[1]["finding_id"]
    assert client.get("/findings.json").json()[1]["review"] is None
    with pytest.raises(SystemExit):
        main(["review", str(copy_of_sample), finding, "--accept"])
    assert {r["finding_id"]: r["review"] for r in client.get("/findings.json").json()}[finding] == "accepted"


def test_the_tables_take_decisions_in_when_the_desk_closes(copy_of_sample: Path) -> None:
    finding = Store(copy_of_sample).rows("findings")[0]["finding_id"]
    with client_of(copy_of_sample) as client:
        client.post(f"/findings/{finding}", data={"token": TOKEN, "decision": "dismissed", "comment": "旧"})
    assert Store(copy_of_sample).rows("findings")[0]["review"] == "dismissed"
    assert Store(copy_of_sample).query("select count(*) from findings where review = 'dismissed'")[1][0][0] == 1
    with client_of(copy_of_sample) as client:
        client.post(f"/findings/{finding}", data={"token": TOKEN, "decision": "withdrawn"})
    assert Store(copy_of_sample).rows("findings")[0]["review"] is None


@pytest.mark.parametrize(
    ("values", "headers", "status"),
    [
        ({"token": "guess"}, {}, 403),
        ({"token": ""}, {}, 403),
        ({}, {"sec-fetch-site": "cross-site"}, 403),
        ({}, {"sec-fetch-site": "same-site"}, 403),
        ({}, {"host": "evil.example"}, 421),
        ({"decision": "destroyed"}, {}, 400),
        ({"comment": "x" * 30_000}, {}, 413),
    ],
)
def test_other_posts_write_nothing(
    copy_of_sample: Path, values: dict[str, str], headers: dict[str, str], status: int
) -> None:
    finding = Store(copy_of_sample).rows("findings")[0]["finding_id"]
    body = {"token": TOKEN, "decision": "accepted", **values}
    answer = client_of(copy_of_sample).post(f"/findings/{finding}", data=body, headers=headers)
    assert answer.status_code == status
    assert not (copy_of_sample / "reviews.csv").exists()


def test_without_script_the_answer_leads_back_to_the_list(copy_of_sample: Path) -> None:
    finding = Store(copy_of_sample).rows("findings")[0]["finding_id"]
    body = {"token": TOKEN, "decision": "accepted", "back": "severity=warning"}
    answer = client_of(copy_of_sample).post(f"/en/findings/{finding}", data=body)
    assert answer.headers["location"] == f"/en/findings?severity=warning#{finding}"
    assert client_of(copy_of_sample).get(f"/findings/{finding}", headers={"referer": HERE}).status_code == 405
    assert decide(copy_of_sample, "0123456789abcdef-f9", "accepted") == 404


def test_the_command_takes_a_decision_back(copy_of_sample: Path) -> None:
    finding = Store(copy_of_sample).rows("findings")[0]["finding_id"]
    for flag, held in (("--dismiss", "dismissed"), ("--undo", None)):
        with pytest.raises(SystemExit) as left:
            main(["review", str(copy_of_sample), finding, flag])
        assert not left.value.code
        assert Store(copy_of_sample).rows("findings")[0]["review"] == held
    with pytest.raises(SystemExit) as left:
        main(["review", str(copy_of_sample), finding, "--undo", "--accept"])
    assert left.value.code == 2
