"""A failure that workflow code reports, as its event tells it."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.snapshots import present
from durable_workflow.server.store import Transaction

__all__ = ["failure_members"]


def failure_members(
    tx: Transaction,
    *,
    message: str,
    exception_type: str | None,
    exception_class: str | None,
    non_retryable: bool,
) -> dict[str, Any]:
    """Return the members that say what failed.

    Args:
        tx: The transaction.
        message: What happened.
        exception_type: The language-neutral type of the failure.
        exception_class: The class of the exception; the protocol's general one if None.
        non_retryable: Whether trying again is pointless.
    """
    exception_class = exception_class or "RuntimeException"
    exception = {
        "class": exception_class,
        **present(type=exception_type),
        "message": message,
        "code": 0,
        "file": "",
        "line": 0,
        "trace": [],
        "properties": [],
    }
    return {
        "failure_id": tx.ids.lower(),
        "non_retryable": non_retryable,
        "exception_type": exception_type,
        "exception_class": exception_class,
        "message": message,
        "exception": exception,
    }
