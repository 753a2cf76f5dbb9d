"""Guard: what a request must be before a page sees it, and what every answer says to the browser.

Refused: a Host that is not ours (a name of a stranger that was pointed at this machine), a POST from another page or
without the token of this run. Every answer forbids whatever is not ours: no network, no frame, no inline script.
"""

import secrets
from collections.abc import Iterable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_SAID = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # same-origin: a POST of ours must still say where it comes from
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def names_of(host: str, others: Iterable[str] = ()) -> frozenset[str]:
    """Names by which a request may call this server: what it listens on, loopback, those that were added."""
    return frozenset((*_LOOPBACK, host, *others)) - {"0.0.0.0", "::"}


def new_token() -> str:
    """What a POST of this run must carry."""
    return secrets.token_urlsafe(24)


class Guard:
    """ASGI: checks the Host, takes the language off the path (/en/…), adds the headers."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SAID.items():
                    headers.setdefault(name, value)
            await send(message)

        if name_of(Headers(scope=scope).get("host", "")) not in self._names:
            answer = PlainTextResponse("this server goes by another name\n", status_code=421)
            await answer(scope, receive, with_headers)
            return
        await self._app(_spoken(scope), receive, with_headers)


def name_of(host: str) -> str:
    """A Host without its port.

    >>> name_of("127.0.0.1:8765"), name_of("[::1]:8765"), name_of("LOCALHOST")
    ('127.0.0.1', '::1', 'localhost')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _spoken(scope: Scope) -> Scope:
    """The scope with its language, and its path without it."""
    path = scope["path"]
    if path == "/en" or path.startswith("/en/"):
        return {**scope, "path": path[3:] or "/", "language": "en"}
    return {**scope, "language": "zh"}


def own_post(headers: Headers, given: Any, token: str) -> bool:
    """True if a POST comes from a page of ours: with the token, and from no other site."""
    return (
        isinstance(given, str)
        and secrets.compare_digest(given.encode(), token.encode())
        and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    )
