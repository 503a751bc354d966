"""The server against its specification: generated requests, every check of schemathesis switched on."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation

from durable_workflow.server._not_yet import NOT_YET
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server._versions import WORKER_PROTOCOL_HEADER
from durable_workflow.server.app import App, Credentials
from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store
from durable_workflow_api.operations import OPERATIONS, Operation
from durable_workflow_api.spec import spec
from support.live_state import LiveState

TOKEN = "contract-test-token"
EXAMPLES = 60

# What a request may meet although it is right: the state of the server decides.
BY_STATE = {401, 403, 404, 409, 412}
# How a wrong request is refused.
REFUSALS = {400, 401, 403, 404, 413, 415, 422}


def expectations(operation: Operation) -> dict[str, Any]:
    """The statuses that the specification allows for right and for wrong requests, and no others."""
    documented = {*operation.success, *operation.errors}
    right = {*operation.success, *operation.semantic, *(documented & BY_STATE)}
    wrong = {"expected-statuses": sorted(documented & REFUSALS)}
    return {
        "include-operation-id": operation.id,
        "checks": {
            "positive_data_acceptance": {"expected-statuses": sorted(right)},
            "negative_data_rejection": wrong,
            "missing_required_header": wrong,
        },
    }


SPOKEN = re.compile(r"1\.(0|[1-9][0-9]*)")

CONFIG = {
    "seed": 1,
    "auth": {"openapi": {"bearerAuth": {"bearer": TOKEN}}},
    "generation": {"mode": "all", "max-examples": EXAMPLES, "deterministic": True, "database": "none"},
    "phases": {
        "examples": {"enabled": True},
        "coverage": {"enabled": True},
        "fuzzing": {"enabled": True},
        "stateful": {"enabled": False},
    },
    "operations": [expectations(operation) for operation in OPERATIONS.values()],
}

schema = schemathesis.openapi.from_dict(spec(), config=schemathesis.Config.from_dict(CONFIG))
seen: dict[str, Counter[int]] = defaultdict(Counter)


def settle(case: Any) -> None:
    """Keep headers that are not what a request is about from hiding the rest of it behind a refusal."""
    data = getattr(case.meta.phase, "data", None)
    about = getattr(data, "parameter_location", None)
    version = case.headers.get(WORKER_PROTOCOL_HEADER)
    if version is not None and (about is not ParameterLocation.HEADER or SPOKEN.fullmatch(version)):
        case.headers[WORKER_PROTOCOL_HEADER] = "1.0"
    if "X-Namespace" in case.headers:
        case.headers["X-Namespace"] = "default"


class Served:
    """The application, made for this module only."""

    app: App
    live: LiveState

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


served = Served()
schema.app = served


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    store = Store.open(":memory:", SystemClock(), EngineSettings(poll_timeout=0.0))
    served.app = App(store, credentials=Credentials(TOKEN))
    served.live = LiveState(store)
    yield
    asyncio.run(store.close())


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Let nobody wait, few fail for what they name, and half of the right requests name what exists."""
    for members, name in ((case.body, "timeout_seconds"), (case.query, "wait_closed_seconds")):
        if isinstance(members, dict) and type(members.get(name)) is int and 0 < members[name] <= 60:
            members[name] = 0
    if case.meta is None:
        return
    # By content, not by chance: a failure has to come back when Hypothesis runs the request again.
    lot = crc32(repr((case.path_parameters, case.query, case.body)).encode())
    if lot % 8:
        settle(case)
    if case.meta.generation.mode.is_positive and lot % 2:
        served.live.enter(case)


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    seen[case.operation.definition.raw["operationId"]][response.status_code] += 1


@schema.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_the_server_keeps_to_the_specification(case: Any) -> None:
    case.call_and_validate()
    assert not served.app.violations


def test_the_requests_reached_what_they_were_about() -> None:
    if seen.keys() != OPERATIONS.keys():
        pytest.skip("only some operations were selected")
    served_now = {name: found for name, found in seen.items() if name not in NOT_YET}
    missed = [name for name, found in served_now.items() if not found.keys() & {*OPERATIONS[name].success}]
    assert not missed, f"never answered with success: {missed}"
