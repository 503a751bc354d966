"""What happened to a workflow, an activity or a message; part of `durable_workflow.errors`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ._call_errors import DurableWorkflowError

__all__ = [
    "ActivityCancelled",
    "ActivityFailed",
    "ChildWorkflowFailed",
    "CompensationFailed",
    "QueryFailed",
    "UpdateFailed",
    "UpdateRejected",
    "UpdateStillRunning",
    "WorkflowCancelled",
    "WorkflowFailed",
    "WorkflowOutcomeError",
    "WorkflowTerminated",
    "WorkflowTimedOut",
]


class WorkflowOutcomeError(DurableWorkflowError):
    """A workflow, or a part of one, ended without success."""

    def __init__(
        self, message: str = "", *, workflow_id: str | None = None, run_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.workflow_id = workflow_id
        self.run_id = run_id


class WorkflowFailed(WorkflowOutcomeError):
    """The workflow ended with an error.

    Args:
        message: the failure's text.
        exception_class: language-specific class of the error, as recorded.
        exception_type: language-neutral type of the error.
        details: decoded data that the failure carries.
        non_retryable: whether the failure was marked as final.
        cause: the error that led to this one, if known.
        workflow_id: id of the workflow.
        run_id: id of the run that failed.
    """

    def __init__(
        self,
        message: str = "",
        exception_class: str | None = None,
        *,
        exception_type: str | None = None,
        details: Any = None,
        non_retryable: bool = False,
        cause: BaseException | None = None,
        workflow_id: str | None = None,
        run_id: str | None = None,
    ) -> None:
        super().__init__(message, workflow_id=workflow_id, run_id=run_id)
        self.exception_class = exception_class
        self.exception_type = exception_type
        self.details = details
        self.non_retryable = non_retryable
        self.cause = cause


class WorkflowTimedOut(WorkflowFailed):
    """The server closed the workflow because its execution or run timeout was over."""


class WorkflowCancelled(WorkflowOutcomeError):
    """The workflow was cancelled."""


class WorkflowTerminated(WorkflowOutcomeError):
    """The workflow was terminated."""


class QueryFailed(WorkflowOutcomeError):
    """A query was refused, or its handler raised; `reason_code` is the server's reason.

    Args:
        message: text for people.
        query_name: name of the query.
        reason_code: for programs: `rejected_unknown_query`, `query_worker_timeout`, ...
        workflow_id: id of the workflow.
        run_id: id of its run, if known.
    """

    def __init__(
        self,
        message: str = "",
        *,
        query_name: str | None = None,
        reason_code: str | None = None,
        workflow_id: str | None = None,
        run_id: str | None = None,
    ) -> None:
        super().__init__(message, workflow_id=workflow_id, run_id=run_id)
        self.query_name = query_name
        self.reason_code = reason_code


class UpdateFailed(WorkflowOutcomeError):
    """The handler of an update raised.

    Args:
        message: the failure's text.
        update_name: name of the update.
        update_id: the server's id of the update.
        exception_type: language-neutral type of what was raised, if known.
        non_retryable: whether the failure was marked as final.
        workflow_id: id of the workflow.
        run_id: id of its run.
    """

    def __init__(
        self,
        message: str = "",
        *,
        update_name: str | None = None,
        update_id: str | None = None,
        exception_type: str | None = None,
        non_retryable: bool = False,
        workflow_id: str | None = None,
        run_id: str | None = None,
    ) -> None:
        super().__init__(message, workflow_id=workflow_id, run_id=run_id)
        self.update_name = update_name
        self.update_id = update_id
        self.exception_type = exception_type
        self.non_retryable = non_retryable


class UpdateRejected(UpdateFailed):
    """The workflow's validator refused an update; the workflow is as it was."""


