"""Writing workflows.

    from durable_workflow import workflow

    @workflow.defn(name="order")
    class Order:
        def __init__(self):
            self.approved_by = None

        @workflow.signal("approve")
        def approve(self, who):
            self.approved_by = who

        async def run(self, ctx, order):
            await ctx.gather(
                ctx.schedule_activity("reserve", [order]),
                ctx.schedule_activity("charge", [order]),
            )
            if not await ctx.wait_condition(lambda: self.approved_by, key="approval", timeout=3600):
                return {"status": "not approved"}
            return {"status": "shipped", "approved_by": self.approved_by}

`run` may also be a generator that yields the same things (`receipt = yield ctx.schedule_activity(...)`, or a
list of them for parallel work), or a plain function. In coroutines `asyncio.gather`, `wait_for`, `timeout`,
`sleep`, `TaskGroup`, `create_task`, queues and locks work too: by the workflow's history, not by the clock.
"""

from __future__ import annotations

from durable_workflow.workflow._activities import ActivityCall, ActivityOptions, ScheduleActivity
from durable_workflow.workflow._cancellation import CancellationScope, CancelWorkflow, Shield
from durable_workflow.workflow._children import ParentClosePolicy, StartChildWorkflow
from durable_workflow.workflow._closing import CompleteWorkflow, ContinueAsNew, FailWorkflow
from durable_workflow.workflow._command import Command
from durable_workflow.workflow._conditions import WaitCondition
from durable_workflow.workflow._context import WorkflowContext
from durable_workflow.workflow._definitions import (
    WorkflowDefinition,
    definition_of,
    defn,
    registry,
)
from durable_workflow.workflow._groups import Awaited, Begin, Begun, Group, Select, Selection
from durable_workflow.workflow._info import WorkflowInfo
from durable_workflow.workflow._messages import UpdateMethod, query, signal, update, update_validator
from durable_workflow.workflow._policies import ActivityRetryPolicy, ChildWorkflowRetryPolicy
from durable_workflow.workflow._replay import ReplayOutcome, apply_update, query_state, replay
from durable_workflow.workflow._saga import Saga
from durable_workflow.workflow._side_effects import RecordSideEffect, SideEffect
from durable_workflow.workflow._timers import StartTimer
from durable_workflow.workflow._updates import CompleteUpdate, FailUpdate
from durable_workflow.workflow._upserts import UpsertMemo, UpsertSearchAttributes
from durable_workflow.workflow._versions import (
    DeprecatePatch,
    GetVersion,
    Patched,
    RecordVersionMarker,
    VersionQuestion,
)

__all__ = [
    "ActivityCall",
    "ActivityOptions",
    "ActivityRetryPolicy",
    "Awaited",
    "Begin",
    "Begun",
    "CancelWorkflow",
    "CancellationScope",
    "ChildWorkflowRetryPolicy",
    "Command",
    "CompleteUpdate",
    "CompleteWorkflow",
    "ContinueAsNew",
    "DeprecatePatch",
    "FailUpdate",
    "FailWorkflow",
    "GetVersion",
    "Group",
    "ParentClosePolicy",
    "Patched",
    "RecordSideEffect",
    "RecordVersionMarker",
    "ReplayOutcome",
    "Saga",
    "ScheduleActivity",
    "Select",
    "Selection",
    "Shield",
    "SideEffect",
    "StartChildWorkflow",
    "StartTimer",
    "UpdateMethod",
    "UpsertMemo",
    "UpsertSearchAttributes",
    "VersionQuestion",
    "WaitCondition",
    "WorkflowContext",
    "WorkflowDefinition",
    "WorkflowInfo",
    "apply_update",
    "definition_of",
    "defn",
    "query",
    "query_state",
    "registry",
    "replay",
    "signal",
    "update",
    "update_validator",
]
