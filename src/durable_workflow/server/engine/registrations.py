"""registerWorker, heartbeatWorker, deregisterWorker, and what a poll needs to know of its worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import contracts, leases, queries
from durable_workflow.server.engine.refusals import from_json, to_json, worker_refusal
from durable_workflow.server.store import Transaction, workers
from durable_workflow.server.store.workers import Worker

__all__ = ["deregister_worker", "heartbeat_worker", "polling_worker", "register_worker"]

_NO_RETENTION = {"throttled": False, "processed": 0, "pruned": 0, "skipped": 0, "failed": 0}


def register_worker(tx: Transaction, call: Call) -> Reply:
    """Register a worker, or change its registration."""
    body = call.body
    worker_id = body.get("worker_id") or tx.ids.upper()
    known = workers.find_worker(tx, call.namespace, worker_id)
    supported = list(body.get("supported_workflow_types") or [])
    fingerprints = _fingerprints(known, body.get("workflow_definition_fingerprints") or {}, supported)
    interval = _interval(body)
    worker = Worker(
        namespace=call.namespace,
        worker_id=worker_id,
        task_queue=body["task_queue"],
        runtime=body["runtime"],
        sdk_version=body.get("sdk_version"),
        build_id=body.get("build_id"),
        workflow_types=to_json(supported),
        activity_types=to_json(list(body.get("supported_activity_types") or [])),
        fingerprints=to_json(fingerprints),
        capabilities=to_json(_names(body.get("capabilities"))),
        max_workflow_tasks=body.get("max_concurrent_workflow_tasks") or 100,
        max_activity_tasks=body.get("max_concurrent_activity_tasks") or 100,
        heartbeat_interval_seconds=interval,
        status="active" if known is None else known.status,
        registered_at=tx.now,
        last_heartbeat_at=tx.now,
        lost_at=_lost_at(tx, interval),
    )
    workers.save_worker(tx, worker)
    contracts.save_contracts(
        tx, call.namespace, worker_id, worker.task_queue, body.get("workflow_command_contracts")
    )
    return Reply(201, {"worker_id": worker_id, "registered": True, **_cadence(tx, interval)})


def _fingerprints(known: Worker | None, given: Mapping[str, Any], supported: list[str]) -> dict[str, str]:
    fresh = {name.strip(): str(value).strip() for name, value in given.items()}
    fresh = {name: value for name, value in fresh.items() if name and value}
    old: dict[str, str] = {} if known is None else from_json(known.fingerprints)
    if known is not None and known.status == "active":
        for name, value in fresh.items():
            if old.get(name, value) != value:
                raise worker_refusal(
                    409,
                    "workflow_definition_changed",
                    f"The definition of {name} differs from the one this worker registered.",
                    workflow_type=name,
                    remediation="Register the changed definition under a new worker_id.",
                )
    # A type that is still hosted keeps the fingerprint that the new registration leaves out.
    return {name: old[name] for name in supported if name in old} | fresh


def _interval(body: Mapping[str, Any]) -> int | None:
    value = body.get("heartbeat_interval_seconds")
    usable = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 86_400
    return value if usable else None


def _cadence(tx: Transaction, interval: int | None) -> dict[str, int]:
    """Say how often a worker should beat, and when it counts as gone if it does not."""
    if interval is not None:
        stale_after = interval * tx.settings.missed_heartbeats
        return {"heartbeat_interval_seconds": interval, "stale_after_seconds": stale_after}
    stale_after = max(1, int(tx.settings.worker_freshness))
    advised = max(1, stale_after // tx.settings.missed_heartbeats)
    return {"heartbeat_interval_seconds": advised, "stale_after_seconds": stale_after}


def _names(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _lost_at(tx: Transaction, interval: int | None) -> float | None:
    if interval is None:
        return None
    moment = tx.now + interval * tx.settings.missed_heartbeats
    tx.due(moment)
    return moment


def heartbeat_worker(tx: Transaction, call: Call) -> Reply:
    """Note that a worker is alive, and how often it means to say so."""
    worker_id = call.body["worker_id"]
    worker = workers.find_worker(tx, call.namespace, worker_id)
    if worker is None:
        raise worker_refusal(404, "worker_not_registered", "Worker not registered.", worker_id=worker_id)
    interval = _interval(call.body) or worker.heartbeat_interval_seconds
    workers.beat(tx, worker, interval, _lost_at(tx, interval))
    body = {"worker_id": worker_id, "acknowledged": True, "retention": dict(_NO_RETENTION)}
    return Reply(200, body | _cadence(tx, interval))


def deregister_worker(tx: Transaction, call: Call) -> Reply:
    """Forget a worker that shuts down and what it declared, and take back what it holds."""
    worker_id = call.path["workerId"]
    worker = workers.find_worker(tx, call.namespace, worker_id)
    if worker is None:
        raise worker_refusal(404, "worker_not_found", "The worker is not registered.", worker_id=worker_id)
    workers.remove_worker(tx, worker)
    contracts.forget_contracts(tx, call.namespace, worker_id)
    queries.worker_left(tx, worker)
    body = {
        "worker_id": worker_id,
        "outcome": "deregistered",
        "recovered_workflow_task_count": leases.end_all(tx, worker),
    }
    return Reply(200, body)


def polling_worker(tx: Transaction, call: Call) -> Worker:
    """Return the worker that polls.

    Raises:
        Refusal: 412 ``worker_not_registered``, 409 ``task_queue_mismatch`` or ``build_id_mismatch``.
    """
    body = call.body
    worker_id, queue, build_id = body["worker_id"], body["task_queue"], body.get("build_id")
    worker = workers.find_worker(tx, call.namespace, worker_id)
    if worker is None:
        text = "Register the worker, then poll."
        raise worker_refusal(412, "worker_not_registered", text, worker_id=worker_id)
    if worker.task_queue != queue:
        raise worker_refusal(
            409,
            "task_queue_mismatch",
            f"The worker is registered for the queue {worker.task_queue}.",
            worker_id=worker_id,
            registered_task_queue=worker.task_queue,
            requested_task_queue=queue,
        )
    if build_id is not None and worker.build_id is not None and build_id != worker.build_id:
        raise worker_refusal(
            409,
            "build_id_mismatch",
            f"The worker is registered with the build {worker.build_id}.",
            worker_id=worker_id,
            registered_build_id=worker.build_id,
            requested_build_id=build_id,
        )
    if worker.heartbeat_interval_seconds is not None and worker.lost_at is None:
        # It counted as lost and is back; what it takes now must not stay with it if it is lost again.
        interval = worker.heartbeat_interval_seconds
        workers.beat(tx, worker, interval, _lost_at(tx, interval))
    return worker
