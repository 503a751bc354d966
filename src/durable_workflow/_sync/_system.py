# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""What operators ask of the server itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.bridge import deliver_webhook
from durable_workflow_api.api.health import get_ready
from durable_workflow_api.api.system import (
    get_activity_timeouts,
    get_operator_metrics,
    get_retention,
    get_system_metrics,
    get_task_repair,
    run_activity_timeout_pass,
    run_retention_pass,
    run_task_repair_pass,
)

from .._client_common import checks
from .._client_common.bodies import without_none
from ._cluster import ClusterCalls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from durable_workflow_api.models import (
        ActivityTimeoutCandidates,
        ActivityTimeoutPassReport,
        Readiness,
        RepairPassReport,
        RetentionCandidates,
        RetentionPassReport,
        TaskRepairView,
        WebhookOutcome,
    )

__all__ = ["SystemCalls"]


class SystemCalls(ClusterCalls):
    """Calls of the control plane for operators; they need the role admin."""

    def ready(self) -> Readiness:
        """Ask the server whether it can take work: database, migrations, default namespace.

        Operation `getReady`. Needs no token.

        Raises:
            ServerError: it is not ready (503).
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import Readiness

        parts = get_ready.build_request()
        return self._transport.call(parts, get_ready.parse_response, Readiness)

    def get_system_metrics(self) -> dict[str, Any]:
        """Return the server's metrics of task failures and projections, as plain JSON.

        Operation `getSystemMetrics`.

        Raises:
            CallError: the call did not end well.
        """
        parts = get_system_metrics.build_request()
        return self._transport.call(parts, get_system_metrics.parse_response, dict)

    def get_operator_metrics(self) -> dict[str, Any]:
        """Return counts of runs, tasks, activities, backlog and so on, as plain JSON.

        Operation `getOperatorMetrics`.

        Raises:
            CallError: the call did not end well.
        """
        parts = get_operator_metrics.build_request()
        return self._transport.call(parts, get_operator_metrics.parse_response, dict)

    def get_task_repair(self) -> TaskRepairView:
        """Return which tasks the server would repair, and by which policy.

        Operation `getTaskRepair`.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import TaskRepairView

        parts = get_task_repair.build_request()
        return self._transport.call(parts, get_task_repair.parse_response, TaskRepairView)

    def run_task_repair_pass(
        self, *, run_ids: Sequence[str] | None = None, workflow_id: str | None = None
    ) -> RepairPassReport:
        """Repair lost tasks now.

        Operation `runTaskRepairPass`.

        Args:
            run_ids: only these runs, at most 100.
            workflow_id: only this workflow.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import RepairPassReport, RepairPassRequest

        body = without_none(
            run_ids=checks.text_list("run_ids", run_ids) or None,
            instance_id=None if workflow_id is None else checks.workflow_id(workflow_id),
        )
        parts = run_task_repair_pass.build_request(body=RepairPassRequest.from_dict(body))
        return self._transport.call(parts, run_task_repair_pass.parse_response, RepairPassReport)

    def get_activity_timeouts(self, *, limit: int | None = None) -> ActivityTimeoutCandidates:
        """Return activities that ran over one of their times.

        Operation `getActivityTimeouts`.

        Args:
            limit: how many at most, 1 to 100; default is the server's, 100 on most.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import ActivityTimeoutCandidates

        parts = get_activity_timeouts.build_request(limit=_limit(limit))
        return self._transport.call(parts, get_activity_timeouts.parse_response, ActivityTimeoutCandidates)

    def run_activity_timeout_pass(
        self, *, execution_ids: Sequence[str] | None = None, limit: int | None = None
    ) -> ActivityTimeoutPassReport:
        """Enforce the times of activities now.

        Operation `runActivityTimeoutPass`.

        Args:
            execution_ids: only these activity executions, at most 100.
            limit: how many at most.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import ActivityTimeoutPassReport, ActivityTimeoutPassRequest

        body = ActivityTimeoutPassRequest.from_dict(
            without_none(
                limit=checks.optional_whole("limit", limit),
                execution_ids=checks.text_list("execution_ids", execution_ids) or None,
            )
        )
        parts = run_activity_timeout_pass.build_request(body=body)
        return self._transport.call(
            parts, run_activity_timeout_pass.parse_response, ActivityTimeoutPassReport
        )

    def get_retention(self, *, limit: int | None = None) -> RetentionCandidates:
        """Return closed runs that are older than the namespace keeps them.

        Operation `getRetention`.

        Args:
            limit: how many at most, 1 to 100; default is the server's, 100 on most.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import RetentionCandidates

        parts = get_retention.build_request(limit=_limit(limit))
        return self._transport.call(parts, get_retention.parse_response, RetentionCandidates)

    def run_retention_pass(
        self, *, run_ids: Sequence[str] | None = None, limit: int | None = None
    ) -> RetentionPassReport:
        """Remove old closed runs now.

        Operation `runRetentionPass`.

        Args:
            run_ids: exactly these runs, at most 100, also such that are not old yet.
            limit: how many at most.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import RetentionPassReport, RetentionPassRequest

        body = RetentionPassRequest.from_dict(
            without_none(
                limit=checks.optional_whole("limit", limit),
                run_ids=checks.text_list("run_ids", run_ids) or None,
            )
        )
        parts = run_retention_pass.build_request(body=body)
        return self._transport.call(parts, run_retention_pass.parse_response, RetentionPassReport)

    def deliver_webhook(self, adapter: str, event: Mapping[str, Any]) -> WebhookOutcome:
        """Hand an event from outside to the bridge, which makes a command of it.

        Operation `deliverWebhook`. The event's `idempotency_key` makes a repeat harmless.

        Args:
            adapter: name of the adapter.
            event: `action`, `idempotency_key`, `target`, and perhaps `input` and `correlation`, as the
                protocol has them.

        Returns:
            What came of it; `duplicate` when the key was used before.

        Raises:
            InvalidArgument: the event was rejected; its `reason_code` says why.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import (
            SignalWorkflowEvent,
            StartWorkflowEvent,
            UpdateWorkflowEvent,
            WebhookOutcome,
        )

        kinds: dict[str, Any] = {
            "start_workflow": StartWorkflowEvent,
            "signal_workflow": SignalWorkflowEvent,
            "update_workflow": UpdateWorkflowEvent,
        }
        members = checks.mapping("event", event) or {}
        kind = kinds[checks.one_of("event.action", members.get("action"), sorted(kinds))]
        checks.name("event.idempotency_key", members.get("idempotency_key"))
        parts = deliver_webhook.build_request(checks.name("adapter", adapter), body=kind.from_dict(members))
        return self._transport.call(parts, deliver_webhook.parse_response, WebhookOutcome, repeatable=True)


def _limit(limit: Any) -> Any:
    from durable_workflow_api.types import UNSET

    return UNSET if limit is None else checks.whole("limit", limit, most=100)
