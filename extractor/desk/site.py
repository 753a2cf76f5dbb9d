"""Site: the pages of the desk as files, to hand over on a stick; opens from the file system, needs no server.

Comes in: a written folder, the counties and years that are wanted. Goes out: a folder with `index.html`, in Chinese and
English. Lists are split by county and year; there is no SQL box and no filter, and pictures of pages only where the
archive is named. Refuses a folder that holds something else.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

from extractor.desk.desk import Context, Desk, PageView
from extractor.desk.listing import Asked
from extractor.desk.listings import BY_LISTING, LISTINGS
from extractor.desk.pages.documents import document_page
from extractor.desk.pages.findings import queue_page
from extractor.desk.pages.lists import list_page
from extractor.desk.pages.overview import overview
from extractor.desk.pages.places import place_list, place_page
from extractor.desk.pages.reports import evidence_page, report_page
from extractor.desk.render import STATIC, render
from extractor.errors import BadQuery, OutputRefused

_MARK = ".govreport-site"
_ROWS = ("indicators", "citations", "commitments", "problems", "findings")
# what a place would have to be called to be no name of a file
_ALL = 1_000_000
Made = tuple[str, Context]


def write_site(
    folder: Path,
    target: Path,
    *,
    counties: Sequence[str] = (),
    years: Sequence[int] = (),
    archive: Sequence[Path] = (),
) -> int:
    """Write the site and give the number of its pages; raises OutputRefused, BadQuery where nothing is chosen."""
    if target.exists() and any(target.iterdir()) and not (target / _MARK).is_file():
        raise OutputRefused("holds something that is not ours", where=str(target), remedy="name a new folder with -o")
    desk = Desk(folder, counties=counties, years=years, archive=archive, held=True)
    if not desk.database.value("SELECT count(*) FROM reports"):
        raise BadQuery(
            "no report of that choice", remedy="see govreport query OUT 'select distinct county from reports'"
        )
    target.mkdir(parents=True, exist_ok=True)
    (target / _MARK).write_text("", encoding="utf-8")
    shutil.copytree(STATIC, target / "static", dirs_exist_ok=True)
    return sum(_write(desk, target, language) for language in ("zh", "en"))


def _write(desk: Desk, target: Path, language: str) -> int:
    chunks = _chunks(desk)
    count = 0
    for path, query, make in _pages(desk, chunks):
        name = _file(path, query, chunks, language)
        view = PageView(language, _addresses(name, chunks), static=True)
        template, context = make(view)
        shared = {"active": path.strip("/").partition("/")[0] or "overview", "here": path, "query": query,
                  "token": "", "reviewer": "", "chunks": chunks}  # fmt: skip
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render(template, view, {**shared, **context}), encoding="utf-8")
        _write_picture(target, context)
        count += 1
    return count


def _write_picture(target: Path, context: Context) -> None:
    """The page that stands behind the row of an evidence page, once for all its rows."""
    page = context.get("page")
    if not isinstance(page, dict) or page.get("picture") is None:
        return
    file = target / _picture(context["report"]["report_id"], page["number"])
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(page["picture"].png)


def _picture(report_id: str, number: object) -> str:
    return f"pages/{report_id}-{number}.png"


def _chunks(desk: Desk) -> list[dict[str, str]]:
    """County and year of the reports, as the queries that split the lists."""
    rows = desk.database.rows("SELECT DISTINCT county, report_year FROM reports ORDER BY 2 NULLS LAST, 1 NULLS LAST")
    return [{"county": row["county"] or "-", "report_year": str(row["report_year"] or "-")} for row in rows]


def _pages(desk: Desk, chunks: list[dict[str, str]]) -> Iterator[tuple[str, dict[str, str], Any]]:
    """Path, query and maker of every page."""
    ask = desk.database
    yield "/", {}, lambda view: overview(desk, view)
    yield "/places", {}, lambda view: place_list(desk, view, {})
    for listing in LISTINGS:
        split = {"county", "report_year"} <= set(listing.facets)
        for query in chunks if split else [{}]:
            yield f"/{listing.name}", query, lambda view, name=listing.name, q=query: _list(desk, view, name, q)
        if split:
            first = chunks[0]
            yield f"/{listing.name}", {}, lambda view, name=listing.name, q=first: _list(desk, view, name, q)
    for row in ask.rows(
        "SELECT DISTINCT coalesce(division_code, region) AS place FROM reports WHERE region IS NOT NULL"
    ):
        yield f"/places/{row['place']}", {}, lambda view, place=row["place"]: place_page(desk, view, place)
    for row in ask.rows("SELECT report_id FROM reports"):
        yield f"/reports/{row['report_id']}", {}, lambda view, one=row["report_id"]: report_page(desk, view, one)
    for row in ask.rows("SELECT document_id FROM documents"):
        yield (
            f"/documents/{row['document_id']}",
            {},
            lambda view, one=row["document_id"]: document_page(desk, view, one),
        )
    for table in _ROWS:
        key = f"{table.removesuffix('s')}_id"
        for row in ask.rows(f"SELECT {key} AS id FROM {table}"):
            yield f"/rows/{row['id']}", {}, lambda view, one=row["id"]: evidence_page(desk, view, one)


def _list(desk: Desk, view: PageView, name: str, query: dict[str, str]) -> Made:
    asked = Asked(dict(query))
    if name == "findings":
        return queue_page(desk, view, asked, most=_ALL)
    return list_page(desk, view, BY_LISTING[name], asked, most=_ALL)


def _file(path: str, query: dict[str, str], chunks: list[dict[str, str]], language: str) -> str:
    """The file of a page; a list that is asked for in another way than it is split is its first part."""
    name = path.strip("/") or "index"
    wanted = {key: value for key, value in query.items() if key in ("county", "report_year")}
    if name in BY_LISTING and len(wanted) == 2 and wanted in chunks:
        name = f"{name}-{chunks.index(wanted) + 1}"
    head, slash, tail = name.partition("/")
    # a place without a code is called by its name: as a file by the numbers of its characters
    safe = tail if tail.isascii() and tail.replace("-", "").isalnum() else "-".join(f"{ord(mark):x}" for mark in tail)
    return ("en/" if language == "en" else "") + (f"{head}/{safe}" if slash else name) + ".html"


def _addresses(current: str, chunks: list[dict[str, str]]) -> Any:
    """How a page in this file calls the others."""
    here = str(Path(current).parent)

    def address(path: str, asked: str, language: str) -> str:
        if path.startswith("/static/"):
            file = path.strip("/")
        elif path.endswith(".png"):
            report_id, _, number = path.removeprefix("/reports/").removesuffix(".png").partition("/pages/")
            file = _picture(report_id, number)
        else:
            file = _file(path, dict(parse_qsl(asked.removeprefix("?"))), chunks, language)
        return quote(os.path.relpath(file, here).replace(os.sep, "/"))

    return address
