"""Every error that this package raises.

    DurableWorkflowError
    ├── CallError                   what happened to one call of the server
    │   ├── ConnectionFailed        no connection; nothing was sent
    │   ├── CallTimeout             the call's time was over (also TimeoutError)
    │   ├── OutcomeUnknown          sent, not answered, and not safe to send again
    │   ├── ResponseNotUnderstood   the answer is not this protocol (a proxy's page, a cut body)
    │   ├── NotSupportedByServer    the server does not advertise what the call needs
    │   └── ServerError             the server refused
    │       ├── InvalidArgument     422, or refused before sending (also ValueError)
    │       ├── Unauthorized        401
    │       ├── Forbidden           403
    │       ├── NamespaceNotFound   ├── UnknownSignal
    │       ├── WorkflowNotFound    ├── ScheduleNotFound
    │       ├── WorkflowNotActive   ├── ScheduleAlreadyExists
    │       ├── WorkflowStillOpen   ├── UnknownUpdate
    │       ├── WorkflowAlreadyStarted
    │       ├── WorkerNotFound
    │       ├── WorkerNotRegistered register again, then go on
    │       └── TaskLost            the task now belongs to somebody else, or to nobody
    ├── WorkflowOutcomeError        what happened to a workflow, an activity or a message
    │   ├── WorkflowFailed
    │   │   └── WorkflowTimedOut
    │   ├── WorkflowCancelled       ├── QueryFailed
    │   ├── WorkflowTerminated      ├── UpdateFailed
    │   │                           │   └── UpdateRejected
    │   ├── ChildWorkflowFailed     ├── ActivityFailed
    │   └── ActivityCancelled
    ├── ResultTimeout               waited long enough for a result (also TimeoutError)
    ├── UpdateStillRunning          waited long enough for an update (also TimeoutError)
    ├── NonRetryableError           raised by user code: do not try this again
    ├── NonDeterministicReplayError the code asks for something else than history holds
    ├── NonDeterministicCode        the code does what no replay can repeat (also RuntimeError)
    ├── DefinitionError             a workflow or activity is declared wrongly (also TypeError)
    ├── UnknownWorkflowType         ├── UnknownActivityType    (both also LookupError)
    └── PayloadError                (also ValueError)
        ├── PayloadEncodeError
        └── PayloadDecodeError
            └── PayloadConversionError  read, and not of the type that was asked for

All of them survive pickling with their attributes.
"""

from __future__ import annotations

from typing import Any

from ._call_errors import (
    CallError,
    CallTimeout,
    ConnectionFailed,
    DurableWorkflowError,
    Forbidden,
    InvalidArgument,
    NamespaceNotFound,
    NotSupportedByServer,
    OutcomeUnknown,
    ResponseNotUnderstood,
    ScheduleAlreadyExists,
    ScheduleNotFound,
    ServerError,
    TaskLost,
    Unauthorized,
    UnknownSignal,
    UnknownUpdate,
    WorkerNotFound,
    WorkerNotRegistered,
    WorkflowAlreadyStarted,
    WorkflowNotActive,
    WorkflowNotFound,
    WorkflowStillOpen,
)

__all__ = [
    "ActivityCancelled",
    "ActivityFailed",
    "CallError",
    "CallTimeout",
    "ChildWorkflowFailed",
    "ConnectionFailed",
    "DefinitionError",
    "DurableWorkflowError",
    "Forbidden",
    "InvalidArgument",
    "NamespaceNotFound",
    "NonDeterministicCode",
    "NonDeterministicReplayError",
    "NonRetryableError",
    "NotSupportedByServer",
    "OutcomeUnknown",
    "PayloadConversionError",
    "PayloadDecodeError",
    "PayloadEncodeError",
    "PayloadError",
    "QueryFailed",
    "ResponseNotUnderstood",
    "ResultTimeout",
    "ScheduleAlreadyExists",
    "ScheduleNotFound",
    "ServerError",
    "TaskLost",
    "Unauthorized",
    "UnknownActivityType",
    "UnknownSignal",
    "UnknownUpdate",
    "UnknownWorkflowType",
    "UpdateFailed",
    "UpdateRejected",
    "UpdateStillRunning",
    "WorkerNotFound",
    "WorkerNotRegistered",
    "WorkflowAlreadyStarted",
    "WorkflowCancelled",
    "WorkflowFailed",
    "WorkflowNotActive",
    "WorkflowNotFound",
    "WorkflowOutcomeError",
    "WorkflowStillOpen",
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


class ActivityCancelled(WorkflowOutcomeError):
    """The running activity should stop: its workflow no longer wants the result."""


class ResultTimeout(DurableWorkflowError, TimeoutError):
    """The workflow was still running when the wait for its result was over."""


class NonRetryableError(DurableWorkflowError):
    """Raise this in an activity to say that trying again will not help."""

    def __init__(self, message: str = "", *, cause: BaseException | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.__cause__ = cause


class NonDeterministicReplayError(DurableWorkflowError):
    """Workflow code does not ask for what its history holds."""

    def __init__(
        self, message: str = "", *, expected: Any = None, actual: Any = None, event: Any = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.actual = actual
        self.event = event


class NonDeterministicCode(DurableWorkflowError, RuntimeError):
    """Workflow code does something that no replay can repeat, such as to read the clock.

    It fails the task and never the workflow, even when the code catches it.

    Attributes:
        what: What the code does, such as `time.time`; None if the message alone says so.
        where: Place in the code.
    """

    def __init__(self, message: str = "", *, what: str | None = None, where: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.what = what
        self.where = where


class DefinitionError(DurableWorkflowError, TypeError):
    """A workflow or activity is declared in a way that cannot work."""


class UnknownWorkflowType(DurableWorkflowError, LookupError):
    """No workflow class is registered for a type."""


class UnknownActivityType(DurableWorkflowError, LookupError):
    """No activity function is registered for a type."""


class PayloadError(DurableWorkflowError, ValueError):
    """A payload cannot be converted; `code` says what kind of fault, `path` says where."""

    def __init__(self, message: str = "", *, code: str | None = None, path: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.path = path


class PayloadEncodeError(PayloadError):
    """A value cannot be written in the payload's codec."""


class PayloadDecodeError(PayloadError):
    """A blob cannot be read back."""


class PayloadConversionError(PayloadDecodeError):
    """A payload was read, but its value does not fit the type of who receives it."""


for _name in __all__:
    # Tracebacks, logs and pickles should show the public door, not the file behind it.
    globals()[_name].__module__ = __name__
