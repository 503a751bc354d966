"""Exceptions as failures that a server can keep."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Any

from durable_workflow.converters import encode
from durable_workflow.errors import ApplicationError, PayloadEncodeError

__all__ = ["Failure", "Reported", "describe"]

_LONGEST_MESSAGE = 8_000
_LONGEST_TRACE = 32_000


@dataclass(frozen=True, slots=True)
class Failure:
    """What a server is told of an exception.

    Args:
        message: its text, never blank.
        kind: name of its class.
        stack_trace: where it happened.
        non_retryable: trying again will not help.
        details: data for the workflow.
    """

    message: str
    kind: str
    stack_trace: str | None
    non_retryable: bool = False
    details: Any = None


class Reported(Exception):
    """An exception of another process, known by its description.

    Args:
        failure: the description.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def describe(error: BaseException, *, final: bool = False) -> Failure:
    """Return what to tell the server of an exception.

    Args:
        error: the exception.
        final: trying again will not help, whatever its class says.
    """
    if isinstance(error, Reported):
        return error.failure
    own = error if isinstance(error, ApplicationError) else ApplicationError()
    kind = own.error_type or type(error).__name__
    return Failure(
        message=_text(error)[:_LONGEST_MESSAGE] or kind,
        kind=kind,
        stack_trace=_trace(error),
        non_retryable=final or own.non_retryable,
        details=_details(error),
    )


def _details(error: BaseException) -> Any:
    """Return what an exception carries, as far as it can be written."""
    details = getattr(error, "details", None)
    try:
        encode(details)
    except (PayloadEncodeError, RecursionError):
        return repr(details)[:_LONGEST_MESSAGE]
    return details


def _text(error: BaseException) -> str:
    try:
        return str(error).strip()
    except Exception:
        return ""


def _trace(error: BaseException) -> str | None:
    try:
        trace = "".join(traceback.format_exception(error))
    except Exception:
        return None
    # The end of a trace names the fault.
    return trace[-_LONGEST_TRACE:]
