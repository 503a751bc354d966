"""The TypeScript example starts a workflow that Python hosts, and executes its activity.

It needs Node and the packages of the example, which it installs. `make deep` leaves this file out, and says
so, where Node is missing; called directly it fails there with the remedy.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.typescript_example import build

from durable_workflow import Client
from support.greeter_worker import LONG
from support.processes import Process, ServerProcess

pytestmark = pytest.mark.deep

LENGTH = len("Hello, , from TypeScript!") + LONG
WORKER_READY = re.compile("worker ready")


@pytest.fixture(scope="module")
def program() -> Path:
    return build()


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    server = ServerProcess(tmp_path, "--poll-timeout", "2")
    server.start()
    worker = Process("support.greeter_worker", server.url, log=tmp_path / "worker.log")
    try:
        worker.wait_for(WORKER_READY)
        yield server.url
    finally:
        worker.kill()
        server.kill()


async def test_a_typescript_program_starts_a_workflow_and_executes_its_activity(
    program: Path, url: str
) -> None:
    command = ["node", str(program), url, "greeting-1", "Zoë 🚀"]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["Hello, Zoë 🚀, from TypeScript!", LENGTH]
    async with Client(url) as client:
        handle = client.get_workflow_handle("greeting-1")
        assert await handle.result(timeout=10) == json.loads(done.stdout)
        history = await client.get_history("greeting-1", (await handle.describe()).run_id)
    assert [event["event_type"] for event in history["events"]].count("ActivityCompleted") == 2


async def test_a_failure_in_typescript_keeps_its_type_and_message(program: Path, url: str) -> None:
    command = ["node", str(program), url, "greeting-2", "nobody"]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["RangeError: there is nobody to greet (activity greet)", LENGTH]