class UpdateStillRunning(DurableWorkflowError, TimeoutError):
    """An update was accepted and has not completed within the time; it goes on.

    Args:
        update_id: the server's id of the update.
        update_name: name of the update.
        workflow_id: id of the workflow.
    """

    def __init__(
        self, update_id: str | None, *, update_name: str | None = None, workflow_id: str | None = None
    ) -> None:
        super().__init__(
            f"update {update_name or update_id} is accepted and still running; it goes on: ask for it with"
            " wait_for='accepted' and wait on the handle, or give it more time"
        )
        self.update_id = update_id
        self.update_name = update_name
        self.workflow_id = workflow_id


class ChildWorkflowFailed(WorkflowOutcomeError):
    """A child workflow ended without success; its own end is the `cause`.

    Args:
        message: the failure's text.
        exception_class: language-specific class of the child's error, as recorded.
        workflow_type: type of the child.
        failure_category: what kind of end it was: `application`, `timeout`, `cancelled`, `terminated`, ...
        exception_type: language-neutral type of the child's error.
        non_retryable: whether the failure was marked as final.
        code: code of the failure, if it has one.
        details: decoded data that the failure carries.
        cause: how the child ended: `WorkflowFailed`, `WorkflowTimedOut`, `WorkflowCancelled` or
            `WorkflowTerminated`. It is the exception's `__cause__`, too.
        workflow_id: id of the child workflow.
        run_id: id of its last run.
    """

    def __init__(
        self,
        message: str = "",
        exception_class: str | None = None,
        *,
        workflow_type: str | None = None,
        failure_category: str | None = None,
        exception_type: str | None = None,
        non_retryable: bool = False,
        code: str | int | None = None,
        details: Any = None,
        cause: BaseException | None = None,
        workflow_id: str | None = None,
        run_id: str | None = None,
    ) -> None:
        super().__init__(message, workflow_id=workflow_id, run_id=run_id)
        self.exception_class = exception_class
        self.workflow_type = workflow_type
        self.failure_category = failure_category
        self.exception_type = exception_type
        self.non_retryable = non_retryable
        self.code = code
        self.details = details
        self.cause = cause
        self.__cause__ = cause

    def __str__(self) -> str:
        return f"{self.message} (child {self.workflow_type})" if self.workflow_type else self.message


class ActivityFailed(WorkflowOutcomeError):
    """An activity failed for good, after its retries."""

    def __init__(
        self,
        message: str = "",
        *,
        activity_type: str | None = None,
        failure_category: str | None = None,
        exception_type: str | None = None,
        non_retryable: bool = False,
        code: str | int | None = None,
        details: Any = None,
        timeout_kind: str | None = None,
    ) -> None:
        super().__init__(message)
        self.activity_type = activity_type
        self.failure_category = failure_category
        self.exception_type = exception_type
        self.non_retryable = non_retryable
        self.code = code
        self.details = details
        self.timeout_kind = timeout_kind

    def __str__(self) -> str:
        return f"{self.message} (activity {self.activity_type})" if self.activity_type else self.message


class CompensationFailed(WorkflowOutcomeError):
    """A saga could not undo everything; what it could undo is undone.

    Args:
        message: what failed.
        failures: what the compensations raised, in the order in which they were tried.
    """

    def __init__(self, message: str = "", failures: tuple[Exception, ...] = ()) -> None:
        super().__init__(message)
        self.failures = failures

    @classmethod
    def of(cls, failures: Sequence[Exception], count: int) -> CompensationFailed:
        """Describe what compensations raised.

        Args:
            failures: what they raised.
            count: how many compensations there were.
        """
        texts = "; ".join(f"{type(each).__name__}: {each}" for each in failures)
        return cls(f"{len(failures)} of {count} compensations failed: {texts}", tuple(failures))

    def after(self, error: BaseException) -> CompensationFailed:
        """Say what had to be undone.

        Args:
            error: the error because of which the saga was undone.
        """
        text = f"{self} (undoing because of {type(error).__name__}: {error})"
        return CompensationFailed(text, self.failures)


class ActivityCancelled(WorkflowOutcomeError):
    """The running activity should stop: its workflow no longer wants the result."""
