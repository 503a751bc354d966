"""Signs of life of a running activity."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from durable_workflow import activity
from durable_workflow.errors import ActivityCancelled, ConnectionFailed, InvalidArgument, TaskLost
from durable_workflow.worker import Worker
from durable_workflow.worker import _heartbeats as module
from durable_workflow.worker._heartbeats import Heartbeats, heartbeat_interval
from support.scripted_client import ScriptedClient, activity_task

GO_ON = {"cancel_requested": False, "can_continue": True, "reason": None}


class Wire:
    """Records what is sent and answers in turn."""

    def __init__(self, *reactions: Any) -> None:
        self.sent: list[tuple[float, Any]] = []
        self.stopped = 0
        self._reactions = list(reactions)

    async def send(self, details: Any) -> Any:
        self.sent.append((time.monotonic(), details))
        await asyncio.sleep(0)
        reaction = self._reactions.pop(0) if self._reactions else GO_ON
        if isinstance(reaction, Exception):
            raise reaction
        return reaction

    def stop(self) -> None:
        self.stopped += 1

    @property
    def details(self) -> list[Any]:
        return [details for _, details in self.sent]

    def beats(self, interval: float) -> Heartbeats:
        return Heartbeats(self.send, interval, self.stop)


@pytest.mark.parametrize(
    ("policy", "interval"),
    [
        (None, 30.0),
        ({"heartbeat_timeout": None}, 30.0),
        ({"heartbeat_timeout": 3}, 1.0),
        ({"heartbeat_timeout": 600}, 30.0),
        ({"heartbeat_timeout": 0}, 30.0),
    ],
)
def test_a_third_of_the_timeout_lies_between_two_beats(policy: Any, interval: float) -> None:
    assert heartbeat_interval({"retry_policy": policy}) == interval


async def test_the_first_beat_goes_at_once_and_the_next_ones_with_the_newest_details_later() -> None:
    wire = Wire()
    beats = wire.beats(0.1)
    for step in range(50):
        await beats.beat({"step": step})
    assert wire.details == [{"step": 0}]
    await asyncio.sleep(0.25)
    assert wire.details == [{"step": 0}, {"step": 49}], "every sign of life is heard of, and only once"
    assert wire.sent[1][0] - wire.sent[0][0] >= 0.099
    await beats.close()


async def test_never_more_beats_than_the_interval_allows() -> None:
    wire = Wire()
    beats = wire.beats(0.1)
    end = time.monotonic() + 0.55
    while time.monotonic() < end:
        await asyncio.gather(beats.beat(1), beats.beat(2))
        await asyncio.sleep(0.01)
    await beats.close()
    gaps = [later[0] - earlier[0] for earlier, later in zip(wire.sent, wire.sent[1:], strict=False)]
    assert 4 <= len(wire.sent) <= 7
    assert min(gaps) >= 0.099


async def test_a_beat_after_the_interval_goes_at_once() -> None:
    wire = Wire()
    beats = wire.beats(0.05)
    await beats.beat(1)
    await asyncio.sleep(0.06)
    await beats.beat(2)
    assert wire.details == [1, 2]
    await beats.close()


async def test_nothing_is_sent_after_the_end() -> None:
    wire = Wire()
    beats = wire.beats(0.05)
    await beats.beat(1)
    await beats.beat(2)
    await beats.close()
    await asyncio.sleep(0.1)
    assert wire.details == [1]


async def test_a_requested_cancellation_is_raised_and_stays() -> None:
    stop = {"cancel_requested": True, "can_continue": False, "reason": "run_cancelled"}
    wire = Wire(stop)
    beats = wire.beats(0.01)
    for _ in range(2):
        with pytest.raises(ActivityCancelled, match="run_cancelled"):
            await beats.beat()
    assert (wire.stopped, beats.lost, len(wire.sent)) == (1, False, 1)


@pytest.mark.parametrize(
    "answer",
    [
        {"cancel_requested": False, "can_continue": False, "reason": "stale_attempt"},
        TaskLost("t", reason_code="stale_attempt"),
    ],
)
async def test_a_lost_attempt_is_raised_as_a_cancellation_that_is_not_reported(answer: Any) -> None:
    wire = Wire(answer)
    beats = wire.beats(0.01)
    with pytest.raises(ActivityCancelled, match=r"no longer held by this worker \(stale_attempt\)"):
        await beats.beat()
    assert (wire.stopped, beats.lost) == (1, True)


async def test_a_cancellation_that_a_late_beat_learns_is_raised_by_the_next_one() -> None:
    stop = {"cancel_requested": True, "can_continue": False, "reason": "run_cancelled"}
    wire = Wire(GO_ON, stop)
    beats = wire.beats(0.02)
    await beats.beat()
    await beats.beat()
    await asyncio.sleep(0.06)
    assert wire.stopped == 1
    with pytest.raises(ActivityCancelled):
        await beats.beat()
    assert len(wire.sent) == 2


async def test_an_outage_does_not_disturb_the_activity_and_the_beat_goes_again(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "_AGAIN_AFTER", 0.02)
    wire = Wire(ConnectionFailed("away"), ConnectionFailed("away"))
    beats = wire.beats(5)
    await beats.beat({"step": 1})
    await asyncio.sleep(0.1)
    assert wire.details == [{"step": 1}] * 3
    await beats.close()


async def test_details_that_cannot_be_sent_are_the_activitys_error() -> None:
    wire = Wire(InvalidArgument("details must be flat"))
    beats = wire.beats(0.01)
    with pytest.raises(InvalidArgument, match="flat"):
        await beats.beat({"a": {}})
    await asyncio.sleep(0.02)
    await beats.beat({"a": 1})
    assert len(wire.sent) == 2


async def run(client: ScriptedClient, *activities: Any, task: dict[str, Any], until: str) -> Any:
    worker = Worker(client, task_queue="queue", activities=activities, worker_id="me")
    running = asyncio.create_task(worker.run())
    client.activity_tasks.put_nowait(task)
    calls = await client.seen(until)
    await worker.stop()
    await running
    return calls[-1]


async def test_both_kinds_of_activity_beat_through_their_context() -> None:
    @activity.defn(name="plain")
    def plain() -> Any:
        activity.context().heartbeat_sync({"from": "thread"})
        return activity.context().info

    @activity.defn(name="coroutine")
    async def coroutine() -> Any:
        await activity.context().heartbeat({"from": "loop"})
        return activity.context().info.attempt_number

    @activity.defn(name="own loop")
    def own_loop() -> Any:
        asyncio.run(activity.context().heartbeat({"from": "own loop"}))

    for name, fn, came_from in (
        ("coroutine", coroutine, "loop"),
        ("own loop", own_loop, "own loop"),
    ):
        client, task = ScriptedClient(), activity_task(name, attempt_number=4)
        await run(client, fn, task=task, until="complete_activity_task")
        (beat,) = client.of("heartbeat_activity_task")
        assert beat == {
            "task_id": task["task_id"],
            "activity_attempt_id": task["activity_attempt_id"],
            "lease_owner": "worker",
            "details": {"from": came_from},
        }
    client = ScriptedClient()
    failure = await run(client, plain, task=activity_task("plain"), until="fail_activity_task")
    assert len(client.of("heartbeat_activity_task")) == 1
    assert "ActivityInfo" in failure["message"], "the context told the function who it is"


async def test_a_cancelled_plain_activity_sees_it_and_its_failure_is_reported() -> None:
    seen: list[bool] = []

    @activity.defn(name="plain")
    def plain() -> None:
        try:
            activity.context().heartbeat_sync()
        finally:
            seen.append(activity.context().is_cancelled)

    client = ScriptedClient()
    stop = {"cancel_requested": True, "can_continue": False, "reason": "activity_cancelled"}
    client.script("heartbeat_activity_task", stop)
    failure = await run(client, plain, task=activity_task("plain"), until="fail_activity_task")
    assert failure["failure_type"] == "ActivityCancelled"
    assert seen == [True]


async def test_a_lost_attempt_is_not_reported() -> None:
    client, done = ScriptedClient(), asyncio.Event()
    client.script("heartbeat_activity_task", TaskLost("t", reason_code="lease_owner_mismatch"))

    @activity.defn(name="stubborn")
    async def stubborn() -> str:
        try:
            await activity.context().heartbeat()
        except ActivityCancelled:
            done.set()
        return "result"

    worker = Worker(client, task_queue="queue", activities=[stubborn])
    running = asyncio.create_task(worker.run())
    client.activity_tasks.put_nowait(activity_task("stubborn"))
    await done.wait()
    await worker.stop()
    await running
    assert not client.of("complete_activity_task")
    assert not client.of("fail_activity_task")
