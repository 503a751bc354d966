"""Errors of a call: what happened between this process and the server (public door: `errors`)."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack


class RefusalFacts(TypedDict, total=False):
    """What every error of a call can say about that call, beside status and body."""

    operation: str | None
    reason_code: str | None
    request_id: str | None
    attempts: int
    safe_to_retry: bool
    retry_after: float | None


class CallFacts(RefusalFacts, total=False):
    """What every error of a call can say about that call."""

    status: int | None
    body: Any


def _rebuild(cls: type[DurableWorkflowError], args: tuple[Any, ...], state: dict[str, Any]) -> BaseException:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class DurableWorkflowError(Exception):
    """Base of every error of this package."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by attributes: constructors differ per class, attributes do not."""
        return _rebuild, (type(self), self.args, self.__dict__)


class CallError(DurableWorkflowError):
    """A call of the server did not end well.

    Attributes:
        operation: operationId of the call in the OpenAPI document.
        status: HTTP status, if there was an answer.
        reason_code: the server's machine-readable reason, if it gave one.
        body: the decoded body of the answer.
        request_id: idempotency key or request id that was sent.
        attempts: how often the request was sent.
        safe_to_retry: True if sending the same call again cannot do harm.
        retry_after: seconds for which the server asks to wait, if it does.
    """

    def __init__(self, message: str = "", **facts: Unpack[CallFacts]) -> None:
        super().__init__(message)
        self.message = message
        self.operation = facts.get("operation")
        self.status = facts.get("status")
        self.reason_code = facts.get("reason_code")
        self.body = facts.get("body")
        self.request_id = facts.get("request_id")
        self.attempts = facts.get("attempts", 1)
        self.safe_to_retry = facts.get("safe_to_retry", False)
        self.retry_after = facts.get("retry_after")

    def reason(self) -> str | None:
        """Return the server's machine-readable reason, or None."""
        return self.reason_code

    def __str__(self) -> str:
        facts = {"operation": self.operation, "status": self.status, "reason": self.reason_code}
        if self.attempts > 1:
            facts["attempts"] = self.attempts
        known = ", ".join(f"{name}={value}" for name, value in facts.items() if value is not None)
        return f"{self.message} ({known})" if known else self.message


class ConnectionFailed(CallError):
    """No connection to the server; nothing was sent."""


class CallTimeout(CallError, TimeoutError):
    """The call did not end within its time."""


class OutcomeUnknown(CallError):
    """The request may have reached the server, and sending it again could do its work twice."""


class ResponseNotUnderstood(CallError):
    """The answer is not what this protocol promises, for example a proxy's login page."""


class NotSupportedByServer(CallError):
    """The server does not advertise what this call needs; nothing was sent."""


class ServerError(CallError):
    """The server refused the call.

    Args:
        status: HTTP status of the answer.
        body: decoded body; its `reason` and `message` (or `error`) are used.
        message: text to show instead of the server's own.
        facts: further attributes of `CallError`.
    """

    def __init__(
        self,
        status: int | None = None,
        body: Any = None,
        message: str | None = None,
        **facts: Unpack[RefusalFacts],
    ) -> None:
        members = body if isinstance(body, dict) else {}
        facts.setdefault("reason_code", members.get("reason"))
        text = message or members.get("message") or members.get("error") or "the server refused the call"
        super().__init__(str(text), status=status, body=body, **facts)


class InvalidArgument(ServerError, ValueError):
    """An argument is not acceptable; `errors` maps parameter or field names to texts."""

    def __init__(
        self,
        message: str,
        errors: Any = None,
        *,
        status: int | None = None,
        body: Any = None,
        **facts: Unpack[RefusalFacts],
    ) -> None:
        super().__init__(status, body, message, **facts)
        self.errors = errors


class Unauthorized(ServerError):
    """401: the server does not accept the token of this plane."""


class Forbidden(ServerError):
    """403: the token is valid and its role may not make this call."""


