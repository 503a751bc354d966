"""The documented signatures of the calls that exist: names, order and defaults."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
from typing import Any

import pytest

from durable_workflow import (
    Client,
    TransportRetryPolicy,
    WorkflowExecution,
    WorkflowHandle,
    WorkflowList,
    serializer,
)

AVRO = serializer.AVRO_CODEC
NONE: dict[str, Any] = {}
REQUIRED = inspect.Parameter.empty

# method: (positional parameters, keyword-only parameters) with defaults
CLIENT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "__init__": (
        {"base_url": REQUIRED},
        {
            "token": None,
            "control_token": None,
            "worker_token": None,
            "namespace": "default",
            "timeout": 60.0,
            "retry_policy": None,
            "metrics": None,
        },
    ),
    "aclose": (NONE, NONE),
    "get_cluster_info": (NONE, NONE),
    "health": (NONE, NONE),
    "get_workflow_handle": ({"workflow_id": REQUIRED}, {"run_id": None, "workflow_type": ""}),
    "start_workflow": (
        NONE,
        {
            "workflow_type": REQUIRED,
            "task_queue": REQUIRED,
            "workflow_id": REQUIRED,
            "input": None,
            "execution_timeout_seconds": 3600,
            "run_timeout_seconds": 600,
            "duplicate_policy": None,
            "memo": None,
            "search_attributes": None,
        },
    ),
    "describe_workflow": ({"workflow_id": REQUIRED}, NONE),
    "get_history": ({"workflow_id": REQUIRED, "run_id": REQUIRED}, NONE),
    "signal_workflow": ({"workflow_id": REQUIRED, "signal_name": REQUIRED}, {"args": None}),
    "terminate_workflow": ({"workflow_id": REQUIRED}, {"reason": None}),
    "get_result": ({"handle": REQUIRED}, {"poll_interval": 0.5, "timeout": 30.0}),
    "register_worker": (
        NONE,
        {
            "worker_id": REQUIRED,
            "task_queue": REQUIRED,
            "supported_workflow_types": None,
            "supported_activity_types": None,
            "runtime": "python",
            "sdk_version": None,
        },
    ),
    "poll_workflow_task": (NONE, {"worker_id": REQUIRED, "task_queue": REQUIRED, "timeout": 35.0}),
    "poll_activity_task": (NONE, {"worker_id": REQUIRED, "task_queue": REQUIRED, "timeout": 35.0}),
    "complete_workflow_task": (
        NONE,
        dict.fromkeys(["task_id", "lease_owner", "workflow_task_attempt", "commands"], REQUIRED),
    ),
    "fail_workflow_task": (
        NONE,
        {
            **dict.fromkeys(["task_id", "lease_owner", "workflow_task_attempt", "message"], REQUIRED),
            "failure_type": None,
            "stack_trace": None,
        },
    ),
    "workflow_task_history": (
        NONE,
        dict.fromkeys(["task_id", "page_token", "lease_owner", "workflow_task_attempt"], REQUIRED),
    ),
    "complete_activity_task": (
        NONE,
        {
            **dict.fromkeys(["task_id", "activity_attempt_id", "lease_owner", "result"], REQUIRED),
            "codec": AVRO,
        },
    ),
    "fail_activity_task": (
        NONE,
        {
            **dict.fromkeys(["task_id", "activity_attempt_id", "lease_owner", "message"], REQUIRED),
            "failure_type": None,
            "stack_trace": None,
            "non_retryable": False,
            "details": None,
            "codec": AVRO,
        },
    ),
    "heartbeat_activity_task": (
        NONE,
        {**dict.fromkeys(["task_id", "activity_attempt_id", "lease_owner"], REQUIRED), "details": None},
    ),
}

HANDLE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "__init__": ({"client": REQUIRED, "workflow_id": REQUIRED, "run_id": None, "workflow_type": ""}, NONE),
    "result": (NONE, {"poll_interval": 0.5, "timeout": 30.0}),
    "describe": (NONE, NONE),
    "signal": ({"signal_name": REQUIRED, "args": None}, NONE),
    "terminate": (NONE, {"reason": None}),
}

CASES = [(Client, name) for name in CLIENT] + [(WorkflowHandle, name) for name in HANDLE]


@pytest.mark.parametrize(("cls", "name"), CASES, ids=lambda each: getattr(each, "__name__", each))
def test_signature(cls: type, name: str) -> None:
    positional, keyword = (CLIENT if cls is Client else HANDLE)[name]
    parameters = list(inspect.signature(getattr(cls, name)).parameters.values())[1:]
    keyword_only = [p for p in parameters if p.kind is p.KEYWORD_ONLY]
    assert {p.name: p.default for p in parameters if p not in keyword_only} == positional
    assert [p.name for p in parameters][: len(positional)] == list(positional)
    documented = keyword_only[: len(keyword)]
    assert [(p.name, p.default) for p in documented] == list(keyword.items())
    # Additions may only be keywords with a default.
    assert all(p.default is not REQUIRED for p in keyword_only[len(keyword) :])


def positional_fields(cls: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(cls) if not field.kw_only]


def test_values() -> None:
    assert positional_fields(WorkflowExecution) == [
        "workflow_id",
        "run_id",
        "workflow_type",
        "status",
        "namespace",
        "task_queue",
        "input",
        "output",
        "payload_codec",
    ]
    assert WorkflowExecution("w", "r", "t").status is None
    assert positional_fields(WorkflowList) == ["executions", "next_page_token"]
    assert WorkflowList([]).next_page_token is None


def test_attributes_and_defaults() -> None:
    client = Client("http://localhost:8080", token="t")
    assert (client.base_url, client.token, client.control_token, client.worker_token) == (
        "http://localhost:8080",
        "t",
        None,
        None,
    )
    assert (client.namespace, client.retry_policy) == ("default", TransportRetryPolicy())
    assert client.metrics is not None
    assert "t" not in repr(client).replace("Client", "").replace(
        "http://localhost:8080 namespace=default", ""
    )


@pytest.mark.parametrize(
    "code",
    [
        "import durable_workflow",
        "import durable_workflow.client",
        "import durable_workflow.sync",
        "from durable_workflow import Client; Client('http://localhost:1')",
        "from durable_workflow import errors, TransportRetryPolicy, RetryPolicy",
    ],
)
def test_importing_loads_no_http_library(code: str) -> None:
    heavy = ("httpx", "httpcore", "anyio", "fastavro", "durable_workflow.server")
    check = f"{code}\nimport sys\nprint([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_every_exported_name_can_be_listed_and_unknown_ones_are_refused() -> None:
    import durable_workflow

    assert list(durable_workflow.__all__) == sorted(durable_workflow.__all__)
    assert set(durable_workflow.__all__) <= set(dir(durable_workflow))
    assert durable_workflow.RetryPolicy is durable_workflow.TransportRetryPolicy
    assert durable_workflow.__version__ == "0.9.0"
    with pytest.raises(AttributeError, match="Clinet"):
        durable_workflow.Clinet  # noqa: B018 - reading it is the test
