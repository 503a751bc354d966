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
    │   ├── CompensationFailed      a saga could not undo everything
    │   └── ActivityCancelled
    ├── ResultTimeout               waited long enough for a result (also TimeoutError)
    ├── UpdateStillRunning          waited long enough for an update (also TimeoutError)
    ├── ApplicationError            raised by user code: a failure with a type and details
    │   └── NonRetryableError       raised by user code: do not try this again
    ├── NonDeterministicReplayError the code asks for something else than history holds
    ├── NonDeterministicCode        the code does what no replay can repeat (also RuntimeError)
    ├── HistoryNotUnderstood        what was given as a history is none (also ValueError)
    ├── DefinitionError             a workflow or activity is declared wrongly (also TypeError)
    ├── UnknownWorkflowType         ├── UnknownActivityType    (both also LookupError)
    └── PayloadError                (also ValueError)
        ├── PayloadEncodeError
        │   └── PayloadTooLarge         larger than the server takes; nothing was sent
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
from ._outcome_errors import (
    ActivityCancelled,
    ActivityFailed,
    ChildWorkflowFailed,
    CompensationFailed,
    QueryFailed,
    UpdateFailed,
    UpdateRejected,
    UpdateStillRunning,
    WorkflowCancelled,
    WorkflowFailed,
    WorkflowOutcomeError,
    WorkflowTerminated,
    WorkflowTimedOut,
)

__all__ = [
    "ActivityCancelled",
    "ActivityFailed",
    "ApplicationError",
    "CallError",
    "CallTimeout",
    "ChildWorkflowFailed",
    "CompensationFailed",
    "ConnectionFailed",
    "DefinitionError",
    "DurableWorkflowError",
    "Forbidden",
    "HistoryNotUnderstood",
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
    "PayloadTooLarge",
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


class ResultTimeout(DurableWorkflowError, TimeoutError):
    """The workflow was still running when the wait for its result was over."""


class ApplicationError(DurableWorkflowError):
    """Raise this in an activity to fail with a type and data of your own.

    The workflow gets `ActivityFailed` with this error as its cause. Any other exception works too: its class
    is the type, and its attribute `details`, if it has one, the data.

    Args:
        message: What went wrong.
        error_type: Language-neutral type, which retry policies may name; the name of the class by default.
        details: Data for the workflow, of the kinds that payloads can hold.
        non_retryable: Whether trying again will not help.
        cause: What caused it.
    """

    def __init__(
        self,
        message: str = "",
        *,
        error_type: str | None = None,
        details: Any = None,
        non_retryable: bool = False,
        cause: BaseException | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.error_type = error_type
        self.details = details
        self.non_retryable = non_retryable
        self.cause = cause
        self.__cause__ = cause


class NonRetryableError(ApplicationError):
    """Raise this in an activity to say that trying again will not help."""

    def __init__(
        self,
        message: str = "",
        *,
        cause: BaseException | None = None,
        error_type: str | None = None,
        details: Any = None,
    ) -> None:
        super().__init__(message, error_type=error_type, details=details, non_retryable=True, cause=cause)


class NonDeterministicReplayError(DurableWorkflowError):
    """Workflow code does not ask for what its history holds.

    Attributes:
        expected: What history holds, in words.
        actual: What the code asks for, in words.
        event: The event of the history, as it came.
        where: Place in the code, with its source line; None if no code ran then.
    """

    def __init__(
        self,
        message: str = "",
        *,
        expected: Any = None,
        actual: Any = None,
        event: Any = None,
        where: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.actual = actual
        self.event = event
        self.where = where


class HistoryNotUnderstood(DurableWorkflowError, ValueError):
    """What was given as a history is none, or lacks what a replay needs."""


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


class PayloadTooLarge(PayloadEncodeError):
    """A request is larger than the server takes; nothing was sent.

    Args:
        message: what is too large, by how much, and what to do.
        code: kind of the fault.
        path: the part that makes it large.
        size_bytes: size of the request.
        limit_bytes: size that the server takes.
    """

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = "payload_too_large",
        path: str | None = None,
        size_bytes: int | None = None,
        limit_bytes: int | None = None,
    ) -> None:
        super().__init__(message, code=code, path=path)
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class PayloadDecodeError(PayloadError):
    """A blob cannot be read back."""


class PayloadConversionError(PayloadDecodeError):
    """A payload was read, but its value does not fit the type of who receives it."""


for _name in __all__:
    # Tracebacks, logs and pickles should show the public door, not the file behind it.
    globals()[_name].__module__ = __name__
