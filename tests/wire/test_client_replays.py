"""Every documented call, in both twins, against recordings of the real server: what it holds comes out."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from durable_workflow import Client, sync
from durable_workflow.client import WorkflowHandle
from durable_workflow_api.operations import OPERATIONS
from support.documented_calls import CASES, Case, check_execution, check_start, same, start, startable
from support.further_calls import FURTHER
from support.imports import ROOT, SOURCE
from support.replaying import Recorded, Replaying, first, recorded, replaying, run_exchanges

DOCUMENTED = json.loads((ROOT / "tests" / "data" / "documented_api.json").read_text())["classes"]["Client"]
# Nothing is sent by these.
WITHOUT_REQUEST = {"aclose", "get_schedule_handle", "get_workflow_handle"}
# The recordings hold no success of these.
NOT_RECORDED = {"fail_workflow_task"}


async def drive(case: Case, fake: Replaying, each: Recorded, twin: str) -> Any:
    token = {"token": "recorded", "http_transport": fake.transport()}
    if twin == "sync":
        with sync.Client("http://real.server", **token) as client:
            return case.call(client, each)
    async with Client("http://real.server", **token) as client:
        value = case.call(client, each)
        return await value if inspect.isawaitable(value) else value


@pytest.mark.parametrize("twin", ["async", "sync"])
@pytest.mark.parametrize("method", CASES)
async def test_a_documented_call_brings_what_the_recording_holds(method: str, twin: str) -> None:
    case = CASES[method]
    each = first(case.operation, case.accept)
    fake = replaying(each)
    case.check(await drive(case, fake, each, twin), each)
    assert each in fake.seen


@pytest.mark.parametrize("twin", ["async", "sync"])
@pytest.mark.parametrize("method", FURTHER)
async def test_a_further_call_brings_what_the_recording_holds(method: str, twin: str) -> None:
    case = FURTHER[method]
    each = first(case.operation, case.accept)
    fake = replaying(each)
    case.check(await drive(case, fake, each, twin), each)
    assert each in fake.seen


def test_the_client_makes_every_call_of_the_protocol() -> None:
    sources = "".join(path.read_text() for path in (SOURCE / "durable_workflow" / "client").glob("*.py"))
    modules = {operation.module.rpartition(".")[2] for operation in OPERATIONS.values()}
    assert not [name for name in sorted(modules) if f"{name}.build_request(" not in sources]


def test_every_documented_call_has_its_case() -> None:
    documented = {*DOCUMENTED["async"], *DOCUMENTED["plain"]} - WITHOUT_REQUEST - NOT_RECORDED
    assert documented <= CASES.keys()
    assert not [
        each for each in recorded() if each.operation == "failWorkflowTask" and each.exchange.succeeded
    ]


@pytest.mark.parametrize("twin", ["async", "sync"])
async def test_a_handle_drives_a_recorded_life(twin: str) -> None:
    begun = first("startWorkflow", lambda r: startable(r) and ended_well(r))
    operations = ("describeWorkflow", "getWorkflowHistory")
    known = [r for r in run_exchanges(begun_path(begun), operations) if r.exchange.succeeded]
    last = [r for r in known if r.operation == "describeWorkflow"][-1]
    fake = replaying(begun, last)
    case = Case("startWorkflow", start, check_start)
    handle = await drive(case, fake, begun, twin)
    assert isinstance(handle, WorkflowHandle | sync.WorkflowHandle)
    described = await drive(
        Case("", lambda c, r: c.describe_workflow(handle.workflow_id), same), fake, last, twin
    )
    check_execution(described, last)


def begun_path(begun: Recorded) -> Recorded:
    return Recorded(begun.operation, {"workflowId": begun.sent["workflow_id"]}, begun.exchange)


def ended_well(begun: Recorded) -> bool:
    return any(
        r.exchange.succeeded and r.answer["status"] == "completed"
        for r in run_exchanges(begun_path(begun), ("describeWorkflow",))
    )
