"""Commands from outside (start, signal, terminate …) and the receipts that make them repeatable."""

from __future__ import annotations

from dataclasses import dataclass

from durable_workflow.server.store._transaction import Transaction

__all__ = [
    "Command",
    "Receipt",
    "add_command",
    "add_receipt",
    "commands_of",
    "find_command",
    "find_receipt",
]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that was recorded on a run, accepted or rejected; the server's own have no fingerprint."""

    command_id: str
    run_id: str
    sequence: int
    message_sequence: int | None
    command_type: str
    target_name: str | None
    payload_codec: str
    payload: str | None
    fingerprint: str
    request_id: str | None
    role: str
    status: str
    outcome: str | None
    rejection_reason: str | None
    decided_at: float


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer once given to a request that carried a key; ``body`` is JSON text."""

    namespace: str
    scope: str
    request_key: str
    fingerprint: str
    status: int
    body: str
    recorded_at: float


def add_command(tx: Transaction, command: Command) -> None:
    """Insert a command."""
    tx.insert("commands", command)


def find_command(tx: Transaction, command_id: str) -> Command | None:
    """Return a command."""
    return tx.one(Command, "FROM commands WHERE command_id = ?", (command_id,))


def commands_of(tx: Transaction, run_id: str) -> list[Command]:
    """Return the commands to a run, in order."""
    return tx.all(Command, "FROM commands WHERE run_id = ? ORDER BY sequence", (run_id,))


def find_receipt(tx: Transaction, namespace: str, scope: str, request_key: str) -> Receipt | None:
    """Return the receipt of a key within its scope."""
    return tx.one(
        Receipt,
        "FROM receipts WHERE namespace = ? AND scope = ? AND request_key = ?",
        (namespace, scope, request_key),
    )


def add_receipt(tx: Transaction, receipt: Receipt) -> None:
    """Insert a receipt."""
    tx.insert("receipts", receipt)
