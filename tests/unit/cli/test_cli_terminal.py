"""The command line on a real terminal: a process of its own on a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from durable_workflow.cli._live import Waits
from durable_workflow.sync import Client
from durable_workflow.testing import dev_server

PATIENCE = 30.0


class Terminal:
    """A command that believes to be watched."""

    def __init__(self, url: str, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DURABLE_")},
            "DURABLE_WORKFLOW_SERVER_URL": url,
            "DURABLE_WORKFLOW_CONFIG": "/nowhere",
            "TERM": "xterm-256color",
            "COLUMNS": "120",
        }
        environment.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "durable_workflow", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.seen = ""

    def until(self, text: str) -> str:
        """Read until some text was written, colours taken away."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.plain and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.1)[0] and not self._read():
                break
        assert text in self.plain, self.seen
        return self.plain

    @property
    def plain(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.seen)

    def _read(self) -> bool:
        try:
            found = os.read(self.master, 65536)
        except OSError:
            # The other side is closed: the command has ended.
            return False
        self.seen += found.decode()
        return bool(found)

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        while self._read():
            pass
        code = self.process.wait(PATIENCE)
        os.close(self.master)
        return code


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as address, Client(address) as client:
        for name in ("watched", "left"):
            client.start_workflow(workflow_type="t", task_queue="q", workflow_id=name, input=[name])
        yield address


def test_progress_is_live_and_the_end_is_told(url: str) -> None:
    terminal = Terminal(url, "workflow", "result", "watched")
    terminal.until("WorkflowStarted")
    terminal.until("runs")
    with Client(url) as client:
        client.terminate_workflow("watched", reason="seen enough")
    assert terminal.end() == 1
    assert "Workflow terminated: seen enough" in terminal.plain and "WorkflowTerminated" in terminal.plain
    assert "\x1b[1mWorkflowTerminated" in terminal.seen


def test_tables_have_colours_on_a_terminal(url: str) -> None:
    terminal = Terminal(url, "workflow", "list")
    terminal.until("watched")
    assert terminal.end() == 0
    assert "\x1b[1m" in terminal.seen and "━" not in terminal.plain
    assert "workflow" in terminal.plain


def test_an_interrupted_wait_says_that_the_workflow_goes_on(url: str) -> None:
    terminal = Terminal(url, "workflow", "result", "left")
    terminal.until("WorkflowStarted")
    terminal.process.send_signal(signal.SIGINT)
    terminal.until("interrupted; what was started goes on")
    assert terminal.end() == 130


def event(kind: str, step: int | None = None, **payload: object) -> dict[str, object]:
    return {"event_type": kind, "payload": {"sequence": step, **payload}}


def test_what_a_run_waits_for_is_told_from_its_events() -> None:
    waits = Waits()
    assert waits.text() == "runs"
    waits.see(event("ActivityScheduled", 1, activity_type="charge"))
    waits.see(event("TimerScheduled", 2, fire_at="2026-11-22T10:00:05.000000Z"))
    waits.see(event("ChildWorkflowScheduled", 3, child_workflow_type="ship"))
    waits.see(event("ConditionWaitOpened", 4))
    assert waits.text() == "waits for activity charge, timer at 10:00:05, child workflow ship, condition"
    for kind, step in (("TimerFired", 2), ("ChildRunCompleted", 3), ("ActivityFailed", 1)):
        waits.see(event(kind, step))
    assert waits.text() == "waits for condition"
    waits.see(event("WorkflowContinuedAsNew"))
    assert waits.text() == "runs"
