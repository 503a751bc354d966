"""What a command says that could not do its work: what was tried, what to do next, and the exit code."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from attrs import frozen

from durable_workflow import errors

if TYPE_CHECKING:
    from durable_workflow.cli._settings import Settings

__all__ = ["ExitCode", "Explanation", "explain"]


class ExitCode(IntEnum):
    """How a command ended; docs/cli.md has the table for people."""

    DONE = 0
    NO_SUCCESS = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    NO_ACCESS = 5
    NOT_REACHED = 6
    OUTCOME_UNKNOWN = 7
    NOT_SUPPORTED = 8
    STILL_RUNNING = 9
    INTERRUPTED = 130


@frozen
class Explanation:
    """An error as a person needs it.

    Attributes:
        kind: Name of the error's class.
        message: What happened.
        tried: Which call was made, where, how often, and what came back.
        next: What to do now.
        exit_code: How the command ends.
        facts: The call's facts for programs.
    """

    kind: str
    message: str
    tried: str
    next: str
    exit_code: ExitCode
    facts: dict[str, Any]

    def document(self) -> dict[str, Any]:
        """Return it as the JSON object that `--json` writes to the error stream."""
        told = {"type": self.kind, "message": self.message, "tried": self.tried, "next": self.next}
        return {"error": {**told, "exit_code": int(self.exit_code), **self.facts}}


_Advice = tuple[type[BaseException], ExitCode, str]

# The first that fits; a subclass stands before its base.
_ADVICE: tuple[_Advice, ...] = (
    (
        errors.ConnectionFailed,
        ExitCode.NOT_REACHED,
        "Is a server running there? `durable-workflow dev` starts one; --server-url names another.",
    ),
    (errors.OutcomeUnknown, ExitCode.OUTCOME_UNKNOWN, "Look whether it was done before you do it again."),
    (
        errors.CallTimeout,
        ExitCode.NOT_REACHED,
        "Try again, or give it more time with --timeout SECONDS.",
    ),
    (
        errors.ResponseNotUnderstood,
        ExitCode.NOT_REACHED,
        "Something else than a Durable Workflow server answered: check --server-url, and proxies on the way.",
    ),
    (
        errors.NotSupportedByServer,
        ExitCode.NOT_SUPPORTED,
        "`durable-workflow server info` tells what this server can do.",
    ),
    (
        errors.Unauthorized,
        ExitCode.NO_ACCESS,
        "Give the token with DURABLE_WORKFLOW_AUTH_TOKEN, --token-file or a profile;"
        " `durable-workflow settings` shows where the one in use comes from.",
    ),
    (
        errors.Forbidden,
        ExitCode.NO_ACCESS,
        "Use a token of a role that may do this; `durable-workflow settings` shows which one is in use.",
    ),
    (
        errors.NamespaceNotFound,
        ExitCode.NOT_FOUND,
        "`durable-workflow namespace list` shows the namespaces; --namespace names one.",
    ),
    (
        errors.WorkflowNotFound,
        ExitCode.NOT_FOUND,
        "`durable-workflow workflow list` shows what there is; is --namespace right?",
    ),
    (errors.ScheduleNotFound, ExitCode.NOT_FOUND, "`durable-workflow schedule list` shows what there is."),
    (errors.WorkerNotFound, ExitCode.NOT_FOUND, "`durable-workflow worker list` shows what there is."),
    (
        errors.WorkflowAlreadyStarted,
        ExitCode.REFUSED,
        "Choose another id, or take the open run with --duplicate-policy use-existing.",
    ),
    (
        errors.WorkflowNotActive,
        ExitCode.REFUSED,
        "`durable-workflow workflow describe ID` shows how it ended.",
    ),
    (errors.WorkflowStillOpen, ExitCode.REFUSED, "Wait with `durable-workflow workflow result ID` first."),
    (
        errors.UnknownSignal,
        ExitCode.NOT_FOUND,
        "Check the name: the workflow's code declares its signals with @workflow.signal.",
    ),
    (
        errors.UnknownUpdate,
        ExitCode.NOT_FOUND,
        "Check the name: the workflow's code declares its updates with @workflow.update.",
    ),
    (errors.ScheduleAlreadyExists, ExitCode.REFUSED, "Choose another id, or use `schedule update`."),
    (errors.InvalidArgument, ExitCode.USAGE, "Correct what is named, and try again."),
    (errors.ServerError, ExitCode.REFUSED, ""),
    (errors.CallError, ExitCode.NOT_REACHED, ""),
    (
        errors.ResultTimeout,
        ExitCode.STILL_RUNNING,
        "It goes on: wait again, or longer with --wait-timeout SECONDS.",
    ),
    (
        errors.UpdateStillRunning,
        ExitCode.STILL_RUNNING,
        "It goes on: give it more with --wait-timeout SECONDS.",
    ),
    (
        errors.QueryFailed,
        ExitCode.NO_SUCCESS,
        "A query needs a running worker that knows it: `durable-workflow worker list --task-queue QUEUE`.",
    ),
    (errors.WorkflowOutcomeError, ExitCode.NO_SUCCESS, ""),
    (
        errors.PayloadError,
        ExitCode.REFUSED,
        "If it is encrypted, give its keys with --payload-keys-file or DURABLE_WORKFLOW_PAYLOAD_KEYS.",
    ),
    (errors.DurableWorkflowError, ExitCode.REFUSED, ""),
)
_FACTS = ("operation", "status", "reason_code", "request_id", "attempts", "safe_to_retry", "retry_after")


def explain(error: errors.DurableWorkflowError, settings: Settings) -> Explanation:
    """Return what to say about an error.

    Args:
        error: What was raised.
        settings: The settings of the command.
    """
    code, advice = next((code, text) for kind, code, text in _ADVICE if isinstance(error, kind))
    if isinstance(error, errors.CallError) and error.status == 404 and code is ExitCode.REFUSED:
        code = ExitCode.NOT_FOUND
    message = str(getattr(error, "message", "") or error)
    facts = {name: getattr(error, name) for name in _FACTS if getattr(error, name, None) is not None}
    return Explanation(
        type(error).__name__, message, _tried(error, settings), advice or _usual(error), code, facts
    )


def _tried(error: errors.DurableWorkflowError, settings: Settings) -> str:
    where = f"{settings.get('server_url')}, namespace {settings.get('namespace')}"
    if not isinstance(error, errors.CallError):
        return where
    came_back = "" if error.status is None else f": answer {error.status}"
    came_back += f" ({error.reason_code})" if error.reason_code else ""
    times = "once" if error.attempts == 1 else f"{error.attempts} times"
    return f"{error.operation or 'nothing was sent'} at {where}, {times}{came_back}"


def _usual(error: errors.DurableWorkflowError) -> str:
    if isinstance(error, errors.CallError) and error.retry_after:
        return f"Try again in {error.retry_after:g} seconds."
    if isinstance(error, errors.CallError) and error.safe_to_retry:
        return "Trying again can do no harm."
    if isinstance(error, errors.WorkflowOutcomeError):
        return "`durable-workflow workflow history ID` shows what led to it."
    return "`durable-workflow server health` tells whether the server is well."
