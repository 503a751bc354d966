"""Every exchange recorded from a real server fits the spec, by operation and status."""

from __future__ import annotations

from collections import Counter

import pytest

from durable_workflow_api.spec import spec
from support.wire import DATA, Exchange, WireSpec, by_key, exchanges, listing
from support.wire_rows import cited

SPEC = WireSpec(spec())
FILES = sorted(path.name.removesuffix(".jsonl.gz") for path in DATA.glob("*.jsonl.gz"))

# What does not fit: the recording, the part of it, and why the spec stays as it is. Each has its row in
# docs/compatibility.md; one that fits after all must leave the table.
_NO_ENVELOPE = "a result that is no envelope is taken, and every describe of the run fails from then on"
_FAULT = "a fault of the server: `Server Error` and nothing else"
EXCEPTIONS = {
    ("control-admin", 2897): (
        "query",
        "the namespace stands in the query; the spec has one place, the header",
    ),
    ("control-schedules", 2994): ("query limit", "a limit of 0 counts as absent"),
    ("worker-plane", 3617): ("request body", _NO_ENVELOPE),
    ("worker-plane", 3621): ("request body", "an empty condition key counts as absent"),
    ("worker-plane", 3666): ("request body", _NO_ENVELOPE),
    # Faults: the spec lists the status and the body, but their `reason` is missing.
    ("control-schedules", 2521): ("reason", _FAULT),
    ("control-schedules", 2532): ("reason", _FAULT),
    ("control-schedules", 2539): ("reason", _FAULT),
    ("control-schedules", 2572): ("reason", _FAULT),
    ("control-schedules", 3002): ("reason", _FAULT),
    ("e2e-activities", 4823): ("reason", _FAULT),
    ("errors", 4445): ("reason", _FAULT),
    ("worker-plane", 3539): ("reason", _FAULT),
    ("worker-plane", 3618): ("reason", _FAULT),
    ("worker-plane", 3657): ("reason", _FAULT),
    ("worker-plane", 3662): ("reason", _FAULT),
    ("worker-plane", 3667): ("reason", _FAULT),
}

# Requests that are no operation: unknown routes, methods that a path lacks, what the server's framework adds.
OUTSIDE = [
    "DELETE /api/workflows 405",
    "GET / 404",
    "GET /API/workflows 404",
    "GET /api//workflows 404",
    "GET /api/nope 404",
    "GET /api/nope 404",
    "GET /api/worker/register 405",
    "GET /api/workflows/ 200",
    "HEAD /api/health 200",
    "OPTIONS /api/workflows 200",
    "PATCH /api/schedules/x 405",
    "POST /api/worker/nope 404",
]
NEVER_RECORDED = {"deregisterWorker", "renewActivityTaskLease"}


def _covered() -> list[Exchange]:
    return [exchange for exchange in exchanges() if SPEC.operation(exchange)]


@pytest.mark.parametrize("file", FILES)
def test_every_exchange_fits_the_spec(file: str) -> None:
    recorded = [exchange for exchange in _covered() if exchange.file == file]
    assert recorded
    unfit = [
        (exchange, problem)
        for exchange in recorded
        if exchange.key not in EXCEPTIONS
        for problem in SPEC.problems(exchange)
    ]
    assert not unfit, listing(unfit)


def test_every_exception_still_occurs() -> None:
    found = {key: sorted({problem.part for problem in SPEC.problems(by_key()[key])}) for key in EXCEPTIONS}
    assert found == {key: [part] for key, (part, _) in EXCEPTIONS.items()}


def test_every_exception_has_its_row() -> None:
    assert cited("test_every_exception_still_occurs") == EXCEPTIONS.keys()


def test_faults_are_exactly_the_500s_without_reason() -> None:
    faults = {key for key, (_, why) in EXCEPTIONS.items() if why is _FAULT}
    recorded = {exchange.key for exchange in exchanges() if exchange.status == 500}
    assert faults == recorded
    assert all(by_key()[key].response_body == {"message": "Server Error"} for key in faults)


def test_what_is_no_operation_is_known_by_name() -> None:
    outside = [exchange for exchange in exchanges() if not SPEC.operation(exchange)]
    names = sorted(f"{exchange.method} {exchange.path} {exchange.status}" for exchange in outside)
    assert names == OUTSIDE
    assert len(exchanges()) == len(_covered()) + len(OUTSIDE) == 1319


def test_all_operations_of_1_0_are_recorded() -> None:
    every = {entry.node["operationId"] for entry in SPEC.document.operations}
    recorded = Counter(
        entry.node["operationId"] for exchange in exchanges() if (entry := SPEC.operation(exchange))
    )
    assert every - recorded.keys() == NEVER_RECORDED


def test_all_kinds_of_answers_are_recorded() -> None:
    counted = Counter(exchange.status // 100 for exchange in _covered())
    assert counted == {2: 969, 4: 324, 5: 14}
