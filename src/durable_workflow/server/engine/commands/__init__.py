"""The commands that a worker sends when it completes a workflow task, one file per group."""

from __future__ import annotations

from collections.abc import Mapping

from durable_workflow.server.engine.commands.activities import SCHEDULE_ACTIVITY
from durable_workflow.server.engine.commands.cancellations import CANCEL_WORKFLOW
from durable_workflow.server.engine.commands.children import START_CHILD_WORKFLOW
from durable_workflow.server.engine.commands.endings import COMPLETE_WORKFLOW, CONTINUE_AS_NEW, FAIL_WORKFLOW
from durable_workflow.server.engine.commands.kinds import Kind
from durable_workflow.server.engine.commands.markers import (
    RECORD_SIDE_EFFECT,
    RECORD_VERSION_MARKER,
    UPSERT_SEARCH_ATTRIBUTES,
)
from durable_workflow.server.engine.commands.memos import UPSERT_MEMO
from durable_workflow.server.engine.commands.updates import COMPLETE_UPDATE, FAIL_UPDATE
from durable_workflow.server.engine.commands.waits import OPEN_CONDITION_WAIT, START_TIMER

__all__ = ["KINDS", "SUPPORTED_COMMANDS"]

_ALL = (
    COMPLETE_WORKFLOW,
    FAIL_WORKFLOW,
    CONTINUE_AS_NEW,
    SCHEDULE_ACTIVITY,
    START_TIMER,
    START_CHILD_WORKFLOW,
    COMPLETE_UPDATE,
    FAIL_UPDATE,
    RECORD_SIDE_EFFECT,
    RECORD_VERSION_MARKER,
    UPSERT_SEARCH_ATTRIBUTES,
    UPSERT_MEMO,
    OPEN_CONDITION_WAIT,
    CANCEL_WORKFLOW,
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind of command that this server knows, by its ``type``."""

SUPPORTED_COMMANDS: tuple[str, ...] = tuple(kind.name for kind in _ALL)
"""The command types to advertise, in the protocol's order."""
