"""The engine: what happens to workflows, as rules over one clock and one transaction.

Every rule is a function of a `Transaction`; nothing is remembered outside the store, so a server that was
killed goes on where its file stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from durable_workflow.server._calls import Call, Pending, Refusal, Reply
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.engine.activity_heartbeats import heartbeat_activity, renew_lease
from durable_workflow.server.engine.activity_reports import complete_activity, fail_activity
from durable_workflow.server.engine.archiving import archive_workflow
from durable_workflow.server.engine.cancellations import cancel_workflow
from durable_workflow.server.engine.commands import SUPPORTED_COMMANDS
from durable_workflow.server.engine.completions import complete_task
from durable_workflow.server.engine.debugging import debug_run, debug_workflow
from durable_workflow.server.engine.exports import export_history
from durable_workflow.server.engine.leaps import leap, look_ahead
from durable_workflow.server.engine.leases import give_back as give_back_task
from durable_workflow.server.engine.listing import list_runs, list_workflows
from durable_workflow.server.engine.lives import POLICIES_DUE
from durable_workflow.server.engine.parent_close import apply_due
from durable_workflow.server.engine.polling import poll_activity_task, poll_workflow_task
from durable_workflow.server.engine.queries import query_workflow
from durable_workflow.server.engine.query_tasks import (
    complete_query_task,
    fail_query_task,
    give_back_query,
    poll_query_task,
)
from durable_workflow.server.engine.reading import describe_run, describe_workflow, read_history
from durable_workflow.server.engine.refusals import invalid
from durable_workflow.server.engine.registrations import (
    deregister_worker,
    heartbeat_worker,
    register_worker,
)
from durable_workflow.server.engine.repairs import repair_workflow
from durable_workflow.server.engine.signals import signal_workflow
from durable_workflow.server.engine.starts import start_workflow
from durable_workflow.server.engine.task_upkeep import fail_task, heartbeat_task, task_history
from durable_workflow.server.engine.terminations import terminate_workflow
from durable_workflow.server.engine.ticks import tick
from durable_workflow.server.engine.updates import update_workflow
from durable_workflow.server.store import Transaction

__all__ = [
    "HANDLERS",
    "READ_ONLY",
    "SUPPORTED_COMMANDS",
    "EngineSettings",
    "Handler",
    "give_back",
    "leap",
    "look_ahead",
    "tick",
]

Handler = Callable[[Transaction, Call], Reply | Pending]


def _checked(handler: Handler) -> Handler:
    def run(tx: Transaction, call: Call) -> Reply | Pending:
        try:
            outcome = handler(tx, call)
        except UnicodeEncodeError as error:
            # JSON can spell half of a character pair, which no text column holds.
            raise _not_text(error) from error
        if POLICIES_DUE in tx.topics:
            apply_due(tx)
        return outcome

    return run


def _not_text(error: UnicodeEncodeError) -> Refusal:
    return invalid({"body": [f"The text {error.object[:40]!r} is not valid Unicode."]})


_RULES: dict[str, Handler] = {
    "startWorkflow": start_workflow,
    "listWorkflows": list_workflows,
    "listWorkflowRuns": list_runs,
    "describeWorkflow": describe_workflow,
    "describeWorkflowRun": describe_run,
    "debugWorkflow": debug_workflow,
    "debugWorkflowRun": debug_run,
    "getWorkflowHistory": read_history,
    "exportWorkflowHistory": export_history,
    "signalWorkflow": signal_workflow,
    "signalWorkflowRun": signal_workflow,
    "cancelWorkflow": cancel_workflow,
    "cancelWorkflowRun": cancel_workflow,
    "repairWorkflow": repair_workflow,
    "archiveWorkflow": archive_workflow,
    "queryWorkflow": query_workflow,
    "queryWorkflowRun": query_workflow,
    "updateWorkflow": update_workflow,
    "updateWorkflowRun": update_workflow,
    "terminateWorkflow": terminate_workflow,
    "terminateWorkflowRun": terminate_workflow,
    "registerWorker": register_worker,
    "heartbeatWorker": heartbeat_worker,
    "deregisterWorker": deregister_worker,
    "pollWorkflowTask": poll_workflow_task,
    "getWorkflowTaskHistory": task_history,
    "heartbeatWorkflowTask": heartbeat_task,
    "completeWorkflowTask": complete_task,
    "failWorkflowTask": fail_task,
    "pollActivityTask": poll_activity_task,
    "completeActivityTask": complete_activity,
    "failActivityTask": fail_activity,
    "heartbeatActivityTask": heartbeat_activity,
    "renewActivityTaskLease": renew_lease,
    "pollQueryTask": poll_query_task,
    "completeQueryTask": complete_query_task,
    "failQueryTask": fail_query_task,
}

HANDLERS: Mapping[str, Handler] = {operation: _checked(handler) for operation, handler in _RULES.items()}
"""The rule of every operation, by operationId. A rule raises `Refusal` to refuse and undo."""

READ_ONLY: frozenset[str] = frozenset(
    {
        "completeQueryTask",
        "debugWorkflow",
        "debugWorkflowRun",
        "describeWorkflow",
        "describeWorkflowRun",
        "exportWorkflowHistory",
        "failQueryTask",
        "getWorkflowHistory",
        "listWorkflowRuns",
        "listWorkflows",
        "pollQueryTask",
        "queryWorkflow",
        "queryWorkflowRun",
    }
)
"""Operations whose rule writes nothing to the database: they may run in `Store.read`."""


def give_back(tx: Transaction, call: Call, outcome: Reply | Pending) -> None:
    """Take back what a poll handed out whose answer could not be delivered.

    Args:
        tx: The transaction.
        call: The poll.
        outcome: What the engine had answered.
    """
    rule = give_back_query if call.operation == "pollQueryTask" else give_back_task
    rule(tx, call, outcome)
