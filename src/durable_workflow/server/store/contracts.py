"""What workers declare about their workflow types: the signals, queries and updates these take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from durable_workflow.server.store._transaction import Transaction

__all__ = ["CommandContract", "delete_contracts", "newest_contracts", "save_contracts"]

# A worker that died keeps its row; asking only so many of the newest keeps the cost from growing with them.
_NEWEST = 16


@dataclass(frozen=True, slots=True)
class CommandContract:
    """What one worker declares about one type; ``contract`` is JSON text."""

    namespace: str
    worker_id: str
    workflow_type: str
    task_queue: str
    contract: str
    registered_at: float


def save_contracts(
    tx: Transaction, namespace: str, worker_id: str, queue: str, contracts: Mapping[str, str]
) -> None:
    """Write the contracts of a worker, JSON text by workflow type, over whatever it had declared before."""
    delete_contracts(tx, namespace, worker_id)
    for workflow_type, contract in contracts.items():
        row = CommandContract(namespace, worker_id, workflow_type, queue, contract, tx.now)
        tx.insert("command_contracts", row)


def delete_contracts(tx: Transaction, namespace: str, worker_id: str) -> None:
    """Forget what a worker declared."""
    tx.execute("DELETE FROM command_contracts WHERE namespace = ? AND worker_id = ?", (namespace, worker_id))


def newest_contracts(tx: Transaction, namespace: str, queue: str, workflow_type: str) -> list[str]:
    """Return what the workers of a queue declared about a type, the newest registration first."""
    rows = tx.execute(
        "SELECT contract FROM command_contracts WHERE namespace = ? AND task_queue = ? AND workflow_type = ?"
        " ORDER BY registered_at DESC LIMIT ?",
        (namespace, queue, workflow_type, _NEWEST),
    )
    return [contract for (contract,) in rows]
