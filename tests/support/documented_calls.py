"""Every documented call: which recording it meets, how it is made from it, and what must come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from durable_workflow import serializer
from durable_workflow.client import ScheduleAction, ScheduleSpec
from support.replaying import Recorded

Make = Callable[[Any, Recorded], Any]
Check = Callable[[Any, Recorded], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One facade method, the recording that it meets and what must come out."""

    operation: str
    call: Make
    check: Check
    accept: Callable[[Recorded], bool] = lambda each: True
    more: tuple[str, ...] = ()


def decoded(envelope: Any) -> Any:
    return None if envelope is None else serializer.decode_envelope(envelope)


def has_input(each: Recorded) -> bool:
    return isinstance(each.sent.get("input"), dict) and "blob" in each.sent["input"]


def same(value: Any, each: Recorded) -> None:
    assert value == each.answer


def nothing(value: Any, each: Recorded) -> None:
    assert value is None


def same_task(value: Any, each: Recorded) -> None:
    assert value == each.answer["task"]
    assert value is not None


def check_start(value: Any, each: Recorded) -> None:
    assert (value.workflow_id, value.run_id) == (each.answer["workflow_id"], each.answer["run_id"])


def check_execution(value: Any, each: Recorded) -> None:
    answer = each.answer
    assert value.status == answer["status"]
    assert value.run_id == answer["run_id"]
    assert value.input == decoded(answer["input_envelope"])
    assert value.output == decoded(answer["output_envelope"])
    assert value.memo == (answer["memo"] or {})


def check_list(value: Any, each: Recorded) -> None:
    rows = each.answer["workflows"]
    assert [row.run_id for row in value.executions] == [row["run_id"] for row in rows]
    assert [row.status for row in value.executions] == [row["status"] for row in rows]
    assert value.next_page_token == each.answer["next_page_token"]


def check_events(value: Any, each: Recorded) -> None:
    assert value["events"] == each.answer["events"]
    assert value["next_page_token"] is None


def check_query(value: Any, each: Recorded) -> None:
    envelope = each.answer["result_envelope"]
    assert value == (each.answer["result"] if envelope is None else decoded(envelope))


def check_update(value: Any, each: Recorded) -> None:
    assert value == decoded(each.answer["result_envelope"])


def check_schedule(value: Any, each: Recorded) -> None:
    answer = each.answer
    assert (value.status, value.note) == (answer["state"]["status"], answer["state"]["note"])
    assert value.fires_count == answer["info"]["fires_count"]
    assert value.action.input == decoded(answer["action"]["input"])
    assert (value.spec.timezone, value.spec.intervals) == (
        answer["spec"].get("timezone"),
        answer["spec"].get("intervals"),
    )
    assert value.next_fire_at.isoformat() == answer["info"]["next_fire"]


def check_schedules(value: Any, each: Recorded) -> None:
    items = each.answer["schedules"]
    assert [(s.schedule_id, s.status, s.note) for s in value.schedules] == [
        (item["schedule_id"], item["status"], item["note"]) for item in items
    ]
    assert value.next_page_token is None


def check_trigger(value: Any, each: Recorded) -> None:
    assert (value.outcome, value.workflow_id, value.run_id) == (
        each.answer["outcome"],
        each.answer["workflow_id"],
        each.answer["run_id"],
    )


def check_backfill(value: Any, each: Recorded) -> None:
    assert value.fires_attempted == each.answer["fires_attempted"]
    assert value.results == each.answer["results"]


def schedule_of(sent: Any) -> dict[str, Any]:
    """Return the documented arguments for a recorded body of a schedule."""
    taken = {name: value for name, value in sent.items() if name not in ("spec", "action")}
    if "spec" in sent:
        taken["spec"] = ScheduleSpec(**sent["spec"])
    if "action" in sent:
        taken["action"] = ScheduleAction(**{**sent["action"], "input": decoded(sent["action"].get("input"))})
    return taken


def start(client: Any, each: Recorded) -> Any:
    sent = each.sent
    given = {name: sent.get(name) for name in ("memo", "search_attributes", "duplicate_policy")}
    return client.start_workflow(
        workflow_type=sent["workflow_type"],
        task_queue=sent["task_queue"],
        workflow_id=sent["workflow_id"],
        input=decoded(sent["input"]),
        execution_timeout_seconds=sent.get("execution_timeout_seconds"),
        run_timeout_seconds=sent.get("run_timeout_seconds"),
        **given,
    )


