"""The calls beside the documented ones: which recording each meets and what must come out."""

from __future__ import annotations

from typing import Any

from support.documented_calls import Case, decoded, same
from support.replaying import Recorded


def same_members(value: Any, each: Recorded) -> None:
    """The generated model holds what the recording holds."""
    assert plain(value.to_dict()) == plain(each.answer)


def rows(member: str) -> Any:
    def check(value: Any, each: Recorded) -> None:
        assert [plain(row.to_dict()) for row in value] == plain(each.answer[member])
        assert value

    return check


def plain(value: Any) -> Any:
    """Make two spellings of one thing equal: empty maps written as lists, zones, nulls."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items() if plain(member) is not None}
    if isinstance(value, list):
        return [plain(item) for item in value] or None
    if isinstance(value, str):
        return value.replace("+00:00", "Z").replace(".000000Z", "Z")
    return value


def check_runs(value: Any, each: Recorded) -> None:
    assert [(run.run_id, run.run_number, run.status) for run in value] == [
        (run["run_id"], run["run_number"], run["status"]) for run in each.answer["runs"]
    ]


def check_receipt(value: Any, each: Recorded) -> None:
    assert (value.outcome, value.command_id) == (each.answer["outcome"], each.answer["command_id"])


def check_run_description(value: Any, each: Recorded) -> None:
    assert (value.run_id, value.status) == (each.answer["run_id"], each.answer["status"])


def pinned(method: str, **names: str) -> Any:
    """A command to one run."""

    def call(client: Any, each: Recorded) -> Any:
        positional = [each.path[name] for name in names.values()]
        return getattr(client, method)(
            each.path["workflowId"], *positional, args=decoded(each.sent["input"]), run_id=each.path["runId"]
        )

    return call


def ending(method: str) -> Any:
    return lambda c, r: getattr(c, method)(
        r.path["workflowId"], reason=r.sent.get("reason"), run_id=r.path["runId"]
    )


def none(value: Any, each: Recorded) -> None:
    assert value is None


def rest(each: Recorded, *without: str) -> dict[str, Any]:
    return {name: value for name, value in each.sent.items() if name not in without}


def some(member: str) -> Any:
    return lambda each: bool(each.answer[member])


def whole(query: Any) -> dict[str, int]:
    return {name: int(value) for name, value in query.items()}


FURTHER: dict[str, Case] = {
    "list_workflow_runs": Case(
        "listWorkflowRuns", lambda c, r: c.list_workflow_runs(r.path["workflowId"]), check_runs
    ),
    "describe_workflow(run_id)": Case(
        "describeWorkflowRun",
        lambda c, r: c.describe_workflow(r.path["workflowId"], run_id=r.path["runId"]),
        check_run_description,
    ),
    "cancel_workflow(run_id)": Case("cancelWorkflowRun", ending("cancel_workflow"), none),
    "terminate_workflow(run_id)": Case("terminateWorkflowRun", ending("terminate_workflow"), none),
    "debug_workflow": Case("debugWorkflow", lambda c, r: c.debug_workflow(r.path["workflowId"]), same),
    "debug_workflow(run_id)": Case(
        "debugWorkflowRun",
        lambda c, r: c.debug_workflow(r.path["workflowId"], run_id=r.path["runId"]),
        same,
    ),
    "export_history": Case(
        "exportWorkflowHistory",
        lambda c, r: c.export_history(r.path["workflowId"], r.path["runId"]),
        same,
    ),
    "repair_workflow": Case(
        "repairWorkflow", lambda c, r: c.repair_workflow(r.path["workflowId"]), check_receipt
    ),
    "archive_workflow": Case(
        "archiveWorkflow",
        lambda c, r: c.archive_workflow(r.path["workflowId"], reason=r.sent.get("reason")),
        check_receipt,
    ),
    "ready": Case("getReady", lambda c, r: c.ready(), same_members),
    "list_namespaces": Case("listNamespaces", lambda c, r: c.list_namespaces(), rows("namespaces")),
    "describe_namespace": Case(
        "describeNamespace", lambda c, r: c.describe_namespace(r.path["namespace"]), same_members
    ),
    "create_namespace": Case(
        "createNamespace", lambda c, r: c.create_namespace(r.sent["name"], **rest(r, "name")), same_members
    ),
    "update_namespace": Case(
        "updateNamespace",
        lambda c, r: c.update_namespace(r.path["namespace"], **r.sent),
        same_members,
    ),
    "set_namespace_external_storage": Case(
        "setNamespaceExternalStorage",
        lambda c, r: c.set_namespace_external_storage(r.path["namespace"], **r.sent),
        same_members,
    ),
    "test_storage": Case("testStorage", lambda c, r: c.test_storage(**r.sent), same_members),
    "list_workers": Case(
        "listWorkers", lambda c, r: c.list_workers(**r.query), rows("workers"), some("workers")
    ),
    "describe_worker": Case(
        "describeWorker", lambda c, r: c.describe_worker(r.path["workerId"]), same_members
    ),
    "describe_task_queue": Case(
        "describeTaskQueue", lambda c, r: c.describe_task_queue(r.path["taskQueue"]), same_members
    ),
    "list_task_queue_build_ids": Case(
        "listTaskQueueBuildIds",
        lambda c, r: c.list_task_queue_build_ids(r.path["taskQueue"]),
        same_members,
    ),
    "drain_task_queue_build_id": Case(
        "drainTaskQueueBuildId",
        lambda c, r: c.drain_task_queue_build_id(r.path["taskQueue"], r.sent["build_id"]),
        same_members,
    ),
    "resume_task_queue_build_id": Case(
        "resumeTaskQueueBuildId",
        lambda c, r: c.resume_task_queue_build_id(r.path["taskQueue"], r.sent["build_id"]),
        same_members,
    ),
    "list_search_attributes": Case(
        "listSearchAttributes", lambda c, r: c.list_search_attributes(), same_members
    ),
    "create_search_attribute": Case(
        "createSearchAttribute",
        lambda c, r: c.create_search_attribute(r.sent["name"], r.sent["type"]),
        same_members,
    ),
    "delete_search_attribute": Case(
        "deleteSearchAttribute", lambda c, r: c.delete_search_attribute(r.path["name"]), same_members
    ),
    "get_operator_metrics": Case("getOperatorMetrics", lambda c, r: c.get_operator_metrics(), same),
    "get_task_repair": Case("getTaskRepair", lambda c, r: c.get_task_repair(), same_members),
    "run_task_repair_pass": Case(
        "runTaskRepairPass",
        lambda c, r: c.run_task_repair_pass(
            run_ids=r.sent.get("run_ids"), workflow_id=r.sent.get("instance_id")
        ),
        same_members,
    ),
    "get_activity_timeouts": Case(
        "getActivityTimeouts", lambda c, r: c.get_activity_timeouts(**whole(r.query)), same_members
    ),
    "run_activity_timeout_pass": Case(
        "runActivityTimeoutPass", lambda c, r: c.run_activity_timeout_pass(**r.sent), same_members
    ),
    "get_retention": Case("getRetention", lambda c, r: c.get_retention(**whole(r.query)), same_members),
    "run_retention_pass": Case("runRetentionPass", lambda c, r: c.run_retention_pass(**r.sent), same_members),
    "deliver_webhook": Case(
        "deliverWebhook", lambda c, r: c.deliver_webhook(r.path["adapter"], r.sent), same_members
    ),
}
