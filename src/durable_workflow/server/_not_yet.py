"""The operations of the specification that this server does not have yet.

The list only shrinks. Until an operation leaves it, the server admits a call of it like any other (token,
version, validation) and then says 404 `not_found`, as a server does that never heard of the route.
"""

from __future__ import annotations

from durable_workflow.server._calls import Refusal

__all__ = ["NOT_YET", "not_served"]

NOT_YET = frozenset(
    {
        # Schedules
        "backfillSchedule",
        "createSchedule",
        "deleteSchedule",
        "describeSchedule",
        "getScheduleHistory",
        "listSchedules",
        "pauseSchedule",
        "resumeSchedule",
        "triggerSchedule",
        "updateSchedule",
        # Namespaces, workers, task queues, search attributes
        "createNamespace",
        "createSearchAttribute",
        "deleteSearchAttribute",
        "deleteWorker",
        "describeNamespace",
        "describeTaskQueue",
        "describeWorker",
        "drainTaskQueueBuildId",
        "listNamespaces",
        "listSearchAttributes",
        "listTaskQueueBuildIds",
        "listTaskQueues",
        "listWorkers",
        "resumeTaskQueueBuildId",
        "setNamespaceExternalStorage",
        "testStorage",
        "updateNamespace",
        # Bridge and system
        "deliverWebhook",
        "getActivityTimeouts",
        "getOperatorMetrics",
        "getRetention",
        "getSystemMetrics",
        "getTaskRepair",
        "runActivityTimeoutPass",
        "runRetentionPass",
        "runTaskRepairPass",
    }
)


def not_served(operation_id: str) -> Refusal:
    """Return the refusal of an operation that this server does not have yet."""
    return Refusal(404, "not_found", f"This server does not have the operation {operation_id} yet.")
