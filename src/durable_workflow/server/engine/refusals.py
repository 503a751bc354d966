"""The refusals that more than one matter needs, and reading and writing JSON columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server._calls import Refusal
from durable_workflow.server._json import dump, load

__all__ = ["from_json", "invalid", "no_run", "no_workflow", "to_json", "worker_refusal"]


def invalid(errors: Mapping[str, list[str]]) -> Refusal:
    """Return the 422 that lists what is wrong by dotted member path."""
    path, messages = next(iter(errors.items()))
    listed = dict(errors)
    return Refusal(
        422,
        "validation_failed",
        f"The request is not valid: {path}: {messages[0]}",
        {"errors": listed, "validation_errors": listed},
    )


def no_workflow(workflow_id: str, **members: Any) -> Refusal:
    """Return the 404 for a workflow that the namespace does not have."""
    return Refusal(404, "instance_not_found", "Workflow not found.", {"workflow_id": workflow_id, **members})


def no_run(workflow_id: str, run_id: str) -> Refusal:
    """Return the 404 for a run that the workflow does not have."""
    members = {"workflow_id": workflow_id, "run_id": run_id}
    return Refusal(404, "run_not_found", "Workflow run not found.", members)


def worker_refusal(status: int, reason: str, text: str, **members: Any) -> Refusal:
    """Return a refusal of the worker plane, whose text is in ``error``."""
    return Refusal(status, reason, text, members, text_member="error")


def to_json(value: Any) -> str:
    """Return compact JSON text of a value that came in as JSON or is the engine's own."""
    return dump(value).decode()


def from_json(text: str | None) -> Any:
    """Return the value of a JSON column; None for None."""
    return None if text is None else load(text)