def startable(each: Recorded) -> bool:
    return has_input(each) and each.exchange.status == 201 and "business_key" not in each.sent


def register(client: Any, each: Recorded) -> Any:
    return client.register_worker(**each.sent)


def lease(each: Recorded, *names: str) -> dict[str, Any]:
    path = {"task_id": each.path["taskId"]} if "taskId" in each.path else {}
    return {**path, **{name: each.sent[name] for name in ("lease_owner", *names)}}


def poll(method: str) -> Make:
    return lambda client, each: getattr(client, method)(
        worker_id=each.sent["worker_id"], task_queue=each.sent["task_queue"]
    )


def got_task(each: Recorded) -> bool:
    return each.sent.keys() <= {"worker_id", "task_queue", "poll_request_id"} and bool(each.answer["task"])


def fail_activity(client: Any, each: Recorded) -> Any:
    failure = each.sent["failure"]
    return client.fail_activity_task(
        **lease(each, "activity_attempt_id"),
        message=failure["message"],
        failure_type=failure.get("type"),
        stack_trace=failure.get("stack_trace"),
        non_retryable=failure.get("non_retryable", False),
        details=decoded(failure.get("details")),
    )


def whole_history(each: Recorded) -> bool:
    return not each.query and each.answer["next_page_token"] is None


