# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Starting workflows, and handles on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, Unpack, cast, overload

from durable_workflow_api.api.workflows import start_workflow

from .._client_common import checks
from .._client_common.starts import START_KEY_CAPABILITY, Start, make_start
from .._client_common.typed import (
    CoroutineWorkflow,
    GeneratorWorkflow,
    PlainWorkflow,
    StartOptions,
    result_type_of,
    type_key,
)
from ..errors import CallError, WorkflowAlreadyStarted
from ..hooks import memo_with_notes
from ..transport import understood
from ._handles import WorkflowHandle
from ._messages import MessageCalls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._client import Client

__all__ = ["StartCalls"]

T = TypeVar("T")


class StartCalls(MessageCalls):
    """The start of a workflow."""

    @overload
    def start_workflow(
        self, *, workflow_type: type[CoroutineWorkflow[T]], **options: Unpack[StartOptions]
    ) -> WorkflowHandle[T]: ...

    @overload
    def start_workflow(
        self, *, workflow_type: type[GeneratorWorkflow[T]], **options: Unpack[StartOptions]
    ) -> WorkflowHandle[T]: ...

    @overload
    def start_workflow(
        self, *, workflow_type: type[PlainWorkflow[T]], **options: Unpack[StartOptions]
    ) -> WorkflowHandle[T]: ...

    @overload
    def start_workflow(
        self, *, workflow_type: str, result_type: type[T], **options: Unpack[StartOptions]
    ) -> WorkflowHandle[T]: ...

    @overload
    def start_workflow(
        self, *, workflow_type: str, result_type: Any = None, **options: Unpack[StartOptions]
    ) -> WorkflowHandle[Any]: ...

    def start_workflow(
        self,
        *,
        workflow_type: str | type[Any],
        task_queue: str,
        workflow_id: str,
        input: list[Any] | None = None,
        execution_timeout_seconds: int | None = 3600,
        run_timeout_seconds: int | None = 600,
        duplicate_policy: str | None = None,
        memo: Mapping[str, Any] | None = None,
        search_attributes: Mapping[str, Any] | None = None,
        result_type: Any = None,
    ) -> WorkflowHandle[Any]:
        """Start a workflow and return a handle on it.

        Operation `startWorkflow`. If an answer is lost the start is sent again with the same key, and its own
        run is recognised.

        Args:
            workflow_type: language-neutral type key, as in `@workflow.defn(name=...)`; or the decorated class
                itself, which makes the handle a typed one.
            task_queue: queue whose workers run the workflow.
            workflow_id: id that you choose; it can be taken, see `duplicate_policy`.
            input: positional arguments of the workflow.
            execution_timeout_seconds: time for the workflow with all its runs; None for no limit.
            run_timeout_seconds: time for one run; None for no limit.
            duplicate_policy: `reject` (default) refuses a taken id; `use-existing` returns the open run;
                `allow` and `terminate_existing` need a server that advertises them.
            memo: notes for people and programs.
            search_attributes: indexed facts.
            result_type: type of the workflow's result; what `run` of a workflow class says by default.

        Returns:
            A handle; its `run_id` tells which run was started and does not pin the handle.

        Raises:
            InvalidArgument: an argument is not acceptable.
            WorkflowAlreadyStarted: the id is taken; `ambiguous` if perhaps by this very call.
            NotSupportedByServer: the server does not take the duplicate policy; nothing was sent.
            CallError: the call did not end well.
        """
        key = type_key(workflow_type)
        start = make_start(
            workflow_type=key,
            task_queue=task_queue,
            workflow_id=workflow_id,
            input=input,
            execution_timeout_seconds=execution_timeout_seconds,
            run_timeout_seconds=run_timeout_seconds,
            duplicate_policy=duplicate_policy,
            memo=memo_with_notes(self.hooks, workflow_id, memo),
            search_attributes=search_attributes,
        )
        run_id = self._send_start(start)
        return self._handle(workflow_id, run_id, key, result_type_of(workflow_type, result_type))

    def _send_start(self, start: Start) -> str | None:
        from durable_workflow_api.models import StartWorkflowResponse

        # By the common policies an id is started at most once: a repeat only meets the first attempt's run.
        repeatable = not start.needs_advertised_policy or self._require_policy(str(start.policy))
        parts = start_workflow.build_request(body=start.model(), idempotency_key=start.key)
        call = self._transport.begin(parts, repeatable=repeatable)
        try:
            answer = self._transport.run(call)
        except WorkflowAlreadyStarted as refused:
            if not refused.ambiguous:
                raise
            return self._own_run(start, refused)
        return understood(call, answer, start_workflow.parse_response, StartWorkflowResponse).run_id

    def _own_run(self, start: Start, refused: WorkflowAlreadyStarted) -> str:
        """Return the run that an unanswered attempt started; raise the refusal if it is somebody else's."""
        if self._advertises(START_KEY_CAPABILITY):
            # Such a server would have answered a repeat like the first attempt.
            refused.ambiguous = False
            raise refused
        try:
            description = self._describe(refused.workflow_id)
        except CallError as unknown:
            raise refused from unknown
        if start.is_own(description):
            return description.run_id
        raise refused

    @overload
    def get_workflow_handle(
        self,
        workflow_id: str,
        *,
        run_id: str | None = None,
        workflow_type: str = "",
        result_type: type[T],
    ) -> WorkflowHandle[T]: ...

    @overload
    def get_workflow_handle(
        self,
        workflow_id: str,
        *,
        run_id: str | None = None,
        workflow_type: str = "",
        result_type: Any = None,
    ) -> WorkflowHandle[Any]: ...

    def get_workflow_handle(
        self,
        workflow_id: str,
        *,
        run_id: str | None = None,
        workflow_type: str = "",
        result_type: Any = None,
    ) -> WorkflowHandle[Any]:
        """Return a handle on an existing workflow, without asking the server.

        Args:
            workflow_id: id of the workflow.
            run_id: pins the handle to one run; without it every call goes to the run that is then current.
            workflow_type: used in texts only.
            result_type: type of the workflow's result.

        Raises:
            InvalidArgument: an id is not acceptable.
        """
        run_id = checks.optional_name("run_id", run_id)
        handle = self._handle(checks.workflow_id(workflow_id), run_id, workflow_type, result_type)
        handle._pinned_run_id = run_id
        return handle

    def _handle(
        self, workflow_id: str, run_id: str | None, workflow_type: str, result_type: Any
    ) -> WorkflowHandle[Any]:
        # Every client is built from all its parts.
        return WorkflowHandle(
            cast("Client", self), workflow_id, run_id, workflow_type, result_type=result_type
        )
