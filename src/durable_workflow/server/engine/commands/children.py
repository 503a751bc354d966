"""The command start_child_workflow."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine import children
from durable_workflow.server.engine.beginnings import NewRun
from durable_workflow.server.engine.commands.kinds import (
    Command,
    Completion,
    Kind,
    Problems,
    check_payload,
    check_text,
    text_of,
)
from durable_workflow.server.engine.payloads import no_arguments, text_blob
from durable_workflow.server.engine.refusals import to_json
from durable_workflow.server.store.children import Child
from durable_workflow.server.store.runs import Run

__all__ = ["START_CHILD_WORKFLOW"]

_TIMEOUTS = ("execution_timeout_seconds", "run_timeout_seconds")


def _check(command: Command, problems: Problems) -> None:
    check_text(command, problems, "workflow_type")
    check_payload(command, problems, "arguments")


def _retry_policy(command: Command) -> dict[str, Any] | None:
    given = {name: value for name, value in (command.get("retry_policy") or {}).items() if value is not None}
    if not given:
        return None
    return {
        "snapshot_version": 1,
        "max_attempts": given.get("max_attempts", 1),
        "backoff_seconds": given.get("backoff_seconds", []),
        "non_retryable_error_types": given.get("non_retryable_error_types", []),
    }


def _timeout_policy(command: Command) -> dict[str, Any] | None:
    timeouts = {name: command.get(name) for name in _TIMEOUTS}
    return {"snapshot_version": 1, **timeouts} if any(timeouts.values()) else None


def _apply(completion: Completion, command: Command, step: int) -> None:
    tx, run = completion.tx, completion.run
    new = _new_run(run, command, tx.ids.lower())
    child = _child(run, command, step, new, tx.ids.upper())
    completion.created.append(children.start(tx, run, child, new, completion.note))


def _new_run(run: Run, command: Command, workflow_id: str) -> NewRun:
    arguments = text_blob(command.get("arguments"))
    return NewRun(
        workflow_id=workflow_id,
        namespace=run.namespace,
        workflow_type=command["workflow_type"].strip(),
        task_queue=text_of(command, "queue") or run.task_queue,
        payload_codec=run.payload_codec,
        arguments=no_arguments(run) if arguments is None else arguments,
        execution_timeout_seconds=command.get("execution_timeout_seconds"),
        run_timeout_seconds=command.get("run_timeout_seconds"),
        compatibility=run.compatibility,
    )


def _child(run: Run, command: Command, step: int, new: NewRun, call_id: str) -> Child:
    retry, timeouts = _retry_policy(command), _timeout_policy(command)
    return Child(
        child_call_id=call_id,
        parent_workflow_id=run.workflow_id,
        parent_run_id=run.run_id,
        step=step,
        child_workflow_id=new.workflow_id,
        child_type=new.workflow_type,
        child_run_id="",
        workflow_link_id=call_id,
        guardian_run_id=run.run_id,
        parent_close_policy=command.get("parent_close_policy") or "abandon",
        retry_policy=None if retry is None else to_json(retry),
        timeout_policy=None if timeouts is None else to_json(timeouts),
    )


START_CHILD_WORKFLOW = Kind("start_child_workflow", _check, _apply)
"""Appends ``ChildWorkflowScheduled`` and ``ChildRunStarted`` and starts the child."""
