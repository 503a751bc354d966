"""Replaying runs of a running server: by the library and by the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from durable_workflow import Client, Worker
from durable_workflow.replayer import Replayer
from durable_workflow.testing import dev_server

CODE = """
import asyncio

from durable_workflow import activity, workflow


@activity.defn(name="double")
def double(number):
    return 2 * number


@workflow.defn(name="doubling")
class Doubling:
    async def run(self, ctx, *numbers):
        await ctx.side_effect(lambda: 7)
        return await asyncio.gather(*(ctx.schedule_activity("double", [number]) for number in numbers))
"""


@pytest.fixture
async def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """Address of a server that holds two finished runs."""
    (tmp_path / "doubling_code.py").write_text(CODE)
    monkeypatch.syspath_prepend(str(tmp_path))
    import doubling_code  # type: ignore[import-not-found]

    with dev_server() as address:
        async with Client(address) as client:
            worker = Worker(
                client, task_queue="q", workflows=[doubling_code.Doubling], activities=[doubling_code.double]
            )
            for number in (1, 2):
                await client.start_workflow(
                    workflow_type="doubling", task_queue="q", workflow_id=f"w-{number}", input=[number, 5]
                )
                await worker.run_until(workflow_id=f"w-{number}")
        yield address
    del sys.modules["doubling_code"]


def replay(folder: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "durable_workflow", "replay", "--server-url", url, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder)


async def test_a_running_server_is_replayed(url: str, tmp_path: Path) -> None:
    import doubling_code

    replayer = Replayer([doubling_code.Doubling])
    async with Client(url) as client:
        report = await replayer.replay_workflow(client, "w-1")
        assert report.finished
        assert [each.fits async for each in replayer.check_workflows(client)] == [True, True]
        assert len([each async for each in replayer.check_workflows(client, limit=1)]) == 1
        bundle = await client.export_history("w-1", report.run.run_id)
    file = tmp_path / "w-1.json"
    file.write_text(json.dumps(bundle))
    _commands(url, tmp_path, file)


def _commands(url: str, folder: Path, file: Path) -> None:
    done = replay(folder, url, "-w", "doubling_code", str(file), "--workflow-id", "w-2", "--from-server")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("fits") == 4
    (folder / "doubling_code.py").write_text(CODE.replace('"double", [number]', '"treble", [number]'))
    done = replay(folder, url, "-w", "doubling_code:Doubling", str(file), "--json")
    assert done.returncode == 1
    (report,) = json.loads(done.stdout)
    assert report["fits"] is False
    assert report["problem"]["type"] == "NonDeterministicReplayError"
    assert "asks for activity 'treble'" in report["problem"]["message"]
    assert "doubling_code.py" in report["problem"]["message"]
    for wrong in (
        ["-w", "doubling_code"],
        ["-w", "nowhere", str(file)],
        ["-w", "doubling_code:No", str(file)],
    ):
        assert replay(folder, url, *wrong).returncode == 2
