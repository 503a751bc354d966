"""Exceptions as failures that a server can keep."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from durable_workflow.errors import NonRetryableError

__all__ = ["Failure", "describe"]

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
    """

    message: str
    kind: str
    stack_trace: str | None
    non_retryable: bool = False


def describe(error: BaseException, *, final: bool = False) -> Failure:
    """Return what to tell the server of an exception.

    Args:
        error: the exception.
        final: trying again will not help, whatever its class says.
    """
    kind = type(error).__name__
    return Failure(
        message=_text(error)[:_LONGEST_MESSAGE] or kind,
        kind=kind,
        stack_trace=_trace(error),
        non_retryable=final or isinstance(error, NonRetryableError),
    )


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