class _NamedServerError(ServerError):
    """A refusal about one named thing."""

    _status = 404
    _text = "{} is unknown"

    def __init__(
        self,
        name: str,
        message: str | None = None,
        *,
        status: int | None = None,
        body: Any = None,
        **facts: Unpack[RefusalFacts],
    ) -> None:
        super().__init__(status or self._status, body, message or self._text.format(repr(name)), **facts)
        self.name = name


class NamespaceNotFound(_NamedServerError):
    """The server has no such namespace."""

    _text = "the server has no namespace {}"

    def __init__(
        self,
        namespace: str,
        message: str | None = None,
        *,
        status: int | None = None,
        body: Any = None,
        **facts: Unpack[RefusalFacts],
    ) -> None:
        super().__init__(namespace, message, status=status, body=body, **facts)

    @property
    def namespace(self) -> str:
        """Name of the missing namespace."""
        return self.name


class _WorkflowServerError(_NamedServerError):
    """A refusal about one workflow id."""

    def __init__(
        self,
        workflow_id: str,
        message: str | None = None,
        *,
        status: int | None = None,
        body: Any = None,
        **facts: Unpack[RefusalFacts],
    ) -> None:
        super().__init__(workflow_id, message, status=status, body=body, **facts)

    @property
    def workflow_id(self) -> str:
        """Id of the workflow that the call named."""
        return self.name


class WorkflowNotFound(_WorkflowServerError):
    """The namespace has no workflow or run with this id."""

    _text = "there is no workflow {} in this namespace"


class WorkflowNotActive(_WorkflowServerError):
    """The workflow's run is closed, or was never started, so it takes no commands."""

    _status = 409
    _text = "workflow {} is not running"


class WorkflowAlreadyStarted(_WorkflowServerError):
    """The workflow id is taken.

    `ambiguous` is True when an earlier attempt of this very call may have been the one that took it.
    """

    _status = 409
    _text = "workflow {} was already started"

    def __init__(
        self,
        workflow_id: str,
        message: str | None = None,
        *,
        ambiguous: bool = False,
        **facts: Unpack[CallFacts],
    ) -> None:
        super().__init__(workflow_id, message, **facts)
        self.ambiguous = ambiguous


class WorkflowStillOpen(_WorkflowServerError):
    """The workflow has not ended yet, and the command is for closed ones."""

    _status = 409
    _text = "workflow {} has not ended yet"


class UnknownUpdate(_NamedServerError):
    """The workflow's type does not declare this update."""

    _text = "the workflow does not declare update {}"


class UnknownSignal(_NamedServerError):
    """The workflow's type does not declare this signal."""

    _text = "the workflow does not declare signal {}"


class _ScheduleServerError(_NamedServerError):
    """A refusal about one schedule id."""

    def __init__(
        self,
        schedule_id: str,
        message: str | None = None,
        *,
        status: int | None = None,
        body: Any = None,
        **facts: Unpack[RefusalFacts],
    ) -> None:
        super().__init__(schedule_id, message, status=status, body=body, **facts)

    @property
    def schedule_id(self) -> str:
        """Id of the schedule that the call named."""
        return self.name


class ScheduleNotFound(_ScheduleServerError):
    """The namespace has no schedule with this id."""

    _text = "there is no schedule {} in this namespace"


class ScheduleAlreadyExists(_ScheduleServerError):
    """The schedule id is taken."""

    _status = 409
    _text = "schedule {} already exists"


class WorkerNotFound(_NamedServerError):
    """The namespace has no worker with this id."""

    _text = "there is no worker {} in this namespace"


class WorkerNotRegistered(_NamedServerError):
    """The server does not know this worker (any more): register again."""

    _status = 412
    _text = "worker {} is not registered; register it again"


class TaskLost(_NamedServerError):
    """The task is no longer this worker's: drop it, its outcome is decided elsewhere."""

    _status = 409
    _text = "task {} is no longer held by this worker"
