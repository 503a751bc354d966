"""Commands that came after protocol 1.0: servers say whether they take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from durable_workflow.errors import NotSupportedByServer

__all__ = ["not_taken"]

_NEWER = frozenset({"upsert_memo"})


def not_taken(
    commands: Iterable[Mapping[str, Any]], capabilities: Mapping[str, Any]
) -> NotSupportedByServer | None:
    """Give the error for commands that the server does not take; None if it takes them all.

    A server of 1.0 would refuse the whole completion and only call the type unknown.

    Args:
        commands: the commands of a workflow task.
        capabilities: what the server says of itself.
    """
    offered = capabilities.get("supported_workflow_task_commands")
    if not isinstance(offered, list):
        return None
    missing = sorted({str(command["type"]) for command in commands} & _NEWER - set(offered))
    if not missing:
        return None
    return NotSupportedByServer(
        f"the workflow asks for {', '.join(missing)}, which this server does not take; leave it out of the "
        "workflow, or use a newer server: the run waits and goes on then",
        operation="completeWorkflowTask",
    )
