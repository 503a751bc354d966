"""Commands from outside: the record of each, its answer, and the same answer to a repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from durable_workflow.server._calls import Call, Refusal, Reply
from durable_workflow.server.engine.refusals import from_json, to_json
from durable_workflow.server.store import Transaction, commands
from durable_workflow.server.store.commands import Command, Receipt
from durable_workflow.server.store.runs import Run

__all__ = ["answer_once", "fingerprint_of", "receipt_body", "record", "remember", "repeated"]


def fingerprint_of(call: Call, besides: Collection[str] = ()) -> str:
    """Return what two calls have in common only when they ask for the same.

    Args:
        call: The call.
        besides: Members of the body that do not change what is asked for.
    """
    left_out = {"request_id", *besides}
    body = {name: value for name, value in call.body.items() if name not in left_out and value is not None}
    text = to_json([call.operation, sorted(call.path.items()), _sorted(body)])
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def answer_once(tx: Transaction, call: Call, scope: str, key: str | None, act: Callable[[], Reply]) -> Reply:
    """Act on a call, unless the same call with the same key was answered before.

    Args:
        tx: The transaction.
        call: The call.
        scope: What the key is unique in.
        key: The caller's key; None acts every time.
        act: Acts and returns the answer.

    Raises:
        Refusal: 409 ``request_id_conflict``, if the key was used for another request.
    """
    known = repeated(tx, call, scope, key)
    if known is not None:
        return known
    reply = act()
    remember(tx, call, scope, key, reply)
    return reply


def repeated(
    tx: Transaction, call: Call, scope: str, key: str | None, besides: Collection[str] = ()
) -> Reply | None:
    """Return what was answered to the same call with the same key, None if it is new or has no key.

    Args:
        tx: The transaction.
        call: The call.
        scope: What the key is unique in.
        key: The caller's key.
        besides: Members of the body that do not change what is asked for.

    Raises:
        Refusal: 409 ``request_id_conflict``, if the key was used for another request.
    """
    known = None if key is None else commands.find_receipt(tx, call.namespace, scope, key)
    if known is None:
        return None
    body: dict[str, Any] = from_json(known.body)
    if known.fingerprint == fingerprint_of(call, besides):
        return Reply(known.status, body)
    raise Refusal(
        409,
        "request_id_conflict",
        "The key was used for a different request; use a fresh key.",
        {"workflow_id": body["workflow_id"]},
    )


def remember(
    tx: Transaction, call: Call, scope: str, key: str | None, reply: Reply, besides: Collection[str] = ()
) -> None:
    """Keep an answer for the repeats of its call.

    Only a success is kept: a refused call changed nothing that a repeat could change twice.
    """
    if key is not None and reply.status < 300:
        fingerprint = fingerprint_of(call, besides)
        body = to_json(reply.body)
        commands.add_receipt(tx, Receipt(call.namespace, scope, key, fingerprint, reply.status, body, tx.now))


def record(
    tx: Transaction,
    run: Run,
    call: Call | None,
    command_type: str,
    *,
    payload: str | None,
    outcome: str | None,
    rejection_reason: str | None = None,
    target_name: str | None = None,
    besides: Collection[str] = (),
) -> Command:
    """Record a command on a run; it counts as rejected when it has a ``rejection_reason``.

    Without a call it is a command that the server gives itself, such as a parent-close policy. ``besides``
    names members of the body that do not change what is asked for.
    """
    run.last_command_sequence += 1
    message_sequence = None
    if target_name is not None:
        run.last_message_sequence += 1
        message_sequence = run.last_message_sequence
    command = Command(
        command_id=tx.ids.lower(),
        run_id=run.run_id,
        sequence=run.last_command_sequence,
        message_sequence=message_sequence,
        command_type=command_type,
        target_name=target_name,
        payload_codec=run.payload_codec,
        payload=payload,
        fingerprint="" if call is None else fingerprint_of(call, besides),
        request_id=None if call is None else call.body.get("request_id"),
        role="" if call is None else call.role,
        status="accepted" if rejection_reason is None else "rejected",
        outcome=outcome,
        rejection_reason=rejection_reason,
        decided_at=tx.now,
    )
    commands.add_command(tx, command)
    return command


def receipt_body(run: Run, command: Command, reason: str | None, **members: Any) -> dict[str, Any]:
    """Return the answer to a recorded command; ``reason`` is the caller's own text."""
    return {
        "outcome": command.outcome,
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "requested_run_id": None,
        "resolved_run_id": run.run_id,
        "command_id": command.command_id,
        "command_sequence": command.sequence,
        "target_scope": "instance",
        "workflow_type": run.workflow_type,
        "command_status": command.status,
        "command_source": "control_plane",
        "reason": reason if command.rejection_reason is None else command.rejection_reason,
        "rejection_reason": command.rejection_reason,
        "validation_errors": {},
        **members,
    }
