"""The pages over the sample: each answers in both languages, lists are whole however they are read, nothing gets in."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from asking import client_of
from starlette.testclient import TestClient

from extractor.desk.listing import PAGE
from extractor.desk.listings import LISTINGS
from extractor.runs.batch import run
from extractor.tables.store import Store


@pytest.fixture(scope="module")
def known(sample_tables: Path) -> dict[str, str]:
    """An id of each kind."""
    store = Store(sample_tables)
    pdf = next(row for row in store.rows("reports") if row["page_count"])
    return {
        "report": pdf["report_id"],
        "indicator": f"{pdf['report_id']}-i3",
        "finding": store.rows("findings")[0]["finding_id"],
        "problem": store.rows("problems")[0]["problem_id"],
        "place": pdf["division_code"],
        "document": store.rows("documents")[0]["document_id"],
    }


PAGES = (
    "/", "/reports", "/places", "/places?q=青禾", "/places/{place}", "/places/青禾镇", "/reports/{report}",
    "/rows/{indicator}", "/rows/{finding}", "/rows/{problem}", "/documents/{document}", "/findings",
    "/findings?severity=warning", "/sql", "/sql?q=select+1", "/sql?q=drop+table+reports",
    "/indicators?indicator=disputes_mediated&report_year=2022", "/indicators?theme=-", "/indicators?q=调解",
    *(f"/{listing.name}?order={order}" for listing in LISTINGS for order in listing.orders),
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_each_page_answers_in_both_languages_and_lets_nothing_in(
    client: TestClient, known: dict[str, str], address: str
) -> None:
    for prefix, language in (("", "zh-CN"), ("/en", "en")):
        answer = client.get(prefix + address.format(**known))
        assert answer.status_code == 200, answer.text
        assert f'<html lang="{language}">' in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert answer.headers["x-content-type-options"] == "nosniff"
        # nothing inline, nothing from elsewhere
        assert not re.search(
            r"<script(?! src=\"/static/)| style=\"| on\w+=\"|(?:src|href)=\"(?:https?:)?//", answer.text
        )
        assert prefix or "/en" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing", 404),
        ("/nothing.csv", 404),
        ("/reports.xml", 404),
        ("/reports/x", 404),
        ("/rows/x", 404),
        ("/rows/0123456789abcdef-i1", 404),
        ("/places/nowhere", 404),
        ("/documents/x", 404),
        ("/reports/x/pages/1.png", 404),
        ("/indicators?colour=red", 400),
        ("/indicators?order=random", 400),
        ("/indicators?after=x", 400),
        ("/indicators?after=[1]", 400),
        ("/indicators?after=[[1],2,3]", 400),
        ("/sql.csv?q=drop+table+reports", 400),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_what_is_not_there_is_named(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8765"])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8765"])
def test_loopback_by_any_name_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/sources", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_a_list_is_the_same_by_pages_as_csv_and_as_json(client: TestClient, sample_tables: Path, listing: Any) -> None:
    table = "comparison_long" if listing.name == "comparison" else listing.name
    count = len(Store(sample_tables).rows(table))
    text = client.get(f"/{listing.name}.csv").text
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    objects = json.loads(client.get(f"/{listing.name}.json").text)
    assert len(lines) == len(objects) == count
    assert list(lines[0]) == list(objects[0])
    if count > 1000:
        return
    for order in listing.orders:
        seen: Counter[str] = Counter()
        address: str | None = f"/{listing.name}?order={order}"
        pages = 0
        while address:
            page = client.get(address).text
            body = page.partition('<div class="body">')[2]
            seen.update(
                re.findall(
                    r'id="([0-9a-f]{16}-f\d+)"' if listing.name == "findings" else r"<tr data-item>(.*?)</tr>",
                    body,
                    re.S,
                )
            )
            following = re.search(r'rel="next" href="([^"]+)"', page)
            address = following[1].replace("&amp;", "&") if following else None
            pages += 1
        assert sum(seen.values()) == count
        assert pages == max(1, -(-count // PAGE))


def test_facets_count_what_the_filter_gives(client: TestClient, sample_tables: Path) -> None:
    rows = Store(sample_tables).rows("indicators")
    theme = Counter(row["theme"] for row in rows if row["theme"]).most_common(1)[0][0]
    named = [row for row in rows if row["theme"] == theme]
    objects = json.loads(client.get("/indicators.json", params={"theme": theme}).text)
    assert {row["indicator_id"] for row in objects} == {row["indicator_id"] for row in named}
    assert f"<small>{len(named)}</small>" in client.get("/indicators", params={"theme": theme}).text
    without = json.loads(client.get("/indicators.json", params={"theme": "-"}).text)
    assert len(without) == sum(row["theme"] is None for row in rows)


def test_the_report_shows_each_mark_once_and_all_of_its_text(
    client: TestClient, sample_tables: Path, known: dict[str, str]
) -> None:
    page = client.get(f"/reports/{known['report']}").text
    text = Store(sample_tables).text_of(known["report"])
    article = re.search(r'<article class="text"[^>]*>(.*?)</article>', page, re.S)
    assert article
    plain = re.sub(r"<[^>]+>", "", article[1])
    assert "".join(plain.split()) == "".join(text.split())
    pins = re.findall(r'class="pin" id="([a-z]\d+)"', article[1])
    listed = re.findall(r'data-mark="([a-z]\d+)"', page)
    assert sorted(pins) == sorted(listed)
    assert len(set(pins)) == len(pins) > 30
    # a promise that holds a number is lit in two lanes
    assert re.search(r'class="m (?:i k|k i)"', article[1])


def test_evidence_has_sentence_reason_and_page(client: TestClient, known: dict[str, str]) -> None:
    page = client.get(f"/rows/{known['indicator']}").text
    assert "<mark>" in page
    assert "indicator." in page
    # the reason is in the language of the page
    assert "在数字之前" in page or "在量词之后" in page
    assert 'lang="en">' not in page.split("<h2>")[1]
    assert '<p lang="en">' in client.get(f"/en/rows/{known['indicator']}").text
    picture = re.search(r'<image href="([^"]+)"', page)
    assert picture
    answer = client.get(picture[1])
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    row = json.loads(client.get(f"/rows/{known['indicator']}.json").text)
    assert row["row"]["indicator_id"] == known["indicator"]


def test_without_the_archive_the_page_says_how(sample_tables: Path, known: dict[str, str]) -> None:
    page = client_of(sample_tables).get(f"/en/rows/{known['indicator']}").text
    assert "<image" not in page
    assert "--archive" in page


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('setup.cfg')",
        "copy (select 1) to 'x.csv'",
        "attach 'x.duckdb'",
        "select 1; select 2",
        "set memory_limit = '9GB'",
        "select * from glob('*')",
    ],
)
def test_the_box_reads_tables_alone(client: TestClient, sql: str) -> None:
    page = client.get("/sql", params={"q": sql}).text
    assert 'class="fault"' in page
    assert "E104" in page


def test_what_a_report_says_stays_text(tmp_path: Path) -> None:
    hostile = (
        "<script>alert(1)</script>镇2022年法治政府建设报告\n一、主要做法<img src=x onerror=alert(1)>\n"
        "2022年，全镇调处矛盾纠纷36起\u202e件，依据《javascript:alert(1)条例》（青府办〔2021〕12号）开展培训3场\x1b[2J。\n"
        '二、明年计划\n2023年底前新建调解室4个"><svg onload=alert(1)>。\n'
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "<b>a&'.txt").write_text(hostile, encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out", workers=1)
    client = client_of(tmp_path / "out")
    store = Store(tmp_path / "out")
    report = store.rows("reports")[0]["report_id"]
    rows = [row["indicator_id"] for row in store.rows("indicators")] + [
        row["citation_id"] for row in store.rows("citations")
    ]
    assert len(rows) >= 3
    bad = "/sql?q=" + quote("select '<script>alert(2)</script>' as \"<i>\"")
    for address in (
        "/",
        "/reports",
        "/sources",
        f"/reports/{report}",
        "/indicators?q=<script>",
        bad,
        *(f"/rows/{row}" for row in rows),
    ):
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert not re.search(r"<img|<svg onload|<b>a", page), address
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert 'href="javascript' not in page
    assert "RIGHT-TO-LEFT OVERRIDE" in client.get(f"/reports/{report}").text
