"""What signals, updates and queries have in common: their names, their runs, and why they are rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from durable_workflow.server._calls import Call
from durable_workflow.server.engine import contracts, limits
from durable_workflow.server.engine.lookup import commanded_run
from durable_workflow.server.engine.payloads import arguments_blob, copy_like_run, given_arguments
from durable_workflow.server.engine.refusals import invalid
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.runs import Run

__all__ = ["Message", "Rejection", "receive", "target"]

_MAX_NAME_BYTES = 256


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a message is not taken.

    Args:
        status: The HTTP status.
        outcome: The outcome of the command.
        reason: The cause for programs.
        errors: What is wrong with the arguments, by name of the parameter.
    """

    status: int
    outcome: str | None
    reason: str
    errors: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A signal or an update on its way to a run.

    Args:
        name: Its name.
        blob: Its encoded arguments.
        payload: What its command keeps, None if the run's encoding cannot hold it.
        rejection: Why it is not taken, None if it is.
    """

    name: str
    blob: str
    payload: str | None
    rejection: Rejection | None


def target(tx: Transaction, call: Call, kind: contracts.Kind) -> tuple[Run, str]:
    """Return the run that a message goes to and the message's name.

    Raises:
        Refusal: 404, if there is no such workflow; 409, if the path names another run than the newest; 422,
            if the name cannot be one.
    """
    name = call.path[f"{kind}Name"]
    if "runId" not in call.path:
        _check_name(kind, name)
    run = commanded_run(tx, call)
    _check_name(kind, name)
    return run, name


def _check_name(kind: str, name: str) -> None:
    member = f"{kind}_name"
    if any(ord(character) < 32 or ord(character) == 127 for character in name):
        raise invalid({member: ["The name must not contain control characters."]})
    if not name or len(name.encode("utf-8", "surrogatepass")) > _MAX_NAME_BYTES:
        raise invalid({member: [f"The name has 1 to {_MAX_NAME_BYTES} bytes."]})


def receive(
    tx: Transaction, run: Run, kind: Literal["signal", "update"], name: str, given_input: Any
) -> Message:
    """Read a signal or an update and decide whether the run takes it.

    Args:
        tx: The transaction.
        run: The run.
        kind: What kind of message it is.
        name: Its name.
        given_input: The member ``input`` of the request.

    Raises:
        Refusal: 422, if the arguments cannot be read.
    """
    blob, given = given_arguments(given_input)
    fit = contracts.judge(tx, run, kind, name, given)
    if blob is None:
        blob = arguments_blob(run, fit.arguments)
    rejection = _rejection(run, kind, fit)
    if rejection is None and limits.message_excess(tx, run, kind, blob) is not None:
        rejection = Rejection(409, None, limits.REASON)
    record = {"name": name, "arguments": fit.arguments, "validation_errors": fit.errors or []}
    return Message(name, blob, copy_like_run(run, record), rejection)


def _rejection(run: Run, kind: str, fit: contracts.Fit) -> Rejection | None:
    if not run.is_open:
        return Rejection(409, "rejected_not_active", "run_not_active")
    if not fit.declared:
        return Rejection(404, f"rejected_unknown_{kind}", f"unknown_{kind}")
    if fit.errors:
        return Rejection(422, "rejected_invalid_arguments", f"invalid_{kind}_arguments", fit.errors)
    return None
