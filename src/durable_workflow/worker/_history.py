"""The history of a workflow task, as much of it as the worker has not seen."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from durable_workflow.worker._trouble import insist

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["new_events"]

_PATIENCE_SECONDS = 120.0


async def new_events(
    client: Client, task: Mapping[str, Any], *, seen: int = 0, after: str | None = None
) -> list[Mapping[str, Any]]:
    """Return the events of a task's run that follow those seen: what came with the task, and further pages.

    Args:
        client: fetches the pages.
        task: the task.
        seen: number of the newest event that is known already; 0 for the whole history.
        after: the task of the same run that was in hand before, when nothing is known of the run; its events
            are fetched if they are missing.

    Raises:
        TaskLost: the task is no longer this worker's.
        CallError: a page could not be had.
    """
    came: Sequence[Mapping[str, Any]] = task["history_events"]
    token = task.get("next_history_page_token")
    if _begins_late(task, came, seen):
        came, token = (), _token_after(seen)
    elif token is not None and came and came[-1]["sequence"] < seen:
        # All that came is known: no need to read the pages between.
        token = _token_after(seen)
    events = [event for event in came if event["sequence"] > seen]
    if token is None and not seen and after is not None and not _knows(events, after):
        token = _token_after(events[-1]["sequence"] if events else 0)
    while token is not None:
        page = await _page(client, task, token)
        events += page["history_events"]
        token = page.get("next_history_page_token")
    return events


def _begins_late(task: Mapping[str, Any], came: Sequence[Mapping[str, Any]], seen: int) -> bool:
    """Return whether the task brings only the end of the history, and too little of it."""
    if came:
        return bool(came[0]["sequence"] > seen + 1)
    return not seen and task.get("sticky_replay_mode") == "tail"


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


def _token_after(sequence: int) -> str:
    # The one place that looks into a token: all servers write it like this.
    return base64.b64encode(str(sequence).encode()).decode()
