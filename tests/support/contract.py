"""What the tests of the contract have in common: how schemathesis is set up, and what it calls."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import schemathesis
from schemathesis.core.parameters import ParameterLocation

from durable_workflow.server._not_yet import NOT_YET
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server._versions import WORKER_PROTOCOL_HEADER
from durable_workflow.server.app import App, Credentials
from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store
from durable_workflow_api.operations import OPERATIONS, Operation
from durable_workflow_api.spec import spec
from support.steady_ids import steady_ids

TOKEN = "contract-test-token"

# What a request may meet although it is right: the state of the server decides.
BY_STATE = {401, 403, 404, 409, 412}
# How a wrong request is refused.
REFUSALS = {400, 401, 403, 404, 413, 415, 422}

SPOKEN = re.compile(r"1\.(0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Profile:
    """How much is asked.

    Args:
        examples: How many requests are generated for an operation that is served.
        examples_not_yet: The same for one that only answers that it is not.
        mode: Whether the requests are right ("positive") or right and wrong ("all").
        constants: Whether strings and numbers of the code under test are tried, too. Without them a test
            makes the same requests whatever that code says.
    """

    examples: int = 1
    examples_not_yet: int = 1
    mode: str = "all"
    constants: bool = False


class Served:
    """The application under test, made anew by every `serving`."""

    app: App
    store: Store

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    @contextmanager
    def serving(self) -> Iterator[Store]:
        """Have an application with an empty store, in which no poll waits and no time passes."""
        settings = EngineSettings(poll_timeout=0.0, update_wait=0.0)
        with steady_ids():
            self.store = Store.open(":memory:", VirtualClock(), settings)
            self.app = App(self.store, credentials=Credentials(TOKEN))
            yield self.store
            asyncio.run(self.store.close())


def contract_schema(app: Any, profile: Profile, *, stateful: bool = False) -> Any:
    """Return the specification for schemathesis, every check switched on.

    Args:
        app: What is called.
        profile: How much is asked.
        stateful: Whether links are walked, rather than operations called one by one.
    """
    generation = {"mode": profile.mode, "deterministic": True, "database": "none"}
    scarce = {"generation": {**generation, "max-examples": profile.examples_not_yet}}
    config = {
        "seed": 1,
        "auth": {"openapi": {"bearerAuth": {"bearer": TOKEN}}},
        "analysis": {"constants": {"enabled": profile.constants}},
        "generation": {**generation, "max-examples": profile.examples},
        "phases": {
            "examples": {"enabled": not stateful},
            "coverage": {"enabled": not stateful},
            "fuzzing": {"enabled": not stateful},
            # Only the links that the specification has: what is guessed besides proves nothing about it.
            "stateful": {"enabled": stateful, "inference": {"algorithms": []}},
        },
        "operations": [
            _expectations(one) | (scarce if one.id in NOT_YET else {}) for one in OPERATIONS.values()
        ],
    }
    schema = schemathesis.openapi.from_dict(spec(), config=schemathesis.Config.from_dict(config))
    schema.app = app
    return schema


def _expectations(operation: Operation) -> dict[str, Any]:
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


def operation_of(case: Any) -> str:
    """Return the operationId of a generated request."""
    name: str = case.operation.definition.raw["operationId"]
    return name


def wait_for_nothing(case: Any) -> None:
    """Ask for an answer at once."""
    body = case.body if isinstance(case.body, dict) else {}
    if _is_seconds(body.get("timeout_seconds"), most=60):
        body["timeout_seconds"] = 0
    if _is_seconds(body.get("wait_timeout_seconds"), most=2_147_483_647):
        body["wait_timeout_seconds"] = None
    asked = (case.query or {}).get("wait_closed_seconds")
    # A query string has no numbers.
    if _is_seconds(int(asked) if isinstance(asked, str) and asked.isdecimal() else asked, most=60):
        case.query["wait_closed_seconds"] = 0


def _is_seconds(value: Any, *, most: int) -> bool:
    # 20.0, too, is an integer in JSON.
    return type(value) in (int, float) and 1 <= value <= most and value == int(value)


def settle(case: Any) -> None:
    """Keep headers that are not what a request is about from hiding the rest of it behind a refusal."""
    data = getattr(case.meta.phase, "data", None)
    about = getattr(data, "parameter_location", None)
    version = case.headers.get(WORKER_PROTOCOL_HEADER)
    if version is not None and (about is not ParameterLocation.HEADER or SPOKEN.fullmatch(version)):
        case.headers[WORKER_PROTOCOL_HEADER] = "1.0"
    if "X-Namespace" in case.headers:
        case.headers["X-Namespace"] = "default"
