"""The environment for tests of activities."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow import activity
from durable_workflow.errors import ActivityCancelled, DurableWorkflowError
from durable_workflow.testing import ActivityEnvironment


@activity.defn(name="testing.resize")
def resize(name: str, *, width: int = 10) -> str:
    context = activity.context()
    context.heartbeat_sync({"done": 50})
    return f"{name}:{width}:{context.info.activity_type}:{context.info.attempt_number}"


@activity.defn(name="testing.upload")
async def upload(parts: int) -> Any:
    context = activity.context()
    begin = context.info.last_heartbeat_details or 0
    for part in range(begin, parts):
        await context.heartbeat(part)
    return context.is_cancelled


def test_a_plain_activity_finds_its_context() -> None:
    env = ActivityEnvironment(attempt_number=2)
    assert env.run(resize, "cat", width=3) == "cat:3:testing.resize:2"
    assert env.heartbeats == [{"done": 50}]
    with pytest.raises(DurableWorkflowError, match="outside of a running activity"):
        activity.context()


async def test_a_coroutine_activity_goes_on_from_its_last_heartbeat() -> None:
    env = ActivityEnvironment(last_heartbeat_details=3)
    assert await env.run(upload, 5) is False
    assert env.heartbeats == [3, 4]


async def test_a_cancelled_activity_learns_it_at_its_next_heartbeat() -> None:
    env = ActivityEnvironment()
    env.on_heartbeat = lambda part: env.cancel() if part == 1 else None
    with pytest.raises(ActivityCancelled, match="its test cancelled it"):
        await env.run(upload, 5)
    assert env.heartbeats == [0, 1]
    with pytest.raises(ActivityCancelled):
        env.run(resize, "cat")


def test_cancellation_is_seen_between_heartbeats() -> None:
    env = ActivityEnvironment(activity_type="named")
    env.cancel()
    assert env.run(lambda: activity.context().is_cancelled) is True
    assert env.info.activity_type == "named"


def test_a_misspelt_fact_is_refused() -> None:
    with pytest.raises(TypeError, match="attempt"):
        ActivityEnvironment(attempt=2)
