"""A real browser for tests: headless Chromium, driven over two pipes, so that no driver and no port is needed.

`Page` opens addresses, presses keys, asks for values of JavaScript, keeps every address that the page asked for, and
takes pictures. Use `browser()`; it is skipped where no Chromium is installed.
"""

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SECONDS = 30.0
_CODES = {"Enter": 13, "Escape": 27}


class Page:
    """One tab."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._buffer = b""
        self._sent = 0
        self._session: str | None = None
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._loaded = 0
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._call(f"{domain}.enable")

    def _call(self, method: str, **values: Any) -> dict[str, Any]:
        self._sent += 1
        message: dict[str, Any] = {"id": self._sent, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        number = self._sent
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            got = self._next()
            if got.get("id") == number:
                if "error" in got:
                    raise RuntimeError(f"{method}: {got['error']['message']}")
                result: dict[str, Any] = got["result"]
                return result
        raise TimeoutError(method)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._reading], [], [], _SECONDS)[0]:
                raise TimeoutError("the browser says nothing")
            part = os.read(self._reading, 1 << 20)
            if not part:
                raise RuntimeError("the browser is gone")
            self._buffer += part
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        values = message.get("params", {})
        if message.get("method") == "Network.requestWillBeSent":
            self.asked.append(values["request"]["url"])
        elif message.get("method") == "Page.loadEventFired":
            self._loaded += 1
        elif message.get("method") == "Log.entryAdded" and values["entry"]["level"] == "error":
            self.complaints.append(values["entry"]["text"])
        elif message.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(values["exceptionDetails"]["text"])

    def look(self, *, width: int = 1440, height: int = 900, dark: bool = False) -> None:
        """Size of the window, and light or dark."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        wanted = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._call("Emulation.setEmulatedMedia", features=wanted)

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        before = self._loaded
        self._call("Page.navigate", url=address)
        self._until(lambda: self._loaded > before, address)

    def follow(self, action: Any) -> None:
        """Do what leads to another page, and wait until that is loaded."""
        before = self._loaded
        action()
        self._until(lambda: self._loaded > before, "the next page")

    def _until(self, done: Any, what: str) -> None:
        end = time.monotonic() + _SECONDS
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(what)
            # asked between two pages there is none to answer
            with contextlib.suppress(RuntimeError):
                self.value("1")
            time.sleep(0.02)

    def wait(self, script: str) -> None:
        """Wait until the JavaScript is true."""
        self._until(lambda: self.value(script), script)

    def value(self, script: str) -> Any:
        """The value of some JavaScript; promises are waited for."""
        got = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in got:
            raise RuntimeError(str(got["exceptionDetails"].get("exception", {}).get("description")))
        return got["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            text = "\r" if key == "Enter" else key if len(key) == 1 else ""
            code = _CODES.get(key, ord(key[0].upper()))
            self._call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text, windowsVirtualKeyCode=code)
            self._call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def click(self, selector: str) -> None:
        """Click what the selector finds first."""
        self.value(f"document.querySelector({json.dumps(selector)}).click()")

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """A PNG of the page."""
        got = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **self._clip(whole))
        path.write_bytes(base64.b64decode(got["data"]))

    def _clip(self, whole: bool) -> dict[str, Any]:
        if not whole:
            return {}
        size = self._call("Page.getLayoutMetrics")["cssContentSize"]
        height = min(size["height"], 6000)
        return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}}


@contextmanager
def browser() -> Iterator[Page]:
    """A tab of a fresh browser without history; skips the test where there is no browser."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    theirs, writing = os.pipe()
    reading, theirs_too = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # the browser reads from 3 and writes to 4
        command = (
            f'exec "{program}" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run '
            "--disable-background-networking --disable-component-update --disable-sync --hide-scrollbars "
            f'--remote-debugging-pipe --user-data-dir="{profile}" 3<&{theirs} 4>&{theirs_too}'
        )
        process = subprocess.Popen(
            ["bash", "-c", command],
            pass_fds=(theirs, theirs_too),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs)
        os.close(theirs_too)
        try:
            yield Page(reading, writing)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            os.close(reading)
            os.close(writing)
