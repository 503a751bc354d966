"""The service endpoints: health, readiness, and the workers that cluster info summarises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from durable_workflow.server._calls import Reply
from durable_workflow.server.store.errors import StoreError

if TYPE_CHECKING:
    from durable_workflow.server.store import Store, Transaction

__all__ = ["fleet", "health", "ready"]

# A worker counts as active this long after it was last heard of, in seconds.
_FRESH = 60.0


@dataclass(frozen=True, slots=True)
class _Worker:
    worker_id: str
    task_queue: str
    build_id: str | None
    last_heartbeat_at: float


async def health(store: Store) -> Reply:
    """Return whether the server can serve: 200, or 503 when its store does not answer."""
    database = await _database(store)
    state = "serving" if database == "ok" else "degraded"
    body = {"status": state, "timestamp": _moment(store), "checks": {"database": database}}
    return Reply(200 if database == "ok" else 503, body)


async def ready(store: Store, namespace: str) -> Reply:
    """Return whether the server can take traffic: 200, or 503 when its store does not answer.

    A store that is open has its tables and the default namespace; there is no cache and no login to ask.

    Args:
        store: The opened store.
        namespace: The default namespace.
    """
    database = await _database(store)
    checks = {
        "database": {"status": database},
        "migrations": {"status": database},
        "default_namespace": {"status": database, "namespace": namespace},
        "cache": {"status": "ok", "store": "none"},
        "auth": {"status": "ok", "driver": "token"},
    }
    state = "ready" if database == "ok" else "not_ready"
    body = {"status": state, "timestamp": _moment(store), "checks": checks}
    return Reply(200 if database == "ok" else 503, body)


async def _database(store: Store) -> str:
    try:
        if store.trouble is not None:
            # The last write failed; a full disk still reads.
            await store.write(_probe)
        await store.read(lambda tx: tx.scalar("SELECT 1"))
    except StoreError:
        return "unavailable"
    return "ok" if store.trouble is None else "unavailable"


def _probe(tx: Transaction) -> None:
    tx.execute("INSERT OR REPLACE INTO facts VALUES ('probed_at', ?)", (repr(tx.now),))


def _moment(store: Store) -> str:
    return datetime.fromtimestamp(store.clock.now(), UTC).isoformat(timespec="seconds")


def fleet(tx: Transaction, namespace: str) -> dict[str, Any]:
    """Return the active workers of a namespace, as cluster info shows them.

    Args:
        tx: The transaction.
        namespace: The namespace; an unknown one has no workers.
    """
    rest = "FROM workers WHERE namespace = ? AND last_heartbeat_at > ? ORDER BY worker_id"
    workers = tx.all(_Worker, rest, (namespace, tx.now - _FRESH))
    return {
        "namespace": namespace,
        "active_workers": len(workers),
        "active_worker_scopes": len({(worker.worker_id, worker.task_queue) for worker in workers}),
        "queues": sorted({worker.task_queue for worker in workers}),
        "build_ids": sorted({worker.build_id for worker in workers if worker.build_id}),
        "workers": [_member(worker) for worker in workers],
    }


def _member(worker: _Worker) -> dict[str, Any]:
    return {
        "worker_id": worker.worker_id,
        "queues": [worker.task_queue],
        "build_ids": [worker.build_id] if worker.build_id else [],
        "recorded_at": _timestamp(worker.last_heartbeat_at),
        "expires_at": _timestamp(worker.last_heartbeat_at + _FRESH),
    }


def _timestamp(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
