"""What callers are told while the database file cannot be used: what is wrong, and whether to come again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.store.errors import StoreCorrupt, StoreError

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

__all__ = ["storage_failed"]

_RETRY_AFTER = 2


def storage_failed(operation: Operation, call: Call, error: StoreError) -> Reply:
    """Return the reply to a call of which nothing was kept.

    Workers are told to come again (503 ``backend_unavailable``), as later servers tell them; everybody else
    gets a 500 with the reason ``storage_unavailable``. A damaged file is a 500 for all, for no repeat helps.

    Args:
        operation: The operation.
        call: The call.
        error: What the store said.
    """
    if isinstance(error, StoreCorrupt):
        return Reply(500, {"message": str(error), "reason": "storage_corrupt"})
    if operation.plane != "worker":
        return Reply(500, {"message": str(error), "reason": "storage_unavailable"})
    body: dict[str, Any] = {
        "error": str(error),
        "reason": "backend_unavailable",
        "retryable": True,
        "retry_after_seconds": _RETRY_AFTER,
    }
    if operation.long_poll is not None:
        poll = {"task": None, "poll_status": "backend_unavailable", "retry_same_poll_request_id": True}
        body |= poll | {"poll_request_id": call.body.get("poll_request_id")}
    return Reply(503, body)
