"""Children: how their runs begin, and what the events of both sides say about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from durable_workflow.server.engine import history, wakeups
from durable_workflow.server.engine.beginnings import NewRun, begin, limits, names
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.store import Transaction, children, runs
from durable_workflow.server.store.children import Child, RunLink
from durable_workflow.server.store.runs import Run

__all__ = ["continued", "identity", "link_runs", "parent_members", "policies", "restart", "start"]


def identity(child: Child) -> dict[str, Any]:
    """Return the members by which the events of the parent name a child."""
    return {
        "sequence": child.step,
        "workflow_link_id": child.workflow_link_id,
        "child_call_id": child.child_call_id,
        "child_workflow_instance_id": child.child_workflow_id,
        "child_workflow_run_id": child.child_run_id,
        "child_workflow_class": child.child_type,
        "child_workflow_type": child.child_type,
    }


def policies(child: Child) -> dict[str, Any]:
    """Return the retry policy and the time-outs of a child, None where it has none."""
    return {
        "retry_policy": from_json(child.retry_policy),
        "timeout_policy": from_json(child.timeout_policy),
    }


def parent_members(child: Child) -> dict[str, Any]:
    """Return the members by which the first event of a child's run names its parent."""
    return {
        "parent_workflow_instance_id": child.parent_workflow_id,
        "parent_workflow_run_id": child.parent_run_id,
        "parent_sequence": child.step,
        "child_call_id": child.child_call_id,
    }


def start(tx: Transaction, parent: Run, call: Child, new: NewRun, task: Mapping[str, Any]) -> str:
    """Start a child in the transaction of its parent's task.

    Args:
        tx: The transaction.
        parent: The run that wants it.
        call: The child; its run is not known yet.
        new: What its run begins with.
        task: What is known of the parent's task.

    Returns:
        The id of the child's first workflow task.
    """
    run = begin(tx, new, None)
    child = replace(call, child_run_id=run.run_id)
    children.add_child(tx, child)
    link_runs(tx, child.workflow_link_id, "child_workflow", parent, run, child.step, child.child_call_id)
    policy = {"parent_close_policy": child.parent_close_policy, **policies(child)}
    history.append(tx, parent, "ChildWorkflowScheduled", identity(child) | policy, task=task)
    started = {"child_run_number": run.run_number, **policy, **limits(run)}
    history.append(tx, parent, "ChildRunStarted", identity(child) | started, task=task)
    _append_started(tx, run, child, {})
    return wakeups.wake(tx, run)


def restart(tx: Transaction, child: Child, failed: Run, begins_at: float) -> None:
    """Start the next run of a child whose run failed, as the next attempt of its retry policy.

    Args:
        tx: The transaction.
        child: The child.
        failed: Its closed run, whose arguments the next one gets.
        begins_at: When the back-off is over, in epoch seconds.
    """
    run = begin(tx, _again(failed, begins_at), runs.find_workflow(tx, failed.workflow_id))
    link = tx.ids.lower()
    child = replace(child, child_run_id=run.run_id, workflow_link_id=link, attempt=child.attempt + 1)
    children.change_child(
        tx, child.child_call_id, child_run_id=run.run_id, workflow_link_id=link, attempt=child.attempt
    )
    _note_retry(tx, child, failed, run)
    retry = {"retry_attempt": child.attempt, "retry_of_child_workflow_run_id": failed.run_id}
    _append_started(tx, run, child, retry)
    wakeups.wake_at(tx, run, begins_at)


def _again(failed: Run, begins_at: float) -> NewRun:
    return NewRun(
        workflow_id=failed.workflow_id,
        namespace=failed.namespace,
        workflow_type=failed.workflow_type,
        task_queue=failed.task_queue,
        payload_codec=failed.payload_codec,
        arguments=failed.arguments,
        business_key=failed.business_key,
        memo=failed.memo,
        search_attributes=failed.search_attributes,
        execution_timeout_seconds=failed.execution_timeout_seconds,
        run_timeout_seconds=failed.run_timeout_seconds,
        execution_deadline_at=failed.execution_deadline_at,
        compatibility=failed.compatibility,
        begins_at=begins_at,
    )


def _note_retry(tx: Transaction, child: Child, failed: Run, run: Run) -> None:
    parent = runs.find_run(tx, child.parent_run_id)
    if parent is None:
        raise LookupError(f"run {child.parent_run_id} is missing")
    link_runs(tx, child.workflow_link_id, "child_workflow", parent, run, child.step, child.child_call_id)
    if not parent.is_open:
        return
    payload = {
        "child_run_number": run.run_number,
        "parent_close_policy": child.parent_close_policy,
        "retry_attempt": child.attempt,
        "retry_of_child_workflow_run_id": failed.run_id,
        "retry_backoff_seconds": round((run.begins_at or tx.now) - tx.now),
        "retry_policy": from_json(child.retry_policy),
    }
    history.append(tx, parent, "ChildRunStarted", identity(child) | payload)


def _append_started(tx: Transaction, run: Run, child: Child, retry: dict[str, Any]) -> None:
    payload = names(run) | parent_members(child) | {"workflow_link_id": child.workflow_link_id}
    history.append(tx, run, "WorkflowStarted", payload | retry | policies(child) | limits(run))


def continued(tx: Transaction, run: Run, following: Run, step: int) -> tuple[str, dict[str, Any]]:
    """Note that a run goes on in the next run of its workflow, with its children and as somebody's child.

    Args:
        tx: The transaction.
        run: The run that continues as new.
        following: The next run.
        step: The step sequence of the command.

    Returns:
        The link between the two, and the members by which the next run's first event names its parent.
    """
    link = tx.ids.lower()
    link_runs(tx, link, "continue_as_new", run, following, step, None)
    children.hand_over(tx, run.run_id, following.run_id)
    child = children.find_running(tx, run.run_id)
    if child is None:
        return link, {}
    # A run that came as far as this is no failed attempt: its follower has all the attempts again.
    children.change_child(tx, child.child_call_id, child_run_id=following.run_id, attempt=1)
    return link, parent_members(child)


def link_runs(
    tx: Transaction, link: str, link_type: str, parent: Run, child: Run, step: int, call_id: str | None
) -> None:
    """Note that one run leads to another.

    Args:
        tx: The transaction.
        link: The id of the link.
        link_type: ``child_workflow`` or ``continue_as_new``.
        parent: The run that leads.
        child: The run it leads to.
        step: The step of the parent that did it.
        call_id: The call of a child.
    """
    row = RunLink(
        workflow_link_id=link,
        link_type=link_type,
        parent_workflow_id=parent.workflow_id,
        parent_run_id=parent.run_id,
        step=step,
        child_workflow_id=child.workflow_id,
        child_run_id=child.run_id,
        child_call_id=call_id,
        created_at=tx.now,
    )
    children.add_link(tx, row)
