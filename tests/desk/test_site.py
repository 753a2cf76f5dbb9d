"""The static site: every link leads to a file, nothing needs a server, a choice shows nothing else."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import browser

from extractor.desk.site import write_site
from extractor.errors import BadQuery, OutputRefused
from extractor.tables.store import Store


@pytest.fixture(scope="module")
def site(sample_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one year."""
    target = tmp_path_factory.mktemp("site") / "site"
    assert write_site(sample_tables, target, years=[2021]) > 500
    return target


@pytest.mark.slow
def test_every_link_leads_to_a_file(site: Path) -> None:
    missing = set()
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "http://" not in re.sub(r"xmlns=\"[^\"]+\"", "", text)
        assert "<form" not in text.replace('<form class="lanes"', "")
        for link in re.findall(r'(?:href|src)="([^"#]+)', text):
            if not (page.parent / unquote(link)).is_file():
                missing.add((page.name, link))
    assert missing == set()


@pytest.mark.slow
def test_pages_are_drawn_where_the_archive_is_named(sample_tables: Path, root: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    write_site(sample_tables, target, years=[2022], archive=[root / "corpora" / "sample" / "reports"])
    report = next(
        row for row in Store(sample_tables).rows("reports") if row["source_path"] == "2022/wangjiang-2022.pdf"
    )
    drawn = [
        page for page in (target / "rows").glob(f"{report['report_id']}-*.html") if "<image" in page.read_text("utf-8")
    ]
    assert len(drawn) > 40
    for page in drawn:
        text = page.read_text(encoding="utf-8")
        (link,) = re.findall(r'<image href="([^"]+)"', text)
        assert (page.parent / link).read_bytes().startswith(b"\x89PNG")
        assert 'class="hit"' in text
    assert {path.name for path in (target / "pages").iterdir()} >= {f"{report['report_id']}-1.png"}


@pytest.mark.slow
def test_a_choice_holds_nothing_else(site: Path, sample_tables: Path) -> None:
    reports = Store(sample_tables).rows("reports")
    chosen = {row["report_id"] for row in reports if row["report_year"] == 2021}
    assert {page.stem for page in (site / "reports").glob("*.html")} == chosen
    assert (site / "en" / "index.html").is_file()
    assert "SQL" not in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_it_opens_from_the_file_system(site: Path) -> None:
    with browser() as page:
        page.look()
        page.open((site / "index.html").as_uri())
        assert page.value("getComputedStyle(document.querySelector('.top')).position") == "sticky"
        page.follow(lambda: page.click("ol.links a"))
        page.press("j", "j")
        assert page.value("document.querySelectorAll('.m.lit').length") >= 1
        page.follow(lambda: page.press("Enter"))
        assert page.value("document.querySelector('mark').textContent.length") > 3
        assert page.complaints == []
        assert [asked for asked in page.asked if not asked.startswith(("file:", "about:"))] == []


def test_other_folders_and_empty_choices_are_refused(sample_tables: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputRefused):
        write_site(sample_tables, tmp_path / "mine")
    with pytest.raises(BadQuery):
        write_site(sample_tables, tmp_path / "none", counties=["nowhere'; drop table reports; --"])
    shutil.rmtree(tmp_path / "mine")
