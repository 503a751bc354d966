"""Helpers for tests of workflows, of activities and of programs that use them.

Every name is loaded with its first use: importing this package loads neither the server nor an HTTP library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from durable_workflow.testing._activity_environment import ActivityEnvironment
    from durable_workflow.testing._dev_server import DevServer, dev_server
    from durable_workflow.testing._environment import WorkflowEnvironment
    from durable_workflow.testing._errors import WorkflowStuck, WorkflowTaskFailed
    from durable_workflow.testing._replays import replay_history, replay_history_file
    from durable_workflow.testing._script import ScriptedCall

__all__ = [
    "ActivityEnvironment",
    "DevServer",
    "ScriptedCall",
    "WorkflowEnvironment",
    "WorkflowStuck",
    "WorkflowTaskFailed",
    "dev_server",
    "replay_history",
    "replay_history_file",
]

_PLACES = {
    "ActivityEnvironment": "_activity_environment",
    "DevServer": "_dev_server",
    "ScriptedCall": "_script",
    "WorkflowEnvironment": "_environment",
    "WorkflowStuck": "_errors",
    "WorkflowTaskFailed": "_errors",
    "dev_server": "_dev_server",
    "replay_history": "_replays",
    "replay_history_file": "_replays",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module("." + _PLACES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
