"""What the client returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .. import serializer
from ..errors import PayloadDecodeError

if TYPE_CHECKING:
    from durable_workflow_api.models import CommandReceipt as ReceiptModel
    from durable_workflow_api.models import (
        PayloadEnvelope,
        WorkflowDescription,
        WorkflowListItem,
        WorkflowRunList,
    )
    from durable_workflow_api.models import WorkflowList as ListModel

__all__ = [
    "CommandReceipt",
    "WorkflowExecution",
    "WorkflowList",
    "WorkflowRun",
    "execution_of",
    "list_of",
    "receipt_of",
    "runs_of",
]


@dataclass(frozen=True, slots=True)
class WorkflowExecution:
    """One run of a workflow as the server sees it now.

    Attributes:
        workflow_id: id that the caller of start chose.
        run_id: the run that is described.
        workflow_type: language-neutral type key.
        status: `pending`, `running`, `waiting`, `completed`, `failed`, `cancelled` or `terminated`.
        namespace: the workflow's namespace.
        task_queue: queue whose workers run it.
        input: decoded arguments.
        output: decoded result, None before completion.
        payload_codec: codec of the run's payloads.
        closed_reason: says more than `status` about a closed run: `continued`, `timed_out`, ...
        is_terminal: whether the run is closed.
        run_number: 1 for the first run of the workflow, one more after each continue-as-new.
        started_at: when the run started.
        closed_at: when the run was closed.
        memo: notes kept with the workflow.
        search_attributes: indexed facts kept with the workflow.
    """

    workflow_id: str
    run_id: str
    workflow_type: str
    status: str | None = None
    namespace: str | None = None
    task_queue: str | None = None
    input: Any = None
    output: Any = None
    payload_codec: str | None = None
    closed_reason: str | None = field(default=None, kw_only=True)
    is_terminal: bool | None = field(default=None, kw_only=True)
    run_number: int | None = field(default=None, kw_only=True)
    started_at: datetime | None = field(default=None, kw_only=True)
    closed_at: datetime | None = field(default=None, kw_only=True)
    memo: Any = field(default=None, kw_only=True)
    search_attributes: Any = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class WorkflowList:
    """One page of workflow visibility results.

    Attributes:
        executions: the rows of this page.
        next_page_token: token of the next page, None on the last one.
    """

    executions: list[WorkflowExecution]
    next_page_token: str | None = None


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """One run in the chain of a workflow.

    Attributes:
        workflow_id: id of the workflow.
        run_id: the run.
        run_number: 1 for the first run of the workflow.
        workflow_type: language-neutral type key.
        status: as in `WorkflowExecution`.
        task_queue: queue whose workers run it.
        business_key: the business key given at start.
        started_at: when the run started.
        closed_at: when the run was closed.
    """

    workflow_id: str
    run_id: str
    run_number: int
    workflow_type: str
    status: str
    task_queue: str | None = None
    business_key: str | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CommandReceipt:
    """What the server did with a command.

    Attributes:
        workflow_id: id of the workflow.
        run_id: the run on which the command was recorded.
        command_id: id of the command.
        outcome: what happened, in the protocol's words.
    """

    workflow_id: str
    run_id: str | None
    command_id: str
    outcome: str | None


def receipt_of(receipt: ReceiptModel) -> CommandReceipt:
    """Return a receipt as the public value."""
    return CommandReceipt(receipt.workflow_id, receipt.run_id, receipt.command_id, receipt.outcome)


def runs_of(runs: WorkflowRunList) -> list[WorkflowRun]:
    """Return the runs of a workflow as public values."""
    return [
        WorkflowRun(
            workflow_id=runs.workflow_id,
            run_id=run.run_id,
            run_number=run.run_number,
            workflow_type=run.workflow_type,
            status=run.status,
            task_queue=run.task_queue,
            business_key=run.business_key,
            started_at=run.started_at,
            closed_at=run.closed_at,
        )
        for run in runs.runs
    ]


def list_of(page: ListModel, namespace: str) -> WorkflowList:
    """Return a page as the documented value; ``namespace`` is the one that was asked."""
    return WorkflowList([_row(item, namespace) for item in page.workflows], page.next_page_token or None)


def _row(item: WorkflowListItem, namespace: str) -> WorkflowExecution:
    # Servers since August 2026 say more of a row than those of protocol 1.0.
    return WorkflowExecution(
        workflow_id=item.workflow_id,
        run_id=item.run_id,
        workflow_type=item.workflow_type,
        status=item.status,
        namespace=item.namespace or namespace,
        task_queue=item.task_queue,
        payload_codec=item.payload_codec or None,
        is_terminal=item.is_terminal,
        started_at=item.started_at,
        closed_at=item.closed_at,
        memo=item.memo or None,
        search_attributes=item.search_attributes or {},
    )


def execution_of(description: WorkflowDescription) -> WorkflowExecution:
    """Return a description as the documented value, its payloads decoded."""
    return WorkflowExecution(
        workflow_id=description.workflow_id,
        run_id=description.run_id,
        workflow_type=description.workflow_type,
        status=description.status,
        namespace=description.namespace,
        task_queue=description.task_queue,
        input=_decoded(description.input_envelope, description.input_),
        output=_decoded(description.output_envelope, description.output),
        payload_codec=description.payload_codec,
        closed_reason=description.closed_reason,
        is_terminal=description.is_terminal,
        run_number=description.run_number,
        started_at=description.started_at,
        closed_at=description.closed_at,
        # Servers of protocol 1.0 write an empty map as an empty list.
        memo=description.memo or {},
        search_attributes=description.search_attributes or {},
    )


def _decoded(envelope: PayloadEnvelope | None, plain: Any) -> Any:
    """Decode an envelope; what this codec cannot read is shown as the server itself decoded it."""
    if envelope is None:
        return plain
    try:
        return serializer.decode_envelope(envelope.to_dict())
    except PayloadDecodeError:
        return plain
