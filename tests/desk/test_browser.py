"""A real browser on a real server: filter, open a report, keys, evidence on its page, a decision by key, SQL, CSV."""

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Page, browser

from extractor.tables.store import Store

_AXE = "GOVREPORT_AXE"


@pytest.fixture(scope="module")
def served(sample_tables: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and folder of a running `govreport serve`."""
    import shutil

    out = tmp_path_factory.mktemp("served") / "out"
    shutil.copytree(sample_tables, out)
    command = [sys.executable, "-m", "extractor", "serve", str(out), "--port", "0", "--reviewer", "王"]
    command += ["--archive", str(root / "corpora" / "sample" / "reports")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "GOVREPORT_LANG": "en"})
    if process.stderr is None:
        raise RuntimeError("no stderr")
    line = process.stderr.readline()
    found = re.search(r"http://[\d.]+:\d+", line)
    if found is None:
        process.kill()
        raise RuntimeError(line + process.stderr.read())
    yield found[0], out
    process.terminate()
    process.wait(timeout=60)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A tab."""
    with browser() as tab:
        yield tab


@pytest.mark.slow
def test_from_a_filter_to_the_evidence_on_its_page(served: tuple[str, Path], page: Page) -> None:
    address, _ = served
    page.look()
    page.open(f"{address}/reports")
    page.follow(lambda: page.click('.facet a[href*="report_year=2021"]'))
    assert page.value("document.querySelectorAll('tr[data-item]').length") == 6
    page.follow(lambda: page.click('tr[data-item] a[href*="1f084173939b0e7f"]'))
    page.press("j", "j")
    assert page.value("location.hash") == page.value("'#' + document.querySelectorAll('[data-mark]')[1].dataset.mark")
    assert page.value("document.querySelectorAll('.m.lit').length") >= 1
    marked = page.value("document.querySelector('.mark.now a.open').getAttribute('href')")
    page.follow(lambda: page.press("Enter"))
    assert page.value("location.pathname") == marked
    assert page.value("document.querySelector('mark').textContent.length") > 3
    assert page.value("new Promise(done => { const i = new Image(); i.onload = () => done(i.naturalWidth); "
                      "i.src = document.querySelector('svg image').getAttribute('href'); })") > 500  # fmt: skip
    page.follow(lambda: page.click("#in-text"))
    assert page.value("document.querySelectorAll('.m.lit').length") >= 1


@pytest.mark.slow
def test_a_finding_is_decided_by_keys_and_stands_in_the_file(served: tuple[str, Path], page: Page) -> None:
    address, out = served
    page.open(f"{address}/findings")
    first = page.value("document.querySelector('.finding').id")
    page.press("j", "d")
    page.wait("document.querySelector('.finding').classList.contains('dismissed')")
    # and on to the next
    page.wait("document.querySelectorAll('.finding')[1].classList.contains('now')")
    with (out / "reviews.csv").open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["decision"], line["reviewer"]) == ("dismissed", "王")
    assert Store(out).find_row(first)[1]["check"] == line["check"]
    page.press("k", "u")
    page.wait("!document.querySelector('.finding').classList.contains('dismissed')")
    page.press("a")
    page.wait("document.querySelector('.finding').classList.contains('accepted')")


@pytest.mark.slow
def test_sql_and_csv(served: tuple[str, Path], page: Page) -> None:
    address, out = served
    page.open(f"{address}/en/sql")
    page.value("document.querySelector('textarea').value = 'select count(*) as n from indicators'")
    page.follow(lambda: page.click("form.sql button"))
    count = len(Store(out).rows("indicators"))
    assert page.value("document.querySelector('.rows td').textContent") == str(count)
    page.open(f"{address}/indicators?role=actual")
    text = page.value("fetch(document.querySelector('.downloads a').href).then(answer => answer.text())")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {line["role"] for line in lines} == {"actual"}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_ask_for_nothing_elsewhere_fit_every_width_and_complain_of_nothing(
    served: tuple[str, Path], page: Page, language: str
) -> None:
    address, _ = served
    page.asked.clear()
    page.complaints.clear()
    places = ("/", "/reports", "/places", "/places/990101101", "/indicators?indicator=disputes_mediated", "/documents",
              "/reports/1f084173939b0e7f", "/rows/1f084173939b0e7f-i3", "/findings", "/sql", "/fulfilment")  # fmt: skip
    for width, dark in ((1440, False), (390, True)):
        page.look(width=width, dark=dark)
        for place in places:
            page.open(address + language + place)
            assert page.value("document.documentElement.scrollWidth <= innerWidth + 1"), (width, place)
            _accessible(page, place)
    page.look()
    assert page.complaints == []
    assert [asked for asked in page.asked if not asked.startswith((address, "about:", "data:"))] == []


def _accessible(page: Page, place: str) -> None:
    """No serious finding of axe, where it is at hand."""
    script = os.environ.get(_AXE)
    if not script:
        return
    page.value(Path(script).read_text(encoding="utf-8") + ";1")
    found = page.value(
        "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')))"
    )
    assert found == [], place
