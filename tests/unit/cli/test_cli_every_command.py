"""Every command that calls a server, run against recorded answers of the real one, over real sockets.

The JSON of each is held against its published schema (in `run`); what people see is looked at, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import pytest

from durable_workflow.cli._schemas import OUTPUTS
from durable_workflow_api.operations import OPERATIONS
from durable_workflow_api.spec import spec
from support.command_line import leaves, run, served_recordings
from support.documented_calls import decoded, has_input, startable, whole_history
from support.replaying import Recorded, first, recorded, replaying
from support.wire import Exchange

Accept = Callable[[Recorded], bool]


@dataclass(frozen=True)
class Case:
    """A command, the recording it meets, and text that a person then sees."""

    operation: str
    arguments: Callable[[Recorded], list[str]]
    shows: Callable[[Recorded], str]
    accept: Accept = lambda each: True


def read_whole(operation_id: str, accept: Accept) -> Recorded:
    """Return a recording as it would be with the paging that the client asks for."""
    each = first(operation_id, accept)
    query = {"limit": "500", "after_sequence": "0"}
    return Recorded(each.operation, each.path, replace(each.exchange, query=query))


def example(operation_id: str) -> Recorded:
    """Return an exchange made from the example in the spec: the recordings have none of this operation."""
    operation = OPERATIONS[operation_id]
    document = spec()["paths"][operation.path][operation.method.lower()]
    content = document["responses"]["200"]["content"]["application/json"]
    body = next(iter(content["examples"].values()))["value"]
    path = operation.path.replace("{workerId}", "w-1")
    return Recorded(operation_id, {"workerId": "w-1"}, _exchange(operation.method, path, body))


def _exchange(method: str, path: str, body: Any) -> Exchange:
    template = first("getClusterInfo").exchange
    return replace(template, method=method, path=path, query={}, request_body=None, response_body=body)


def found(operation_id: str, accept: Accept = lambda each: True) -> Recorded:
    if operation_id == "getScheduleHistory":
        return read_whole(operation_id, accept)
    return example(operation_id) if operation_id in NOT_RECORDED else first(operation_id, accept)


NOT_RECORDED = ("deleteWorker", "getSystemMetrics", "listTaskQueues")


def values(option: str, given: Any) -> list[str]:
    """Return a mapping as options NAME=VALUE."""
    return [word for name, value in (given or {}).items() for word in (option, f"{name}={json.dumps(value)}")]


def maybe(option: str, given: Any) -> list[str]:
    return [] if given is None else [option, str(given)]


def inputs(each: Recorded) -> list[str]:
    given = decoded(each.sent.get("input"))
    return [] if not given else ["--input", json.dumps(given)]


def start(each: Recorded) -> list[str]:
    sent = each.sent
    return [
        sent["workflow_type"],
        *("-q", sent["task_queue"], "--id", sent["workflow_id"], *inputs(each)),
        *maybe("--execution-timeout", sent.get("execution_timeout_seconds")),
        *maybe("--run-timeout", sent.get("run_timeout_seconds")),
        *values("--memo", sent.get("memo")),
        *values("--search-attribute", sent.get("search_attributes")),
    ]


def schedule(each: Recorded) -> list[str]:
    sent, words = each.sent, []
    spec_, action = sent.get("spec") or {}, sent.get("action")
    for cron in spec_.get("cron_expressions") or []:
        words += ["--cron", cron]
    for interval in spec_.get("intervals") or []:
        words += ["--every", "/".join(filter(None, (interval["every"], interval.get("offset"))))]
    words += maybe("--timezone", spec_.get("timezone"))
    if action:
        words += ["--type", action["workflow_type"], *maybe("-q", action.get("task_queue"))]
        words += ["--input", json.dumps(decoded(action["input"]))] if action.get("input") else []
        words += maybe("--execution-timeout", action.get("execution_timeout_seconds"))
        words += maybe("--run-timeout", action.get("run_timeout_seconds"))
    for name in ("overlap_policy", "jitter_seconds", "max_runs", "note"):
        words += maybe(f"--{name.removesuffix('_seconds').replace('_', '-')}", sent.get(name))
    words += values("--memo", sent.get("memo")) + values("--search-attribute", sent.get("search_attributes"))
    return words + (["--paused"] if sent.get("paused") else [])


def at(name: str, *options: str) -> Callable[[Recorded], list[str]]:
    """Arguments: a value of the path, then members of the body as options of the same name."""

    def arguments(each: Recorded) -> list[str]:
        words = [each.path[name]]
        for option in options:
            words += maybe(f"--{option.replace('_', '-')}", each.sent.get(option))
        return words

    return arguments


def message(name: str) -> Callable[[Recorded], list[str]]:
    return lambda each: [each.path["workflowId"], each.path[name], *inputs(each)]


def answer(*members: str) -> Callable[[Recorded], str]:
    def shows(each: Recorded) -> str:
        value = each.answer
        for member in members:
            value = value[int(member)] if isinstance(value, list) else value[member]
        return str(value)

    return shows


def says(text: str) -> Callable[[Recorded], str]:
    return lambda each: text


def nothing(each: Recorded) -> list[str]:
    return []


def several(each: Recorded) -> bool:
    return not each.query and len(each.answer["workflows"]) > 1


def some(*members: str) -> Accept:
    """Recordings in which a member of the answer is not empty."""
    return lambda each: bool(reduce(lambda value, name: value[name], members, each.answer))


CASES: dict[str, Case] = {
    "namespace create": Case(
        "createNamespace",
        lambda r: [
            r.sent["name"],
            *maybe("--description", r.sent.get("description")),
            *maybe("--retention-days", r.sent.get("retention_days")),
        ],
        answer("name"),
    ),
    "namespace describe": Case("describeNamespace", at("namespace"), answer("name")),
    "namespace list": Case("listNamespaces", nothing, answer("namespaces", "0", "name")),
    "namespace set-storage": Case(
        "setNamespaceExternalStorage",
        lambda r: [
            *at("namespace", "driver", "threshold_bytes")(r),
            *([] if r.sent.get("enabled", True) else ["--disabled"]),
            *[w for name, text in (r.sent.get("config") or {}).items() for w in ("--set", f"{name}={text}")],
        ],
        answer("name"),
    ),
    "namespace update": Case(
        "updateNamespace", at("namespace", "description", "retention_days"), answer("name")
    ),
    "schedule backfill": Case(
        "backfillSchedule",
        lambda r: [
            r.path["scheduleId"],
            *("--from", r.sent["start_time"], "--to", r.sent["end_time"]),
            *maybe("--overlap-policy", r.sent.get("overlap_policy")),
        ],
        answer("outcome"),
    ),
    "schedule create": Case(
        "createSchedule",
        lambda r: [*maybe("--id", r.sent.get("schedule_id")), *schedule(r)],
        lambda r: f"{r.answer['schedule_id']} was created",
        lambda r: "blob" in r.sent["action"].get("input", {}),
    ),
    "schedule delete": Case("deleteSchedule", at("scheduleId"), says("was deleted")),
    "schedule describe": Case(
        "describeSchedule",
        at("scheduleId"),
        answer("schedule_id"),
        lambda r: bool(r.answer["action"].get("input")),
    ),
    "schedule history": Case(
        "getScheduleHistory",
        at("scheduleId"),
        answer("events", "0", "event_type"),
        lambda r: not r.query and bool(r.answer["events"]),
    ),
    "schedule list": Case(
        "listSchedules", nothing, answer("schedules", "0", "schedule_id"), some("schedules")
    ),
    "schedule pause": Case("pauseSchedule", at("scheduleId", "note"), says("was paused")),
    "schedule resume": Case("resumeSchedule", at("scheduleId", "note"), says("was resumed")),
    "schedule trigger": Case("triggerSchedule", at("scheduleId", "overlap_policy"), answer("outcome")),
    "schedule update": Case(
        "updateSchedule",
        lambda r: [r.path["scheduleId"], *schedule(r), "--clear", "search-attributes"],
        says("was updated"),
        lambda r: r.sent.get("search_attributes") == {},
    ),
    "search-attribute create": Case(
        "createSearchAttribute", lambda r: [r.sent["name"], r.sent["type"]], answer("outcome")
    ),
    "search-attribute delete": Case("deleteSearchAttribute", at("name"), answer("outcome")),
    "search-attribute list": Case("listSearchAttributes", nothing, says("system")),
    "server health": Case("getHealth", nothing, answer("status")),
    "server info": Case("getClusterInfo", nothing, answer("server_id")),
    "server ready": Case("getReady", nothing, answer("status")),
    "system activity-timeouts": Case(
        "getActivityTimeouts", lambda r: maybe("--limit", r.query.get("limit")), answer("expired_count")
    ),
    "system activity-timeouts-pass": Case(
        "runActivityTimeoutPass",
        lambda r: [
            *[w for name in r.sent.get("execution_ids") or [] for w in ("--execution-id", name)],
            *maybe("--limit", r.sent.get("limit")),
        ],
        answer("processed"),
    ),
    "system deliver-webhook": Case(
        "deliverWebhook", lambda r: [r.path["adapter"], json.dumps(r.sent)], answer("outcome")
    ),
    "system metrics": Case("getSystemMetrics", nothing, answer("namespace")),
    "system operator-metrics": Case("getOperatorMetrics", nothing, says("backlog")),
    "system repair": Case("getTaskRepair", nothing, says("candidates")),
    "system repair-pass": Case(
        "runTaskRepairPass",
        lambda r: [
            *[w for name in r.sent.get("run_ids") or [] for w in ("--run-id", name)],
            *maybe("--workflow-id", r.sent.get("instance_id")),
        ],
        answer("dispatched_tasks"),
    ),
    "system retention": Case(
        "getRetention", lambda r: maybe("--limit", r.query.get("limit")), answer("retention_days")
    ),
    "system retention-pass": Case(
        "runRetentionPass",
        lambda r: [
            *[w for name in r.sent.get("run_ids") or [] for w in ("--run-id", name)],
            *maybe("--limit", r.sent.get("limit")),
        ],
        answer("processed"),
    ),
    "system test-storage": Case(
        "testStorage",
        lambda r: [
            *maybe("--small-bytes", r.sent.get("small_payload_bytes")),
            *maybe("--large-bytes", r.sent.get("large_payload_bytes")),
            *maybe("--driver", r.sent.get("driver")),
        ],
        answer("driver"),
    ),
    "task-queue build-ids": Case(
        "listTaskQueueBuildIds", at("taskQueue"), says("build-1"), some("build_ids")
    ),
    "task-queue describe": Case("describeTaskQueue", at("taskQueue"), answer("name")),
    "task-queue drain": Case("drainTaskQueueBuildId", at("taskQueue", "build_id"), answer("drain_intent")),
    "task-queue list": Case("listTaskQueues", nothing, answer("task_queues", "0", "name")),
    "task-queue resume": Case("resumeTaskQueueBuildId", at("taskQueue", "build_id"), answer("drain_intent")),
    "worker delete": Case("deleteWorker", at("workerId"), answer("outcome")),
    "worker describe": Case("describeWorker", at("workerId"), answer("worker_id")),
    "worker list": Case(
        "listWorkers",
        lambda r: [*maybe("-q", r.query.get("task_queue")), *maybe("--status", r.query.get("status"))],
        answer("workers", "0", "worker_id"),
        some("workers"),
    ),
    "workflow archive": Case("archiveWorkflow", at("workflowId", "reason"), answer("outcome")),
    "workflow cancel": Case("cancelWorkflow", at("workflowId", "reason"), says("was asked to end")),
    "workflow debug": Case("debugWorkflow", at("workflowId"), answer("diagnostic_status")),
    "workflow describe": Case("describeWorkflow", at("workflowId"), answer("run_id")),
    "workflow export": Case(
        "exportWorkflowHistory",
        lambda r: [r.path["workflowId"], "--run-id", r.path["runId"]],
        answer("integrity", "checksum"),
    ),
    "workflow history": Case(
        "getWorkflowHistory",
        lambda r: [r.path["workflowId"], "--run-id", r.path["runId"]],
        answer("events", "0", "event_type"),
        whole_history,
    ),
    "workflow list": Case("listWorkflows", nothing, answer("workflows", "0", "workflow_id"), several),
    "workflow query": Case("queryWorkflow", message("queryName"), says(""), has_input),
    "workflow repair": Case("repairWorkflow", at("workflowId"), answer("outcome")),
    "workflow runs": Case("listWorkflowRuns", at("workflowId"), answer("runs", "0", "run_id")),
    "workflow signal": Case(
        "signalWorkflow", message("signalName"), lambda r: f"signal {r.path['signalName']} sent", has_input
    ),
    "workflow start": Case("startWorkflow", start, answer("run_id"), startable),
    "workflow terminate": Case("terminateWorkflow", at("workflowId", "reason"), says("was terminated")),
    "workflow update": Case(
        "updateWorkflow",
        lambda r: [*message("updateName")(r), *maybe("--wait-timeout", r.sent.get("wait_timeout_seconds"))],
        says(""),
        lambda r: has_input(r) and r.answer["update_status"] == "completed",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_command_meets_the_recording_and_tells_it(name: str) -> None:
    case = CASES[name]
    each = found(case.operation, case.accept)
    arguments = [*name.split(), *case.arguments(each)]
    with served_recordings(replaying(each)) as url:
        shown, told = run(*arguments, url=url), run(*arguments, "--json", url=url)
        colored = run(*arguments, "--color", "always", url=url, env={"COLUMNS": "400"})
    assert (shown.code, told.code, colored.code) == (0, 0, 0), shown.err + told.err + colored.err
    assert case.shows(each) in shown.out and case.shows(each) in colored.out
    assert told.json is not None


def test_no_command_is_left_out() -> None:
    calling_no_server = {
        "completion",
        "db backup",
        "db check",
        "db vacuum",
        "dev",
        "schema",
        "settings",
    }
    covered_elsewhere = {"raw", "replay", "workflow result"}
    assert {" ".join(path) for path in leaves()} - calling_no_server - covered_elsewhere == set(CASES)
    assert set(OUTPUTS) == {*CASES, *covered_elsewhere, "settings"}


def refused(operation_id: str) -> list[Recorded]:
    return [each for each in recorded() if each.operation == operation_id]


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_raw_makes_the_call_of_every_operation(operation_id: str) -> None:
    known = refused(operation_id)
    each = next((one for one in known if one.exchange.succeeded), None) or example_of(operation_id, known)
    words = [operation_id, *(each.path[name] for name in path_names(operation_id))]
    for name, text in each.query.items():
        words += ["--query", f"{name}={text}"]
    if each.exchange.request_body is not None:
        words += ["--body", json.dumps(each.exchange.request_body)]
    with served_recordings(replaying(each)) as url:
        done = run("raw", *words, url=url)
    assert done.err == f"status {each.exchange.status}\n"
    assert json.loads(done.out) == each.answer
    assert done.code == (0 if each.exchange.succeeded else 4)


def path_names(operation_id: str) -> list[str]:
    path = OPERATIONS[operation_id].path
    return [part.strip("{}") for part in path.split("/") if part.startswith("{")]


def example_of(operation_id: str, known: list[Recorded]) -> Recorded:
    """Return a recorded refusal, or the example of the spec."""
    if known:
        return known[0]
    each = example(operation_id) if operation_id != "renewActivityTaskLease" else None
    if each is not None:
        return each
    operation = OPERATIONS[operation_id]
    content = spec()["paths"][operation.path]["post"]["responses"]["200"]["content"]["application/json"]
    body = next(iter(content["examples"].values()))["value"]
    return Recorded(
        operation_id, {"taskId": "t-1"}, _exchange("POST", operation.path.replace("{taskId}", "t-1"), body)
    )
