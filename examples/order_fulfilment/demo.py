"""An order survives the death of its worker and of its server: `python -m examples.order_fulfilment.demo`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from durable_workflow import Client, WorkflowHandle
from durable_workflow.errors import CallError
from examples.order_fulfilment._processes import OrderWorker, Server
from examples.order_fulfilment._report import (
    Event,
    Narrator,
    in_words,
    print_attempts,
    print_history,
    problems,
)
from examples.order_fulfilment.worker import TASK_QUEUE

ORDER = {"order_id": "1001", "items": ["kettle", "cups"], "cents": 4200}
EXPECTED = {
    "order_id": "1001",
    "payment": "PAY-1001-4200",
    "tracking": "TRACK-RSV-1001-alice",
    "receipt": "receipt for 1001: PAY-1001-4200, TRACK-RSV-1001-alice",
}


class Story:
    """Follows the history of the order and tells what is new."""

    def __init__(self, client: Client, handle: WorkflowHandle, narrator: Narrator) -> None:
        self._client = client
        self._handle = handle
        self._narrator = narrator
        self.events: list[Event] = []

    async def until(self, wanted: Callable[[Event], bool]) -> None:
        """Return as soon as the history holds an event that is wanted."""
        while not any(wanted(event) for event in await self.catch_up()):
            await asyncio.sleep(0.1)

    async def catch_up(self) -> list[Event]:
        """Read the history, tell what is new and return all of it."""
        try:
            history = await self._client.get_history(self._handle.workflow_id, str(self._handle.run_id))
        except CallError:
            return []
        new, self.events = history["events"][len(self.events) :], history["events"]
        for event in new:
            if text := in_words(event):
                self._narrator.say("history", text)
        return self.events


def is_event(event_type: str, **members: Any) -> Callable[[Event], bool]:
    """Return a test for an event of this type with these payload members."""
    return lambda event: (
        event["event_type"] == event_type and members.items() <= dict(event["payload"]).items()
    )


async def play(folder: Path) -> int:
    """Tell the whole story; 0 when the order ended as it must."""
    narrator, server, worker = Narrator(), Server(folder), OrderWorker(folder)
    try:
        await server.run()
        narrator.say("server", f"started at {server.url}, database {server.database}")
        await worker.run(server.url)
        narrator.say("worker", f"started, process {worker.pid}")
        async with Client(server.url) as client:
            return await fulfil(client, server, worker, narrator)
    finally:
        await worker.kill()
        await server.kill()


async def fulfil(client: Client, server: Server, worker: OrderWorker, narrator: Narrator) -> int:
    """Start the order, kill both processes on the way, and judge the end."""
    # No time-outs: an order may wait for days for its approval.
    handle = await client.start_workflow(
        workflow_type="order_fulfilment",
        task_queue=TASK_QUEUE,
        workflow_id="order-1001",
        input=[ORDER],
        execution_timeout_seconds=None,
        run_timeout_seconds=None,
    )
    narrator.say("you", f"start {handle.workflow_id}, run {handle.run_id}")
    story = Story(client, handle, narrator)

    await story.until(is_event("ActivityStarted", activity_type="charge_payment", attempt_number=2))
    await worker.kill()
    narrator.say("KILL", "SIGKILL to the worker in the middle of charge_payment; its lease must run out")
    await worker.run(server.url)
    narrator.say("worker", f"started again, process {worker.pid}")

    await story.until(is_event("TimerScheduled"))
    await server.kill()
    narrator.say("KILL", "SIGKILL to the server while the timer runs")
    await asyncio.sleep(1)
    await server.run()
    narrator.say("server", f"started again at {server.url} on the same database")

    await story.until(is_event("TimerFired"))
    await handle.signal("approve_shipment", ["alice"])
    narrator.say("you", "send the signal approve_shipment")
    result = await handle.result(timeout=30)
    await story.catch_up()
    narrator.say("result", str(result))
    return judge(story.events, result)


def judge(events: list[Event], result: object) -> int:
    """Print the history and the verdict; 0 when nothing is wrong."""
    print_history(events)
    print_attempts(events)
    wrong = problems(events, result, EXPECTED)
    for problem in wrong:
        print(f"\n  WRONG: {problem}")
    if not wrong:
        print("\n  The result is right, and every step has exactly one terminal event.")
    return 1 if wrong else 0


def main() -> int:
    """Play the demo in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="durable-workflow-demo-") as folder:
        return asyncio.run(asyncio.wait_for(play(Path(folder)), timeout=60))


if __name__ == "__main__":
    sys.exit(main())
