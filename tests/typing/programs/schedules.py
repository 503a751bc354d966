"""What a checker knows of schedules and of the control plane's own models."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_type

from durable_workflow import Client, ScheduleAction, ScheduleDescription, ScheduleHandle, ScheduleSpec
from durable_workflow.client import ScheduleBackfillResult, ScheduleTriggerResult
from durable_workflow_api.models import NamespaceDescription, TaskQueueDescription


async def schedules(client: Client) -> None:
    schedule = await client.create_schedule(
        spec=ScheduleSpec(cron_expressions=["0 * * * *"], intervals=[timedelta(hours=1)]),
        action=ScheduleAction("billing", task_queue="q"),
    )
    assert_type(schedule, ScheduleHandle)
    assert_type(await schedule.describe(), ScheduleDescription)
    assert_type((await schedule.describe()).next_fire_at, datetime | None)
    assert_type(await schedule.trigger(), ScheduleTriggerResult)
    assert_type(
        await schedule.backfill(start_time="2026-11-01T00:00:00Z", end_time=datetime.now()),
        ScheduleBackfillResult,
    )
    await client.create_schedule(spec="0 * * * *", action=ScheduleAction("billing"))  # must fail
    await client.create_schedule(action=ScheduleAction("billing"))  # must fail
    await schedule.pause("because")  # must fail


async def operators(client: Client) -> None:
    assert_type(await client.list_namespaces(), list[NamespaceDescription])
    assert_type(await client.describe_task_queue("q"), TaskQueueDescription)
    print((await client.describe_task_queue("q")).backlog)  # must fail
