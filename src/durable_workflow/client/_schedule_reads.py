"""Reading schedules: describe, list, history."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, cast

from durable_workflow_api.api.schedules import describe_schedule, get_schedule_history, list_schedules

from .._client_common import checks
from .._client_common.bodies import without_none
from .._client_common.schedules import ScheduleDescription, ScheduleList, description_of, item_of
from .._client_common.shapes import with_events
from ._cluster import ClusterCalls
from ._schedule_handles import ScheduleHandle

if TYPE_CHECKING:
    from ._client import Client

__all__ = ["ScheduleReads"]


class ScheduleReads(ClusterCalls):
    """Calls of the control plane that read schedules."""

    def get_schedule_handle(self, schedule_id: str) -> ScheduleHandle:
        """Return a handle on an existing schedule, without asking the server.

        Args:
            schedule_id: id of the schedule.

        Raises:
            InvalidArgument: the id is not acceptable.
        """
        # Every client is built from all its parts.
        return ScheduleHandle(cast("Client", self), checks.schedule_id(schedule_id))

    async def list_schedules(
        self, *, status: str | None = None, workflow_type: str | None = None, query: str | None = None
    ) -> ScheduleList:
        """Return all schedules of the namespace, the newest first.

        Operation `listSchedules`, as many pages as there are.

        Args:
            status: only `active` or `paused` ones, on servers that filter.
            workflow_type: only those that start this type, on servers that filter.
            query: equality predicates, on servers that filter.

        Raises:
            CallError: a call did not end well.
        """
        found = self.iter_schedules(status=status, workflow_type=workflow_type, query=query)
        return ScheduleList([schedule async for schedule in found])

    async def iter_schedules(
        self,
        *,
        status: str | None = None,
        workflow_type: str | None = None,
        query: str | None = None,
        page_size: int | None = None,
    ) -> AsyncIterator[ScheduleDescription]:
        """Go through the schedules of the namespace, fetching a page whenever the one before is used up.

        Operation `listSchedules`. Servers of protocol 1.0 ignore the arguments and return all at once.

        Args:
            status: only `active` or `paused` ones.
            workflow_type: only those that start this type.
            query: equality predicates.
            page_size: rows of a page.

        Yields:
            One schedule after the other.

        Raises:
            CallError: a call did not end well.
        """
        from durable_workflow_api.models import ScheduleList as Page

        filters = without_none(
            status=None if status is None else checks.one_of("status", status, ("active", "paused")),
            workflow_type=checks.optional_name("workflow_type", workflow_type),
            query=query,
            page_size=checks.optional_whole("page_size", page_size),
        )
        while True:
            parts = list_schedules.build_request(**filters)
            page = await self._transport.call(parts, list_schedules.parse_response, Page)
            for item in page.schedules:
                yield item_of(item)
            if not page.next_page_token:
                return
            filters["next_page_token"] = page.next_page_token

    async def describe_schedule(self, schedule_id: str) -> ScheduleDescription:
        """Return the server's view of a schedule.

        Operation `describeSchedule`.

        Args:
            schedule_id: id of the schedule.

        Raises:
            ScheduleNotFound: there is no such schedule.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import ScheduleDescription as Model

        parts = describe_schedule.build_request(checks.schedule_id(schedule_id))
        return description_of(await self._transport.call(parts, describe_schedule.parse_response, Model))

    async def iter_schedule_history(
        self, schedule_id: str, *, after_sequence: int = 0, page_size: int = 500
    ) -> AsyncIterator[dict[str, Any]]:
        """Go through the events of a schedule, also of a deleted one.

        Operation `getScheduleHistory`, a page whenever the one before is used up.

        Args:
            schedule_id: id of the schedule.
            after_sequence: begin behind the event with this number.
            page_size: events of a page, 1 to 500.

        Yields:
            One event after the other, as plain JSON.

        Raises:
            ScheduleNotFound: there is no such schedule.
            CallError: a call did not end well.
        """
        cursor: int | None = after_sequence
        while cursor is not None:
            parts = get_schedule_history.build_request(
                checks.schedule_id(schedule_id),
                limit=checks.whole("page_size", page_size, most=500),
                after_sequence=cursor,
            )
            page = await self._transport.call(parts, with_events(get_schedule_history.parse_response), dict)
            for event in page["events"]:
                yield event
            cursor = page.get("next_cursor") if page.get("has_more") else None
