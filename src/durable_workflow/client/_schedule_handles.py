"""A schedule id bound to a client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from .._client_common.schedules import (
        ScheduleAction,
        ScheduleBackfillResult,
        ScheduleDescription,
        ScheduleSpec,
        ScheduleTriggerResult,
    )
    from ._client import Client

__all__ = ["ScheduleHandle"]


class ScheduleHandle:
    """Calls on one schedule without repeating its id.

    Args:
        client: the client that makes the calls.
        schedule_id: id of the schedule.
    """

    def __init__(self, client: Client, schedule_id: str) -> None:
        self.client = client
        self.schedule_id = schedule_id

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.schedule_id}>"

    async def describe(self) -> ScheduleDescription:
        """Return the server's view of the schedule; see `Client.describe_schedule`."""
        return await self.client.describe_schedule(self.schedule_id)

    async def update(
        self,
        *,
        spec: ScheduleSpec | None = None,
        action: ScheduleAction | None = None,
        overlap_policy: str | None = None,
        jitter_seconds: int | None = None,
        max_runs: int | None = None,
        memo: Mapping[str, Any] | None = None,
        search_attributes: Mapping[str, Any] | None = None,
        note: str | None = None,
    ) -> None:
        """Change the schedule; what is None stays as it is. See `Client.update_schedule`."""
        await self.client.update_schedule(
            self.schedule_id,
            spec=spec,
            action=action,
            overlap_policy=overlap_policy,
            jitter_seconds=jitter_seconds,
            max_runs=max_runs,
            memo=memo,
            search_attributes=search_attributes,
            note=note,
        )

    async def pause(self, *, note: str | None = None) -> None:
        """Stop the schedule from firing; see `Client.pause_schedule`."""
        await self.client.pause_schedule(self.schedule_id, note=note)

    async def resume(self, *, note: str | None = None) -> None:
        """Let the paused schedule fire again; see `Client.resume_schedule`."""
        await self.client.resume_schedule(self.schedule_id, note=note)

    async def trigger(self, *, overlap_policy: str | None = None) -> ScheduleTriggerResult:
        """Fire the schedule now; see `Client.trigger_schedule`."""
        return await self.client.trigger_schedule(self.schedule_id, overlap_policy=overlap_policy)

    async def delete(self) -> None:
        """Delete the schedule; see `Client.delete_schedule`."""
        await self.client.delete_schedule(self.schedule_id)

    async def backfill(
        self, *, start_time: str | datetime, end_time: str | datetime, overlap_policy: str | None = None
    ) -> ScheduleBackfillResult:
        """Fire the schedule for a range of time; see `Client.backfill_schedule`."""
        return await self.client.backfill_schedule(
            self.schedule_id, start_time=start_time, end_time=end_time, overlap_policy=overlap_policy
        )

    async def iter_history(self, *, after_sequence: int = 0) -> AsyncIterator[dict[str, Any]]:
        """Go through the events of the schedule; see `Client.iter_schedule_history`."""
        events = self.client.iter_schedule_history(self.schedule_id, after_sequence=after_sequence)
        async for event in events:
            yield event
