"""The server against its specification: generated requests, every check of schemathesis switched on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from durable_workflow.server._not_yet import NOT_YET
from durable_workflow_api.operations import OPERATIONS
from support.contract import Profile, Served, contract_schema, operation_of, settle, wait_for_nothing
from support.live_state import LiveState

served = Served()
everyday = contract_schema(served, Profile(examples=60, examples_not_yet=8))
long = contract_schema(served, Profile(examples=600, examples_not_yet=80, constants=True))
unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))

seen: dict[str, Counter[int]] = defaultdict(Counter)


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    with served.serving() as store:
        global live
        live = LiveState(store)
        yield


@pytest.fixture(autouse=True)
def reached() -> Iterator[None]:
    """A test whose requests were all refused would prove nothing."""
    seen.clear()
    yield
    served_now = {name: found for name, found in seen.items() if name not in NOT_YET}
    missed = [name for name, found in served_now.items() if not found.keys() & {*OPERATIONS[name].success}]
    assert not missed, f"never answered with success: {missed}"


def prepare(case: Any) -> None:
    """Let nobody wait, few fail for what they name, and half of the right requests name what exists."""
    wait_for_nothing(case)
    if case.meta is None:
        return
    # By content, not by chance: a failure has to come back when Hypothesis runs the request again.
    lot = crc32(repr((case.path_parameters, case.query, case.body)).encode())
    if lot % 8:
        settle(case)
    if case.meta.generation.mode.is_positive and lot % 2:
        live.enter(case)


def keeps_to_the_specification(case: Any) -> None:
    prepare(case)
    response = case.call_and_validate()
    seen[operation_of(case)][response.status_code] += 1
    assert not served.app.violations


@everyday.parametrize()
@unhurried
def test_the_server_keeps_to_the_specification(case: Any) -> None:
    keeps_to_the_specification(case)


@pytest.mark.deep
@long.parametrize()
@unhurried
def test_the_server_keeps_to_the_specification_for_long(case: Any) -> None:
    keeps_to_the_specification(case)


def test_every_operation_is_asked() -> None:
    asked = {one.ok().definition.raw["operationId"] for one in everyday.get_all_operations()}
    assert asked == OPERATIONS.keys()
