"""What the client returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .. import serializer
from ..errors import PayloadDecodeError

if TYPE_CHECKING:
    from durable_workflow_api.models import PayloadEnvelope, WorkflowDescription

__all__ = ["WorkflowExecution", "WorkflowList", "execution_of"]


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
