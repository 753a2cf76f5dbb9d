"""App: the pages behind addresses. Each list is also CSV and JSON under the same address plus `.csv` or `.json`.

Comes in: a Desk. Goes out: an ASGI application. Work is done in threads; nothing is kept between requests but caches.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from extractor.desk.desk import Context, Desk, PageView
from extractor.desk.guard import Guard, new_token, own_post
from extractor.desk.listing import asked_of, csv_parts, json_parts, streamed
from extractor.desk.listings import BY_LISTING
from extractor.desk.pages.documents import document_page
from extractor.desk.pages.findings import decide, queue_page, settle
from extractor.desk.pages.lists import list_page
from extractor.desk.pages.overview import overview
from extractor.desk.pages.places import place_list, place_page
from extractor.desk.pages.reports import evidence_page, report_page
from extractor.desk.pages.sql import SECONDS, sql_page
from extractor.desk.render import STATIC, render
from extractor.errors import GovreportError, UnknownRow
from extractor.languages import chinese_detail

_MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
# bytes of a form: a decision and its comment; more is no form of ours
_MOST_BODY = 20_000
Page = Callable[[Desk, PageView, Request], tuple[str, Context]]


def make_app(desk: Desk, names: frozenset[str], *, reviewer: str = "", token: str | None = None) -> Starlette | Guard:
    """The application; `names` are the hosts that it answers to."""
    site = _Site(desk, reviewer, token or new_token())
    routes = [
        Route("/", site.page("overview", lambda d, v, _: overview(d, v))),
        Route("/places", site.page("places", lambda d, v, r: place_list(d, v, dict(r.query_params)))),
        Route("/places/{place:path}", site.page("places", lambda d, v, r: place_page(d, v, r.path_params["place"]))),
        Route("/reports/{report_id}", site.page("reports", lambda d, v, r: report_page(d, v, r.path_params["report_id"]))),
        Route("/reports/{report_id}/pages/{number:int}.png", site.picture),
        Route("/reports/{report_id}/text.txt", site.text),
        Route("/rows/{row_id}.json", site.row),
        Route("/rows/{row_id}", site.page("", lambda d, v, r: evidence_page(d, v, r.path_params["row_id"]))),
        Route("/documents/{document_id}", site.page("documents", lambda d, v, r: document_page(d, v, r.path_params["document_id"]))),
        Route("/findings", site.page("findings", _queue)),
        Route("/findings/{finding_id}", site.decide, methods=["POST"]),
        Route("/sql", site.page("sql", lambda d, v, r: sql_page(d, v, r.query_params.get("q", "")))),
        Route("/sql.{form}", site.answer),
        Route("/{listing}.{form}", site.stream),
        Route("/{listing}", site.page("", _list)),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]  # fmt: skip
    handlers: Any = {GovreportError: site.fault, 404: site.missing}

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        await run_in_threadpool(settle, desk)

    return Guard(Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan), names)


def _list(desk: Desk, view: PageView, request: Request) -> tuple[str, Context]:
    listing = BY_LISTING.get(request.path_params["listing"])
    if listing is None:
        raise UnknownRow(f"no list {request.path_params['listing']}", remedy="known: " + ", ".join(BY_LISTING))
    return list_page(desk, view, listing, asked_of(listing, request.query_params))


def _queue(desk: Desk, view: PageView, request: Request) -> tuple[str, Context]:
    return queue_page(desk, view, asked_of(BY_LISTING["findings"], request.query_params))


class _Site:
    """The answers: what they share is the desk and the token of this run."""

    def __init__(self, desk: Desk, reviewer: str, token: str) -> None:
        self.desk = desk
        self.reviewer = reviewer
        self.token = token

    def page(self, active: str, make: Page) -> Callable[[Request], Response]:
        """An endpoint that renders a page; Starlette runs it in a thread."""

        def answer(request: Request) -> Response:
            view = PageView(request.scope["language"])
            template, context = make(self.desk, view, request)
            return HTMLResponse(render(template, view, {**self._shared(request, active), **context}))

        return answer

    def _shared(self, request: Request, active: str) -> Context:
        return {
            "active": active or request.path_params.get("listing", ""),
            "here": request.url.path if request.scope["language"] == "zh" else request.scope["path"],
            "query": dict(request.query_params),
            "token": self.token,
            "reviewer": self.reviewer,
        }

    def stream(self, request: Request) -> Response:
        """All rows of a list as CSV or JSON."""
        listing, form = BY_LISTING.get(request.path_params["listing"]), request.path_params["form"]
        if listing is None or form not in _MEDIA:
            raise UnknownRow(f"no list {request.url.path}", remedy="known: " + ", ".join(BY_LISTING))
        parts = streamed(self.desk.database, listing, asked_of(listing, request.query_params), form)
        return _download(parts, form, listing.name)

    def answer(self, request: Request) -> Response:
        """The answer of the SQL box as CSV or JSON."""
        form = request.path_params["form"]
        if form not in _MEDIA:
            raise UnknownRow(f"no list {request.url.path}", remedy="known: csv, json")
        names, rows = self.desk.store.query(request.query_params.get("q", ""), seconds=SECONDS)
        maker = csv_parts if form == "csv" else json_parts
        return _download(maker(names, iter([rows] if rows else [])), form, "query")

    def row(self, request: Request) -> Response:
        """One row as JSON."""
        from extractor.desk.pages.reports import row_of

        table, row = row_of(self.desk, request.path_params["row_id"])
        text = json.dumps({"table": table, "row": row}, ensure_ascii=False, default=str)
        return Response(text + "\n", media_type="application/json")

    def text(self, request: Request) -> Response:
        """The kept text of a report."""
        return PlainTextResponse(self.desk.store.text_of(self._known(request)["report_id"]))

    def picture(self, request: Request) -> Response:
        """A page of a report as PNG."""
        found = self.desk.images.picture(self._known(request), request.path_params["number"])
        if found is None:
            raise UnknownRow(f"no picture of {request.url.path}", remedy="serve with --archive; only PDFs have pages")
        # the address holds the hash of the file: the picture is always the same
        return Response(found.png, media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    def _known(self, request: Request) -> dict[str, Any]:
        report = self.desk.report(request.path_params["report_id"])
        if report is None:
            raise UnknownRow(f"no report {request.path_params['report_id']}", remedy="see the list of reports")
        return report

    async def decide(self, request: Request) -> Response:
        """A decision about a finding, then back to the page it came from."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BODY:
                return PlainTextResponse("too long\n", status_code=413)
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        if not own_post(request.headers, form.get("token"), self.token):
            return PlainTextResponse("not from a page of this run: load it again\n", status_code=403)
        row = await run_in_threadpool(
            decide,
            self.desk,
            request.path_params["finding_id"],
            form.get("decision", ""),
            form.get("comment", ""),
            form.get("reviewer", self.reviewer),
        )
        if request.headers.get("accept") == "application/json":
            view = PageView(request.scope["language"])
            label = view.say(row["review"] or "undecided")
            return JSONResponse({"review": row["review"], "label": label, "comment": row["review_comment"]})
        view = PageView(request.scope["language"])
        back = dict(parse_qsl(form.get("back", "")))
        return RedirectResponse(view.link("/findings", back) + f"#{row['finding_id']}", status_code=303)

    def fault(self, request: Request, problem: Exception) -> Response:
        """What an error says, as a page: 404 for what is not there, 400 for what cannot be done."""
        language = request.scope["language"]
        detail = problem.detail if isinstance(problem, GovreportError) else str(problem)
        words = chinese_detail(detail) if language == "zh" else detail
        context = {**self._shared(request, ""), "words": words}
        status = 404 if isinstance(problem, UnknownRow) else 400
        return HTMLResponse(render("fault.html", PageView(language), context), status_code=status)

    def missing(self, request: Request, problem: Exception) -> Response:
        """An address that is none."""
        return self.fault(request, UnknownRow(f"no page {request.url.path}", remedy="begin at the first page"))


def _download(parts: Iterator[str], form: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}.{form}"'}
    return StreamingResponse(parts, media_type=_MEDIA[form], headers=headers)
