"""Updates that wait for a worker: how tasks name them, and what becomes of them when their run ends.

A worker of protocol 1.0 answers only the update that its task names. So every update is named by a task of
its own until one of them has ended; what a worker then leaves unanswered stays open.
"""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine import history, wakeups
from durable_workflow.server.engine.refusals import from_json, to_json
from durable_workflow.server.engine.snapshots import command_note
from durable_workflow.server.store import Transaction, commands, updates
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.updates import Update
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = [
    "accept_again",
    "context",
    "context_at_hand_out",
    "end_open",
    "event_members",
    "follow_up",
    "named_update",
    "topic",
]


def topic(update_id: str) -> str:
    """Return the topic that is raised when an update is answered."""
    return f"update:{update_id}"


def context(update: Update) -> dict[str, Any]:
    """Return the resume context of a task that names an update."""
    return {
        "workflow_wait_kind": "update",
        "open_wait_id": f"update:{update.update_id}",
        "resume_source_kind": "workflow_update",
        "resume_source_id": update.update_id,
        "workflow_update_id": update.update_id,
        "workflow_command_id": update.command_id,
    }


def named_update(task: WorkflowTask) -> str | None:
    """Return the update that a task names."""
    named: str | None = from_json(task.context).get("workflow_update_id")
    return named


def context_at_hand_out(tx: Transaction, task: WorkflowTask) -> str:
    """Return the context with which a task is handed out.

    A task made for an update may have waited behind another one: it names the oldest update by now, and none
    when all have been answered.
    """
    if named_update(task) is None:
        return task.context
    oldest = updates.first_unoffered(tx, task.run_id)
    return to_json({} if oldest is None else context(oldest))


def event_members(run: Run, update: Update) -> dict[str, Any]:
    """Return what the events of an update have in common."""
    return {
        "workflow_command_id": update.command_id,
        "update_id": update.update_id,
        "workflow_instance_id": run.workflow_id,
        "workflow_run_id": run.run_id,
        "update_name": update.update_name,
        "arguments": update.arguments,
        "payload_codec": update.payload_codec,
    }


def follow_up(tx: Transaction, run: Run, task: WorkflowTask) -> None:
    """Make a task for the oldest open update that no task has named, now that ``task`` has ended."""
    named = named_update(task)
    if named is not None:
        updates.change_update(tx, named, offered=1)
    following = updates.first_unoffered(tx, run.run_id)
    if following is not None:
        wakeups.wake(tx, run, context(following))


def accept_again(tx: Transaction, run: Run, update: Update) -> None:
    """Give an open update to the run that continues its run."""
    command = commands.find_command(tx, update.command_id)
    updates.change_update(
        tx, update.update_id, run_id=run.run_id, accepted_sequence=run.last_sequence + 1, offered=0
    )
    note = None if command is None else command_note(command)
    history.append(tx, run, "UpdateAccepted", event_members(run, update), command=note)


def end_open(tx: Transaction, run: Run) -> None:
    """Fail the open updates of a run that is closed, so that nobody waits for them in vain."""
    for update in updates.open_updates(tx, run.run_id):
        updates.change_update(
            tx,
            update.update_id,
            status="failed",
            closed_at=tx.now,
            failure_message=f"The run was {run.closed_reason or run.status} before the update was answered.",
            closed_reason="run_not_active",
        )
        tx.raise_topic(topic(update.update_id))
