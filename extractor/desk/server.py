"""Server: the application behind a socket, on loopback unless told otherwise."""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from extractor.desk.app import make_app
from extractor.desk.desk import Desk
from extractor.desk.guard import names_of
from extractor.errors import OutputRefused


def serve(
    folder: Path,
    *,
    archive: Sequence[Path] = (),
    host: str = "127.0.0.1",
    port: int = 8765,
    names: Sequence[str] = (),
    reviewer: str = "",
    patterns: Path | None = None,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve the folder until interrupted; `ready` gets the address. Raises OutputRefused where the port is taken."""
    desk = Desk(folder, archive=archive, patterns=patterns)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as fault:
        raise OutputRefused(f"cannot listen on {host}:{port}", remedy="choose another --port") from fault
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{listening.getsockname()[1]}/")
    application = make_app(desk, names_of(host, names), reviewer=reviewer)
    config = uvicorn.Config(application, log_level="warning", server_header=False, lifespan="on")
    uvicorn.Server(config).run(sockets=[listening])
