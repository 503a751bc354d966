"""The logger of workflow code."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any, Protocol

from durable_workflow.workflow._info import WorkflowInfo

_LOGGER = logging.getLogger("durable_workflow.workflow")


class Replays(Protocol):
    """What the logger reads from the run that drives the code."""

    @property
    def replaying(self) -> bool:
        """Whether the code repeats what history already holds."""
        ...


class ReplaySafeLogger(logging.LoggerAdapter[logging.Logger]):
    """A logger that is silent while the code repeats what it already did."""

    def __init__(self, info: WorkflowInfo, view: Replays) -> None:
        facts = {
            "workflow_id": info.workflow_id,
            "workflow_run_id": info.run_id,
            "workflow_type": info.workflow_type,
            "task_queue": info.task_queue,
        }
        super().__init__(_LOGGER, facts)
        self._view = view

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - the name that logging calls
        """Tell whether a record of this level would be written now."""
        return not self._view.replaying and super().isEnabledFor(level)

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, MutableMapping[str, Any]]:
        """Add the facts of the run to those that the caller gave."""
        kwargs["extra"] = {**(self.extra or {}), **(kwargs.get("extra") or {})}
        return msg, kwargs
