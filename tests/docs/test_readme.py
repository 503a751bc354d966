"""The Python of the README runs as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from durable_workflow.testing import dev_server
from support.imports import ROOT

BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
URL = "http://127.0.0.1:8080"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as address:
        yield address


def run(block: str, url: str, folder: Path, more: str = "") -> str:
    program = folder / "snippet.py"
    program.write_text((block + more).replace(URL, url), encoding="utf-8")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def block_with(text: str) -> str:
    (found,) = [block for block in BLOCKS if text in block]
    return found


def test_every_block_is_covered_here() -> None:
    covered = {block_with(text) for text in ("greeter", '"approval"', "place_order", "dev_server()")}
    assert covered == set(BLOCKS)


def test_the_first_workflow_prints_what_the_readme_says(url: str, tmp_path: Path) -> None:
    printed = run(block_with("greeter"), url, tmp_path)
    assert printed == "['Hello, Ada!', 'Hello, Grace!']\n"
    assert printed in (ROOT / "README.md").read_text(encoding="utf-8")


APPROVE = """

import asyncio

from durable_workflow import Client, Worker


async def main():
    async with Client("http://127.0.0.1:8080") as client:
        worker = Worker(client, task_queue="approvals", workflows=[Approval])
        handle = await client.start_workflow(
            workflow_type="approval", task_queue="approvals", workflow_id="approval-1"
        )
        await handle.signal("approve", ["alice"])
        await worker.run_until(workflow_id="approval-1")
        print(await handle.result())


asyncio.run(main())
"""

ORDER = """

import asyncio
import threading

import durable_workflow as dw


class Boom(Exception):
    pass


@dw.workflow.defn(name="order_fulfilment")
class Order:
    @dw.workflow.signal("approve_shipment")
    def approve(self, name):
        self.approver = name

    async def run(self, ctx, order):
        await ctx.wait_condition(lambda: hasattr(self, "approver"))
        raise Boom(self.approver)


async def work():
    async with dw.Client("http://127.0.0.1:8080") as client:
        await dw.Worker(client, task_queue="orders", workflows=[Order]).run_until(workflow_id="order-7")


with Client("http://127.0.0.1:8080") as client:
    client.start_workflow(
        workflow_type="order_fulfilment", task_queue="orders", workflow_id="order-7", input=[{}]
    )
thread = threading.Thread(target=lambda: asyncio.run(work()), daemon=True)
thread.start()
print(place_order({"id": 7}))
thread.join()
"""


def test_the_signal_workflow_waits_for_its_signal(url: str, tmp_path: Path) -> None:
    assert run(block_with('"approval"'), url, tmp_path, APPROVE) == "alice\n"


def test_the_client_snippet_meets_its_own_duplicate_and_reports_the_failure(url: str, tmp_path: Path) -> None:
    assert run(block_with("place_order"), url, tmp_path, ORDER) == "Boom: alice\n"


def test_the_test_server_snippet_prints_serving(url: str, tmp_path: Path) -> None:
    assert run(block_with("dev_server()"), url, tmp_path) == "serving\n"
