"""The whole history of a workflow task."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from durable_workflow.worker._trouble import insist

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["whole_history"]

_PATIENCE_SECONDS = 120.0


async def whole_history(
    client: Client, task: Mapping[str, Any], *, after: str | None = None
) -> list[Mapping[str, Any]]:
    """Return all events of a task's run: those that came with the task, and the pages after them.

    Args:
        client: fetches the pages.
        task: the task.
        after: the task of the same run that was in hand before; its events are fetched if they are missing.

    Raises:
        TaskLost: the task is no longer this worker's.
        CallError: a page could not be had.
    """
    events: list[Mapping[str, Any]] = list(task["history_events"])
    token = task.get("next_history_page_token")
    if token is None and after is not None and not _knows(events, after):
        token = _token_after(events)
    while token is not None:
        page = await _page(client, task, token)
        events += page["history_events"]
        token = page.get("next_history_page_token")
    return events


async def _page(client: Client, task: Mapping[str, Any], token: str) -> Mapping[str, Any]:
    return await insist(
        lambda: client.workflow_task_history(
            task_id=task["task_id"],
            page_token=token,
            lease_owner=task["lease_owner"],
            workflow_task_attempt=task["workflow_task_attempt"],
        ),
        what=f"history of workflow task {task['task_id']}",
        budget=_PATIENCE_SECONDS,
    )


def _knows(events: Sequence[Mapping[str, Any]], task_id: str) -> bool:
    return any(event.get("workflow_task_id") == task_id for event in reversed(events))


def _token_after(events: Sequence[Mapping[str, Any]]) -> str:
    # The one place that looks into a token: the servers that need it write it like this.
    last = events[-1]["sequence"] if events else 0
    return base64.b64encode(str(last).encode()).decode()
