"""Fingerprints of workflow definitions: servers notice by them that code has changed under a worker's id."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping

from durable_workflow.workflow import WorkflowDefinition

__all__ = ["fingerprints"]


def fingerprints(workflows: Mapping[str, WorkflowDefinition]) -> dict[str, str]:
    """Return a fingerprint of the source of each workflow; none for those whose source is not at hand.

    Args:
        workflows: the definitions by type.
    """
    found = {name: _fingerprint(definition.cls) for name, definition in workflows.items()}
    return {name: value for name, value in found.items() if value is not None}


def _fingerprint(cls: type) -> str | None:
    try:
        source = inspect.getsource(cls)
    except (OSError, TypeError):
        return None
    return "sha256:" + hashlib.sha256(source.encode()).hexdigest()