CASES: dict[str, Case] = {
    "health": Case("getHealth", lambda c, r: c.health(), same),
    "get_cluster_info": Case("getClusterInfo", lambda c, r: c.get_cluster_info(), same),
    "start_workflow": Case("startWorkflow", start, check_start, startable),
    "describe_workflow": Case(
        "describeWorkflow",
        lambda c, r: c.describe_workflow(r.path["workflowId"]),
        check_execution,
        lambda r: r.answer["status"] == "completed" and r.answer["output_envelope"] is not None,
    ),
    "list_workflows": Case(
        "listWorkflows",
        lambda c, r: c.list_workflows(
            workflow_type=r.query.get("workflow_type"),
            status=r.query.get("status"),
            query=r.query.get("query"),
            next_page_token=r.query.get("next_page_token"),
        ),
        check_list,
        lambda r: len(r.answer["workflows"]) > 1,
    ),
    "get_history": Case(
        "getWorkflowHistory",
        lambda c, r: c.get_history(r.path["workflowId"], r.path["runId"]),
        check_events,
        whole_history,
    ),
    "signal_workflow": Case(
        "signalWorkflow",
        lambda c, r: c.signal_workflow(
            r.path["workflowId"], r.path["signalName"], args=decoded(r.sent["input"])
        ),
        nothing,
        has_input,
    ),
    "query_workflow": Case(
        "queryWorkflow",
        lambda c, r: c.query_workflow(
            r.path["workflowId"], r.path["queryName"], args=decoded(r.sent["input"])
        ),
        check_query,
        has_input,
    ),
    "update_workflow": Case(
        "updateWorkflow",
        lambda c, r: c.update_workflow(
            r.path["workflowId"],
            r.path["updateName"],
            args=decoded(r.sent["input"]),
            wait_for=r.sent["wait_for"],
            wait_timeout_seconds=r.sent.get("wait_timeout_seconds"),
        ),
        check_update,
        lambda r: has_input(r) and r.answer["update_status"] == "completed",
    ),
    "cancel_workflow": Case(
        "cancelWorkflow",
        lambda c, r: c.cancel_workflow(r.path["workflowId"], reason=r.sent.get("reason")),
        nothing,
    ),
    "terminate_workflow": Case(
        "terminateWorkflow",
        lambda c, r: c.terminate_workflow(r.path["workflowId"], reason=r.sent.get("reason")),
        nothing,
    ),
    "get_result": Case(
        "describeWorkflow",
        lambda c, r: c.get_result(c.get_workflow_handle(r.path["workflowId"])),
        lambda value, r: check_equal(value, decoded(r.answer["output_envelope"])),
        lambda r: r.answer["status"] == "completed" and r.answer["closed_reason"] == "completed",
    ),
    "create_schedule": Case(
        "createSchedule",
        lambda c, r: c.create_schedule(**schedule_of(r.sent)),
        lambda value, r: check_equal(value.schedule_id, r.answer["schedule_id"]),
        lambda r: "blob" in r.sent["action"].get("input", {}),
    ),
    "list_schedules": Case("listSchedules", lambda c, r: c.list_schedules(), check_schedules),
    "describe_schedule": Case(
        "describeSchedule",
        lambda c, r: c.describe_schedule(r.path["scheduleId"]),
        check_schedule,
        lambda r: r.answer["info"]["next_fire"] is not None and "blob" in r.answer["action"]["input"],
    ),
    "update_schedule": Case(
        "updateSchedule",
        lambda c, r: c.update_schedule(r.path["scheduleId"], **schedule_of(r.sent)),
        nothing,
        lambda r: bool(r.sent) and "action" not in r.sent and None not in r.sent.values(),
    ),
    "pause_schedule": Case(
        "pauseSchedule", lambda c, r: c.pause_schedule(r.path["scheduleId"], note=r.sent.get("note")), nothing
    ),
    "resume_schedule": Case(
        "resumeSchedule",
        lambda c, r: c.resume_schedule(r.path["scheduleId"], note=r.sent.get("note")),
        nothing,
    ),
    "trigger_schedule": Case(
        "triggerSchedule",
        lambda c, r: c.trigger_schedule(r.path["scheduleId"], overlap_policy=r.sent.get("overlap_policy")),
        check_trigger,
        lambda r: r.answer["outcome"] == "triggered",
    ),
    "delete_schedule": Case("deleteSchedule", lambda c, r: c.delete_schedule(r.path["scheduleId"]), nothing),
    "backfill_schedule": Case(
        "backfillSchedule",
        lambda c, r: c.backfill_schedule(r.path["scheduleId"], **r.sent),
        check_backfill,
    ),
    "register_worker": Case("registerWorker", register, same),
    "poll_workflow_task": Case("pollWorkflowTask", poll("poll_workflow_task"), same_task, got_task),
    "complete_workflow_task": Case(
        "completeWorkflowTask",
        lambda c, r: c.complete_workflow_task(**lease(r, "workflow_task_attempt", "commands")),
        same,
    ),
    "workflow_task_history": Case(
        "getWorkflowTaskHistory",
        lambda c, r: c.workflow_task_history(
            **lease(r, "workflow_task_attempt"), page_token=r.sent["next_history_page_token"]
        ),
        same,
        lambda r: "history_page_size" not in r.sent,
    ),
    "poll_activity_task": Case("pollActivityTask", poll("poll_activity_task"), same_task, got_task),
    "complete_activity_task": Case(
        "completeActivityTask",
        lambda c, r: c.complete_activity_task(
            **lease(r, "activity_attempt_id"), result=decoded(r.sent["result"])
        ),
        same,
    ),
    "fail_activity_task": Case(
        "failActivityTask",
        fail_activity,
        same,
        lambda r: "kind" not in r.sent["failure"],
    ),
    "heartbeat_activity_task": Case(
        "heartbeatActivityTask",
        lambda c, r: c.heartbeat_activity_task(
            **lease(r, "activity_attempt_id"), details=r.sent.get("details")
        ),
        same,
    ),
    "poll_query_task": Case("pollQueryTask", poll("poll_query_task"), same_task, got_task),
    "complete_query_task": Case(
        "completeQueryTask",
        lambda c, r: c.complete_query_task(
            query_task_id=r.path["queryTaskId"],
            **lease(r, "query_task_attempt"),
            result=decoded(r.sent["result_envelope"]),
        ),
        same,
        lambda r: "result" in r.sent and "result_envelope" in r.sent,
    ),
    "fail_query_task": Case(
        "failQueryTask",
        lambda c, r: c.fail_query_task(
            query_task_id=r.path["queryTaskId"],
            **lease(r, "query_task_attempt"),
            message=r.sent["failure"]["message"],
            reason=r.sent["failure"]["reason"],
            failure_type=r.sent["failure"]["type"],
            stack_trace=r.sent["failure"]["stack_trace"],
        ),
        same,
        lambda r: len(r.sent["failure"]) == 4,
    ),
    "heartbeat_worker": Case("heartbeatWorker", lambda c, r: c.heartbeat_worker(**r.sent), same),
}


def check_equal(value: Any, wanted: Any) -> None:
    assert value == wanted
