"""The commands that close the run: complete_workflow, fail_workflow, continue_as_new."""

from __future__ import annotations

from durable_workflow.server.engine import cancellations, carrying, children, lives, wakeups
from durable_workflow.server.engine.beginnings import NewRun, begin, started_event
from durable_workflow.server.engine.commands.kinds import (
    Command,
    Completion,
    Kind,
    Problems,
    check_payload,
    check_text,
    text_of,
)
from durable_workflow.server.engine.failures import failure_members
from durable_workflow.server.engine.payloads import text_blob
from durable_workflow.server.store import runs
from durable_workflow.server.store.runs import Run

__all__ = ["COMPLETE_WORKFLOW", "CONTINUE_AS_NEW", "FAIL_WORKFLOW"]

_TIMEOUT_TEXTS = ("timed out", "timeout exceeded", "execution deadline", "run deadline")


def _check_complete(command: Command, problems: Problems) -> None:
    check_payload(command, problems, "result")


def _apply_complete(completion: Completion, command: Command, step: int) -> None:
    tx, run = completion.tx, completion.run
    run.output = text_blob(command.get("result"))
    lives.abandon_work(tx, run)
    completion.append("WorkflowCompleted", {"output": run.output, "payload_codec": run.payload_codec})
    lives.close(tx, run, "completed", "completed")


def _check_fail(command: Command, problems: Problems) -> None:
    check_text(command, problems, "message")


def _apply_fail(completion: Completion, command: Command, step: int) -> None:
    tx, run = completion.tx, completion.run
    message = command["message"]
    payload = {
        "source_kind": "workflow_run",
        "source_id": run.run_id,
        "failure_category": _category(message),
        **failure_members(
            tx,
            message=message,
            exception_type=text_of(command, "exception_type"),
            exception_class=text_of(command, "exception_class"),
            non_retryable=command.get("non_retryable") is True,
        ),
    }
    lives.abandon_work(tx, run)
    completion.append("WorkflowFailed", payload)
    lives.close(tx, run, "failed", "failed")


def _category(message: str) -> str:
    if message.startswith("Structural limit exceeded:"):
        return "structural_limit"
    return "timeout" if any(text in message.lower() for text in _TIMEOUT_TEXTS) else "application"


def _check_continue(command: Command, problems: Problems) -> None:
    check_payload(command, problems, "arguments")


def _apply_continue(completion: Completion, command: Command, step: int) -> None:
    tx, run = completion.tx, completion.run
    workflow = runs.find_workflow(tx, run.workflow_id)
    following = begin(tx, _next_run(run, command), workflow)
    link, parent = children.continued(tx, run, following, step)
    payload = {
        "sequence": step,
        "continued_to_run_id": following.run_id,
        "continued_to_run_number": following.run_number,
        "workflow_link_id": link,
        "closed_reason": "continued",
    }
    lives.abandon_work(tx, run)
    completion.append("WorkflowContinuedAsNew", payload)
    members = {"continued_from_run_id": run.run_id, "workflow_link_id": link, **parent}
    started_event(tx, following, None, **members)
    carrying.carry_messages(tx, run, completion.task.seen_sequence, following)
    cancellations.carry_over(tx, run, completion.task.seen_sequence, following)
    lives.close_continued(tx, run)
    completion.created.append(wakeups.wake(tx, following))


def _next_run(run: Run, command: Command) -> NewRun:
    arguments = text_blob(command.get("arguments"))
    return NewRun(
        workflow_id=run.workflow_id,
        namespace=run.namespace,
        workflow_type=text_of(command, "workflow_type") or run.workflow_type,
        task_queue=text_of(command, "queue") or run.task_queue,
        payload_codec=run.payload_codec,
        arguments=run.arguments if arguments is None else arguments,
        business_key=run.business_key,
        memo=run.memo,
        search_attributes=run.search_attributes,
        execution_timeout_seconds=run.execution_timeout_seconds,
        run_timeout_seconds=run.run_timeout_seconds,
        execution_deadline_at=run.execution_deadline_at,
        continued_from_run_id=run.run_id,
        compatibility=run.compatibility,
    )


COMPLETE_WORKFLOW = Kind("complete_workflow", _check_complete, _apply_complete, terminal=True)
"""Appends ``WorkflowCompleted`` and closes the run."""

FAIL_WORKFLOW = Kind("fail_workflow", _check_fail, _apply_fail, terminal=True)
"""Appends ``WorkflowFailed`` and closes the run."""

CONTINUE_AS_NEW = Kind("continue_as_new", _check_continue, _apply_continue, terminal=True)
"""Appends ``WorkflowContinuedAsNew``, closes the run and starts the next one of the same workflow."""
