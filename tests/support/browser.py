"""Drives a headless Chromium through its debugging pipe; needs nothing but the browser."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# The pipe is file descriptors 3 and 4 of the browser.
LAUNCH = 'exec "$0" "$@" 3<&"$BROWSER_IN" 4>&"$BROWSER_OUT"'
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe")


def chromium() -> str | None:
    """Return the path of an installed Chromium, None without one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """One page of the browser; it remembers what the page asked for and complained about."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = os.fdopen(read, "rb", buffering=0), os.fdopen(write, "wb", buffering=0)
        self._ids, self._buffer, self._session = itertools.count(1), b"", ""
        self.requested: list[str] = []
        self.complaints: list[str] = []

    def attach(self, width: int, height: int) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)

    def open(self, url: str, *, arriving_at: str = "") -> None:
        """Load a page, perhaps by way of a redirect."""
        self.call("Page.navigate", url=url)
        place = json.dumps(arriving_at or url)
        self.wait_for(f"document.readyState === 'complete' && location.href === {place}")

    def value(self, expression: str) -> Any:
        """Return the value of a JavaScript expression."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_for(self, expression: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not self.value(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.05)

    def type(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def press(self, key: str, **more: Any) -> None:
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, **more)

    def screenshot(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        self._write.close()
        self._read.close()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its result."""
        number = next(self._ids)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != number:
            self._note(answer)
        assert "error" not in answer, (method, answer["error"])
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            chunk = self._read.read(1 << 16)
            assert chunk, "the browser ended"
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def _note(self, event: Mapping[str, Any]) -> None:
        told = event.get("params", {})
        if event.get("method") == "Network.requestWillBeSent":
            self.requested.append(told["request"]["url"])
        elif event.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(told["exceptionDetails"]["text"])
        elif event.get("method") == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.complaints.append(told["entry"]["text"])


def _blocked(reach: str) -> list[str]:
    """No name is found but one, and everything else would go through a proxy that is not there."""
    rules = f"MAP * ~NOTFOUND{f', EXCLUDE {reach}' if reach else ''}"
    return [f"--host-resolver-rules={rules}", "--proxy-server=http://127.0.0.1:9"]


@contextmanager
def tab(
    program: str, profile: Path, *, reach: str = "", width: int = 1280, height: int = 900
) -> Iterator[Tab]:
    """Run a browser with one page that reaches no host, or only the one named by `reach`."""
    (in_read, in_write), (out_read, out_write) = os.pipe(), os.pipe()
    command = ["bash", "-c", LAUNCH, program, *FLAGS, *_blocked(reach), f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        command,
        pass_fds=(in_read, out_write),
        env={**os.environ, "BROWSER_IN": str(in_read), "BROWSER_OUT": str(out_write)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(in_read)
    os.close(out_write)
    page = Tab(out_read, in_write)
    try:
        page.attach(width, height)
        yield page
    finally:
        page.close()
        process.terminate()
        process.wait(10)
