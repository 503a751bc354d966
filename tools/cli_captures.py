"""Captures of the command line for docs/cli.md: a real server, a real worker, real output.

`python -m tools.cli_captures` writes docs/images/cli-*.svg and prints the text; a test holds the text
against the document. What differs from run to run (ids made by the server, times) is replaced by text of the
same width.
"""

from __future__ import annotations

import asyncio
import io
import re
import shlex
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen
from click.testing import CliRunner
from rich.console import Console
from rich.text import Text

from durable_workflow import Client, Worker, activity, workflow
from durable_workflow.cli._commands import group
from durable_workflow.testing import dev_server

__all__ = ["Capture", "captures"]

IMAGES = Path(__file__).parents[1] / "docs" / "images"
_WIDTH = 110
_COMMANDS = {
    "start": """workflow start order -q orders --id order-17 --arg '{"item": "ink", "cents": 1250}'""",
    "list": "workflow list",
    "signal": "workflow signal order-17 approve --arg text:Ada --wait",
    "history": "workflow history order-17",
    "describe": "workflow describe order-17",
    "failure": "workflow describe order-18",
}
_PATIENCE = 30.0


@frozen
class Capture:
    """One command and what it writes.

    Attributes:
        name: Its name here.
        command: What a person types behind `durable-workflow`.
        text: What it writes into a pipe, errors first, as the document has it.
        colored: What it writes on a terminal.
    """

    name: str
    command: str
    text: str
    colored: str


@activity.defn(name="charge")
def _charge(order: dict[str, Any]) -> str:
    return f"receipt over {order['cents']} cents"


@workflow.defn(name="order")
class _Order:
    def __init__(self) -> None:
        self._approver: str | None = None

    @workflow.signal("approve")
    def approve(self, approver: str) -> None:
        self._approver = approver

    async def run(self, ctx: workflow.WorkflowContext, order: dict[str, Any]) -> dict[str, Any]:
        await ctx.wait_condition(lambda: self._approver is not None, key="approval")
        receipt = await ctx.schedule_activity("charge", [order])
        return {"receipt": receipt, "approved_by": self._approver}


@contextmanager
def _working(url: str) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    begun = threading.Event()
    running: list[asyncio.Task[None]] = []

    async def work() -> None:
        async with Client(url) as client:
            worker = Worker(client, task_queue="orders", workflows=[_Order], activities=[_charge])
            running.append(asyncio.ensure_future(worker.run()))
            begun.set()
            await asyncio.wait(running)

    def serve() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(work())

    thread = threading.Thread(target=serve)
    thread.start()
    begun.wait(_PATIENCE)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(running[0].cancel)
        thread.join(_PATIENCE)


def captures() -> list[Capture]:
    """Run the commands one after the other and return what they write."""
    with dev_server(poll_timeout=1) as url, _working(url):
        return [_capture(url, name, command) for name, command in _COMMANDS.items()]


def _capture(url: str, name: str, command: str) -> Capture:
    text = _run(url, command)
    if name == "start":
        _until_it_waits(url)
    # Only commands that change nothing are run twice.
    colored = _run(url, f"{command} --color always") if name in ("list", "history") else text
    return Capture(name, command, _steady(text), _steady(colored))


def _run(url: str, command: str) -> str:
    environment = {
        "COLUMNS": str(_WIDTH),
        "DURABLE_WORKFLOW_CONFIG": "/nowhere",
        "DURABLE_WORKFLOW_SERVER_URL": url,
        "NO_COLOR": None,
    }
    done = CliRunner(env=environment).invoke(group, shlex.split(command), prog_name="durable-workflow")
    return (done.stderr + done.stdout).replace(url, "http://127.0.0.1:8080")


def _until_it_waits(url: str) -> None:
    from durable_workflow.sync import Client as SyncClient

    with SyncClient(url) as client:
        for event in client.get_workflow_handle("order-17").iter_history(follow=True):
            if event["event_type"] == "ConditionWaitOpened":
                return


def _steady(text: str) -> str:
    """Replace what differs from run to run."""
    text = re.sub(r"\b20\d\d-\d\d-\d\d([ T])\d\d:\d\d:\d\d", r"2026-11-22\g<1>09:30:00", text)
    return re.sub(r"\b01[0-9a-z]{24}\b", "01kan3v9q2x4m8r6t0w5y7z1bc", text, flags=re.IGNORECASE)


def _write_image(capture: Capture) -> None:
    console = Console(record=True, width=_WIDTH, file=io.StringIO())
    console.print(Text(f"$ durable-workflow {capture.command}", style="bold"))
    console.print(Text.from_ansi(capture.colored))
    image = console.export_svg(title="durable-workflow", unique_id=f"cli-{capture.name}")
    # Nothing is loaded from elsewhere: the reader's own monospaced font will do.
    image = re.sub(r"@font-face \{.*?\}\s*", "", image, flags=re.DOTALL).replace("Fira Code", "monospace")
    image = "\n".join(line.rstrip() for line in image.splitlines())
    (IMAGES / f"cli-{capture.name}.svg").write_text(f"{image}\n", encoding="utf-8")


def main() -> None:
    """Write the images and print the text."""
    IMAGES.mkdir(exist_ok=True)
    for capture in captures():
        if capture.colored != capture.text:
            _write_image(capture)
        print(f"$ durable-workflow {capture.command}\n{capture.text}")


if __name__ == "__main__":
    main()
