"""Queries: questions about a workflow's state that leave no trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from durable_workflow.errors import QueryFailed
from durable_workflow.replay._updates import fitting
from durable_workflow.workflow import WorkflowDefinition

__all__ = ["asked"]


def asked(instance: Any, definition: WorkflowDefinition, name: str, arguments: Sequence[Any]) -> Any:
    """Ask a workflow.

    Args:
        instance: The workflow object; None if it could not be made.
        definition: Its definition.
        name: Name of the query.
        arguments: Decoded arguments.

    Raises:
        QueryFailed: If there is no such query, its arguments do not fit, or its method raised; the reason
            code says which.
    """
    method = definition.queries.get(name)
    if method is None:
        known = ", ".join(sorted(definition.queries)) or "none"
        raise _failed(
            f"workflow {definition.name!r} has no query {name!r}; it has {known}",
            name,
            "rejected_unknown_query",
        )
    if instance is None:
        raise _failed(f"workflow {definition.name!r} failed before it could be asked", name, "query_rejected")
    ask = getattr(instance, method)
    try:
        fitted = fitting(ask, arguments, f"query {name!r}")
    except ValueError as error:
        raise _failed(str(error), name, "invalid_query_arguments") from error
    try:
        return ask(*fitted)
    except Exception as error:
        text = f"query {name!r} raised {type(error).__name__}: {error}"
        raise _failed(text, name, "query_rejected") from error


def _failed(message: str, name: str, reason: str) -> QueryFailed:
    return QueryFailed(message, query_name=name, reason_code=reason)
