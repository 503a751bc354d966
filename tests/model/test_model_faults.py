"""The machine can fail: it finds faults that are planted into the engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server._execution import Engine, default_engine
from durable_workflow.server.store import Transaction
from model.machine import ServerBesideModel
from model.matching import Difference
from model.server import ServerUnderTest

Rule = Callable[[Transaction, Call], Reply | Pending]


def after(operation: str, statement: str) -> Engine:
    """Return the engine with a fault: a statement that follows every call of an operation."""
    real = default_engine()
    handler = real.handlers[operation]

    def faulty(tx: Transaction, call: Call) -> Reply | Pending:
        reply = handler(tx, call)
        tx.execute(statement)
        return reply

    return with_rule(operation, faulty)


def with_rule(operation: str, rule: Rule) -> Engine:
    real = default_engine()
    handlers = {**real.handlers, operation: rule}
    return Engine(handlers, real.tick, real.commands, real.read_only, real.give_back)


def with_tick(statement: str) -> Engine:
    real = default_engine()

    def tick(tx: Transaction, now: float) -> float | None:
        tx.execute(statement)
        return real.tick(tx, now)

    return Engine(real.handlers, tick, real.commands, real.read_only, real.give_back)


def lenient_start() -> Engine:
    handler = default_engine().handlers["startWorkflow"]

    def faulty(tx: Transaction, call: Call) -> Reply | Pending:
        body = {**call.body, "duplicate_policy": "allow"}
        return handler(
            tx, Call(call.operation, call.namespace, body=body, headers=call.headers, role=call.role)
        )

    return with_rule("startWorkflow", faulty)


FAULTS: dict[str, Callable[[], Engine]] = {
    "a signal is lost while a task is out": lambda: after(
        "signalWorkflow", "DELETE FROM workflow_tasks WHERE status = 'held'"
    ),
    "every duplicate start is accepted": lenient_start,
    "a timer fires again": lambda: with_tick("UPDATE timers SET status = 'pending' WHERE status = 'fired'"),
    "keys of starts are forgotten": lambda: after("startWorkflow", "DELETE FROM receipts"),
    "a completed activity is handed out again": lambda: after(
        "completeActivityTask", "UPDATE activity_tasks SET status = 'ready' WHERE status = 'completed'"
    ),
    "leases of workflow tasks never end": lambda: with_tick(
        "UPDATE workflow_tasks SET lease_expires_at = lease_expires_at + 1000 WHERE status = 'leased'"
    ),
}


_UNTIL_FOUND = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=300,
    stateful_step_count=40,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    class Faulty(ServerBesideModel):
        def new_server(self) -> ServerUnderTest:
            return ServerUnderTest(FAULTS[fault]())

    with pytest.raises(Difference):
        run_state_machine_as_test(Faulty, settings=_UNTIL_FOUND)
